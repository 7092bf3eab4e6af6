"""Reading scenario files: what one holds, and every mistake with its place and its cure."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from engine.data import data_folder
from engine.errors import InvalidInput, Problem
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.program import Program
from engine.scenarios import read_scenarios
from engine.scenarios.names import unknown_names
from tests.scenarios.conftest import SCENARIO, Write

DICTIONARY = read_dictionary()
LINES = SCENARIO.count("\n")

MISTAKES = [
    ("expects: {decided: met}", "T103", "`expect`"),
    ("expect: {decided: mett}", "T106", "`met`"),
    ("expect: {decided: to do}", "T106", "outstanding"),
    ("expect: {decided: {status: metr}}", "T106", "`met`"),
    ("expect: {decided: {gap: maybe}}", "T106", "undetermined"),
    ("expect: {decided: {statsu: met}}", "T108", "`status`"),
    ("expect: {decided: {due: 10 March}}", "T105", "2025-03-10"),
    ("expect: {decided: {reason: [a]}}", "T109", "reason"),
    ("expect: {decided: {needs: {a: b}}}", "T109", "fact"),
    ("expect: {decided: {items: met}}", "T109", "status"),
    ('expect: {decided: {items: {"referrals[0]": mett}}}', "T106", "`met`"),
    ("expect: {decided: []}", "T109", "`met`"),
    ("expect: [decided]", "T109", "a duty: its status"),
    ("expect: {'child-2: decided': met}", "T110", "child"),
    ("not_expected: {decided: [lat]}", "T106", "`late`"),
    ("gaps: decided", "T109", "gaps: []"),
    ("expect: {decided: met}\nas_of_asked: soon", "T105", "2025-03-10"),
    ("", "T111", "`expect`"),
    ("expect: {}", "T111", "`gaps`"),
]


def problems(path: Path) -> list[Problem]:
    with pytest.raises(InvalidInput) as fault:
        read_scenarios(path, DICTIONARY)
    assert all(problem.cure for problem in fault.value.problems)
    return list(fault.value.problems)


def test_a_scenario_says_what_is_expected_of_which_duty(write: Write) -> None:
    """A status alone, or details; dates are days, one fact is a list of one."""
    path = write("""\
        as_of_asked: 2025-03-12
        expect:
          outcome-in-writing: {status: met, gap: no, due: 2025-03-10}
          decided: met
          covers/plan: {needs: assessment.plan_made}
        not_expected: {decided: [late, overdue]}
        gaps: []
        """)
    (scenario,) = read_scenarios(path, DICTIONARY)
    told = scenario.expect["outcome-in-writing"]
    assert told.details == {"status": "met", "gap": "no", "due": datetime.date(2025, 3, 10)}
    assert told.place.line == LINES + 3
    assert scenario.expect["decided"].details == {"status": "met"}
    assert scenario.expect["covers/plan"].details == {"needs": ["assessment.plan_made"]}
    assert scenario.not_expected["decided"].never == ("late", "overdue")
    assert (scenario.gaps, scenario.asked) == ((), datetime.date(2025, 3, 12))
    assert scenario.names() == {"outcome-in-writing", "decided", "covers/plan"}


@pytest.mark.parametrize("word", ["yes", "true"])
def test_a_gap_may_be_written_as_editors_write_it(write: Write, word: str) -> None:
    """`true` is *yes*, as it is in a case file."""
    (scenario,) = read_scenarios(write(f"expect: {{decided: {{gap: {word}}}}}"), DICTIONARY)
    assert scenario.expect["decided"].details == {"gap": "yes"}


@pytest.mark.parametrize(("more", "code", "cure"), MISTAKES)
def test_each_mistake_has_a_code_and_a_cure(write: Write, more: str, code: str, cure: str) -> None:
    """What is misspelt gets the nearest name; what is missing, an example."""
    (problem,) = problems(write(more))
    assert problem.code.startswith(code)
    assert cure in problem.cure
    assert problem.place.line in (1, LINES + 1, LINES + 2)


@pytest.mark.parametrize("more", [more for more, code, _ in MISTAKES if code != "T110"])
def test_the_published_schema_refuses_the_same(write: Write, more: str) -> None:
    """An editor shows each mistake that is not about the case's own labels."""
    schema = json.loads((data_folder("schemas") / "scenario.schema.json").read_text("utf-8"))
    checker = Draft202012Validator(schema, format_checker=FormatChecker(["date"]))
    assert not checker.is_valid(read_document(write(more), most_bytes=10_000).value)
    good = read_document(write("expect: {decided: met}"), most_bytes=10_000).value
    assert checker.is_valid(good)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("scenario: one\nprotocol: anyshire\n", ["T101"]),
        ("[]\n", ["T101"]),
        ("case: child-1\nas_of: 2025-03-14\n", ["T101"]),
        ("- one\n- two\n", ["T102", "T102"]),
        ("- scenario: one\n", ["T104", "T104"]),
        ("- {scenario: [], protocol: x, case: {case: a}, expect: {a: met}}\n", ["T109"]),
        ("- {scenario: a, protocol: x, case: none.yaml, expect: {a: met}}\n", ["D101"]),
        ("- {scenario: a, protocol: x, case: {refferals: []}, expect: {a: met}}\n", ["C101"]),
    ],
)
def test_what_is_no_scenario_is_refused(tmp_path: Path, text: str, codes: list[str]) -> None:
    """A file that is no list, an entry without names, and what its case does wrong."""
    path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    assert [problem.code for problem in problems(path)] == codes


