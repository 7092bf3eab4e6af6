"""Which arguments of a step are numbers of other steps.

In: an operator's name and a step's arguments. Out: the steps it reads, or the arguments with those
numbers changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


def rests_on(op: str, args: tuple[Any, ...]) -> list[int]:
    """The numbers of the steps that a step reads."""
    found: list[int] = []
    with_steps(op, args, found.append)
    return found


def with_steps(op: str, args: tuple[Any, ...], change: Callable[[int], Any]) -> tuple[Any, ...]:
    """The arguments with every number of a step changed."""
    places = _STEPS_OF.get(op, ())
    return tuple(
        arg
        if place not in places
        else tuple(map(change, arg))
        if isinstance(arg, tuple)
        else change(arg)
        for place, arg in enumerate(args)
    )


ALL = range(1_000_000)
_STEPS_OF: dict[str, Sequence[int]] = {  # which arguments are numbers of steps
    "at_most": (0, 1), "and": ALL, "or": ALL, "not": ALL, "lift": (0,), "some": (1,),
    "missed": (0,), "lift_days": (0,), "add": (0,), "latest": ALL, "earliest": ALL,
    "held": (0,), "over_items": (1, 2), "clip": (0,), "unless_refused": (0, 1), "counts_as": (0,),
    "first_since": (3,), "open_together": (1, 2), "intervals": (4,), "interval_start": (0,),
    "interval_done": (0,), "interval_exists": (0,), "interval_limit": (0, 1),
    "interval_until": (0, 1), "judge": tuple(range(11)), "over_intervals": (0,), "agreed": ALL,
    "editions": ALL,
}  # fmt: skip
