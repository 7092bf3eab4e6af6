"""docs/reference: the manual is current, and holds what there is."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from engine.data import data_folder
from engine.errors import ExitCode
from engine.load.dictionary import read_dictionary
from engine.report.explain_facts import CENSUS
from engine.report.explain_words import EXIT_CODES, STATUSES
from engine.report.reference import reference
from engine.report.words import STATUS

ROOT = data_folder("protocols").parent
FOLDER = ROOT / "docs" / "reference"
SCHEMA = json.loads((data_folder("schemas") / "protocol.schema.json").read_bytes())
ERRORS = {path.stem: path.read_text("utf-8") for path in data_folder("errors").glob("*.md")}


@cache
def wanted() -> dict[str, str]:
    return reference(SCHEMA, read_dictionary(), ERRORS)


@pytest.mark.parametrize("name", ["facts.md", "language.md", "words.md", "errors.md"])
def test_the_manual_is_current(name: str) -> None:
    """`make docs` writes what stands there."""
    assert (FOLDER / name).read_text("utf-8") == wanted()[name]


def test_no_page_is_left_over() -> None:
    """The folder holds the manual and nothing else."""
    assert {path.name for path in FOLDER.iterdir()} == set(wanted())


def test_every_fact_is_in_the_manual() -> None:
    """With its question."""
    for fact in read_dictionary().facts.values():
        assert f"| `{fact.path}` |" in wanted()["facts.md"]


def test_every_key_of_the_language_is_in_the_manual() -> None:
    """Every key that the schema lets stand somewhere, however deep, but facts."""
    text = json.dumps(SCHEMA)
    keys = {key for group in re.findall(r'"required": \[([^]]*)\]', text) for key in _words(group)}
    for key in keys:
        assert f"| `{key}` |" in wanted()["language.md"]


def _words(group: str) -> list[str]:
    return re.findall(r'"([a-z_]+)"', group)


def test_every_error_is_in_the_index() -> None:
    """Each under exactly one heading."""
    listed = re.findall(r"^- \[(\w+)\]\(\.\./errors/\1\.md\)", wanted()["errors.md"], re.MULTILINE)
    assert sorted(listed) == sorted(ERRORS)


def test_every_status_and_exit_code_is_explained() -> None:
    """As many as there are."""
    assert STATUSES.keys() == STATUS.keys()
    assert EXIT_CODES.keys() == set(ExitCode)


def test_where_the_census_holds_a_fact_is_what_the_import_reads() -> None:
    """Each fact named there is one, and each fact that the import can write is named."""
    facts = read_dictionary().facts
    assert CENSUS.keys() <= facts.keys()
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "engine/sector").glob("*.py"))
    read = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', sources)) & facts.keys()
    assert read == CENSUS.keys()
    for elements in CENSUS.values():
        assert any(word in sources for word in elements.split())
