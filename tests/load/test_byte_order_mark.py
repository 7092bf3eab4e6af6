"""A file saved as "UTF-8 with BOM", as some Windows editors do, reads like any other."""

from __future__ import annotations

from engine.load.document import parse_document


def test_a_mark_before_the_text_is_passed_over() -> None:
    """The mark is no part of the first key, and places do not move."""
    marked = parse_document(b"\xef\xbb\xbfcase: example-1\n", "case.yaml")
    plain = parse_document(b"case: example-1\n", "case.yaml")
    assert marked.value == plain.value == {"case": "example-1"}
    assert marked.places == plain.places
