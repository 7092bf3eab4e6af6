"""Scenarios cover each protocol: every duty at work, silent and undecided, and its limits.

Counted is what the scenarios in `tests/protocols/<protocol>` expect of the duties of the protocol's
own file; that they find it is held by test_scenarios.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.protocol import Duty, Protocol
from engine.pipeline import shipped
from engine.validate import validate

IN_TIME = {"met", "outstanding"}
MISSED = {"late", "overdue", "not_evidenced"}

every_protocol = pytest.mark.parametrize("name", shipped())


@cache
def own(name: str) -> Protocol:
    """A shipped protocol as its own file says it."""
    path = data_folder("protocols") / f"{name}.yaml"
    return validate(read_document(path, most_bytes=1_000_000), read_dictionary())


@cache
def expected(name: str) -> dict[str, set[str]]:
    """The statuses that the scenarios of a protocol expect, by duty, item or role check."""
    shown: dict[str, set[str]] = {}
    for path in sorted((Path(__file__).parent / name).glob("*.yaml")):
        for scenario in read_document(path, most_bytes=10_000_000).value:
            if scenario["protocol"] == name:
                for key, wanted in scenario.get("expect", {}).items():
                    duty = key.rpartition(":")[2].strip()  # what precedes is a case of a household
                    status = wanted if isinstance(wanted, str) else wanted.get("status", "")
                    shown.setdefault(duty, set()).add(status)
    return shown


def shown(name: str, duty: str) -> set[str]:
    """The statuses that a duty is shown with; none if no scenario expects anything of it."""
    return expected(name).get(duty, set())


def checkable(name: str) -> list[Duty]:
    """The duties of a protocol's own file that a record can show."""
    return [duty for duty in own(name).duties if not duty.not_checkable]


@every_protocol
def test_scenarios_show_each_duty_at_work(name: str) -> None:
    """Every duty is met, outstanding or missed somewhere."""
    assert not [d.id for d in checkable(name) if not shown(name, d.id) & (IN_TIME | MISSED)]


@every_protocol
def test_scenarios_show_each_duty_silent(name: str) -> None:
    """Every duty does not apply somewhere."""
    assert not [d.id for d in checkable(name) if "not_applicable" not in shown(name, d.id)]


@every_protocol
def test_scenarios_show_each_duty_undecided(name: str) -> None:
    """Every duty cannot tell somewhere, for want of a fact or of an answer."""
    assert not [d.id for d in checkable(name) if "undetermined" not in shown(name, d.id)]


@every_protocol
def test_scenarios_show_both_sides_of_each_limit(name: str) -> None:
    """A duty with a limit is shown in time and missed; what is only a possibility is not missed."""
    limited = [d for d in checkable(name) if d.limit and d.force != "consider"]
    assert not [
        d.id for d in limited if not shown(name, d.id) & IN_TIME or not shown(name, d.id) & MISSED
    ]


@every_protocol
def test_scenarios_show_each_excuse(name: str) -> None:
    """A duty that can be excused is excused somewhere."""
    can_be = [d for d in checkable(name) if d.excused_by]
    assert not [d.id for d in can_be if "excused" not in shown(name, d.id)]


@every_protocol
def test_scenarios_show_the_right_and_the_wrong_person(name: str) -> None:
    """Where it matters who acts, on some reading at least, either is shown."""
    limited = [
        d for d in checkable(name) if d.only_by or any("only_by" in r.changes for r in d.readings)
    ]
    assert not [d.id for d in limited if not {"met", "overdue"} <= shown(name, f"{d.id}/role")]


@every_protocol
def test_scenarios_show_each_changed_duty(name: str) -> None:
    """Something is expected of every national duty that the protocol changes."""
    with_words = {key.partition("/")[0] for key in expected(name)}
    national = own(name).extends
    unchecked = {d.id for d in own(national).duties if d.not_checkable} if national else set()
    changed = {change.rule.partition("/")[0] for change in own(name).changes}
    assert changed - unchecked <= with_words


@every_protocol
def test_what_is_left_open_is_asked(name: str) -> None:
    """A duty with readings, or one that rests on an open question, names one the file asks."""
    asked = {question.id for question in own(name).questions}
    assert not [
        d.id for d in own(name).duties if (d.readings or d.question) and d.question not in asked
    ]
