"""What a completed case makes of a duty: conjuncts, decision table, and several put together.

In: definite truths. Out: `Judgement`s of single rows and intervals, and the `Outcome` of several.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.model.finding import Gap, Status
from tests.reference.days import NEVER

WORST_FIRST: tuple[Status, ...] = (
    "overdue", "not_evidenced", "late", "outstanding", "undetermined", "excused", "met",
    "not_applicable",
)  # fmt: skip


@dataclass(frozen=True)
class Done:
    """The day of `done`, whether it was refused, and whether its absence is mere silence."""

    day: int
    refused: bool = False
    silent: bool = False
    denied: bool = False  # some part is recorded as not done


@dataclass(frozen=True)
class Judgement:
    """One duty over one row, reading and interval, conjunct by conjunct."""

    on: bool
    done: bool
    in_time: bool
    ended: bool
    alive: bool
    breach: bool
    excused: bool
    silent: bool
    figure: bool
    due: int = NEVER

    @property
    def missed(self) -> bool:
        return self.on and self.breach

    @property
    def gap(self) -> bool:
        return self.missed and not self.excused

    @property
    def status(self) -> Status:
        if not self.on:
            return "not_applicable"
        if self.ended and not self.alive and not (self.done and self.in_time):
            return "not_applicable"
        if self.done and self.in_time:
            return "met"
        if self.breach and self.excused:
            return "excused"
        if self.breach and self.done:
            return "late"
        if self.breach:
            return "not_evidenced" if self.silent else "overdue"
        return "outstanding"

    @property
    def to_do(self) -> bool:
        waived = self.excused and not self.figure
        return self.on and not self.done and self.status != "not_applicable" and not waived


@dataclass(frozen=True)
class Outcome:
    """What all intervals, editions and readings of a duty together say of one row."""

    status: Status
    gap: Gap
    missed: Gap
    readings: frozenset[Status] = frozenset()  # the status on each reading


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome shown for several intervals or editions: a gap of any, the worst status."""
    every = list(outcomes) or [Outcome("not_applicable", "no", "no")]
    return Outcome(
        min((o.status for o in every), key=WORST_FIRST.index),
        "yes" if any(o.gap == "yes" for o in every) else "no",
        "yes" if any(o.missed == "yes" for o in every) else "no",
    )


def agreed(outcomes: Iterable[Outcome]) -> Outcome:
    """What holds on every reading."""
    every = list(outcomes)
    statuses, gaps = {o.status for o in every}, {o.gap for o in every}
    missed = {o.missed for o in every}
    return Outcome(
        statuses.pop() if len(statuses) == 1 else "undetermined",
        gaps.pop() if len(gaps) == 1 else "undetermined",
        missed.pop() if len(missed) == 1 else "undetermined",
        frozenset(o.status for o in every),
    )
