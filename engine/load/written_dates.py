"""Days, months and periods as a case file writes them.

In: text. Out: a `Period`, or a `Fault` that says how to write what was meant. Days are those from
1900 to 2099.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from engine.model.case import Period

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MEANT_DAY = "Write the year, the month and the day, such as `2025-03-10` for 10 March 2025."


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value: a problem that has no place yet."""

    code: str
    message: str
    cure: str


def read_period(text: str) -> Period | Fault | None:
    """The possible days that `text` writes (one, a month, a period); None if no date at all."""
    if _MONTH.fullmatch(text):
        year, month = int(text[:4]), int(text[5:])
        if not 1 <= month <= 12 or not 1900 <= year <= 2099:
            return _no_such_date(text)
        return Period(date(year, month, 1), _month_end(year, month))
    first, slash, last = text.partition("/")
    if slash and _ISO.fullmatch(first) and _ISO.fullmatch(last):
        return _between(read_day(first), read_day(last))
    day = read_day(text)
    return Period(day, day) if isinstance(day, date) else day


def read_day(text: str) -> date | Fault | None:
    """The one day that `text` writes; None if it is not like a date at all."""
    if not _ISO.fullmatch(text):
        return _otherwise_written(text)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _no_such_date(text)
    return day if 1900 <= day.year <= 2099 else _no_such_date(text)


def in_words(period: Period) -> str:
    """`period` for a person: `7 May 2025`, `May 2025`, `7 May 2025 to 3 June 2025`."""
    if period.first == period.last:
        return f"{period.first.day} {_MONTHS[period.first.month - 1]} {period.first.year}"
    if _is_month(period):
        return f"{_MONTHS[period.first.month - 1]} {period.first.year}"
    first, last = (in_words(Period(day, day)) for day in (period.first, period.last))
    return f"{first} to {last}"


def as_written(period: Period) -> str:
    """`period` as a case file writes it; the inverse of `read_period`."""
    if period.first == period.last:
        return period.first.isoformat()
    if _is_month(period):
        return period.first.isoformat()[:7]
    return f"{period.first.isoformat()}/{period.last.isoformat()}"


def _is_month(period: Period) -> bool:
    first, last = period.first, period.last
    return first.day == 1 and last == _month_end(first.year, first.month)


def _between(first: date | Fault | None, last: date | Fault | None) -> Period | Fault | None:
    if not isinstance(first, date):
        return first
    if not isinstance(last, date):
        return last
    if last < first:
        return Fault("C118", "This period ends before it begins.", "Write the earlier day first.")
    return Period(first, last)


def _day(year: int, month: int, day: int) -> date | None:
    if not (1900 <= year <= 2099 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= _month_end(year, month).day else None


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _no_such_date(text: str) -> Fault:
    """The fault of an ISO date or month that does not exist."""
    year, month, *day = (int(part) for part in text.split("-"))
    if not 1900 <= year <= 2099:
        message = f"The year {text[:4]} can't be right."
    elif not 1 <= month <= 12:
        message = f"There is no month {month}."
    else:
        message = f"There is no {day[0]} {_MONTHS[month - 1]} {year}."
    return Fault("C110", message, "Write a day that exists: year, month, day.")


def _otherwise_written(text: str) -> Fault | None:
    """The fault of a date in any other form; None if `text` is not like a date."""
    for pattern, explain in _FORMS:
        if found := re.fullmatch(pattern, text, re.IGNORECASE):
            return explain(found)
    return None


def _timed(found: re.Match[str]) -> Fault:
    return Fault("C112", "A record holds days, not times of day.", f"Write `{found[1]}`.")


def _day_first(found: re.Match[str]) -> Fault:
    return _meant(found["year"], found["month"], found["day"])


def _month_of_year(found: re.Match[str]) -> Fault:
    month = _month_number(found["month"])
    meant = f"{found['year']}-{month:02}"
    cure = f"Write `{meant}` for the whole month." if 1 <= month <= 12 else _MEANT_DAY
    return Fault("C111", "A month is not written like this.", cure)


def _whole_year(found: re.Match[str]) -> Fault:
    year = found[0]
    return Fault(
        "C111", "A year alone is not a date.", f"Write a period: `{year}-01-01/{year}-12-31`."
    )


def _two_days(found: re.Match[str]) -> Fault:
    return Fault(
        "C111",
        "A period is not written like this.",
        f"Write `{found[1]}/{found[2]}`, without spaces.",
    )


def _two_months(found: re.Match[str]) -> Fault:
    return Fault(
        "C111",
        "A period is written with days.",
        f"Write the first and the last day: `{found[1]}-01/{found[2]}-…`.",
    )


def _meant(year: str, month: str, day: str) -> Fault:
    full = int(year) + 2000 if len(year) == 2 else int(year)
    meant = _day(full, _month_number(month), int(day))
    if meant is None:
        return Fault("C111", "This is not a date of the form year-month-day.", _MEANT_DAY)
    words = in_words(Period(meant, meant))
    return Fault(
        "C111",
        "A date is written year first, so that nobody mistakes the day for the month.",
        f"Write `{meant.isoformat()}` if {words} is meant.",
    )


def _month_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    starts = [month[:3].lower() for month in _MONTHS]
    return starts.index(text[:3].lower()) + 1


_NAME = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_NUMBER = r"(?P<month>[0-9]{1,2})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_LONG_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_ONE = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Fault]], ...] = (
    (rf"{_ONE}[T ][0-9]{{1,2}}[:.0-9+Z ]*", _timed),
    (rf"{_ONE} *(?:/|-|–|to|until) *{_ONE}", _two_days),
    (r"([0-9]{4}-[0-9]{2})/([0-9]{4}-[0-9]{2})", _two_months),
    (rf"{_DAY}[-/. ]{_NUMBER}[-/. ]{_YEAR}", _day_first),
    (rf"{_DAY}[-/. ]? ?(?:of )?{_NAME}[-/., ]+{_YEAR}", _day_first),
    (rf"{_NAME} {_DAY},? {_YEAR}", _day_first),
    (rf"{_LONG_YEAR}[-/. ]{_NUMBER}[-/. ]{_DAY}", _day_first),
    (rf"{_LONG_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})", _day_first),
    (rf"{_NAME}[-/ ]{_LONG_YEAR}", _month_of_year),
    (rf"{_NUMBER}[-/]{_LONG_YEAR}", _month_of_year),
    (r"(?:19|20)[0-9]{2}", _whole_year),
)
