"""Holding a protocol to scenarios: what is found to be otherwise, and of what."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from engine.load.dictionary import read_dictionary
from engine.model.finding import Finding
from engine.model.program import Program
from engine.model.scenario import Scenario, Shortfall
from engine.pipeline import load_protocol
from engine.scenarios import Caseload, by_result, read_scenarios, shortfalls
from engine.scenarios.runner import Answers
from tests.scenarios.conftest import Write

DICTIONARY = read_dictionary()


def short(write: Write, program: Program, more: str) -> list[Shortfall]:
    return [*shortfalls(read_scenarios(write(more), DICTIONARY), program, DICTIONARY)]


@pytest.mark.parametrize(
    "more",
    [
        "expect: {outcome-in-writing: met, decided: met, decided/role: met}",
        "expect: {outcome-in-writing: {due: 2025-03-10, gap: no}}",
        "expect: {outcome-in-writing: {reason: 10 March 2025}}",
        'expect: {outcome-in-writing: {items: {"referrals[0]": met}}}',
        "expect: {covers/plan: {status: undetermined, needs: assessment.plan_made}}",
        "expect: {'child: decided': met}",
        "not_expected: {decided: late, outcome-in-writing: [late, overdue]}",
        "gaps: []",
        "expect: {decided: met}\nas_of_asked: 2025-03-12",
    ],
)
def test_what_is_as_expected_gives_nothing(write: Write, program: Program, more: str) -> None:
    """Status, gap, due date, reason, needs, items; for a case by its label; on a day asked."""
    assert short(write, program, more) == []


@pytest.mark.parametrize(
    ("details", "missing"),
    [
        ("late", {"status": "late"}),
        ("{status: met, gap: yes}", {"gap": "yes"}),
        ("{status: late, gap: yes}", {"status": "late", "gap": "yes"}),
        ("{due: 2025-03-11}", {"due": datetime.date(2025, 3, 11)}),
        ("{reason: no such reason}", {"reason": "no such reason"}),
        ("{needs: decision.made}", {"needs": ["decision.made"]}),
        ('{items: {"referrals[0]": late}}', {"items": {"referrals[0]": "late"}}),
        ('{items: {"referrals[1]": met}}', {"items": {"referrals[1]": "met"}}),
    ],
)
def test_only_what_is_otherwise_is_given(
    write: Write, program: Program, details: str, missing: dict[str, object]
) -> None:
    """Of a duty the details that were not found, with the finding that has others."""
    (one,) = short(write, program, f"expect: {{decided: met, outcome-in-writing: {details}}}")
    assert (one.duty, one.case, one.missing) == ("outcome-in-writing", "child", missing)
    assert one.finding
    assert one.finding.status == "met"


def test_a_status_that_must_not_be_given_is_found(write: Write, program: Program) -> None:
    """`not_expected` names the statuses that would be wrong."""
    (one,) = short(write, program, "not_expected: {decided: [late, met]}")
    assert (one.duty, one.never, one.missing) == ("decided", ("late", "met"), {})


def test_gaps_are_exactly_those_listed(write: Write, program: Program) -> None:
    """A gap that is listed and none, and one that is not listed."""
    path = write("gaps: [decided]")
    late = path.read_text("utf-8").replace("writing: 2025-03-10", "writing: no")
    path.write_text(late, encoding="utf-8")
    found = [*shortfalls(read_scenarios(path, DICTIONARY), program, DICTIONARY)]
    assert [(one.duty, one.missing) for one in found] == [
        ("decided", {"gap": "yes"}),
        ("outcome-in-writing", {"gap": "no"}),
    ]


def test_a_duty_that_is_told_of_is_not_told_of_again_for_its_gap(
    write: Write, program: Program
) -> None:
    """Expected and listed among the gaps, it is one mistake."""
    found = short(write, program, "expect: {decided: late}\ngaps: [decided]")
    assert [one.duty for one in found] == ["decided"]


def test_of_a_household_each_case_counts_unless_one_is_named(
    tmp_path: Path, program: Program
) -> None:
    """Without a label what is expected holds for every child."""
    path = tmp_path / "some.yaml"
    case = "{{case: {}, as_of: 2025-03-14, complete: [referrals], referrals: {}}}"
    one = case.format("child-1", "[{received: 2025-02-03, decision: {made: 2025-02-04}}]")
    two = case.format("child-2", "[]")
    path.write_text(
        f"- scenario: two\n  protocol: anyshire\n  case:\n    cases: [{one}, {two}]\n"
        "  expect: {decided: met, 'child-2: decided': not_applicable}\n",
        encoding="utf-8",
    )
    (found,) = shortfalls(read_scenarios(path, DICTIONARY), program, DICTIONARY)
    assert (found.duty, found.case) == ("decided", "child-2")


def test_only_the_duties_named_are_compared(write: Write, program: Program) -> None:
    """So that a changed rule can be held against what is said of it alone."""
    more = "expect: {decided: late, decided/role: overdue, outcome-in-writing: late}\ngaps: []"
    scenarios = read_scenarios(write(more), DICTIONARY)
    found = shortfalls(scenarios, program, DICTIONARY, only={"decided", "decided/role"})
    assert [one.duty for one in found] == ["decided", "decided/role"]


def test_a_duty_that_a_changed_program_lacks_is_not_as_expected(
    write: Write, program: Program
) -> None:
    """Nothing is found of it, which is not what was expected."""
    without = program._replace(duties=tuple(d for d in program.duties if d.id != "decided"))
    (one,) = short(write, without, "expect: {decided: met, outcome-in-writing: met}")
    assert (one.duty, one.finding) == ("decided", None)


def test_scenarios_are_found_by_the_results_they_name(write: Write) -> None:
    """As expected, as not expected, or as a gap."""
    more = "expect: {decided: met}\nnot_expected: {covers/plan: met}\ngaps: [decided/role]"
    scenarios = read_scenarios(write(more), DICTIONARY)
    names = ["covers/plan", "decided", "decided/role"]
    assert by_result(scenarios) == dict.fromkeys(names, scenarios)


def test_many_scenarios_at_once_say_what_each_says_alone() -> None:
    """Findings do not depend on what else is evaluated with them."""
    folder = Path(__file__).parents[1] / "protocols" / "constructs"
    path = str(folder / "protocols" / "base.yaml")
    scenarios = [
        one
        for file in sorted(folder.glob("*.yaml"))
        for one in read_scenarios(file, DICTIONARY)
        if Path(one.protocol).samefile(path)
    ]
    program = load_protocol(path, DICTIONARY)
    (*together,) = Caseload(scenarios, DICTIONARY).against(program)
    assert len(scenarios) > 30
    for answers in together:
        for scenario in answers.scenarios:
            assert _said(answers, scenario) == _said(
                Caseload([scenario], DICTIONARY).against(program)[0], scenario
            )


def _said(answers: Answers, scenario: Scenario) -> list[Finding | None]:
    cases = answers.cases(scenario)
    return [answers.finding(name, case) for name in sorted(scenario.names()) for case in cases]
