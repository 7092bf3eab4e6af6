"""Problems as GitHub's workflow commands, which annotate the lines of a change.

In: what was checked. Out: a line each, `::error file=…,line=…,col=…,title=…::message`.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import Problem
from engine.report.harmless import harmless, harmless_lines
from engine.report.problems import Checked, all_problems, count_in_words

_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = _IN_MESSAGE | {":": "%3A", ",": "%2C"}


def problems_github(checked: Sequence[Checked]) -> str:
    """One command a problem, then how many there are."""
    problems = all_problems(checked)
    lines = [*map(_command, problems), count_in_words(problems)]
    return "".join(f"{line}\n" for line in lines)


def _command(problem: Problem) -> str:
    place = problem.place
    properties = {"file": place.file}
    if place.line:
        properties |= {"line": str(place.line), "col": str(place.column)}
    properties["title"] = problem.code
    named = ",".join(
        f"{key}={_escaped(harmless(text), _IN_PROPERTY)}" for key, text in properties.items()
    )
    text = f"{problem.message}\n{problem.cure}" if problem.cure else problem.message
    return f"::{problem.severity} {named}::{_escaped(harmless_lines(text), _IN_MESSAGE)}"


def _escaped(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)
