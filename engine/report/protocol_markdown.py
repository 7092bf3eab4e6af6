"""A protocol for reading, as Markdown; nothing a file holds can become markup or HTML.

In: an `Outline`. Out: Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from engine.report.page import clean
from engine.report.protocol_outline import Item, Outline, Rule, Stage
from engine.report.rule_rows import Row
from engine.report.words import KEPT

_MARKUP = re.compile(r"([\\`*_{}\[\]|~#$!])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LINE_START = re.compile(r"^(\d+)([.)])|^([-+=])")


def protocol_markdown(outline: Outline) -> str:
    """The whole outline as one page."""
    parts = [f"# {escaped(outline.title)}", "\n".join(_rows(outline.rows))]
    parts += stages_markdown(outline.stages)
    parts += items_markdown("Thresholds and definitions", outline.named)
    parts += items_markdown("Questions for the authority", outline.questions)
    return "\n\n".join(part for part in parts if part) + "\n"


def stages_markdown(stages: Iterable[Stage], level: int = 2) -> Iterator[str]:
    """Stages, blocks and rules as paragraphs, with headings from `level` on."""
    for stage in stages:
        yield f"{'#' * level} {escaped(stage.title)}"
        for block in stage.blocks:
            yield f"{'#' * (level + 1)} {escaped(block.title)}"
            yield "\n".join(_rows(block.rows))
            for rule in block.rules:
                yield _rule(rule)


def items_markdown(title: str, items: Sequence[Item], level: int = 2) -> Iterator[str]:
    """A section with one point an item; nothing if there are none."""
    if items:
        yield f"{'#' * level} {escaped(title)}"
        yield "\n".join(line for item in items for line in _item(item))


def table_markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; every cell is escaped and stays one cell."""
    lines = [header, ["---"] * len(header)]
    cells = [[escaped(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in [*lines, *cells])


def escaped(text: str) -> str:
    """The text on one line, as Markdown that shows it and does nothing else."""
    plain = clean(text).replace(KEPT, " ")
    plain = "".join(_ENTITIES.get(character, character) for character in plain)
    plain = _MARKUP.sub(r"\\\1", plain)
    return _LINE_START.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", plain)


def _rule(rule: Rule) -> str:
    id_ = clean(rule.id).replace("`", "")
    lines = [f"**{escaped(rule.title)}** (`{id_}`) {escaped(rule.mark)}".rstrip(), ""]
    lines += _rows(rule.rows)
    if rule.items:
        lines.append("- *Each of these:*")
    lines += [f"  {line}" for item in rule.items for line in _item(item)]
    return "\n".join(lines)


def _item(item: Item) -> Iterator[str]:
    yield f"- {escaped(item.title)}"
    yield from _rows(item.rows, "  ")


def _rows(rows: Iterable[Row], indent: str = "") -> Iterator[str]:
    for row in rows:
        yield f"{indent}- *{escaped(row.label)}:* {escaped(row.text)}"
