"""Reading an answer back off the planes: what it rests on, and what would settle it.

In: a program, its run, a step and a row. Out: the facts that would settle an unknown step, most
useful first, or the whole tree of tests with their answers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from engine.evaluate.run import Run
from engine.evaluate.status import truth_of
from engine.evaluate.values import EVER, NEVER, Days, Truth
from engine.model.fact import CASE
from engine.model.finding import Span
from engine.model.program import Judged, Program


class Awaited(str):
    """The name of an event recorded as not done so far: time will settle it, not asking."""

    __slots__ = ()


class Trace:
    """Walks the formulas of one run; rows are those of the step's own table."""

    def __init__(self, program: Program, run: Run) -> None:
        self.program = program
        self.run = run

    def truth(self, step: int, row: int) -> str:
        return truth_of(self.run.truth(step), row)

    def span(self, step: int, row: int) -> tuple[int, int]:
        days = self.run.days(step)
        return int(days.lo[row]), int(days.hi[row])

    # What would settle it

    def needs(self, step: int, row: int) -> Iterator[str]:
        """Facts (or lists) that an unknown truth, or days not known exactly, rest on."""
        number = self.program.steps[step]
        value = self.run.value(step)
        if isinstance(value, Truth):
            if truth_of(value, row) == "unknown":
                yield from self._needs_truth(number.op, number.table, number.args, row)
        elif isinstance(value, Days) and value.lo[row] != value.hi[row]:
            yield from self._needs_days(number.op, number.table, number.args, row)

    def _needs_truth(self, op: str, table: str, args: tuple[Any, ...], row: int) -> Iterator[str]:
        match op:
            case "among":
                yield args[0]
            case "at_most" | "and" | "or" | "not":
                for part in args:
                    yield from self.needs(part, row)
            case "lift":
                yield from self.needs(args[0], self.run.rows_above(table, args[1])[row])
            case "some":
                yield from self._needs_items(args[0], (args[1],), row)
            case "missed":
                yield from self._needs_missed(args[0], row)
            case "open_together":
                yield from self._needs_together(table, args, row)
            case "exists":
                yield table
            case "interval_exists":
                made = self.program.steps[args[0]].args
                yield from self.needs(made[4], self.run.parents(table)[row])
                yield made[1]

    def _needs_together(self, table: str, args: tuple[Any, ...], row: int) -> Iterator[str]:
        """Of the thing in `row`, then of those of the list in the same case."""
        case = self.run.rows_above(table, CASE)[row]
        others = enumerate(self.run.rows_above(args[0], CASE))
        asked = [(step, row) for step in args[1]]
        asked += [(step, other) for other, own in others if own == case for step in args[2]]
        for step, at in asked:
            yield from self.needs(step, at)
        yield args[0]

    def _needs_days(self, op: str, table: str, args: tuple[Any, ...], row: int) -> Iterator[str]:
        match op:
            case "event":
                known = self.run.event(args[0], "").lo[row] == self.run.record_to(table)[row] + 1
                yield Awaited(args[0]) if known else args[0]
            case "latest" | "earliest":
                for part in args:
                    yield from self.needs(part, row)
            case "add" | "held" | "clip" | "counts_as":
                yield from self.needs(args[0], row)
            case "unless_refused" | "interval_limit":
                yield from self.needs(args[0], row)
            case "lift_days":
                yield from self.needs(args[0], self.run.rows_above(table, args[1])[row])
            case "over_items":
                yield from self._needs_items(args[0], (args[1], args[2]), row)
            case "first_since":
                yield from self.needs(args[3], row)
                yield args[0]
            case "interval_start" | "interval_done":
                made = self.program.steps[args[0]].args
                yield made[1]
                yield from self.needs(made[4], self.run.parents(table)[row])
            case "interval_until":
                yield from self.needs(args[0], self.run.parents(table)[row])

    def _needs_items(self, items: str, parts: tuple[int, ...], row: int) -> Iterator[str]:
        """Of the items that stand in a row; the list itself where an item may be unseen."""
        exists = self.run.exists(items)
        unseen = False
        for item, above in enumerate(self.run.parents(items)):
            if above != row:
                continue
            if truth_of(exists, item) == "unknown":
                unseen = True
                continue
            for part in parts:
                yield from self.needs(part, item)
        if unseen:
            yield items

    def _needs_missed(self, judgement: int, row: int) -> Iterator[str]:
        step = self.program.steps[judgement]
        if step.op == "judge":
            for part in (step.args[0], *step.args[1:4], step.args[6], step.args[7], step.args[5]):
                yield from self.needs(part, row)
        elif step.op == "over_intervals":
            for item, above in enumerate(self.run.parents(step.args[1])):
                if above == row:
                    yield from self._needs_missed(step.args[0], item)
        else:
            for part in step.args:
                yield from self._needs_missed(part, row)

    def verdict_needs(self, part: Judged, row: int) -> tuple[str, ...]:
        """What would settle a duty's verdict: its gap first, then `on`, then `done`."""
        conjuncts = [
            part.exists, part.edition, part.applies, part.started, part.passed, part.alive,
            part.in_time, *(() if part.excuse is None else (part.excuse,)), part.done,
        ]  # fmt: skip
        found = dict.fromkeys(need for step in conjuncts for need in self.needs(step, row))
        asked = [need for need in found if not isinstance(need, Awaited)]
        return tuple(asked or found)

    # The whole tree

    def tree(self, step: int, row: int) -> dict[str, Any]:
        """The step, its answer in a row, and the steps it was worked out from."""
        made = self.program.steps[step]
        value = self.run.value(step)
        node: dict[str, Any] = {"op": made.op}
        if isinstance(value, Truth):
            node["answer"] = truth_of(value, row)
        elif isinstance(value, Days):
            node["days"] = [as_text(int(value.lo[row])), as_text(int(value.hi[row]))]
        match made.op:
            case "among":
                node |= {"fact": made.args[0], "values": list(made.args[1])}
            case "event":
                node["fact"] = made.args[0]
            case "add":
                node["length"] = f"{made.args[1]} {made.args[2]}"
            case "exists":
                node["list"] = made.table
            case "some" | "over_items" | "first_since" | "open_together":
                node["list"] = made.args[0]
        parts = list(self._parts(made.op, made.table, made.args, row))
        if parts:
            node["from"] = parts
        return node

    def _parts(
        self, op: str, table: str, args: tuple[Any, ...], row: int
    ) -> Iterator[dict[str, Any]]:
        if op in ("lift", "lift_days"):
            yield self.tree(args[0], self.run.rows_above(table, args[1])[row])
            return
        if op in ("some", "over_items"):
            steps = args[1:2] if op == "some" else args[1:3]
            for item, above in enumerate(self.run.parents(args[0])):
                if above == row:
                    yield from (self.tree(part, item) for part in steps)
            return
        inside = _INSIDE.get(op, ())
        steps = args if inside is None else tuple(args[n] for n in inside)
        for part in steps:
            yield self.tree(part, row)


_INSIDE: dict[str, tuple[int, ...] | None] = {
    "at_most": (0, 1), "and": None, "or": None, "not": (0,), "latest": None, "earliest": None,
    "add": (0,), "held": (0,), "clip": (0,), "counts_as": (0,), "unless_refused": (0, 1),
    "interval_limit": (0, 1), "first_since": (3,),
}  # fmt: skip


def as_date(ordinal: int) -> datetime.date | None:
    """The day, or None outside the calendar."""
    if 1 <= ordinal <= datetime.date.max.toordinal():
        return datetime.date.fromordinal(ordinal)
    return None


def as_text(ordinal: int) -> str:
    """`2025-05-07`, `ever` or `never`."""
    day = as_date(ordinal)
    return day.isoformat() if day else "ever" if ordinal <= EVER + 100_000 else "never"


def as_span(lo: int, hi: int) -> Span | None:
    """The possible days; None where nothing at all is known or it can never be."""
    if lo >= NEVER or (lo <= EVER and hi >= NEVER):
        return None
    return Span(as_date(lo), as_date(hi))
