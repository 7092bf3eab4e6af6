"""The fact dictionary holds what the shipped protocols read, and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.fact_files import read_fact_files
from engine.pipeline import load_protocol, shipped

FACTS = read_dictionary().facts


@pytest.fixture(scope="module")
def read() -> set[str]:
    """Every text in the steps of the shipped protocols: paths of facts, and of who did it."""
    programs = [load_protocol(name, read_dictionary()) for name in shipped()]
    found = {text for program in programs for step in program.steps for text in texts(step.args)}
    return found | {text.removesuffix("_by") for text in found}


def texts(value: object) -> Iterator[str]:
    """The texts in a literal, at every depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from texts(entry)


def test_every_fact_is_read_by_a_rule_or_bounds_a_list(read: set[str]) -> None:
    """A fact that decides nothing would be collected about a child for nothing."""
    bounds = {
        fact for part in read_dictionary().parts.values() for fact in (part.opening, part.end)
    }
    recorded = {path for path, fact in FACTS.items() if fact.kind != "derived"}
    assert recorded - read - bounds == set()


def test_every_derived_fact_is_named_by_a_rule() -> None:
    """What is computed, some protocol asks for."""
    written = "".join(
        (data_folder("protocols") / f"{name}.yaml").read_text("utf-8") for name in shipped()
    )
    derived = {path for path, fact in FACTS.items() if fact.kind == "derived"}
    assert {path for path in derived if path not in written} == set()


def test_every_enumeration_is_that_of_a_fact() -> None:
    """No list of words is left over."""
    files = read_fact_files(data_folder("schemas") / "facts")
    used = {fact.get("values") for part in files.parts.values() for fact in part.facts.values()}
    assert files.enumerations.keys() <= used


def test_no_two_facts_ask_the_same_question() -> None:
    """One meaning, one fact: a question that two facts share is one fact, or one put unclearly."""
    asked: dict[str, list[str]] = {}
    for path, fact in FACTS.items():
        asked.setdefault(" ".join(fact.question.casefold().split()), []).append(path)
    assert [paths for paths in asked.values() if len(paths) > 1] == []
