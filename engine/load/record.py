"""The record of one child: the tree of parts, lists and facts below the top of a case.

In: a document, the path of a case in it and the dictionary. Out: one `Item`, and a problem for each
thing that has no place in a case or is not written as a case file writes it (C101 to C118).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from engine.errors import Problem, nearest
from engine.load.privacy import refusal, spoken
from engine.load.shapes import OF_A_CASE, Checklist, Companion, Entry, Shapes
from engine.load.values import read_value
from engine.load.written_dates import Fault
from engine.model.case import Item, Recorded
from engine.model.document import Document, Path
from engine.model.fact import Fact, Part

_MOST_PLACES = 3
_COMPANIONS = ("_by", "_planned")
_NO_SPACE = re.compile(r"[a-z_]+:\S")
_nearest = lru_cache(maxsize=256)(nearest)  # a caseload repeats its mistakes
_BIRTH = ("dob", "date_of_birth", "birth_date", "birthdate", "birthday")


class RecordReader:
    """Reads records out of `document`, collecting `problems`."""

    def __init__(self, document: Document, shapes: Shapes) -> None:
        self.document = document
        self.shapes = shapes
        self.problems: list[Problem] = []

    def case(self, value: dict[str, Any], at: Path) -> Item:
        """The record below `at`, where `value` is one case; its own keys are left aside."""
        return self._item(value, at, None)

    def say(self, code: str, message: str, at: Path, cure: str) -> None:
        """Note a problem at the path `at`."""
        self.problems.append(Problem(code, message, self.document.place(at), cure))

    def _item(self, value: dict[str, Any], at: Path, part: str | None) -> Item:
        """The part or item at `at`; `part` None is the case itself."""
        item = Item()
        shape = self.shapes.of(part)
        for key, written in value.items():
            path = (*at, key)
            entry = shape.get(key)
            if entry is None:
                if part is not None or key not in OF_A_CASE:
                    self._misplaced(key, path, part, shape)
            elif isinstance(entry, Part):
                self._below(item, entry, written, path)
            elif isinstance(entry, Checklist):
                self._checklist(item, key, entry, written, path)
            elif (recorded := self._value(entry, written, path)) is not None:
                item.facts[key] = recorded
        return item

    def _below(self, item: Item, part: Part, written: Any, path: Path) -> None:
        if part.is_list:
            if self._is_list(part, written, path):
                item.lists[part.name] = tuple(
                    self._item(entry, (*path, index), part.name)
                    for index, entry in enumerate(written)
                    if self._is_mapping(f"An item of `{part.key}`", entry, (*path, index))
                )
        elif self._is_mapping(f"`{part.key}`", written, path):
            item.parts[part.name] = self._item(written, path, part.name)

    def _checklist(
        self, item: Item, key: str, checklist: Checklist, written: Any, path: Path
    ) -> None:
        if not self._is_mapping(f"`{checklist.path}`", written, path):
            return
        for member, value in written.items():
            entry = checklist.entries.get(member)
            if entry is None:
                self._unknown(member, (*path, member), checklist.path, checklist.entries)
            elif (recorded := self._value(entry, value, (*path, member))) is not None:
                item.facts[f"{key}.{member}"] = recorded

    def _value(self, entry: Fact | Companion, written: Any, path: Path) -> Recorded | None:
        if not isinstance(written, str):
            kind = "a list" if isinstance(written, list) else "names and values of its own"
            cure = "Write one value after the colon."
            self.say("C108", f"`{entry.path}` is one value, not {kind}.", path, cure)
            return None
        found = read_value(entry, written)
        if isinstance(found, Fault):
            self.say(found.code, found.message, path, found.cure)
            return None
        return found

    def _is_list(self, part: Part, written: Any, path: Path) -> bool:
        if isinstance(written, list):
            return True
        cure = "Begin each item with `- `; write `[]` if the record holds none."
        self.say("C106", f"`{part.key}` is a list.", path, cure)
        return False

    def _is_mapping(self, subject: str, written: Any, path: Path) -> bool:
        if isinstance(written, dict):
            return True
        cure = "Write its facts below it, one to a line: a name, a colon, a space, a value."
        if isinstance(written, str) and _NO_SPACE.match(written):
            cure = "A space is missing after a colon: write `name: value`."
        self.say("C107", f"{subject} holds facts of its own.", path, cure)
        return False

    def _misplaced(self, key: str, path: Path, part: str | None, shape: dict[str, Entry]) -> None:
        """Say what is wrong with a key that has no place in `part`."""
        where = f"`{part}`" if part else "a case"
        derived = self.shapes.dictionary.facts.get(f"{part}.{key}")
        if derived is not None and derived.kind == "derived":
            cure = "Delete the line."
            self.say("C104", f"`{derived.path}` is worked out, never written.", path, cure)
            return
        if (places := self._elsewhere(key)) and not refusal(key):
            ways = " or ".join(self.shapes.way_to(entry) for entry in places[:_MOST_PLACES])
            more = " or elsewhere" if len(places) > _MOST_PLACES else ""
            cure = f"Write it in its place: {ways}{more}."
            self.say("C102", f"`{key}` does not belong in {where}.", path, cure)
            return
        self._unknown(key, path, where.strip("`"), shape)

    def _elsewhere(self, key: str) -> list[Entry]:
        """Where `key` would be right: it may also be a path, or the singular of a list."""
        dictionary = self.shapes.dictionary
        if key.lower() in _BIRTH and "child.born" in dictionary.facts:
            return [dictionary.facts["child.born"]]
        if key in dictionary.facts and dictionary.facts[key].kind != "derived":
            return [dictionary.facts[key]]
        if key in dictionary.parts:
            return [dictionary.parts[key]]
        return self.shapes.places_of(key)

    def _unknown(self, key: str, path: Path, where: str, known: Iterable[str]) -> None:
        if (private := refusal(key)) is not None:
            why, instead = private
            meant = f" Did you mean `{key}_recorded`?" if f"{key}_recorded" in known else ""
            self.say("C103", f"{spoken(key)} {why}", path, instead + meant)
            return
        names = _own(known) if not key.endswith(_COMPANIONS) else list(known)
        near = _nearest(key, tuple(names))
        holder = "part of a case" if where == "a case" else f"fact of `{where}`"
        cure = near or f"There are {_some(names)}."
        subject = spoken(key) if near else spoken("")  # like no fact, it may be a person's name
        self.say("C101", f"{subject} is no {holder}.", path, cure)


def _own(names: Iterable[str]) -> list[str]:
    """`names` without those of companions."""
    return [name for name in names if not name.endswith(_COMPANIONS)]


def _some(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:6])
    return f"{shown} and others" if len(names) > 6 else shown
