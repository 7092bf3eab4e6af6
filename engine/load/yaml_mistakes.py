"""What people do wrong in YAML, in plain words.

In: the parser's complaint and the text. Out: one `Problem` at the line that wants mending, which is
often not the line at which the parser stopped. The parser's wording is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from engine.errors import Place, Problem

_NAME = r"(?:- +)*[A-Za-z_][\w.-]*"
_NO_SPACE = re.compile(rf"( *{_NAME}):(?![\s/]|$)")
_COLON_IN_TEXT = re.compile(rf" *{_NAME}: +[^\s\"'{{\[#|>][^#]*?(:)(?: |$)")
_FACT_AND_VALUE = re.compile(rf" *{_NAME}: +([a-z]\w*\.[\w.]+: +[\w-]+) *(?:#|$)")
_QUOTED_THEN_MORE = re.compile(rf" *{_NAME}: +(\"[^\"]*\"|'[^']*') *[^\s#,\]}}]")
_OPEN_QUOTE = re.compile(rf" *{_NAME}: +(\"[^\"]*|'[^']*)$")
_NO_DASH_SPACE = re.compile(r" *(-)[A-Za-z]")


def explained(fault: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    """The mistake behind `fault`: D118 to D128, or D111 and D113."""
    lines = text.split("\n")
    stopped = _at(fault.problem_mark) or _at(fault.context_mark) or (1, 1)
    began = _at(fault.context_mark) or stopped
    context, problem = fault.context or "", fault.problem or ""
    for code, telling, use_start, message, cure in _BY_WORDING:
        if telling in context or telling in problem:
            line, column = began if use_start else stopped
            return Problem(code, message, Place(name, line, column), cure)
    if found := _by_lines(lines, began[0], stopped[0], name):
        return found
    if problem.startswith("could not find expected ':'"):
        return Problem(
            "D125",
            "This line has no colon.",
            Place(name, *began),
            "Write `name: value`; indent text that goes on from the line above.",
        )
    return Problem(
        "D122",
        "This line does not fit the lines above it.",
        Place(name, *stopped),
        "Start it in the same column as the lines it belongs with, each name followed by a colon "
        "and a space.",
    )


def missing_space(lines: Sequence[str], name: str, first: int = 1) -> Problem | None:
    """The first of `lines` in which a name's colon has no space after it (`first`: its number)."""
    for number, line in enumerate(lines, first):
        if match := _NO_SPACE.match(line):
            return Problem(
                "D118",
                "A space is missing after the colon.",
                Place(name, number, match.end(1) + 1),
                "Write `name: value`.",
            )
    return None


def _by_lines(lines: list[str], began: int, stopped: int, name: str) -> Problem | None:
    """Look at the lines around the stop for what usually brings it about."""
    for number, line in _lines_before(lines, stopped, began):
        if found := missing_space([line], name, number):
            return found
        if match := _FACT_AND_VALUE.match(line):
            message = "A fact and its value stand here without braces."
            cure = f"Put them in braces: `{{{match[1]}}}`."
            return Problem("D120", message, Place(name, number, match.start(1) + 1), cure)
        for pattern, code, message, cure in _BY_LINE:
            if match := pattern.match(line):
                return Problem(code, message, Place(name, number, match.start(1) + 1), cure)
    return None


def _lines_before(lines: list[str], stopped: int, began: int) -> list[tuple[int, str]]:
    """The line of the stop, the one written before it and the one where the parser began."""
    numbers = [stopped]
    before = stopped - 1
    while before > 0 and not lines[before - 1].strip():
        before -= 1
    numbers += [number for number in (before, began) if number > 0]
    return [(n, lines[n - 1]) for n in dict.fromkeys(numbers) if n <= len(lines)]


def _at(mark: yaml.Mark | None) -> tuple[int, int] | None:
    return (mark.line + 1, mark.column + 1) if mark else None


_QUOTES = "Put the whole text in quotation marks."
_BY_WORDING = (
    (
        "D119",
        "found unexpected end of stream",
        True,
        "A quotation mark opens here and never closes.",
        "Close it, or put the whole text into the other kind of quotation mark.",
    ),
    (
        "D119",
        "found unexpected document separator",
        True,
        "A quotation mark opens here and does not close before the `---`.",
        "Close it.",
    ),
    (
        "D119",
        "found unknown escape character",
        True,
        "In double quotation marks a backslash has a meaning of its own.",
        "Use single quotation marks, or write two backslashes for one.",
    ),
    (
        "D119",
        "Unicode character escape",
        True,
        "A backslash here stands for a character that does not exist.",
        "Use single quotation marks.",
    ),
    (
        "D123",
        "while parsing a flow",
        True,
        "This bracket is not closed, or a colon, comma or question mark is out of place in it.",
        "Close the bracket, and keep prose out of brackets or put it in quotation marks.",
    ),
    ("D123", "expected node content", False, "This bracket or sign closes nothing.", _QUOTES),
    ("D123", "expected the node content", False, "This bracket or sign closes nothing.", _QUOTES),
    (
        "D121",
        "cannot start any token",
        False,
        "Text can't start with this character unless it is in quotation marks.",
        _QUOTES,
    ),
    (
        "D121",
        "while scanning a directive",
        True,
        "A line can't start with `%` unless it is in quotation marks.",
        _QUOTES,
    ),
    (
        "D121",
        "expected '<document start>'",
        False,
        "A line above starts with `%`, which is refused unless it is in quotation marks.",
        _QUOTES,
    ),
    (
        "D121",
        "while scanning a block scalar",
        True,
        "After `|` or `>` the text starts on the next line.",
        "Put text that starts with one of these signs in quotation marks.",
    ),
    (
        "D111",
        "while scanning an alias",
        True,
        "Text can't start with `*` unless it is in quotation marks.",
        _QUOTES,
    ),
    (
        "D111",
        "while scanning an anchor",
        True,
        "Text can't start with `&` unless it is in quotation marks.",
        _QUOTES,
    ),
    ("D113", "a tag", True, "Text can't start with `!` unless it is in quotation marks.", _QUOTES),
)
_BY_LINE = (
    (
        _OPEN_QUOTE,
        "D119",
        "A quotation mark opens here and does not close on this line.",
        "Close it, or put the whole text into the other kind of quotation mark.",
    ),
    (
        _COLON_IN_TEXT,
        "D120",
        "A colon and a space inside text look like a name and its value.",
        _QUOTES,
    ),
    (
        _QUOTED_THEN_MORE,
        "D119",
        "Something follows after the closing quotation mark.",
        "Put quotation marks round the whole text; inside, use the other kind.",
    ),
    (_NO_DASH_SPACE, "D122", "A space is missing after the hyphen.", "Write `- ` before an item."),
)
