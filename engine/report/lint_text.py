"""The findings of lint for people: each with its line, then what the protocols explain.

In: for each protocol its findings, and the lines of a file by its name. Out: text for a terminal.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.analysis.lint import Finding
from engine.model.protocol import Protocol
from engine.report.page import Page, Piece
from engine.report.problems.text import Lines, problem_lines
from engine.report.words import number_of


def lint_text(
    found: Sequence[tuple[Protocol, Sequence[Finding]]],
    lines: Lines,
    *,
    width: int,
    colour: bool,
    everything: bool,
) -> str:
    """What is to look at, then a line a protocol; the explained ones only if asked for."""
    page = Page(width, colour=colour)
    for _, findings in found:
        for one in findings:
            if everything or not one.because:
                problem_lines(page, one.problem, lines)
                if one.because:
                    page.paragraph([Piece(f"Explained: {one.because}", "faint")], indent=4)
                page.blank()
    for protocol, findings in found:
        left = sum(not one.because for one in findings)
        explained = len(findings) - left
        said = number_of(left, "finding") if left else "nothing found"
        beside = f", and {explained} explained" if explained else ""
        name = Piece(f"{protocol.id}:", "strong")
        page.paragraph([name, Piece(f"{said}{beside}.", "maybe" if left else "good")])
    codes = [one.problem.code for _, findings in found for one in findings if not one.because]
    if codes:
        page.paragraph([Piece(f"More about one: `protocol explain {codes[0]}`.", "faint")])
    return page.text()
