"""A compiled protocol: a flat list of steps in dependency order, and cards to describe duties by.

A *step* computes one value for every row of its table: a truth, dates, or the judgement of a
duty. Its arguments are the numbers of earlier steps or literals, so evaluation is one pass, the
trace of a case is read back along the arguments, and the whole program is plain JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple


class Step(NamedTuple):
    """`op` names a row of the operator table; `table` is where its rows are."""

    op: str
    table: str
    args: tuple[Any, ...]


class Card(NamedTuple):
    """What a report says about a duty besides its status."""

    id: str
    title: str
    block: str
    block_title: str
    block_kind: Literal["check", "pathway"]
    origin: str
    force: str
    cite: tuple[tuple[str, str, str], ...]  # protocol, document, clause
    by: str
    limit: str  # in words: "within 45 working days of …"
    figure: bool  # the limit is a figure: an excuse forgives the time, not the act
    limit_is_a_day: bool  # the limit is a figure or a gate, so that there is a last day in time
    has_start: bool = False  # the duty names what starts its clock
    other_agency: bool = False
    only_by: str | None = None
    law: tuple[str, ...] = ()
    question: str | None = None
    verification: str | None = None
    not_checkable: str | None = None
    note: str | None = None
    checklist: str | None = None
    checklist_title: str | None = None


class Judged(NamedTuple):
    """The steps of one duty under one edition, reading: what `judge` read, for trace and report.

    Numbers of steps, None where the duty has no such part. `table` is where it was judged: the
    duty's own, or that of its intervals.
    """

    table: str
    judge: int
    exists: int
    edition: int
    applies: int
    started: int
    done_days: int
    due: int
    passes: int
    excuse: int | None
    until: int | None
    start: int | None
    done: int
    in_time: int
    passed: int
    alive: int
    says: str | None = None
    edition_of: str = ""


class CompiledDuty(NamedTuple):
    """A duty's final judgement in `table`, the role result if it has `only_by`, and its parts."""

    id: str
    table: str
    judgement: int
    role: int | None
    parts: tuple[Judged, ...]
    role_parts: tuple[Judged, ...] = ()


class Named(NamedTuple):
    """A threshold, definition or pathway and the step that decides it."""

    id: str
    kind: Literal["threshold", "definition", "pathway"]
    title: str
    cite: tuple[tuple[str, str, str], ...]
    table: str
    truth: int


class Program(NamedTuple):
    """Everything evaluation and reports need of a resolved protocol."""

    protocol: str
    title: str
    chain: tuple[str, ...]
    edition: str  # its own dates, in words
    dictionary: str  # version of the dictionary it was compiled against
    steps: tuple[Step, ...]
    duties: tuple[CompiledDuty, ...]
    named: tuple[Named, ...]
    cards: dict[str, Card]
    sources: tuple[tuple[str, str, str], ...]  # protocol, document, title
    questions: dict[str, str]  # what each asks


def to_json(program: Program) -> list[Any]:
    """The program as JSON values: named tuples as lists of their fields."""
    return list(program)


def from_json(value: list[Any]) -> Program:
    """The program that `to_json` wrote; raises TypeError or ValueError on anything else."""
    program = Program(*value)
    return program._replace(
        chain=tuple(program.chain),
        steps=tuple(Step(op, table, _tuple(args)) for op, table, args in program.steps),
        duties=tuple(_duty(*duty) for duty in program.duties),
        named=tuple(Named(*_tuple(named)) for named in program.named),
        cards={id_: Card(*_tuple(card)) for id_, card in program.cards.items()},
        sources=_tuple(program.sources),
    )


def _duty(
    id_: str, table: str, judgement: int, role: int | None, parts: Any, role_parts: Any
) -> CompiledDuty:
    judged, role_judged = ([Judged(*part) for part in own] for own in (parts, role_parts))
    return CompiledDuty(id_, table, judgement, role, tuple(judged), tuple(role_judged))


def _tuple(value: Iterable[Any]) -> tuple[Any, ...]:
    """A list as a tuple, at every depth."""
    return tuple([_tuple(part) if type(part) is list else part for part in value])
