"""The examples of docs/errors: what each fenced block is, and what the program says of it.

A block's tag says what it is. `yaml protocol`: a whole file. `yaml part`: sections of a file, and
`yaml duty`: duties of a block, both put into a small protocol. `yaml case`, `json case`: a case.
`text message`: what the program says of the block before it.
"""

from __future__ import annotations

import datetime
import re
import tempfile
from functools import cache
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

from engine.errors import InvalidInput, Problem
from engine.load.case import read_cases
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.pipeline import chain_of, compile_chain

TODAY = datetime.date(2025, 6, 30)
_FENCE = re.compile(r"^```(yaml|json|text) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
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
    if example.kind == "case":
        return _of_case(example)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "anyshire.yaml"
        path.write_text(_whole(example), encoding="utf-8")
        try:
            compile_chain(chain_of(path), read_dictionary())
        except InvalidInput as fault:
            return fault.problems
    return ()


def said(example: Example, code: str) -> str:
    """The messages of this code, without their places: lines of an excerpt are not a file's."""
    return "".join(
        f"{one.severity} [{one.code}] {one.message}\n    {one.cure}\n"
        for one in problems(example)
        if one.code == code
    )


def _of_case(example: Example) -> tuple[Problem, ...]:
    try:
        document = parse_document(example.text.encode(), f"case.{example.language}")
        cases, faults = read_cases(document, read_dictionary(), TODAY)
    except InvalidInput as fault:
        return fault.problems
    return (*faults, *(warning for case in cases for warning in case.warnings))


def _whole(example: Example) -> str:
    """The file that the example is, or is a part of."""
    if example.kind == "protocol":
        return example.text
    if example.kind == "duty":
        return _HEADER + _BLOCK + indent(example.text, "      ")
    own = set(re.findall(r"^(\w+):", example.text, re.MULTILINE))
    if "extends" in own:  # the protocol above has the role
        own.add("roles")
    sections = re.split(r"^(?=\w)", _HEADER, flags=re.MULTILINE)
    return "".join(one for one in sections if one.split(":")[0] not in own) + example.text
