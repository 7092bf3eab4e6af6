"""Opaque labels for the children of a return.

In: the identifiers an authority gave its children. Out: one label a child, different for all, that
a case file may hold and that any computer takes as the name of a file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from engine.load.privacy import label_fault

# Windows refuses these as names of files, and names that end with a dot.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_FILE_NAME = re.compile(r"[A-Za-z0-9].*(?<!\.)")


def labels(identifiers: Sequence[str | None], private: Collection[str]) -> list[str]:
    """A label for each child: its identifier where that may stand in a case, else `child-0007`.

    The number is the child's place among `identifiers`, from 1. An identifier is not used twice
    (small and capital letters count as one), nor if it is one of `private`, or looks like a number
    of a national register.
    """
    taken: set[str] = set()
    given: list[str | None] = []
    for identifier in identifiers:
        usable = identifier and _usable(identifier, private) and identifier.lower() not in taken
        given.append(identifier if usable else None)
        taken.update({identifier.lower()} if identifier and usable else ())
    return [label or _numbered(place, taken) for place, label in enumerate(given, start=1)]


def _usable(identifier: str, private: Collection[str]) -> bool:
    return (
        label_fault(identifier) is None
        and identifier not in private
        and _FILE_NAME.fullmatch(identifier) is not None
        and _DEVICE.fullmatch(identifier.lower()) is None
    )


def _numbered(place: int, taken: set[str]) -> str:
    label = f"child-{place:04d}"
    while label in taken:
        label += "x"
    taken.add(label)
    return label
