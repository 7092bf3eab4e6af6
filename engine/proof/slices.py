"""Parts of protocols and programs: what a duty rests on, and nothing else.

`part_of` cuts a resolved protocol down to some duties, so that a change to one of them can be
compiled alone; `Shapes` tells equal steps of different programs; `items_for` says how many items a
record needs for a list to matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from engine.model import condition as c
from engine.model.program import CompiledDuty, Program
from engine.model.protocol import Conclusion, Dates, Duty, ListDone, Protocol
from engine.model.reads import needed, with_steps

_ITEMS = {"some": 0, "first_since": 0, "over_items": 0, "open_together": 0, "intervals": 1}
_ANY_ORDER = {"and", "or", "latest", "earliest"}
AT_MOST = 2  # items of a list that conditions look through; of another, one


def conditions_of(duty: Duty) -> Iterator[c.Condition]:
    """Every condition a duty has, the parts of each included."""
    for condition in duty.conditions:
        yield from c.parts_of(condition)


def evidence(duty: Duty) -> frozenset[str]:
    """The facts and lists that satisfy a duty."""
    if isinstance(duty.done, ListDone):
        return frozenset((duty.done.list,))
    facts: set[str] = set()
    for part in c.parts_of(duty.done):
        if isinstance(part, c.Fact):
            facts.add(part.fact)
        elif isinstance(part, c.Some | c.Every):
            facts.add(part.list)
    return frozenset(facts)


def part_of(protocol: Protocol, ids: Iterable[str]) -> Protocol:
    """The protocol with the duties of these ids and all that they refer to."""
    conclusions = {(x.kind, x.id): x for x in protocol.conclusions}
    wanted, named, open_ = set[str](), dict[tuple[str, str], Conclusion](), list(ids)
    while open_:
        wanted.add(id_ := open_.pop())
        own = [d for d in protocol.duties if id_ in (d.id, d.checklist)]
        found = [x for duty in own for x in conditions_of(duty)]
        while found:
            one = found.pop()
            if not isinstance(one, c.Reference):
                continue
            if one.kind == "missed":
                open_.extend({one.id} - wanted)
            elif (one.kind, one.id) not in named:
                named[one.kind, one.id] = conclusions[one.kind, one.id]
                found.extend(c.parts_of(conclusions[one.kind, one.id].when))
    duties = tuple(d for d in protocol.duties if wanted & {d.id, d.checklist})
    return replace(
        protocol,
        duties=duties,
        conclusions=tuple(x for x in protocol.conclusions if (x.kind, x.id) in named),
        blocks=tuple(b for b in protocol.blocks if b.id in {duty.block for duty in duties}),
    )


def timeless(protocol: Protocol) -> Protocol:
    """The latest edition of every duty, whenever its clock starts."""
    latest = {duty.id: duty for duty in protocol.duties}
    replaced = {duty.replaces for duty in protocol.duties if duty.replaces}
    duties = tuple(
        replace(duty, effective=Dates(), superseded=())
        for duty in latest.values()
        if not {duty.id, duty.checklist} & replaced
    )
    return replace(protocol, duties=duties)


def judgements(duty: CompiledDuty) -> list[int]:
    """The steps of a duty's results: its own and, with `only_by`, its role's."""
    return [duty.judgement, *(() if duty.role is None else (duty.role,))]


def items_for(*sides: tuple[Program, Iterable[CompiledDuty]]) -> dict[str, int]:
    """How many items each list needs for some duties."""
    found: dict[str, int] = {}
    for program, duties in sides:
        found |= items_of(program, [number for duty in duties for number in judgements(duty)])
    return found


def items_of(program: Program, roots: Iterable[int]) -> dict[str, int]:
    """How many items each list needs: more than one where a step looks through them."""
    steps = [program.steps[number] for number in needed(program.steps, roots)]
    return {step.args[_ITEMS[step.op]]: AT_MOST for step in steps if step.op in _ITEMS}


class Shapes:
    """Numbers for steps: the same in any program shown to it, if they compute the same."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def of(self, program: Program) -> list[int]:
        """The number of every step's shape."""
        shapes: list[int] = []
        made: dict[str, str] = {}  # a recurring duty's rows by what makes them, not by their name
        for step in program.steps:
            args = with_steps(step, lambda number: ("step", shapes[number]))
            if step.op in _ANY_ORDER:
                args = tuple(sorted(args))
            if step.op == "intervals":
                made[step.table] = f"#{self._number(args)}"
            args = tuple(made.get(a, a) if isinstance(a, str) else a for a in args)
            shapes.append(self._number((step.op, made.get(step.table, step.table), *args)))
        return shapes

    def _number(self, key: Any) -> int:
        return self._numbers.setdefault(key, len(self._numbers))
