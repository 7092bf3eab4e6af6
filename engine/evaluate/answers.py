"""Judgements row by row, as answers that can be compared and sent: what the planes hold, read out.

In: a `Judgement`. Out: an `Answer` for each row; and planes again from answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from engine.evaluate.status import STATUSES, Judgement, status_of, truth_of
from engine.evaluate.values import Truth
from engine.evaluate.vectors import Plane, pack


class Answer(NamedTuple):
    """A duty in one row: its status; `yes`, `no` or `unknown` for gap and missed; what is to do."""

    status: str
    gap: str
    missed: str
    to_do: bool


def answers_of(judgement: Judgement, size: int) -> list[Answer]:
    """The answer of each of `size` rows."""
    return [
        Answer(
            status_of(judgement, row),
            truth_of(judgement.gap, row),
            truth_of(judgement.missed, row),
            bool(judgement.to_do >> row & 1),
        )
        for row in range(size)
    ]


def judgement_of(answers: Sequence[Answer]) -> Judgement:
    """The planes of an answer a row."""

    def where(holds: Callable[[Answer], bool]) -> Plane:
        return pack(holds(answer) for answer in answers)

    def truth(values: Iterable[str]) -> Truth:
        values = list(values)
        return Truth(pack(v == "yes" for v in values), pack(v == "no" for v in values))

    return Judgement(
        {name: pack(answer.status == name for answer in answers) for name in STATUSES},
        truth(answer.gap for answer in answers),
        truth(answer.missed for answer in answers),
        where(lambda answer: answer.to_do),
        where(lambda answer: answer.gap != "unknown" and answer.status != "undetermined"),
    )
