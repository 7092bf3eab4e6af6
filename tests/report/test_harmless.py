"""Text from anybody's file, made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.report.harmless import harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ünd märked ☂", "plain ünd märked ☂"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\rc", "a\\nb\\rc"),
        ("a\tb", "a    b"),
        ("\u202eabc\u200b", "\\u202eabc\\u200b"),
        ("a\xa0b", "a\\xa0b"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_is_not_to_be_seen_is_written_out(text: str, shown: str) -> None:
    """Escapes, line breaks, directions, no-break spaces and broken characters."""
    assert harmless(text) == shown


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_becomes_printable(text: str) -> None:
    """Nothing that is left can steer a terminal."""
    assert harmless(text).isprintable()
