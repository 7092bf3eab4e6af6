"""`protocol test`: what is run, what is shown of it, formats and exit codes."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import PROTOCOL, Run, Write

SCENARIO = """\
- scenario: told in time
  protocol: anyshire
  case: {as_of: 2025-03-14, complete: [referrals], referrals: [{received: 2025-02-03, assessment: \
{concluded: 2025-03-03, outcome_given_in_writing: 2025-03-10}}]}
  expect: {outcome-in-writing: {status: met, due: 2025-03-10}}
"""
WRONG = SCENARIO.replace("told in time", "told late").replace("status: met", "status: late")
WHOLE = """\
- {scenario: silent, protocol: anyshire, case: {as_of: 2025-03-14, complete: [referrals], \
referrals: []}, expect: {outcome-in-writing: not_applicable}}
- {scenario: undecided, protocol: anyshire, case: {as_of: 2025-03-14}, expect: \
{outcome-in-writing: undetermined}}
- {scenario: late, protocol: anyshire, case: {as_of: 2025-03-14, referrals: [{received: \
2025-02-03, assessment: {concluded: 2025-03-03, outcome_given_in_writing: 2025-03-11}}]}, expect: \
{outcome-in-writing: late}}
"""
LEDGER = "clause,hash,disposition,rules,note\n4.p2,0123456789ab,encoded,outcome-in-writing,\n"


@pytest.fixture
def pack(write: Write) -> str:
    """A pack with one protocol and a scenario of it that holds; gives the scenario's file."""
    write("protocols/anyshire.yaml", PROTOCOL)
    write("protocols/ledgers/anyshire.csv", LEDGER)
    return write("tests/protocols/anyshire/time.yaml", SCENARIO)


@pytest.mark.parametrize(
    "named",
    [
        [],
        ["anyshire"],
        ["protocols/anyshire.yaml"],
        ["tests"],
        ["tests/protocols/anyshire/time.yaml"],
        ["anyshire", "tests/protocols/anyshire/time.yaml"],
    ],
)
def test_scenarios_are_found_by_file_folder_or_protocol(
    run: Run, pack: str, named: list[str]
) -> None:
    """By default those of the pack in the working folder; each is run once."""
    told = run("test", *named)
    assert (told.code, told.out) == (0, "1 scenario holds, in 1 file.\n")


def test_protocols_and_cases_among_the_scenarios_are_left_out(
    run: Run, write: Write, pack: str
) -> None:
    """A folder may hold what scenarios refer to."""
    write("tests/protocols/anyshire/case.yaml", "case: child-1\nas_of: 2025-03-14\n")
    write("tests/protocols/anyshire/other.yaml", PROTOCOL)
    assert run("test").out == "1 scenario holds, in 1 file.\n"


def test_expected_stands_against_found_with_the_reason(run: Run, write: Write, pack: str) -> None:
    """File and line, title, duty, and only what is otherwise."""
    write("tests/protocols/anyshire/wrong.yaml", WRONG)
    told = run("test")
    assert told.code == 1
    assert told.out.splitlines() == [
        "tests/protocols/anyshire/wrong.yaml:1 told late",
        "    outcome-in-writing line 4",
        "      - expected late",
        "      + found    met, no gap. Done on 10 March 2025. Due by 10 March 2025.",
        "",
        "1 of 2 scenarios does not hold.",
    ]


def test_a_mistake_stops_no_other_scenario(run: Run, write: Write, pack: str) -> None:
    """Every mistake is shown with its line; the rest of the file is run; exit code 3."""
    lost = WRONG.replace("outcome-in-writing: {", "outcome-in-writting: {")
    missing = WRONG.replace("protocol: anyshire", "protocol: anyshir")
    path = write("tests/protocols/anyshire/wrong.yaml", WRONG + lost + missing)
    told = run("test", path)
    assert told.code == 3
    assert f"{path}:8:12: error [T107]" in told.out
    assert "Did you mean `outcome-in-writing`?" in told.out
    assert f"{path}:10:3: error [P321]" in told.out
    assert "^" in told.out
    assert "expected late" in told.out
    assert "1 of 1 scenario does not hold. 1 file has a mistake" in told.out


