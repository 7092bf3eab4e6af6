"""What lint says of a protocol: a problem that is legal, and a case that shows it."""

from __future__ import annotations

from typing import NamedTuple

from engine.errors import Place, Problem
from engine.model.case import Case


class Finding(NamedTuple):
    """One thing to look at; `rules` are the ids it is about, `because` the reason given for it.

    `case` is one on which `protocol check` shows it; None where nothing that is judged rests on it.
    """

    problem: Problem
    rules: tuple[str, ...]
    case: Case | None = None
    because: str = ""


def finding(
    code: str, message: str, place: Place, cure: str, rules: tuple[str, ...], case: Case | None
) -> Finding:
    """A finding, which is a warning among problems."""
    return Finding(Problem(code, message, place, cure, "warning"), rules, case)
