"""The JSON Schema of case files, made from the fact dictionary's sources.

In: `FactFiles`. Out: the schema as a dictionary. What is no JSON Schema keyword (`kind`,
`question`, `evidence`, `values`, `covers`, `key`, `below`, `list`, `item`, `opening`, `end`,
`derived`, `codes`) annotates it: `engine.load.dictionary` reads those, editors ignore them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.load.fact_files import FactFiles, PartSource

# The days of 1900 to 2099 that exist.
_LONG_MONTH = r"(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT_MONTH = r"(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_FEBRUARY = r"02-(?:0[1-9]|1[0-9]|2[0-8])"
_LEAP_DAY = r"(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29"
DAY = rf"(?:(?:19|20)[0-9]{{2}}-(?:{_LONG_MONTH}|{_SHORT_MONTH}|{_FEBRUARY})|{_LEAP_DAY})"
MONTH = r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])"
_NO_WORD = r"(?!(?:yes|no|true|false)$)"  # an editor reads these as truth values
_NO_UPN = r"(?![A-Za-z][0-9]{11}[A-Za-z0-9]$)"
_NO_NHS_NUMBER = r"(?![0-9]{3}[._-]?[0-9]{3}[._-]?[0-9]{4}$)"
LABEL = rf"^{_NO_WORD}{_NO_UPN}{_NO_NHS_NUMBER}[A-Za-z0-9._-]{{1,64}}$"
AUTHORITY = rf"^{_NO_WORD}[a-z][a-z0-9_-]{{0,63}}$"
_FIRST = ("child", "judgement", "referral", "decision")  # what a reader of a case looks for first

Schema = dict[str, Any]


def case_schema(files: FactFiles) -> Schema:
    """The schema of a case and of a household's file of cases."""
    parts = {f"part.{part.name}": _part(part, files) for part in _in_order(files, None)}
    words = {f"words.{name}": _words(words) for name, words in files.enumerations.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A case",
        "description": "What is recorded about one child, or about the children of a household "
        "under `cases`. No names, addresses, numbers of national registers or free text. "
        "Generated from schemas/facts by `python -m engine.load.build`.",
        "type": "object",
        "if": {"required": ["cases"]},
        "then": {"properties": {"cases": _HOUSEHOLD}, "additionalProperties": False},
        "else": {"$ref": "#/$defs/case"},
        "$defs": {"case": _case(files), **parts, **_SHAPES, **words},
    }


def _case(files: FactFiles) -> Schema:
    return {
        "title": "One child's record",
        "description": "The record of one child up to the day `as_of`.",
        "type": "object",
        "properties": {**_OF_A_CASE, **_coverage(files), **dict(_below(None, files))},
        "dependentRequired": {"covers": ["as_of"]},
        "additionalProperties": False,
    }


def _coverage(files: FactFiles) -> Schema:
    lists = [
        part.key if part.below is None else f"{part.below}.{part.key}"
        for part in files.parts.values()
        if part.list_key
    ]
    window = {"$ref": "#/$defs/window"}
    windows = {name: {**window, "title": title} for name, title in sorted(files.titles.items())}
    names = [*sorted(files.titles), *sorted(_coverable(files))]
    return {
        "covers": {
            "title": "What the record covers",
            "description": "The parts, or single facts, about which this file says all that is "
            "recorded: there, silence means that nothing is recorded.",
            "type": "array",
            "uniqueItems": True,
            "items": {
                "if": {"type": "object"},
                "then": {
                    "minProperties": 1,
                    "properties": windows,
                    "additionalProperties": False,
                },
                "else": {"enum": names},
            },
        },
        "complete": {
            "title": "Complete lists",
            "description": "Lists that hold every item there is.",
            "type": "array",
            "uniqueItems": True,
            "items": {"enum": sorted(lists)},
        },
    }


def _coverable(files: FactFiles) -> Iterator[str]:
    """Paths of all facts that can be written, checklists and their members included."""
    for part in files.parts.values():
        for name, fact in part.facts.items():
            if fact["kind"] != "derived":
                yield f"{part.name}.{name}"
            yield from (f"{part.name}.{name}.{member}" for member in fact.get("members", ()))


def _in_order(files: FactFiles, below: str | None) -> Iterator[PartSource]:
    """Parts as a case file shows them: what stands above first."""
    for part in _siblings(below, files):
        yield part
        yield from _in_order(files, part.name)


def _siblings(below: str | None, files: FactFiles) -> list[PartSource]:
    def rank(part: PartSource) -> int:
        return _FIRST.index(part.name) if part.name in _FIRST else len(_FIRST)

    return sorted(files.below(below), key=rank)


def _below(name: str | None, files: FactFiles) -> Iterator[tuple[str, Schema]]:
    """The properties for the parts and lists in part `name`."""
    for part in _siblings(name, files):
        reference = {"$ref": f"#/$defs/part.{part.name}"}
        if part.list_key:
            yield part.key, {"type": "array", "title": part.title, "items": reference}
        else:
            yield part.key, reference


def _part(part: PartSource, files: FactFiles) -> Schema:
    written = {name: fact for name, fact in part.facts.items() if fact["kind"] != "derived"}
    derived = {name: fact for name, fact in part.facts.items() if fact["kind"] == "derived"}
    facts = {key: value for name, fact in written.items() for key, value in _fact(name, fact)}
    annotations = {
        "key": part.key,
        "covers": part.covers,
        "below": part.below,
        "list": True if part.list_key else None,
        "item": part.item,
        "opening": part.opening,
        "end": part.end,
        "derived": {name: _annotations(fact) for name, fact in derived.items()} or None,
    }
    return {
        "title": part.title,
        "description": f"{files.titles[part.covers]}: one of `{part.key}`."
        if part.list_key
        else f"{files.titles[part.covers]}.",
        **{name: value for name, value in annotations.items() if value is not None},
        "type": "object",
        "properties": {**facts, **dict(_below(part.name, files))},
        "additionalProperties": False,
    }


