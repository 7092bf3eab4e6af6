"""A protocol as read from its file, and the resolved protocol of a whole `extends` chain.

Blocks are flattened: a `Duty` carries what its block and checklist give it, and where it is from.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.errors import Place
from engine.model.condition import Condition, Duration

Force = Literal["must", "will", "should", "consider"]
FORCES: tuple[Force, ...] = ("must", "will", "should", "consider")  # strongest first
Verification = Literal["primary", "secondary", "memory"]


@dataclass(frozen=True)
class Dates:
    """From and until a day, both counting; None leaves the side open."""

    start: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True)
class Citation:
    """A clause of a document of a protocol: `norfolk` `protocol` `6.p5`."""

    protocol: str
    document: str
    clause: str


@dataclass(frozen=True)
class Within:
    """A figure: so long after the start."""

    duration: Duration


@dataclass(frozen=True)
class AtOnce:
    """The day of the start."""


@dataclass(frozen=True)
class Promptly:
    """No figure; a recorded *no* is overdue."""


@dataclass(frozen=True)
class Before:
    """Up to and on the day of an event or date."""

    gate: str


@dataclass(frozen=True)
class Recurring:
    """Again and again: `first` after the start (default `then`), `then` after each occasion."""

    then: Duration
    first: Duration


Limit = Within | AtOnce | Promptly | Before | Recurring | None


@dataclass(frozen=True)
class ListDone:
    """Done by the earliest item of a list (a list path) dated on or after the start."""

    list: str
    place: Place


@dataclass(frozen=True)
class Reading:
    """One way to read an ambiguous clause; a field given here replaces the duty's own.

    `changes` holds only fields of `Duty`: `start`, `limit`, `only_by`, `when`.
    """

    says: str
    changes: dict[str, Any]


@dataclass(frozen=True)
class Duty:
    """One duty, flattened. `id` is `duty` or, for a line of a checklist, `duty/item`.

    `variant` tells editions of the same id apart: the protocol that tightened or departed from
    it, else "". `effective` is the window of clocks it judges; `origin` the protocol it is from.
    """

    id: str
    title: str
    block: str
    origin: str
    place: Place
    force: Force
    cite: tuple[Citation, ...]
    for_each: str | None = None
    when: Condition | None = None
    start: str | None = None
    limit: Limit = None
    until: str | None = None
    done: Condition | ListDone | None = None  # None only if `not_checkable`
    excused_by: Condition | None = None
    by: str | None = None
    only_by: str | None = None
    law: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    question: str | None = None
    effective: Dates = Dates()
    replaces: str | None = None
    verification: Verification | None = None
    not_checkable: str | None = None
    note: str | None = None
    checklist: str | None = None  # id of the duty whose `items` hold it
    checklist_title: str | None = None
    variant: str = ""
    superseded: tuple[Dates, ...] = ()  # windows in which another variant judges instead
    scope: tuple[Condition | None, Condition | None] = (None, None)  # `when` of block and item
    whole: Duty | None = field(default=None, compare=False, repr=False)  # the checklist as a duty
    places: dict[str, Place] = field(default_factory=dict, compare=False, repr=False)  # of keys

    def place_of(self, key: str) -> Place:
        """Where `key` was written, in the duty or its block; else where the duty stands."""
        return self.places.get(key, self.place)

    @property
    def conditions(self) -> Iterator[Condition]:
        """Its conditions: trigger, excuse, evidence if that is one, triggers of its readings."""
        done = None if isinstance(self.done, ListDone) else self.done
        readings = (reading.changes.get("when") for reading in self.readings)
        yield from (one for one in (self.when, self.excused_by, done, *readings) if one)


@dataclass(frozen=True)
class Block:
    """A named block of duties: a stage of the work, or a pathway for a group."""

    id: str
    title: str
    kind: Literal["check", "pathway"]
    origin: str
    place: Place
    for_each: str | None = None
    when: Condition | None = None
    cite: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Conclusion:
    """A named condition: a threshold (a recorded judgement) or a definition (circumstances)."""

    id: str
    title: str
    kind: Literal["threshold", "definition"]
    origin: str
    place: Place
    when: Condition
    for_each: str | None = None
    cite: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Role:
    """The document's word for a person or body; `counts` are recorded roles."""

    id: str
    title: str
    origin: str
    counts: tuple[str, ...] = ()
    other_agency: bool = False
    place: Place = field(default=Place(""), compare=False, repr=False)


@dataclass(frozen=True)
class Source:
    """A document that clauses are cited from."""

    protocol: str
    id: str
    title: str
    ledger: str
    publisher: str | None = None
    effective: Dates = Dates()


@dataclass(frozen=True)
class Requirement:
    """What a local protocol itself must contain."""

    id: str
    title: str
    origin: str
    cite: tuple[Citation, ...]
    force: Force = "should"
    effective: Dates = Dates()
    verification: Verification | None = None


@dataclass(frozen=True)
class Question:
    """An ambiguity for the authority to settle."""

    id: str
    cite: tuple[Citation, ...]
    asks: str


@dataclass(frozen=True)
class Explained:
    """Why a finding of `lint` is right as it is: its code, the rules it is about, the reason."""

    finding: str
    rules: tuple[str, ...]
    because: str
    place: Place


@dataclass(frozen=True)
class Change:
    """A `tightens` or `departs` entry: fields of `Duty` it changes; `reason` of a departure."""

    rule: str
    kind: Literal["tightens", "departs"]
    changes: dict[str, Any]
    cite: tuple[Citation, ...]
    place: Place
    reason: str | None = None
    dropped: bool = False
    places: dict[str, Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Protocol:
    """One file, read. Or, resolved, a whole chain: then `chain` lists its protocols, local first,
    duties carry their editions, and `changes` and `restates` are already applied."""

    id: str
    title: str
    extends: str | None
    effective: Dates
    documents: tuple[Source, ...] = ()
    roles: tuple[Role, ...] = ()
    blocks: tuple[Block, ...] = ()
    duties: tuple[Duty, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    restates: dict[str, tuple[Citation, ...]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    meets: dict[str, tuple[Citation, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    explained: tuple[Explained, ...] = ()
    chain: tuple[str, ...] = ()