def test_all_mistakes_are_named_at_once(write: Write) -> None:
    """Three in one scenario are three lines, in order."""
    path = write("expect:\n  decided: mett\n  spirit: {gap: maybe}\nmeans: nothing\n")
    assert [(p.code, p.place.line - LINES) for p in problems(path)] == [
        ("T106", 2),
        ("T106", 3),
        ("T103", 4),
    ]


def test_a_case_outside_the_folder_of_the_scenarios_is_not_read(tmp_path: Path) -> None:
    """A scenario file from anywhere reads nothing but what lies with it."""
    (tmp_path / "secret.yaml").write_text("case: child-1\n", encoding="utf-8")
    path = tmp_path / "pack" / "tests" / "protocols" / "some.yaml"
    path.parent.mkdir(parents=True)
    for case in ("../../../secret.yaml", str(tmp_path / "secret.yaml")):
        text = f"- {{scenario: a, protocol: x, case: {case}, expect: {{a: met}}}}\n"
        path.write_text(text, encoding="utf-8")
        assert [problem.code for problem in problems(path)] == ["T113"]


@pytest.mark.parametrize(
    ("more", "cure"),
    [
        ("expect: {decide: met}", "`decided`"),
        ("expect: {covers: met}", "`covers/plan`"),
        ("expect: {covers/plans: met}", "`covers/plan`"),
        ("expect: {spirit: met}", "no record can"),
        ("expect: {outcome-in-writing/role: met}", "only_by"),
        ("not_expected: {nothing-near: met}", "duty/role"),
        ("gaps: [decidet]", "`decided`"),
    ],
)
def test_a_duty_that_does_not_exist_gets_the_nearest_name(
    write: Write, program: Program, more: str, cure: str
) -> None:
    """No result are a checklist, what cannot be checked, and a role that matters to nobody."""
    (scenario,) = read_scenarios(write(more), DICTIONARY)
    (problem,) = unknown_names(scenario, program)
    assert problem.code == "T107"
    assert problem.place.line == LINES + 1
    assert cure in problem.cure


def test_duties_lines_and_role_results_are_known(write: Write, program: Program) -> None:
    """All that a report names can be expected."""
    more = "expect: {decided: met, decided/role: met, covers/plan: undetermined}"
    (scenario,) = read_scenarios(write(more), DICTIONARY)
    assert not [*unknown_names(scenario, program)]
