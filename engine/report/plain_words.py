"""Conditions in plain words, for people who read a protocol and not a case.

In: a condition, the fact dictionary, and the titles of what it may refer to. Out: a phrase without
a full stop, such as `Child disabled; and (Age at admission: under 16)`. One small function a form.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any as Anything

from engine.compile.cards import plain_date
from engine.model import condition as c
from engine.model.fact import Dictionary
from engine.model.protocol import Duty, ListDone, Protocol
from engine.report.words import listed

_RELATIONS = {
    "before": "before",
    "after": "after",
    "on_or_before": "on or before",
    "on_or_after": "on or after",
}
_HAPPENS = ("event", "incident", "date")


class PlainWords:
    """Writes conditions by the titles of a dictionary and of the rules of a protocol."""

    def __init__(self, protocol: Protocol, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._rules = {duty.id: _title(duty) for duty in protocol.duties}
        self._named = {(x.kind, x.id): x.title for x in protocol.conclusions}
        self._forms: dict[type, Callable[[Anything], str]] = {
            c.Fact: self._fact,
            c.Dated: self._dated,
            c.All: self._all,
            c.Any: self._any,
            c.Not: self._not,
            c.Some: self._some,
            c.Every: self._every,
            c.Age: self._age,
            c.Elapsed: self._elapsed,
            c.Reference: self._reference,
        }

    def condition(self, condition: c.Condition, *, inside: bool = False) -> str:
        """The condition in words; `inside` another one, one of several parts goes in brackets."""
        words = self._forms[type(condition)](condition)
        several = isinstance(condition, c.All | c.Any) and len(condition.parts) > 1
        return f"({words})" if inside and several else words

    def done(self, done: c.Condition | ListDone) -> str:
        """What satisfies a duty, in words."""
        if isinstance(done, ListDone):
            return f"an entry under {self.list(done.list)}"
        return self.condition(done)

    def list(self, path: str) -> str:
        """The title of a list, between quotation marks."""
        part = self._dictionary.lists.get(path)
        return f"“{part.title if part else path}”"

    def moment(self, name: str | None) -> str:
        """An event, a date or the day asked about."""
        if name is None or name == c.AS_OF:
            return "the date asked about"
        fact = self._dictionary.facts.get(name)
        if fact is not None:
            return f"“{self.fact(name)}”"
        try:
            return plain_date(datetime.date.fromisoformat(name))
        except ValueError:
            return name

    def fact(self, path: str) -> str:
        """The title of a fact; of a member of a checklist, whose title is a part of a sentence,
        its question."""
        fact = self._dictionary.facts.get(path)
        if fact is None:
            return path
        return fact.question if fact.checklist else fact.title

    def _fact(self, condition: c.Fact) -> str:
        fact = self._dictionary.facts.get(condition.fact)
        title = self.fact(condition.fact)
        if fact is not None and fact.checklist:
            return self._member(title, condition.values)
        if condition.values == ("yes",):
            return title
        if condition.values == ("no",):
            happens = fact is not None and fact.kind in _HAPPENS
            return f"{title}: {'it has not happened' if happens else 'no'}"
        return f"{title}: {self._either(condition)}"

    def _member(self, question: str, values: tuple[str, ...]) -> str:
        """A member of a checklist, by its question."""
        dated = question.startswith("When ") and values == ("yes",)
        return f"“{question}”: {'yes or a date' if dated else ' or '.join(values)}"

    def _either(self, condition: c.Fact) -> str:
        """The words a fact may take: `section 20 or care order`."""
        fact = self._dictionary.facts.get(condition.fact)
        values = fact.values if fact else ()
        titles = next(
            (words for words in self._dictionary.words.values() if tuple(words) == values), {}
        )
        words = [titles.get(value, value.replace("_", " ")) for value in condition.values]
        return listed(words).replace(" and ", " or ") if len(words) > 1 else words[0]

    def _dated(self, condition: c.Dated) -> str:
        relation = _RELATIONS[condition.relation]
        return f"{self.moment(condition.fact)} is {relation} {self.moment(condition.other)}"

    def _all(self, condition: c.All) -> str:
        return "; and ".join(self.condition(part, inside=True) for part in condition.parts)

    def _any(self, condition: c.Any) -> str:
        return "; or ".join(self.condition(part, inside=True) for part in condition.parts)

    def _not(self, condition: c.Not) -> str:
        part = condition.part
        if isinstance(part, c.Fact) and part.values == ("yes",):
            return self._fact(replace(part, values=("no",)))
        if isinstance(part, c.Reference) and part.kind != "missed":
            return f"{self._reference(part).removesuffix(' holds')} does not hold"
        if isinstance(part, c.Fact) and not set(part.values) & {"yes", "no"}:
            return f"{self.fact(part.fact)} is not: {self._either(part)}"
        return f"it is not so that: {self.condition(condition.part, inside=True)}"

    def _some(self, condition: c.Some) -> str:
        where = f" in which: {self._inside(condition.where)}" if condition.where else ""
        return f"there is an entry under {self.list(condition.list)}{where}"

    def _every(self, condition: c.Every) -> str:
        where = f" (where: {self.condition(condition.where)})" if condition.where else ""
        have = self._inside(condition.have)
        return f"every entry under {self.list(condition.list)}{where} has: {have}"

    def _inside(self, condition: c.Condition) -> str:
        return self.condition(condition, inside=True)

    def _age(self, condition: c.Age) -> str:
        limit = f"under {condition.years}" if condition.under else f"{condition.years} or older"
        on = self.moment(condition.at)
        return f"the child is {limit} on {on if condition.at == c.AS_OF else f'the day of {on}'}"

    def _elapsed(self, condition: c.Elapsed) -> str:
        start, length = self.moment(condition.start), condition.at_least
        if condition.to is None:
            return f"{length} or more have passed since {start}"
        return f"{length} or more lie between {start} and {self.moment(condition.to)}"

    def _reference(self, condition: c.Reference) -> str:
        if condition.kind == "missed":
            return f"“{self._rules.get(condition.id, condition.id)}” was not done in time"
        return f"“{self._named.get((condition.kind, condition.id), condition.id)}” holds"


def _title(duty: Duty) -> str:
    return f"{duty.checklist_title}: {duty.title}" if duty.checklist_title else duty.title
