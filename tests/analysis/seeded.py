"""Changes of national duties, seeded one at a time into the shipped local protocols.

In: a file of entries by local protocol (`weakenings.yaml`, `strengthenings.yaml`). Out: for each
the local protocol with that change, and the comparison of the duty it changes.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from engine.analysis.conform import Conformance, conform
from engine.compile import compile_protocol
from engine.errors import Place
from engine.evaluate import evaluate
from engine.load.case import read_cases
from engine.load.case import written as case_text
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.case import Case
from engine.model.fact import Dictionary
from engine.model.protocol import Change, Protocol
from engine.packs import shipped_pack
from engine.proof.slices import part_of
from engine.resolve import resolve_chain
from engine.validate import validate

NATIONAL = "wt2023"
HERE = Path(__file__).parent


class Seed(NamedTuple):
    """One change of a local protocol, as written and as read."""

    local: str
    entry: dict[str, Any]
    change: Change

    def __str__(self) -> str:
        fields = {key: value for key, value in self.entry.items() if key != "rule"}
        return f"{self.local} {self.entry['rule']} {json.dumps(fields)}"


@cache
def dictionary() -> Dictionary:
    return read_dictionary()


@cache
def shipped_text(name: str) -> str:
    return (shipped_pack().protocols / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def written(name: str) -> Protocol:
    """A shipped file as read, before it is laid over what it extends."""
    return read(shipped_text(name))


def read(text: str) -> Protocol:
    return validate(parse_document(text.encode("utf-8"), "seeded.yaml"), dictionary())


def entries(kind: str) -> dict[str, list[dict[str, Any]]]:
    text = (HERE / f"{kind}.yaml").read_text(encoding="utf-8")
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(text)
    return found


@cache
def seeds(kind: str) -> tuple[Seed, ...]:
    """The changes of a file, in order."""
    return tuple(
        Seed(local, entry, change)
        for local, own in entries(kind).items()
        for entry, change in zip(own, _changes(local, own), strict=True)
    )


def departures(own: list[dict[str, Any]], clause: str) -> str:
    """Entries as they stand in a protocol file."""
    fields = [{key: value for key, value in entry.items() if key != "without"} for entry in own]
    return json.dumps([{**entry, "cite": [clause], "reason": "Seeded."} for entry in fields])


def head(local: str) -> str:
    """A shipped file as far as its roles."""
    return shipped_text(local).partition("\nmeets:")[0]


def _changes(local: str, own: list[dict[str, Any]]) -> Iterator[Change]:
    # what only takes a field away gives another, so that the entry says something
    given = [{**e, "note": "Less."} if "without" in e else e for e in own]
    protocol = read(f"{head(local)}\ndeparts: {departures(given, '1.p1')}\n")
    for entry, change in zip(own, protocol.changes, strict=True):
        away = {entry["without"]: None} if "without" in entry else {}
        yield replace(change, changes=change.changes | away)


def numbered(kind: str) -> list[tuple[str, int]]:
    """The entries of a file by name and number, read without a look at any protocol."""
    return [
        (f"{local} {entry['rule']} {number}", number)
        for number, (local, entry) in enumerate(
            (local, entry) for local, own in entries(kind).items() for entry in own
        )
    ]


def compared(seed: Seed) -> Conformance:
    """The local protocol with the change and the national one, as far as the duty goes."""
    rule = seed.change.rule
    local = written(seed.local)
    others = tuple(x for x in local.changes if x.rule not in (rule, rule.partition("/")[0]))
    changed = replace(local, changes=(*others, seed.change))
    ours = resolve_chain([changed, written(NATIONAL)], lambda *_: Place("seeded.yaml"))
    theirs = resolve_chain([written(NATIONAL)], lambda *_: Place("national.yaml"))
    return conform(part_of(ours, [rule]), part_of(theirs, [rule]), dictionary())


class Words(NamedTuple):
    """What is said of a duty (or its `/role`) for one item."""

    gap: str
    to_do: bool


def said(protocol: Protocol, case: Case) -> dict[tuple[str, str], Words]:
    """What the engine says of a case written to a file and read again, by duty and item."""
    document = parse_document(case_text(case, dictionary()).encode("utf-8"), "witness.yaml")
    (read_again,), problems = read_cases(document, dictionary(), datetime.date(2100, 1, 1))
    assert not problems
    program = compile_protocol(protocol, dictionary())
    (told,) = evaluate(program, [read_again], dictionary(), None, datetime.date(2100, 1, 1))
    return {
        (finding.id, one.item): Words(one.verdict.gap, one.verdict.to_do)
        for finding in told.findings
        for one in finding.instances
    }


def finds(words: dict[tuple[str, str], Words], rule: str, of: str) -> set[str]:
    """The items for which a rule has a gap, or something to do."""
    return {
        item
        for (duty, item), one in words.items()
        if duty.removesuffix("/role") == rule and (one.gap == "yes" if of == "gap" else one.to_do)
    }
