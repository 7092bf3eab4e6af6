"""Rules of the protocol schema that a file breaks, put into plain words.

In: one `Broken` rule. Out: its `Mistake`s, each with code, place, what is wrong and the cure. One
small function a keyword of JSON Schema, in a table that a test compares with the schema's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from engine.model.document import Path
from engine.validate.meant import as_list, cure_of_notation, key_meant, values_meant

_SHAPES = {"array": "a list", "object": "entries of its own", "string": "one value"}
_GUESSED = frozenset({"P106", "P107", "P108", "P109", "P110", "P115", "P121"})
_READ_OTHERWISE = frozenset({"on", "off", "yes", "no", "true", "false", "null", "y", "n", "~"})
_TITLES = {
    "duties": "duty",
    "items": "checklist line",
    "checks": "block",
    "pathways": "pathway",
    "thresholds": "threshold",
    "definitions": "definition",
    "tightens": "tightening",
    "departs": "departure",
    "requirements": "requirement",
    "questions": "question",
    "documents": "document",
    "roles": "role",
    "readings": "reading",
}


@dataclass(frozen=True)
class Broken:
    """`value`, which stands at `at`, breaks `rule`, which says `asked` under `keyword`.

    `is_key`: the value is the key of an entry at `at`. `definitions` are the schema's.
    """

    keyword: str
    asked: Any
    rule: dict[str, Any]
    value: Any
    at: Path
    is_key: bool
    definitions: dict[str, Any]

    @property
    def path(self) -> Path:
        """Where to point: of a key, at its entry."""
        return (*self.at, self.value) if self.is_key else self.at

    @property
    def cure(self) -> str:
        return str(self.rule.get("errorMessage", ""))

    @property
    def problem(self) -> dict[str, str] | None:
        """Code and message where the schema gives them."""
        return self.rule.get("x-problem")


@dataclass(frozen=True)
class Mistake:
    """One mistake in the mapping at `owner`; `key` is the unknown or missing key, if one is.

    `meant` is the key that an unknown one stands for, as far as can be told.
    """

    code: str
    path: Path
    message: str
    cure: str
    owner: Path
    kind: Literal["value", "unknown", "missing", "together"] = "value"
    key: str = ""
    meant: str | None = None


def mistakes_of(broken: Broken) -> Iterator[Mistake]:
    """What is wrong, one mistake for each key or value that breaks the rule."""
    return KEYWORDS[broken.keyword](broken)


def _unknown_key(broken: Broken) -> Iterator[Mistake]:
    if broken.problem:  # here keys that are known elsewhere stand together
        yield from _together(broken)
        return
    known = list(broken.rule["properties"])
    patterns = broken.rule.get("patternProperties", {})
    for key in broken.value:
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        code, message = "P101", f"`{key}` is not a key of {_a(broken.rule['title'].lower())}."
        if key.lower() in _READ_OTHERWISE:
            code = "P118"
            message = f"`{key}` cannot be a key: some programs read it as true, false or nothing."
        elif patterns:
            code, message = "P114", f"`{key}` is neither a fact nor a form of condition."
        path = (*broken.at, key)
        meant = key_meant(key, known)
        yield Mistake(code, path, message, _key_cure(key, known), broken.at, "unknown", key, meant)


def _key_cure(key: str, known: list[str]) -> str:
    if spaced := _spaced(key):
        return spaced
    if key == "unless" and "excused_by" not in known:
        return "If the record must show a reason, use `excused_by`; if not, say it in `when`."
    if key in ("done", "items") and "duties" in known:
        return "Each duty says for itself what satisfies it: move it into the duty."
    meant = key_meant(key, known)
    return f"Did you mean `{meant}`?" if meant else f"It can have {listed(known)}."


def _missing_key(broken: Broken) -> Iterator[Mistake]:
    problem = broken.problem or {}
    code = problem.get("code", "P102")
    for key in broken.asked:
        if key not in broken.value:
            message = problem.get("message") or f"{_subject(broken)} has no `{key}`."
            cure = broken.cure or f"Add `{key}`: {_description(broken, key)}"
            yield Mistake(code, broken.at, message, cure, broken.at, "missing", key)


def _subject(broken: Broken) -> str:
    """What stands there, by its id where it has one: ``The duty `plan-made` ``."""
    title = _TITLES.get(_list_of(broken.at)) or str(broken.rule.get("title", "entry")).lower()
    name = broken.value.get("id") or broken.value.get("rule")
    if broken.path[-1:] == ("effective",):
        return "`effective`"
    return f"The {title} `{name}`" if name and isinstance(name, str) else f"This {title}"


def _list_of(path: Path) -> str:
    """The name of the list or table whose entry stands at `path`."""
    return str(path[-2]) if len(path) > 1 else ""


def _description(broken: Broken, key: str) -> str:
    """How the schema describes a key, to go on with after a colon."""
    entry = broken.rule.get("properties", {}).get(key, {})
    definition = broken.definitions.get(entry.get("$ref", "").rsplit("/", 1)[-1], {})
    text = str(entry.get("description") or definition.get("description", ""))
    return text[:1].lower() + text[1:]


def _wrong_shape(broken: Broken) -> Iterator[Mistake]:
    if broken.value == "":
        yield _nothing(broken)
        return
    wanted = "string" if isinstance(broken.asked, list) else str(broken.asked)
    found = f"`{_short(broken.value)}` stands"
    if isinstance(broken.value, dict | list):
        found = "a list stands" if isinstance(broken.value, list) else "entries of their own stand"
    message = f"{_named(broken.path)} takes {_SHAPES[wanted]}, but {found} there."
    cure = _shape_cure(broken, wanted)
    yield Mistake("P103", broken.path, message, cure, broken.at[:-1])


def _shape_cure(broken: Broken, wanted: str) -> str:
    if isinstance(broken.value, str) and (spaced := _spaced(broken.value)):
        return spaced
    if broken.cure:
        return broken.cure
    if wanted == "array" and isinstance(broken.value, str):
        return f"Put it in square brackets: `[{as_list(_short(broken.value))}]`."
    if wanted == "array":
        return "Begin each entry on a line of its own with a dash and a space."
    if wanted == "string":
        return "Write one value, without dash, brackets or braces."
    if not broken.path:
        return "Begin with `protocol: …` and `title: …`, each on a line of its own."
    keys = dict.fromkeys([*broken.rule.get("required", ()), *broken.rule.get("properties", ())])
    return f"Write them below it, indented, one on a line, such as {listed(list(keys)[:3])}."


def _nothing(broken: Broken) -> Mistake:
    path, cure = broken.path, "Write its value, or leave the whole line out."
    message = f"Nothing is written after `{path[-1]}:`." if path else "The file is empty."
    if not path:
        cure = "Begin with `protocol: …` and `title: …`, each on a line of its own."
    elif isinstance(path[-1], int):
        message, cure = f"{_named(path)} is empty.", "Write after the dash, or take it away."
    return Mistake("P105", path, message, cure, broken.at)


def _wrong_value(broken: Broken) -> Iterator[Mistake]:
    if not isinstance(broken.value, str):
        yield from _wrong_shape(broken)
        return
    if broken.value == "" and not broken.is_key:
        yield _nothing(broken)
        return
    problem = broken.problem or {"code": "P107", "message": "`{value}` cannot stand for {name}."}
    name = _named(broken.path)
    message = problem["message"].format(value=_short(broken.value), name=name)
    cure = _value_cure(broken, problem["code"])
    yield Mistake(problem["code"], broken.path, message, cure, broken.at[:-1])


def _value_cure(broken: Broken, code: str) -> str:
    text = str(broken.value)
    if told := _spaced(text) or (code in ("P109", "P110") and cure_of_notation(text)):
        return told
    meant = next(_fitting(broken, text), None) if code in _GUESSED else None
    return f"Did you mean `{meant}`?" if meant else broken.cure


def _fitting(broken: Broken, text: str) -> Iterator[str]:
    """Those of the guesses that the schema would accept."""
    if broken.keyword == "enum":
        words = [word for word in broken.asked if isinstance(word, str)]
        return (guess for guess in values_meant(text, words) if guess in words)
    return (guess for guess in values_meant(text) if re.search(str(broken.asked), guess))


def _too_few(broken: Broken) -> Iterator[Mistake]:
    if broken.value:
        yield from _together(broken)
        return
    kind = "an empty list" if isinstance(broken.value, list) else "empty"
    cure = "Write what belongs in it, or leave it out."
    yield Mistake("P104", broken.at, f"{_named(broken.at)} is {kind}.", cure, broken.at)


def _together(broken: Broken) -> Iterator[Mistake]:
    """Keys that cannot stand side by side, one without another, or too few of them."""
    if isinstance(broken.value, str):
        yield from _wrong_value(broken)
        return
    problem = broken.problem or {}
    keys = _concerned(broken)
    message = problem["message"].format(keys=listed(keys), count=len(broken.value))
    path = (*broken.at, keys[-1]) if keys else broken.at
    yield Mistake(problem["code"], path, message, broken.cure, broken.at, "together")


def _concerned(broken: Broken) -> list[str]:
    """The keys that the rule speaks of, in their order in the file."""
    if broken.keyword in ("minItems", "minProperties"):
        return []
    if broken.keyword == "not":
        branches = broken.asked.get("anyOf", [broken.asked])
        named = {key for branch in branches for key in branch["required"]}
        return [key for key in broken.value if key in named]
    if broken.keyword == "dependentRequired":
        return [key for key in broken.value if key in broken.asked]
    return list(broken.value)


def _spaced(text: str) -> str:
    """The cure where a space is missing after a colon, else empty."""
    found = re.fullmatch(r"([a-z_.]+):(\S.*)", text)
    return f"Put a space after the colon: `{found[1]}: {found[2]}`." if found else ""


def _named(path: Path) -> str:
    """What stands at `path`: `` `cite` ``, or ``Entry 2 of `cite` ``."""
    if not path:
        return "The file"
    if isinstance(path[-1], str):
        return f"`{path[-1]}`"
    above = [part for part in path if isinstance(part, str)]
    return f"Entry {path[-1] + 1} of `{above[-1]}`" if above else f"Entry {path[-1] + 1}"


def _short(value: Any, most: int = 60) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _a(title: str) -> str:
    return f"{'an' if title[0] in 'aeiou' else 'a'} {title}"


def listed(words: list[str]) -> str:
    """`` `a`, `b` and `c` ``."""
    quoted = [f"`{word}`" for word in words]
    return " and ".join(part for part in (", ".join(quoted[:-1]), *quoted[-1:]) if part)


KEYWORDS: dict[str, Callable[[Broken], Iterator[Mistake]]] = {
    "additionalProperties": _unknown_key,
    "dependentRequired": _together,
    "enum": _wrong_value,
    "maxProperties": _together,
    "minItems": _too_few,
    "minLength": _wrong_value,
    "minProperties": _too_few,
    "not": _together,
    "pattern": _wrong_value,
    "required": _missing_key,
    "type": _wrong_shape,
}
