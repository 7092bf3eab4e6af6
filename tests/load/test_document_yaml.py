"""YAML becomes names, lists and text, with the place of each."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidInput
from engine.load import yaml_text
from engine.load.document import parse_document
from engine.model.document import Document


def parsed(text: str) -> Document:
    """The document in `text`."""
    return parse_document(text.encode(), "file.yaml")


@pytest.mark.parametrize(
    "scalar",
    ["2.10", "no", "on", "13:30", "2025-03-10", "007", "1e5", "~", "null", "0x1F", "1_000"],
)
def test_a_scalar_is_the_text_that_was_written(scalar: str) -> None:
    """Nothing is taken for a number, a date or a truth value, as value, item or name."""
    document = parsed(f"value: {scalar}\nitems: [{scalar}]\n{scalar}: name\n")
    assert document.value == {"value": scalar, "items": [scalar], scalar: "name"}


def test_quotation_marks_and_blocks_of_text() -> None:
    """Quoted and folded text reads as YAML says; a missing value is the empty text."""
    document = parsed("a: 'it''s'\nb: \"x: y\"\nc: >\n  one\n  two\nd:\n")
    assert document.value == {"a": "it's", "b": "x: y", "c": "one two\n", "d": ""}


def test_the_places_of_names_and_items() -> None:
    """An entry is where its name starts, an item where its value starts, counted from 1."""
    document = parsed("a: 1\nb:\n  - x: 2\n  - [3, é, 4]\n")
    assert document.places == {
        (): (1, 1),
        ("a",): (1, 1),
        ("b",): (2, 1),
        ("b", 0): (3, 5),
        ("b", 0, "x"): (3, 5),
        ("b", 1): (4, 5),
        ("b", 1, 0): (4, 6),
        ("b", 1, 1): (4, 9),
        ("b", 1, 2): (4, 12),
    }


def test_several_mistakes_are_told_at_once() -> None:
    """Duplicate names, tags and aliases of one file come together, in order."""
    with pytest.raises(InvalidInput) as refused:
        parsed("a: !x 1\na: *b\nc: 1\nc: 2\n")
    found = [(problem.code, problem.place.line) for problem in refused.value.problems]
    assert found == [("D113", 1), ("D115", 2), ("D111", 2), ("D115", 4)]


YAML_SIGNS = st.text(
    st.sampled_from(list("ab0-:,[]{}#&*!|>'\"%@`?~<= \n\t\\é\u2028.")), max_size=60
)


@given(text=YAML_SIGNS, in_python=st.booleans())
def test_any_text_is_a_document_or_refused(text: str, *, in_python: bool) -> None:
    """Whatever stands in a file, the answer is a document of text or `InvalidInput`."""
    loader = yaml.SafeLoader if in_python else yaml.CSafeLoader
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "_LOADER", loader)
        try:
            document = parsed(text)
        except InvalidInput:
            return
    assert isinstance(document.value, (dict, list))
    assert set(document.places) == set(paths_of(document.value))


def paths_of(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every entry and item of `value`, all scalars of which are text."""
    if isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    else:
        assert isinstance(value, str)
        below = []
    return [at, *(path for key, entry in below for path in paths_of(entry, (*at, key)))]
