"""Read the fact dictionary from the annotations of schemas/case.schema.json.

In: the schema. Out: a `Dictionary`. Needs the standard library only and a few milliseconds, since
every command starts with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.data import data_folder
from engine.model.fact import CASE, Dictionary, Fact, Part

_PART, _WORDS = "part.", "words."
_NOT_KNOWN = "not_known"  # allowed everywhere, so no word of the enumeration


def read_dictionary(schema: Path | None = None) -> Dictionary:
    """The dictionary of `schema`, by default that of this project."""
    return _read(schema or data_folder("schemas") / "case.schema.json")


def read_codes(scheme: str, schema: Path | None = None) -> dict[str, dict[str, str]]:
    """The words that the codes of `scheme` (`cin`) stand for: enumeration, then code to word."""
    path = schema or data_folder("schemas") / "case.schema.json"
    definitions = json.loads(path.read_bytes())["$defs"]
    return {
        name.removeprefix(_WORDS): definition["codes"][scheme]
        for name, definition in definitions.items()
        if name.startswith(_WORDS) and scheme in definition.get("codes", {})
    }


@lru_cache(maxsize=4)
def _read(schema: Path) -> Dictionary:
    content = schema.read_bytes()
    definitions = json.loads(content)["$defs"]
    written = {
        name.removeprefix(_PART): definition
        for name, definition in definitions.items()
        if name.startswith(_PART)
    }
    words = {
        name.removeprefix(_WORDS): _titles(definition)
        for name, definition in definitions.items()
        if name.startswith(_WORDS)
    }
    facts = {fact.path: fact for name in written for fact in _facts(name, written[name], words)}
    parts = {name: _part(name, written) for name in written}
    return Dictionary(parts, facts, words, hashlib.sha256(content).hexdigest()[:16])


def _titles(definition: dict[str, Any]) -> dict[str, str]:
    pairs = zip(definition["enum"], definition["enumDescriptions"], strict=True)
    return {word: title for word, title in pairs if word != _NOT_KNOWN}


def _part(name: str, written: dict[str, Any]) -> Part:
    part = written[name]
    opening, end = (part.get(key) for key in ("opening", "end"))
    return Part(
        name,
        part["key"],
        part["title"],
        part["covers"],
        part.get("below"),
        "list" in part,
        _table(name, written),
        opening and f"{name}.{opening}",
        end and f"{name}.{end}",
        part.get("item"),
    )


def _table(name: str | None, written: dict[str, Any]) -> str:
    """The nearest item at or above part `name`."""
    while name is not None and "list" not in written[name]:
        name = written[name].get("below")
    return name or CASE


def _facts(name: str, part: dict[str, Any], words: dict[str, dict[str, str]]) -> Iterator[Fact]:
    for key, fact in (*part["properties"].items(), *part.get("derived", {}).items()):
        kind = fact.get("kind")
        path = f"{name}.{key}"
        if kind == "checklist":
            for member, entry in fact["properties"].items():
                if "kind" in entry:
                    yield Fact(
                        f"{path}.{member}",
                        "event",
                        entry["title"],
                        entry["question"],
                        name,
                        evidence="evidence" in fact,
                        checklist=path,
                    )
        elif kind is not None:
            values = fact.get("values")
            yield Fact(
                path,
                kind,
                fact["title"],
                fact["question"],
                name,
                ("date",) if values == "date" else tuple(words[values]) if values else (),
                "evidence" in fact,
            )
