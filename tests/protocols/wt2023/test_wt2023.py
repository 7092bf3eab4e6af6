"""The national file of 2023 as a whole: where its rules come from, and scenarios for each rule."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.protocol import Duty, Requirement
from engine.scenarios import read_scenarios
from engine.validate import validate

DICTIONARY = read_dictionary()
NATIONAL = validate(
    read_document(data_folder("protocols") / "wt2023.yaml", most_bytes=1_000_000), DICTIONARY
)
RULES: tuple[Duty | Requirement, ...] = (*NATIONAL.duties, *NATIONAL.requirements)
CHECKABLE = [duty for duty in NATIONAL.duties if not duty.not_checkable]
# What no later document restates: a rule that rests on one of these is from memory.
FROM_MEMORY = {
    "wt2023-protocol-complaints",
    "wt2023-sd-minimum",
    "wt2023-s47-unsubstantiated",
    "wt2023-icpc-15wd",
    "wt2023-core-group-10wd",
    "wt2023-review-3m",
    "wt2023-review-6m",
    "wt2023-transfer-15wd",
    "wt2023-disc-criteria",
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


def test_a_rule_is_verified_as_the_facts_it_cites() -> None:
    """Nothing was read in the edition; what rests on an unconfirmed fact says it is from memory."""
    stated = {r.id: r.verification for r in RULES}
    due = {
        r.id: "memory" if {c.clause for c in r.cite} & FROM_MEMORY else "secondary" for r in RULES
    }
    assert stated == due


def test_every_unconfirmed_fact_with_a_rule_is_cited() -> None:
    """No name in the list of unconfirmed facts is stale."""
    cited = {c.clause for r in RULES for c in r.cite}
    assert cited >= FROM_MEMORY


@pytest.mark.parametrize("duty", CHECKABLE, ids=lambda duty: duty.id)
def test_scenarios_show_each_duty_silent_and_undecided(duty: Duty) -> None:
    """Every duty does not apply somewhere, and cannot tell somewhere."""
    assert EXPECTED[duty.id] >= {"not_applicable", "undetermined"}


@pytest.mark.parametrize("duty", [d for d in CHECKABLE if d.only_by], ids=lambda duty: duty.id)
def test_scenarios_show_right_and_wrong_people(duty: Duty) -> None:
    """Where it matters who acts, a scenario has the right person and one the wrong one."""
    assert EXPECTED[f"{duty.id}/role"] >= {"met", "overdue"}


def test_every_question_of_a_duty_is_asked() -> None:
    """What is left open in a duty is among the file's questions."""
    asked = {question.id for question in NATIONAL.questions}
    assert {duty.question for duty in NATIONAL.duties if duty.question} <= asked
