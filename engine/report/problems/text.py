"""Problems for people: each with its place, what is wrong, how to mend it, and the line itself.

In: what was checked, and the lines of a file by its name. Out: text for a terminal of some width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.errors import Problem
from engine.model.protocol import Protocol
from engine.report.harmless import harmless
from engine.report.page import Page, Piece, cells
from engine.report.problems import Checked, all_problems, count_in_words

MOST_SHOWN = 100
Lines = Callable[[str], Sequence[str]]
_STYLE = {"error": "bad", "warning": "maybe"}


def problems_text(checked: Sequence[Checked], lines: Lines, *, width: int, colour: bool) -> str:
    """The report on all files: problems, then what is valid, then how many problems there are."""
    page = Page(width, colour=colour)
    problems = all_problems(checked)
    for problem in problems[:MOST_SHOWN]:
        problem_lines(page, problem, lines)
        page.blank()
    if more := problems[MOST_SHOWN:]:
        page.paragraph([Piece(f"{len(more):,} more are not shown; mend these first.")])
        page.blank()
    for each in checked:
        if each.protocol is not None:
            name, said = harmless(each.file), counts(each.protocol)
            page.paragraph([Piece(f"{name}:", "strong"), Piece("valid.", "good"), Piece(said)])
    if problems:
        page.paragraph([Piece(count_in_words(problems), "strong"), Piece(_more(problems), "faint")])
    return page.text()


def counts(protocol: Protocol) -> str:
    """How much a valid protocol holds: `215 duties, 92 of them its own or changed here.`"""
    every = {duty.id for duty in protocol.duties}
    own = {d.id for d in protocol.duties if protocol.id in (d.origin, d.variant)}
    said = f"{len(every)} {'duty' if len(every) == 1 else 'duties'}"
    if len(protocol.chain) < 2:
        return f"{said}."
    return f"{said}, {len(own)} of them its own or changed here; rests on {protocol.chain[1]}."


def _more(problems: Sequence[Problem]) -> str:
    first = min(problems, key=lambda problem: problem.severity)  # an error before a warning
    return f"More about one: `protocol explain {first.code}`."


def problem_lines(page: Page, problem: Problem, lines: Lines) -> None:
    """One problem: its place, what is wrong, the cure, and the line itself."""
    style = _STYLE[problem.severity]
    page.paragraph(
        [
            Piece(f"{harmless(str(problem.place))}:", "strong"),
            Piece(f"{problem.severity} [{problem.code}]", style),
            Piece(harmless(problem.message)),
        ]
    )
    if problem.cure:
        page.paragraph([Piece(harmless(problem.cure), "next")], indent=4)
    if (line := _line(problem, lines)) is not None:
        number = f"{problem.place.line:>6} | "
        shown, caret = window(line, problem.place.column, page.width - len(number))
        page.verbatim([Piece(number, "faint"), Piece(shown)])
        page.verbatim([Piece(" " * 6 + " | ", "faint"), Piece(" " * caret), Piece("^", style)])


def _line(problem: Problem, lines: Lines) -> str | None:
    """The line that a problem is about; None if it is about the file, or there is no such line."""
    if not problem.place.line:
        return None
    found = lines(problem.place.file)
    number = problem.place.line
    return found[number - 1] if number <= len(found) else None


def window(line: str, column: int, room: int) -> tuple[str, int]:
    """`line` as it is shown in `room` columns, and how many columns stand before its `column`.

    Of a longer line the part round the column (from 1) is shown, with an ellipsis where it is cut.
    """
    before, after = harmless(line[: column - 1]), harmless(line[column - 1 :])
    if cells(before + after) <= room:
        return before + after, cells(before)
    if cells(before) > room // 2:
        before = "…" + _last(before, room // 2 - 1)
    left = room - cells(before)
    if cells(after) > left:
        after = _first(after, left - 1) + "…"
    return before + after, cells(before)


def _first(text: str, room: int) -> str:
    """As much of the beginning as fits; a character may take two columns."""
    used = 0
    for number, character in enumerate(text):
        used += cells(character)
        if used > room:
            return text[:number]
    return text


def _last(text: str, room: int) -> str:
    return _first(text[::-1], room)[::-1]
