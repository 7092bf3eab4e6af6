"""Lines of text for a terminal: wrapped to its width, with or without colour.

In: pieces of text, each with a style. Out: one string. Whatever a file holds, no control character
and no escape sequence of it gets through, and words longer than the line are broken. Written out
here because a library for it would take a third of the time that a whole check may take.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from engine.report.words import KEPT

_CODES = {
    "": "", "strong": "1", "faint": "2", "bad": "1;31", "maybe": "33", "next": "36", "good": "32",
}  # fmt: skip
_TOGETHER = re.compile(
    r"(?<=\d) (?=(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b)|(?<=[a-z]) (?=\d{4}\b)"
)
_SPACE = re.compile(rf"[^\S{KEPT}]+")


class Piece(NamedTuple):
    """Some text in one style: strong, faint, bad, maybe, next, good, or plain."""

    text: str
    style: str = ""


class Page:
    """Collects lines; `text()` is all of them."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self.colour = colour
        self._lines: list[str] = []

    def blank(self) -> None:
        """An empty line, never two."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def paragraph(
        self, pieces: Iterable[Piece], *, indent: int = 0, lead: Piece | None = None, at: int = 1
    ) -> None:
        """Pieces one after the other, wrapped; `lead` stands before them, in column `at`."""
        margin = " " * indent
        if lead is not None:
            cleaned = clean(lead.text)
            after = " " * max(indent - at - cells(cleaned), 1)
            margin = " " * at + self._styled(cleaned, lead.style) + after
        for line in _wrapped(pieces, self.width - indent):
            self._lines.append((margin + self._joined(line)).rstrip())
            margin = " " * indent

    def row(self, cells_: Sequence[Piece], widths: Sequence[int]) -> None:
        """One line of a table; what does not fit its column ends in an ellipsis."""
        parts = []
        for piece, width in zip(cells_, widths, strict=True):
            text = _cut(clean(piece.text), width)
            parts.append(self._styled(text, piece.style) + " " * (width - cells(text)))
        self._lines.append("  ".join(parts).rstrip())

    def text(self) -> str:
        """All lines, with a line end each."""
        return "".join(f"{line}\n" for line in self._lines).replace(KEPT, " ")

    def _joined(self, words: list[Piece]) -> str:
        """Words of one line with spaces between them; neighbours of one style share their codes."""
        runs: list[Piece] = []
        for word in words:
            if runs and runs[-1].style == word.style:
                runs[-1] = Piece(f"{runs[-1].text} {word.text}", word.style)
            else:
                runs.append(word)
        return " ".join(self._styled(*run) for run in runs)

    def _styled(self, text: str, style: str) -> str:
        code = _CODES[style] if self.colour else ""
        return f"\x1b[{code}m{text}\x1b[0m" if code and text else text


def clean(text: str) -> str:
    """The text on one line, without control, format and other invisible characters."""
    text = _SPACE.sub(" ", text)
    if not text.replace(KEPT, "").isprintable():
        text = "".join(char for char in text if unicodedata.category(char)[0] != "C")
    return _TOGETHER.sub(KEPT, text.strip())


def cells(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


@cache
def _cells_of(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _wrapped(pieces: Iterable[Piece], width: int) -> Iterator[list[Piece]]:
    """Words line by line."""
    line: list[Piece] = []
    used = 0
    for piece in pieces:
        for word, needed in _words(piece.text, width):
            if line and used + 1 + needed > width:
                yield line
                line, used = [], 0
            used += needed + (1 if line else 0)
            line.append(Piece(word, piece.style))
    if line:
        yield line


def _words(text: str, width: int) -> Iterator[tuple[str, int]]:
    """The words of a text with their widths, those longer than a line in parts."""
    for word in clean(text).split(" "):
        if not word:
            continue
        rest = word
        while (needed := cells(rest)) > width:
            part = _fitting(rest, width)
            yield part, cells(part)
            rest = rest[len(part) :]
        yield rest, needed


def _fitting(text: str, width: int) -> str:
    """As much of the text from its start as fits; at least one character."""
    used = 0
    for number, char in enumerate(text):
        used += _cells_of(char)
        if number and used > width:
            return text[:number]
    return text


def _cut(text: str, width: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if cells(text) <= width else f"{_fitting(text, width - 1).rstrip()}…"
