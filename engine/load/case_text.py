"""A case as text in the case format.

In: a `Case`. Out: YAML that reads back as the same case, in the order of the dictionary: the same
case is always the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.load.shapes import Checklist, Shapes
from engine.load.written_dates import as_written
from engine.model.case import Case, Coverage, Item, Period, Recorded
from engine.model.fact import Dictionary, Part

_PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z][\w-]*", re.IGNORECASE)


def written(case: Case, dictionary: Dictionary) -> str:
    """The text of a file that holds `case`; raises `ValueError` for what the dictionary lacks."""
    return "".join(f"{line}\n" for line in _lines(case, dictionary))


def _lines(case: Case, dictionary: Dictionary) -> Iterator[str]:
    yield f"case: {_label(case.label)}"
    if case.authority is not None:
        yield f"authority: {case.authority}"
    if case.as_of is not None:
        yield f"as_of: {case.as_of.isoformat()}"
    yield from _list("covers", _covers(case.coverage))
    yield from _list("complete", sorted(case.coverage.lists))
    yield from _entries(case.record, None, Shapes(dictionary))


def _label(label: str) -> str:
    return label if _PLAIN.fullmatch(label) else f'"{label}"'


def _covers(coverage: Coverage) -> list[str]:
    windows = [
        f"{{{name}: {{from: {first.isoformat()}}}}}" if first else name
        for name, first in sorted(coverage.parts.items())
    ]
    return [*windows, *sorted(coverage.facts)]


def _list(key: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield f"{key}:"
        yield from (f"  - {entry}" for entry in entries)


def _entries(item: Item, part: str | None, shapes: Shapes) -> Iterator[str]:
    """The lines of a part or item, not indented."""
    left = {*item.facts, *item.parts, *item.lists}
    for key, entry in shapes.of(part).items():
        if isinstance(entry, Part):
            left.discard(entry.name)
            yield from _below(item, entry, shapes)
        elif isinstance(entry, Checklist):
            members = {f"{key}.{member}" for member in entry.entries} & left
            left -= members
            if members:
                yield f"{key}:"
            for member in entry.entries:
                if f"{key}.{member}" in members:
                    yield f"  {member}: {_value(item.facts[f'{key}.{member}'])}"
        elif key in item.facts:
            left.discard(key)
            yield f"{key}: {_value(item.facts[key])}"
    if left:
        message = (
            f"The dictionary has no place for {', '.join(sorted(left))} in {part or 'a case'}."
        )
        raise ValueError(message)


def _below(item: Item, part: Part, shapes: Shapes) -> Iterator[str]:
    if part.is_list and part.name in item.lists:
        items = item.lists[part.name]
        yield f"{part.key}:" if items else f"{part.key}: []"
        for below in items:
            lines = list(_entries(below, part.name, shapes)) or ["{}"]
            yield f"  - {lines[0]}"
            yield from (f"    {line}" for line in lines[1:])
    elif not part.is_list and part.name in item.parts:
        lines = list(_entries(item.parts[part.name], part.name, shapes))
        yield f"{part.key}:" if lines else f"{part.key}: {{}}"
        yield from (f"  {line}" for line in lines)


def _value(recorded: Recorded) -> str:
    return as_written(recorded) if isinstance(recorded, Period) else recorded
