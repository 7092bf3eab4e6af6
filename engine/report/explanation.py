"""An explanation: what something is, in rows and lists, without layout."""

from __future__ import annotations

from typing import NamedTuple

from engine.report.protocol_outline import Item
from engine.report.rule_rows import Row


class Section(NamedTuple):
    """A heading and its points."""

    title: str
    items: tuple[Item, ...]


class Explanation(NamedTuple):
    """`kind` is what it is (`fact`, `rule`, `status`, …), `where` what it belongs to, if anything.

    `says` are paragraphs.
    """

    kind: str
    name: str
    title: str
    where: str = ""
    says: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()


def points(title: str, texts: list[str]) -> tuple[Section, ...]:
    """A section with these points, or none."""
    return (Section(title, tuple(Item(text, ()) for text in texts)),) if texts else ()
