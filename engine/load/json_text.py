"""JSON text to a `Document`, quickly.

In: decoded text. Out: a `Document` whose places are found only when a problem asks for one: a
caseload of 50 MB is read at the speed of the standard library. Raises `InvalidInput`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from engine.errors import InvalidInput, Place, Problem
from engine.load.privacy import spoken
from engine.model.document import Document, Path

MOST_DEEP = 64
_MOST_PROBLEMS = 20
_ESCAPED_CONTROL = re.compile(r"\\u(?:00[01]|007[fF]|00[89]|[dD][89a-fA-F])|\\[bf]")
_BAD_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\n]*")
_WORDS = {True: "yes", False: "no"}


class _Repeated(dict[str, Any]):
    """An object in which a name stands twice; `names` are those."""

    names: tuple[str, ...] = ()


class _NotANumber(str):
    """`NaN` and its like, which the standard library takes for numbers."""

    __slots__ = ()


def parse_json(text: str, name: str) -> Document:
    """The document in `text`; `true` and `false` become `yes` and `no`, numbers stay as written.

    Raises `InvalidInput`: D115 a name twice, D117 too deep, D130 not JSON, D131 not a number,
    D132 null, D109 a control character, D135 no object or list.
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=str,
            parse_int=str,
            parse_constant=_NotANumber,
        )
    except json.JSONDecodeError as fault:
        raise InvalidInput([_mistake(fault, name)]) from None
    except RecursionError:
        raise _too_deep(Place(name)) from None
    if not isinstance(value, (dict, list)):
        cure = "Write names with their values between `{` and `}`."
        raise _one("D135", "This is one value, not a file of names and values.", cure, Place(name))
    places = LazyPlaces(text)
    document = Document(name, value, places)
    suspicious = _ESCAPED_CONTROL.search(text) is not None
    problems = []
    for problem in _cleaned(document, escapes=suspicious):
        problems.append(problem)
        if len(problems) == _MOST_PROBLEMS:
            break
    if problems:
        raise InvalidInput(problems)
    return document


