"""The columns that the second engine needs, as JSON: rows, days and words, and nothing else.

In: the columns of some cases, and a program. Out: JSON values, and from these the
same columns again. No label, place or text of a case is among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from engine.evaluate import vectors
from engine.evaluate.durable_plan import events, finals, tables
from engine.evaluate.run import Columns
from engine.evaluate.values import Days, Truth, Words
from engine.model.program import Program, Step
from engine.model.reads import needed

_CASE = "case"


def to_json(columns: Columns, program: Program) -> dict[str, Any]:
    """What the program's judgements read; planes are written in base 16."""
    steps = [program.steps[n] for n in sorted(needed(program.steps, finals(program.duties)))]
    as_list = columns.vectors.as_list
    words = sorted({step.args[0] for step in steps if step.op == "among"})
    return {
        "tables": {name: _table(columns, name) for name in _with_those_above(columns, steps)},
        "events": [
            [path, use, as_list(days.lo), as_list(days.hi), *map(hex, days[2:])]
            for path, use in sorted(events(steps))
            for days in (columns.event(path, use),)
        ],
        "words": {
            path: {word: hex(plane) for word, plane in columns.words(path).planes.items()}
            for path in words
        },
    }


def _with_those_above(columns: Columns, steps: Iterable[Step]) -> list[str]:
    found = {_CASE}
    for name in tables(steps):
        here = name
        while here not in found:
            found.add(here)
            here = columns.above(here)
    return sorted(found)


def _table(columns: Columns, name: str) -> dict[str, Any]:
    as_list = columns.vectors.as_list
    own = {
        "size": columns.size(name),
        "exists": [hex(plane) for plane in columns.exists(name)],
        "record_to": as_list(columns.record_to(name)),
        "asked": as_list(columns.asked(name)),
    }
    if name == _CASE:
        return own
    return own | {"above": columns.above(name), "parents": list(columns.parents(name))}


class SentColumns:
    """The columns that `to_json` wrote."""

    vectors: Any = vectors

    def __init__(self, value: dict[str, Any]) -> None:
        self._tables = value["tables"]
        self._events = {
            (path, use): Days(lo, hi, *(int(plane, 16) for plane in planes))
            for path, use, lo, hi, *planes in value["events"]
        }
        self._words = {
            path: Words({word: int(plane, 16) for word, plane in planes.items()})
            for path, planes in value["words"].items()
        }

    def size(self, name: str) -> int:
        """How many rows the table has."""
        return int(self._tables[name]["size"])

    def above(self, name: str) -> str:
        """The table that the rows of `name` stand in."""
        return str(self._tables[name]["above"])

    def parents(self, name: str) -> Sequence[int]:
        """For each row the number of the row above it."""
        rows: list[int] = self._tables[name].get("parents", [])
        return rows

    def exists(self, name: str) -> Truth:
        """Items on record exist; an unseen item is unknown."""
        true, false = (int(plane, 16) for plane in self._tables[name]["exists"])
        return Truth(true, false)

    def complete(self, name: str) -> int:
        """The rows above whose list is known to be whole: those without an unseen item."""
        seen = self.exists(name).t
        whole = vectors.everywhere(self.size(self.above(name)))
        for row, above in enumerate(self.parents(name)):
            if not seen >> row & 1:
                whole &= ~(1 << above)
        return whole

    def record_to(self, name: str) -> Any:
        """R a row."""
        return self._tables[name]["record_to"]

    def asked(self, name: str) -> Any:
        """A a row."""
        return self._tables[name]["asked"]

    def words(self, path: str) -> Words:
        """A circumstance."""
        return self._words[path]

    def event(self, path: str, use: str = "") -> Days:
        """An event, incident or date."""
        return self._events[path, use]
