"""The whole line under attack: protocols with random damage give a program or problems.

Each example cuts a shipped protocol, or one that uses every key, down to two blocks, deletes,
doubles, renames or replaces a few of its nodes, and sends it from load to compile.
"""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.compile import compile_protocol
from engine.data import data_folder
from engine.errors import InvalidInput
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.program import Program
from engine.model.protocol import Protocol
from engine.pipeline import compile_chain
from engine.resolve import resolve_chain
from engine.validate import validate

DICTIONARY = read_dictionary()
FOLDER = data_folder("protocols")
EVERY = Path(__file__).parent.parent / "protocols" / "constructs" / "protocols" / "base.yaml"
LOCAL = EVERY.parent / "local.yaml"
NAME = "damaged.json"
SECTIONS = ("checks", "pathways")
WORDS = (
    "", "yes", "no", "8 weeks", "45 working days", "at once", "promptly", "as_of", "consider",
    "child.disabled", "child.born", "referral.received", "assessment.concluded", "referrals",
    "assessment.agencies", "cin_plan.reviews", "cin_plan.started", "agency.contacted",
    "referral.family_reported", "2025-02-31", "not_known", "refused", "x" * 200, "a: b", "é ☃",
)  # fmt: skip
Node = Any


@cache
def whole(path: Path) -> Node:
    return parse_document(path.read_bytes(), path.name).value


@st.composite
def small_protocols(draw: st.DrawFn) -> Node:
    """A protocol that stands alone, with a check and a pathway; it may name what is gone."""
    path = draw(st.sampled_from([EVERY, *sorted(FOLDER.glob("*.yaml"))]))
    value = deepcopy(whole(path))
    for section in SECTIONS:
        if blocks := value.get(section):
            value[section] = [draw(st.sampled_from(blocks))]
    for key in ("extends", "restates", "meets", "tightens", "departs"):
        value.pop(key, None)
    return value


def written(value: Node) -> bytes:
    return json.dumps(value, indent=1).encode()


def paths(value: Node, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every node below `value`."""
    pairs: Any = value.items() if isinstance(value, dict) else enumerate(value)
    out: list[tuple[str | int, ...]] = []
    for key, inner in pairs:
        out.append((*above, key))
        if isinstance(inner, dict | list):
            out.extend(paths(inner, (*above, key)))
    return out


def at(value: Node, path: tuple[str | int, ...]) -> Node:
    for key in path:
        value = value[key]
    return value


def damaged(draw: st.DrawFn, value: Node) -> None:
    """One node of `value` deleted, doubled, renamed or replaced."""
    places = paths(value)
    if not places:
        return
    path = draw(st.sampled_from(places))
    holder: Any = at(value, path[:-1])
    key: Any = path[-1]
    how = draw(st.sampled_from(["delete", "double", "rename", "text", "swap", "swap", "tree"]))
    if how == "delete":
        del holder[key]
    elif how == "double" and isinstance(holder, list):
        holder.insert(int(key), deepcopy(holder[key]))
    elif how == "rename" and isinstance(holder, dict):
        other = draw(st.sampled_from(sorted({str(p[-1]) for p in places if str(p[-1])})))
        holder[other] = holder.pop(key)
    elif how == "swap":
        holder[key] = deepcopy(at(value, draw(st.sampled_from(places))))
    elif how == "tree":
        holder[key] = draw(st.sampled_from([[], {}, [[]], {"": ""}, {"not": {"not": ""}}, ["a"]]))
    else:
        holder[key] = draw(st.sampled_from(WORDS))


@st.composite
def damaged_protocols(draw: st.DrawFn, protocols: st.SearchStrategy[Node]) -> Node:
    value = draw(protocols)
    for _ in range(draw(st.integers(1, 3))):
        damaged(draw, value)
    return value


@cache
def parent() -> Protocol:
    return validate(parse_document(EVERY.read_bytes(), EVERY.name), DICTIONARY)


def sound(value: Node) -> bool:
    """Whether the line gives a program, or problems that all have a line, a cause and a cure."""
    try:
        document = parse_document(written(value), NAME)
        chain = [validate(document, DICTIONARY)]
        chain += [parent()] if "extends" in document.value else []
        resolved = resolve_chain(chain, lambda _, *path: document.place(path))
        return isinstance(compile_protocol(resolved, DICTIONARY), Program)
    except InvalidInput as fault:
        return bool(fault.problems) and all(
            problem.message and problem.cure and problem.place.line and problem.place.file == NAME
            for problem in fault.problems
        )


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(damaged_protocols(small_protocols()))
def test_a_damaged_protocol_gives_a_program_or_problems(value: Node) -> None:
    """Never another exception; each problem says what is wrong, on which line, and a cure."""
    assert sound(value)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(damaged_protocols(st.builds(lambda: deepcopy(whole(LOCAL)))))
def test_a_damaged_local_protocol_gives_a_program_or_problems(value: Node) -> None:
    """The same where it extends another: what it changes, restates and meets is attacked."""
    assert sound(value)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(small_protocols(), st.data())
def test_damaged_bytes_are_refused_or_read(value: Node, data: st.DataObject) -> None:
    """A file cut short, or with odd bytes in it, ends in a program or in problems too."""
    text = written(value)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    junk = data.draw(st.binary(max_size=6))
    with_junk = text[:start] + junk + text[end:]
    for name in ("damaged.json", "damaged.yaml"):
        with suppress(InvalidInput):
            compile_chain([(Path(name), with_junk)], DICTIONARY)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_mutants_begin_whole(path: Path) -> None:
    """Every shipped protocol has blocks, so that the attack reaches duties."""
    assert any(whole(path).get(section) for section in SECTIONS)