def test_an_invalid_protocol_is_shown_once(run: Run, write: Write, pack: str) -> None:
    """However many scenarios name it."""
    write("protocols/anyshire.yaml", PROTOCOL.replace("force: will", "force: would"))
    write("tests/protocols/anyshire/wrong.yaml", WRONG)
    told = run("test")
    assert told.code == 3
    assert told.out.count("protocols/anyshire.yaml:19:9: error") == 1
    assert "Nothing was run." in told.out


@pytest.mark.parametrize(
    ("named", "code", "said"),
    [
        ([], 3, "T112"),
        (["anyshire"], 3, "P321"),
        (["nothing.yaml"], 3, "D101"),
        (["empty"], 3, "T112"),
        ([""], 2, "empty"),
        (["--coverage", "--format", "junit"], 2, "coverage"),
    ],
)
def test_where_there_is_nothing_to_run_it_is_not_clean(
    run: Run, write: Write, named: list[str], code: int, said: str
) -> None:
    """No file, no protocol, no scenario: said, and never exit code 0."""
    write("empty/note.txt", "")
    told = run("test", *named)
    assert told.code == code
    assert said in (told.out + told.err).replace("\n", " ")


def test_a_protocol_without_scenarios_says_where_they_belong(
    run: Run, write: Write, pack: str
) -> None:
    """The message names the folder."""
    write("protocols/otherwhere.yaml", PROTOCOL.replace("anyshire", "otherwhere"))
    told = run("test", "otherwhere")
    assert told.code == 3
    assert "tests/protocols/otherwhere" in told.err


def test_annotations_name_the_line_of_what_is_expected(run: Run, write: Write, pack: str) -> None:
    """One workflow command a duty."""
    path = write("tests/protocols/anyshire/wrong.yaml", WRONG)
    told = run("test", "--format", "github")
    assert told.code == 1
    assert told.out.startswith(f"::error file={path},line=4,col=12,title=T120::told late: ")
    assert "expected late, found met" in told.out


def test_junit_has_a_test_a_scenario(run: Run, write: Write, pack: str) -> None:
    """With its file and line; a mistake is a test that fails."""
    write("tests/protocols/anyshire/wrong.yaml", WRONG + "- one\n")
    told = run("test", "--format", "junit")
    assert told.code == 3
    cases = {case.get("name"): case for case in ET.fromstring(told.out).iter("testcase")}  # noqa: S314
    assert cases["told in time"].get("classname") == "anyshire"
    assert cases["told in time"].find("failure") is None
    failure = cases["told late"].find("failure")
    assert failure is not None
    assert "expected late" in str(failure.get("message"))
    assert any(str(name).startswith("T102") for name in cases)


def test_json_holds_what_was_expected_and_found(run: Run, write: Write, pack: str) -> None:
    """Counts, each scenario, and what is otherwise."""
    write("tests/protocols/anyshire/wrong.yaml", WRONG)
    told = json.loads(run("test", "--format", "json").out)
    assert (told["scenarios"], told["hold"], told["problems"]) == (2, 1, [])
    right, wrong = told["results"]
    assert (right["holds"], right["otherwise"]) == (True, [])
    assert wrong["otherwise"][0] == {
        "duty": "outcome-in-writing",
        "case": "child",
        "line": 4,
        "expected": "late",
        "status": "met",
        "found": "met, no gap. Done on 10 March 2025. Due by 10 March 2025.",
    }


def test_coverage_names_what_no_scenario_shows(run: Run, pack: str) -> None:
    """The table, then each rule with the sides that are missing; a finding."""
    told = run("test", "--coverage")
    assert told.code == 1
    assert "anyshire  1/1      0/1     0/1        0/1     -        -       1/1" in told.out
    assert "outcome-in-writing protocols/anyshire.yaml:12:9" in told.out
    assert "Silent (does not apply); undecided (cannot tell); missed" in told.out


