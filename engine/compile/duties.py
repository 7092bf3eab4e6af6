"""Duties as steps: the conjuncts of SEMANTICS section 2, for each edition and reading.

In: the variants of one duty id. Out: a `CompiledDuty` whose last step is the judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from engine.compile.clocks import Clocks
from engine.compile.conditions import ConditionCompiler
from engine.compile.steps import Steps
from engine.dates import EVER
from engine.errors import Problem
from engine.model import condition as c
from engine.model.condition import Duration
from engine.model.fact import CASE
from engine.model.program import CompiledDuty, Judged
from engine.model.protocol import (
    AtOnce,
    Before,
    Duty,
    ListDone,
    Promptly,
    Recurring,
    Role,
    Within,
)

_ROUGH_DAYS = {"working days": 1.4, "days": 1, "weeks": 7, "months": 30.4, "years": 365.2}


class DutyCompiler:
    """Compiles duties over the steps of one program."""

    def __init__(self, conditions: ConditionCompiler, roles: dict[str, Role]) -> None:
        self.conditions = conditions
        self.steps: Steps = conditions.steps
        self.dictionary = conditions.dictionary
        self.clocks = Clocks(self.steps, self.dictionary)
        self.roles = roles
        self.tables: set[str] = set()  # of intervals

    def table(self, list_path: str | None) -> str:
        """The table that `for_each` names; without it, the case itself."""
        return CASE if list_path is None else self.dictionary.lists[list_path].name

    def compile(self, variants: Sequence[Duty]) -> CompiledDuty:
        """One rule with its editions."""
        table = self.table(variants[0].for_each)
        parts: list[Judged] = []
        roles: list[Judged] = []
        judgements, role_judgements = [], []
        clocked = None if variants[0].readings else variants[0]  # one clock chooses the edition
        for duty in variants:
            read = [self.one(reading, table, says, clocked) for reading, says in _readings(duty)]
            parts.extend(part for part, _ in read)
            judgements.append(self.agreed(table, [self.whole(p, table) for p, _ in read]))
            checked = [role for _, role in read if role is not None]
            roles.extend(checked)
            if checked:
                role_judgements.append(self.agreed(table, [role.judge for role in checked]))
        return CompiledDuty(
            variants[0].id,
            table,
            self.editions(table, judgements),
            self.editions(table, role_judgements) if role_judgements else None,
            tuple(parts),
            tuple(roles),
        )

    def whole(self, part: Judged, table: str) -> int:
        """The judgement in the duty's own table."""
        if part.table == table:
            return part.judge
        return self.steps.emit("over_intervals", table, part.judge, part.table)

    def agreed(self, table: str, judgements: list[int]) -> int:
        return judgements[0] if len(judgements) == 1 else self.steps.emit(
            "agreed", table, *judgements
        )  # fmt: skip

    def editions(self, table: str, judgements: list[int]) -> int:
        return judgements[0] if len(judgements) == 1 else self.steps.emit(
            "editions", table, *judgements
        )  # fmt: skip

    def one(
        self, duty: Duty, table: str, says: str | None, clocked: Duty | None = None
    ) -> tuple[Judged, Judged | None]:
        """One edition and reading of a duty, and its role result if it has one.

        `clocked`: the edition by whose clock it is chosen, so that exactly one judges, although a
        change may start the clock from another event.
        """
        if isinstance(duty.limit, Recurring):
            if duty.only_by:
                self.no_doer(duty)
            return self.recurring(replace(duty, only_by=None), table, says), None
        steps = self.steps
        exists = self.clocks.exists(table)
        given = self.clocks.start(duty, table)
        chosen = clocked or duty
        clock = self.clocks.clock(chosen, table, self.clocks.start(chosen, table))
        edition = self.clocks.edition(duty, table, clock)
        start = steps.ever(table) if given is None else self.clocks.clipped(duty, table, given)
        done = self.conditions.done(_done(duty), table, start, gate=isinstance(duty.limit, Before))
        due, passes = self.clocks.limit(duty, table, start, done)
        until = None
        if duty.until is not None:
            until = steps.date(duty.until, table, duty.place_of("until"))
        judged = self.judge(
            duty, table, exists, edition, start, given is not None, done, due, passes, until, says
        )
        role = self.role(duty, judged, says) if duty.only_by else None
        return judged, role

    def judge(
        self, duty: Duty, table: str, exists: int, edition: int, start: int, has_start: bool,
        done_days: int, due: int, passes: int, until: int | None, says: str | None,
        applies: int | None = None,
    ) -> Judged:  # fmt: skip
        """The judging step over all its conjuncts."""
        steps = self.steps
        asked = steps.asked(table)
        if applies is None:
            applies = self.conditions.truth(duty.when, table)
        started = steps.at_most(table, start, asked) if has_start else steps.constant(table, "yes")
        done = steps.at_most(table, done_days, asked)
        in_time = steps.at_most(table, done_days, due)
        passed = steps.at_most(table, passes, asked)
        alive, ended = steps.constant(table, "yes"), steps.constant(table, "no")
        if until is not None:
            alive, ended = steps.at_most(table, passes, until), steps.at_most(table, until, asked)
        excuse = None
        if duty.excused_by is not None:
            own = self.table(duty.for_each)  # where conditions are asked; `table` may be intervals
            excuse = steps.lifted(self.conditions.truth(duty.excused_by, own), table)
        number = steps.emit(
            "judge", table, exists, edition, applies, started, done, in_time, passed, alive, ended,
            steps.constant(table, "no") if excuse is None else excuse, done_days,
            not isinstance(duty.limit, Within | AtOnce | Recurring),
        )  # fmt: skip
        return Judged(
            table, number, exists, edition, applies, started, done_days, due, passes, excuse,
            until, start if has_start else None, done, in_time, passed, alive, says,
            duty.variant or duty.origin,
        )  # fmt: skip

    def role(self, duty: Duty, first: Judged, says: str | None) -> Judged:
        """`duty/role`: promptly and without excuse, once the first is done."""
        steps, table = self.steps, first.table
        done = duty.done
        if not (isinstance(done, c.Fact) and self.conditions.is_event(done.fact)):
            self.no_doer(duty)
            return first
        role = self.roles.get(duty.only_by or "")
        owner = steps.owner(self.dictionary.facts[done.fact])
        counted = tuple(sorted(role.counts)) if role else ()
        counts = steps.lifted(steps.emit("among", owner, f"{done.fact}_by", counted), table)
        days = steps.emit("counts_as", table, counts)
        asked = steps.asked(table)
        return self.judge(
            replace(duty, excused_by=None, limit=Promptly()), table, first.exists, first.edition,
            first.start if first.start is not None else steps.ever(table), first.start is not None,
            days, asked, asked, None, says,
            applies=steps.both(table, *sorted({first.applies, first.done})),
        )  # fmt: skip

    def no_doer(self, duty: Duty) -> None:
        self.steps.problems.append(
            Problem(
                "P405",
                "`only_by` is checked against the role of whoever did it, and `done` of "
                f"`{duty.id}` is not one event that someone did.",
                duty.place_of("only_by"),
                "Name one event in `done`, or use `by`, which is shown and not checked.",
            )
        )

    def recurring(self, duty: Duty, table: str, says: str | None) -> Judged:
        """One dated duty an interval, in a table of its own."""
        steps, limit, done = self.steps, duty.limit, duty.done
        assert isinstance(limit, Recurring)
        start = self.clocks.start(duty, table)
        if not isinstance(done, ListDone) or start is None:
            if not isinstance(done, ListDone):
                steps.problems.append(
                    Problem(
                        "P406",
                        f"`{duty.id}` recurs, so `done` must name the list of its occasions.",
                        duty.place_of("done"),
                        "Name a list, such as `cin_plan.reviews`; for something done once write "
                        "`within`.",
                    )
                )
            return self.one(replace(duty, limit=None), table, says)[0]
        items, opening, common = self.conditions.list_done(done, table)
        name = f"{duty.id}#{duty.variant}#{says or ''}"
        while name in self.tables:  # changed twice along the chain, or readings that say the same
            name += "+"
        self.tables.add(name)
        shorter = _rough_days(limit.then) < _rough_days(limit.first)
        made = steps.emit(
            "intervals", name, table, items, opening, common, start, shorter, _latest_begin(duty)
        )
        begun = steps.emit("interval_start", name, made)
        exists = steps.both(
            name,
            steps.lifted(self.clocks.exists(table), name),
            steps.emit("interval_exists", name, made),
        )
        edition = self.clocks.edition(duty, name, begun)
        begun = self.clocks.clipped(duty, name, begun)
        due = self.clocks.after(name, begun, limit.then)
        if limit.first != limit.then:
            first = self.clocks.after(name, begun, limit.first)
            due = steps.emit("interval_limit", name, first, due)
        until = None
        if duty.until is not None:
            end = steps.date(duty.until, table, duty.place_of("until"))
            until = steps.emit("interval_until", name, end, made)
        passes = steps.emit("add", name, due, 1, "days")
        if duty.force == "consider":
            due = passes = steps.never(name)
        return self.judge(
            duty, name, exists, edition, begun, True, steps.emit("interval_done", name, made),
            due, passes, until, says,
            applies=steps.lifted(self.conditions.truth(duty.when, table), name),
        )  # fmt: skip


def _readings(duty: Duty) -> list[tuple[Duty, str | None]]:
    """The duty under each of its readings; `when` of a reading holds beside the block's."""
    if not duty.readings:
        return [(duty, None)]
    out: list[tuple[Duty, str | None]] = []
    for reading in duty.readings:
        changes: dict[str, Any] = dict(reading.changes)
        if changes.get("when") is not None:
            own = [w for w in (*duty.scope, changes["when"]) if w is not None]
            changes["when"] = own[0] if len(own) == 1 else c.All(tuple(own))
        out.append((replace(duty, **changes, readings=()), reading.says))
    return out


def _done(duty: Duty) -> c.Condition | ListDone:
    assert duty.done is not None  # `not_checkable` duties are not compiled
    return duty.done


def _latest_begin(duty: Duty) -> int:
    """The last day on which this edition takes over from another; an occasion not on record may
    start a clock in it."""
    begins = [duty.effective.start.toordinal()] if duty.effective.start else []
    begins += [window.until.toordinal() + 1 for window in duty.superseded if window.until]
    return max(begins, default=EVER)


def _rough_days(duration: Duration) -> float:
    return duration.count * _ROUGH_DAYS[duration.unit]
