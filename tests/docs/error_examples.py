"""The examples of docs/errors: what each fenced block is, and what the program says of it.

A block's tag says what it is. `yaml protocol`: a whole file. `yaml part`: sections of a file, and
`yaml duty`: duties of a block, both put into a small protocol. `yaml case`, `json case`: a case.
`yaml scenarios`, `csv ledger`, `tsv clauses`, `xml return`: a file of its own. `text message`: what
the program says of the block before it.
"""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

from engine.analysis.clause_table import read_clauses
from engine.analysis.ledger import read_ledger
from engine.errors import InvalidInput, Problem
from engine.examine import Examiner
from engine.load.case import read_cases
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.pipeline import load_protocol, resolved
from engine.scenarios.names import unknown_names
from engine.scenarios.reading import read_scenario_file
from engine.sector.cin_census import read_cin

TODAY = datetime.date(2025, 6, 30)
_FENCE = re.compile(r"^```(yaml|json|csv|tsv|xml|text) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADER = """\
protocol: anyshire
title: Anyshire protocol
effective: {from: 2024-09-01}
documents:
  protocol: {title: Anyshire Protocol, ledger: anyshire}
roles:
  social_worker: {title: social worker, counts: [social_worker]}
"""
_BLOCK = "checks:\n  - id: referral\n    title: Referral\n    duties:\n"


class Example(NamedTuple):
    """A block of a page, and the message that follows it."""

    language: str
    kind: str
    text: str
    message: str


def examples(page: str) -> list[Example]:
    """The blocks of a page that the program can be given."""
    blocks = [(found[1], found[2], found[3]) for found in _FENCE.finditer(page)]
    given = []
    for number, (language, kind, text) in enumerate(blocks):
        if kind != "message":
            follows = blocks[number + 1] if number + 1 < len(blocks) else ("", "", "")
            given.append(Example(language, kind, text, follows[2]))
    return given


@cache
def problems(example: Example) -> tuple[Problem, ...]:
    """What the program says of the example."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"anyshire.{example.language}"
        path.write_text(_whole(example), encoding="utf-8")
        try:
            return _READERS[example.kind](path)
        except InvalidInput as fault:
            return fault.problems


def said(example: Example, code: str) -> str:
    """The messages of this code, without their places: lines of an excerpt are not a file's."""
    return "".join(
        f"{one.severity} [{one.code}] {one.message}\n    {one.cure}\n"
        for one in problems(example)
        if one.code == code
    )


def _protocol(path: Path) -> tuple[Problem, ...]:
    ledgers = path.parent / "ledgers"
    ledgers.mkdir()
    lines = "clause,hash,disposition,rules,note\n3.p1\n3.p2\n5.p2\n5.p3\n"
    (ledgers / "anyshire.csv").write_text(lines, encoding="utf-8")
    return _examiner().examine(path).problems


@cache
def _examiner() -> Examiner:
    return Examiner(read_dictionary())


def _case(path: Path) -> tuple[Problem, ...]:
    document = parse_document(path.read_bytes(), path.name)
    cases, faults = read_cases(document, read_dictionary(), TODAY)
    return (*faults, *(warning for case in cases for warning in case.warnings))


def _scenarios(path: Path) -> tuple[Problem, ...]:
    file = read_scenario_file(path, read_dictionary())
    program = load_protocol("wt2023")
    unknown = (one for scenario in file.scenarios for one in unknown_names(scenario, program))
    return (*file.problems, *unknown)


def _ledger(path: Path) -> tuple[Problem, ...]:
    duty = "- {id: acknowledge, title: Acknowledge the referral, done: referral.acknowledged,"
    duty += " by: social_worker, force: should, cite: [3.p1], for_each: referrals}\n"
    beside = path.with_name("anyshire.yaml")
    beside.write_text(_HEADER + _BLOCK + indent(duty, "      "), encoding="utf-8")
    protocol = resolved(str(beside), read_dictionary())
    read_ledger(path, protocol, protocol.documents[0])
    return ()


def _clauses(path: Path) -> tuple[Problem, ...]:
    read_clauses(path)
    return ()


def _return(path: Path) -> tuple[Problem, ...]:
    return read_cin(path, read_dictionary()).problems


_READERS: dict[str, Callable[[Path], tuple[Problem, ...]]] = {
    "protocol": _protocol,
    "part": _protocol,
    "duty": _protocol,
    "case": _case,
    "scenarios": _scenarios,
    "ledger": _ledger,
    "clauses": _clauses,
    "return": _return,
}


def _whole(example: Example) -> str:
    """The file that the example is, or is a part of."""
    if example.kind not in ("part", "duty"):
        return example.text
    if example.kind == "duty":
        return _HEADER + _BLOCK + indent(example.text, "      ")
    own = set(re.findall(r"^(\w+):", example.text, re.MULTILINE))
    if "extends" in own:  # the protocol above has the role
        own.add("roles")
    sections = re.split(r"^(?=\w)", _HEADER, flags=re.MULTILINE)
    return "".join(one for one in sections if one.split(":")[0] not in own) + example.text
