"""How two duties differ, in the words a reader of protocols knows: rows of a label and two texts.

In: two resolved protocols, and a duty of each. Out: the rows in which they differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from engine.model.fact import Dictionary
from engine.model.protocol import Citation, Duty, Protocol
from engine.report.plain_words import PlainWords
from engine.report.rule_rows import RuleRows

_MEANING = (
    "For each entry under", "When", "By when", "Can be read as", "Until", "Done", "Excused if",
    "Who", "Strength", "Not judged",
)  # fmt: skip
_NOTHING = {"When": "always", "By when": "no time limit", "Excused if": "no excuse"}


class Difference(NamedTuple):
    """What each of two duties says under one label; `always`, `nothing` and their like included."""

    label: str
    first: str
    second: str


class Differences:
    """Compares duties of two protocols."""

    def __init__(self, first: Protocol, second: Protocol, dictionary: Dictionary) -> None:
        self._sides = [(p, _rows(p, dictionary)) for p in (first, second)]

    def of(self, first: Duty, second: Duty) -> list[Difference]:
        """The rows in which they differ."""
        one, two = (
            self._texts(side, duty)
            for side, duty in zip(self._sides, (first, second), strict=True)
        )  # fmt: skip
        return [
            Difference(
                label, *(found.get(label) or _NOTHING.get(label, "nothing") for found in (one, two))
            )
            for label in _MEANING
            if one.get(label) != two.get(label)
        ]

    def cites(self, number: int, cites: Iterable[Citation]) -> str:
        """Clauses in the words of the first (0) or second (1) protocol."""
        return self._sides[number][1].cites(cites)

    def _texts(self, side: tuple[Protocol, RuleRows], duty: Duty) -> dict[str, str]:
        protocol, rows = side
        block = next(block for block in protocol.blocks if block.id == duty.block)
        bare = replace(block, when=None, for_each=None)
        return {row.label: row.text for row in rows.of(duty, bare)}


def _rows(protocol: Protocol, dictionary: Dictionary) -> RuleRows:
    return RuleRows(protocol, dictionary, PlainWords(protocol, dictionary))
