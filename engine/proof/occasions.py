"""Lists as dates, as formulas: the first item since a day, the intervals of a review.

What `evaluate.occasions` does on recorded items, for items that may or may not be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

from engine.proof.logic import (
    EVER,
    NEVER,
    YES,
    Day,
    Days,
    Formula,
    Truth,
    all_of,
    any_of,
    at_most,
    before,
    choose,
    equal,
    least,
    most,
    opposite,
)  # fmt: skip


class Group(NamedTuple):
    """The items of a list in one row, each with whether it is there; whether all are seen."""

    items: list[tuple[Formula, Days]]
    whole: Formula


class Interval(NamedTuple):
    start: Days
    done: Days
    exists: Truth
    first: bool


def _recorded(group: Group, record_to: Day) -> list[tuple[Formula, Days]]:
    """Items that are there and not merely planned."""
    return [
        (all_of((there, opposite(_planned(days, record_to)))), days)
        for there, days in group.items
    ]  # fmt: skip


def _planned(days: Days, record_to: Day) -> Formula:
    return all_of((equal(days.lo, record_to + 1), equal(days.hi, NEVER)))


def first(group: Group, since: Days, record_to: Day) -> Days:
    """The first item on or after `since`."""
    known = _recorded(group, record_to)
    possible = [(all_of((there, at_most(since.lo, d.hi))), d) for there, d in known]
    any_ = any_of(there for there, _ in possible)
    low = reduce(
        least, (choose(there, most(d.lo, since.lo), NEVER) for there, d in possible), NEVER
    )
    high = reduce(
        least,
        (choose(all_of((there, at_most(since.hi, d.lo))), d.hi, NEVER) for there, d in known),
        NEVER,
    )
    low = choose(group.whole, choose(any_, low, record_to + 1), since.lo)
    return Days(low, high, all_of((group.whole, opposite(any_))))


def last(group: Group, record_to: Day) -> Day:
    """The last occasion known."""
    known = _recorded(group, record_to)
    return reduce(most, (choose(there, days.lo, EVER) for there, days in known), EVER)


def intervals(
    group: Group, start: Days, record_to: Day, shorter: bool, begin: int
) -> Iterator[Interval]:
    """One from the start, one from each occasion, and one from an occasion not on record."""
    possible = [
        (all_of((there, before(start.lo, days.hi))), days)
        for there, days in _recorded(group, record_to)
    ]
    dated = all_of((group.whole, *(any_of((opposite(t), before(EVER, d.lo))) for t, d in possible)))
    yield Interval(start, _next(start, possible, dated, record_to), YES, True)
    for number, (there, days) in enumerate(possible):
        others = [
            (all_of((other, any_of((before(d.lo, days.lo), before(days.lo, d.lo),
                                    before(d.hi, days.hi), before(days.hi, d.hi))))), d)
            for place, (other, d) in enumerate(possible)
            if place != number
        ]  # fmt: skip
        exists = Truth(all_of((there, before(start.hi, days.lo))), opposite(there))
        begun = Days(most(days.lo, _day_after(start.lo)), days.hi)
        yield Interval(begun, _next(begun, others, dated, record_to), exists, False)
    matters = True if shorter else before(start.lo, begin)
    exists = Truth(False, any_of((opposite(matters), group.whole)))  # asked as at the record's day
    if exists.f is not True:
        unseen = Days(EVER, NEVER)
        yield Interval(unseen, Days(EVER, NEVER), exists, False)


def _next(
    start: Days, occasions: list[tuple[Formula, Days]], dated: Formula, record_to: Day
) -> Days:
    """The next occasion after `start`."""
    after = _day_after(start.lo)
    possible = [(all_of((there, before(start.lo, d.hi))), d) for there, d in occasions]
    any_ = any_of(there for there, _ in possible)
    low = reduce(least, (choose(there, most(d.lo, after), NEVER) for there, d in possible), NEVER)
    high = reduce(
        least,
        (choose(all_of((there, before(start.hi, d.lo))), d.hi, NEVER) for there, d in occasions),
        NEVER,
    )
    low = choose(dated, choose(any_, low, record_to + 1), after)
    return Days(low, high, all_of((dated, opposite(any_))))


def _day_after(day: Day) -> Day:
    if isinstance(day, int):
        return day if day in (EVER, NEVER) else day + 1
    return choose(any_of((equal(day, EVER), equal(day, NEVER))), day, day + 1)