def _fact(name: str, fact: Schema) -> Iterator[tuple[str, Schema]]:
    """The properties of a fact: its own and its companions'."""
    kind = fact["kind"]
    if kind == "checklist":
        members = {
            key: value
            for member, texts in fact["members"].items()
            for key, value in _fact(member, {"kind": "event", **texts})
        }
        yield (
            name,
            {
                "type": "object",
                **_annotations(fact),
                "properties": members,
                "additionalProperties": False,
            },
        )
        return
    shape = kind
    if kind == "circumstance":
        shape = f"words.{fact['values']}" if "values" in fact else "yes_or_no"
    yield name, {"$ref": f"#/$defs/{shape}", **_annotations(fact)}
    if kind == "event":
        yield f"{name}_by", {"$ref": "#/$defs/by"}
        yield f"{name}_planned", {"$ref": "#/$defs/planned"}


def _annotations(fact: Schema) -> Schema:
    annotations = {"kind": fact["kind"], "title": fact["title"]}
    if "question" in fact:
        annotations |= {"description": fact["question"], "question": fact["question"]}
    if fact.get("evidence") == "yes":
        annotations["evidence"] = True
    if "values" in fact:
        annotations["values"] = fact["values"]
    return annotations


def _words(words: dict[str, Schema]) -> Schema:
    codes: dict[str, dict[str, str]] = {}
    for word, entry in words.items():
        for scheme, of_word in entry.get("codes", {}).items():
            listed = of_word if isinstance(of_word, list) else [of_word]
            codes.setdefault(scheme, {}).update(dict.fromkeys(listed, word))
    return {
        "enum": [*words, "not_known"],
        "enumDescriptions": [
            *(entry["title"] for entry in words.values()),
            "recorded as not known",
        ],
        **({"codes": codes} if codes else {}),
    }


_HOUSEHOLD: Schema = {
    "title": "The children of a household",
    "description": "One case for each child, each with a label of its own under `case`.",
    "type": "array",
    "minItems": 1,
    "items": {"$ref": "#/$defs/case", "required": ["case"]},
}
_OF_A_CASE: Schema = {
    "case": {
        "title": "Label",
        "description": "A label for the child that means nothing outside your own system: letters, "
        "digits, dots, hyphens and underscores. Never a name, NHS number or pupil number.",
        "type": ["string", "integer"],
        "pattern": LABEL,
        "not": {"type": "integer", "minimum": 1_000_000_000, "maximum": 9_999_999_999},
    },
    "authority": {
        "title": "Authority",
        "description": "The local authority whose protocol applies, such as `norfolk`.",
        "type": "string",
        "pattern": AUTHORITY,
    },
    "as_of": {
        "title": "As of",
        "description": "The day up to which the record speaks, such as 2025-03-10.",
        "$ref": "#/$defs/day",
    },
}
_WORDS_OF_EVENTS = ["yes", "no", "refused", "not_known"]
_SHAPES: Schema = {
    "day": {"type": "string", "pattern": f"^{DAY}$", "examples": ["2025-03-10"]},
    "window": {
        "description": "Covers only what opened on or after the day `from`.",
        "type": "object",
        "properties": {
            "from": {
                "title": "First day",
                "description": "The first day covered.",
                "$ref": "#/$defs/day",
            }
        },
        "required": ["from"],
        "additionalProperties": False,
    },
    "dated": {
        "type": "string",
        "pattern": f"^(?:{DAY}|{MONTH}|{DAY}/{DAY})$",
        "examples": ["2025-03-10", "2025-03", "2025-03-03/2025-03-14"],
    },
    "event": {
        "description": "A day, a month (2025-03) or a period (2025-03-03/2025-03-14); `yes`: done, "
        "date not recorded; `no`: recorded as not done so far; `refused`: recorded that it will "
        "not be done; `not_known`: recorded as not known.",
        "anyOf": [
            {"enum": _WORDS_OF_EVENTS},
            {"type": "boolean"},
            {"$ref": "#/$defs/dated"},
        ],
    },
    "incident": {
        "description": "A day, a month (2025-03) or a period (2025-03-03/2025-03-14); `yes`: it "
        "happened, date not recorded; `no`: it did not happen so far; `not_known`: recorded as not "
        "known.",
        "anyOf": [
            {"enum": [word for word in _WORDS_OF_EVENTS if word != "refused"]},
            {"type": "boolean"},
            {"$ref": "#/$defs/dated"},
        ],
    },
    "date": {
        "description": "A day, such as 2025-03-10, or `not_known`.",
        "anyOf": [{"enum": ["not_known"]}, {"$ref": "#/$defs/day"}],
    },
    "yes_or_no": {
        "description": "`yes`, `no`, or `not_known`: recorded as not known.",
        "enum": ["yes", "no", "not_known", True, False],
    },
    "by": {
        "title": "By whom",
        "description": "The recorded role of the person who did it.",
        "$ref": "#/$defs/words.role",
    },
    "planned": {
        "title": "Planned for",
        "description": "The day for which it is planned; a plan never counts as done.",
        "$ref": "#/$defs/day",
    },
}
