"""Working days against two independent lists and two independent ways of counting."""

from __future__ import annotations

from datetime import date

import holidays
import numpy as np
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from engine.dates.working_days import KNOWN, add_working_days, bank_holidays, working_days_between

FIRST = date(2018, 1, 1).toordinal()
LAST = date(2027, 12, 31).toordinal()
EPOCH = date(1970, 1, 1).toordinal()
MOST = 65


@pytest.fixture(scope="module")
def published() -> set[int]:
    """The bank holidays as published on GOV.UK, from the copy in the package: no network."""
    source = BankHolidays(use_cached_holidays=True)
    listed = source.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {holiday["date"].toordinal() for holiday in listed}


@pytest.fixture(scope="module")
def computed() -> set[int]:
    """The bank holidays as the `holidays` package computes them, on weekdays."""
    years = range(KNOWN[0], KNOWN[1] + 1)
    listed = holidays.country_holidays("GB", subdiv="ENG", years=years)
    return {holiday.toordinal() for holiday in listed if holiday.weekday() < 5}


def test_the_list_equals_the_published_one(published: set[int]) -> None:
    """In every year that GOV.UK lists up to our last, the same days."""
    first = min(published)
    ours = {day for day in bank_holidays().days if day >= first}
    assert date.fromordinal(first).year == 2012
    assert ours == {day for day in published if date.fromordinal(day).year <= KNOWN[1]}


def test_the_list_equals_the_computed_one(computed: set[int]) -> None:
    """In all the known years, the same days."""
    assert set(bank_holidays().days) == computed


def test_every_start_equals_a_walk_over_the_published_list(published: set[int]) -> None:
    """From each day of 2018 to 2027, limits of 1 to 65 working days, walked day by day."""
    worked = [(at % 7 not in (0, 6)) and at not in published for at in range(LAST + 200)]
    for start in range(FIRST, LAST + 1):
        at = start
        for limit in range(1, MOST + 1):
            at += 1
            while not worked[at]:
                at += 1
            assert add_working_days(start, limit) == at, (date.fromordinal(start), limit)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 7, 10, 15, 20, 25, 35, 45, 65, 100, 130, 200])
def test_every_start_equals_numpy_over_the_computed_list(computed: set[int], limit: int) -> None:
    """From each day of 2018 to 2027, numpy's business-day calendar gives the same due date."""
    starts = np.arange(FIRST - EPOCH, LAST + 1 - EPOCH).astype("datetime64[D]")
    off = np.array(sorted(computed)).astype("int64") - EPOCH
    due = np.busday_offset(starts, limit, roll="backward", holidays=off.astype("datetime64[D]"))
    ours = [add_working_days(start, limit) for start in range(FIRST, LAST + 1)]
    assert ours == (due.astype("int64") + EPOCH).tolist()


def test_every_count_between_equals_numpy(computed: set[int]) -> None:
    """The working days from each day of 2018 to 2027 to one day equal numpy's count."""
    end = date(2023, 5, 9).toordinal()
    starts = np.arange(FIRST - EPOCH, end + 1 - EPOCH).astype("datetime64[D]")
    off = (np.array(sorted(computed)).astype("int64") - EPOCH).astype("datetime64[D]")
    day_after = np.timedelta64(1, "D")
    last = np.datetime64("2023-05-09") + day_after
    counted = np.busday_count(starts + day_after, last, holidays=off)
    assert [working_days_between(start, end) for start in range(FIRST, end + 1)] == counted.tolist()
