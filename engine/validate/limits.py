"""How large a protocol may be, so that no file exhausts memory or time.

In: a `Document`. Out: a problem for each limit that it exceeds, at the first place where it does;
none of its other mistakes is looked for then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from engine.errors import Problem
from engine.model.document import Document, Path

MOST_ENTRIES = 50_000  # names, list items and values; the largest shipped protocol has 3,000
MOST_CHARACTERS = 5_000  # of one text
MOST_PARTS = 500  # of one `all` or `any`
MOST_NESTED = 20  # conditions, each within another
MOST_DEEP = 64  # anything within another
MOST_DUTIES = 2_000
_NESTING = ("all", "any", "not", "where", "have")


class _Found(NamedTuple):
    code: str
    path: Path
    message: str
    cure: str


def limit_problems(document: Document) -> list[Problem]:
    """What is too large in `document`: P194 to P197 and P199, one of each at most."""
    first: dict[str, _Found] = {}
    for found in _exceeding(document.value):
        first.setdefault(found.code, found)
        if found.code in ("P194", "P199"):
            break
    return [
        Problem(code, one.message, document.place(one.path), one.cure)
        for code, one in sorted(first.items())
    ]


def _exceeding(root: Any) -> Iterator[_Found]:
    """Walks with a stack of its own: a file's depth is no matter of the interpreter's."""
    stack: list[tuple[Path, Any, int]] = [((), root, 0)]
    seen = duties = 0
    while stack:
        path, value, nested = stack.pop()
        seen += 1
        if seen > MOST_ENTRIES:
            yield _too_many()
            return
        if nested > MOST_NESTED or len(path) > MOST_DEEP:
            yield _too_deep(path, nested)
            return
        if isinstance(value, str):
            if len(value) > MOST_CHARACTERS:
                yield _too_long(path, value)
            continue
        if isinstance(value, list) and path:
            if path[-1] in ("all", "any") and len(value) > MOST_PARTS:
                yield _too_wide(path, value)
            duties += len(value) if path[-1] == "duties" else 0
            if duties > MOST_DUTIES:
                yield _too_many_duties(path, duties)
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        inner = [((*path, key), each, nested + (key in _NESTING)) for key, each in pairs]
        stack.extend(reversed(inner))


def _too_many() -> _Found:
    message = f"The file has more than {MOST_ENTRIES:,} entries, which is the limit."
    cure = "Divide it: a protocol can rest on another one with `extends`."
    return _Found("P194", (), message, cure)


def _too_long(path: Path, value: str) -> _Found:
    message = f"This text has {len(value):,} characters; the limit is {MOST_CHARACTERS:,}."
    return _Found("P195", path, message, "Write what the report should say, in a few sentences.")


def _too_wide(path: Path, value: list[Any]) -> _Found:
    message = f"`{path[-1]}` has {len(value):,} parts; the limit is {MOST_PARTS:,}."
    cure = "Give groups of them a name under `definitions` and use those."
    return _Found("P196", path, message, cure)


def _too_many_duties(path: Path, duties: int) -> _Found:
    message = f"Here the file has {duties:,} duties; the limit is {MOST_DUTIES:,}."
    cure = "Divide it: a protocol can rest on another one with `extends`."
    return _Found("P197", path, message, cure)


def _too_deep(path: Path, nested: int) -> _Found:
    what, most = ("Conditions are", MOST_NESTED) if nested > MOST_NESTED else ("This is", MOST_DEEP)
    message = f"{what} nested more than {most} deep, which is the limit."
    cure = "Give the inner conditions a name under `definitions` and use that."
    return _Found("P199", path, message, cure)
