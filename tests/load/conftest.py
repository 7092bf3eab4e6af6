"""A small dictionary with every kind of fact, so that no message here turns on the real one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from engine.errors import InvalidInput, Problem
from engine.load.build import schema_text
from engine.load.case import read_cases
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.case import Case
from engine.model.fact import Dictionary
from tests.load.trees import any_trees, right_trees

TODAY = date(2025, 6, 30)
Read = Callable[..., tuple[list[Case], list[Problem]]]


@pytest.fixture(scope="session")
def schema_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schema built from the small dictionary."""
    path = tmp_path_factory.mktemp("schemas") / "case.schema.json"
    path.write_text(schema_text(Path(__file__).parent / "small_dictionary"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def schema(schema_file: Path) -> dict[str, Any]:
    """The same schema as a tree."""
    tree: dict[str, Any] = json.loads(schema_file.read_text(encoding="utf-8"))
    return tree


@pytest.fixture(scope="session")
def dictionary(schema_file: Path) -> Dictionary:
    """The small dictionary."""
    return read_dictionary(schema_file)


@pytest.fixture(scope="session")
def read(dictionary: Dictionary) -> Read:
    """A function from the text of a case file to its cases and problems, on a fixed day."""

    def from_text(text: str, name: str = "case.yaml") -> tuple[list[Case], list[Problem]]:
        return read_cases(parse_document(text.encode(), name), dictionary, TODAY)

    return from_text


@pytest.fixture(scope="session")
def messages(dictionary: Dictionary) -> Callable[[Path], list[Problem]]:
    """A function from a case file to all that is printed about it, its folder left out."""

    def of_file(file: Path) -> list[Problem]:
        try:
            document = parse_document(file.read_bytes(), file.name)
        except InvalidInput as fault:
            return list(fault.problems)
        cases, problems = read_cases(document, dictionary, TODAY)
        return [*problems, *(warning for case in cases for warning in case.warnings)]

    return of_file


@pytest.fixture(scope="session")
def right(dictionary: Dictionary) -> st.SearchStrategy[Any]:
    """Trees of cases that have nothing wrong with them."""
    return right_trees(dictionary)


@pytest.fixture(scope="session")
def nearly(dictionary: Dictionary) -> st.SearchStrategy[Any]:
    """Trees of cases and households, now and then with something wrong."""
    return any_trees(dictionary)
