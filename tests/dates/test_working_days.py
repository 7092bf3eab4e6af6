"""Working days: the worked examples, the decided traps, and the laws of counting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dates.working_days import (
    KNOWN,
    add_weekdays,
    add_working_days,
    bank_holidays,
    days_left_out,
    monday_from,
    table,
    working_days_between,
)

FIRST = date(KNOWN[0], 1, 1).toordinal()
LAST = date(KNOWN[1], 12, 31).toordinal()
any_known_day = st.integers(FIRST, LAST)
any_day = st.integers(date(1900, 1, 1).toordinal(), date(2100, 1, 1).toordinal())
any_limit = st.integers(0, 260)

WORKED_EXAMPLES = [
    ("2025-12-19", 10, "2026-01-07", ["2025-12-25", "2025-12-26", "2026-01-01"]),
    ("2025-02-27", 45, "2025-05-06", ["2025-04-18", "2025-04-21", "2025-05-05"]),
    ("2025-04-19", 1, "2025-04-22", ["2025-04-21"]),
    ("2022-05-27", 5, "2022-06-07", ["2022-06-02", "2022-06-03"]),
    ("2022-09-16", 1, "2022-09-20", ["2022-09-19"]),
    ("2023-05-05", 1, "2023-05-09", ["2023-05-08"]),
    # "February 2025", 45 working days: the earliest and the latest due date
    ("2025-02-01", 45, "2025-04-04", []),
    ("2025-02-28", 45, "2025-05-07", ["2025-04-18", "2025-04-21", "2025-05-05"]),
    # ten working days from Tuesday 16 December 2025
    ("2025-12-16", 10, "2026-01-02", ["2025-12-25", "2025-12-26", "2026-01-01"]),
]


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def text(ordinal: int | None) -> str:
    assert ordinal is not None
    return date.fromordinal(ordinal).isoformat()


@pytest.mark.parametrize(("start", "limit", "due", "left_out"), WORKED_EXAMPLES)
def test_worked_examples(start: str, limit: int, due: str, left_out: list[str]) -> None:
    """Each row of the table of SEMANTICS section 6: the due date and the days left out."""
    assert text(add_working_days(day(start), limit)) == due
    assert [text(skipped) for skipped, _ in days_left_out(day(start), day(due))] == left_out


@pytest.mark.parametrize(
    ("skipped", "name"),
    [
        ("2012-06-05", "Diamond Jubilee of Queen Elizabeth II"),
        ("2020-05-08", "Early May bank holiday, moved for the 75th anniversary of VE Day"),
        ("2020-12-28", "Boxing Day, substitute day"),
        ("2022-06-03", "Platinum Jubilee of Queen Elizabeth II"),
        ("2022-09-19", "State funeral of Queen Elizabeth II"),
        ("2023-05-08", "Coronation of King Charles III"),
    ],
)
def test_left_out_days_are_named(skipped: str, name: str) -> None:
    """A due date's count says why a day was skipped, one-off and moved holidays included."""
    before = day(skipped) - 1
    assert days_left_out(before, before + 2) == [(day(skipped), name)]


@pytest.mark.parametrize(
    "worked", ["2012-05-28", "2020-05-04", "2022-05-30", "1995-05-01", "2002-05-27"]
)
def test_moved_holidays_leave_a_working_day(worked: str) -> None:
    """The Monday from which a bank holiday was moved away was worked."""
    assert working_days_between(day(worked) - 1, day(worked)) == 1


def test_holiday_on_the_start_day_is_not_left_out() -> None:
    """Day 0 is not counted, so a bank holiday on it is not skipped either."""
    assert days_left_out(day("2025-12-25"), day("2025-12-29")) == [
        (day("2025-12-26"), "Boxing Day")
    ]


@pytest.mark.parametrize("start", ["2025-04-18", "2025-04-19", "2025-04-20", "2025-04-21"])
def test_non_working_start_is_day_zero(start: str) -> None:
    """From any day of the Easter weekend the next working day, Tuesday, is day 1."""
    assert text(add_working_days(day(start), 1)) == "2025-04-22"
    assert text(add_working_days(day(start), 2)) == "2025-04-23"


@pytest.mark.parametrize("start", ["2025-04-17", "2025-04-18", "2025-04-19", "2050-01-01"])
def test_limit_of_zero_is_the_start_day(start: str) -> None:
    """No working days after a day is that day, worked or not, known year or not."""
    assert text(add_working_days(day(start), 0)) == start
    assert text(add_weekdays(day(start), 0)) == start


