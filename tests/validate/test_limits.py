"""How large a protocol may be: each limit is named in its message, and is kept in seconds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import InvalidInput, Problem
from engine.examine import Examiner
from engine.load.dictionary import read_dictionary
from engine.pipeline import load_protocol
from engine.validate.limits import MOST_CHARACTERS, MOST_DUTIES, MOST_ENTRIES, MOST_PARTS

EXAMINER = Examiner(read_dictionary())
HEAD = """\
protocol: seaham
title: Seaham
effective: {from: 2025-01-01}
documents: {protocol: {title: Seaham, ledger: seaham}}
roles: {worker: {title: the worker}}
"""
WHEN = "definitions:\n  - {id: a, title: A, cite: [x], when: "


def condition(text: str) -> str:
    return f"{HEAD}{WHEN}{text}}}\n"


def nested(depth: int) -> str:
    return condition("{not: " * depth + "child.disabled" + "}" * depth)


def parts(count: int, key: str = "any") -> str:
    return condition(f"{{{key}: [{', '.join(['child.disabled'] * count)}]}}")


def duties(count: int) -> str:
    block = "checks:\n- {id: b, title: B, by: worker, force: must, cite: [x], duties: [\n"
    duty = "  {{id: d{}, title: D, for_each: referrals, done: assessment.concluded}},\n"
    return HEAD + block + "".join(duty.format(n) for n in range(count)) + "]}\n"


def note(length: int) -> str:
    return f"{HEAD}questions: [{{id: q, cite: [x], asks: {'x' * length}}}]\n"


def examined(tmp_path: Path, text: str) -> list[Problem]:
    path = tmp_path / "seaham.yaml"
    path.write_text(text, "utf-8")
    return [one for one in EXAMINER.examine(path).problems if one.code != "P502"]


@pytest.mark.parametrize(
    ("text", "code", "limit"),
    [
        (lambda: nested(10_000), "D117", "64"),
        (lambda: nested(25), "P199", "20"),
        (lambda: parts(100_000), "D104", "1 MB"),
        (lambda: parts(20_000), "P196", "500"),
        (lambda: parts(20_000, "all"), "P196", "500"),
        (lambda: duties(2_100), "P197", "2,000"),
        (lambda: note(6_000), "P195", "5,000"),
        (lambda: HEAD + "".join(f"k{n}: x\n" for n in range(60_000)), "P194", "50,000"),
        (lambda: HEAD + "x: &a [y]\n", "D111", "endlessly large"),
    ],
)
def test_a_limit_is_named(tmp_path: Path, text: Callable[[], str], code: str, limit: str) -> None:
    """One message, at its place, with the figure; `validate` and `check` say the same."""
    (found,) = examined(tmp_path, text())
    assert found.code == code
    assert limit in found.message
    assert found.cure
    with pytest.raises(InvalidInput) as refused:
        load_protocol(str(tmp_path / "seaham.yaml"))
    assert refused.value.problems == (found,)


@pytest.mark.parametrize(
    "text",
    [
        lambda: nested(20),
        lambda: parts(MOST_PARTS),
        lambda: duties(200),
        lambda: note(MOST_CHARACTERS),
    ],
)
def test_what_just_fits_is_accepted(tmp_path: Path, text: Callable[[], str]) -> None:
    """The limit itself is allowed."""
    assert examined(tmp_path, text()) == []


def test_our_own_protocols_are_far_from_the_limits() -> None:
    """A tenth, so that no authority meets one in good faith."""
    assert MOST_ENTRIES > 10 * 4_000
    assert MOST_DUTIES > 4 * 400


def test_many_definitions_one_on_the_next_are_no_traceback(tmp_path: Path) -> None:
    """Depth by reference is a problem of its own (P410), found by the compiler."""
    rows = [
        f"  - {{id: d{n}, title: D, cite: [x], when: {{not: {{definition: d{n + 1}}}}}}}\n"
        for n in range(1_500)
    ]
    last = "  - {id: d1500, title: D, cite: [x], when: child.disabled}\n"
    found = examined(tmp_path, f"{HEAD}definitions:\n{''.join(rows)}{last}")
    assert {problem.code for problem in found} <= {"P410"}


def test_thousands_of_mistakes_are_told_in_seconds(tmp_path: Path) -> None:
    """Near names are looked for only for the first."""
    wrong = [f"{{any: [{', '.join(f'child.w{n}x{m}' for m in range(400))}]}}" for n in range(10)]
    found = examined(tmp_path, condition(f"{{any: [{', '.join(wrong)}]}}"))
    assert [problem.code for problem in found] == ["P201"] * 4_000
