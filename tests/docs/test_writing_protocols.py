"""The tutorial for policy officers is true: every example in it is run.

A block's tag says what it is. `yaml protocol`: a whole file. `yaml part`: sections of a file,
`yaml duty`: duties of a block, both put into the first protocol of the page. `yaml case`: a case.
`wrong` before the kind: refused with the `text message` that follows. `misleading`: accepted, but
it says something else than was meant. `text result`: what the rules last shown say of the case
last shown.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import indent

import pytest
from typer.testing import CliRunner

from engine.cli.app import app
from engine.data import data_folder
from engine.errors import InvalidInput, Problem
from engine.load.case import read_cases
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.fact import Dictionary
from engine.model.finding import Finding
from engine.model.program import Program
from engine.packs import find_protocol
from engine.pipeline import check, compile_chain

PAGE = data_folder("protocols").parent / "docs" / "writing-protocols.md"
TEXT = PAGE.read_text("utf-8")
KINDS = ("protocol", "part", "duty", "case", "result", "message")
TODAY = datetime.date(2026, 1, 5)


@dataclass(frozen=True)
class Block:
    """A fenced block of the page; `line` is where it begins."""

    line: int
    manner: str  # wrong, misleading or empty
    kind: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line} {self.manner} {self.kind}"


def blocks() -> Iterator[Block]:
    """Every tagged block of the page, in order."""
    fence = r"^```(?:yaml|text) (?:(wrong|misleading) )?(\w+)\n(.*?)^```$"
    for found in re.finditer(fence, TEXT, re.MULTILINE | re.DOTALL):
        line = TEXT.count("\n", 0, found.start()) + 1
        yield Block(line, found[1] or "", found[2], found[3])


BLOCKS = list(blocks())
RULES = [block for block in BLOCKS if block.kind in ("protocol", "part", "duty")]
FIRST = next(block for block in RULES if block.kind == "protocol")
HEADER = FIRST.text[: FIRST.text.index("checks:")]


def protocol_text(block: Block) -> str:
    """The whole file that the block is, or is a piece of."""
    if block.kind == "protocol":
        return block.text
    if block.kind == "part":
        own = re.findall(r"^(\w+):", block.text, re.MULTILINE)
        return "".join(
            section for section in sections(HEADER) if section.split(":")[0] not in own
        ) + (block.text)
    opening = "checks:\n  - id: example\n    title: Example\n    duties:\n"
    return HEADER + opening + indent(block.text, "      ")


def sections(text: str) -> list[str]:
    """A file cut before every line that is not indented."""
    return re.split(r"^(?=\w)", text, flags=re.MULTILINE)


@cache
def dictionary() -> Dictionary:
    return read_dictionary()


@cache
def program(block: Block) -> Program:
    """The rules of the block, through every stage; raises `InvalidInput`."""
    text = protocol_text(block)
    chain = [(Path("anyshire.yaml"), text.encode())]
    if found := re.search(r"^extends: (\w+)", text, re.MULTILINE):
        parent = find_protocol(found[1])
        chain.append((parent, parent.read_bytes()))
    return compile_chain(chain, dictionary())


def results(rules: Block, case: Block) -> set[str]:
    """What the report says of each duty, for each item where there are several."""
    document = parse_document(case.text.encode(), "case.yaml")
    cases, problems = read_cases(document, dictionary(), TODAY)
    assert not problems, [str(problem) for problem in problems]
    (assessment,) = check(cases, program(rules), dictionary(), today=TODAY)
    return {line for finding in assessment.findings for line in lines(finding)}


def lines(finding: Finding) -> Iterator[str]:
    """The line of the whole duty, then one for each item, interval and reading."""
    yield f"{finding.id}: {spoken(finding.status, finding.gap)}"
    for instance in finding.instances:
        said = spoken(instance.verdict.status, instance.verdict.gap)
        yield f"{finding.id}, {instance.name}: {said}"
        for part in instance.parts:
            name = part.says or f"interval {part.interval}"
            yield f"{finding.id}, {name}: {spoken(part.status, part.gap)}"


def spoken(status: str, gap: str) -> str:
    ending = {"yes": ", a gap", "no": "", "undetermined": ", perhaps a gap"}[gap]
    return status.replace("_", " ") + ending


def shown(problem: Problem) -> str:
    """The problem without its place: lines of an excerpt are not those of a file."""
    return f"{problem.severity} [{problem.code}] {problem.message}\n    {problem.cure}\n"


def followed(kind: str) -> list[tuple[Block, Block, Block]]:
    """Each `kind` block with the rules and the case shown last before it."""
    found = []
    rules = case = FIRST
    for block in BLOCKS:
        if block in RULES:
            rules = block
        elif block.kind == "case":
            case = block
        elif block.kind == kind:
            found.append((rules, case, block))
    return found


def test_every_tag_is_known() -> None:
    """A mistyped tag would leave an example untested."""
    assert {block.kind for block in BLOCKS} <= set(KINDS)
    assert len(BLOCKS) == len(re.findall(r"^```(?:yaml|text)", TEXT, re.MULTILINE))


@pytest.mark.parametrize("block", [b for b in RULES if b.manner != "wrong"], ids=str)
def test_examples_are_accepted(block: Block) -> None:
    """What is shown as right, or as right in form, goes through every stage."""
    assert program(block).protocol


@pytest.mark.parametrize(("rules", "_case", "message"), followed("message"), ids=str)
def test_wrong_examples_give_the_message_beside_them(
    rules: Block, _case: Block, message: Block
) -> None:
    """A wrong example is refused in the words that the page shows."""
    assert rules.manner == "wrong"
    with pytest.raises(InvalidInput) as refused:
        program(rules)
    assert "".join(shown(problem) for problem in refused.value.problems) == message.text


@pytest.mark.parametrize(("rules", "case", "result"), followed("result"), ids=str)
def test_results_are_those_shown(rules: Block, case: Block, result: Block) -> None:
    """The report says of the case what the page says it does."""
    actual = results(rules, case)
    assert set(result.text.splitlines()) <= actual, actual


def test_each_wrong_example_has_its_message() -> None:
    """None is shown without what the program says of it."""
    wrong = [block for block in RULES if block.manner == "wrong"]
    assert wrong == [rules for rules, _, _ in followed("message")]


def test_every_key_of_the_language_is_explained() -> None:
    """Each key of the schema stands in the page in code type."""
    schema = json.loads((data_folder("schemas") / "protocol.schema.json").read_text("utf-8"))
    objects = [schema, *schema["$defs"].values()]
    keys = {key for part in objects for key in part.get("properties", {})}
    named = set(re.findall(r"`([a-z_]+)(?:: [^`]*)?`", TEXT))
    assert keys - named == set()


def test_every_command_and_option_exists() -> None:
    """What the page says to type is what the program's own help offers."""
    runner = CliRunner()
    named = {*re.findall(r"`protocol ([a-z]+)", TEXT)}
    parts = {"import": ["import cin"], "new": ["new authority", "new rule"]}
    asked = [part for one in sorted(named) for part in parts.get(one, [one])]
    helps = [runner.invoke(app, [*one.split(), "--help"]) for one in asked]
    assert {help_.exit_code for help_ in helps} == {0}
    offered = "".join(help_.output for help_ in helps)
    for option in re.findall(r"`[^`\n]*?(--[a-z-]+)", TEXT):
        assert option in offered, option


def test_every_status_is_explained() -> None:
    """The eight words of the report stand in its results."""
    words = {
        line.split(": ")[1].split(",")[0]
        for _, _, r in followed("result")
        for line in r.text.splitlines()
    }
    assert words == {
        "met", "late", "excused", "outstanding", "overdue", "not evidenced", "undetermined",
        "not applicable",
    }  # fmt: skip
