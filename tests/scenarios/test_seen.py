"""What evaluation said of each rule in the scenarios that name it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from engine.analysis.coverage import Said
from engine.load.dictionary import read_dictionary
from engine.model.program import Program
from engine.pipeline import load_protocol
from engine.scenarios import Caseload, read_scenarios
from engine.scenarios.seen import said

DICTIONARY = read_dictionary()
PROTOCOL = """\
protocol: anyshire
title: Anyshire protocol
effective: {from: 2024-09-01}
documents: {protocol: {title: Anyshire Protocol, ledger: anyshire}}
roles: {manager: {title: team manager, counts: [team_manager]}}
thresholds:
  - {id: suspected, title: Suspected, when: judgement.significant_harm_suspected, cite: [1.p1]}
checks:
  - id: work
    title: The work
    by: manager
    force: must
    cite: [1.p2]
    duties:
      - id: told
        title: Give feedback
        for_each: referrals
        from: referral.received
        done: referral.feedback_given
        readings: [{says: short, within: 2 days}, {says: long, within: 20 days}]
        question: which
      - id: decided
        title: Decide
        for_each: referrals
        from: referral.received
        within: 1 working day
        done: decision.made
        only_by: manager
      - id: reviewed
        title: Review the plan
        for_each: cin_plans
        done: cin_plan.reviews
        every: 4 weeks
        until: cin_plan.ended
        readings: [{says: from the plan, from: cin_plan.started}, \
{says: from the meeting, from: cin_plan.agreed_at_meeting}]
        question: which
questions: [{id: which, cite: [1.p2], asks: Which?}]
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    path = tmp_path_factory.mktemp("protocols") / "anyshire.yaml"
    path.write_text(PROTOCOL, encoding="utf-8")
    return load_protocol(str(path), DICTIONARY)


def seen(tmp_path: Path, program: Program, *scenarios: str) -> Said:
    """What is said in scenarios, each given as its case and what it expects."""
    head = "- scenario: one\n  protocol: anyshire\n"
    text = "".join(head + textwrap.indent(one, "  ") for one in scenarios)
    path: Path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return said(Caseload(read_scenarios(path, DICTIONARY), DICTIONARY).against(program))


def referral(facts: str, expected: str) -> str:
    case = f"{{as_of: 2025-03-31, complete: [referrals], referrals: [{{{facts}}}]}}"
    return f"case: {case}\nexpect: {{{expected}}}\n"


def test_statuses_are_those_of_scenarios_that_name_the_result(
    tmp_path: Path, program: Program
) -> None:
    """What a scenario says nothing of is not seen, whatever its case would show."""
    on_time = "received: 2025-03-10, decision: {made: 2025-03-11, made_by: team_manager}"
    late = "received: 2025-03-10, decision: {made: 2025-03-20, made_by: team_manager}"
    found = seen(
        tmp_path, program, referral(on_time, "decided: met"), referral(late, "told: undetermined")
    ).results
    assert found["decided"].statuses == {"met"}
    assert "decided/role" not in found


def test_a_role_result_is_seen_by_its_own_name(tmp_path: Path, program: Program) -> None:
    """Done in time by somebody else."""
    facts = "received: 2025-03-10, decision: {made: 2025-03-11, made_by: social_worker}"
    found = seen(tmp_path, program, referral(facts, "decided/role: overdue")).results
    assert found["decided/role"].statuses == {"overdue"}


def test_each_reading_is_seen_for_itself(tmp_path: Path, program: Program) -> None:
    """Late on the short reading and in time on the long one, so undetermined together."""
    facts = "received: 2025-03-10, feedback_given: 2025-03-20"
    told = seen(tmp_path, program, referral(facts, "told: undetermined")).results["told"]
    assert told.statuses == {"undetermined"}
    assert told.readings == {"short": {"late"}, "long": {"met"}}


def test_the_intervals_of_a_reading_are_seen(tmp_path: Path, program: Program) -> None:
    """A first review in time, the second one late."""
    plan = "{started: 2025-03-03, agreed_at_meeting: 2025-03-03, ended: no, reviews: \
[{held: 2025-03-24}, {held: 2025-05-05}]}"
    case = f"{{as_of: 2025-05-06, complete: [cin_plans, cin_plan.reviews], cin_plans: [{plan}]}}"
    found = seen(tmp_path, program, f"case: {case}\nexpect: {{reviewed: late}}\n").results
    assert found["reviewed"].statuses == {"late"}
    assert found["reviewed"].readings["from the plan"] >= {"met", "late"}


def test_where_there_is_no_item_the_rule_is_silent(tmp_path: Path, program: Program) -> None:
    """A whole list without any referral."""
    scenario = "case: {as_of: 2025-03-31, complete: [referrals], referrals: []}\n"
    found = seen(tmp_path, program, f"{scenario}expect: {{told: not_applicable}}\n").results
    assert found["told"].statuses == {"not_applicable"}


@pytest.mark.parametrize(
    ("made", "status", "edges"),
    [
        ("2025-03-07", "met", {"last day"}),
        ("2025-03-06", "met", set()),
        ("2025-03-08", "late", {"day after"}),
        ("2025-03-10", "late", {"day after"}),
        ("2025-03-11", "late", set()),
        ("no", "overdue", set()),
    ],
)
def test_a_limit_is_seen_to_the_day(
    tmp_path: Path, program: Program, made: str, status: str, edges: set[str]
) -> None:
    """Due on a Friday: done that day, or by the Monday, the next working day."""
    facts = f"received: 2025-03-06, decision: {{made: {made}}}"
    found = seen(tmp_path, program, referral(facts, f"decided: {status}")).results
    assert found["decided"].edges == edges


@pytest.mark.parametrize(("asked", "edges"), [("2025-03-10", {"day after"}), ("2025-03-11", set())])
def test_what_is_overdue_is_seen_the_day_after(
    tmp_path: Path, program: Program, asked: str, edges: set[str]
) -> None:
    """The day asked about counts where nothing was done."""
    scenario = referral("received: 2025-03-06, decision: {made: no}", "decided: overdue")
    found = seen(tmp_path, program, f"as_of_asked: {asked}\n{scenario}").results
    assert found["decided"].edges == edges


@pytest.mark.parametrize(("word", "reached"), [("yes", {"suspected"}), ("no", set())])
def test_a_threshold_is_reached_in_any_scenario(
    tmp_path: Path, program: Program, word: str, reached: set[str]
) -> None:
    """Whatever the scenario is about."""
    case = f"{{as_of: 2025-03-31, judgement: {{significant_harm_suspected: {word}}}}}"
    found = seen(tmp_path, program, f"case: {case}\nexpect: {{told: undetermined}}\n")
    assert found.reached == reached
