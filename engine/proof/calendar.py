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
from typing import Any

import z3

from engine.dates.working_days import add_months, add_working_days, birthday
from engine.proof.logic import EVER, NEVER, Day, Formula, all_of

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

    def corrections(self, model: z3.ModelRef) -> list[Formula]:
        """The right days around every sum that the model has wrong; none if all are right."""
        found: list[Formula] = []
        for length, made in self._sums.items():
            right = counted(*length)
            for day, due in made.values():
                start = model.eval(day, model_completion=True).as_long()
                if not FIRST <= start <= LAST:
                    continue
                if model.eval(due, model_completion=True).as_long() != right[start - FIRST]:
                    near = range(max(FIRST, start - _NEAR), min(LAST, start + _NEAR) + 1)
                    for other, other_due in made.values():
                        found.append(
                            all_of(
                                z3.Implies(other == d, other_due == right[d - FIRST]) for d in near
                            )
                        )
        return found


def _real(day: Any) -> Formula:
    """Neither ever nor never."""
    return z3.And(day != EVER, day != NEVER)
