"""A completed case: every event has a day or never, every circumstance a word, every list is whole.

In: nothing but what `completions` builds. Out: `World`s, which `naive` judges. Days are ordinals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from engine.model.fact import CASE
from tests.reference.days import NEVER

Mark = Literal["", "no", "silent", "refused", "undated"]


@dataclass(frozen=True)
class Happening:
    """The day of an event, and how the record came to say so where that matters.

    `latest`: the latest day that the record allows.
    """

    day: int
    mark: Mark = ""
    latest: int = NEVER


Value = Happening | str


@dataclass(frozen=True)
class Row:
    """The child or an item: its facts by path, those of the parts in it included.

    `item` is its place in the case file (`referrals[0]`), `above` the row it stands in. An item
    that a completion added to a list is not `seen`; its place ends in `[?]`.
    """

    table: str
    item: str
    above: int | None
    facts: Mapping[str, Value]
    seen: bool = True


@dataclass(frozen=True)
class World:
    """Rows, the child first; R, A; and the day after R on which what was not so at R becomes so
    (a circumstance that `done` asks for, an occasion missing from a whole list)."""

    rows: tuple[Row, ...]
    record_to: int
    asked: int
    later: int = NEVER

    @cached_property
    def _chains(self) -> tuple[dict[str, int], ...]:
        chains: list[dict[str, int]] = []
        for index, row in enumerate(self.rows):
            above = {} if row.above is None else chains[row.above]
            chains.append({**above, row.table: index})
        return tuple(chains)

    def reach(self, index: int) -> dict[str, int]:
        """The rows whose facts a row reaches, by table: its own and those above it."""
        return self._chains[index]

    def of(self, table: str) -> list[int]:
        """The rows of a table."""
        return [index for index, row in enumerate(self.rows) if row.table == table]

    def below(self, table: str, common: str, index: int) -> list[int]:
        """The rows of a table that share their row of the table `common`."""
        return [i for i in self.of(table) if self._chains[i].get(common) == index]


THE_CASE = {CASE: 0}
