"""Every way a partly known case could turn out: SEMANTICS section 1, row by row, as finite choices.

In: a `Case`, the dictionary, A, and the days worth trying. Out: `World`s in which every fact is
definite: all of them if they are few, else a random sample that tries the extremes first.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from engine.model.case import Case, Item, Period, Recorded
from engine.model.fact import CASE, Dictionary, Fact, Part
from tests.reference.days import EVER, NEVER
from tests.reference.world import Happening, Mark, Row, Value, World

Choose = Callable[[int], int]  # of n options, the number of the one to take
T = TypeVar("T")


@dataclass(frozen=True)
class Bounds:
    """The possible days of an event, `EVER` and `NEVER` included, and what the record calls it."""

    lo: int
    hi: int
    mark: Mark = ""


@dataclass(frozen=True)
class Completions:
    """How a case can be completed; `reads` are the facts whose values matter, `tables` the
    lists whose items do, `days` the days tried."""

    case: Case
    dictionary: Dictionary
    asked: int
    today: datetime.date
    reads: frozenset[str]
    tables: frozenset[str]
    days: Sequence[int]
    special: Mapping[str, Sequence[int]] = field(default_factory=dict)  # days tried for a fact
    most_unseen: int = 1

    @property
    def record_to(self) -> int:
        return (self.case.as_of or self.today).toordinal()

    def worlds(self, most: int, random: Random) -> Iterator[World]:
        """All completions if there are at most so many, else as many of them drawn at random."""
        every = list(itertools.islice(self.every(), most + 1))
        if len(every) <= most:
            yield from every
            return
        yield self.build(lambda options: 0)
        yield self.build(lambda options: options - 1)
        for _ in range(most - 2):
            yield self.build(random.randrange)

    def every(self) -> Iterator[World]:
        """All completions, counting through the choices like an odometer."""
        script: list[int] = []
        while True:
            taken: list[tuple[int, int]] = []

            def choose(options: int, script: list[int] = script,
                       taken: list[tuple[int, int]] = taken) -> int:  # fmt: skip
                number = script[len(taken)] if len(taken) < len(script) else 0
                taken.append((number, options))
                return number

            yield self.build(choose)
            while taken and taken[-1][0] + 1 == taken[-1][1]:
                taken.pop()
            if not taken:
                return
            script = [number for number, _ in taken[:-1]] + [taken[-1][0] + 1]

    def build(self, choose: Choose) -> World:
        """One completion: whatever is open is decided by `choose`."""
        rows: list[Row] = []
        builder = _Builder(self, choose, rows)
        builder.add_row(CASE, "", None, self.case.record, None)
        later = NEVER
        if self.asked > self.record_to:
            later = builder.pick([NEVER, *(d for d in self.days if d > self.record_to)])
        return World(tuple(rows), self.record_to, self.asked, later)

    # What the record says of one fact

    def complete(self, part: Part) -> bool:
        """Is every item of this list on record?"""
        coverage = self.case.coverage
        if self.dictionary.list_path(part) in coverage.lists:
            return True
        return part.covers in coverage.parts and coverage.parts[part.covers] is None

    def covered(self, fact: Fact, opened: Bounds | None) -> bool:
        """Does silence about this fact count? In a window only if its item opened in it."""
        coverage = self.case.coverage
        if fact.path in coverage.facts or fact.checklist in coverage.facts:
            return True
        covers = self.dictionary.parts[fact.part].covers
        if covers not in coverage.parts:
            return False
        window = coverage.parts[covers]
        return window is None or (opened is not None and opened.lo >= window.toordinal())

    def bounds(
        self, fact: Fact, said: Recorded | None, planned: Recorded | None, opened: Bounds | None,
        *, opening: bool,
    ) -> Bounds:  # fmt: skip
        """The interval of an event or date, by the first row of the table that fits."""
        not_yet = Bounds(self.record_to + 1, NEVER)
        if isinstance(said, Period):
            return self.dated(fact, said)
        if said is None and _first(planned) > self.record_to:
            return not_yet
        if said == "yes":
            return Bounds(EVER, self.record_to, "undated")
        if said == "no":
            return Bounds(not_yet.lo, NEVER, "no")
        if said == "refused":
            return Bounds(not_yet.lo, NEVER, "refused")
        if opening:
            return Bounds(EVER, self.record_to)
        if said is None and self.covered(fact, opened):
            ends = {part.end for part in self.dictionary.parts.values()}
            if fact.evidence:
                return Bounds(not_yet.lo, NEVER, "silent")
            if fact.kind == "incident" or fact.path in ends:
                return not_yet
        return Bounds(EVER, NEVER)

    def dated(self, fact: Fact, said: Period) -> Bounds:
        first, last = said.first.toordinal(), said.last.toordinal()
        if fact.kind == "date":
            return Bounds(first, last)
        if first > self.record_to:
            return Bounds(self.record_to + 1, NEVER)
        return Bounds(first, min(last, self.record_to))


def _first(planned: Recorded | None) -> int:
    return planned.first.toordinal() if isinstance(planned, Period) else EVER


@dataclass(frozen=True)
class _Builder:
    """Adds the rows of one completion, depth first."""

    plan: Completions
    choose: Choose
    rows: list[Row]

    def pick(self, options: Sequence[T]) -> T:
        return options[self.choose(len(options))] if len(options) > 1 else options[0]

    def add_row(
        self, table: str, place: str, above: int | None, said: Item | None, opened: Bounds | None
    ) -> None:
        """Add the child or an item and all below it; `said` is None of an unseen item."""
        facts: dict[str, Value] = {}
        index = len(self.rows)
        self.rows.append(Row(table, place, above, facts, seen=said is not None))
        if table != CASE:
            opened = self.opened(table, said) or opened
            self.add_facts(self.plan.dictionary.parts[table], said, opened, facts)
        self.add_below(table, table, place, index, said, opened)

    def opened(self, table: str, said: Item | None) -> Bounds | None:
        """The interval of a row's own opening, if its list names one."""
        path = self.plan.dictionary.parts[table].opening
        if path is None:
            return None
        name = path.split(".", 1)[1]
        known = {} if said is None else said.facts
        return self.plan.bounds(
            self.plan.dictionary.facts[path], known.get(name), known.get(f"{name}_planned"), None,
            opening=True,
        )  # fmt: skip

    def add_below(
        self, table: str, part_name: str, place: str, index: int, said: Item | None,
        opened: Bounds | None,
    ) -> None:  # fmt: skip
        """Add the parts and lists directly below a part or item."""
        for part in self.plan.dictionary.parts.values():
            if (part.below or CASE) != part_name or part.table not in self.plan.tables:
                continue
            here = f"{place}.{part.key}" if place else part.key
            if part.is_list:
                self.add_list(part, here, index, said, opened)
                continue
            inner = None if said is None else said.parts.get(part.name, Item())
            facts = self.rows[index].facts
            assert isinstance(facts, dict)
            self.add_facts(part, inner, opened, facts)
            self.add_below(table, part.name, here, index, inner, opened)

    def add_list(
        self, part: Part, place: str, above: int, said: Item | None, opened: Bounds | None
    ) -> None:
        items = () if said is None else said.lists.get(part.name, ())
        for number, item in enumerate(items):
            self.add_row(part.name, f"{place}[{number}]", above, item, opened)
        if said is not None and self.plan.complete(part):
            return
        for _ in range(self.pick(range(self.plan.most_unseen + 1))):
            self.add_row(part.name, f"{place}[?]", above, None, opened)

    def add_facts(
        self, part: Part, said: Item | None, opened: Bounds | None, facts: dict[str, Value]
    ) -> None:
        """Choose a value for each fact of a part that is read."""
        for fact in self.plan.dictionary.facts.values():
            if fact.part != part.name or fact.kind == "derived":
                continue
            name = fact.path.split(".", 1)[1]
            known = {} if said is None else said.facts
            if fact.path in self.plan.reads:
                facts[fact.path] = self.chosen(fact, part, known, opened)
            by = f"{fact.path}_by"
            if by in self.plan.reads:
                facts[by] = self.word(known.get(f"{name}_by"), self.roles())

    def roles(self) -> tuple[str, ...]:
        return tuple(self.plan.dictionary.words["role"])

    def chosen(
        self, fact: Fact, part: Part, known: dict[str, Recorded], opened: Bounds | None
    ) -> Value:
        name = fact.path.split(".", 1)[1]
        said, planned = known.get(name), known.get(f"{name}_planned")
        if fact.kind == "circumstance":
            return self.word(said, fact.values or ("yes", "no"))
        opening = part.is_list and part.opening == fact.path
        bounds = self.plan.bounds(fact, said, planned, opened, opening=opening)
        return Happening(self.pick(self.tried(fact, bounds)), bounds.mark, bounds.hi)

    def word(self, said: Recorded | None, words: tuple[str, ...]) -> str:
        return said if isinstance(said, str) and said != "not_known" else self.pick(words)

    def tried(self, fact: Fact, bounds: Bounds) -> Sequence[int]:
        """The days tried for a fact: the ends of its interval and those of `days` between."""
        days = self.plan.special.get(fact.path, self.plan.days)
        between = [day for day in days if bounds.lo < day < bounds.hi]
        return sorted({bounds.lo, *between, bounds.hi})
