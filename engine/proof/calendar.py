"""Counting days for the solver: it guesses, and the one module that counts days corrects it.

A length in days or weeks is a sum. One in working days, months or years is a function of which the
solver knows bounds at first; where a record it proposes has a wrong day in it, it is told the right
days of those months, and asked again. So what it proves holds on every day from `FIRST` to `LAST`,
bank holidays and all, and what it finds is a record with right days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import z3

from engine.dates.working_days import add_months, add_working_days, birthday
from engine.proof.logic import EVER, NEVER, Day, Formula

FIRST, LAST = date(1999, 1, 1).toordinal(), date(2027, 12, 31).toordinal()  # of any recorded day
_NEAR = 45  # days told on either side of a wrong one
_COUNT = {
    "working days": add_working_days,
    "months": add_months,
    "years": lambda day, n: add_months(day, 12 * n),
    "birthdays": birthday,
}


@cache
def counted(count: int, unit: str) -> list[int]:
    """For each day from FIRST to LAST the day that is so long after it."""
    days = [_COUNT[unit](day, count) for day in range(FIRST, LAST + 1)]
    assert None not in days  # the bank holidays are known beyond LAST
    return days  # type: ignore[return-value]


@cache
def _apart(one: tuple[int, str], other: tuple[int, str]) -> tuple[int, int]:
    """How many days the first length is longer than the second, at least and at most."""
    apart = [a - b for a, b in zip(counted(*one), counted(*other), strict=True)]
    return min(apart), max(apart)


class Wrong(NamedTuple):
    """A sum that a model has wrong: what is added to which day, and the right end."""

    length: tuple[int, str]
    day: Day
    due: Day
    start: int
    end: int

    def lesson(self) -> Formula:
        """The right sum on that one day."""
        return z3.Implies(self.day == self.start, self.due == self.end)


class Calendar:
    """The sums a question needs; each is made once."""

    def __init__(self) -> None:
        self._sums: dict[tuple[int, str], dict[str, tuple[Day, Any]]] = {}

    def after(self, day: Day, count: int, unit: str) -> Day:
        """So long after `day`; ever and never stay."""
        if isinstance(day, int):
            return day if day in (EVER, NEVER) else self._known(day, count, unit)
        if unit in ("days", "weeks"):
            return z3.If(_real(day), day + count * (7 if unit == "weeks" else 1), day)
        made = self._sums.setdefault((count, unit), {})
        key = day.sexpr()
        if key not in made:
            function = z3.Function(f"{count} {unit} after", z3.IntSort(), z3.IntSort())
            made[key] = (day, function(day))
        return made[key][1]

    def _known(self, day: int, count: int, unit: str) -> int:
        if unit in ("days", "weeks"):
            return day + count * (7 if unit == "weeks" else 1)
        assert FIRST <= day <= LAST
        return counted(count, unit)[day - FIRST]

    def bounds(self) -> Iterator[Formula]:
        """What is known of all sums: their least and most, their order, and how far apart."""
        for length, made in self._sums.items():
            lengths = [due - day for day, due in enumerate(counted(*length), FIRST)]
            for day, due in made.values():
                inside = z3.And(day >= FIRST, day <= LAST)
                yield z3.If(
                    _real(day),
                    z3.And(
                        due >= day,
                        z3.Implies(
                            inside, z3.And(due >= day + min(lengths), due <= day + max(lengths))
                        ),
                    ),
                    due == day,
                )
            all_sums = list(made.values())
            for number, (day, due) in enumerate(all_sums):
                for other, other_due in all_sums[number + 1 :]:
                    yield z3.Implies(day <= other, due <= other_due)
                    yield z3.Implies(other <= day, other_due <= due)
        yield from self._distances()

    def _distances(self) -> Iterator[Formula]:
        lengths = list(self._sums)
        for number, one in enumerate(lengths):
            for other in lengths[number + 1 :]:
                for key in self._sums[one].keys() & self._sums[other].keys():
                    (day, due), (_, other_due) = self._sums[one][key], self._sums[other][key]
                    low, high = _apart(one, other)
                    yield z3.Implies(
                        z3.And(day >= FIRST, day <= LAST),
                        z3.And(due - other_due >= low, due - other_due <= high),
                    )

    def wrong(self, model: z3.ModelRef) -> list[Wrong]:
        """The sums that a model has wrong."""
        found = []
        for length, made in self._sums.items():
            right = counted(*length)
            for day, due in made.values():
                start = model.eval(day, model_completion=True).as_long()
                if FIRST <= start <= LAST:
                    end = right[start - FIRST]
                    if model.eval(due, model_completion=True).as_long() != end:
                        found.append(Wrong(length, day, due, start, end))
        return found

    def days(self, model: z3.ModelRef) -> list[Formula]:
        """Every day that something is added to is as the model has it."""
        return [
            day == model.eval(day, model_completion=True)
            for made in self._sums.values()
            for day, _ in made.values()
        ]

    def around(self, wrong: Wrong) -> Iterator[Formula]:
        """The right days around a wrong one, for every sum of the length."""
        right = counted(*wrong.length)
        for first, last, length in _runs(right, wrong.start):
            for day, due in self._sums[wrong.length].values():
                yield z3.Implies(z3.And(day >= first, day <= last), due - day == length)


def _runs(right: list[int], start: int) -> Iterator[tuple[int, int, int]]:
    """The days around `start`, as runs over which the sum is equally long."""
    first, last = max(FIRST, start - _NEAR), min(LAST, start + _NEAR)
    for length, days in groupby(range(first, last + 1), lambda day: right[day - FIRST] - day):
        run = list(days)
        yield run[0], run[-1], length


def _real(day: Any) -> Formula:
    """Neither ever nor never."""
    return z3.And(day != EVER, day != NEVER)
