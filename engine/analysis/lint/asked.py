"""Questions to the solver about some duties of one protocol, and the cases that answer them.

In: a resolved protocol and its program (`Linted`). Out: `Asked`, formulas about the first item of a
record that leaves nothing open, and an example of which one of them holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from engine.analysis.lint.reading import is_own
from engine.model.case import Case
from engine.model.fact import Dictionary
from engine.model.program import CompiledDuty, Judged, Program
from engine.model.protocol import Duty, Protocol
from engine.proof.calendar import FIRST, LAST, Calendar
from engine.proof.logic import Days, Formula, Truth, all_of, any_of, opposite
from engine.proof.question import Found, NoCase, example
from engine.proof.record import Record
from engine.proof.slices import items_of, judgements
from engine.proof.symbolic import Symbolic


class Linted:
    """One protocol; `compiled` and `own` are its duties by id, `own` those its file wrote."""

    def __init__(self, protocol: Protocol, program: Program, dictionary: Dictionary) -> None:
        self.protocol = protocol
        self.program = program
        self.dictionary = dictionary

    @cached_property
    def compiled(self) -> dict[str, CompiledDuty]:
        return {duty.id: duty for duty in self.program.duties}

    @cached_property
    def own(self) -> dict[str, Duty]:
        return {d.id: d for d in self.protocol.duties if is_own(d, self.protocol)}

    @cached_property
    def checked(self) -> list[Duty]:
        """The latest variant of every duty that is judged."""
        latest = {duty.id: duty for duty in self.protocol.duties}
        return [duty for duty in latest.values() if duty.id in self.compiled]

    def about(self, *ids: str) -> Asked:
        """Questions about duties."""
        duties = [self.compiled[id_] for id_ in ids]
        steps = [step for duty in duties for step in judgements(duty)]
        asked = Asked(self.program, steps, self.dictionary)
        for step in steps:  # so that an example tells all that they read
            asked.values.value(step)
        return asked

    def at_work(self, rules: Iterable[str]) -> Case | None:
        """A case to which the first duty among `rules` applies."""
        for id_ in rules:
            if id_ in self.compiled:
                on = self.about(id_)
                return case_of(on.example(on.applies(self.compiled[id_])))
        return None


def case_of(answer: Found | NoCase) -> Case | None:
    """The case found, if there is one."""
    return answer.case if isinstance(answer, Found) else None


class Asked:
    """Questions about some steps of a program; `answers` are those given so far."""

    def __init__(self, program: Program, steps: list[int], dictionary: Dictionary) -> None:
        self.record = Record(dictionary, items_of(program, steps), exact=True)
        self.calendar = Calendar()
        self.values = Symbolic(program, self.record, self.calendar)
        self.answers: list[Found | NoCase] = []

    def truth(self, step: int) -> Truth:
        value: Truth = self.values.value(step)[0]
        return value

    def days(self, step: int) -> Days:
        value: Days = self.values.value(step)[0]
        return value

    def on(self, part: Judged) -> Formula:
        """The duty applies, under this edition and reading."""
        conjuncts = (part.exists, part.edition, part.applies, part.started)
        return all_of(self.truth(step).t for step in conjuncts)

    def applies(self, duty: CompiledDuty) -> Formula:
        """The duty applies, under some edition and reading."""
        return any_of(map(self.on, duty.parts))

    def missed(self, duty: CompiledDuty) -> Formula:
        """Its limit has passed and it was not done in time, excused or not."""
        value: Formula = self.values.value(duty.judgement)[0].missed.t
        return value

    def not_refused(self, duty: CompiledDuty) -> Formula:
        """The record does not say that it will not be done."""
        return opposite(any_of(self.days(part.done_days).refused for part in duty.parts))

    def different_limits(self, one: CompiledDuty, other: CompiledDuty) -> Formula:
        """Both apply, both have a last day, and the two days differ."""
        return any_of(
            all_of((self.on(a), self.on(b), *_dated(first), *_dated(second), first.hi != second.hi))
            for a in one.parts
            for b in other.parts
            for first, second in [(self.days(a.due), self.days(b.due))]
        )

    def example(self, wanted: Formula) -> Found | NoCase:
        answer = example(wanted, self.record, self.calendar, "example")
        self.answers.append(answer)
        return answer


def _dated(days: Days) -> tuple[Formula, ...]:
    if isinstance(days.hi, int):
        return (FIRST <= days.hi <= LAST,)
    return (days.hi >= FIRST, days.hi <= LAST, opposite(days.hi != days.lo))
