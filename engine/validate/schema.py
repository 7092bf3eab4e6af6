"""Whether a protocol has the shape that `schemas/protocol.schema.json` describes.

In: a `Document` whose every scalar is text. Out: one `Problem` a mistake (P1xx), at its place, in
plain words. Wording that belongs to one rule of the schema stands there: `x-problem` is the code
and what is wrong, `errorMessage` the cure, which editors show too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.data import data_folder
from engine.errors import Problem
from engine.validate.limits import limit_problems
from engine.validate.meant import key_meant
from engine.validate.mistakes import Broken, Mistake, mistakes_of

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

    from engine.model.document import Document

_SCHEMA = "protocol.schema.json"
_INSTEAD = {  # keys that do as well as the one that is called missing
    "by": ("by", "only_by", "readings"),
    "done": ("done", "items", "not_checkable"),
    "from": ("from", "readings"),
    "under": ("under", "at_least"),
    "when": ("when", "for_each"),
}


def schema_problems(document: Document) -> list[Problem]:
    """Every mistake in the shape of `document`, in the order of their places; empty if it fits.

    Of a file beyond the limits only that is said.
    """
    value = document.value
    if isinstance(value, dict) and "protocol" not in value and value.keys() & {"case", "cases"}:
        cure = "Give the file of a protocol here, or the name of one: `norfolk`."
        return [Problem("P198", "This is a case, not a protocol.", document.place(), cure)]
    if problems := limit_problems(document):
        return problems
    mistakes = shape_mistakes(value)
    problems = [Problem(m.code, m.message, document.place(m.path), m.cure) for m in mistakes]
    return sorted(problems, key=lambda problem: (problem.place, problem.code, problem.message))


def shape_mistakes(value: Any) -> list[Mistake]:
    """Every mistake in the shape of a document's value, each once; the value is within limits."""
    found = _without_echoes([m for broken in _broken(value) for m in mistakes_of(broken)])
    return [*{(m.path, m.code, m.key): m for m in reversed(found)}.values()]


def _broken(value: Any) -> Iterator[Broken]:
    """Every rule of the schema that `value` breaks."""
    for error in _validator().iter_errors(value):
        yield Broken(
            keyword=str(error.validator),
            asked=error.validator_value,
            rule=error.schema if isinstance(error.schema, dict) else {},
            value=error.instance,
            at=tuple(error.absolute_path),
            is_key="propertyNames" in error.absolute_schema_path,
            definitions=_schema()["$defs"],
        )


def _without_echoes(mistakes: list[Mistake]) -> list[Mistake]:
    """Less what only follows from a misspelt key: the right key missing, or one key too many."""
    unknown = [m for m in mistakes if m.kind == "unknown"]
    crowded = {m.owner for m in unknown}
    return [
        m
        for m in mistakes
        if not (m.kind == "together" and m.owner in crowded)
        and not (m.kind == "missing" and any(_misspells(other, m) for other in unknown))
    ]


def _misspells(unknown: Mistake, missing: Mistake) -> bool:
    """Whether the unknown key is meant for the missing one, in the same entry or one around it."""
    inner, outer = sorted((unknown.owner, missing.owner), key=len, reverse=True)
    wanted = _INSTEAD.get(missing.key, (missing.key,))
    return inner[: len(outer)] == outer and key_meant(unknown.key, wanted) is not None


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    text = (data_folder("schemas") / _SCHEMA).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@lru_cache(maxsize=1)
def _validator() -> Validator:
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415 - slow to import

    extend: Any = validators.extend  # it says no types
    validator: Validator = extend(Draft202012Validator, {"$ref": _reference})(_schema())
    return validator


def _reference(validator: Any, reference: str, value: Any, _: Any) -> Iterator[Any]:
    """`$ref` without a registry, in a third less time: all of ours are `#/$defs/…`."""
    rule = _schema()["$defs"][reference.removeprefix("#/$defs/")]
    yield from validator.descend(value, rule)