def test_coverage_is_of_the_protocols_whose_scenarios_they_are(
    run: Run, write: Write, pack: str
) -> None:
    """A scenario of another protocol among them says little of that one."""
    write("protocols/otherwhere.yaml", PROTOCOL.replace("anyshire", "otherwhere"))
    other = SCENARIO.replace("protocol: anyshire", "protocol: otherwhere")
    write("tests/protocols/anyshire/other.yaml", other)
    told = json.loads(run("test", "--coverage", "--format", "json").out)
    assert (told["scenarios"], [one["protocol"] for one in told["coverage"]]) == (2, ["anyshire"])
    write("elsewhere/other.yaml", other)
    told = json.loads(run("test", "elsewhere", "--coverage", "--format", "json").out)
    assert [one["protocol"] for one in told["coverage"]] == ["otherwhere"]


def test_coverage_is_whole_when_every_side_is_expected(run: Run, write: Write, pack: str) -> None:
    """At work, silent, undecided, and both sides of the limit."""
    write("tests/protocols/anyshire/whole.yaml", WHOLE)
    told = run("test", "--coverage")
    assert told.code == 0
    assert "anyshire: all shown by 4 scenarios." in told.out
    (covered,) = json.loads(run("test", "--coverage", "--format", "json").out)["coverage"]
    assert covered["whole"]
    assert covered["rules"][0]["missing"] == []


def test_nothing_in_a_file_reaches_the_terminal_raw(run: Run, write: Write, pack: str) -> None:
    """An escape sequence in a title is written out."""
    text = WRONG.replace("told late", '"\\e[31mred"')
    told = run("test", write("tests/protocols/anyshire/wrong.yaml", text))
    assert "\x1b" not in told.out + told.err


@pytest.mark.parametrize("format_", ["text", "github", "junit", "json"])
def test_what_turns_the_direction_of_writing_is_written_out(
    run: Run, write: Write, pack: str, format_: str
) -> None:
    """Not even a reader of the report's source is misled."""
    path = write(
        "tests/protocols/anyshire/wrong.yaml", WRONG.replace("told late", "told \u202elate\u2066")
    )
    told = run("test", path, "--format", format_)
    assert not {"\u202e", "\u2066"} & {*told.out, *told.err}


def test_watching_runs_at_once_and_after_a_change(
    run: Run, write: Write, pack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run sees the mended file; Ctrl-C ends it."""
    path = write("tests/protocols/anyshire/wrong.yaml", WRONG)
    waits = iter([lambda: write(path, SCENARIO), None])

    def wait(_seconds: float) -> None:
        change = next(waits)
        if change is None:
            raise KeyboardInterrupt
        change()

    monkeypatch.setattr("engine.cli.watch.time.sleep", wait)
    told = run("test", "--watch")
    assert told.code == 130
    assert told.out.index("1 of 2 scenarios does not hold.") < told.out.index("2 scenarios hold")


def test_the_ledger_sums_up_what_the_scenarios_show(run: Run, write: Write, pack: str) -> None:
    """One line, and the same figures for programs; without scenarios there is no line."""
    told = run("ledger", "anyshire")
    line = "Scenarios: 0 of 1 rule shown at work, silent and undecided; 0 of 1 limit on both sides."
    assert line in " ".join(told.out.split())
    write("tests/protocols/anyshire/whole.yaml", WHOLE)
    assert "Scenarios: 1 of 1 rule" in run("ledger", "anyshire").out
    assert json.loads(run("ledger", "anyshire", "--format", "json").out)["coverage"]["whole"]
    write("tests/protocols/anyshire/whole.yaml", "")
    write(pack, "")
    assert "Scenarios:" not in run("ledger", "anyshire").out
