"""A protocol for reading, on a terminal.

In: an `Outline`. Out: text of the width asked for, with or without colour.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.report.page import Page, Piece
from engine.report.protocol_outline import Item, Outline, Rule
from engine.report.rule_rows import Row

_MUTED = {"Source", "Edition", "Strength"}
_MARKED = {"Verification", "Not judged", "Question", "Can be read as"}


def protocol_text(outline: Outline, *, width: int, colour: bool) -> str:
    """The whole outline: stages, blocks and rules, then thresholds and questions."""
    page = Page(width, colour=colour)
    page.paragraph([Piece(outline.title, "strong")])
    _rows(page, outline.rows, 1)
    for stage in outline.stages:
        page.blank()
        page.paragraph([Piece(stage.title.upper(), "strong")])
        for block in stage.blocks:
            page.blank()
            page.paragraph([Piece(block.title, "next")], indent=1)
            _rows(page, block.rows, 1)
            for rule in block.rules:
                _rule(page, rule)
    _items(page, "Thresholds and definitions", outline.named)
    _items(page, "Questions for the authority", outline.questions)
    return page.text()


def _rule(page: Page, rule: Rule) -> None:
    page.blank()
    mark = Piece(rule.mark, "good")
    page.paragraph([Piece(rule.title, "strong"), Piece(f"({rule.id})", "faint"), mark], indent=3)
    _rows(page, rule.rows, 5)
    for item in rule.items:
        page.paragraph([Piece(item.title)], indent=7, at=5, lead=Piece("–"))
        _rows(page, item.rows, 9)


def _items(page: Page, title: str, items: Sequence[Item]) -> None:
    if not items:
        return
    page.blank()
    page.paragraph([Piece(title.upper(), "strong")])
    for item in items:
        page.paragraph([Piece(item.title)], indent=3, at=1, lead=Piece("–"))
        _rows(page, item.rows, 5)


def _rows(page: Page, rows: Sequence[Row], indent: int) -> None:
    for row in rows:
        style = "faint" if row.label in _MUTED else "maybe" if row.label in _MARKED else ""
        page.paragraph([Piece(f"{row.label}:", "faint"), Piece(row.text, style)], indent=indent)
