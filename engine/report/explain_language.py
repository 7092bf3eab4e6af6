"""The keys of the rule language and of cases, read from the published schemas.

In: a schema. Out: keys with their titles, descriptions and the entries they may stand in. The
descriptions are what editors show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.report.explanation import Explanation
from engine.report.rule_rows import Row
from engine.report.words import listed

_FILE = "a protocol's file"
_OWNERS = {  # definitions whose own title does not say where the key stands
    "conditionForm": "a condition",
    "comparison": "a test of a fact",
    "conclusion": "a threshold or definition",
    "questionEntry": "a question",
    "elapsed": "an elapsed time",
    "fileDates": "the file's dates",
    "effective": "dates in force",
}


class Key(NamedTuple):
    """One meaning of a key: `where` are the entries it may stand in, `values` its words."""

    name: str
    title: str
    description: str
    where: tuple[str, ...]
    values: tuple[str, ...]


def language_keys(schema: Mapping[str, Any]) -> dict[str, list[Key]]:
    """Every key of the language with its meanings, in the order of the schema."""
    found: dict[str, dict[str, Key]] = {}
    for owner, name, entry in _entries(schema):
        said = _resolved(entry, schema)
        own = found.setdefault(name, {})
        values = tuple(str(word) for word in said.get("enum", ()) if isinstance(word, str))
        meaning = Key(name, said.get("title", ""), said.get("description", ""), (), values)
        before = own.get(meaning.description, meaning)
        own[meaning.description] = before._replace(where=(*before.where, owner))
    return {name: list(meanings.values()) for name, meanings in found.items()}


def explained_key(name: str, schema: Mapping[str, Any]) -> Iterator[Explanation]:
    """Each meaning of the key `name`, or of the key that can have the word `name`."""
    keys = language_keys(schema)
    with_word = [key for meanings in keys.values() for key in meanings if name in key.values]
    for key in keys.get(name, with_word):
        rows = [Row("Stands in", listed(list(dict.fromkeys(key.where))))]
        if key.values:
            rows.append(Row("Can be", ", ".join(f"`{word}`" for word in key.values)))
        yield Explanation("key", key.name, key.title, says=(key.description,), rows=tuple(rows))


def explained_case_key(name: str, schema: Mapping[str, Any]) -> Iterator[Explanation]:
    """The key `name` at the top of a case; `…_by` and `…_planned` beside its events."""
    top = schema["$defs"]["case"]["properties"].get(name, {})
    beside = schema["$defs"].get(name.removeprefix("…").removeprefix("_"), {})
    for entry in (top, beside if name in ("_by", "…_by", "_planned", "…_planned") else {}):
        if "description" in entry:
            yield Explanation("case key", name, entry["title"], says=(entry["description"],))


def _entries(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every key with what owns it and what the schema says of it there."""
    for name, entry in schema["properties"].items():
        yield _FILE, name, entry
    for owner, definition in schema["$defs"].items():
        for name, entry in definition.get("properties", {}).items():
            if isinstance(entry, dict):
                yield _OWNERS.get(owner, _a(definition.get("title", owner))), name, entry


def _a(title: str) -> str:
    """`a duty`, `an elapsed`."""
    word = title[:1].lower() + title[1:]
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"


def _resolved(entry: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with what it refers to, its own words first."""
    said = dict(entry)
    while reference := said.pop("$ref", None):
        said = dict(schema["$defs"][reference.rpartition("/")[2]]) | said
    return said
