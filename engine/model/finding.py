"""What evaluation says of one case: thresholds and pathways, and a finding for every duty."""

from __future__ import annotations

import datetime
from typing import Any, Literal, NamedTuple

from engine.errors import Problem

Status = Literal[
    "met", "late", "excused", "outstanding", "overdue", "not_evidenced", "undetermined",
    "not_applicable",
]  # fmt: skip
Gap = Literal["yes", "no", "undetermined"]
Truth = Literal["yes", "no", "unknown"]


class Span(NamedTuple):
    """The possible days of an event or due date, both ends included; None: before any record
    (`first`), or never or not yet known (`last`)."""

    first: datetime.date | None
    last: datetime.date | None


class Verdict(NamedTuple):
    """Status and gap of one duty for one item, interval or reading.

    `due` is None where no date belongs to the limit; `why` says in one plain sentence what the
    status rests on; `needs` are fact paths that would settle it, most useful first.
    """

    status: Status
    gap: Gap
    why: str
    due: Span | None = None
    start: Span | None = None
    done: Span | None = None
    planned: datetime.date | None = None
    needs: tuple[str, ...] = ()
    to_do: bool = False
    says: str | None = None  # the reading judged, where there are several
    interval: int | None = None  # the interval of a recurring duty, from 1
    days_left: int | None = None  # to the last certain day in time; negative: days past
    no_edition: bool = False  # the clock started when this protocol was not in force
    trace: dict[str, Any] | None = None  # how it was decided, conjunct by conjunct


class Instance(NamedTuple):
    """A duty for one item. `item` locates it in the case file (`referrals[0]`, `""`: the child);
    `name` says it to a person (`referral of 10 March 2025`). `unseen`: the item that an
    incomplete list may hold. `parts` are its intervals and readings where there are any."""

    item: str
    name: str
    verdict: Verdict
    parts: tuple[Verdict, ...] = ()
    unseen: bool = False


class Finding(NamedTuple):
    """A duty over all its items: the worst status, and whether it is decided.

    `duty` is the id in the protocol, under which the program's cards describe it; `role`: this is
    its result `duty/role`. `counted`: no `consider`, no role result, and not inapplicable.
    """

    duty: str
    status: Status
    gap: Gap
    decided: bool
    counted: bool
    instances: tuple[Instance, ...]
    role: bool = False

    @property
    def id(self) -> str:
        """`duty`, `duty/item` or, of a role result, `…/role`."""
        return f"{self.duty}/role" if self.role else self.duty

    @property
    def verdicts(self) -> list[Verdict]:
        """Those of all items, and of their intervals and readings."""
        return [verdict for one in self.instances for verdict in (one.verdict, *one.parts)]

    @property
    def due_days(self) -> list[datetime.date]:
        """The last days in time, of all items, intervals and readings; either end if uncertain."""
        return sorted({day for verdict in self.verdicts for day in verdict.due or () if day})


class Reached(NamedTuple):
    """A threshold, definition or pathway, and for which items it is true or unknown."""

    id: str
    kind: Literal["threshold", "definition", "pathway"]
    truth: Truth
    items: tuple[str, ...]
    why: str
    needs: tuple[str, ...] = ()


class Assessment(NamedTuple):
    """Everything said of one case. `record_to` is R, `asked` is A."""

    case: str
    authority: str | None
    protocol: str
    record_to: datetime.date
    asked: datetime.date
    findings: tuple[Finding, ...]
    reached: tuple[Reached, ...]
    warnings: tuple[Problem, ...] = ()
    second_engine: str = "not asked"  # "agrees", "differs", or why it did not answer

    @property
    def applied(self) -> bool:
        """Whether any duty applies, or may apply to something on record."""
        return any(
            instance.verdict.status != "not_applicable" and not instance.unseen
            for finding in self.findings
            for instance in finding.instances
        )

    @property
    def before_its_time(self) -> bool:
        """Whether some clock started when no edition of this protocol was in force."""
        return any(i.verdict.no_edition for finding in self.findings for i in finding.instances)
