"""Conditions and `done` over a completed case: true or false, and on which day.

In: the dictionary, a `World`, and the rows in reach. Out: truths and days, for `naive`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.model import condition as c
from engine.model.fact import Dictionary
from engine.model.protocol import ListDone
from tests.reference.days import EVER, NEVER, after, birthday
from tests.reference.outcome import Done
from tests.reference.world import Happening, World

EVENTS = ("event", "incident", "date")
Reach = Mapping[str, int]  # the row of each table whose facts can be named


@dataclass(frozen=True)
class Conditions(ABC):
    """Reads the facts of a world; what a reference means is for the duties to say."""

    dictionary: Dictionary
    world: World

    @abstractmethod
    def referred(self, condition: c.Reference, reach: Reach) -> bool:
        """Was that duty missed, is that threshold or definition reached?"""

    # Dates and conditions

    def happening(self, fact: str, reach: Reach) -> Happening:
        """The event or date `fact` in the row in reach."""
        if fact == "child.birthday_18":
            born = self.happening("child.born", reach)
            return Happening(birthday(born.day, 18), latest=birthday(born.latest, 18))
        value = self.value(fact, reach)
        assert isinstance(value, Happening), fact
        return value

    def value(self, fact: str, reach: Reach) -> Happening | str:
        table = self.dictionary.parts[fact.split(".", maxsplit=1)[0]].table
        return self.world.rows[reach[table]].facts[fact]

    def day(self, name: str, reach: Reach) -> int:
        return self.world.asked if name == c.AS_OF else self.happening(name, reach).day

    def items(self, path: str, reach: Reach) -> Iterator[dict[str, int]]:
        """The items of a list below the nearest row in reach, each with what it reaches."""
        table = self.dictionary.lists[path].name
        common = next(t for t in self.dictionary.ancestors(table)[1:] if t in reach)
        for index in self.world.below(table, common, reach[common]):
            yield {**reach, **self.world.reach(index)}

    def holds(self, condition: c.Condition, reach: Reach) -> bool:
        """Is it so on the day asked about?"""
        match condition:
            case c.Fact():
                return self.word(condition.fact, reach) in condition.values
            case c.Dated():
                return self.compared(condition, reach)
            case c.All():
                return all(self.holds(part, reach) for part in condition.parts)
            case c.Any():
                return any(self.holds(part, reach) for part in condition.parts)
            case c.Not():
                return not self.holds(condition.part, reach)
            case c.Some():
                return any(
                    self.meets(condition.where, r) for r in self.items(condition.list, reach)
                )
            case c.Every():
                return all(
                    self.holds(condition.have, r)
                    for r in self.items(condition.list, reach)
                    if self.meets(condition.where, r)
                )
            case c.Age():
                old = birthday(self.day("child.born", reach), condition.years)
                return (old <= self.day(condition.at, reach)) != condition.under
            case c.Elapsed():
                full = after(self.day(condition.start, reach), condition.at_least)
                to = NEVER if condition.to is None else self.day(condition.to, reach)
                return full <= to and full <= self.world.asked
            case c.Reference():
                return self.referred(condition, reach)

    def meets(self, where: c.Condition | None, reach: Reach) -> bool:
        return where is None or self.holds(where, reach)

    def word(self, fact: str, reach: Reach) -> str:
        """The word of a circumstance; of an event, whether it has happened."""
        if fact == "hospital_stay.during_cin_plan":
            return "yes" if self.during_plan(reach) else "no"
        if self.dictionary.facts[fact].kind == "circumstance":
            word = self.value(fact, reach)
            assert isinstance(word, str)
            return word
        return "yes" if self.day(fact, reach) <= self.world.asked else "no"

    def during_plan(self, reach: Reach) -> bool:
        """Was a child in need plan open on some day of the stay so far?"""
        first = self.day("hospital_stay.admitted", reach)
        last = min(self.day("hospital_stay.discharged", reach), self.world.asked)
        return first <= self.world.asked and any(
            self.day("cin_plan.started", plan) <= last and first <= self.day("cin_plan.ended", plan)
            for plan in self.items("cin_plans", reach)
        )

    def compared(self, condition: c.Dated, reach: Reach) -> bool:
        one, other = self.day(condition.fact, reach), self.day(condition.other, reach)
        return {
            "before": one < other,
            "on_or_before": one <= other,
            "after": one > other,
            "on_or_after": one >= other,
        }[condition.relation]

    # Done

    def done(self, wanted: c.Condition | ListDone, reach: Reach, start: int, *, gate: bool) -> Done:
        """The day something was done: of `all` its last part, of `any` its first."""
        match wanted:
            case ListDone():
                return self.first_item(wanted, reach, start)
            case c.Fact() if self.dictionary.facts[wanted.fact].kind in EVENTS:
                happened = self.happening(wanted.fact, reach)
                day = EVER if gate and happened.mark == "undated" else happened.day
                mark = happened.mark
                return Done(day, mark == "refused", mark == "silent", mark in ("no", "refused"))
            case c.All():
                return self.last([self.done(p, reach, start, gate=gate) for p in wanted.parts])
            case c.Any():
                return self.first([self.done(p, reach, start, gate=gate) for p in wanted.parts])
            case c.Every():
                items = [r for r in self.items(wanted.list, reach) if self.meets(wanted.where, r)]
                return self.last([self.done(wanted.have, r, start, gate=gate) for r in items])
            case c.Some() if wanted.where is not None:
                items = list(self.items(wanted.list, reach))
                return self.first([self.done(wanted.where, r, start, gate=gate) for r in items])
            case _ if self.holds(wanted, reach):
                return Done(EVER)
            case _:
                return Done(self.world.later, denied=True)

    def last(self, parts: list[Done]) -> Done:
        return Done(
            max((p.day for p in parts), default=EVER),
            any(p.refused for p in parts),
            any(p.silent for p in parts),
            any(p.denied for p in parts),
        )

    def first(self, parts: list[Done]) -> Done:
        return Done(
            min((p.day for p in parts), default=NEVER),
            bool(parts) and all(p.refused for p in parts),
            any(p.silent for p in parts),
            any(p.denied for p in parts),
        )

    def first_item(self, wanted: ListDone, reach: Reach, start: int) -> Done:
        days = [day for day in self.occasions(wanted, reach) if day >= start]
        return Done(days[0]) if days else Done(max(self.world.later, start), silent=True)

    def occasions(self, wanted: ListDone, reach: Reach) -> list[int]:
        """The days of a list's items up to the end of the record, without plans, in order."""
        opening = self.dictionary.lists[wanted.list].opening
        assert opening is not None
        days = {self.day(opening, r) for r in self.items(wanted.list, reach)}
        return sorted(day for day in days if day <= self.world.record_to)
