"""What the second engine needs of a program: the steps its judgements rest on, in strata.

In: the steps of a program. Out: a `Plan`. A stratum is inferred from what the strata before it
concluded; then the steps that infer nothing (days, and truths carried between tables) follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from engine.model.program import CompiledDuty, Step
from engine.model.reads import makers_of, needed, rests_on

COMBINING = ("over_intervals", "agreed", "editions")
INFERRED = frozenset(
    ("among", "at_most", "and", "or", "not", "some", "open_together", "judge", *COMBINING)
)


_TABLES: dict[str, Callable[[Any], tuple[str, ...]]] = {
    "some": lambda args: (args[0],),
    "over_items": lambda args: (args[0],),
    "open_together": lambda args: (args[0],),
    "first_since": lambda args: (args[0], args[2]),
    "intervals": lambda args: (args[0], args[1], args[3]),
}


@dataclass(frozen=True)
class Plan:
    """`strata`: by level, the steps to infer and those to work out after them, in order."""

    steps: Sequence[Step]
    strata: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    judgements: tuple[int, ...]


def plan(steps: Sequence[Step], judgements: Iterable[int]) -> Plan:
    """The strata of all that the judgements rest on."""
    makers = makers_of(steps)
    wanted = needed(steps, judgements)
    levels: dict[int, int] = {}
    for number in sorted(wanted):
        step = steps[number]
        below = [levels[n] for n in rests_on(step, number, makers)]
        levels[number] = max(below, default=0) + (step.op in INFERRED)
    strata = []
    for level in range(max(levels.values(), default=-1) + 1):
        own = [number for number, at in levels.items() if at == level]
        inferred = tuple(n for n in own if steps[n].op in INFERRED)
        strata.append((inferred, tuple(n for n in own if steps[n].op not in INFERRED)))
    judging = tuple(n for n in sorted(wanted) if steps[n].op in ("judge", *COMBINING))
    return Plan(steps, tuple(strata), judging)


def finals(duties: Iterable[CompiledDuty]) -> list[int]:
    """The judgements of duties and of their role results."""
    return [n for duty in duties for n in (duty.judgement, duty.role) if n is not None]


def tables(steps: Iterable[Step]) -> set[str]:
    """The tables that steps speak of, those of intervals left out."""
    found: set[str] = set()
    for step in steps:
        found |= {step.table, *_TABLES.get(step.op, lambda _: ())(step.args)}
    return {name for name in found if "#" not in name}


def events(steps: Iterable[Step]) -> set[tuple[str, str]]:
    """The events that steps read, each with its use."""
    found: set[tuple[str, str]] = set()
    for step in steps:
        if step.op == "event":
            found.add((step.args[0], step.args[1] if len(step.args) > 1 else ""))
        elif step.op in ("first_since", "intervals"):
            found.add((step.args[1 if step.op == "first_since" else 2], ""))
    return found
