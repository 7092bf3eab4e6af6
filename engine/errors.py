"""Every problem with what a person wrote: a stable code, a place, a cause and a cure.

In: what a stage found wrong. Out: `Problem`s, collected until the stage ends and raised together
as one `InvalidInput`. The command line prints them; no traceback reaches a user.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class ExitCode(IntEnum):
    """What the process tells its caller (DESIGN section 5)."""

    CLEAN = 0  # no gap, something applied, everything decided
    GAP = 1
    USAGE = 2
    INVALID = 3
    UNDECIDED = 4  # no gap, but something undetermined or nothing applied
    WEAKER = 5  # `conform` only
    INTERNAL = 70


class Place(NamedTuple):
    """Where in a file: `line` and `column` count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(NamedTuple):
    """One thing wrong: `code` is stable, `message` says what and why, `cure` how to mend it."""

    code: str
    message: str
    place: Place
    cure: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        cure = f"\n    {self.cure}" if self.cure else ""
        return f"{self.place}: {self.severity} [{self.code}] {self.message}{cure}"


class InvalidInput(Exception):
    """All the problems of one stage, in the order of their places (exit code 3)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            sorted(dict.fromkeys(problems), key=lambda p: (p.place, p.code, p.message))
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Sequence[str], most: int = 3) -> str:
    """The known names closest to `word`, as a sentence for a cure; empty if none is close."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where something is wrong

    close = get_close_matches(word, known, n=most, cutoff=0.6)
    if not close:
        return ""
    names = " or ".join(f"`{name}`" for name in close)
    return f"Did you mean {names}?"
