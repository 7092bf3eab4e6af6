"""Which arguments of a step are numbers of other steps, and what a step rests on.

In: steps of a program. Out: the steps they read. The one place that knows this of each operator;
whatever goes through a program (the second engine, traces, proofs) asks here.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any

from engine.model.program import Step

ALL = range(1_000_000)
STEPS_OF: dict[str, Sequence[int]] = {  # by operator, which arguments are numbers of steps
    **dict.fromkeys(("constant", "among", "exists", "event", "day", "asked"), ()),
    **dict.fromkeys(("and", "or", "not", "latest", "earliest", "agreed", "editions"), ALL),
    **dict.fromkeys(
        ("lift", "lift_days", "missed", "add", "held", "clip", "counts_as", "over_intervals",
         "interval_start", "interval_done", "interval_exists"), (0,),
    ),
    **dict.fromkeys(("at_most", "unless_refused", "interval_limit", "interval_until"), (0, 1)),
    "some": (1,),
    "over_items": (1, 2),
    "first_since": (3,),
    "open_together": (1, 2),
    "intervals": (4,),
    "judge": tuple(range(11)),
}  # fmt: skip


def reads(step: Step) -> tuple[int, ...]:
    """The numbers of the steps that a step is worked out from."""
    places = STEPS_OF[step.op]
    if places is ALL:
        return step.args
    found: list[int] = []
    for place in places:
        arg = step.args[place]
        if isinstance(arg, tuple):
            found.extend(arg)
        else:
            found.append(arg)
    return tuple(found)


def with_steps(step: Step, change: Callable[[int], Any]) -> tuple[Any, ...]:
    """The arguments of a step with every number of a step changed."""
    places = STEPS_OF[step.op]
    return tuple(
        arg
        if place not in places
        else tuple(map(change, arg))
        if isinstance(arg, tuple)
        else change(arg)
        for place, arg in enumerate(step.args)
    )


def needed(
    steps: Sequence[Step],
    roots: Iterable[int],
    known: Container[int] = (),
    makers: dict[str, int] | None = None,
) -> set[int]:
    """The numbers of all steps that `roots` rest on, themselves included, but for the `known`.

    `makers` as `makers_of` gives them, for who asks often.
    """
    makers = makers_of(steps) if makers is None else makers
    found: set[int] = set()
    open_ = list(roots)
    while open_:
        number = open_.pop()
        if number not in found and number not in known:
            found.add(number)
            open_.extend(rests_on(steps[number], number, makers))
    return found


def makers_of(steps: Sequence[Step]) -> dict[str, int]:
    """By table of intervals the step that makes its rows."""
    return {step.table: n for n, step in enumerate(steps) if step.op == "intervals"}


def rests_on(step: Step, number: int, makers: dict[str, int]) -> tuple[int, ...]:
    """What a step reads, and the maker of the rows it is about."""
    made = makers.get(step.table, number)
    return reads(step) if made == number else (*reads(step), made)
