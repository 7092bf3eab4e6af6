"""`protocol conform`: verdicts by exit code, another edition, and cases that `check` confirms."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from engine.proof import strictness
from engine.proof.question import example
from tests.analysis.seeded import departures, entries, shipped_text, written
from tests.cli.conftest import ROOT, Run, Write
from tests.cli.test_process import ended

PAIR = ROOT / "tests" / "report" / "conform"
LOCAL = """\
protocol: anyshire
title: Anyshire protocol
extends: nat2025
effective: {from: 2025-01-01}
documents: {protocol: {title: Anyshire Protocol, ledger: anyshire}}
"""
MET = "meets: {published: [1.p1], complaints: [1.p2]}\n"
DOZEN = 12


@pytest.fixture
def national(write: Write) -> str:
    """The made-up national guidance beside the local file."""
    return write("rules/nat2025.yaml", (PAIR / "nat2025.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def local(national: str, write: Write) -> Any:
    """Writes a local protocol; gives its name."""
    return lambda more="": write("rules/anyshire.yaml", LOCAL + MET + more)


def test_a_file_that_changes_nothing_is_clean(run: Run, local: Any) -> None:
    """Everything is inherited and all requirements are met: 0."""
    told = run("conform", local())
    assert (told.code, told.err) == (0, "")
    assert "10 inherited" in told.out


def test_a_missing_requirement_is_a_finding(run: Run, national: str, write: Write) -> None:
    """Nothing is weaker, but the local file does not say how families can complain: 1."""
    name = write("rules/anyshire.yaml", LOCAL + "meets: {published: [1.p1]}\n")
    told = run("conform", name)
    assert told.code == 1
    assert "missing" in told.out


def test_a_weaker_duty_has_an_exit_code_of_its_own(run: Run, local: Any) -> None:
    """Six working days instead of five: 5, with the case and the reason given."""
    told = run("conform", local(
        "departs: [{rule: decided, within: 6 working days, reason: We need it., cite: [2.p1]}]\n"
    ))  # fmt: skip
    assert told.code == 5
    assert "Weaker (1)" in told.out
    assert "A case in which only the national duty finds a gap:" in told.out
    assert "Reason given: We need it." in told.out


def test_a_stricter_duty_is_no_finding(run: Run, local: Any) -> None:
    """Four working days instead of five: 0."""
    told = run("conform", local("tightens: [{rule: decided, within: 4 working days, cite: [2]}]\n"))
    assert told.code == 0
    assert "limit: decided" in told.out


def test_what_is_not_decided_is_never_fine(
    run: Run, local: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the solver's steps run out the answer is 4, and the duty is named."""
    monkeypatch.setattr(strictness, "example", functools.partial(example, steps=1))
    told = run("conform", local("tightens: [{rule: decided, within: 4 working days, cite: [2]}]\n"))
    assert told.code == 4
    assert "Not decided (1)" in told.out
    assert "decided" in told.out.partition("Not decided")[2]


def test_an_invalid_file_is_told_by_its_places(run: Run, local: Any) -> None:
    """A rule that there is not: 3, with file, line and the nearest name."""
    told = run("conform", local("tightens: [{rule: decide, within: 4 days, cite: [2]}]\n"))
    assert told.code == 3
    assert "anyshire.yaml:7:" in told.err
    assert "`decided`" in told.err
    assert told.out == ""


def test_a_protocol_that_extends_none_needs_to_be_told_what_to_hold_it_to(
    run: Run, national: str
) -> None:
    """2, with the option to give."""
    told = run("conform", national)
    assert told.code == 2
    assert "--to" in told.err


def test_a_protocol_held_to_itself_is_nowhere_weaker(run: Run, national: str) -> None:
    """Its duties are its own; what it requires of local protocols it does not meet."""
    told = run("conform", national, "--to", national)
    assert told.code == 1
    assert "10 inherited" in told.out


def test_it_can_be_held_to_another_edition(run: Run) -> None:
    """Against guidance that it does not extend duties are matched by evidence, dates set aside."""
    told = run("conform", "barnsley", "--to", "wt2018", "--format", "json")
    assert told.code == 5
    value = json.loads(told.out)
    assert "Working Together to Safeguard Children 2018" in value["title"]
    assert "The dates of both documents are set aside." in value["summary"]
    verdicts = {duty["duty"]: duty["verdict"] for duty in value["duties"]}
    assert verdicts["assessment-45wd"] in ("equal", "stricter", "weaker", "incomparable")
    assert "inherited" not in verdicts.values()


