"""What a duty means, judged over a completed case as plainly as possible: the second opinion.

In: a resolved protocol, the dictionary and a `World`, in which every fact is definite. Out: one
`Outcome` for every duty and row. No intervals and no planes: each formula of SEMANTICS sections 1
and 2 is written down for definite days. Only readings can leave an outcome undetermined.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.model import condition as c
from engine.model.fact import CASE, Dictionary
from engine.model.protocol import (
    AtOnce,
    Before,
    Conclusion,
    Dates,
    Duty,
    ListDone,
    Promptly,
    Protocol,
    Recurring,
    Within,
)
from tests.reference.conditions import Conditions, Reach
from tests.reference.days import EVER, NEVER, after, next_day
from tests.reference.outcome import Done, Judgement, Outcome, agreed, together
from tests.reference.world import World


@dataclass(frozen=True)
class Naive(Conditions):
    """The protocol, the completed case, and which reading each duty with readings is given."""

    protocol: Protocol
    chosen: Mapping[int, int] = field(default_factory=dict)  # index of a duty -> of its reading

    def rows(self, duty: Duty | Conclusion) -> list[int]:
        """The rows a duty judges: the child, or each item of its list."""
        return self.world.of(self.table(duty))

    def table(self, duty: Duty | Conclusion) -> str:
        return CASE if duty.for_each is None else self.dictionary.lists[duty.for_each].name

    def read(self, index: int) -> Duty:
        """The duty in the reading chosen for it."""
        duty = self.protocol.duties[index]
        if not duty.readings:
            return duty
        changes = dict(duty.readings[self.chosen[index]].changes)
        if "when" in changes:  # replaces the duty's own; the block's holds as well
            both = (*duty.scope, changes["when"])
            changes["when"] = c.All(tuple(part for part in both if part is not None))
        return dataclasses.replace(duty, **changes)

    def referred(self, condition: c.Reference, reach: Reach) -> bool:
        if condition.kind == "missed":
            return any(
                judgement.missed
                for index, duty in enumerate(self.protocol.duties)
                if condition.id in (duty.id, duty.checklist)
                for judgement in self.judgements(index, reach[self.table(duty)])
            )
        conclusion = next(
            x for x in self.protocol.conclusions if (x.kind, x.id) == (condition.kind, condition.id)
        )
        row = reach[self.table(conclusion)]
        return self.holds(conclusion.when, self.world.reach(row))

    # Duties

    def judgements(self, index: int, row: int) -> list[Judgement]:
        """One judgement, or of a recurring duty one an interval."""
        duty, reach = self.read(index), self.world.reach(row)
        if duty.done is None:
            return []
        if isinstance(duty.limit, Recurring):
            return self.intervals(duty, duty.limit, reach)
        gate = isinstance(duty.limit, Before)
        start = self.start(duty, reach)
        done = self.done(duty.done, reach, start, gate=gate)
        due, passes = self.limit(duty, reach, start)
        return [self.judged(duty, reach, start, done, due, passes)]

    def start(self, duty: Duty, reach: Reach) -> int:
        if duty.start is not None:
            return self.day(duty.start, reach)
        opening = self.dictionary.opening(self.table(duty))
        if opening is None or isinstance(duty.limit, Before):
            return EVER
        return self.day(opening, reach)

    def limit(self, duty: Duty, reach: Reach, start: int) -> tuple[int, int]:
        """The last day in time, and the day on which the duty counts as missed."""
        match duty.limit:
            case _ if duty.force == "consider":
                return NEVER, NEVER
            case Within(length):
                due = after(start, length)
                return due, next_day(due)
            case AtOnce():
                return start, next_day(start)
            case Before(gate):
                return self.day(gate, reach), self.day(gate, reach)
            case Promptly():
                return self.world.asked, self.world.asked
            case _:
                return NEVER, NEVER

    def intervals(self, duty: Duty, limit: Recurring, reach: Reach) -> list[Judgement]:
        assert isinstance(duty.done, ListDone)
        start = self.start(duty, reach)
        occasions = self.occasions(duty.done, reach)
        counted = [day for day in occasions if day > start]
        ends = [*map(Done, counted), Done(NEVER, silent=True)]
        if self.world.later != NEVER:  # an occasion after the record
            counted.append(max(self.world.later, next_day(start)))
            ends[-1:] = [Done(counted[-1], silent=True), Done(NEVER, silent=True)]
        judged = []
        for number, (begun, end) in enumerate(zip([start, *counted], ends, strict=True)):
            due = after(begun, limit.then if number else limit.first)
            proven = occasions[-1] if occasions else EVER
            judged.append(self.judged(duty, reach, begun, end, due, next_day(due), proven))
        return judged

    def judged(
        self, duty: Duty, reach: Reach, start: int, done: Done, due: int, passes: int,
        proven: int = EVER,
    ) -> Judgement:  # fmt: skip
        """The conjuncts of SEMANTICS section 1."""
        asked = self.world.asked
        if done.refused and duty.force != "consider" and asked >= self.world.record_to:
            due = passes = EVER
        until = NEVER if duty.until is None else self.ending(duty.until, reach, proven)
        in_time, alive = done.day <= due, passes <= until
        return Judgement(
            on=self.in_force(duty, reach, start)
            and self.meets(duty.when, reach)
            and start <= asked,
            done=done.day <= asked,
            in_time=in_time,
            ended=until <= asked,
            alive=alive,
            breach=passes <= asked and alive and not in_time,
            excused=duty.excused_by is not None and self.holds(duty.excused_by, reach),
            silent=done.silent and not done.denied,
            figure=isinstance(duty.limit, Within | AtOnce | Recurring),
            due=due,
        )

    def ending(self, until: str, reach: Reach, proven: int) -> int:
        """The day a duty ends; occasions prove it alive to the last, if the record allows it."""
        end = self.happening(until, reach)
        return min(max(end.day, proven), end.latest)

    def in_force(self, duty: Duty, reach: Reach, start: int) -> bool:
        """Is this the edition that was in force when the clock started?"""
        clock = start
        chosen = self.clocked(duty)
        if chosen.start is not None and chosen.start != duty.start:
            clock = self.day(chosen.start, reach)
        if chosen.start is None:
            opening = self.dictionary.opening(self.table(duty))
            if opening is not None:
                clock = self.day(opening, reach)
            elif isinstance(chosen.limit, Before):
                clock = min(self.day(chosen.limit.gate, reach), self.world.asked)
            else:
                clock = self.world.asked
        return _within(clock, duty.effective) and not any(
            _within(clock, window) for window in duty.superseded
        )

    def clocked(self, duty: Duty) -> Duty:
        """The duty whose clock chooses the edition: the first of that id, so that one judges."""
        first = next(one for one in self.protocol.duties if one.id == duty.id)
        plain = not first.readings and not isinstance(duty.limit, Recurring)
        return first if plain else duty

    def role(self, index: int, row: int) -> Outcome:
        """The second result of `only_by`: was it the right person, once it was done?"""
        duty, reach = self.read(index), self.world.reach(row)
        assert duty.only_by is not None
        assert isinstance(duty.done, c.Fact)
        role = next(role for role in self.protocol.roles if role.id == duty.only_by)
        right = self.value(f"{duty.done.fact}_by", reach) in role.counts
        if not any(j.on and j.done for j in self.judgements(index, row)):
            return Outcome("not_applicable", "no", "no")
        return Outcome("met", "no", "no") if right else Outcome("overdue", "yes", "yes")

    def outcome(self, index: int, row: int) -> Outcome:
        return together(
            Outcome(j.status, "yes" if j.gap else "no", "yes" if j.missed else "no")
            for j in self.judgements(index, row)
        )


def _within(clock: int, dates: Dates) -> bool:
    return (dates.start is None or dates.start.toordinal() <= clock) and (
        dates.until is None or clock <= dates.until.toordinal()
    )


def outcomes(
    protocol: Protocol, dictionary: Dictionary, world: World
) -> dict[tuple[str, int], Outcome]:
    """The outcome of each duty (`duty`, `duty/item`, `duty/role`) for each row of the world.

    Editions of one id are put together: only the one in force applies. Readings must agree.
    """
    with_readings = [i for i, duty in enumerate(protocol.duties) if duty.readings]
    found: dict[tuple[str, int], list[Outcome]] = {}
    for choice in itertools.product(
        *(range(len(protocol.duties[i].readings)) for i in with_readings)
    ):
        naive = Naive(dictionary, world, protocol, dict(zip(with_readings, choice, strict=True)))
        for key, editions in _once(naive).items():
            found.setdefault(key, []).append(together(editions))
    return {key: agreed(readings) for key, readings in found.items()}


def _once(naive: Naive) -> dict[tuple[str, int], list[Outcome]]:
    """Each duty's editions, in the readings chosen."""
    found: dict[tuple[str, int], list[Outcome]] = {}
    for index, duty in enumerate(naive.protocol.duties):
        if duty.done is None:
            continue
        for row in naive.rows(duty):
            found.setdefault((duty.id, row), []).append(naive.outcome(index, row))
            if naive.read(index).only_by is not None:
                key = (f"{duty.id}/role", row)
                found.setdefault(key, []).append(naive.role(index, row))
    return found
