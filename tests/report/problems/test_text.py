"""Problems as a person reads them: the line, the caret under its column, at any width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Place, Problem
from engine.report.page import cells
from engine.report.problems import Checked
from engine.report.problems.text import MOST_SHOWN, problems_text, window

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


def report(*problems: Problem, lines: tuple[str, ...] = (), width: int = 80) -> str:
    checked = [Checked("a.yaml", problems, None)]
    return problems_text(checked, lambda _: lines, width=width, colour=False)


def test_what_where_and_how_to_mend_it() -> None:
    """Place, severity, code, message; the cure; the line with a caret under the column."""
    problem = Problem("P304", "There is no role `wrker`.", Place("a.yaml", 2, 9), "Did you mean?")
    assert report(problem, lines=("x: y", "    by: wrker")) == (
        "a.yaml:2:9: error [P304] There is no role `wrker`.\n"
        "    Did you mean?\n"
        "     2 |     by: wrker\n"
        "       |         ^\n"
        "\n"
        "1 error in 1 file. More about one: `protocol explain P304`.\n"
    )


def test_a_problem_of_the_whole_file_shows_no_line() -> None:
    """Place 0 is the file."""
    assert "|" not in report(Problem("D105", "It is empty.", Place("a.yaml")), lines=("",))


def test_a_line_that_is_not_there_any_more_is_not_shown() -> None:
    """The file may have changed meanwhile."""
    assert "|" not in report(Problem("P101", "No.", Place("a.yaml", 9, 1)), lines=("x",))


def test_errors_and_warnings_are_counted_over_files() -> None:
    """`explain` is told of an error before a warning."""
    told = report(
        Problem("P502", "No ledger.", Place("a.yaml", 1, 1), "", "warning"),
        Problem("P101", "No.", Place("a.yaml", 2, 1)),
        Problem("P102", "No.", Place("b.yaml", 2, 1)),
    )
    assert told.endswith("2 errors and 1 warning in 2 files. More about one: `protocol explain"
                         " P101`.\n")  # fmt: skip


def test_a_thousand_problems_do_not_fill_the_screen() -> None:
    """The first hundred, and how many there are."""
    told = report(*(Problem("P101", "No.", Place("a.yaml", n, 1)) for n in range(1, 1001)))
    assert told.count("[P101]") == MOST_SHOWN
    assert "900 more are not shown" in told
    assert "1,000 errors in 1 file." in told


@pytest.mark.parametrize("column", [1, 40, 300, 500])
@pytest.mark.parametrize("room", [30, 70, 111])
def test_of_a_long_line_the_part_round_the_column_is_shown(column: int, room: int) -> None:
    """The character at the column stands above the caret, and the line is cut with an ellipsis."""
    line = "".join(chr(ord("a") + n % 26) for n in range(500))
    shown, caret = window(line, column, room)
    assert len(shown) <= room
    assert shown[caret] == line[column - 1]
    assert "…" in shown


def test_wide_characters_and_tabs_do_not_move_the_caret() -> None:
    """The caret counts columns of the terminal, not characters."""
    shown, caret = window("\t語: wrong", 5, 70)
    assert (shown, caret) == ("    語: wrong", 8)


@given(ANY_TEXT, st.integers(1, 200), st.integers(30, 150))
def test_any_line_fits_and_is_harmless(line: str, column: int, room: int) -> None:
    """Whatever a file holds, one line of printable characters with the caret in it."""
    shown, caret = window(line, column, room)
    assert shown.isprintable()
    assert cells(shown) <= room
    assert 0 <= caret <= room


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_nothing_in_a_file_steers_the_terminal(name: str, message: str, line: str) -> None:
    """No escape sequence, no direction mark, no line break of a file's gets through."""
    problem = Problem("P101", message, Place(name, 1, 1), message)
    assert all(one.isprintable() for one in report(problem, lines=(line,)).split("\n"))
