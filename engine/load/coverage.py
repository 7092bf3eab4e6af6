"""What silence in a case file means: `covers` and `complete`.

In: the two lists as written. Out: one `Coverage`, and a problem for each entry that names nothing
(C104 to C107, C133 to C137).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.errors import nearest
from engine.load.privacy import spoken
from engine.load.record import RecordReader
from engine.load.written_dates import Fault, read_day
from engine.model.case import Coverage
from engine.model.document import Path
from engine.model.fact import Dictionary


class CoverageReader:
    """Reads the coverage of one case after the other, telling problems to `reader`."""

    def __init__(self, reader: RecordReader) -> None:
        self.say = reader.say
        self.dictionary: Dictionary = reader.shapes.dictionary
        self.names = {part.covers for part in self.dictionary.parts.values()}
        self.checklists: dict[str, list[str]] = {}
        for fact in self.dictionary.facts.values():
            if fact.checklist:
                self.checklists.setdefault(fact.checklist, []).append(fact.path)
        self.parts: dict[str, date | None] = {}
        self.facts: set[str] = set()

    def read(self, case: dict[str, Any], at: Path) -> Coverage:
        """What the `case` at the path `at` says that it covers."""
        self.parts, self.facts = {}, set()
        for index, entry in enumerate(self._entries(case, "covers", at)):
            path = (*at, "covers", index)
            if isinstance(entry, dict):
                self._windows(entry, path)
            else:
                self._covered(entry, path)
        lists: set[str] = set()
        for index, name in enumerate(self._entries(case, "complete", at)):
            if self._is_list(name, lists, (*at, "complete", index)):
                lists.add(name)
        return Coverage(self.parts, frozenset(self.facts), frozenset(lists))

    def _entries(self, case: dict[str, Any], key: str, at: Path) -> list[Any]:
        written = case.get(key, [])
        if isinstance(written, list):
            return written
        cure = f"Write `{key}: [referral]`, or begin each entry with `- `."
        if key == "complete":
            cure = "Write `complete: [referrals]`, or begin each entry with `- `."
        self.say("C106", f"`{key}` is a list.", (*at, key), cure)
        return []

    def _covered(self, name: Any, path: Path) -> None:
        """Take an entry without a window: a part, a fact or a checklist."""
        if not isinstance(name, str):
            cure = "Write the name of a part or of a fact."
            self.say("C107", "A list inside `covers` means nothing.", path, cure)
        elif name in self.names:
            self._part(name, None, path)
        elif name in self.checklists:
            self._once(name, path, already=self.facts.issuperset(self.checklists[name]))
            self.facts.update(self.checklists[name])
        elif name in self.dictionary.facts:
            if self.dictionary.facts[name].kind == "derived":
                cure = "Cover the facts it is worked out from."
                self.say("C104", f"`{name}` is worked out, never written.", path, cure)
            self._once(name, path, already=name in self.facts)
            self.facts.add(name)
        else:
            self._unknown(name, path)

    def _windows(self, entry: dict[str, Any], path: Path) -> None:
        if not entry:
            self.say("C135", "This entry of `covers` names nothing.", path, "Delete it.")
        for name, window in entry.items():
            if name not in self.names:
                self._unknown(name, (*path, name))
                continue
            first = self._first_day(window, (*path, name))
            if first is not None:
                self._part(name, first, (*path, name))

    def _first_day(self, window: Any, path: Path) -> date | None:
        if not isinstance(window, dict) or list(window) != ["from"]:
            cure = "Write `{hospital: {from: 2025-04-01}}`, with the part's own name and day."
            self.say(
                "C135", "A window has its first day after `from`, and nothing else.", path, cure
            )
            return None
        day = read_day(window["from"]) if isinstance(window["from"], str) else None
        if isinstance(day, date):
            return day
        fault = day if isinstance(day, Fault) else None
        code = fault.code if fault else "C135"
        message = fault.message if fault else "`from` is one day."
        cure = fault.cure if fault else "Write a day such as `2025-04-01`."
        self.say(code, message, (*path, "from"), cure)
        return None

    def _part(self, name: str, first: date | None, path: Path) -> None:
        self._once(name, path, already=name in self.parts)
        self.parts[name] = first

    def _once(self, name: str, path: Path, *, already: bool) -> None:
        if already:
            self.say("C134", f"`{name}` is covered already.", path, "Delete one of the two.")

    def _unknown(self, name: str, path: Path) -> None:
        known = [*self.dictionary.facts, *self.checklists]
        part = self.dictionary.parts.get(name)
        above = next((p for p in self.dictionary.parts.values() if p.key == name), part)
        cure = (
            f"It is covered with `{above.covers}`."
            if above
            else nearest(name, sorted(self.names))
            or nearest(name, known)
            or f"There are {_listed(sorted(self.names))}."
        )
        self.say("C133", f"{spoken(name)} is no part and no fact that can be covered.", path, cure)

    def _is_list(self, name: Any, found: set[str], path: Path) -> bool:
        lists = self.dictionary.lists
        if isinstance(name, str) and name in lists:
            if name in found:
                self.say("C134", f"`{name}` is named already.", path, "Delete one of the two.")
            return True
        cure = "Write the name of a list, such as `referrals`."
        if isinstance(name, str):
            right = [
                p
                for p, part in lists.items()
                if name in (part.key, part.name) or (part.below and name == part.covers)
            ]
            cure = " or ".join(f"`{path}`" for path in right[:3])
            cure = f"Did you mean {cure}?" if right else nearest(name, list(lists))
            cure = cure or f"There are {_listed(list(lists))}."
        shown = spoken(name) if isinstance(name, str) else "This"
        self.say("C137", f"{shown} is no list that can be complete.", path, cure)
        return False


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:12]) + (" and others" if names[12:] else "")
