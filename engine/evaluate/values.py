"""The values that steps compute: truths, words and dates (SEMANTICS sections 1 and 3)."""

from __future__ import annotations

from typing import Any, NamedTuple

from engine.dates import EVER, NEVER
from engine.evaluate.vectors import Plane

__all__ = ["EVER", "NEVER", "Days", "Truth", "Words", "both", "either", "negation"]


class Truth(NamedTuple):
    """Two planes: the rows known to be true, and those known to be false; else unknown."""

    t: Plane
    f: Plane


class Days(NamedTuple):
    """An event a row, as an interval of possible days from `lo` to `hi`, both included.

    `silent`: rows where a covered part says nothing; `denied`: recorded as not done; `refused`:
    recorded that it will not be done.
    """

    lo: Any
    hi: Any
    silent: Plane = 0
    denied: Plane = 0
    refused: Plane = 0


class Words(NamedTuple):
    """A circumstance a row, as a plane for each word that occurs; no plane set is unknown."""

    planes: dict[str, Plane]


def both(one: Truth, other: Truth) -> Truth:
    """Kleene's *and*."""
    return Truth(one.t & other.t, one.f | other.f)


def either(one: Truth, other: Truth) -> Truth:
    """Kleene's *or*."""
    return Truth(one.t | other.t, one.f & other.f)


def negation(one: Truth) -> Truth:
    """Kleene's *not*."""
    return Truth(one.f, one.t)
