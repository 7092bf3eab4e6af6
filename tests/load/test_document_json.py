"""JSON becomes the same documents as YAML, with places found when asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidInput
from engine.load.document import parse_document
from engine.load.json_text import MOST_DEEP, LazyPlaces
from engine.model.document import Document

NAMES = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=5)
TREES = st.recursive(
    st.one_of(st.booleans(), st.integers(), NAMES),
    lambda below: st.one_of(st.lists(below, max_size=4), st.dictionaries(NAMES, below, max_size=4)),
    max_leaves=12,
)


def parsed(text: str) -> Document:
    """The document in `text`."""
    return parse_document(text.encode(), "file.json")


def test_values_are_text_as_written() -> None:
    """Numbers keep their digits; truth values become the words of a case file."""
    text = '{"a": 2.10, "b": [true, false, -1e5], "c": {"d": 12345678901234567890}}'
    assert parsed(text).value == {
        "a": "2.10",
        "b": ["yes", "no", "-1e5"],
        "c": {"d": "12345678901234567890"},
    }


@given(tree=st.dictionaries(NAMES, TREES, max_size=4), indent=st.sampled_from([None, 1]))
def test_each_place_is_where_the_name_or_the_item_stands(
    tree: dict[str, Any], indent: int | None
) -> None:
    """At the place of an entry its name can be read, at that of an item its value."""
    text = json.dumps(tree, indent=indent)
    document = parsed(text)
    lines = text.split("\n")
    pending: list[tuple[tuple[str | int, ...], Any]] = [((), tree)]
    while pending:
        path, value = pending.pop()
        place = document.place(path)
        rest = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
        shown = json.dumps(path[-1]) if path and isinstance(path[-1], str) else json.dumps(value)[0]
        assert rest.startswith(shown)
        if isinstance(value, dict):
            pending += [((*path, key), below) for key, below in value.items()]
        elif isinstance(value, list):
            pending += [((*path, index), below) for index, below in enumerate(value)]


def test_a_path_that_is_not_there_has_the_place_of_what_is_above_it() -> None:
    """Places of missing entries fall back, so a message always has one."""
    document = parsed('{"a": {"b": "c"}}')
    assert ("a", "x") not in document.places
    assert document.places.get(("a", "b", "c")) is None
    assert document.place(("a", "x", 3)) == document.place(("a",))
    with pytest.raises(KeyError):
        document.places[("x",)]


def test_places_cost_nothing_until_asked_for() -> None:
    """Reading a file fills in no place."""
    document = parsed('{"a": {"b": "c"}}')
    assert isinstance(document.places, LazyPlaces)
    assert len(document.places) == 0


@pytest.mark.parametrize("depth", [MOST_DEEP + 2, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    """A tower of brackets is refused, not a crash, however high."""
    with pytest.raises(InvalidInput) as refused:
        parsed("[" * depth + "]" * depth)
    assert [problem.code for problem in refused.value.problems] == ["D117"]


def test_half_a_character_is_refused() -> None:
    """A lone surrogate could not be printed; a pair is a character."""
    assert parsed('{"a": "\\ud83d\\ude00"}').value == {"a": "\U0001f600"}
    with pytest.raises(InvalidInput) as refused:
        parsed('{"a": "\\ud83d"}')
    assert [problem.code for problem in refused.value.problems] == ["D109"]


@given(text=st.text(st.sampled_from(list('{}[]":,0-.eEtrufalsnN \n\\')), max_size=30))
def test_any_text_is_a_document_or_refused(text: str) -> None:
    """Whatever stands in a file, the answer is a document or `InvalidInput`."""
    try:
        document = parsed(text)
    except InvalidInput:
        return
    assert isinstance(document.value, (dict, list))
