"""A case as recorded: what the file says, parsed but not yet interpreted. Made by `load.case`.

Interpretation (intervals, silence, coverage) belongs to `evaluate.tables`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from engine.errors import Problem


@dataclass(frozen=True)
class Period:
    """A day (`first == last`), a month or a period: the possible days of an event, both ends in."""

    first: datetime.date
    last: datetime.date


# What a fact is recorded as; `yes` of an event: done, undated. Words of circumstances as they are.
Recorded = Period | Literal["yes", "no", "refused", "not_known"] | str


@dataclass(frozen=True)
class Item:
    """A part of the record or an item of a list: its own facts, the parts and lists in it.

    `facts` by path without the item's own name (`received`, `sets_out.education`,
    `concluded_by`, `concluded_planned`); `parts` by part name; `lists` by part (item) name.
    """

    facts: dict[str, Recorded] = field(default_factory=dict)
    parts: dict[str, Item] = field(default_factory=dict)
    lists: dict[str, tuple[Item, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Coverage:
    """What silence means: `parts` covered (by `covers` name) with the first day of a window or
    None, single `facts` covered (paths), and `lists` (list paths) known to be complete."""

    parts: dict[str, datetime.date | None] = field(default_factory=dict)
    facts: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """One child's record up to the day `as_of` (R). `record` is the part `case`: its `parts`
    and `lists` are those directly under the child. `label` is opaque. `as_of` None: today."""

    label: str
    authority: str | None
    as_of: datetime.date | None
    coverage: Coverage
    record: Item
    file: str
    warnings: tuple[Problem, ...] = ()
