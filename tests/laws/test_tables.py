"""The decision tables, traps and worked examples of SEMANTICS, each row as an example."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from itertools import pairwise

import pytest

from engine.compile import compile_protocol
from engine.errors import InvalidInput
from engine.evaluate import evaluate
from engine.model.case import Case
from engine.model.condition import Reference
from engine.model.finding import Finding, Instance, Span
from engine.model.protocol import Duty, Promptly
from tests.reference.build import HERE, case, duty, item, protocol
from tests.reference.examples import (
    DATED,
    EDITIONS,
    FIRST_ROW,
    GATES,
    LIMITS,
    READINGS_AND_MONTHS,
    TEN,
    WORKING_DAYS,
    Example,
    referral,
    ten,
)
from tests.reference.examples_lists import (
    LISTS,
    QUANTIFIED,
    RECURRING,
    REFERENCES,
    REVIEWS,
    ROLES,
    TRAPS,
    agencies,
    plan,
)
from tests.reference.small_dictionary import SMALL

EXAMPLES = [*FIRST_ROW, *WORKING_DAYS, *READINGS_AND_MONTHS, *DATED, *GATES, *LIMITS, *EDITIONS,
            *RECURRING, *LISTS, *QUANTIFIED, *ROLES, *REFERENCES, *TRAPS]  # fmt: skip


def finding(made: Duty | tuple[Duty, ...], written: Case, of: str | None = None,
            asked: datetime.date | None = None) -> Finding:  # fmt: skip
    """What the engine says of one duty of a small protocol."""
    made = (made,) if isinstance(made, Duty) else made
    program = compile_protocol(protocol(*made), SMALL)
    today = datetime.date(2030, 1, 1)
    (assessment,) = evaluate(program, [written], SMALL, asked, today)
    (found,) = (f for f in assessment.findings if f.id == (of or made[-1].id))
    return found


def instance(one: Example) -> Instance:
    found = finding(one.protocol.duties, one.case, one.of, one.asked)
    return found.instances[0]


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.name)
def test_example(one: Example) -> None:
    """Status and gap are those of the page."""
    verdict = instance(one).verdict
    assert (verdict.status, verdict.gap) == (one.status, one.gap), verdict.why


@pytest.mark.parametrize("one", [e for e in EXAMPLES if e.due], ids=lambda one: one.name)
def test_due_date(one: Example) -> None:
    """The due date is the one the page counts."""
    assert instance(one).verdict.due == Span(one.due, one.due)


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.name)
def test_every_verdict_says_why_and_what_would_settle_it(one: Example) -> None:
    """A sentence for every status; facts to ask for where it is undetermined."""
    verdict = instance(one).verdict
    assert verdict.why
    if verdict.status == "undetermined" and not one.protocol.duties[-1].readings:
        assert verdict.needs or one.asked > (one.case.as_of or one.asked)


def test_two_readings_show_both_dates() -> None:
    """Ten days from Tuesday 16 December: 26 December or 2 January."""
    one = READINGS_AND_MONTHS[1]
    dues = [verdict.due for verdict in instance(one).parts]
    days = [datetime.date(2025, 12, 26), datetime.date(2026, 1, 2)]
    assert dues == [Span(day, day) for day in days]


def test_a_vague_start_gives_a_vague_due_date() -> None:
    """45 working days from "February 2025" end between 4 April and 7 May."""
    one = READINGS_AND_MONTHS[4]
    due = instance(one).verdict.due
    assert due == Span(datetime.date(2025, 4, 4), datetime.date(2025, 5, 7))


def test_the_intervals_of_the_conference() -> None:
    """Met; late by a day; the next counts from the occasion, late or not."""
    found = finding(REVIEWS, plan("2025-09-01", "2025-02-28", "2025-08-29"))
    days = [datetime.date(2025, 2, 28), datetime.date(2025, 8, 28), datetime.date(2026, 2, 28)]
    parts = found.instances[0].parts
    assert [(part.status, part.due) for part in parts] == [
        ("met", Span(days[0], days[0])),
        ("late", Span(days[1], days[1])),
        ("outstanding", Span(days[2], days[2])),
    ]
    assert [part.interval for part in parts] == [1, 2, 3]


# Lists: instances and the unseen item

CONTACT = duty("contact", for_each="assessment.agencies", limit=Promptly(), done="agency.contacted")


def test_an_empty_open_list_does_not_look_clean() -> None:
    """With no item on record the one there may be is an instance."""
    found = finding(TEN, case("2026-01-08", item()))
    assert [one.unseen for one in found.instances] == [True]
    assert (found.status, found.gap, found.decided) == ("undetermined", "undetermined", False)


def test_an_empty_whole_list_is_not_applicable() -> None:
    """Nobody to do it for: no instance, not counted."""
    found = finding(TEN, case("2026-01-08", item(), ("referral",)))
    assert (found.status, found.gap, found.instances, found.counted) == (
        "not_applicable", "no", (), False,
    )  # fmt: skip


def test_the_unseen_item_beside_others_counts_for_nothing() -> None:
    """One agency on record and told: the duty is met though the list is open."""
    found = finding(CONTACT, agencies({"contacted": "2026-01-05"}, complete=False))
    counted = [one for one in found.instances if not one.unseen]
    assert [one.verdict.status for one in counted] == ["met"]
    assert (found.status, found.gap, found.decided) == ("met", "no", True)


def test_a_duty_is_as_bad_as_its_worst_item() -> None:
    """Overdue before met; the places of the items say which."""
    found = finding(CONTACT, agencies({"contacted": "2026-01-05"}, {"contacted": "no"}))
    assert [one.item for one in found.instances] == [
        "referrals[0].assessment.agencies[0]", "referrals[0].assessment.agencies[1]",
    ]  # fmt: skip
    assert (found.status, found.gap) == ("overdue", "yes")


def test_consider_is_a_prompt() -> None:
    """No part in any count."""
    found = finding(dataclasses.replace(TEN, limit=None, force="consider"), ten("2026-01-08", "no"))
    assert (found.status, found.gap, found.counted) == ("outstanding", "no", False)


# Duties in an order


def chained(first: str, second: str) -> tuple[Duty, Duty]:
    one = dataclasses.replace(TEN, id=first, when=Reference("missed", second, HERE))
    return one, dataclasses.replace(TEN, id=second, when=Reference("missed", first, HERE))


def test_duties_that_wait_for_each_other_are_an_error() -> None:
    """Two duties each read whether the other was missed."""
    with pytest.raises(InvalidInput) as raised:
        compile_protocol(protocol(*chained("one", "two")), SMALL)
    assert "one" in str(raised.value)
    assert "two" in str(raised.value)


# To do, and what is planned


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (ten("2026-01-05", "no"), True),
        (ten("2026-01-08", "no"), True),
        (ten("2026-01-05", "2026-01-02"), False),
        (ten("2026-01-08", "2026-01-08"), False),
        (referral("2026-01-08", received="no", acknowledged="no"), False),
    ],
    ids=["outstanding", "overdue", "met", "late", "not applicable"],
)
def test_to_do(written: Case, expected: bool) -> None:
    """What is owed and not done."""
    assert finding(TEN, written).instances[0].verdict.to_do is expected


def test_the_plan_is_shown() -> None:
    """A planned day is said and does not count as done."""
    written = ten("2026-01-07", None, acknowledged_planned="2026-02-01")
    verdict = finding(TEN, written).instances[0].verdict
    assert verdict.planned == datetime.date(2026, 2, 1)
    assert verdict.status == "outstanding"


def worst_first() -> list[str]:
    return ["overdue", "not_evidenced", "late", "outstanding", "excused", "met", "not_applicable"]


MADE: dict[str, Callable[[], Case]] = {
    "overdue": lambda: ten("2026-01-12", "no"),
    "late": lambda: ten("2026-01-12", "2026-01-08"),
    "met": lambda: ten("2026-01-12", "2026-01-07"),
}


def test_status_shown_worst_first() -> None:
    """Of two referrals the worse one gives the status of the duty."""
    order = [status for status in worst_first() if status in MADE]
    for worse, better in pairwise(order):
        two = [
            MADE[better]().record.lists["referral"][0],
            MADE[worse]().record.lists["referral"][0],
        ]
        found = finding(TEN, case("2026-01-12", item(referrals=two), (), ("referrals",)))
        assert found.status == worse
