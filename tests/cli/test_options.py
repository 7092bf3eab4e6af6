"""The options of `check`: which protocol, which day, whose answer, how much of it."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec

import pytest

from engine.errors import ExitCode
from engine.evaluate import second_engine
from tests.cli.conftest import CLEAN, EXAMPLES, GAP, PROTOCOL, Run, Write

CASE = "case: a\nas_of: 2025-06-02\n"


@pytest.fixture
def without_durable_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where durable-rules could not be installed."""

    def find(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name.startswith("durable") else importlib.util.find_spec(name, package)

    monkeypatch.setattr(second_engine, "find_spec", find)


# Which protocol


def test_the_protocol_is_that_of_the_authority(run: Run, write: Write) -> None:
    """A case of Norfolk is checked against Norfolk's."""
    told = run("check", write("case.yaml", f"{CASE}authority: norfolk\n"))
    assert told.out.startswith("a · Norfolk local protocol")


def test_without_an_authority_it_is_the_national_guidance(run: Run, write: Write) -> None:
    """The edition in force, without a warning."""
    told = run("check", write("case.yaml", CASE))
    assert told.out.startswith("a · Working Together to Safeguard Children 2023\n")
    assert "WARNINGS" not in told.out


def test_an_authority_without_a_protocol_is_told(run: Run, write: Write) -> None:
    """A misspelt authority does not quietly lose its local rules."""
    told = run("check", write("case.yaml", f"{CASE}authority: nolfolk\n"))
    assert "There is no protocol of `nolfolk` here; the national guidance is applied." in told.out
    assert "Did you mean `norfolk`?" in " ".join(told.out.split())


def test_a_protocol_asked_for_is_used_whatever_the_authority(
    run: Run, write: Write, anyshire: str
) -> None:
    """By name and by path, and without a warning."""
    case = write("case.yaml", f"{CASE}authority: nolfolk\n")
    by_name = run("check", case, "--protocol", "wt2018")
    assert by_name.out.startswith("a · Working Together to Safeguard Children 2018")
    by_path = run("check", case, "--protocol", anyshire)
    assert by_path.out.startswith("a · Anyshire protocol")
    assert "WARNINGS" not in by_name.out + by_path.out


def test_an_unknown_protocol_names_those_there_are(run: Run, write: Write) -> None:
    """The nearest, or all of them."""
    case = write("case.yaml", CASE)
    near = run("check", case, "--protocol", "norflok")
    assert (near.code, near.out) == (ExitCode.INVALID, "")
    assert near.err == (
        "norflok: error [P321] There is no protocol `norflok`.\n    Did you mean `norfolk`?\n"
    )
    assert "There are: " in run("check", case, "--protocol", "zzz").err


def test_an_invalid_protocol_is_told_with_every_mistake(run: Run, write: Write) -> None:
    """Line, column, cause and cure of each."""
    text = PROTOCOL.replace("within:", "witihn:").replace("[4.p2]", "4.p2")
    rules = write("rules/anyshire.yaml", text)
    told = run("check", write("case.yaml", CLEAN), "--protocol", rules)
    assert (told.code, told.out) == (ExitCode.INVALID, "")
    assert f"{rules}:16:9: error [P101] `witihn` is not a key of a duty.\n" in told.err
    assert "    Did you mean `within`?\n" in told.err
    assert f"{rules}:20:9: error [P103]" in told.err


def test_a_case_given_as_a_protocol_is_one_mistake(run: Run, write: Write) -> None:
    """Mixing up the two is explained once, not key by key."""
    case = write("case.yaml", CASE)
    told = run("check", case, "--protocol", case)
    assert told.code == ExitCode.INVALID
    assert told.err == (
        "case.yaml:1:1: error [P198] This is a case, not a protocol.\n"
        "    Give the file of a protocol here, or the name of one: `norfolk`.\n"
    )


# Which day


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        ("2025-03-10", 0, "Record up to 14 March 2025, as at 10 March 2025."),
        ("2025-03-11", 1, "Record up to 14 March 2025, as at 11 March 2025."),
        ("2025-03-14", 1, "Record up to and as at 14 March 2025."),
        ("2025-03-20", 1, "The record ends 6 days before the day asked about."),
    ],
)
def test_the_day_asked_about_decides(
    run: Run, write: Write, anyshire: str, asked: str, code: int, says: str
) -> None:
    """Before, on and after the limit of 10 March, and past the end of the record."""
    case = write("case.yaml", GAP)
    told = run("check", case, "--protocol", anyshire, "--as-of", asked)
    assert told.code == code
    assert says.replace(" ", "") in "".join(told.out.split())


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("03/04/2025", "Write `2025-04-03` if 3 April 2025 is meant."),
        ("2025-02-30", "There is no 30 February 2025."),
        ("20250301", "Write `2025-03-01` if 1 March 2025 is meant."),
        ("2025-W10-1", "Write a day: `2025-03-10`."),
        ("0001-01-01", "The year 0001 can't be right."),
        ("tomorrow", "Write a day: `2025-03-10`."),
        ("", "Write a day: `2025-03-10`."),
    ],
)
def test_an_impossible_day_is_wrong_usage(run: Run, write: Write, asked: str, says: str) -> None:
    """The message shows how the day is written; nothing is reported."""
    told = run("check", write("case.yaml", CASE), "--as-of", asked)
    assert (told.code, told.out) == (ExitCode.USAGE, "")
    assert says in told.err


# Whose answer


def test_two_engines_agree_on_an_example(run: Run) -> None:
    """The last line says whether a second engine was there and what it said."""
    told = run("check", EXAMPLES / "unborn.yaml", second=True)
    there = importlib.util.find_spec("durable_rules_engine") is not None
    last = "Two engines agree.\n" if there else "durable-rules is not installed here.\n"
    assert told.out.endswith(last)


def test_no_cross_check_leaves_the_second_engine_out(run: Run) -> None:
    """The report says that it was not asked."""
    told = run("check", EXAMPLES / "unborn.yaml", "--no-cross-check")
    assert told.out.endswith("One engine only: the second was not asked.\n")


@pytest.mark.usefixtures("without_durable_rules")
def test_without_durable_rules_there_is_one_engine(run: Run) -> None:
    """Everything else works, and the report says why there is only one."""
    told = run("check", EXAMPLES / "unborn.yaml", second=True)
    assert told.code == ExitCode.GAP
    assert told.out.endswith("One engine only: durable-rules is not installed here.\n")


@pytest.mark.usefixtures("without_durable_rules")
def test_the_answer_of_an_engine_that_is_not_there_cannot_be_shown(run: Run) -> None:
    """Nobody is given the other engine's answer in its name."""
    told = run("check", EXAMPLES / "unborn.yaml", "--engine", "durable-rules", second=True)
    assert (told.code, told.out) == (ExitCode.USAGE, "")
    assert "durable-rules is not installed here" in told.err


# How much of it


def test_all_lists_every_duty(run: Run, write: Write, anyshire: str) -> None:
    """What is met has a line of its own only with `--all`."""
    case = write("case.yaml", CLEAN)
    assert "MET" not in run("check", case, "--protocol", anyshire).out
    told = run("check", case, "--protocol", anyshire, "--all")
    assert "MET: 1\n + Give the family the outcome in writing." in told.out
