"""A compiled protocol: a flat list of steps in dependency order, and cards to describe duties by.

A *step* computes one value for every row of its table: a truth, dates, or the judgement of a
duty. Its arguments are the numbers of earlier steps or literals, so evaluation is one pass, the
trace of a case is read back along the arguments, and the whole program is plain JSON.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple


class Step(NamedTuple):
    """`op` names a row of the operator table; `table` is where its rows are."""

    op: str
    table: str
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Card:
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


@dataclass(frozen=True)
class CompiledDuty:
    """A duty's final judgement in `table`, the role result if it has `only_by`, and its parts."""

    id: str
    table: str
    judgement: int
    role: int | None
    parts: tuple[Judged, ...]
    role_parts: tuple[Judged, ...] = ()


@dataclass(frozen=True)
class Named:
    """A threshold, definition or pathway and the step that decides it."""

    id: str
    kind: Literal["threshold", "definition", "pathway"]
    title: str
    cite: tuple[tuple[str, str, str], ...]
    table: str
    truth: int


@dataclass(frozen=True)
class Program:
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
    questions: dict[str, str] = field(default_factory=dict)


def to_json(program: Program) -> dict[str, Any]:
    """The program as JSON values."""
    return asdict(program)


def from_json(value: dict[str, Any]) -> Program:
    """The program that `to_json` wrote; raises KeyError or TypeError on anything else."""
    return Program(
        protocol=value["protocol"],
        title=value["title"],
        chain=tuple(value["chain"]),
        edition=value["edition"],
        dictionary=value["dictionary"],
        steps=tuple(Step(op, table, _tuple(args)) for op, table, args in value["steps"]),
        duties=tuple(
            CompiledDuty(
                duty["id"],
                duty["table"],
                duty["judgement"],
                duty["role"],
                tuple(Judged(*part) for part in duty["parts"]),
                tuple(Judged(*part) for part in duty["role_parts"]),
            )
            for duty in value["duties"]
        ),
        named=tuple(Named(**{**named, "cite": _tuple(named["cite"])}) for named in value["named"]),
        cards={
            id_: Card(**{**card, "cite": _tuple(card["cite"]), "law": tuple(card["law"])})
            for id_, card in value["cards"].items()
        },
        sources=_tuple(value["sources"]),
        questions=value["questions"],
    )


def _tuple(value: Any) -> Any:
    """Lists as tuples, at every depth."""
    return tuple(_tuple(part) for part in value) if isinstance(value, list | tuple) else value
