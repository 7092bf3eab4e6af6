"""The loader, written by hand, and schemas/case.schema.json accept the same files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import InvalidInput
from engine.load.case import read_cases
from engine.load.document import parse_document
from engine.model.fact import Dictionary

Trees = st.SearchStrategy[Any]

INVALID_CASES = sorted((Path(__file__).parent.parent / "invalid_cases").glob("C*.yaml"))
END_OF_TIME = date(2099, 12, 31)  # so that no `as_of` is in the future
BEYOND_A_SCHEMA = {
    "C118",  # a period's order
    "C122",  # labels that differ
    "C134",  # a part covered with and without a window
}


@pytest.fixture(scope="session")
def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    """The schema, itself found valid."""
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def codes(tree: Any, dictionary: Dictionary) -> set[str]:
    """The codes of the errors that the loader finds in `tree`, written as JSON."""
    try:
        document = parse_document(json.dumps(tree).encode(), "case.json")
    except InvalidInput as refused:
        return {problem.code for problem in refused.problems}
    return {problem.code for problem in read_cases(document, dictionary, END_OF_TIME)[1]}


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_both_accept_the_same_trees(
    data: st.DataObject,
    dictionary: Dictionary,
    validator: jsonschema.Draft202012Validator,
    nearly: Trees,
) -> None:
    """What one refuses, the other refuses, but for what no schema can say."""
    tree = data.draw(nearly)
    found = codes(tree, dictionary) - BEYOND_A_SCHEMA
    assert (not found) == validator.is_valid(tree), (found, *validator.iter_errors(tree))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_both_accept_right_trees(
    data: st.DataObject,
    dictionary: Dictionary,
    validator: jsonschema.Draft202012Validator,
    right: Trees,
) -> None:
    """A tree with nothing wrong is accepted: no agreement by refusing everything."""
    tree = data.draw(right)
    assert codes(tree, dictionary) == set()
    validator.validate(tree)


@pytest.mark.parametrize("file", INVALID_CASES, ids=lambda path: path.stem)
def test_the_schema_refuses_the_invalid_cases(
    file: Path, validator: jsonschema.Draft202012Validator
) -> None:
    """Each example of a mistake that a schema can see fails it; warnings and the rest pass."""
    seen = file.stem not in BEYOND_A_SCHEMA | {"C131", "C150", "C151", "C152"}
    tree = as_an_editor_reads(parse_document(file.read_bytes(), file.name).value)
    assert validator.is_valid(tree) == (not seen)


def as_an_editor_reads(value: Any) -> Any:
    """A tree of text as YAML 1.2 types it, as far as the examples go."""
    if isinstance(value, dict):
        return {key: as_an_editor_reads(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [as_an_editor_reads(entry) for entry in value]
    return {"true": True, "false": False, "null": None, "~": None, "": None}.get(value, value)
