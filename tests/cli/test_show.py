"""`protocol show`: a protocol for reading, on a terminal and as Markdown."""

from __future__ import annotations

import pytest

from tests.cli.conftest import PROTOCOL, Run, Write


def test_a_protocol_is_shown_in_plain_words(run: Run, anyshire: str) -> None:
    """Title, limit, evidence, role, strength and source of its one rule."""
    told = run("show", anyshire)
    assert told.code == 0
    for words in (
        "Give the family the outcome in writing (outcome-in-writing)",
        "By when: within 5 working days of: assessment concluded",
        "Who: social worker",
        "Strength: will",
        "Source: Anyshire 4.p2",
        "In force: from 1 September 2024",
    ):
        assert words in told.out


def test_markdown_on_request(run: Run, anyshire: str) -> None:
    """The same as a page, without colour or width."""
    told = run("show", anyshire, "--format", "markdown")
    assert told.code == 0
    assert told.out.startswith("# Anyshire protocol\n")
    assert "**Give the family the outcome in writing** (`outcome-in-writing`)" in told.out


def test_only_what_is_local(run: Run) -> None:
    """National rules are left out."""
    whole, local = run("show", "nel"), run("show", "nel", "--local-only")
    assert "(section-20-discharge" in whole.out or "Discharge from section 20" in whole.out
    assert "Strategy discussion" in whole.out
    assert "Strategy discussion\n" not in local.out
    assert len(local.out) < len(whole.out)


def test_the_environment_may_ask_for_colour(
    run: Run, anyshire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with `check`: plain where nothing is said, coloured where it is forced."""
    assert "\x1b" not in run("show", anyshire).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1m" in run("show", anyshire).out


def test_an_invalid_protocol_is_not_shown(run: Run, write: Write) -> None:
    """Its problems are, with the exit code for them."""
    told = run("show", write("bad.yaml", PROTOCOL.replace("force: will", "force: wil")))
    assert told.code == 3
    assert told.out == ""
    assert "bad.yaml:" in told.err


@pytest.mark.parametrize(("name", "code"), [("", 2), ("norfolc", 3)])
def test_no_such_protocol(run: Run, name: str, code: int) -> None:
    """An empty name is wrong usage, an unknown one has the nearest."""
    assert run("show", name).code == code
