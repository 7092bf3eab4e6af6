"""Scenarios composed for a duty: each holds for the reason meant, and what is missing is named."""

from __future__ import annotations

import datetime
from functools import cache

import pytest

from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.program import Program
from engine.model.protocol import Dates, Duty, Protocol
from engine.pipeline import load_protocol, resolved, shipped
from engine.start.compose import Composition, compose, first_day

DICTIONARY = read_dictionary()


@cache
def loaded(name: str) -> tuple[Protocol, Program]:
    return resolved(name, DICTIONARY), load_protocol(name, DICTIONARY)


def composed(name: str, id_: str) -> Composition:
    protocol, program = loaded(name)
    duty = next(one for one in protocol.duties if one.id == id_)
    return compose(duty, protocol, program, DICTIONARY, first_day(protocol.effective))


def own_duties(name: str) -> list[Duty]:
    protocol, _ = loaded(name)
    return [one for one in protocol.duties if one.origin == name and not one.not_checkable]


@pytest.mark.parametrize("name", shipped())
def test_most_shipped_duties_can_be_shown(name: str) -> None:
    """Met, silent and undecided of four in five; what is left is named, not left out."""
    some = own_duties(name)[::12]
    whole = 0
    for duty in some:
        found = composed(name, duty.id)
        told = {one.status for one in found.scenarios}
        whole += told >= {"met", "undetermined", "not_applicable"}
        assert len(found.scenarios) + len(found.left) >= 4
    assert whole >= 0.8 * len(some)


def test_both_sides_of_a_limit_are_a_day_apart() -> None:
    """45 working days from a Monday in March, with Easter between: the day in time, the next."""
    found = composed("wt2023", "assessment-45wd")
    assert found.due == datetime.date(2025, 5, 8)
    by_status = {one.status: one.text for one in found.scenarios}
    assert "concluded: 2025-05-08" in by_status["met"]
    assert "concluded: 2025-05-09" in by_status["late"]
    assert "assessment-45wd: {status: late, gap: yes}" in by_status["late"]


def test_a_scenario_reads_as_one() -> None:
    """Each text is an entry of a scenario file."""
    for one in composed("wt2023", "assessment-45wd").scenarios:
        (entry,) = parse_document(one.text.encode(), "x.yaml").value
        assert set(entry) == {"scenario", "protocol", "case", "expect"}
        assert entry["scenario"].endswith(one.title)


def test_the_wrong_person_is_shown_where_only_one_may_act() -> None:
    """A duty that takes a role has a result for it, right and wrong."""
    protocol, _ = loaded("norfolk")
    duty = next(d for d in own_duties("norfolk") if d.only_by and not d.readings)
    assert protocol.id == "norfolk"
    texts = [one.text for one in composed("norfolk", duty.id).scenarios]
    assert any(f"{duty.id}/role: met" in text for text in texts)
    assert any(f"{duty.id}/role: {{status: overdue" in text for text in texts)


@pytest.mark.parametrize(
    ("effective", "first"),
    [
        (Dates(), datetime.date(2025, 3, 3)),
        (Dates(datetime.date(1995, 1, 1)), datetime.date(2025, 3, 3)),
        (Dates(datetime.date(2025, 9, 1)), datetime.date(2025, 10, 6)),
        (Dates(datetime.date(2018, 7, 1), datetime.date(2023, 12, 14)), datetime.date(2018, 8, 6)),
    ],
)
def test_the_first_day_is_a_monday_in_force(effective: Dates, first: datetime.date) -> None:
    """Late enough that a referral some weeks before it is in force too."""
    assert first_day(effective) == first
    assert first.weekday() == 0
