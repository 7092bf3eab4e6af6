"""A condition with one part left out: what a change would make of it, and whether it says anything.

In: a condition. Out: for each part of an `all` or `any` in it, what is left without that part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.model import condition as c
from engine.model.condition import Condition
from engine.model.protocol import ListDone


def without_branches(condition: Condition | ListDone | None) -> Iterator[tuple[str, Condition]]:
    """The condition with one part of an `all` or `any` left out, at any depth."""
    match condition:
        case c.All(parts) | c.Any(parts):
            yield from _without_parts(condition, parts)
        case c.Not(part):
            for says, inner in without_branches(part):
                yield says, c.Not(inner)
        case c.Some(_, where) | c.Every(_, where):
            if where is not None:
                yield "for each item", replace(condition, where=None)
            for says, inner in without_branches(where):
                yield says, replace(condition, where=inner)
    if isinstance(condition, c.Every):
        for says, inner in without_branches(condition.have):
            yield says, replace(condition, have=inner)


def _without_parts(
    whole: c.All | c.Any, parts: tuple[Condition, ...]
) -> Iterator[tuple[str, Condition]]:
    word = "all" if isinstance(whole, c.All) else "any"
    for number, part in enumerate(parts):
        rest = parts[:number] + parts[number + 1 :]
        if rest:
            says = f"without part {number + 1} of `{word}`"
            yield says, rest[0] if len(rest) == 1 else type(whole)(rest)
        for says, inner in without_branches(part):
            yield says, type(whole)((*parts[:number], inner, *parts[number + 1 :]))
