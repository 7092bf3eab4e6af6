"""The fact dictionary's source files, checked.

In: a folder of `<covers>.yaml` files, one a `covers` name, and `enumerations.yaml`. Out: their
parts, facts and enumerations as text, or `InvalidInput` with every law that they break (F1xx).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import InvalidInput, Place, Problem, nearest
from engine.load.document import read_document
from engine.load.shapes import OF_A_CASE
from engine.model.document import Document
from engine.model.document import Path as DocumentPath
from engine.model.fact import CASE

ENUMERATIONS = "enumerations"
SPECIAL_WORDS = ("yes", "no", "not_known", "refused", "true", "false")
COMPANIONS = ("by", "planned")
_KINDS = ("event", "date", "circumstance", "incident", "checklist", "derived")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_MOST_BYTES = 5_000_000
_KEYS = {
    "file": (("covers", "title", "parts"), ()),
    "part": (("title", "facts"), ("below", "list", "item", "opening", "end")),
    "fact": (("kind", "title"), ("question", "evidence", "values", "members")),
    "member": (("title", "question"), ()),
    "word": (("title",), ("codes",)),
}


@dataclass(frozen=True)
class PartSource:
    """A part as its file describes it; `facts` by name, as written."""

    name: str
    covers: str
    title: str
    below: str | None
    list_key: str | None
    item: str | None  # what a person calls one, where the name is no plain word
    opening: str | None
    end: str | None
    facts: dict[str, dict[str, Any]]
    place: Place

    @property
    def key(self) -> str:
        """What a case file calls it."""
        return self.list_key or self.name


@dataclass(frozen=True)
class FactFiles:
    """Parts by name in the order of the files, and the words of each enumeration."""

    parts: dict[str, PartSource]
    enumerations: dict[str, dict[str, dict[str, Any]]]
    titles: dict[str, str]  # of the `covers` names

    def below(self, name: str | None) -> list[PartSource]:
        """The parts and lists directly in part `name`; of the child if None."""
        return [part for part in self.parts.values() if part.below == name]


def read_fact_files(folder: Path) -> FactFiles:
    """The sources in `folder`, each file checked by itself and all together.

    Raises `InvalidInput` with every F1xx found, or D1xx where a file can't be read.
    """
    reading = _Reading()
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = read_document(path, most_bytes=_MOST_BYTES)
        except InvalidInput as fault:
            reading.problems += fault.problems
            continue
        if path.stem == ENUMERATIONS:
            reading.enumerations(document)
        else:
            reading.file(document, path.stem)
    files = FactFiles(reading.parts, reading.words, reading.titles)
    reading.problems += _broken_laws(files)
    if reading.problems:
        raise InvalidInput(reading.problems)
    return files


@dataclass
class _Reading:
    """What has been read so far."""

    parts: dict[str, PartSource] = field(default_factory=dict)
    words: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def enumerations(self, document: Document) -> None:
        for name, words in self.entries(document, ()):
            self.words[name] = dict(self.entries(document, (name,)))
            for word, written in words.items():
                place = document.place((name, word))
                self.keys("word", written, document, (name, word))
                if word in SPECIAL_WORDS:
                    self.say("F107", f"`{word}` has a meaning of its own in every fact.", place)

    def file(self, document: Document, stem: str) -> None:
        top = document.value
        if not self.keys("file", top, document, ()):
            return
        if top["covers"] != stem:
            self.say(
                "F108", f"`covers` is not the file's name, `{stem}`.", document.place(("covers",))
            )
        self.titles[top["covers"]] = top["title"]
        for name, part in self.entries(document, ("parts",)):
            path: DocumentPath = ("parts", name)
            place = document.place(path)
            if name in self.parts or name == CASE:
                first = self.parts[name].place if name in self.parts else "the case itself"
                self.say("F101", f"There is a part `{name}` already: {first}.", place)
            elif self.keys("part", part, document, path):
                self.parts[name] = PartSource(
                    name,
                    top["covers"],
                    part["title"],
                    part.get("below"),
                    part.get("list"),
                    part.get("item"),
                    part.get("opening"),
                    part.get("end"),
                    dict(self.facts(document, (*path, "facts"))),
                    place,
                )

    def facts(self, document: Document, path: DocumentPath) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, fact in self.entries(document, path):
            if not self.keys("fact", fact, document, (*path, name)):
                continue
            for code, message in _fact_faults(name, fact):
                self.say(code, message, document.place((*path, name)))
            if fact["kind"] == "checklist":
                members = (*path, name, "members")
                for member, written in self.entries(document, members):
                    self.keys("member", written, document, (*members, member))
                    for code, message in _name_faults(member):
                        self.say(code, message, document.place((*members, member)))
            yield name, {**fact, "place": document.place((*path, name))}

    def entries(
        self, document: Document, path: DocumentPath
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """The entries of the mapping at `path`, each itself a mapping with a name in snake_case."""
        value = document.value
        for step in path:
            value = value.get(step, {})
        if not isinstance(value, dict):
            self.say(
                "F109", "Names belong here, each with what describes it.", document.place(path)
            )
            return
        for name, entry in value.items():
            place = document.place((*path, name))
            if not _NAME.fullmatch(name):
                self.say(
                    "F102", f"`{name}` is not written in small letters and underscores.", place
                )
            if isinstance(entry, dict):
                yield name, entry
            else:
                self.say("F109", f"`{name}` is not described.", place)

    def keys(self, shape: str, value: Any, document: Document, path: DocumentPath) -> bool:
        """Whether `value` has the keys of `shape` and no others, none of them empty."""
        needed, allowed = _KEYS[shape]
        if not isinstance(value, dict):
            self.say("F109", "Names belong here, each with its value.", document.place(path))
            return False
        for key in value:
            if key not in needed + allowed:
                hint = nearest(key, needed + allowed)
                self.say("F110", f"A {shape} has no `{key}`.", document.place((*path, key)), hint)
        missing = [key for key in needed if not value.get(key)]
        for key in missing:
            self.say("F103", f"`{key}` is missing.", document.place(path), f"Write `{key}: …`.")
        return not missing

    def say(self, code: str, message: str, place: Place, cure: str = "") -> None:
        self.problems.append(Problem(code, message, place, cure))


def _fact_faults(name: str, fact: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What one fact has wrong by itself."""
    kind = fact["kind"]
    yield from _name_faults(name)
    if kind not in _KINDS:
        yield "F104", f"`{kind}` is no kind of fact: {', '.join(_KINDS)}."
    if "evidence" in fact and fact["evidence"] not in ("yes", "no"):
        yield "F105", "`evidence` is `yes` or left out."
    if fact.get("evidence") == "yes" and kind not in ("event", "checklist"):
        yield "F105", f"Silence can't be evidence about a fact of kind `{kind}`."
    if "values" in fact and kind not in ("circumstance", "derived"):
        yield "F106", f"A fact of kind `{kind}` has no `values`."
    if not fact.get("question") and kind != "checklist":
        yield "F103", "`question` is missing: what to ask when the fact is not recorded."
    if ("members" in fact) != (kind == "checklist"):
        yield "F106", "A checklist has `members`, and nothing else has."


