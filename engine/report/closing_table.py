"""The last table of the reports of several cases: one line a case, to see where to look first.

In: `Summary`s, the width, whether to use colour. Out: the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import ExitCode
from engine.report.outline import Summary
from engine.report.page import LEAST_WIDTH, Page, Piece
from engine.report.words import day_in_words, short_name


def closing_table(summaries: Sequence[Summary], *, width: int, colour: bool) -> str:
    """One line a case, after the reports of several: its gaps, its next date, what was decided.

    The protocol is named where they differ. A narrow page leaves the last columns out.
    """
    page = Page(max(width, LEAST_WIDTH), colour=colour)
    several = len({summary.program.protocol for summary in summaries}) > 1
    shown = [number for number, title in enumerate(_COLUMNS) if several or title != "Protocol"]
    widths = [list(_COLUMNS.values())[number] for number in shown]
    while (left := page.width - sum(widths) - 2 * (len(widths) - 1)) < _LEAST_CASE:
        del shown[-1], widths[-1]
    widths[0] = left
    for row in ([Piece(title, "strong") for title in _COLUMNS], *map(_row, summaries)):
        page.row([row[number] for number in shown], widths)
    return page.text()


_LEAST_CASE = 16
# Titles and widths; the case has what is left.
_COLUMNS = {"Case": 0, "Protocol": 9, "Result": 14, "Gaps": 4, "Next date": 17, "Decided": 10}
_RESULTS = {
    ExitCode.CLEAN: Piece("no gap", "good"),
    ExitCode.GAP: Piece("× gap", "bad"),
    ExitCode.UNDECIDED: Piece("? undecided", "maybe"),
    ExitCode.INTERNAL: Piece("! fault", "bad"),
}
_POSSIBLE = Piece("? possible gap", "maybe")  # undecided, with more reason to look


def _row(summary: Summary) -> list[Piece]:
    gaps = sum(len(entry.lines) for entry in summary.gaps)
    perhaps = summary.possible_gaps and summary.exit_code == ExitCode.UNDECIDED
    return [
        Piece(summary.assessment.case),
        Piece(short_name(summary.program.protocol)),
        _POSSIBLE if perhaps else _RESULTS[summary.exit_code],
        Piece(str(gaps)),
        Piece(day_in_words(summary.next_day) if summary.next_day else "–"),
        Piece(f"{summary.basis.decided} of {summary.basis.counted}"),
    ]
