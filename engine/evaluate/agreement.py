"""Two engines side by side: whether they agree, and a bundle to reproduce it if not.

In: the planes' run and the second engine's answers. Out: an `Agreement`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from engine import __version__
from engine.evaluate.answers import Answer, answers_of, judgement_of
from engine.evaluate.durable_plan import COMBINING, finals
from engine.evaluate.run import Run
from engine.evaluate.status import truth_of
from engine.evaluate.values import Days, Truth
from engine.model.program import Program, Step
from engine.model.reads import needed, reads

Answers = dict[int, list[Answer]]
_MOST_BUNDLED = 20


class Difference(NamedTuple):
    """One judgement on which the engines differ: `row` of the step's own table."""

    duty: str
    step: int
    row: int
    planes: Answer
    durable: Answer | None


@dataclass(frozen=True)
class Agreement:
    """What came of asking: `word` is `agrees`, `differs`, or why there is one engine only.

    `answers` are the second engine's, by step and row, empty where it gave none.
    """

    word: str
    differences: tuple[Difference, ...] = ()
    answers: Answers = field(default_factory=dict)
    bundle: dict[str, Any] | None = None


def compare(program: Program, run: Run, answers: Answers) -> Agreement:
    """Every judgement of the planes against the second engine's."""
    found = tuple(_differences(program, run, answers))
    if not found:
        return Agreement("agrees", answers=answers)
    return Agreement("differs", found, answers, anonymous_bundle(program, run, found))


def duty_answers(program: Program, answers: Answers) -> dict[tuple[str, bool, int], Answer]:
    """By (duty id, role result?, row of the duty's table)."""
    return {
        (duty.id, role, row): answer
        for duty in program.duties
        for role, step in ((False, duty.judgement), (True, duty.role))
        if step is not None
        for row, answer in enumerate(answers[step])
    }


def with_answers(run: Run, answers: Answers) -> Run:
    """The run as if the second engine had decided: its judgements, the planes' days and truths."""
    shown = Run(run.columns)
    shown.values, shown.intervals = list(run.values), run.intervals
    shown.first_rows = run.first_rows
    for step, own in answers.items():
        shown.values[step] = judgement_of(own)
    return shown


def _differences(program: Program, run: Run, answers: Answers) -> Iterator[Difference]:
    names = _names(program)
    for step in judgements(program):
        planes = answers_of(run.value(step), run.size(program.steps[step].table))
        own: Sequence[Answer | None] = answers.get(step, [])
        if len(own) != len(planes):
            own = [None] * len(planes)
        for row, (one, other) in enumerate(zip(planes, own, strict=True)):
            if one != other:
                yield Difference(names[step], step, row, one, other)


def judgements(program: Program) -> list[int]:
    """The steps that judge, in order."""
    ops = ("judge", *COMBINING)
    wanted = needed(program.steps, finals(program.duties))
    return [number for number in sorted(wanted) if program.steps[number].op in ops]


def _names(program: Program) -> dict[int, str]:
    """The duty of each judging step."""
    return {
        number: duty.id
        for duty in program.duties
        for final in finals([duty])
        for number in _combined(program.steps, final)
    }


def _combined(steps: Sequence[Step], number: int) -> Iterator[int]:
    yield number
    if steps[number].op in COMBINING:
        for part in reads(steps[number]):
            yield from _combined(steps, part)


def anonymous_bundle(
    program: Program, run: Run, differences: Sequence[Difference]
) -> dict[str, Any]:
    """What reproduces the differences, without a date, word, label or place of any case.

    The steps that the judgements rest on, what each truth was in the rows of its table, and of
    two days only which comes first.
    """
    shown = differences[:_MOST_BUNDLED]
    rests_on = sorted(needed(program.steps, [d.step for d in shown]))
    return {
        "engine": __version__,
        "python": sys.version.split()[0],
        "protocol": program.protocol,
        "steps": {str(n): _described(program.steps[n]) for n in rests_on},
        "truths": {str(n): known for n in rests_on if (known := _known(program, run, n))},
        "differences": [
            {
                "duty": d.duty,
                "step": d.step,
                "row": d.row,
                "planes": list(d.planes),
                "durable": None if d.durable is None else list(d.durable),
            }
            for d in shown
        ],
    }


def _described(step: Step) -> list[Any]:
    return [step.op, step.table, list(step.args)]


def _known(program: Program, run: Run, number: int) -> list[Any]:
    """Of a truth its value a row; of a comparison also the order of the four ends."""
    value, step = run.value(number), program.steps[number]
    size = run.size(step.table)
    if isinstance(value, Days):
        return [[*_marks(value, row)] for row in range(size)]
    if not isinstance(value, Truth):
        return []
    if step.op != "at_most":
        return [truth_of(value, row) for row in range(size)]
    one, other = (run.days(part) for part in step.args)
    return [
        [truth_of(value, row), _order(last, first), _order(soonest, latest)]
        for row, (last, first, soonest, latest) in enumerate(
            zip(one.hi, other.lo, one.lo, other.hi, strict=True)
        )
    ]


def _marks(days: Days, row: int) -> Iterator[str]:
    for name in ("silent", "denied", "refused"):
        if getattr(days, name) >> row & 1:
            yield name


def _order(one: int, other: int) -> str:
    return "<" if one < other else ">" if one > other else "="
