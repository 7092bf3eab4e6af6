"""The one place where days are counted: working days, weekdays, months, birthdays.

In: days as ordinals (`date.toordinal()`, so 1 January of the year 1, a Monday, is day 1) and how
many to count. Out: ordinals, or None where the bank holidays are not known. Nothing reads a clock.

The rule (SEMANTICS sections 5 and 6): the day of the event is day 0, whatever day it is; day 1 is
the next working day; a limit of zero is the start day itself. A working day is Monday to Friday
and no bank holiday of England and Wales; `bank_holidays.tsv` beside this file lists those.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

#: The first and the last year whose bank holidays are known. Before 1991 no duty can begin: the
#: Children Act 1989 came into force in October 1991. After it the list on GOV.UK ends.
KNOWN = (1991, 2028)

_FIRST = date(KNOWN[0], 1, 1).toordinal()
_LAST = date(KNOWN[1], 12, 31).toordinal()


class Holidays(NamedTuple):
    """The bank holidays in order, each a weekday: `names[i]` is that of `days[i]`."""

    days: list[int]
    names: list[str]


class Table(NamedTuple):
    """The known years as plain lists, for who counts by the million.

    `counted[day - first]` is how many working days there are from `first` up to and including
    `day`; `working[k]` is the working day number k, from 0. So n ≥ 1 working days after `day` is
    `working[counted[day - first] + n - 1]`, and past the end of `working` not known.
    """

    first: int
    counted: list[int]
    working: list[int]


@cache
def bank_holidays() -> Holidays:
    """The bank holidays of England and Wales in the `KNOWN` years, one-off ones included."""
    text = Path(__file__).with_name("bank_holidays.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return Holidays([date.fromisoformat(day).toordinal() for day, _ in rows], [n for _, n in rows])


def add_working_days(day: int, n: int) -> int | None:
    """The day that is `n` ≥ 0 working days after `day`.

    None where counting leaves the `KNOWN` years at either end. Zero needs no counting and is `day`.
    """
    if n == 0:
        return day
    if not _known(day):
        return None
    due = add_weekdays(day, n)
    while _known(due):
        later = add_weekdays(day, n + _holidays_in(day, due))
        if later == due:
            return due
        due = later
    return None


def add_weekdays(day: int, n: int) -> int:
    """The day that is `n` ≥ 0 weekdays (Monday to Friday) after `day`, holidays ignored.

    Never later than `add_working_days`: the earliest that a due date can be in an unknown year.
    """
    if n == 0:
        return day
    weeks, rest = divmod(_weekdays_to(day) + n - 1, 5)
    return weeks * 7 + rest + 1


def add_months(day: int, n: int) -> int:
    """The same day of the month `n` months later, or the month's last day where it is shorter.

    Raises `ValueError` after the year 9999.
    """
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    return date(year, month + 1, min(start.day, _length(year, month + 1))).toordinal()


def monday_from(day: int) -> int:
    """The first Monday that is not before `day`."""
    return day + (1 - day) % 7


def birthday(day: int, years: int) -> int:
    """The birthday number `years` of a child born on `day`; born on 29 February, else 1 March.

    Raises `ValueError` after the year 9999.
    """
    born = date.fromordinal(day)
    year = born.year + years
    if born.day > _length(year, born.month):
        return date(year, 3, 1).toordinal()
    return date(year, born.month, born.day).toordinal()


def working_days_between(start: int, end: int) -> int | None:
    """How many working days there are after `start`, up to and including `end`.

    Negative if `end` is the earlier. None where either lies outside the `KNOWN` years.
    """
    if not (_known(start) and _known(end)):
        return None
    return _weekdays_to(end) - _weekdays_to(start) - _holidays_in(start, end)


def days_left_out(start: int, due: int) -> list[tuple[int, str]]:
    """The bank holidays that a count of working days from `start` to `due` skips, with their names.

    Weekends are left unsaid. Of days outside the `KNOWN` years nothing is said.
    """
    holidays = bank_holidays()
    skipped = slice(bisect_right(holidays.days, start), bisect_right(holidays.days, due))
    return list(zip(holidays.days[skipped], holidays.names[skipped], strict=True))


@cache
def table() -> Table:
    """The known years as a `Table`; about 14,000 days, built when first asked for."""
    holidays = set(bank_holidays().days)
    working = [d for d in range(_FIRST, _LAST + 1) if d % 7 not in (0, 6) and d not in holidays]
    counted = [bisect_right(working, day) for day in range(_FIRST, _LAST + 1)]
    return Table(_FIRST, counted, working)


def _known(day: int) -> bool:
    return _FIRST <= day <= _LAST


def _weekdays_to(day: int) -> int:
    """How many days from Monday to Friday there are up to and including `day`."""
    weeks, rest = divmod(day, 7)
    return weeks * 5 + min(rest, 5)


def _holidays_in(start: int, end: int) -> int:
    """How many bank holidays there are after `start`, up to and including `end`."""
    days = bank_holidays().days
    return bisect_right(days, end) - bisect_right(days, start)


def _length(year: int, month: int) -> int:
    """How many days the month has; the standard library's table is slow to import."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
