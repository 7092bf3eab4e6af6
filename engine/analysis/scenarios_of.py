"""Which scenarios hold a rule: those to look at again when its clause changes.

In: the folder of scenario files and ids of rules. Out: the scenarios' places and titles.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from engine.errors import InvalidInput
from engine.load.document import read_document

MOST_BYTES = 5_000_000
_EXPECTING = ("expect", "not_expected")


class Held(NamedTuple):
    """A scenario that says what is expected of a rule; `breadth`: of how many rules it does."""

    rule: str
    file: str
    line: int
    title: str
    breadth: int


def scenarios_of(
    folder: Path, rules: Iterable[str], protocols: Container[str]
) -> dict[str, list[Held]]:
    """By rule, the scenarios of `protocols` that expect something of it, those of few rules first.

    Without the folder there are none. A file that cannot be read is passed over.
    """
    found: dict[str, list[Held]] = {rule: [] for rule in rules}
    wanted = [rule.encode() for rule in found]
    for path in sorted(folder.rglob("*.yaml")) if found else ():
        content = path.read_bytes()
        if any(rule in content for rule in wanted):
            for held in _held(path, folder, found, protocols):
                found[held.rule].append(held)
    return {rule: sorted(held, key=lambda one: one.breadth) for rule, held in found.items()}


def _held(
    path: Path, folder: Path, rules: Iterable[str], protocols: Container[str]
) -> Iterator[Held]:
    try:
        document = read_document(path, most_bytes=MOST_BYTES)
    except InvalidInput:
        return
    entries = document.value if isinstance(document.value, list) else []
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict) or entry.get("protocol") not in protocols:
            continue
        expected = {_rule(key) for part in _EXPECTING for key in _keys(entry.get(part))}
        line = document.place((number,)).line
        for rule in rules:
            if any(one == rule or one.startswith(f"{rule}/") for one in expected):
                name = path.relative_to(folder).as_posix()
                yield Held(rule, name, line, str(entry.get("scenario", "")), len(expected))


def _keys(value: object) -> list[str]:
    return [str(key) for key in value] if isinstance(value, dict | list) else []


def _rule(key: str) -> str:
    """The rule of `plan-reviewed@cin_plans[0]#2`."""
    return key.partition("@")[0].partition("#")[0]
