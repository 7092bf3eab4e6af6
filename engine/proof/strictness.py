"""Which of two duties is stricter: a case of which one finds a gap and the other does not.

In: a duty (or several) of each of two programs, for the same items. Out: a `Comparison`: in which
way they differ, with a case for each way, which both programs were run on. *None* is a proof: every
record with at most two items in a list that conditions look through, every day of the calendar
(`calendar.FIRST` to `LAST`). A completed record leaves nothing unknown: a gap found there is
found in every record that tells as much (SEMANTICS law 2).
"""

from __future__ import annotations

import datetime
from typing import Literal, NamedTuple

from engine.evaluate import evaluate
from engine.evaluate.status import STATUSES
from engine.model.case import Case
from engine.model.fact import Dictionary
from engine.model.finding import Instance, Span
from engine.model.program import CompiledDuty, Program
from engine.proof.calendar import Calendar
from engine.proof.logic import Formula, all_of, any_of, opposite
from engine.proof.question import Found, NoCase, example
from engine.proof.record import Record
from engine.proof.slices import items_for, judgements
from engine.proof.symbolic import Symbolic

Measure = Literal["gap", "to do"]  # what sides are compared by: the gap found, or what is asked for

_LATER = datetime.date(2100, 1, 1)


class Side(NamedTuple):
    """Duties of one program that are taken together: a gap is a gap of any of them."""

    program: Program
    duties: tuple[CompiledDuty, ...]


class Said(NamedTuple):
    """What a side says of the item at issue: its duty, status, the sentence, and the days."""

    duty: str
    status: str
    why: str
    start: Span | None
    due: Span | None


class Shown(NamedTuple):
    """A case of which only one side finds a gap (or has something `to do`), and what each says."""

    case: Case
    first: Said
    second: Said
    of: Measure = "gap"


class Comparison(NamedTuple):
    """Where only the first finds a gap, and where only the second does; None: nowhere."""

    only_first: Shown | None
    only_second: Shown | None
    decided: bool = True

    @property
    def equal(self) -> bool:
        return self.decided and self.only_first is None and self.only_second is None


def compared(first: Side, second: Side, dictionary: Dictionary, of: Measure = "gap") -> Comparison:
    """How the gaps that two sides find differ, or what is `to do` by them."""
    record = Record(dictionary, items_for(first, second), exact=True)
    calendar = Calendar()
    found = [_found(side, record, calendar, of) for side in (first, second)]
    answers: list[Shown | None] = []
    decided = True
    for one, label in ((0, "only-first"), (1, "only-second")):
        wanted = all_of((found[one], opposite(found[1 - one])))
        answer = example(wanted, record, calendar, label)
        shown = None
        if isinstance(answer, Found):
            shown = _shown(answer.case, (first, second), one, dictionary, of)
        decided = decided and (answer is NoCase.NONE or shown is not None)
        answers.append(shown)
    return Comparison(answers[0], answers[1], decided)


def _found(side: Side, record: Record, calendar: Calendar, of: Measure) -> Formula:
    """Whether a side finds a gap, or something to do, for the first of its items."""
    values = Symbolic(side.program, record, calendar)
    judged = [values.value(number)[0] for duty in side.duties for number in judgements(duty)]
    return any_of(one.gap.t if of == "gap" else one.to_do for one in judged)


def _shown(
    case: Case, sides: tuple[Side, Side], one: int, dictionary: Dictionary, of: Measure
) -> Shown | None:
    """The case, if the engine itself says it of that side only, for some item."""
    said = [_said(case, side, dictionary, of) for side in sides]
    found = [{item for item, is_so, _ in all_said if is_so} for all_said in said]
    at_issue = sorted(found[one] - found[1 - one])
    if not at_issue:
        return None
    first, second = (
        max((what for item, _, what in own if item == at_issue[0]), key=_telling, default=_NOTHING)
        for own in said
    )
    return Shown(case, first, second, of)


_NOTHING = Said("", "not_applicable", "Nothing is asked.", None, None)


def _telling(said: Said) -> int:
    """Which of a side's results says most: the worst."""
    return -STATUSES.index(said.status)


def _said(
    case: Case, side: Side, dictionary: Dictionary, of: Measure
) -> list[tuple[str, bool, Said]]:
    """For every result and item: the item, whether there is a gap (or it is to do), and why."""
    last = max(number for duty in side.duties for number in judgements(duty))
    program = side.program._replace(
        steps=side.program.steps[: last + 1], duties=side.duties, named=()
    )
    assessment = evaluate(program, [case], dictionary, None, _LATER)[0]
    return [
        (instance.item, verdict.gap == "yes" if of == "gap" else _to_do(instance), said)
        for finding in assessment.findings
        for instance in finding.instances
        for verdict in [instance.verdict]
        for part in [next((p for p in instance.parts if p.gap == verdict.gap), verdict)]
        for said in [Said(finding.id, verdict.status, verdict.why, part.start, part.due)]
    ]


def _to_do(instance: Instance) -> bool:
    """Whether something is to do, in some interval, by every reading."""
    readings: dict[str | None, bool] = {}
    for part in instance.parts or (instance.verdict,):
        readings[part.says] = readings.get(part.says, False) or part.to_do
    return all(readings.values())
