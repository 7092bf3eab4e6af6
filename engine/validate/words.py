"""How the language writes yes, no and lengths of time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from engine.model.condition import Duration

_DURATION = re.compile(r"^(\d+) (working day|day|week|month|year)s?$")


def is_yes(text: str) -> bool:
    """Both spellings that editors and people use."""
    return text in ("yes", "true")


def as_word(text: str) -> str:
    """`true` and `false` as `yes` and `no`; any other word as it is."""
    return {"true": "yes", "false": "no"}.get(text, text)


def read_duration(text: str) -> Duration:
    """`10 working days` as a `Duration`; raises ValueError on anything else."""
    found = _DURATION.match(text)
    if not found:
        raise ValueError(text)
    return Duration(int(found[1]), found[2] + "s")  # type: ignore[arg-type]


def close_names(name: str, known: Iterable[str]) -> str:
    """The names that `name` may be meant for, as a sentence; empty if none is close.

    Names of the same part are compared by what follows the part, so that a long part in common
    does not make two facts alike.
    """
    part, _, own = name.rpartition(".")
    names = list(known)
    scores = {
        other: _likeness(own, other.rpartition(".")[2])
        if part and other.rpartition(".")[0] == part
        else _likeness(name, other) * (0.9 if part else 1)
        for other in names
    }
    scores |= {other: 1.0 for other in names if other.endswith(f".{name}")}
    best = max(scores.values(), default=0)
    found = [other for other in names if scores[other] >= max(0.65, best - 0.1)]
    found = sorted(found, key=lambda other: -scores[other])[:3]
    return f"Did you mean {' or '.join(f'`{one}`' for one in found)}?" if found else ""


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
