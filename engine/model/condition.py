"""Conditions as the language has them, read and with every name known to exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.errors import Place

Unit = Literal["working days", "days", "weeks", "months", "years"]
AS_OF = "as_of"  # as a date in a rule: the date asked about


@dataclass(frozen=True)
class Duration:
    """A literal length of time: `10 working days`, `3 months`."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit[:-1] if self.count == 1 else self.unit}"


@dataclass(frozen=True)
class Fact:
    """`fact` is one of `values` (`yes`, `no` or words); of an event, `yes` reads *has happened*."""

    fact: str
    values: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Dated:
    """`fact` is before, after, on_or_before or on_or_after another event, date or `as_of`."""

    fact: str
    relation: Literal["before", "after", "on_or_before", "on_or_after"]
    other: str
    place: Place


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Any:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    part: Condition


@dataclass(frozen=True)
class Some:
    """Some item of `list` (a list path) meets `where`; without `where`, there is an item."""

    list: str
    where: Condition | None
    place: Place


@dataclass(frozen=True)
class Every:
    """Every item of `list` that meets `where` meets `have`."""

    list: str
    where: Condition | None
    have: Condition
    place: Place


@dataclass(frozen=True)
class Age:
    """The child is under, or at least, `years` old at an event, date or `as_of`."""

    at: str
    years: int
    under: bool
    place: Place


@dataclass(frozen=True)
class Elapsed:
    """At least `at_least` lies between `start` and `to`, counted up to the date asked about."""

    start: str
    to: str | None
    at_least: Duration
    place: Place


@dataclass(frozen=True)
class Reference:
    """`missed: duty`, `threshold: id` or `definition: id`."""

    kind: Literal["missed", "threshold", "definition"]
    id: str
    place: Place


Condition = Fact | Dated | All | Any | Not | Some | Every | Age | Elapsed | Reference


def parts_of(condition: Condition | None) -> Iterator[Condition]:
    """A condition and all the conditions in it, outermost first; nothing of None."""
    if condition is None:
        return
    yield condition
    match condition:
        case All(parts) | Any(parts):
            inner: tuple[Condition | None, ...] = parts
        case Not(part):
            inner = (part,)
        case Some(_, where):
            inner = (where,)
        case Every(_, where, have):
            inner = (where, have)
        case _:
            inner = ()
    for one in inner:
        yield from parts_of(one)
