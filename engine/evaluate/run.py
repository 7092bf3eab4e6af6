"""One pass over a program: the values of its steps, and the tables they speak of.

`Run` is what operators see. Tables of intervals, made by recurring duties, are added as it goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from engine.evaluate.values import Days, Truth, Words
from engine.evaluate.vectors import Plane


class Columns(Protocol):
    """Where the values of facts come from: case files, or the columns of a caseload."""

    vectors: Any

    def size(self, name: str) -> int: ...
    def above(self, name: str) -> str: ...
    def parents(self, name: str) -> Sequence[int]: ...
    def exists(self, name: str) -> Truth: ...
    def complete(self, name: str) -> Plane: ...
    def record_to(self, name: str) -> Any: ...
    def asked(self, name: str) -> Any: ...
    def words(self, path: str) -> Words: ...
    def event(self, path: str, use: str = "") -> Days: ...


class Intervals(NamedTuple):
    """The table of a recurring duty's intervals: rows above, starts, when done, existence, and the
    last occasion known in each row above (for `until`)."""

    above: str
    parents: list[int]
    start: Days
    done: Days
    exists: Truth
    last: Any


class Run:
    """Values by step number; `columns` gives the facts."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.vectors = columns.vectors
        self.values: list[Any] = []
        self.intervals: dict[str, Intervals] = {}
        self.first_rows: dict[str, Plane] = {}
        self._rows: dict[tuple[str, str], Sequence[int]] = {}
        self._everywhere: dict[str, Plane] = {}
        self._dates: dict[tuple[str, str], Any] = {}
        self._events: dict[tuple[str, str], Days] = {}

    def value(self, number: int) -> Any:
        return self.values[number]

    def truth(self, number: int) -> Truth:
        value: Truth = self.values[number]
        return value

    def days(self, number: int) -> Days:
        value: Days = self.values[number]
        return value

    def words(self, path: str) -> Words:
        return self.columns.words(path)

    def event(self, path: str, use: str) -> Days:
        if (path, use) not in self._events:
            self._events[path, use] = self.columns.event(path, use)
        return self._events[path, use]

    def size(self, table: str) -> int:
        if table in self.intervals:
            return len(self.intervals[table].parents)
        return self.columns.size(table)

    def everywhere(self, table: str) -> Plane:
        if table not in self._everywhere:
            self._everywhere[table] = self.vectors.everywhere(self.size(table))
        return self._everywhere[table]

    def exists(self, table: str) -> Truth:
        if table in self.intervals:
            return self.intervals[table].exists
        return self.columns.exists(table)

    def above(self, table: str) -> str:
        if table in self.intervals:
            return self.intervals[table].above
        return self.columns.above(table)

    def parents(self, table: str) -> Sequence[int]:
        if table in self.intervals:
            return self.intervals[table].parents
        return self.columns.parents(table)

    def rows_above(self, table: str, source: str) -> Sequence[int]:
        """For each row of `table` the number of the row of `source` it stands in."""
        if (table, source) not in self._rows:
            rows = self.parents(table)
            above = self.above(table)
            if above != source:
                further = self.rows_above(above, source)
                rows = [further[row] for row in rows]
            self._rows[table, source] = rows
        return self._rows[table, source]

    def record_to(self, table: str) -> Any:
        return self._date("record_to", table)

    def asked(self, table: str) -> Any:
        return self._date("asked", table)

    def _date(self, which: str, table: str) -> Any:
        if (which, table) not in self._dates:
            if table in self.intervals:
                above = self._date(which, self.above(table))
                column = self.vectors.take(above, self.parents(table))
            else:
                column = getattr(self.columns, which)(table)
            self._dates[which, table] = column
        return self._dates[which, table]
