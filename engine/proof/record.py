"""A record whose facts are unknowns, up to so many items of each list; and a model of it as a case.

In: the dictionary and how many items each list may have. Out: formulas for the facts of each row
(SEMANTICS section 1, as `evaluate.tables` has it of recorded facts), and a `Case` for a model. An
`exact` record leaves nothing open: all lists are complete, every event has a day or a *no*, every
circumstance a word. A record asked about is asked as at its own day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import z3

from engine.model.case import Case, Coverage, Period
from engine.model.fact import CASE, Dictionary, Fact, Part
from engine.proof.calendar import FIRST, LAST
from engine.proof.logic import (
    EVER,
    NEVER,
    Days,
    Formula,
    Truth,
    all_of,
    any_of,
    choose,
    opposite,
)  # fmt: skip
from engine.proof.making import Node
from engine.validate.conditions import domain_of

_BORN = "child.born"
_RECENT = (date(2025, 3, 1).toordinal(), date(2026, 11, 1).toordinal())
_EARLIEST = date(2018, 8, 1).toordinal()  # of a record's own day: the first edition held


class Row(NamedTuple):
    """A place for an item: number of the row above, whether it is there, whether it is unseen."""

    parent: int
    there: Formula
    unseen: bool


@dataclass(frozen=True)
class _Event:
    """What may be recorded of an event: at most one of the four; else nothing."""

    fact: Fact
    day: Any
    dated: Formula
    done: Formula = False  # yes, without a day
    denied: Formula = False
    refused: Formula = False


class Record:
    """The unknowns of one record, each made when first asked for; `items` by table, else one.

    `rules` hold of every record, `likely` of the ones that make good examples.
    """

    def __init__(
        self, dictionary: Dictionary, items: Mapping[str, int] | None = None, *, exact: bool
    ) -> None:
        self.dictionary = dictionary
        self.exact = exact
        self.day = z3.Int("as of")
        self.rules: list[Formula] = [self.day >= _EARLIEST, self.day < LAST]
        self.likely: list[Formula] = [self.day <= _RECENT[1]]
        self._items = items or {}
        self._rows: dict[str, list[Row]] = {CASE: [Row(0, True, False)]}
        self._open_lists: dict[str, Formula] = {}
        self._covered: dict[str, Formula] = {}
        self._events: dict[tuple[str, int], _Event] = {}
        self._words: dict[tuple[str, int], Any] = {}

    # Rows

    def rows(self, table: str) -> list[Row]:
        """The places for items of a list; the last of each row above is for one not on record."""
        if table not in self._rows:
            self._rows[table] = list(self._make_rows(table))
        return self._rows[table]

    def _make_rows(self, table: str) -> Iterator[Row]:
        above = self.rows(self.above(table))
        open_ = False if self.exact else z3.Bool(f"{table} incomplete")
        self._open_lists[table] = open_
        for parent, row in enumerate(above):
            if not row.unseen:
                there: Formula = row.there
                for number in range(self._items.get(table, 1)):
                    on_record = z3.Bool(f"{table}#{parent}.{number}")
                    self.rules.append(z3.Implies(on_record, there))
                    there = on_record
                    yield Row(parent, there, unseen=False)
            if not self.exact:
                yield Row(parent, all_of((row.there, True if row.unseen else open_)), unseen=True)

    def above(self, table: str) -> str:
        return self.dictionary.ancestors(table)[1]

    def exists(self, table: str) -> list[Truth]:
        return [
            Truth(not row.unseen and row.there, opposite(row.there))
            for row in self.rows(table)
        ]  # fmt: skip

    # Facts

    def among(self, path: str, values: tuple[str, ...]) -> list[Truth]:
        """Whether a circumstance, or the role of whoever did something, is one of `values`."""
        table, domain = self._owner(path), self._domain(path)
        return [
            self._among(path, number, row, domain, values)
            for number, row in enumerate(self.rows(table))
        ]

    def _among(
        self, path: str, number: int, row: Row, domain: list[str], values: tuple[str, ...]
    ) -> Truth:
        if row.unseen:
            return Truth(False, False)
        if (path, number) not in self._words:
            word = z3.Int(f"{path}#{number}")
            self._words[path, number] = word
            self.rules.append(z3.And(word >= (0 if self.exact else -1), word < len(domain)))
        word = self._words[path, number]
        held = any_of(word == domain.index(value) for value in values if value in domain)
        known = True if self.exact else word >= 0
        return Truth(held, all_of((known, opposite(held))))

    def event(self, path: str, use: str) -> list[Days]:
        """An event, incident or date; `use` is "gate" where a gate asks for it."""
        rows = self.rows(self._owner(path))
        return [self._days(path, use, number, row) for number, row in enumerate(rows)]

    def _days(self, path: str, use: str, number: int, row: Row) -> Days:
        fact = self.dictionary.facts[path]
        part = self.dictionary.parts[fact.part]
        opening = part.opening == path
        if row.unseen:
            return Days(EVER, self.day if opening else NEVER)
        event = self._event(fact, number, opening=opening)
        covered = self._silence(fact, ends=part.end == path, opening=opening)
        recorded = any_of((event.dated, event.done, event.denied, event.refused))
        nothing = all_of((opposite(recorded), covered))
        later = any_of((event.denied, event.refused, nothing))
        last_unknown = self.day if opening else NEVER
        undated = EVER if use == "gate" else self.day
        lo = choose(event.dated, event.day, choose(later, self.day + 1, EVER))
        hi = choose(
            event.dated, event.day, choose(event.done, undated, choose(later, NEVER, last_unknown))
        )
        silent = nothing if fact.evidence else False
        return Days(lo, hi, silent, any_of((event.denied, event.refused)), event.refused)

    def _event(self, fact: Fact, number: int, *, opening: bool) -> _Event:
        key = (fact.path, number)
        if key not in self._events:
            name = f"{fact.path}#{number}"
            day = z3.Int(name)
            first = FIRST if fact.path == _BORN else FIRST + 365
            self.rules.append(
                z3.And(day >= first, day <= (LAST if fact.kind == "date" else self.day))
            )
            self._order(fact, number, day)
            only = fact.kind == "date" or opening
            if only and self.exact:
                event = _Event(fact, day, True)
            else:
                made = [z3.Bool(f"{name} {how}") for how in self._ways(fact, opening=opening)]
                ways = dict(zip(self._ways(fact, opening=opening), made, strict=True))
                self.rules.append(z3.AtMost(*made, 1))
                event = _Event(fact, day, **ways)
                if self.exact:
                    self.rules.append(any_of(made))
            self._events[key] = event
        return self._events[key]

    def _order(self, fact: Fact, number: int, day: Any) -> None:
        """What is likely of an event's day: lately, and once its item had opened."""
        if fact.path != _BORN:
            self.likely.append(day >= _RECENT[0])
        opening = self.dictionary.opening(self._owner(fact.path))
        part = self.dictionary.parts[fact.part]
        if opening and opening != fact.path and part.table == self._owner(opening):
            self.likely.append(day >= z3.Int(f"{opening}#{number}"))

    def _ways(self, fact: Fact, *, opening: bool) -> list[str]:
        """How the event may be recorded, besides not at all."""
        if fact.kind == "date":
            return ["dated"]
        ways = ["dated", "denied"]
        if opening:
            ways = ["dated"]
        if not self.exact:
            ways.append("done")
        if fact.kind == "event" and not opening:
            ways.append("refused")
        return ways

    def _silence(self, fact: Fact, *, ends: bool, opening: bool) -> Formula:
        """Whether silence about the fact says that it has not happened."""
        if self.exact or opening or not (fact.evidence or fact.kind == "incident" or ends):
            return False
        if fact.path not in self._covered:
            self._covered[fact.path] = z3.Bool(f"{fact.path} covered")
        return self._covered[fact.path]

    def _owner(self, path: str) -> str:
        part = self.dictionary.parts.get(self._fact(path).part)
        return part.table if part else CASE

    def _fact(self, path: str) -> Fact:
        facts = self.dictionary.facts
        return facts.get(path) or facts[path.removesuffix("_by")]

    def _domain(self, path: str) -> list[str]:
        if path in self.dictionary.facts:
            return domain_of(self.dictionary.facts[path])
        return list(self.dictionary.words["role"])

    # A model as a case

    def case(self, model: z3.ModelRef, label: str) -> Case:
        """The case that a model describes; facts that nothing asked about are not in it."""

        def holds(formula: Formula) -> bool:
            if isinstance(formula, bool):
                return formula
            return bool(z3.is_true(model.eval(formula, model_completion=True)))

        def number(value: Any) -> int:
            return int(model.eval(value, model_completion=True).as_long())

        items: dict[tuple[str, int], Node] = {(CASE, 0): Node()}
        for table, rows in self._rows.items():
            if table != CASE:
                for index, row in enumerate(rows):
                    if not row.unseen and holds(row.there):
                        part = self.dictionary.parts[table]
                        above = self._node(items, part.below, (self.above(table), row.parent))
                        items[table, index] = above.add(table)
        for (path, index), event in self._events.items():
            word = _recorded(event, holds, number)
            self._put(items, path, index, word)
        for (path, index), chosen in self._words.items():
            value = number(chosen)
            self._put(items, path, index, None if value < 0 else self._domain(path)[value])
        whole = {t for t, open_ in self._open_lists.items() if not holds(open_)}
        coverage = Coverage(
            {},
            frozenset(path for path, covered in self._covered.items() if holds(covered)),
            frozenset(self.dictionary.list_path(self.dictionary.parts[t]) for t in whole),
        )
        day = date.fromordinal(number(self.day))
        return Case(label, None, day, coverage, items[CASE, 0].item(), label)

    def _node(
        self, items: dict[tuple[str, int], Node], part: str | None, row: tuple[str, int]
    ) -> Node:
        """The part of the record called `part`, of a row."""
        if part is None or self.dictionary.parts[part].is_list:
            return items[row]
        below = self.dictionary.parts[part].below
        return self._node(items, below, row).part(part)

    def _put(self, items: dict[tuple[str, int], Node], path: str, index: int, value: Any) -> None:
        part, _, name = path.partition(".")
        known: Part | None = self.dictionary.parts.get(part)
        row = (known.table if known else CASE, index)
        if value is not None and row in items:
            self._node(items, part, row).facts[name] = value


def _recorded(event: _Event, holds: Any, number: Any) -> Any:
    if holds(event.dated):
        day = date.fromordinal(number(event.day))
        return Period(day, day)
    words = {"yes": event.done, "no": event.denied, "refused": event.refused}
    return next((word for word, held in words.items() if holds(held)), None)
