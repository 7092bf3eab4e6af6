"""Truths and days as formulas: what `evaluate.values` has as planes, for one row.

Constants are Python's own `bool` and `int` and fold away, so that formulas hold only what is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import z3

from engine.dates import EVER, NEVER

Formula = Any  # z3.BoolRef or bool
Day = Any  # z3.ArithRef or int

__all__ = ["EVER", "NEVER", "Day", "Days", "Formula", "Truth"]


class Truth(NamedTuple):
    """Known to be true, known to be false; else unknown."""

    t: Formula
    f: Formula


class Days(NamedTuple):
    """Possible days from `lo` to `hi`, and marks, as `evaluate.values.Days` has them."""

    lo: Day
    hi: Day
    silent: Formula = False
    denied: Formula = False
    refused: Formula = False


YES, NO, UNKNOWN = Truth(True, False), Truth(False, True), Truth(False, False)


def all_of(parts: Iterable[Formula]) -> Formula:
    open_ = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            open_.append(part)
    return z3.And(open_) if len(open_) > 1 else open_[0] if open_ else True


def any_of(parts: Iterable[Formula]) -> Formula:
    open_ = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            open_.append(part)
    return z3.Or(open_) if len(open_) > 1 else open_[0] if open_ else False


def opposite(part: Formula) -> Formula:
    return not part if isinstance(part, bool) else z3.Not(part)


def choose(condition: Formula, one: Day, other: Day) -> Day:
    """`one` where the condition holds, else `other`."""
    if isinstance(condition, bool):
        return one if condition else other
    return one if same(one, other) else z3.If(condition, one, other)


def same(one: Day, other: Day) -> bool:
    """Whether two days are the same formula."""
    if isinstance(one, int) or isinstance(other, int):
        return isinstance(one, int) and isinstance(other, int) and one == other
    return bool(one.eq(other))


def at_most(one: Day, other: Day) -> Formula:
    if (isinstance(one, int) and one == EVER) or (isinstance(other, int) and other == NEVER):
        return True
    return True if same(one, other) else one <= other


def before(one: Day, other: Day) -> Formula:
    return opposite(at_most(other, one))


def equal(one: Day, other: Day) -> Formula:
    return True if same(one, other) else one == other


def least(one: Day, other: Day) -> Day:
    return choose(at_most(one, other), one, other)


def most(one: Day, other: Day) -> Day:
    return choose(at_most(one, other), other, one)


def both(*truths: Truth) -> Truth:
    return Truth(all_of(x.t for x in truths), any_of(x.f for x in truths))


def either(*truths: Truth) -> Truth:
    return Truth(any_of(x.t for x in truths), all_of(x.f for x in truths))


def negation(truth: Truth) -> Truth:
    return Truth(truth.f, truth.t)


def compared(one: Days, other: Days) -> Truth:
    """`one <= other`."""
    return Truth(at_most(one.hi, other.lo), before(other.hi, one.lo))
