"""The steps of a program as formulas, for a record of unknown facts.

In: a program and a `Record`. Out: for each step asked for, its value in every row of its table.
Only steps that an answer rests on are read, so asking about one duty costs what that duty costs.
"""

from __future__ import annotations

from typing import Any

from engine.model.program import Program
from engine.model.reads import makers_of, needed
from engine.proof.calendar import Calendar
from engine.proof.lists import Intervals
from engine.proof.logic import Truth
from engine.proof.operators import OPERATORS
from engine.proof.record import Record


class Symbolic:
    """A program's values over a record; several programs may share record and calendar."""

    def __init__(self, program: Program, record: Record, calendar: Calendar) -> None:
        self.program = program
        self.record = record
        self.calendar = calendar
        self.intervals: dict[str, Intervals] = {}
        self._makers = makers_of(program.steps)
        self._values: dict[int, Any] = {}

    def value(self, number: int) -> Any:
        """The value of a step in every row of its table."""
        if number not in self._values:
            steps = self.program.steps
            for one in sorted(needed(steps, [number], self._values, self._makers)):
                step = steps[one]
                self._values[one] = OPERATORS[step.op](self, step.table, *step.args)
        return self._values[number]

    def size(self, table: str) -> int:
        if table in self.intervals:
            return len(self.intervals[table].parents)
        return len(self.record.rows(table))

    def above(self, table: str) -> str:
        return self.intervals[table].above if table in self.intervals else self.record.above(table)

    def exists(self, table: str) -> list[Truth]:
        if table in self.intervals:
            return self.intervals[table].exists
        return self.record.exists(table)

    def parents(self, table: str) -> list[int]:
        if table in self.intervals:
            return self.intervals[table].parents
        return [row.parent for row in self.record.rows(table)]

    def rows_above(self, table: str, source: str) -> list[int]:
        """For each row of `table` the number of the row of `source` it stands in."""
        if table == source:
            return list(range(self.size(table)))
        above = self.rows_above(self.above(table), source)
        return [above[row] for row in self.parents(table)]

    def below(self, items: str, table: str) -> list[list[int]]:
        """For each row of `table` the rows of `items` in it."""
        out: list[list[int]] = [[] for _ in range(self.size(table))]
        for number, row in enumerate(self.rows_above(items, table)):
            out[row].append(number)
        return out
