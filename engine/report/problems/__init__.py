"""What is wrong with files, for people, code hosts and programs.

In: a `Checked` for each file. Out: text, workflow commands, SARIF, JUnit XML or JSON; nothing that
a file contains can break any of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import Problem

if TYPE_CHECKING:
    from engine.model.protocol import Protocol

__all__ = ["Checked", "all_problems", "count_in_words"]


class Checked(NamedTuple):
    """One file that was asked for: its problems, and the resolved protocol if there is no error.

    Names of files are relative to the working folder, with forward slashes.
    """

    file: str
    problems: tuple[Problem, ...]
    protocol: Protocol | None


def all_problems(checked: Iterable[Checked]) -> list[Problem]:
    """Every problem once, in the order of the files; files may share what they rest on."""
    return [*dict.fromkeys(problem for each in checked for problem in each.problems)]


def count_in_words(problems: Iterable[Problem]) -> str:
    """`2 errors and 1 warning in 1 file.`"""
    found = [*problems]
    counts = {
        word: sum(problem.severity == word for problem in found) for word in ("error", "warning")
    }
    said = " and ".join(_number(count, word) for word, count in counts.items() if count)
    files = len({problem.place.file for problem in found})
    return f"{said} in {_number(files, 'file')}." if said else "Nothing is wrong."


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
