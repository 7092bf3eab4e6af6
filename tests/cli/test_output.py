"""What is written to a terminal, a file or a pipe: width, colour, and contents that mean harm."""

from __future__ import annotations

import re
import sys
from itertools import pairwise

import pytest

from tests.cli.conftest import EXAMPLES, GAP, Run, Write

ESCAPE = "\x1b"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """Every example, all duties listed."""
    monkeypatch.setenv("COLUMNS", str(width))
    lines = run("check", EXAMPLES, "--all").out.splitlines()
    assert max(map(len, lines)) <= width


def test_every_width_says_the_same_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrapping moves words and loses none."""
    told = []
    for width in (80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        told.append(run("check", EXAMPLES / "referral.yaml").out.split())
    assert sorted(told[0]) == sorted(told[1])


@pytest.mark.parametrize("columns", ["", "0", "-3", "wide", "1", "100000"])
def test_an_odd_width_is_no_reason_to_fail(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """It is taken for one that can be read."""
    monkeypatch.setenv("COLUMNS", columns)
    told = run("check", EXAMPLES / "unborn.yaml")
    assert told.code == 1
    assert max(map(len, told.out.splitlines())) <= 160


@pytest.mark.parametrize(
    ("terminal", "settings", "coloured"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    terminal: bool,
    settings: dict[str, str],
    coloured: bool,
) -> None:
    """Never in a pipe unless asked for, never against NO_COLOR."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert (ESCAPE in run("check", EXAMPLES / "unborn.yaml").out) is coloured


def test_colour_says_nothing_of_its_own(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its codes, the coloured report is the plain one."""
    plain = run("check", EXAMPLES / "referral.yaml").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run("check", EXAMPLES / "referral.yaml").out
    assert re.sub(rf"{ESCAPE}\[[0-9;]*m", "", coloured) == plain


def test_the_most_important_comes_first(run: Run) -> None:
    """What case, the gaps, what is next, what must be known, then the rest."""
    out = run("check", EXAMPLES / "referral.yaml").out
    order = ["example-1 ·", "\nGAPS", "\nNEXT", "\nTO BE KNOWN", "\nBASIS", "\nTHRESHOLDS"]
    places = [out.index(heading) for heading in order]
    assert all(one < other for one, other in pairwise(places))


def test_what_came_due_after_the_record_ends_is_said_to_be_past(run: Run) -> None:
    """A date that is over is not shown as one still to come."""
    told = " ".join(run("check", EXAMPLES / "referral.yaml", "--as-of", "2025-06-30").out.split())
    assert "It was due by 30 May 2025, and may have been done: the record speaks" in told
    assert "if not done already" not in told


def test_the_advice_names_the_lists_it_asks_about(run: Run, write: Write) -> None:
    """Said in the file as advised, the question about these lists is settled."""
    case = "case: a\nauthority: norfolk\nas_of: 2025-06-02\n"
    before = run("check", write("case.yaml", case)).out
    (advice,) = re.findall(r"say so in the file: `(complete: [^`]+)`", " ".join(before.split()))
    after = run("check", write("case.yaml", f"{case}{advice}\n"))
    assert after.err == ""
    assert not set(re.findall(r"[a-z_]+", advice)) & set(re.findall(r"[a-z_]+", after.out)) - {
        "complete", "moves", "emergencies", "referrals",
    }  # fmt: skip


def test_a_title_cannot_colour_or_move_the_report(run: Run, write: Write, anyshire: str) -> None:
    """Markup, links and escape codes in a protocol are text like any other, or refused."""
    rules = (write("rules/anyshire.yaml", "") and anyshire).replace("anyshire.yaml", "a.yaml")
    text = PROTOCOL_WITH.format(title="[red]Give[/red] [link=file:///x]it[/link] :bomb:")
    told = run("check", write("case.yaml", GAP), "--protocol", write(rules, text))
    assert "[red]Give[/red] [link=file:///x]it[/link] :bomb:" in " ".join(told.out.split())
    escaped = PROTOCOL_WITH.format(title="Give\\e[2J\\a it")
    refused = run("check", write("case.yaml", GAP), "--protocol", write(rules, escaped))
    assert ESCAPE not in refused.out + refused.err


def test_escape_codes_in_a_case_are_refused_without_being_shown(run: Run, write: Write) -> None:
    """A control character is named by its place."""
    told = run("check", write("case.yaml", f"case: a{ESCAPE}[2Jb\n"))
    assert told.code == 3
    assert told.err.startswith("case.yaml:1:8: error [D109] There is an invisible control char")
    assert ESCAPE not in told.err


def test_a_very_long_line_is_not_repeated(run: Run, write: Write) -> None:
    """A message stays short whatever stands in the file."""
    for text in (f"case: {'x' * 100_000}\n", f"{'x' * 100_000}: yes\n", "[" * 100_000):
        told = run("check", write("case.yaml", text))
        assert told.code == 3
        assert len(told.err) < 1000


PROTOCOL_WITH = """\
protocol: a
title: A protocol
effective: {{from: 2024-09-01}}
documents:
  protocol: {{title: A Protocol, ledger: a}}
checks:
  - id: assessment
    title: Assessment
    duties:
      - id: outcome-in-writing
        title: "{title}"
        for_each: referrals
        from: assessment.concluded
        within: 5 working days
        done: assessment.outcome_given_in_writing
        by: social_worker
        force: will
        cite: [4.p2]
roles:
  social_worker: {{title: social worker, counts: [social_worker]}}
"""
