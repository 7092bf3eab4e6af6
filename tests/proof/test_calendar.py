"""Sums of days: on every day that a record proposes they are those of the calendar."""

from __future__ import annotations

import datetime

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.case import Period
from engine.model.condition import Duration, Unit
from engine.proof.calendar import FIRST, LAST, Calendar, counted
from engine.proof.logic import EVER, NEVER, Formula, all_of
from engine.proof.question import Found, NoCase, example
from engine.proof.record import Record
from tests.reference.days import after, birthday, on
from tests.reference.small_dictionary import SMALL

UNITS: tuple[Unit, ...] = ("working days", "days", "weeks", "months", "years")
LENGTHS = st.builds(Duration, st.integers(0, 60), st.sampled_from(UNITS[:4]))
RECENT = st.integers(on("2018-02-01"), on("2027-06-30"))


def asked(record: Record, calendar: Calendar, *wanted: Formula) -> Found | NoCase:
    return example(all_of(wanted), record, calendar, "x")


@settings(max_examples=40)
@given(st.lists(LENGTHS, min_size=1, max_size=3), st.lists(RECENT, min_size=1, max_size=2))
def test_sums_of_given_days_are_those_of_an_independent_count(
    lengths: list[Duration], days: list[int]
) -> None:
    """Of days that are given, each sum is the right one and no other."""
    record, calendar = Record(SMALL, exact=True), Calendar()
    unknown = [z3.Int(f"day {number}") for number in range(len(days))]
    given_ = [day == is_ for day, is_ in zip(unknown, days, strict=True)]
    right = [
        calendar.after(day, n.count, n.unit) == after(is_, n)
        for n in lengths
        for day, is_ in zip(unknown, days, strict=True)
    ]
    assert isinstance(asked(record, calendar, *given_, *right), Found)
    assert asked(record, calendar, *given_, z3.Not(z3.And(right))) is NoCase.NONE


@settings(max_examples=25)
@given(
    st.builds(Duration, st.integers(1, 12), st.just("working days")),
    st.integers(-3, 3),
    st.sampled_from(("days", "weeks")),
)
def test_a_day_is_found_if_and_only_if_there_is_one(
    length: Duration, more: int, unit: Unit
) -> None:
    """Is some sum of working days just as long as so many days? Asked of every day, the solver
    and an independent count agree."""
    count = max(0, length.count + length.count // 5 * 2 + more)
    other = Duration(count // 7, unit) if unit == "weeks" else Duration(count, unit)
    record, calendar = Record(SMALL, exact=True), Calendar()
    day = z3.Int("day")
    same = calendar.after(day, length.count, length.unit) == calendar.after(
        day, other.count, other.unit
    )
    near = (day >= on("2025-03-01"), day <= on("2026-01-31"))
    there_is = any(
        after(d, length) == after(d, other) for d in range(on("2025-03-01"), on("2026-01-31") + 1)
    )
    answer = asked(record, calendar, *near, same)
    assert answer is not NoCase.UNDECIDED
    assert isinstance(answer, Found) == there_is


@settings(max_examples=25)
@given(LENGTHS, LENGTHS)
def test_a_found_record_has_right_days(one: Duration, two: Duration) -> None:
    """In a record found because one limit ends before another, it does end before."""
    record, calendar = Record(SMALL, exact=True), Calendar()
    started = record.event("early_help.considered", "")[0].lo
    ends = [calendar.after(started, n.count, n.unit) for n in (one, two)]
    found = asked(record, calendar, started <= record.day, ends[0] < ends[1])
    if isinstance(found, Found):
        recorded = found.case.record.parts["early_help"].facts["considered"]
        assert isinstance(recorded, Period)
        day = recorded.first.toordinal()
        assert after(day, one) < after(day, two)
    else:
        assert found is NoCase.NONE
        days = range(on("2018-01-01"), on("2027-12-01"), 13)
        assert not any(after(day, one) < after(day, two) for day in days)


@settings(max_examples=40)
@given(LENGTHS, LENGTHS, RECENT, RECENT)
def test_what_is_known_of_sums_at_first_is_true(
    one: Duration, two: Duration, day: int, later: int
) -> None:
    """No bound rules out the right days."""
    calendar, solver = Calendar(), z3.Solver()
    first, second = z3.Int("first"), z3.Int("second")
    sums = [(x, n, calendar.after(x, n.count, n.unit)) for x in (first, second) for n in (one, two)]
    solver.add(*calendar.bounds(), first == day, second == later)
    right = {first: day, second: later}
    solver.add(*(due == after(right[x], n) for x, n, due in sums))
    assert solver.check() == z3.sat


@pytest.mark.parametrize("unit", ["working days", "months", "years", "birthdays", "weeks"])
@pytest.mark.parametrize("day", [EVER, NEVER])
def test_ever_and_never_stay(unit: str, day: int) -> None:
    """So long after never is never."""
    assert Calendar().after(day, 3, unit) == day


@pytest.mark.parametrize("years", [1, 18])
def test_birthdays_are_those_of_an_independent_count(years: int) -> None:
    """29 February included."""
    for day in range(FIRST, LAST + 1):
        assert counted(years, "birthdays")[day - FIRST] == birthday(day, years)


def test_bank_holidays_are_counted() -> None:
    """Five working days from 19 December 2025 end on 30 December."""
    due = Calendar().after(on("2025-12-19"), 5, "working days")
    assert datetime.date.fromordinal(due) == datetime.date(2025, 12, 30)
