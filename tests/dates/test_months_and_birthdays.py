"""Months and birthdays: clamping at the month's end, 29 February, and the laws of both."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dates.working_days import add_months, birthday

any_day = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2024-08-31", 6, "2025-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-11-30", 3, "2025-02-28"),
        ("2025-02-28", 6, "2025-08-28"),
        ("2025-08-29", 6, "2026-02-28"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-03-31", 1, "2025-04-30"),
        ("2025-10-15", 3, "2026-01-15"),
        ("2025-12-31", 12, "2026-12-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-06-10", 0, "2025-06-10"),
    ],
)
def test_months(start: str, months: int, due: str) -> None:
    """The same day of a later month, or its last day; never moved off a weekend."""
    assert add_months(day(start), months) == day(due)


@pytest.mark.parametrize(
    ("born", "years", "turns"),
    [
        ("2008-02-29", 1, "2009-03-01"),
        ("2008-02-29", 16, "2024-02-29"),
        ("2008-02-29", 18, "2026-03-01"),
        ("2010-02-28", 18, "2028-02-28"),
        ("2010-05-12", 18, "2028-05-12"),
        ("2010-12-31", 0, "2010-12-31"),
        ("1896-02-29", 4, "1900-03-01"),
        ("1996-02-29", 4, "2000-02-29"),
    ],
)
def test_birthdays(born: str, years: int, turns: str) -> None:
    """Who was born on 29 February has the birthday on 1 March in a year without one."""
    assert birthday(day(born), years) == day(turns)


@given(start=any_day, months=st.integers(0, 240))
def test_months_keep_the_day_or_take_the_last(start: date, months: int) -> None:
    """The month is the right one, and the day the same unless that month is too short."""
    due = date.fromordinal(add_months(start.toordinal(), months))
    assert due.year * 12 + due.month == start.year * 12 + start.month + months
    assert due.day == min(start.day, monthrange(due.year, due.month)[1])


@given(start=any_day, later=st.integers(0, 62), months=st.integers(0, 60))
def test_a_later_start_never_gives_an_earlier_month(start: date, later: int, months: int) -> None:
    """The ends of an interval suffice for limits in months too."""
    day_of = start.toordinal()
    assert add_months(day_of, months) <= add_months(day_of + later, months)


@given(born=any_day, years=st.integers(0, 30))
def test_a_birthday_is_the_first_day_at_that_age(born: date, years: int) -> None:
    """On the birthday as many years have passed, the day before one fewer."""
    turns = date.fromordinal(birthday(born.toordinal(), years))
    eve = date.fromordinal(turns.toordinal() - 1)
    assert turns.year - born.year - ((turns.month, turns.day) < (born.month, born.day)) == years
    assert eve.year - born.year - ((eve.month, eve.day) < (born.month, born.day)) == years - 1


@pytest.mark.parametrize("count", [add_months, birthday])
def test_after_the_last_year_of_the_calendar_there_is_no_day(count: object) -> None:
    """Beyond the year 9999 both refuse, with the error their description names."""
    assert callable(count)
    with pytest.raises(ValueError, match="year"):
        count(day("9999-12-31"), 12)
