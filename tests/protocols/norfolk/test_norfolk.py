"""Norfolk's file as a whole: what it tightens and leaves out, and scenarios for each rule."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
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
STRENGTH = ["consider", "should", "will", "must"]


def _protocol(name: str) -> Protocol:
    path = data_folder("protocols") / f"{name}.yaml"
    return validate(read_document(path, most_bytes=1_000_000), DICTIONARY)


@cache
def expected() -> dict[str, set[str]]:
    """The statuses that scenarios expect of each duty."""
    seen: dict[str, set[str]] = defaultdict(set)
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for scenario in read_scenarios(path, DICTIONARY):
            for key, wanted in scenario.expect.items():
                duty = key.rpartition(":")[2].strip()
                status = wanted if isinstance(wanted, str) else wanted.get("status")
                if status:
                    seen[duty].add(status)
    return seen


NORFOLK = _protocol("norfolk")
NATIONAL = _protocol("wt2023")
CHECKABLE = [duty for duty in NORFOLK.duties if not duty.not_checkable]
FORCED = [change for change in NORFOLK.changes if "force" in change.changes]


@pytest.mark.parametrize("duty", CHECKABLE, ids=lambda duty: duty.id)
def test_scenarios_show_each_duty_at_work_silent_and_undecided(duty: Duty) -> None:
    """Every local duty fires somewhere, does not apply somewhere, and cannot tell somewhere."""
    shown = expected()[duty.id]
    if duty.force != "consider":
        assert shown & (IN_TIME | MISSED)
    assert {"not_applicable", "undetermined"} <= shown


@pytest.mark.parametrize(
    "duty", [duty for duty in CHECKABLE if duty.limit], ids=lambda duty: duty.id
)
def test_scenarios_show_both_sides_of_each_limit(duty: Duty) -> None:
    """A duty with a limit is shown in time and missed, and excused where it can be."""
    shown = expected()[duty.id]
    assert shown & IN_TIME
    assert shown & MISSED
    assert "excused" in shown or not duty.excused_by


@pytest.mark.parametrize(
    "duty",
    [d for d in NORFOLK.duties if d.only_by or any("only_by" in r.changes for r in d.readings)],
    ids=lambda duty: duty.id,
)
def test_scenarios_show_the_right_and_the_wrong_person(duty: Duty) -> None:
    """Where it matters who acts, a scenario has the right person and one the wrong one."""
    assert {"met", "overdue"} <= expected()[f"{duty.id}/role"]


@pytest.mark.parametrize("change", FORCED, ids=lambda change: change.rule)
def test_what_is_put_more_strongly_was_weaker(change: Change) -> None:
    """Where the document changes the force of a national duty, it raises it."""
    inherited = [d for d in NATIONAL.duties if change.rule in (d.id, d.checklist)]
    assert inherited
    force = STRENGTH.index(change.changes["force"])
    assert all(STRENGTH.index(duty.force) < force for duty in inherited)


def test_every_changed_duty_is_shown() -> None:
    """A scenario expects something of each national duty that is changed."""
    shown = {key.partition("/")[0] for key in expected()}
    unchecked = {duty.id for duty in NATIONAL.duties if duty.not_checkable}
    changed = {change.rule.partition("/")[0] for change in NORFOLK.changes}
    assert changed - unchecked <= shown


def test_every_open_point_has_its_question() -> None:
    """What is left open in a duty is put to the authority."""
    asked = {question.id for question in NORFOLK.questions}
    open_ended = [duty for duty in NORFOLK.duties if duty.readings or duty.question]
    assert open_ended
    assert {duty.question for duty in open_ended} <= asked
