"""Counting days as plainly as possible: walking from day to day over the `holidays` package's list.

In: a day (an ordinal, `EVER` or `NEVER`) and a length of time. Out: another day. Nothing here is
shared with `engine.dates`, whose answers it checks.
"""

from __future__ import annotations

import calendar
import datetime
from functools import cache

import holidays

from engine.model.condition import Duration

EVER = 0  # before any record
NEVER = 10_000_000  # not on any day


@cache
def bank_holidays() -> frozenset[int]:
    """The bank holidays of England and Wales from 2015 to 2032."""
    listed = holidays.country_holidays("GB", subdiv="ENG", years=range(2015, 2033))
    return frozenset(day.toordinal() for day in listed)


def on(text: str) -> int:
    """The day written `2025-01-07`."""
    return datetime.date.fromisoformat(text).toordinal()


def clamped(year: int, month: int, day: int) -> int:
    """That day of the month or the month's last."""
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(day, last)).toordinal()


def after(day: int, length: Duration) -> int:
    """The day so long after; `EVER` and `NEVER` stay."""
    if day in (EVER, NEVER):
        return day
    if length.unit == "working days":
        return _after_working_days(day, length.count)
    if length.unit == "days":
        return day + length.count
    if length.unit == "weeks":
        return day + 7 * length.count
    date = datetime.date.fromordinal(day)
    months = length.count * (12 if length.unit == "years" else 1)
    return clamped(
        date.year + (date.month - 1 + months) // 12, (date.month - 1 + months) % 12 + 1, date.day
    )


def _after_working_days(day: int, count: int) -> int:
    while count:
        day += 1
        if datetime.date.fromordinal(day).weekday() < 5 and day not in bank_holidays():
            count -= 1
    return day


def birthday(born: int, years: int) -> int:
    """The day the child turns `years`; of a child of 29 February 1 March outside leap years."""
    if born in (EVER, NEVER):
        return born
    date = datetime.date.fromordinal(born)
    if (date.month, date.day) == (2, 29) and not calendar.isleap(date.year + years):
        return datetime.date(date.year + years, 3, 1).toordinal()
    return date.replace(year=date.year + years).toordinal()


def next_day(day: int) -> int:
    """The day after; `EVER` and `NEVER` stay."""
    return day if day in (EVER, NEVER) else day + 1
