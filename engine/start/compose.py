"""Scenarios for one duty: fires, silent, cannot tell, excused, and both sides of its limit.

In: a duty of a resolved protocol, the compiled program, a day to begin at. Out: scenarios whose
expectations are what the engine says of them, each of which it says for the reason meant; and the
names of those that could not be composed. A person has to read them: they show what the rule does,
not what the document means.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import NamedTuple

from engine.dates.working_days import monday_from
from engine.evaluate import evaluate
from engine.load.case_text import written
from engine.model import condition as c
from engine.model.fact import CASE, Dictionary
from engine.model.finding import Finding, Status
from engine.model.program import Program
from engine.model.protocol import Before, Dates, Duty, ListDone, Protocol
from engine.start.draft import CannotCompose, Draft, on

_LATER = datetime.date(2100, 1, 1)  # scenarios say their own dates; none is in the future
_DAY = datetime.timedelta(days=1)
_MONTH = datetime.timedelta(days=30)


class Composed(NamedTuple):
    """A scenario: its title, its text as an entry of a scenario file, and the status expected."""

    title: str
    text: str
    status: Status


class Composition(NamedTuple):
    """The scenarios of a duty, those that are left to write, and its last day in time."""

    scenarios: tuple[Composed, ...]
    left: tuple[str, ...]
    due: datetime.date | None


def first_day(effective: Dates) -> datetime.date:
    """A Monday on which a rule has been in force for a while, and still is."""
    soonest = (effective.start or datetime.date(2020, 1, 1)) + _MONTH
    day = max(datetime.date(2025, 3, 3), soonest)
    if effective.until and day + 3 * _MONTH > effective.until:
        day = soonest
    return datetime.date.fromordinal(monday_from(day.toordinal()))


def compose(
    duty: Duty, protocol: Protocol, program: Program, dictionary: Dictionary, day: datetime.date
) -> Composition:
    """The scenarios of a duty, its clock starting on `day`."""
    composer = _Composer(duty, protocol, program, dictionary, day)
    found, left = [], []
    for wanted, title, make in composer.variants():
        try:
            scenario = composer.scenario(wanted, title, make)
        except CannotCompose:
            scenario = None
        if scenario is None:
            left.append(title)
        else:
            found.append(scenario)
    return Composition(tuple(found), tuple(left), composer.due)


_Made = tuple[Draft, datetime.date]  # a record, and the day it speaks up to
_Variant = tuple[Status, str, Callable[[], _Made]]


class _Composer:
    def __init__(
        self,
        duty: Duty,
        protocol: Protocol,
        program: Program,
        dictionary: Dictionary,
        day: datetime.date,
    ) -> None:
        self.duty = duty
        self.protocol = protocol
        self.program = program
        self.dictionary = dictionary
        self.day = day
        self.role = next((role for role in protocol.roles if role.id == duty.only_by), None)
        self.table = dictionary.lists[duty.for_each].name if duty.for_each else CASE
        self.due = self._due()

    def variants(self) -> Iterator[_Variant]:
        """What to show of the duty: the status meant, in words, and the record."""
        if self.duty.not_checkable or self.duty.done is None:
            return
        late: Status = "overdue"
        if self.due:
            yield "met", "done on the last day in time", lambda: self._done(self.due, self.due)
            yield "late", "done a day late", lambda: self._done(self._after, self._after)
            yield "outstanding", "not done yet, on the last day in time", self._still_time
            yield late, "not done, and the limit has passed", lambda: self._not("no")
        else:
            yield "met", "done", lambda: self._done(self.day, self.day + _MONTH)
            told = "no" if self.duty.limit else "refused"
            if self.duty.force == "consider":
                late, told = "outstanding", "no"
            yield late, "recorded as not done", lambda: self._not(told)
        if self.duty.excused_by is not None and (self.due or self.duty.limit):
            yield "excused", "not done, with a reason on record", self._excused
        yield "undetermined", "nothing is recorded of it", self._silent
        yield "not_applicable", *self._other_case()
        if self.role:
            yield "overdue", "done by somebody else than it takes", self._wrong_person

    def scenario(self, wanted: Status, title: str, make: Callable[[], _Made]) -> Composed | None:
        """The scenario, if the engine says of the record what was meant."""
        draft, as_of = make()
        finding, role = self._findings(draft, as_of)
        shown = role if make == self._wrong_person else finding
        if shown is None or shown.status != wanted:
            return None
        expected = [self._expected(finding)] if make != self._wrong_person else []
        expected += [self._expected(role)] if role else []
        lines = written(draft.case("scenario", as_of), self.dictionary).splitlines()[1:]
        text = [
            f"- scenario: {self.duty.id}, {title}",
            f"  protocol: {self.protocol.id}",
            "  case:",
            *(f"    {line}" for line in lines),
            "  expect:",
            *(f"    {line}" for line in expected),
        ]
        return Composed(title, "\n".join(text) + "\n", wanted)

    def _findings(self, draft: Draft, as_of: datetime.date) -> tuple[Finding, Finding | None]:
        (told,) = evaluate(
            self.program, [draft.case("scenario", as_of)], self.dictionary, None, _LATER
        )
        own = [finding for finding in told.findings if finding.duty == self.duty.id]
        role = next((finding for finding in own if finding.role), None)
        return next(finding for finding in own if not finding.role), role

    def _applies(self, condition: c.Condition | None, wanted: bool = True) -> Draft:
        """A record to which the duty applies; or, if not `wanted`, all but for its condition."""
        draft = Draft(self.protocol, self.dictionary)
        for table in self.dictionary.ancestors(self.table)[:-1]:
            draft.items.add(table)
        if self.duty.start:
            draft.fact(self.duty.start)
            draft.record(self.duty.start, on(self.day))
        if isinstance(self.duty.limit, Before):
            draft.fact(self.duty.limit.gate)
            draft.record(self.duty.limit.gate, on(self.day + 14 * _DAY))
        draft.make(condition, wanted, self.day)
        for table in self.dictionary.ancestors(self.table)[:-1]:
            opening = self.dictionary.parts[table].opening
            if opening and opening not in draft.facts:
                draft.record(opening, on(self.day - 14 * _DAY))
        return draft

    def _due(self) -> datetime.date | None:
        """The last day in time, as the engine counts it."""
        try:
            draft = self._applies(self.duty.when)
        except CannotCompose:
            return None
        finding, _ = self._findings(draft, self.day + 14 * _DAY)
        verdicts = [v for one in finding.instances for v in (one.verdict, *one.parts)]
        spans = [v.due for v in verdicts if v.due]
        return spans[0].last if spans and spans[0].first == spans[0].last else None

    @property
    def _after(self) -> datetime.date:
        return (self.due or self.day + _MONTH) + _DAY

    def _done(self, day: datetime.date | None, as_of: datetime.date | None) -> _Made:
        draft = self._applies(self.duty.when)
        if self.duty.excused_by is not None:
            draft.make(self.duty.excused_by, False, self.day)
        self._record_done(draft, day or self.day)
        if self.role and isinstance(self.duty.done, c.Fact):
            draft.record(f"{self.duty.done.fact}_by", self.role.counts[0])
        return draft, as_of or self.day

    def _record_done(self, draft: Draft, day: datetime.date) -> None:
        done = self.duty.done
        if isinstance(done, ListDone):
            part = self.dictionary.lists[done.list]
            if part.opening is None:
                raise CannotCompose(done.list)
            draft.record(part.opening, on(day))
        else:
            draft.make(done, True, day)

    def _record_not_done(self, draft: Draft, word: str) -> None:
        done = self.duty.done
        if isinstance(done, ListDone):
            draft.empty.add(done.list)
        elif isinstance(done, c.Fact) and done.values == ("yes",):
            draft.record(done.fact, word)
        else:
            draft.make(done, False, self.day)

    def _not(self, word: str) -> _Made:
        draft = self._applies(self.duty.when)
        if self.duty.excused_by is not None:
            draft.make(self.duty.excused_by, False, self.day)
        self._record_not_done(draft, word)
        return draft, self._after

    def _still_time(self) -> _Made:
        draft = self._applies(self.duty.when)
        if isinstance(self.duty.limit, Before):
            draft.facts[self.duty.limit.gate] = "no"
        self._record_not_done(draft, "no")
        return draft, self.due or self.day

    def _excused(self) -> _Made:
        draft = self._applies(self.duty.when)
        draft.make(self.duty.excused_by, True, self.day)
        self._record_not_done(draft, "no")
        return draft, self._after

    def _silent(self) -> _Made:
        return self._applies(self.duty.when), self._after

    def _other_case(self) -> tuple[str, Callable[[], _Made]]:
        """Another kind of child; else the clock has not started; else there is no such item."""
        if self.duty.when is not None:
            when = self.duty.when
            return "of another kind of child", lambda: (self._applies(when, False), self._after)
        if self.duty.start:
            return "its clock has not started", self._not_started
        return "nothing that it is about", self._nothing

    def _not_started(self) -> _Made:
        draft = self._applies(None)
        start = self.duty.start or ""
        opening = {self.dictionary.parts[t].opening for t in {self.table} - {CASE}}
        if start in opening or self.dictionary.facts[start].kind == "date":
            return self._nothing()
        draft.facts[start] = "no"
        return draft, self._after

    def _nothing(self) -> _Made:
        if not self.duty.for_each:
            raise CannotCompose(self.duty.id)
        draft = Draft(self.protocol, self.dictionary)
        outer = self.dictionary.ancestors(self.table)[-2]
        draft.empty.add(self.dictionary.list_path(self.dictionary.parts[outer]))
        return draft, self._after

    def _wrong_person(self) -> _Made:
        draft, as_of = self._done(self.due or self.day, self.due or self.day + _MONTH)
        counts = self.role.counts if self.role else ()
        other = next((r for r in self.dictionary.words["role"] if r not in counts), None)
        if other is None or not isinstance(self.duty.done, c.Fact):
            raise CannotCompose(self.duty.id)
        draft.facts[f"{self.duty.done.fact}_by"] = other
        return draft, as_of

    def _expected(self, finding: Finding) -> str:
        """What the engine says, as a line of `expect`; of what is met also how strongly asked."""
        details: dict[str, str] = {"status": finding.status}
        if finding.status == "undetermined":
            details["needs"] = f"[{', '.join(finding.instances[0].verdict.needs[:1])}]"
        elif finding.gap == "yes":
            details["gap"] = "yes"
        elif finding.status == "met" and not finding.role:
            details["force"] = self.duty.force
        if len(details) == 1:
            return f"{finding.id}: {finding.status}"
        written = ", ".join(f"{key}: {value}" for key, value in details.items())
        return f"{finding.id}: {{{written}}}"
