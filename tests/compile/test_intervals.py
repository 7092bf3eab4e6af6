"""The tables of intervals: each edition and reading of a recurring duty has its own."""

from __future__ import annotations

import json
from typing import Any

from engine.compile import compile_protocol
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.program import Judged, Program, Step
from engine.resolve import resolve_chain
from engine.validate import validate

DICTIONARY = read_dictionary()


def program(says: tuple[str, str]) -> Program:
    """A recurring duty with two readings that a local and a regional file both change."""
    starts = ("cin_plan.started", "cin_plan.agreed_at_meeting")
    duty = {
        "id": "reviews", "title": "Review", "every": "8 weeks", "done": "cin_plan.reviews",
        "by": "team", "force": "should", "cite": ["1.p1"], "question": "first",
        "readings": [{"says": s, "from": f} for s, f in zip(says, starts, strict=True)],
    }  # fmt: skip
    chain: list[dict[str, Any]] = [
        {"protocol": name, "title": name, "effective": {"from": f"202{5 - number}-01-01"},
         "documents": {"document": {"title": name, "ledger": name}}}
        for number, name in enumerate(("local", "region", "top"))
    ]  # fmt: skip
    for number, weeks in ((0, 4), (1, 6)):
        entry = {"rule": "reviews", "every": f"{weeks} weeks", "cite": ["1.p1"]}
        chain[number] |= {"extends": chain[number + 1]["protocol"], "tightens": [entry]}
    chain[2] |= {
        "roles": {"team": {"title": "the team"}},
        "checks": [{"id": "b", "title": "B", "for_each": "cin_plans", "duties": [duty]}],
        "questions": [{"id": "first", "cite": ["1.p1"], "asks": "From when?"}],
    }
    documents = [
        parse_document(json.dumps(value, indent=1).encode(), f"{value['protocol']}.json")
        for value in chain
    ]
    protocols = [validate(document, DICTIONARY) for document in documents]
    resolved = resolve_chain(protocols, lambda _, *path: documents[0].place(path))
    return compile_protocol(resolved, DICTIONARY)


def test_each_edition_and_reading_has_intervals_of_its_own() -> None:
    """Along a chain of three, each with two readings, no two share a table."""
    compiled = program(("a", "b"))
    made = {(step.table, *step.args) for step in _intervals(compiled)}
    assert len(made) == len({part.table for part in _parts(compiled)}) == len(_parts(compiled))


def test_readings_that_say_the_same_are_still_two() -> None:
    """Words for people do not tell two readings apart; their fields do."""
    tables = [part.table for part in _parts(program(("the start", "the start")))]
    assert len(tables) == len(set(tables))


def _intervals(compiled: Program) -> list[Step]:
    return [step for step in compiled.steps if step.op == "intervals"]


def _parts(compiled: Program) -> tuple[Judged, ...]:
    (duty,) = compiled.duties
    return duty.parts
