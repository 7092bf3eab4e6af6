"""What scenarios cover of protocols: a table, then what is missing by name.

In: the coverage of each protocol. Out: text for a terminal, one line for a ledger, or JSON values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.analysis.coverage import LIMIT, SIDES, Coverage, RuleCoverage
from engine.report.page import Page, Piece, cells
from engine.report.words import number_of, sentence

_COLUMNS = {
    "at work": ("at work",),
    "silent": ("silent",),
    "undecided": ("undecided",),
    "limits": LIMIT,
    "excused": ("excused",),
    "person": ("right person", "wrong person"),
}
MOST_SHOWN = 40


def coverage_text(all_: Sequence[Coverage], *, width: int, colour: bool) -> str:
    """The table, what its columns mean, and the rules and clauses with something missing."""
    page = Page(width, colour=colour)
    if not all_:
        return ""
    page.paragraph([Piece("What the scenarios show", "strong"), Piece("(rules shown of rules)")])
    _table(page, all_)
    page.blank()
    for one in sorted(all_, key=lambda one: not one.whole):
        _missing(page, one)
    return "\n" + page.text()


def coverage_line(coverage: Coverage) -> str:
    """`Scenarios: 215 of 215 rules shown at work, silent and undecided; 120 of 120 limits …`"""
    shown, rules = coverage.shown("at work", "silent", "undecided")
    sides, limits = coverage.shown(*LIMIT)
    said = f"{shown} of {number_of(rules, 'rule')} shown at work, silent and undecided"
    said += f"; {sides} of {number_of(limits, 'limit')} on both sides." if limits else "."
    return said


def coverage_json(coverage: Coverage) -> dict[str, Any]:
    """The rules and clauses of one protocol with what is shown of them and what is missing."""
    return {
        "protocol": coverage.protocol,
        "scenarios": coverage.scenarios,
        "whole": coverage.whole,
        "rules": [
            {
                "rule": one.rule,
                "changed": one.changed,
                "sides": list(one.sides),
                "missing": list(one.missing),
                "seen_but_not_expected": [side for side, seen in one.missing.items() if seen],
            }
            for one in coverage.rules
        ],
        "clauses": [
            {
                "document": one.document,
                "clause": one.clause,
                "rules": list(one.rules),
                "shown": one.shown,
            }
            for one in coverage.clauses
        ],
    }


def _table(page: Page, all_: Sequence[Coverage]) -> None:
    names = ["protocol", *(one.protocol for one in all_)]
    rows = [[*_COLUMNS, "clauses"]]
    for one in all_:
        counts = [_of(*one.shown(*sides)) for sides in _COLUMNS.values()]
        rows.append([*counts, _of(*_clauses(one))])
    first = max(map(cells, names))
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for name, row in zip(names, rows, strict=True):
        style = "faint" if name == names[0] else ""
        numbers = [text.rjust(room) for text, room in zip(row, widths, strict=True)]
        page.row(
            [Piece(name, style or "strong"), *(Piece(n, style) for n in numbers)], [first, *widths]
        )


def _of(shown: int, every: int) -> str:
    return f"{shown}/{every}" if every else "-"


def _clauses(one: Coverage) -> tuple[int, int]:
    able = [clause.shown for clause in one.clauses if clause.shown is not None]
    return sum(able), len(able)


def _missing(page: Page, one: Coverage) -> None:
    """Rules of which no scenario shows a side, and clauses none of whose rules is at work."""
    short = [rule for rule in one.rules if rule.missing]
    if one.whole:
        scenarios = number_of(one.scenarios, "scenario")
        page.paragraph([Piece(f"{one.protocol}:", "strong"), Piece(f"all shown by {scenarios}.")])
        return
    page.blank()
    if short:
        page.paragraph([Piece(f"{one.protocol}: what no scenario expects", "strong")])
    for rule in short[:MOST_SHOWN]:
        _rule(page, rule)
    if more := short[MOST_SHOWN:]:
        page.paragraph([Piece(f"… and {len(more)} more rules (--format json)", "faint")], indent=4)
    if clauses := [clause.clause for clause in one.clauses if clause.shown is False]:
        page.paragraph([Piece(f"{one.protocol}: encoded clauses with no rule at work", "strong")])
        page.paragraph([Piece(", ".join(clauses))], indent=4)


def _rule(page: Page, rule: RuleCoverage) -> None:
    page.paragraph([Piece(rule.rule, "maybe"), Piece(str(rule.place), "faint")], indent=2)
    for happens, said in (
        (False, ""),
        (True, "happens in a scenario, but none expects it: "),
    ):
        sides = [_in_words(side) for side, seen in rule.missing.items() if seen == happens]
        if sides:
            page.paragraph([Piece(sentence(said + "; ".join(sides)))], indent=6)


def _in_words(side: str) -> str:
    base, on, reading = side.partition(" on the reading ")
    return f"{base} ({SIDES[base]}){on}{reading and f'“{reading}”'}"