class LazyPlaces(dict[Path, tuple[int, int]]):
    """Places in JSON text by path, found when asked for and kept.

    A look-up scans the containers on the way to the path, each once, at the speed of the standard
    library's parser; nothing is scanned while nobody asks.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._children: dict[Path, dict[str | int, tuple[int, int]]] = {}

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and self._found(path) is not None

    def __missing__(self, path: Path) -> tuple[int, int]:
        found = self._found(path)
        if found is None:
            raise KeyError(path)
        return found

    def get(self, path: Path, default: Any = None) -> Any:
        """The place of `path`, or `default`."""
        return self._found(path) or default

    def _found(self, path: Path) -> tuple[int, int] | None:
        key = start = self._start(0)
        for depth, step in enumerate(path):
            children = self._inside(path[:depth], start)
            if step not in children:
                return None
            key, start = children[step]
        line = bisect_right(self._lines, key)
        return line, key - (self._lines[line - 1] if line else 0) + 1

    def _inside(self, path: Path, start: int) -> dict[str | int, tuple[int, int]]:
        """Offsets of the name (of an item: the value) and the value of each child."""
        if path not in self._children:
            found: dict[str | int, tuple[int, int]] = {}
            if self._text[start] == "{":
                found.update(self._members(start + 1))
            elif self._text[start] == "[":
                found.update(self._items(start + 1))
            self._children[path] = found
        return self._children[path]

    def _members(self, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
        at = self._start(at)
        while self._text[at] != "}":
            name, end = _DECODER.raw_decode(self._text, at)
            start = self._start(self._start(end) + 1)
            yield name, (at, start)
            at = self._after(start)

    def _items(self, at: int) -> Iterator[tuple[int, tuple[int, int]]]:
        at, index = self._start(at), 0
        while self._text[at] != "]":
            yield index, (at, at)
            at, index = self._after(at), index + 1

    def _after(self, start: int) -> int:
        """The offset of what follows the value at `start`, its comma left out."""
        _, end = _DECODER.raw_decode(self._text, start)
        at = self._start(end)
        return self._start(at + 1) if self._text[at] == "," else at

    def _start(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return space.end() if space else at

    @cached_property
    def _lines(self) -> list[int]:
        """The offset at which each line but the first starts, after a first 0."""
        return [0, *(match.end() for match in re.finditer("\n", self._text))]


_DECODER = json.JSONDecoder(parse_float=str, parse_int=str)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    times = Counter(name for name, _ in pairs)
    repeated = _Repeated(found)
    repeated.names = tuple(name for name, count in times.items() if count > 1)
    return repeated


def _cleaned(document: Document, *, escapes: bool) -> Iterator[Problem]:
    """Put words for `true` and `false` in place; tell what has no place in a document.

    Walks with a stack of its own: the depth is limited by `MOST_DEEP`, not by the interpreter.
    """
    pending: list[tuple[Path, Any]] = [((), document.value)]
    while pending:
        path, holder = pending.pop()
        if len(path) > MOST_DEEP:
            yield from _too_deep(document.place(path)).problems
            continue
        if isinstance(holder, _Repeated):
            yield from (_twice(name, document.place((*path, name))) for name in holder.names)
        for key, value in holder.items() if isinstance(holder, dict) else enumerate(holder):
            if value.__class__ is str:
                if escapes and _BAD_CHARACTER.search(value):
                    yield _control(document.place((*path, key)))
            elif isinstance(value, bool):
                holder[key] = _WORDS[value]
            elif value is None:
                yield _null(document.place((*path, key)))
            elif isinstance(value, _NotANumber):
                yield _no_number(value, document.place((*path, key)))
            else:
                pending.append(((*path, key), value))
            if escapes and isinstance(key, str) and _BAD_CHARACTER.search(key):
                yield _control(document.place((*path, key)))


def _twice(name: str, place: Place) -> Problem:
    return Problem(
        "D115",
        f"{spoken(name)} stands twice in the same place; only one would count.",
        place,
        "Delete one of them, or put the two values into one list if a list belongs here.",
    )


def _control(place: Place) -> Problem:
    return Problem("D109", "There is an invisible control character here.", place, "Delete it.")


def _null(place: Place) -> Problem:
    return Problem(
        "D132",
        "`null` does not say whether something is unknown, absent or not done.",
        place,
        "Leave the line out, or write what is recorded.",
    )


def _no_number(word: str, place: Place) -> Problem:
    cure = "Leave the line out, or write what is recorded."
    return Problem("D131", f"`{word}` is not a number that JSON knows.", place, cure)


def _too_deep(place: Place) -> InvalidInput:
    return _one(
        "D117",
        f"This is nested more than {MOST_DEEP} deep, which is the limit.",
        "Take some brackets away.",
        place,
    )


def _mistake(fault: json.JSONDecodeError, name: str) -> Problem:
    """What stopped the parser, in plain words; the same for every version of it."""
    before = fault.doc[: fault.pos].rstrip()
    if before.endswith(",") and fault.doc[fault.pos :].lstrip()[:1] in {"}", "]"}:
        fault = json.JSONDecodeError(_COMMA, fault.doc, len(before) - 1)
    place = Place(name, fault.lineno, fault.colno)
    for start, message, cure in _MISTAKES:
        if fault.msg.startswith(start):
            return Problem("D130", message, place, cure)
    return Problem("D130", "This is not JSON.", place, "Check brackets, commas and quotes.")


_COMMA = "Illegal trailing comma"
_MISTAKES = (
    (
        "Expecting property name",
        "A name in quotation marks belongs here.",
        'Write names as `"name":`, and no comma after the last one.',
    ),
    (
        _COMMA,
        "The comma before a closing bracket is one too many.",
        "Delete the comma.",
    ),
    (
        "Expecting ':'",
        "A colon is missing between a name and its value.",
        'Write `"name": "value"`.',
    ),
    (
        "Expecting ','",
        "A comma or a closing bracket is missing here.",
        "Put a comma between two values.",
    ),
    (
        "Expecting value",
        "A value is missing here, or is written without quotation marks.",
        "Write text and dates in quotation marks, and no comma after the last value.",
    ),
    (
        "Unterminated string",
        "A quotation mark opens here and never closes.",
        'Close the text with `"`.',
    ),
    (
        "Invalid control character",
        "A line break or a tab stands inside quotation marks.",
        "Close the quotation marks on the same line.",
    ),
    (
        "Invalid \\",
        "A backslash here starts no character that JSON knows.",
        "Write two backslashes for one.",
    ),
    (
        "Extra data",
        "Something follows after the end.",
        'Delete it, or put all cases into one list under `"cases"`.',
    ),
)


def _one(code: str, message: str, cure: str, place: Place) -> InvalidInput:
    return InvalidInput([Problem(code, message, place, cure)])
