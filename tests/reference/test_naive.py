"""The second opinion itself: it must give what SEMANTICS writes down, over all completions."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from engine.model.finding import Gap, Status
from tests.reference.build import days_recorded, facts_read, tables_read
from tests.reference.completions import Completions
from tests.reference.examples import (
    DATED,
    EDITIONS,
    FIRST_ROW,
    GATES,
    LIMITS,
    READINGS_AND_MONTHS,
    WORKING_DAYS,
    Example,
)
from tests.reference.examples_lists import (
    LISTS,
    QUANTIFIED,
    RECURRING,
    REFERENCES,
    ROLES,
    TRAPS,
)
from tests.reference.generate_cases import days_near
from tests.reference.naive import outcomes
from tests.reference.small_dictionary import SMALL

SEEDED = Random(7)  # noqa: S311 - a sample to be repeated, no secret
ALL = [*FIRST_ROW, *WORKING_DAYS, *READINGS_AND_MONTHS, *DATED, *GATES, *LIMITS, *EDITIONS,
       *RECURRING, *LISTS, *QUANTIFIED, *ROLES, *REFERENCES, *TRAPS]  # fmt: skip


def reached(one: Example) -> set[tuple[Status, Gap]]:
    """Every outcome of the example's duty that some completion has, for its first item."""
    assert one.case.as_of is not None
    near = {*days_near(one.case.as_of), *days_near(one.asked)}
    days = sorted(near | days_recorded(one.case))
    plan = Completions(
        one.case, SMALL, one.asked.toordinal(), one.case.as_of, facts_read(one.protocol),
        tables_read(one.protocol), days,
    )  # fmt: skip
    found: set[tuple[Status, Gap]] = set()
    for world in itertools.islice(plan.worlds(200, SEEDED), 200):
        for (duty, row), outcome in outcomes(one.protocol, SMALL, world).items():
            if duty == one.of and world.rows[row].seen:
                found.add((outcome.status, outcome.gap))
    return found


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_every_completion_has_a_definite_gap_and_an_open_gap_goes_both_ways(one: Example) -> None:
    """The gap of the page is exactly what the completions agree on."""
    gaps = {gap for _, gap in reached(one)}
    if one.gap == "undetermined":
        assert gaps in ({"yes", "no"}, {"undetermined"})  # the last: readings that differ
    else:
        assert gaps == {one.gap}


@pytest.mark.parametrize(
    "one", [e for e in ALL if e.status != "undetermined"], ids=lambda e: e.name
)
def test_a_definite_status_is_reached(one: Example) -> None:
    """The status of the page is one that some completion has."""
    assert one.status in {status for status, _ in reached(one)}
