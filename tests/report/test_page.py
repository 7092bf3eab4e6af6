"""Lines of a page: wrapping, colour, and nothing that a file could smuggle into a terminal."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.report.page import Page, Piece, cells, clean


def lines(*pieces: Piece, width: int = 20, colour: bool = False) -> list[str]:
    page = Page(width, colour=colour)
    page.paragraph(pieces, indent=4, lead=Piece("×"))
    return page.text().splitlines()


def test_a_paragraph_hangs_beside_its_lead() -> None:
    """The lead stands in column 1 of the first line, the text in the indent of them all."""
    assert lines(Piece("one two three four five")) == [
        " ×  one two three",
        "    four five",
    ]


def test_a_date_and_a_number_stay_on_one_line() -> None:
    """`7 May 2025` is never broken, though its spaces are ordinary ones in what is printed."""
    assert lines(Piece("Due by then, 7 May 2025.")) == [" ×  Due by then,", "    7 May 2025."]


def test_a_word_longer_than_the_line_is_broken() -> None:
    """However long a word is, no line is."""
    assert lines(Piece("a" * 40)) == [" ×  " + "a" * 16, "    " + "a" * 16, "    " + "a" * 8]


def test_wide_characters_count_twice() -> None:
    """A character that takes two columns is counted so; one that takes none is not."""
    assert cells("日本") == 4
    assert cells("e\u0301") == 1
    assert all(cells(line) <= 10 for line in lines(Piece("日本語" * 5), width=10))


def test_styles_are_codes_only_with_colour() -> None:
    """A style is one code before and one after; without colour there is none."""
    assert lines(Piece("gap", "bad"), colour=True) == [" ×  \x1b[1;31mgap\x1b[0m"]
    assert lines(Piece("gap", "bad")) == [" ×  gap"]


@pytest.mark.parametrize(
    "smuggled",
    [
        "a\x1b[31mb",
        "a\x1b]0;title\x07b",
        "a\x9b31mb",
        "a\u202eb",
        "a\u200bb",
        "a\x00b",
        "a\ud800b",
    ],
)
def test_control_characters_do_not_get_through(smuggled: str) -> None:
    """No escape, control, direction or invisible character of a file reaches the terminal."""
    assert re.fullmatch(r"a[^\x00-\x1f\x7f-\x9f]*b", clean(smuggled))
    assert not any(unicodedata.category(char).startswith("C") for char in clean(smuggled))


def test_line_ends_and_tabs_are_spaces() -> None:
    """A title over several lines is one line of text."""
    assert clean("a\r\nb\tc\u2028d") == "a b c d"
    assert clean("a \u200b b") == "a b"


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Width and colour are what was asked for, whatever the terminal's variables say."""
    asked = [lines(Piece("one two three four", "bad"), colour=colour) for colour in (False, True)]
    for name, value in {
        "NO_COLOR": "1", "FORCE_COLOR": "1", "COLUMNS": "9", "TERM": "dumb",
        "COLORTERM": "truecolor", "TTY_COMPATIBLE": "0", "TTY_INTERACTIVE": "0",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    again = [lines(Piece("one two three four", "bad"), colour=colour) for colour in (False, True)]
    assert again == asked


def test_markup_and_links_are_text() -> None:
    """Square brackets, addresses and emoji names are shown as they are written."""
    shown = "[red]a[/] [link=https://example.org]b[/link] :cat: https://example.org \\[c]"
    assert lines(Piece(shown), width=90, colour=True) == [f" ×  {shown}"]


def test_a_cell_of_a_table_is_cut_with_an_ellipsis() -> None:
    """A column keeps its width whatever stands in it."""
    page = Page(40, colour=False)
    page.row([Piece("a-very-long-label"), Piece("1")], [8, 3])
    page.row([Piece("short"), Piece("22")], [8, 3])
    assert page.text() == "a-very-…  1\nshort     22\n"


@given(
    texts=st.lists(st.text(max_size=60), max_size=4),
    width=st.integers(min_value=12, max_value=60),
    colour=st.booleans(),
)
@example(texts=["日日日 \u102b\u0301\u0301 日"], width=12, colour=False)  # rich 13.7 loses a mark
@example(texts=["\u20e3aक\u0e33\u0e33日\u0e33👨"], width=12, colour=False)  # rich 14.3.0 hangs
def test_no_text_overflows_or_steers_the_terminal(
    texts: list[str], width: int, colour: bool
) -> None:
    """Of any text: no line too long, no control character but our own codes, and no word lost."""
    page = Page(width, colour=colour)
    page.paragraph([Piece(text, "bad") for text in texts], indent=4, lead=Piece("×", "bad"))
    plain = re.sub(r"\x1b\[[\d;]+m", "", page.text())
    assert all(cells(line) <= width for line in plain.splitlines())
    assert not any(unicodedata.category(char) == "Cc" for char in plain.replace("\n", ""))
    if not plain:
        return
    squeezed = "".join(plain.replace("×", "", 1).split())
    assert squeezed == "".join("".join(clean(text).split()) for text in texts)
