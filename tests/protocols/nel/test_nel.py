"""North East Lincolnshire's file as a whole: what it tightens, and scenarios for each rule."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.protocol import Change, Duty, Protocol
from engine.scenarios import read_scenarios
from engine.validate import validate

DICTIONARY = read_dictionary()
IN_TIME = {"met", "outstanding"}
MISSED = {"late", "overdue", "not_evidenced"}
SENIOR = {"service_director", "director_of_childrens_services"}


def _protocol(name: str) -> Protocol:
    path = data_folder("protocols") / f"{name}.yaml"
    return validate(read_document(path, most_bytes=1_000_000), DICTIONARY)


def _expected() -> dict[str, set[str]]:
    """The statuses that scenarios expect of each duty."""
    seen: dict[str, set[str]] = defaultdict(set)
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for scenario in read_scenarios(path, DICTIONARY):
            for key, wanted in scenario.expect.items():
                duty = key.rpartition(":")[2].strip()
                seen[duty].add(wanted if isinstance(wanted, str) else wanted["status"])
    return dict(seen)


NEL = _protocol("nel")
NATIONAL = _protocol("wt2023")
EXPECTED = _expected()


@pytest.mark.parametrize("duty", NEL.duties, ids=lambda duty: duty.id)
def test_scenarios_show_each_duty_at_work_silent_and_undecided(duty: Duty) -> None:
    """Every local duty fires somewhere, does not apply somewhere, and cannot tell somewhere."""
    shown = EXPECTED[duty.id]
    assert shown & (IN_TIME | MISSED)
    assert {"not_applicable", "undetermined"} <= shown


@pytest.mark.parametrize(
    "duty", [duty for duty in NEL.duties if duty.limit], ids=lambda duty: duty.id
)
def test_scenarios_show_both_sides_of_each_limit(duty: Duty) -> None:
    """A duty with a limit is shown in time and missed, and excused where it can be."""
    shown = EXPECTED[duty.id]
    assert shown & IN_TIME
    assert shown & MISSED
    assert "excused" in shown or not duty.excused_by


@pytest.mark.parametrize(
    "duty",
    [d for d in NEL.duties if d.only_by or any("only_by" in r.changes for r in d.readings)],
    ids=lambda duty: duty.id,
)
def test_scenarios_show_right_and_wrong_decision_makers(duty: Duty) -> None:
    """Where it matters who acts, a scenario has the right person and one the wrong one."""
    assert {"met", "overdue"} <= EXPECTED[f"{duty.id}/role"]


@pytest.mark.parametrize("change", NEL.changes, ids=lambda change: change.rule)
def test_what_is_tightened_was_weaker(change: Change) -> None:
    """The document says `will` where the national guidance says `should`, and no more.

    Only family led decision making on a return is a possibility there and asked for here.
    """
    inherited = [d for d in NATIONAL.duties if change.rule in (d.id, d.checklist)]
    strengths = {(d.force, change.changes["force"]) for d in inherited}
    if change.rule == "fgdm-for-return":
        assert strengths == {("consider", "should")}
    else:
        assert set(change.changes) == {"force"}
        assert strengths == {("should", "will")}


def test_every_tightened_duty_is_shown() -> None:
    """A scenario expects something of each national duty that is put more strongly."""
    shown = {key.partition("/")[0] for key in EXPECTED}
    assert {change.rule for change in NEL.changes} <= shown


def test_any_reading_accepts_the_most_senior() -> None:
    """Whoever decides on discharge, a Service Director is senior enough on every reading."""
    duty = next(d for d in NEL.duties if d.id == "discharge-decided-by-service-director")
    counts = {role.id: set(role.counts) for role in NEL.roles}
    assert [set(counts[r.changes["only_by"]]) >= SENIOR for r in duty.readings] == [True] * 3


def test_every_reading_has_its_question() -> None:
    """What is left open in a duty is put to the authority."""
    asked = {question.id for question in NEL.questions}
    open_ended = [duty for duty in NEL.duties if duty.readings or duty.question]
    assert open_ended
    assert {duty.question for duty in open_ended} <= asked