def test_markdown_and_json_are_written_whole(run: Run, local: Any) -> None:
    """A page with headings, and values for programs."""
    name = local("tightens: [{rule: decided, within: 4 working days, cite: [2]}]\n")
    assert run("conform", name, "--format", "markdown").out.startswith("# Anyshire protocol ")
    value = json.loads(run("conform", name, "--format", "json").out)
    assert [d["duty"] for d in value["duties"] if d["verdict"] == "stricter"] == ["decided"]


def test_a_folder_that_cannot_be_written_is_named(run: Run, local: Any, write: Write) -> None:
    """A file where the folder should be is wrong usage, not an internal fault."""
    name = local("tightens: [{rule: decided, within: 4 working days, cite: [2]}]\n")
    taken = write("taken", "")
    for folder in (taken, f"{taken}/cases"):
        told = run("conform", name, "--witness", folder)
        assert told.code == 2
        assert "--witness" in told.err


def test_the_cases_written_are_counted(run: Run, local: Any) -> None:
    """Named by duty and side, and said on the error output, where no report is."""
    name = local("tightens: [{rule: decided, within: 4 working days, cite: [2]}]\n")
    told = run("conform", name, "--witness", "cases", "--format", "json")
    assert told.err == "1 case is in cases.\n"
    assert [path.name for path in Path("cases").iterdir()] == ["decided-local.yaml"]
    (decided,) = [d for d in json.loads(told.out)["duties"] if d["verdict"] == "stricter"]
    assert [one["file"] for one in decided["examples"]] == ["decided-local.yaml"]


# A dozen weakenings in one shipped file, each confirmed by the program as a process of its own


def dozen() -> list[dict[str, Any]]:
    """Seeded weakenings of duties that Norfolk leaves as they are, one a duty."""
    taken = {change.rule.partition("/")[0] for change in written("norfolk").changes}
    found: dict[str, dict[str, Any]] = {}
    for own in entries("weakenings").values():
        for entry in own:
            rule = entry["rule"].partition("/")[0]
            shown = not {"without", "force", "by", "only_by", "readings", "effective"} & set(entry)
            if shown and rule not in taken:
                found.setdefault(rule, entry)
    return list(found.values())[:DOZEN]


def seeded_norfolk(own: list[dict[str, Any]]) -> str:
    """Norfolk's file with these departures."""
    lines = "".join(f"  - {json.dumps(e)}\n" for e in json.loads(departures(own, "1.p1")))
    text = shipped_text("norfolk")
    if "\ndeparts:\n" not in text:
        text += "\ndeparts:\n"
    return text.replace("\ndeparts:\n", f"\ndeparts:\n{lines}")


def gaps(cases: list[Path], protocol: str) -> dict[str, set[str]]:
    """The duties of which `protocol check` reports a gap, by the name of the case."""
    code, out, err = ended(
        "check", *cases, "--protocol", protocol, "--format", "json", "--no-cross-check"
    )
    assert code in (0, 1, 4), err
    return {
        report["case"]: {gap.partition("@")[0].removesuffix("/role") for gap in report["gaps"]}
        for report in json.loads(out)["reports"]
    }


def test_the_program_confirms_a_dozen_counterexamples(write: Write) -> None:
    """Each case written is a gap by the national protocol and none by the weakened one."""
    own = dozen()
    assert len(own) == DOZEN
    seeded = write("rules/norfolk.yaml", seeded_norfolk(own))
    code, _, err = ended("conform", seeded, "--witness", "cases")
    assert code == 5, err
    rules = {f"{entry['rule'].replace('/', '.')}-national": entry["rule"] for entry in own}
    cases = [Path("cases") / f"{name}.yaml" for name in rules]
    nationally, here = gaps(cases, "wt2023"), gaps(cases, seeded)
    assert nationally.keys() == here.keys() == rules.keys()
    for name, rule in rules.items():
        assert rule in nationally[name] - here[name], rule
