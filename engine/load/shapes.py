"""What a case file may hold in each place, by the name written there.

In: the dictionary. Out: for each part the facts, checklists, companions, parts and lists that it
can hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.model.fact import Dictionary, Fact, Part

OF_A_CASE = ("case", "authority", "as_of", "covers", "complete")


@dataclass(frozen=True)
class Companion:
    """`…_by` or `…_planned` of an event; `role_words` are those that `…_by` may take."""

    fact: Fact
    ending: str
    role_words: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """As facts are named: `assessment.concluded_by`."""
        return f"{self.fact.path}_{self.ending}"


@dataclass(frozen=True)
class Checklist:
    """A map with fixed members; `entries` holds them and their companions by name."""

    path: str
    entries: dict[str, Fact | Companion]


Entry = Fact | Companion | Checklist | Part


class Shapes:
    """The entries of each part (None: of the case itself), worked out when asked for."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self._known: dict[str | None, dict[str, Entry]] = {}

    def of(self, part: str | None) -> dict[str, Entry]:
        """What can stand in `part`, by the name written in a case file; derived facts left out."""
        if part not in self._known:
            self._known[part] = dict(self._entries(part))
        return self._known[part]

    def places_of(self, key: str) -> list[Entry]:
        """Everything that is written as `key` somewhere in a case, checklist members included."""
        found: list[Entry] = []
        for part in (None, *self.dictionary.parts):
            for name, entry in self.of(part).items():
                if name == key:
                    found.append(entry)
                if isinstance(entry, Checklist) and key in entry.entries:
                    found.append(entry.entries[key])
        return found

    def way_to(self, entry: Entry) -> str:
        """The names to write from the top of a case down to `entry`: `referrals`, `assessment` …"""
        if isinstance(entry, Part):
            above, names = entry.below, [entry.key]
        else:
            part, *below = entry.path.split(".")
            above, names = part, below
        while above is not None:
            names.insert(0, self.dictionary.parts[above].key)
            above = self.dictionary.parts[above].below
        return " > ".join(f"`{name}`" for name in names)

    @cached_property
    def _by_part(self) -> dict[str, list[Fact]]:
        facts: dict[str, list[Fact]] = {}
        for fact in self.dictionary.facts.values():
            facts.setdefault(fact.part, []).append(fact)
        return facts

    @cached_property
    def _roles(self) -> tuple[str, ...]:
        return tuple(self.dictionary.words.get("role", ()))

    def _entries(self, part: str | None) -> Iterator[tuple[str, Entry]]:
        checklists: dict[str, Checklist] = {}
        for fact in self._by_part.get(part, ()) if part else ():
            if fact.kind == "derived":
                continue
            if fact.checklist is None:
                yield from self._with_companions(fact)
                continue
            if fact.checklist not in checklists:
                checklist = checklists[fact.checklist] = Checklist(fact.checklist, {})
                yield fact.checklist.split(".")[1], checklist
            checklists[fact.checklist].entries.update(self._with_companions(fact))
        for below in self.dictionary.parts.values():
            if below.below == part:
                yield below.key, below

    def _with_companions(self, fact: Fact) -> Iterator[tuple[str, Fact | Companion]]:
        name = fact.path.rsplit(".", 1)[1]
        yield name, fact
        if fact.kind == "event":
            yield f"{name}_by", Companion(fact, "by", self._roles)
            yield f"{name}_planned", Companion(fact, "planned")
