"""Small protocols for lint: text in, findings out, and what the engine says of a finding's case."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent, indent

from engine.analysis.lint import Finding, lint
from engine.evaluate import evaluate
from engine.load.case import read_cases, written
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.case import Case
from engine.model.fact import Dictionary
from engine.model.finding import Assessment
from engine.model.program import Program
from engine.model.protocol import Protocol
from engine.pipeline import compiled_text

HEAD = """\
protocol: anyshire
title: Protocol of Anyshire
effective: {from: 2024-01-01}
documents:
  guide: {title: Guide of Anyshire, ledger: anyshire}
roles:
  team: {title: the team}
"""
BLOCK = """\
checks:
  - id: work
    title: The work
    by: team
    force: should
    cite: [1.p1]
"""
UNDER, AT_LEAST = (  # so many years
    f"{{{{age: {{{{at: referral.received, {than}: {{}}}}}}}}}}" for than in ("under", "at_least")
)


@cache
def dictionary() -> Dictionary:
    return read_dictionary()


def text(duties: str, above: str = "", block: str = "for_each: referrals") -> str:
    """A whole file: `duties` of one block, whose own keys are `block`, and sections before it."""
    keys = indent(f"{dedent(block).strip()}\nduties:\n", "    ")
    return HEAD + dedent(above) + BLOCK + keys + indent(dedent(duties).strip("\n"), "      ") + "\n"


@cache
def read(protocol: str) -> tuple[Protocol, Program]:
    return compiled_text(Path("anyshire.yaml"), protocol.encode(), dictionary())


def linted(protocol: str, ledger: Mapping[tuple[str, str], str] | None = None) -> list[Finding]:
    """What lint finds in a file; `ledger` is what its clauses are said to be."""
    return lint(*read(protocol), dictionary(), ledger or {})


def codes(protocol: str) -> list[str]:
    return [one.problem.code for one in linted(protocol)]


def the(code: str, protocol: str) -> Finding:
    """The one finding of this code."""
    (one,) = [one for one in linted(protocol) if one.problem.code == code]
    return one


def checked(case: Case | None, program: Program) -> Assessment:
    """What `protocol check` says of the case once it has been written to a file and read again."""
    assert case is not None
    document = parse_document(written(case, dictionary()).encode(), "case.yaml")
    today = datetime.date(2030, 1, 1)
    (again,), problems = read_cases(document, dictionary(), today)
    assert not [problem for problem in problems if problem.severity == "error"]
    (assessment,) = evaluate(program, [again], dictionary(), None, today)
    return assessment
