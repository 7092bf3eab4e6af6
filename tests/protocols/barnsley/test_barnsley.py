"""Barnsley's file as a whole: scenarios show each duty at work, and both sides of each limit."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.protocol import Duty
from engine.scenarios import read_scenarios
from engine.validate import validate

DICTIONARY = read_dictionary()
LOCAL = validate(
    read_document(data_folder("protocols") / "barnsley.yaml", most_bytes=1_000_000), DICTIONARY
)
CHECKABLE = [duty for duty in LOCAL.duties if not duty.not_checkable]
LIMITED = [duty for duty in CHECKABLE if duty.limit and duty.force != "consider"]
IN_TIME = {"met", "outstanding"}
MISSED = {"late", "overdue", "not_evidenced"}


def _expected() -> dict[str, set[str]]:
    """The statuses that scenarios expect of each duty."""
    seen: dict[str, set[str]] = defaultdict(set)
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for scenario in read_scenarios(path, DICTIONARY):
            for duty, wanted in scenario.expect.items():
                seen[duty].add(wanted if isinstance(wanted, str) else wanted["status"])
    return dict(seen)


EXPECTED = _expected()


@pytest.mark.parametrize("duty", CHECKABLE, ids=lambda duty: duty.id)
def test_a_scenario_shows_each_duty_at_work(duty: Duty) -> None:
    """Every duty is met, outstanding or missed somewhere; every role check is judged."""
    assert EXPECTED.get(duty.id, set()) & (IN_TIME | MISSED)
    if duty.only_by:
        assert EXPECTED.get(f"{duty.id}/role", set()) >= {"met", "overdue"}


@pytest.mark.parametrize("duty", CHECKABLE, ids=lambda duty: duty.id)
def test_a_scenario_shows_where_each_duty_cannot_tell(duty: Duty) -> None:
    """Every duty is undetermined somewhere, for want of a fact or of an answer."""
    assert "undetermined" in EXPECTED.get(duty.id, set())


@pytest.mark.parametrize("duty", LIMITED, ids=lambda duty: duty.id)
def test_scenarios_show_both_sides_of_each_limit(duty: Duty) -> None:
    """A duty with a limit is shown in time and missed, and excused where it can be."""
    shown = EXPECTED[duty.id]
    assert shown & IN_TIME
    assert shown & MISSED
    assert "excused" in shown or not duty.excused_by


def test_a_duty_that_depends_on_the_case_is_shown_where_it_does_not_apply() -> None:
    """Each duty with a condition or a clock of its own is silent in some scenario."""
    loud = [
        duty.id
        for duty in CHECKABLE
        if duty.when and "not_applicable" not in EXPECTED.get(duty.id, set())
    ]
    assert not loud


def test_every_question_of_a_duty_is_put_to_the_authority() -> None:
    """A duty that rests on an open question names one that the file asks."""
    asked = {question.id for question in LOCAL.questions}
    assert {duty.question for duty in LOCAL.duties if duty.question} <= asked
