"""Lines of text for a terminal: wrapped to its width, with or without colour.

In: pieces of text, each with a style. Out: one string. Whatever a file holds, no control character
and no escape sequence of it gets through, and words longer than the line are broken. Widths,
wrapping and colour codes are rich's, told everything, so that it asks the environment nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import NamedTuple

from rich.cells import cell_len as cells
from rich.console import Console
from rich.text import Text

from engine.report.harmless import harmless
from engine.report.words import KEPT

__all__ = ["LEAST_WIDTH", "Page", "Piece", "cells", "clean"]

LEAST_WIDTH = 40  # of a page of duties, which have their titles beside a word

_STYLES = {
    "": "", "strong": "bold", "faint": "dim", "bad": "bold red", "maybe": "yellow", "next": "cyan",
    "good": "green",
}  # fmt: skip
_TOGETHER = re.compile(
    r"(?<=\d) (?=(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b)|(?<=[a-z]) (?=\d{4}\b)"
)
_SPACE = re.compile(rf"[^\S{KEPT}]+")
_HELD = "\ue000"  # stands for KEPT while lines are broken: to rich a no-break space is a space


class Piece(NamedTuple):
    """Some text in one style: strong, faint, bad, maybe, next, good, or plain."""

    text: str
    style: str = ""


class Page:
    """Collects lines; `text()` is all of them."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self._lines: list[Text] = []
        self._console = Console(
            file=StringIO(), width=width, height=1, force_terminal=colour, force_jupyter=False,
            force_interactive=False, color_system="standard" if colour else None, no_color=False,
            highlight=False, markup=False, emoji=False, legacy_windows=False,
        )  # fmt: skip

    def blank(self) -> None:
        """An empty line, never two."""
        if self._lines and self._lines[-1]:
            self._lines.append(Text())

    def paragraph(
        self, pieces: Iterable[Piece], *, indent: int = 0, lead: Piece | None = None, at: int = 1
    ) -> None:
        """Pieces one after the other, wrapped; `lead` stands before them, in column `at`."""
        margin = Text(" " * indent)
        if lead is not None:
            margin = Text.assemble(" " * at, _text(lead))
            margin.pad_right(max(indent - margin.cell_len, 1))
        if body := Text(" ").join(filter(None, map(_text, pieces))):
            for line in body.wrap(self._console, self.width - indent, overflow="fold"):
                self._add(margin + line)
                margin = Text(" " * indent)

    def verbatim(self, pieces: Iterable[Piece]) -> None:
        """One line as it is, its spaces kept; what is not to be seen is written out."""
        parts = [(harmless(piece.text), _STYLES[piece.style]) for piece in pieces]
        self._add(Text.assemble(*parts))

    def row(self, cells_: Sequence[Piece], widths: Sequence[int]) -> None:
        """One line of a table; what does not fit its column ends in an ellipsis."""
        parts = list(map(_text, cells_))
        for part, width in zip(parts, widths, strict=True):
            part.truncate(width, overflow="ellipsis", pad=True)
        self._add(Text("  ").join(parts))

    def text(self) -> str:
        """All lines, with a line end each."""
        with self._console.capture() as captured:
            self._console.print(Text("\n").join([*self._lines, Text()]), soft_wrap=True, end="")
        return captured.get()

    def _add(self, line: Text) -> None:
        line.plain = line.plain.replace(_HELD, " ")
        line.rstrip()
        self._lines.append(line)


def _text(piece: Piece) -> Text:
    return Text(clean(piece.text).replace(KEPT, _HELD), _STYLES[piece.style])


def clean(text: str) -> str:
    """The text on one line, without control, format and other invisible characters."""
    if not text.replace(KEPT, "").isprintable():
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return _TOGETHER.sub(KEPT, _SPACE.sub(" ", text).strip())
