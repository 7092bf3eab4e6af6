"""Small changes to a protocol, to see whether its scenarios notice them.

In: a resolved protocol. Out: mutants of the duties, thresholds and definitions of its own file,
each as the part of the protocol that it touches. `different` asks the solver for a case of which a
mutant says something else than the protocol; none means that the change means nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, Literal, NamedTuple

from engine.analysis.branches import without_branches
from engine.compile import compile_protocol
from engine.model import condition as c
from engine.model.case import Case
from engine.model.condition import Condition, Duration
from engine.model.fact import Dictionary
from engine.model.program import CompiledDuty, Program
from engine.model.protocol import (
    FORCES,
    AtOnce,
    Before,
    Conclusion,
    Dates,
    Duty,
    Limit,
    Protocol,
    Recurring,
    Within,
)
from engine.proof.calendar import Calendar
from engine.proof.judged import Judgement
from engine.proof.logic import Formula, all_of, any_of, opposite
from engine.proof.question import Found, NoCase, example
from engine.proof.record import Record
from engine.proof.slices import Shapes, conditions_of, items_for, judgements, part_of
from engine.proof.symbolic import Symbolic

Kind = Literal[
    "limit", "no limit", "unit", "strength", "excuse", "condition", "branch", "until", "person",
    "duty", "edition", "reading",
]  # fmt: skip


class Mutant(NamedTuple):
    """One change: of which rule, of what kind, in words; the rules whose results it may change."""

    rule: str
    kind: Kind
    says: str
    protocol: Protocol
    touched: frozenset[str]


class Difference(NamedTuple):
    """A case that tells a mutant from the protocol: a result, and its status in each."""

    case: Case
    result: str


class Mutations:
    """Mutants of one protocol, and what tells them apart."""

    def __init__(self, protocol: Protocol, dictionary: Dictionary) -> None:
        self.protocol = protocol
        self.dictionary = dictionary

    def mutants(self) -> Iterator[Mutant]:
        """Every mutant, rule by rule."""
        for duty in self.protocol.duties:
            if self.protocol.id in (duty.origin, duty.variant) and duty.not_checkable is None:
                touched = self._resting_on(("missed", duty.id), ("missed", duty.checklist))
                yield from self._of_duty(duty, touched | {duty.id})
        for one in self.protocol.conclusions:
            touched = self._resting_on((one.kind, one.id))
            if one.origin == self.protocol.id and touched:
                yield from self._of_conclusion(one, touched)

    def _of_duty(self, duty: Duty, touched: frozenset[str]) -> Iterator[Mutant]:
        whole = part_of(self.protocol, touched)
        for kind, says, changed in _changes(duty):
            kept = [changed if one is duty else one for one in whole.duties]
            duties = tuple(one for one in kept if one is not None)
            if ("missed", duty.id) in self._users and duty.id not in {d.id for d in duties}:
                continue  # another rule names it: `protocol validate` would refuse the file
            yield Mutant(duty.id, kind, says, replace(whole, duties=duties), touched)

    def _of_conclusion(self, one: Conclusion, touched: frozenset[str]) -> Iterator[Mutant]:
        whole = part_of(self.protocol, touched)
        changes: list[tuple[Kind, str, Condition]] = [
            ("condition", "the condition turned round", c.Not(one.when))
        ]
        changes += [("branch", says, when) for says, when in without_branches(one.when)]
        for kind, says, when in changes:
            conclusions = tuple(replace(x, when=when) if x is one else x for x in whole.conclusions)
            yield Mutant(one.id, kind, says, replace(whole, conclusions=conclusions), touched)

    def _resting_on(self, *references: tuple[str, str | None]) -> frozenset[str]:
        """The duties that rest on any of these, directly or through others."""
        whole = {duty.id: duty.checklist for duty in self.protocol.duties}
        found: set[tuple[str, str]] = set()
        open_ = [*references]
        while open_:
            kind, name = open_.pop()
            for user in self._users.get((kind, name or ""), ()):
                if user not in found:
                    found.add(user)
                    open_ += [user, ("missed", whole.get(user[1]))]
        return frozenset(id_ for kind, id_ in found if kind == "missed")

    @cached_property
    def _users(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """By reference, the duties (as what is missed) and conclusions that make it."""
        users: dict[tuple[str, str], list[tuple[str, str]]] = {}
        entries: list[tuple[tuple[str, str], Iterator[Condition]]] = [
            *((("missed", d.id), conditions_of(d)) for d in self.protocol.duties),
            *(((x.kind, x.id), c.parts_of(x.when)) for x in self.protocol.conclusions),
        ]
        for name, conditions in entries:
            for part in conditions:
                if isinstance(part, c.Reference):
                    users.setdefault((part.kind, part.id), []).append(name)
        return users

    def different(self, mutant: Mutant, changed: Program) -> Difference | NoCase:
        """A case of which the mutant says something else."""
        original = compile_protocol(part_of(self.protocol, mutant.touched), self.dictionary)
        pairs = [*_pairs(original, changed, mutant.touched)]
        undecided = False
        for one, other in pairs:
            found = self._told_apart(original, changed, one, other)
            if isinstance(found, Difference):
                return found
            undecided = undecided or found is NoCase.UNDECIDED
        return NoCase.UNDECIDED if undecided else NoCase.NONE

    def _told_apart(
        self, original: Program, changed: Program, one: CompiledDuty, other: CompiledDuty
    ) -> Difference | NoCase:
        items = items_for((original, [one]), (changed, [other]))
        for exact in (True, False):
            record, calendar = Record(self.dictionary, items, exact=exact), Calendar()
            results = [
                [values.value(number)[0] for number in judgements(duty)]
                for program, duty in ((original, one), (changed, other))
                for values in [Symbolic(program, record, calendar)]
            ]
            answer = example(_apart(*results), record, calendar, "example")
            if isinstance(answer, Found):
                return Difference(answer.case, one.id)
            if answer is NoCase.UNDECIDED:
                return answer
        return NoCase.NONE


def _pairs(
    original: Program, changed: Program, touched: frozenset[str]
) -> Iterator[tuple[CompiledDuty, CompiledDuty]]:
    """The duties of both programs that do not compute the same."""
    shapes = Shapes()
    numbers = [shapes.of(program) for program in (original, changed)]
    known = {duty.id: duty for duty in changed.duties}
    for duty in original.duties:
        if duty.id in touched and duty.id in known:
            other = known[duty.id]
            mine = [numbers[0][step] for step in judgements(duty)]
            theirs = [numbers[1][step] for step in judgements(other)]
            if mine != theirs:
                yield duty, other


def _apart(one: list[Judgement], other: list[Judgement]) -> Formula:
    """Whether some result has another status; a role's that only one of them has counts by gap."""
    apart = [
        all_of((first.status[name], opposite(second.status[name])))
        for first, second in zip(one, other, strict=False)
        for name in first.status
    ]
    longer = one[len(other) :] + other[len(one) :]
    return any_of([*apart, *(opposite(role.status["not_applicable"]) for role in longer)])