def test_beyond_the_known_years_nothing_is_counted() -> None:
    """The last known working day is still counted to, the next one is not known."""
    assert text(add_working_days(day("2028-12-28"), 1)) == "2028-12-29"
    assert add_working_days(day("2028-12-28"), 2) is None
    assert add_working_days(day("2028-12-31"), 1) is None
    assert add_working_days(day("2029-01-02"), 1) is None
    assert add_working_days(day("1990-12-31"), 1) is None
    assert working_days_between(day("2028-12-01"), day("2029-01-02")) is None
    assert working_days_between(day("1990-12-01"), day("1991-01-02")) is None


def test_beyond_the_known_years_weekdays_still_are() -> None:
    """The lower bound of a due date holds in any year: 1 January 2029 is a Monday."""
    assert text(add_weekdays(day("2028-12-29"), 1)) == "2029-01-01"
    assert text(add_weekdays(day("2028-12-29"), 10)) == "2029-01-12"


def test_every_bank_holiday_is_a_weekday_in_order_in_a_known_year() -> None:
    """A holiday at a weekend stands in the list on its substitute day, once."""
    days = bank_holidays().days
    assert days == sorted(set(days))
    assert all(date.fromordinal(holiday).weekday() < 5 for holiday in days)
    assert {date.fromordinal(holiday).year for holiday in days} == set(
        range(KNOWN[0], KNOWN[1] + 1)
    )


@pytest.mark.parametrize("year", range(KNOWN[0], KNOWN[1] + 1))
def test_every_year_has_its_eight_bank_holidays(year: int) -> None:
    """Eight a year, and one more in the years of the one-off ones."""
    extra = {1999: 1, 2002: 1, 2011: 1, 2012: 1, 2022: 2, 2023: 1}
    held = [d for d in bank_holidays().days if date.fromordinal(d).year == year]
    assert len(held) == 8 + extra.get(year, 0)


@given(start=any_known_day, limit=any_limit)
def test_the_due_date_is_a_working_day_and_counts_back(start: int, limit: int) -> None:
    """From the start to the due date there are as many working days as the limit says."""
    due = add_working_days(start, limit)
    if due is not None:
        assert working_days_between(start, due) == limit
        assert limit == 0 or working_days_between(due - 1, due) == 1


@given(start=any_day, later=st.integers(0, 30), limit=any_limit)
def test_a_later_start_never_gives_an_earlier_due_date(start: int, later: int, limit: int) -> None:
    """The ends of an interval suffice (SEMANTICS section 1), for both ways of counting."""
    assert add_weekdays(start, limit) <= add_weekdays(start + later, limit)
    due, due_later = add_working_days(start, limit), add_working_days(start + later, limit)
    assert due is None or due_later is None or due <= due_later


@given(start=any_day, limit=any_limit)
def test_weekdays_are_a_lower_bound(start: int, limit: int) -> None:
    """Ignoring holidays never gives a later day, and lands on a weekday."""
    due = add_working_days(start, limit)
    earliest = add_weekdays(start, limit)
    assert due is None or earliest <= due
    assert limit == 0 or date.fromordinal(earliest).weekday() < 5


@given(start=any_day, limit=st.integers(0, 60))
def test_weekdays_equal_walking(start: int, limit: int) -> None:
    """Weekdays after a day equal a walk day by day."""
    at, left = date.fromordinal(start), limit
    while left:
        at += timedelta(days=1)
        left -= at.weekday() < 5
    assert add_weekdays(start, limit) == at.toordinal()


@given(one=any_known_day, other=any_known_day)
def test_the_count_between_is_antisymmetric(one: int, other: int) -> None:
    """Working days back are those forth, negative."""
    there, back = working_days_between(one, other), working_days_between(other, one)
    assert there is not None
    assert back == -there


@given(start=any_known_day, limit=st.integers(1, 260))
def test_the_table_counts_the_same(start: int, limit: int) -> None:
    """Indexing the table as its description says gives the same due date, or none."""
    first, counted, working = table()
    index = counted[start - first] + limit - 1
    assert add_working_days(start, limit) == (working[index] if index < len(working) else None)


def test_the_table_covers_the_known_years() -> None:
    """One count for each day of the known years, and no working day outside them."""
    first, counted, working = table()
    assert first == FIRST
    assert len(counted) == LAST - FIRST + 1
    assert counted[-1] == len(working)
    assert FIRST < working[0] < working[-1] <= LAST


@given(any_known_day)
def test_the_next_monday(day: int) -> None:
    """Within a week, and a Monday stays itself."""
    monday = monday_from(day)
    assert 0 <= monday - day < 7
    assert date.fromordinal(monday).weekday() == 0
