"""How the language writes yes, no and lengths of time."""

from __future__ import annotations

import re

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