def _changes(duty: Duty) -> Iterator[tuple[Kind, str, Duty | None]]:
    """What may be changed of a duty, in words; None: it is left out."""
    yield "duty", "left out", None
    for kind, says, limit in _limits(duty.limit):
        yield kind, says, replace(duty, limit=limit)
    if duty.force != "consider":
        weaker = FORCES[FORCES.index(duty.force) + 1]
        yield "strength", f"{weaker} instead of {duty.force}", replace(duty, force=weaker)
    if duty.excused_by is not None:
        yield "excuse", "without its excuse", replace(duty, excused_by=None)
    if duty.when is not None:
        yield "condition", "its condition turned round", replace(duty, when=c.Not(duty.when))
    for name, word in (("excused_by", "excuse"), ("when", "condition"), ("done", "evidence")):
        for says, condition in without_branches(getattr(duty, name)):
            changes: dict[str, Any] = {name: condition}
            yield "branch", f"{word}: {says}", replace(duty, **changes)
    if duty.until is not None:
        yield "until", "without its end", replace(duty, until=None)
    if duty.only_by is not None:
        yield "person", "by anybody", replace(duty, only_by=None, by=duty.only_by)
    yield from _editions(duty)
    for number, reading in enumerate(duty.readings):
        rest = duty.readings[:number] + duty.readings[number + 1 :]
        if rest:
            yield "reading", f"without the reading “{reading.says}”", replace(duty, readings=rest)


def _limits(limit: Limit) -> Iterator[tuple[Kind, str, Limit]]:
    match limit:
        case Within(duration):
            for other in _near(duration):
                yield "limit", f"within {other} instead of {duration}", Within(other)
            swapped = _other_unit(duration)
            if swapped is not None:
                yield "unit", f"within {swapped} instead of {duration}", Within(swapped)
        case AtOnce():
            yield "limit", "within 1 day instead of at once", Within(Duration(1, "days"))
        case Before(gate):
            yield "no limit", f"not before {gate}", None
        case Recurring(then, first):
            for other in _near(then):
                yield "limit", f"every {other} instead of {then}", Recurring(other, first)
            for other in _near(first):
                yield "limit", f"first within {other} instead of {first}", Recurring(then, other)


def _near(duration: Duration) -> Iterator[Duration]:
    """One more and one fewer."""
    yield Duration(duration.count + 1, duration.unit)
    if duration.count > 1:
        yield Duration(duration.count - 1, duration.unit)


def _other_unit(duration: Duration) -> Duration | None:
    if duration.unit == "working days":
        return Duration(duration.count, "days")
    return Duration(duration.count, "working days") if duration.unit == "days" else None


def _editions(duty: Duty) -> Iterator[tuple[Kind, str, Duty]]:
    """A rule's own dates, a day later; those of the whole file are not a rule's."""
    if "effective" not in duty.places:
        return
    for name in ("start", "until"):
        day: datetime.date | None = getattr(duty.effective, name)
        if day is not None:
            moved: Dates = replace(duty.effective, **{name: day + datetime.timedelta(days=1)})
            word = "from" if name == "start" else "until"
            yield "edition", f"in force {word} a day later", replace(duty, effective=moved)


class Tried(NamedTuple):
    """What became of a mutant: a scenario noticed it, or it means nothing, or it survived."""

    mutant: Mutant
    outcome: Literal["noticed", "equal", "survived", "not decided", "invalid"]
    difference: Difference | None = None


def score(tried: list[Tried]) -> float:
    """The share of mutants noticed, of those that mean something, in per cent."""
    counted = [one for one in tried if one.outcome in ("noticed", "survived", "not decided")]
    noticed = sum(one.outcome == "noticed" for one in counted)
    return 100 * noticed / len(counted) if counted else 100.0
