"""Composing a record: the smallest one in which a condition holds, or does not.

In: conditions and what they are to be. Out: a `Case`. `CannotCompose` is raised where a condition
needs more than single facts and one item a list, or two things that exclude each other.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any as Anything

from engine.dates.working_days import add_months
from engine.model import condition as c
from engine.model.case import Case, Coverage, Item, Period, Recorded
from engine.model.fact import Dictionary, Fact
from engine.model.protocol import Conclusion, Protocol


class CannotCompose(Exception):
    """No record was found; that does not say that there is none."""


def on(day: datetime.date) -> Period:
    """A day as a case file records it."""
    return Period(day, day)


class Draft:
    """Facts by path, each recorded once; every list that is needed has one item."""

    def __init__(self, protocol: Protocol, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.conclusions: dict[str, Conclusion] = {one.id: one for one in protocol.conclusions}
        self.facts: dict[str, Recorded] = {}
        self.items: set[str] = set()  # parts that are there, though nothing is recorded of them
        self.empty: set[str] = set()  # paths of lists that are known to hold nothing

    def copy(self) -> Draft:
        """The same record, to go on from."""
        other = Draft.__new__(Draft)
        other.dictionary, other.conclusions = self.dictionary, self.conclusions
        other.facts, other.items, other.empty = dict(self.facts), set(self.items), set(self.empty)
        return other

    def record(self, path: str, value: Recorded) -> None:
        """Record a fact, or its companion (`assessment.approved_by`)."""
        if self.facts.setdefault(path, value) != value:
            raise CannotCompose(path)

    def fact(self, path: str) -> Fact:
        """A fact that a case file can hold."""
        fact = self.dictionary.facts.get(path)
        if fact is None or fact.kind == "derived":
            raise CannotCompose(path)
        return fact

    def day_of(self, path: str) -> datetime.date | None:
        """The day on which an event is recorded."""
        recorded = self.facts.get(path)
        return recorded.first if isinstance(recorded, Period) else None

    def make(self, condition: c.Condition | None, wanted: bool, day: datetime.date) -> None:
        """Record what makes a condition true, or false; what happens, happens on `day`."""
        if condition is None:
            if not wanted:
                raise CannotCompose("no condition")
            return
        _MAKE[type(condition)](self, condition, wanted, day)

    def case(self, label: str, as_of: datetime.date) -> Case:
        """The record as a case."""
        lists = frozenset(self.empty)
        return Case(label, None, as_of, Coverage(lists=lists), self._item(None) or Item(), label)

    def _item(self, part: str | None) -> Item | None:
        """A part of the record with all below it; None where nothing is recorded there."""
        prefix = f"{part}."
        facts = {
            path.removeprefix(prefix): value
            for path, value in self.facts.items()
            if path.startswith(prefix)
        }
        item = Item(facts)
        for below in self.dictionary.parts.values():
            if below.below != part:
                continue
            if below.is_list and self.dictionary.list_path(below) in self.empty:
                item.lists[below.name] = ()
            elif (inner := self._item(below.name)) is None:
                continue
            elif below.is_list:
                item.lists[below.name] = (inner,)
            else:
                item.parts[below.name] = inner
        there = item.facts or item.parts or item.lists or part in self.items
        return item if there else None


def _all(draft: Draft, parts: Iterable[c.Condition], wanted: bool, day: datetime.date) -> None:
    for part in parts:
        draft.make(part, wanted, day)


def _one(draft: Draft, parts: Iterable[c.Condition], wanted: bool, day: datetime.date) -> None:
    """The first part that can be made so, given what is recorded already."""
    for part in parts:
        trial = draft.copy()
        try:
            trial.make(part, wanted, day)
        except CannotCompose:
            continue
        draft.facts, draft.items, draft.empty = trial.facts, trial.items, trial.empty
        return
    raise CannotCompose("no part of it")


def _both(draft: Draft, it: c.All, wanted: bool, day: datetime.date) -> None:
    (_all if wanted else _one)(draft, it.parts, wanted, day)


def _either(draft: Draft, it: c.Any, wanted: bool, day: datetime.date) -> None:
    (_one if wanted else _all)(draft, it.parts, wanted, day)


def _not(draft: Draft, it: c.Not, wanted: bool, day: datetime.date) -> None:
    draft.make(it.part, not wanted, day)


def _fact(draft: Draft, it: c.Fact, wanted: bool, day: datetime.date) -> None:
    fact = draft.fact(it.fact)
    words = fact.values or ("yes", "no")
    value = next((word for word in words if (word in it.values) == wanted), None)
    already = draft.facts.get(it.fact)
    if isinstance(already, Period):
        already = "yes"
    if already is not None and (already in it.values) == wanted:
        return
    if value is None:
        raise CannotCompose(it.fact)
    happened = value == "yes" and fact.kind in {"event", "incident"}
    draft.record(it.fact, on(day) if happened else value)


def _dated(draft: Draft, it: c.Dated, wanted: bool, day: datetime.date) -> None:
    draft.fact(it.fact)
    earlier = it.relation in {"before", "on_or_before"}
    draft.fact(it.other)
    other = draft.day_of(it.other) or day
    draft.record(it.other, on(other))
    step = datetime.timedelta(days=-7 if earlier == wanted else 7)
    draft.record(it.fact, on(other + step))


def _some(draft: Draft, it: c.Some, wanted: bool, day: datetime.date) -> None:
    if not wanted:
        draft.empty.add(it.list)
        return
    draft.items.add(draft.dictionary.lists[it.list].name)
    draft.make(it.where, True, day)


def _every(draft: Draft, it: c.Every, wanted: bool, day: datetime.date) -> None:
    draft.items.add(draft.dictionary.lists[it.list].name)
    draft.make(it.where, True, day)
    draft.make(it.have, wanted, day)


def _age(draft: Draft, it: c.Age, wanted: bool, day: datetime.date) -> None:
    at = draft.day_of(it.at) or day
    if it.at != c.AS_OF and it.at not in draft.facts:
        draft.fact(it.at)
        draft.record(it.at, on(at))
    years = it.years - 1 if it.under == wanted else it.years + 1
    born = add_months(at.toordinal(), -12 * years)
    draft.record("child.born", on(datetime.date.fromordinal(born)))


def _elapsed(draft: Draft, it: c.Elapsed, wanted: bool, day: datetime.date) -> None:
    for path in (it.start, it.to):
        if path is not None:
            draft.fact(path)
    if it.to is None or it.at_least.unit not in {"days", "weeks"}:
        raise CannotCompose(it.start)
    length = it.at_least.count * (7 if it.at_least.unit == "weeks" else 1)
    start = draft.day_of(it.start) or day
    draft.facts.setdefault(it.start, on(start))
    draft.record(it.to, on(start + datetime.timedelta(days=length if wanted else length - 1)))


def _reference(draft: Draft, it: c.Reference, wanted: bool, day: datetime.date) -> None:
    if it.id not in draft.conclusions:
        raise CannotCompose(it.id)
    draft.make(draft.conclusions[it.id].when, wanted, day)


_MAKE: dict[type, Callable[[Draft, Anything, bool, datetime.date], None]] = {
    c.Fact: _fact,
    c.Dated: _dated,
    c.All: _both,
    c.Any: _either,
    c.Not: _not,
    c.Some: _some,
    c.Every: _every,
    c.Age: _age,
    c.Elapsed: _elapsed,
    c.Reference: _reference,
}