def _name_faults(name: str) -> Iterator[tuple[str, str]]:
    if name.endswith(tuple(f"_{ending}" for ending in COMPANIONS)):
        yield "F111", f"`{name}` ends like the companion of an event (`…_by`, `…_planned`)."
    if name.startswith("not_") and not name.endswith("_recorded"):
        yield "F112", f"`{name}` is a negative; only a recorded reason may be (`…_recorded`)."


def _broken_laws(files: FactFiles) -> Iterator[Problem]:
    """What is wrong between parts, facts and enumerations."""
    for part in files.parts.values():
        yield from _place_faults(part, files)
        for name in (part.opening, part.end):
            if name is not None and part.facts.get(name, {}).get("kind") != "event":
                yield Problem("F114", f"`{name}` is no event of `{part.name}`.", part.place)
        if part.list_key is None and (part.opening or part.end):
            yield Problem("F114", "Only a list has an opening and an end.", part.place)
        for fact in part.facts.values():
            values = fact.get("values")
            known = ("date",) if fact["kind"] == "derived" else tuple(files.enumerations)
            if values is not None and values not in known:
                cure = nearest(values, known)
                yield Problem("F115", f"There are no values `{values}`.", fact["place"], cure)
    for below in (None, *files.parts):
        yield from _key_clashes(below, files)


def _place_faults(part: PartSource, files: FactFiles) -> Iterator[Problem]:
    if part.below is not None and part.below not in files.parts:
        cure = nearest(part.below, tuple(files.parts))
        yield Problem("F113", f"There is no part `{part.below}`.", part.place, cure)
    above, seen = part.below, {part.name}
    while above in files.parts and above not in seen:
        seen.add(above)
        above = files.parts[above].below
    if above in seen:
        yield Problem("F113", f"`{part.name}` stands below itself.", part.place)


def _key_clashes(below: str | None, files: FactFiles) -> Iterator[Problem]:
    """Names that a case file would use for two things in the same place."""
    taken = (
        dict.fromkeys((*OF_A_CASE, "cases"))
        if below is None
        else dict.fromkeys(_keys(files.parts[below]))
    )
    for part in files.below(below):
        if part.key in taken:
            yield Problem("F116", f"`{part.key}` means something else here too.", part.place)
        taken[part.key] = None


def _keys(part: PartSource) -> Iterator[str]:
    for name, fact in part.facts.items():
        yield name
        if fact["kind"] == "event":
            yield from (f"{name}_{ending}" for ending in COMPANIONS)
