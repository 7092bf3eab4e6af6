"""docs/validating.md, the pre-commit hook and the CI workflow: all they name is there."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator

import pytest
import typer
import yaml

from engine.cli.app import app
from engine.cli.validate import Format
from engine.data import data_folder
from engine.errors import Place, Problem
from engine.pipeline import MOST_BYTES
from engine.report.problems import Checked
from engine.report.problems.machine import problems_json
from engine.validate import limits

ROOT = data_folder("protocols").parent
PAGE = (ROOT / "docs" / "validating.md").read_text("utf-8")
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
WORKFLOW = yaml.safe_load(
    (ROOT / "examples" / ".github" / "workflows" / "protocols.yml").read_text("utf-8")
)
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def steps() -> list[str]:
    return [step.get("run", "") for job in WORKFLOW["jobs"].values() for step in job["steps"]]


def commands(text: str) -> Iterator[list[str]]:
    """The words of every `protocol …` in a script or a page."""
    for line in re.findall(r"(?:^|[\s`])protocol ((?:[a-z]+)(?: [^`\n]*)?)", text, re.MULTILINE):
        yield shlex.split(line, comments=True)


@pytest.mark.parametrize("text", [*steps(), *(hook["entry"] for hook in HOOKS)])
def test_every_command_and_option_exists(text: str) -> None:
    """As the command line has them today."""
    for name, *words in commands(text):
        assert name in COMMANDS
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known


def test_the_workflow_validates_tests_and_conforms() -> None:
    """Each as a step of its own that runs although the one before found something."""
    run = [words[0] for step in steps() for words in commands(step)]
    assert run == ["validate", "test", "test", "ledger", "conform"]
    checks = [s for job in WORKFLOW["jobs"].values() for s in job["steps"] if "protocol " in
              s.get("run", "")]  # fmt: skip
    assert ["if" in step for step in checks] == [False, True, True, True]


def test_the_workflow_may_only_read() -> None:
    """No token that could write, and no run without an end."""
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert all("timeout-minutes" in job for job in WORKFLOW["jobs"].values())


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("protocols/anyshire.yaml", True),
        ("packs/north/protocols/ledgers/anyshire.csv", True),
        ("docs/protocols.md", False),
        ("examples/case.yaml", False),
    ],
)
def test_the_hook_runs_for_what_a_pack_holds(name: str, meant: bool) -> None:
    """Protocols and ledgers, wherever the pack lies."""
    (hook,) = HOOKS
    assert hook["id"] == "protocol-validate"
    assert bool(re.search(hook["files"], name)) == meant


def test_the_page_names_every_format() -> None:
    """One row each."""
    assert re.findall(r"^\| `(\w+)` \| (?!its|whether)", PAGE, re.MULTILINE)[: len(Format)] == [
        *Format
    ]


def test_the_page_describes_every_field_of_the_json() -> None:
    """Those of the object, of a file and of a problem."""
    problem = Problem("P101", "x", Place("a.yaml", 1, 1))
    told = json.loads(problems_json([Checked("a.yaml", (problem,), None)]))
    for field in (*told, *told["files"][0], *told["problems"][0]):
        assert f"`{field}`" in PAGE


def test_the_page_has_the_limits_as_they_are() -> None:
    """Figure by figure."""
    rows = re.findall(r"^\| ([^|]+) \| ([\d,]+)(?: MB)? \|$", PAGE, re.MULTILINE)
    figures = [int(figure.replace(",", "")) for _, figure in rows]
    assert figures == [
        MOST_BYTES // 1_000_000, limits.MOST_ENTRIES, limits.MOST_DUTIES, limits.MOST_CHARACTERS,
        limits.MOST_PARTS, limits.MOST_NESTED, limits.MOST_DEEP,
    ]  # fmt: skip
