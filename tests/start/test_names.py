"""Names that become files: what is taken, what is made of it, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.load.document import parse_document
from engine.start.names import id_fault, id_of, name_fault, quoted


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Anyshire", "anyshire"),
        ("North Yorkshire", "north-yorkshire"),
        ("St. Helens", "st-helens"),
        ("Brighton & Hove", "brighton-and-hove"),
        ("King's Lynn", "kings-lynn"),
        ("Bournemouth, Christchurch and Poole", "bournemouth-christchurch-and-poole"),
        ("Ynys Môn", "ynys-mon"),
    ],
)
def test_authorities_have_short_names(name: str, id_: str) -> None:
    """Small letters and hyphens, accents dropped."""
    assert name_fault(name) is None
    assert id_of(name) == id_


@pytest.mark.parametrize(
    "name",
    ["", " ", "../x", "/etc/passwd", "C:\\x", "a/b", "a\nb", "a\0b", "x\u202ey", "~root", "-rf",
     "a" * 81, "a;b", "$(x)", "a\x1b[31m"],
)  # fmt: skip
def test_what_is_no_name_is_refused(name: str) -> None:
    """Paths, control characters, marks that turn the writing round, shells, lengths."""
    assert name_fault(name) is not None


@pytest.mark.parametrize("name", ["北京", "Аnyshire", "No", "CON", "nul", "com1", "True"])
def test_no_short_name_is_guessed(name: str) -> None:
    """A Cyrillic А looks like another letter; devices and truths are no names of files."""
    assert id_of(name) is None


@pytest.mark.parametrize("id_", ["../x", "a b", "A", "-a", "a-", "a--b", "a.b", "con", "", "é"])
def test_short_names_that_are_refused(id_: str) -> None:
    """What the published schema refuses too, and what no computer can call a file."""
    assert id_fault(id_) is not None


@given(st.text())
def test_whatever_is_made_stays_in_the_folder(name: str) -> None:
    """A short name is letters, figures and hyphens, whatever it was made from."""
    id_ = id_of(name)
    assert id_ is None or id_.replace("-", "").isalnum()
    assert id_ is None or id_.isascii()


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_a_quoted_text_reads_back(text: str) -> None:
    """Colons, hashes, quotation marks and brackets in a title stay what they are."""
    title = " ".join(text.split()) or "x"
    assert parse_document(f"title: {quoted(title)}\n".encode(), "x.yaml").value == {"title": title}
