"""The national files as wholes: a scenario shows each duty at work, and both sides of its limit."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.protocol import Duty
from engine.scenarios import read_scenarios
from engine.validate import validate

DICTIONARY = read_dictionary()
NATIONAL = ("wt2018", "wt2023")
IN_TIME = {"met", "outstanding"}
MISSED = {"late", "overdue", "not_evidenced"}


def checkable(name: str) -> list[Duty]:
    """The duties of a shipped protocol that a record can show."""
    path = data_folder("protocols") / f"{name}.yaml"
    protocol = validate(read_document(path, most_bytes=1_000_000), DICTIONARY)
    return [duty for duty in protocol.duties if not duty.not_checkable]


@cache
def expected(name: str) -> dict[str, set[str]]:
    """The statuses that a protocol's scenarios expect of each duty."""
    seen: dict[str, set[str]] = defaultdict(set)
    for path in sorted((Path(__file__).parent / name).glob("*.yaml")):
        for scenario in read_scenarios(path, DICTIONARY):
            for duty, wanted in scenario.expect.items():
                seen[duty].add(wanted if isinstance(wanted, str) else wanted["status"])
    return dict(seen)


DUTIES = [
    pytest.param(name, duty, id=f"{name}-{duty.id}")
    for name in NATIONAL
    for duty in checkable(name)
]
LIMITED = [
    pytest.param(name, duty, id=f"{name}-{duty.id}")
    for name in NATIONAL
    for duty in checkable(name)
    if duty.limit and duty.force != "consider"
]


@pytest.mark.parametrize(("name", "duty"), DUTIES)
def test_a_scenario_shows_each_duty_at_work(name: str, duty: Duty) -> None:
    """Every duty is met, outstanding or missed somewhere; every role check is judged."""
    shown = expected(name)
    assert shown.get(duty.id, set()) & (IN_TIME | MISSED)
    if duty.only_by:
        assert shown.get(f"{duty.id}/role", set()) & (IN_TIME | MISSED)


@pytest.mark.parametrize(("name", "duty"), LIMITED)
def test_scenarios_show_both_sides_of_each_limit(name: str, duty: Duty) -> None:
    """A duty with a limit is shown in time and missed, and excused where it can be."""
    shown = expected(name)[duty.id]
    assert shown & IN_TIME
    assert shown & MISSED
    assert "excused" in shown or not duty.excused_by
