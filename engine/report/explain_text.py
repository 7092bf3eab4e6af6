"""Explanations and the pages of docs/errors on a terminal.

In: an `Explanation`, or the Markdown of a page: a title, paragraphs, headings, points and fenced
examples. Out: text of the width asked for, with or without colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.report.explanation import Explanation
from engine.report.page import Page, Piece
from engine.report.words import KEPT

_FENCE = "```"
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


def explained_text(explanation: Explanation, *, width: int, colour: bool) -> str:
    """What it is, its rows and its lists."""
    page = Page(width, colour=colour)
    kind = ", ".join(filter(None, (explanation.kind, explanation.name)))
    page.paragraph([Piece(explanation.title, "strong"), Piece(f"({kind})", "faint")])
    if explanation.where:
        page.paragraph([Piece(explanation.where, "faint")], indent=1)
    for text in explanation.says:
        page.paragraph([Piece(_plain(text))], indent=1)
    for row in explanation.rows:
        page.paragraph([Piece(f"{row.label}:", "faint"), Piece(_plain(row.text))], indent=1)
    for section in explanation.sections:
        page.blank()
        page.paragraph([Piece(section.title, "next")], indent=1)
        for item in section.items:
            page.paragraph([Piece(item.title)], indent=3, at=1, lead=Piece("–"))
            for row in item.rows:
                pieces = [Piece(f"{row.label}:", "faint"), Piece(row.text)]
                page.paragraph(pieces, indent=5)
    return page.text()


def page_text(markdown: str, *, width: int, colour: bool) -> str:
    """A page as it reads without its marks; examples keep their lines."""
    page = Page(width, colour=colour)
    inside = ""
    for block in _blocks(markdown):
        if block.startswith(_FENCE):
            inside = "" if inside else block
            page.blank()
        elif inside:
            spaces = len(block) - len(block.lstrip())
            prose = inside.startswith(f"{_FENCE}text")
            line = block.strip() if prose else block.strip().replace(" ", KEPT)
            page.paragraph([Piece(line)], indent=4 + spaces)
        elif not block:
            page.blank()
        elif block.startswith("#"):
            page.paragraph([Piece(_plain(block.lstrip("# ")), "strong")])
        elif block.startswith("- "):
            page.paragraph([Piece(_plain(block[2:]))], indent=3, at=1, lead=Piece("–"))
        else:
            page.paragraph([Piece(_plain(block))], indent=1)
    return page.text()


def title_of(markdown: str) -> str:
    """The title of a page, such as `P201: There is no such fact`."""
    return markdown.partition("\n")[0].removeprefix("# ")


def _blocks(markdown: str) -> Iterator[str]:
    """Lines, but the lines of a paragraph or point as one."""
    held: list[str] = []
    fenced = False
    for line in [*markdown.splitlines(), ""]:
        starts = line.startswith((_FENCE, "#", "- ")) or not line
        if held and (starts or fenced):
            yield " ".join(held)
            held = []
        if line.startswith(_FENCE):
            fenced = not fenced
            yield line
        elif fenced or not line or line.startswith("#"):
            yield line
        else:
            held.append(line.strip())


def _plain(text: str) -> str:
    """The text without emphasis and with the words of a link only; code keeps its back quotes."""
    return _LINK.sub(r"\1", text).replace("**", "")
