"""`protocol lint`: formats, exit codes, cases to check, and what a person sees of a finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.pipeline import shipped
from tests.cli.conftest import PROTOCOL, Run, Write

HOSTILE = "%0A::error::<script>|"
DUTIES = """\
      - id: never
        title: "HOSTILE"
        for_each: referrals
        when: {all: [child.disabled, {child.disabled: no}]}
        done: assessment.started
        by: social_worker
        force: will
        cite: [4.p2]
      - id: again
        title: Give it again
        for_each: referrals
        when: child.disabled
        from: assessment.concluded
        within: 1 week
        done: assessment.outcome_given_in_writing
        by: social_worker
        force: will
        cite: [4.p3]
"""
EXPLAINED = """\
explained:
  - {finding: W208, rules: [again, outcome-in-writing], because: "Said\\n::error::so | <b>."}
"""
WRONG = PROTOCOL.replace("Anyshire protocol", f'"{HOSTILE}"', 1) + DUTIES.replace(
    "HOSTILE", HOSTILE
)
TEXT = """\
protocols/anyshire.yaml:24:9: warning [W106] The condition of `never` asks for
`child.disabled` in two places.
    Write it so that it is asked once: while the fact is not known, the answer
    may stay open although it is the same either way.
    24 |         when: {all: [child.disabled, {child.disabled: no}]}
       |         ^

protocols/anyshire.yaml:24:9: warning [W201] `never` never applies: no record
meets what it asks.
    Look for conditions of the duty and its block that exclude each other.
    24 |         when: {all: [child.disabled, {child.disabled: no}]}
       |         ^

anyshire: 2 findings, and 1 explained.
More about one: `protocol explain W106`.
"""


@pytest.fixture
def wrong(write: Write) -> str:
    """A protocol with a duty that never applies, and a twin that is explained."""
    return write("protocols/anyshire.yaml", WRONG + EXPLAINED)


def test_a_person_sees_place_cause_cure_and_line(run: Run, wrong: str) -> None:
    """Exit code 1; what is explained is counted, and shown if asked for."""
    assert run("lint", wrong) == (1, TEXT, "")
    every = run("lint", wrong, "--all").out
    assert "    Explained: Said ::error::so | <b>.\n" in every


def test_all_that_is_explained_is_clean(run: Run, write: Write) -> None:
    """Exit code 0."""
    right = PROTOCOL + DUTIES[DUTIES.index("      - id: again") :] + EXPLAINED
    told = run("lint", write("protocols/anyshire.yaml", right))
    assert told == (0, "anyshire: nothing found, and 1 explained.\n", "")


@pytest.mark.parametrize("name", shipped())
def test_of_the_shipped_protocols_everything_is_explained(run: Run, name: str) -> None:
    """Whatever is found in them is right as it is, and they say why."""
    told = run("lint", name)
    assert told.code == 0, told.out


@pytest.mark.parametrize("format_", ["text", "github", "sarif", "json"])
def test_names_in_a_file_are_text_in_every_format(run: Run, wrong: str, format_: str) -> None:
    """No line of the output begins with a command of GitHub that the file wrote."""
    told = run("lint", wrong, "--all", "--format", format_)
    lines = told.out.splitlines()
    assert told.code == 1
    assert not [line for line in lines if line.startswith("::error")]
    if format_ in ("sarif", "json"):
        assert told.out.isascii()


def test_json_has_every_finding_with_its_reason_and_case(run: Run, wrong: str) -> None:
    """The rules it is about, and the name of the file that `--witness` writes."""
    (told,) = json.loads(run("lint", wrong, "--format", "json").out)
    found = told["findings"]
    assert [(one["code"], one["rules"], bool(one["because"])) for one in found] == [
        ("W106", ["never"], False),
        ("W201", ["never"], False),
        ("W208", ["outcome-in-writing", "again"], True),
    ]
    assert found[1]["case"] == "anyshire-W201-never.yaml"


def test_sarif_has_what_is_left_to_do(run: Run, wrong: str) -> None:
    """Code scanning shows no finding that is explained."""
    (told,) = json.loads(run("lint", wrong, "--format", "sarif").out)["runs"]
    assert [result["ruleId"] for result in told["results"]] == ["W106", "W201"]


def test_each_case_is_judged_by_check(run: Run, wrong: str) -> None:
    """The twin's case has both duties at work."""
    run("lint", wrong, "--witness", "cases")
    assert sorted(path.name for path in Path("cases").iterdir()) == [
        "anyshire-W201-never.yaml", "anyshire-W208-outcome-in-writing-again.yaml"
    ]  # fmt: skip
    told = run(
        "check", "cases/anyshire-W208-outcome-in-writing-again.yaml", "--protocol", wrong,
        "--format", "json",
    )  # fmt: skip
    assert told.code in (0, 1)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (lambda wrong: ["nowhere"], 3, "There is no protocol `nowhere`"),
        (lambda wrong: [""], 2, "A file's name is empty"),
        (lambda wrong: [wrong, "--witness", wrong], 2, "Cannot write to"),
    ],
)
def test_wrong_use_is_told(
    run: Run, wrong: str, arguments: Callable[[str], list[str]], code: int, says: str
) -> None:
    """In one message, without a traceback."""
    told = run("lint", *arguments(wrong))
    assert told.code == code
    assert says in told.err
    assert "internal fault" not in told.err


def test_colour_is_for_terminals(run: Run, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And never against NO_COLOR."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("lint", wrong).out
