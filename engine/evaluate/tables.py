"""Cases as tables: every list of the record is a table of rows, every fact a column over one.

In: cases as recorded, and the dictionary. Out: `CaseTables`, which the engine asks for columns.
Here, and only here, what is recorded, covered or absent becomes an interval of possible days or a
word (SEMANTICS section 1). An incomplete list has one more row: the item it may hold unseen.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from engine.evaluate import vectors
from engine.evaluate.values import EVER, NEVER, Days, Truth, Words
from engine.evaluate.vectors import Plane
from engine.model.case import Case, Item, Period
from engine.model.fact import CASE, Dictionary, Fact, Part

_NOTHING = Item()


class Row(NamedTuple):
    """An item of a list (or the child itself) of case number `case`; `item` None: unseen."""

    case: int
    parent: int
    item: Item | None
    where: str  # its place in the case file: "referrals[0].assessment.agencies[1]"


@dataclass
class Table:
    """The rows of one list over all cases; `complete` has a bit for each row of the table above."""

    name: str
    rows: list[Row]
    complete: Plane = 0
    parents: list[int] = field(default_factory=list)
    unseen: Plane = 0


class CaseTables:
    """Columns of a batch of cases; `asked` is the day asked about (None: each case's own)."""

    vectors: Any = vectors

    def __init__(
        self,
        cases: Sequence[Case],
        dictionary: Dictionary,
        asked: datetime.date | None,
        today: datetime.date,
    ) -> None:
        self.cases = cases
        self.dictionary = dictionary
        self._record_to = [(case.as_of or today).toordinal() for case in cases]
        self._asked = [asked.toordinal() if asked else day for day in self._record_to]
        self._tables: dict[str, Table] = {
            CASE: Table(CASE, [Row(n, n, case.record, "") for n, case in enumerate(cases)])
        }
        self._openings: dict[str, list[int]] = {}

    # Rows

    def table(self, name: str) -> Table:
        """The rows of the list whose item is called `name`, or of the cases themselves."""
        if name not in self._tables:
            self._tables[name] = self._build(self.dictionary.parts[name])
        return self._tables[name]

    def size(self, name: str) -> int:
        """How many rows the table has."""
        return len(self.table(name).rows)

    def above(self, name: str) -> str:
        """The table that the rows of `name` stand in."""
        return self.dictionary.ancestors(name)[1]

    def parents(self, name: str) -> Sequence[int]:
        """For each row the number of the row above it."""
        return self.table(name).parents

    def exists(self, name: str) -> Truth:
        """Items on record exist; an unseen item is unknown."""
        table = self.table(name)
        return Truth(vectors.everywhere(len(table.rows)) & ~table.unseen, 0)

    def complete(self, name: str) -> Plane:
        """The rows above whose list is known to be whole."""
        return self.table(name).complete

    def _build(self, part: Part) -> Table:
        above = self.table(self.above(part.name))
        table = Table(part.name, [])
        for number, parent in enumerate(above.rows):
            whole = parent.item is not None and self._is_complete(part, parent.case)
            container, where = self._container(part, parent)
            for position, item in enumerate(container.lists.get(part.name, ())):
                place = f"{where}{part.key}[{position}]"
                table.rows.append(Row(parent.case, number, item, place))
            if whole:
                table.complete |= 1 << number
            else:
                table.unseen |= 1 << len(table.rows)
                table.rows.append(Row(parent.case, number, None, f"{where}{part.key}[?]"))
        table.parents = [row.parent for row in table.rows]
        return table

    def _is_complete(self, part: Part, case: int) -> bool:
        coverage = self.cases[case].coverage
        whole = part.covers in coverage.parts and coverage.parts[part.covers] is None
        return whole or self.dictionary.list_path(part) in coverage.lists

    def _container(self, part: Part, row: Row) -> tuple[Item, str]:
        """The part of the record in which the list `part` of a row stands, and its path."""
        item, where = self._descend(part.below, row)
        return item, where

    def _descend(self, name: str | None, row: Row) -> tuple[Item, str]:
        """The part `name` of a row (or the row itself), and its path with a dot behind."""
        prefix = f"{row.where}." if row.where else ""
        if name is None or self.dictionary.parts[name].is_list:
            return row.item or _NOTHING, prefix
        part = self.dictionary.parts[name]
        item, prefix = self._descend(part.below, row)
        return item.parts.get(name, _NOTHING), f"{prefix}{part.key}."

    # Columns

    def record_to(self, name: str) -> list[int]:
        """R, the day up to which the record speaks, a row."""
        return [self._record_to[row.case] for row in self.table(name).rows]

    def asked(self, name: str) -> list[int]:
        """A, the day asked about, a row."""
        return [self._asked[row.case] for row in self.table(name).rows]

    def words(self, path: str) -> Words:
        """A circumstance, or the recorded role of an event (`path_by`)."""
        fact, name = self._fact_of(path)
        planes: dict[str, Plane] = {}
        for number, row in enumerate(self.table(fact.part_table).rows):
            if row.item is None:
                continue
            word = self._descend(fact.part, row)[0].facts.get(name)
            if isinstance(word, str) and word != "not_known":
                planes[word] = planes.get(word, 0) | 1 << number
        return Words(planes)

    def event(self, path: str, use: str = "") -> Days:
        """An event, incident or date; `use` is "gate" where a gate asks for it."""
        fact, name = self._fact_of(path)
        lo: list[int] = []
        hi: list[int] = []
        marks = {"silent": 0, "denied": 0, "refused": 0}
        for number, row in enumerate(self.table(fact.part_table).rows):
            first, last, *seen = self._interval(fact.fact, name, row, number, use)
            lo.append(first)
            hi.append(last)
            for mark in seen:
                marks[mark] |= 1 << number
        return Days(lo, hi, **marks)

    def planned(self, path: str, row: int) -> datetime.date | None:
        """The day for which the event is planned after R in a row, if it is."""
        fact, name = self._fact_of(path)
        held = self.table(fact.part_table).rows[row]
        if held.item is None:
            return None
        facts = self._descend(fact.part, held)[0].facts
        for value in (facts.get(name), facts.get(f"{name}_planned")):
            if isinstance(value, Period) and value.first.toordinal() > self._record_to[held.case]:
                return value.first
        return None

    def _fact_of(self, path: str) -> tuple[_Located, str]:
        fact = self.dictionary.facts.get(path) or self.dictionary.facts[path.removesuffix("_by")]
        part = self.dictionary.parts.get(fact.part)
        located = _Located(fact, fact.part if part else None, part.table if part else CASE)
        return located, path.partition(".")[2]

    def _interval(self, fact: Fact, name: str, row: Row, number: int, use: str) -> Any:
        """The possible days of a fact in a row, then its marks (SEMANTICS section 1, table)."""
        record_to = self._record_to[row.case]
        part = self.dictionary.parts[fact.part]
        opening, later = part.opening == fact.path, (record_to + 1, NEVER)
        if row.item is None:
            return (EVER, record_to) if opening else (EVER, NEVER)
        facts = self._descend(fact.part, row)[0].facts
        value, planned = facts.get(name), facts.get(f"{name}_planned")
        if isinstance(value, Period):
            first, last = value.first.toordinal(), value.last.toordinal()
            if fact.kind == "date":
                return first, last
            return later if first > record_to else (first, min(last, record_to))
        if value is None and isinstance(planned, Period) and planned.first.toordinal() > record_to:
            return later
        if value == "yes":
            return (EVER, EVER) if use == "gate" else (EVER, record_to)
        if value in ("no", "refused"):
            return (*later, "denied", "refused") if value == "refused" else (*later, "denied")
        if opening:
            return EVER, record_to
        if value is None and self._covered(fact, part, row, number):
            if fact.evidence:
                return (*later, "silent")
            if fact.kind == "incident" or part.end == fact.path:
                return later
        return EVER, NEVER

    def _covered(self, fact: Fact, part: Part, row: Row, number: int) -> bool:
        """Whether silence about the fact says something in this row."""
        coverage = self.cases[row.case].coverage
        if fact.path in coverage.facts or fact.checklist in coverage.facts:
            return True
        if part.covers not in coverage.parts:
            return False
        window = coverage.parts[part.covers]
        return window is None or self._opened(part.table)[number] >= window.toordinal()

    def _opened(self, name: str) -> list[int]:
        """The first day a row of the table can have been opened; EVER for the child itself."""
        if name not in self._openings:
            rows = self.table(name).rows
            part = self.dictionary.parts.get(name)
            if part is None:
                self._openings[name] = [EVER] * len(rows)
            elif part.opening:
                self._openings[name] = self.event(part.opening).lo
            else:
                above = self._opened(self.above(name))
                self._openings[name] = [above[row.parent] for row in rows]
        return self._openings[name]


class _Located(NamedTuple):
    fact: Fact
    part: str | None
    part_table: str
