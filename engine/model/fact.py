"""The fact dictionary: which facts a record can hold, of what kind, in which part or list.

In: the annotations of `schemas/case.schema.json`. Out: one `Dictionary`, used by every stage.
Facts go by the name of their part or item (`assessment.concluded`), which is unique.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

Kind = Literal["event", "date", "circumstance", "incident", "derived"]
CASE = "case"  # the table of the child itself: one row a case


class Fact(NamedTuple):
    """One thing a record can hold about its part.

    `path` is `part.name` or, for a member of a checklist, `part.name.member`. `values` are the
    words a circumstance may take (empty: yes and no). `evidence`: silence in a covered part
    reads "not evidenced". `derived` facts are computed, never written in a case.
    """

    path: str
    kind: Kind
    title: str
    question: str
    part: str
    values: tuple[str, ...] = ()
    evidence: bool = False
    checklist: str | None = None  # path of the checklist it is a member of


class Part(NamedTuple):
    """A part of the record, or the item of a list in it.

    `key` is the name written in a case file (`referrals`, `assessment`), `name` that of the part
    or item (`referral`, `assessment`), `below` the part it stands in (None: the case itself).
    `table` is the name of the nearest enclosing item, or `case`: its facts have one value a row
    of that table. `opening` and `end` are paths of facts. `item` is what one is called where the
    name is no plain word.
    """

    name: str
    key: str
    title: str
    covers: str
    below: str | None
    is_list: bool
    table: str
    opening: str | None = None
    end: str | None = None
    item: str | None = None

    @property
    def noun(self) -> str:
        """What a person calls one: `child in need plan`."""
        return self.item or self.name.replace("_", " ")


@dataclass(frozen=True)
class Dictionary:
    """All parts and facts; `words` titles the words of every enumeration, by enumeration."""

    parts: dict[str, Part]
    facts: dict[str, Fact]
    words: dict[str, dict[str, str]]
    version: str  # hash of the schema it was read from

    @cached_property
    def lists(self) -> dict[str, Part]:
        """Lists by the path that rules use: `referrals`, `assessment.agencies`."""
        return {self.list_path(part): part for part in self.parts.values() if part.is_list}

    def list_path(self, part: Part) -> str:
        """`owner.key` below another part, else `key`."""
        return part.key if part.below is None else f"{part.below}.{part.key}"

    def ancestors(self, table: str) -> tuple[str, ...]:
        """`table` and the tables above it, ending in `case`."""
        chain = [table]
        while chain[-1] != CASE:
            below = self.parts[chain[-1]].below
            chain.append(CASE if below is None else self.parts[below].table)
        return tuple(chain)

    def opening(self, table: str) -> str | None:
        """The opening of a row of `table`: its own or the item's above; None for the case."""
        for name in self.ancestors(table):
            if name != CASE and (opening := self.parts[name].opening):
                return opening
        return None
