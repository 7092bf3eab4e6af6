"""A document mended so that reading goes on: what is put right, filled in and left out."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.load.document import parse_document
from engine.model.document import Document
from engine.validate.mended import UNNAMED, Mended, mended
from engine.validate.schema import schema_problems

TEXT = """\
protocol: seaham
title: Seaham
effective: {from: 2025-01-01}
documents: {protocol: {title: Seaham, ledger: seaham}}
roles: {worker: {title: the worker}}
checks:
  - id: assessment
    title: Assessment
    duties:
      - {id: seen, title: See, done: child.seen, by: worker, force: must, cite: [4.p1]}
      - {id: told, title: Tell, done: child.told, by: worker, force: must, cite: [4.p1]}
"""


def mend(before: str, after: str) -> Mended:
    assert TEXT.count(before) == 1
    return mended(parse_document(TEXT.replace(before, after).encode(), "a.yaml"))


def value(found: Mended) -> Any:
    assert found.document is not None
    assert schema_problems(found.document) == []
    return found.document.value


def test_a_document_of_the_right_shape_stays_as_it_is() -> None:
    """It is the same object."""
    document = parse_document(TEXT.encode(), "a.yaml")
    assert mended(document) == (document, [], frozenset())
    assert mended(document).document is document


def test_a_misspelt_key_is_put_right_and_keeps_its_place() -> None:
    """All below it is read on, at the lines where it stands."""
    found = mend("checks:", "check:")
    assert [problem.code for problem in found.problems] == ["P101"]
    assert value(found)["checks"][0]["duties"][1]["id"] == "told"
    assert found.document is not None
    assert found.document.place(("checks", 0, "duties", 1, "id")).line == 11


def test_a_missing_key_is_filled_in_with_a_name_that_is_known_as_such() -> None:
    """So that the rest of the duty is read; the name is among those lost."""
    found = mend("title: See, ", "")
    assert value(found)["checks"][0]["duties"][0]["title"] == UNNAMED
    assert UNNAMED in found.lost


def test_a_first_day_that_cannot_be_read_does_not_hide_the_rest() -> None:
    """`from` is a day there; elsewhere it is an event."""
    found = value(mend("{from: 2025-01-01}", "{from: 01/09/2025}"))
    assert [duty["id"] for duty in found["checks"][0]["duties"]] == ["seen", "told"]


def test_an_entry_that_cannot_be_read_is_left_out_and_its_names_are_known() -> None:
    """The entry after it moves up and keeps its place."""
    entry = "- {id: seen, title: See, done: child.seen, by: worker, force: must, cite: [4.p1]}"
    found = mend(entry, "- [{id: seen}]")
    assert [duty["id"] for duty in value(found)["checks"][0]["duties"]] == ["told"]
    assert "seen" in found.lost
    assert found.document is not None
    assert found.document.place(("checks", 0, "duties", 0, "id")).line == 11


def test_of_a_list_in_the_place_of_a_protocol_nothing_is_read() -> None:
    """Only that is said."""
    found = mended(parse_document(b"- a\n- b\n", "a.yaml"))
    assert found.document is None
    assert [problem.code for problem in found.problems] == ["P103"]


texts = st.sampled_from(["", "yes", "8 weeks", "child.disabled", "a b", "2025-01-01", "x"])
keys = st.sampled_from(
    ["protocol", "title", "checks", "check", "duties", "id", "done", "when", "any", "not", "roles"]
)
trees = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5)
)


@settings(max_examples=150)
@given(trees)
def test_whatever_is_mended_has_the_right_shape(tree: Any) -> None:
    """Any tree ends as a document that the schema accepts, or as none."""
    document = Document("a.yaml", tree)
    found = mended(document)
    assert found.problems == schema_problems(document)
    if found.document is not None:
        assert schema_problems(found.document) == []
