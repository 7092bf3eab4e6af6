"""The national file as a whole: where its rules come from, and that scenarios show both sides."""

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
NATIONAL = validate(
    read_document(data_folder("protocols") / "wt2023.yaml", most_bytes=1_000_000), DICTIONARY
)
CHECKABLE = [duty for duty in NATIONAL.duties if not duty.not_checkable]
IN_TIME = {"met", "outstanding"}
MISSED = {"late", "overdue", "not_evidenced"}
FROM_MEMORY = {
    "initial-conference-15wd",
    "core-group-10wd",
    "review-conferences",
    "transfer-conference-15wd",
    "receiving-conference-15wd",
}


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
        assert EXPECTED.get(f"{duty.id}/role", set()) & (IN_TIME | MISSED)


@pytest.mark.parametrize(
    "duty",
    [duty for duty in CHECKABLE if duty.limit and duty.force != "consider"],
    ids=lambda duty: duty.id,
)
def test_scenarios_show_both_sides_of_each_limit(duty: Duty) -> None:
    """A duty with a limit is shown in time and missed, and excused where it can be."""
    shown = EXPECTED[duty.id]
    assert shown & IN_TIME
    assert shown & MISSED
    assert "excused" in shown or not duty.excused_by


def test_nothing_claims_to_be_read_in_the_edition() -> None:
    """The edition was not in hand: each rule is restated elsewhere or from memory."""
    assert {duty.verification for duty in NATIONAL.duties} == {"secondary", "memory"}


def test_figures_from_memory_are_marked() -> None:
    """The child protection figures, which no dated source states, say so."""
    assert {d.id for d in NATIONAL.duties if d.verification == "memory"} >= FROM_MEMORY
