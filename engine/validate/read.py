"""From a document of the right shape to a typed `Protocol`: fields, durations, facts and values.

In: a `Document` that the schema accepts, and the dictionary. Out: the `Protocol` of that one
file, or all its problems (P2xx). What needs the whole `extends` chain is checked in `resolve`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from engine.errors import InvalidInput, Problem, nearest
from engine.model.document import Document, Path
from engine.model.fact import Dictionary
from engine.model.protocol import (
    Block,
    Change,
    Citation,
    Conclusion,
    Dates,
    Duty,
    Explained,
    Protocol,
    Question,
    Requirement,
    Role,
    Source,
)
from engine.validate.conditions import Conditions
from engine.validate.duties import Duties
from engine.validate.words import is_yes


def read_protocol(document: Document, dictionary: Dictionary) -> Protocol:
    """The typed protocol of one file; raises `InvalidInput` with every problem found."""
    protocol, problems = read_on(document, dictionary)
    if problems:
        raise InvalidInput(problems)
    return protocol


def read_on(document: Document, dictionary: Dictionary) -> tuple[Protocol, list[Problem]]:
    """The protocol as far as it can be read, and every problem found; it raises nothing.

    What a problem names stands in the protocol as it was written.
    """
    reader = _Reader(document, dictionary)
    return reader.protocol(), reader.problems


class _Reader:
    """Walks one document; problems are collected, not raised, so that all are shown at once."""

    def __init__(self, document: Document, dictionary: Dictionary) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.value: dict[str, Any] = document.value
        self.id: str = self.value["protocol"]
        self.documents = list(self.value.get("documents", {}))
        conditions = Conditions(document, dictionary, self.problems)
        self.conditions = conditions
        self.effective = self.dates(self.value.get("effective", {}), ("effective",))
        self.duties = Duties(conditions, self.id, self.cites, self.dates, self.effective)

    def protocol(self) -> Protocol:
        value = self.value
        self.each_id_once()
        blocks: list[Block] = []
        duties: list[Duty] = []
        for section, kind in (("checks", "check"), ("pathways", "pathway")):
            for number, block in enumerate(value.get(section, [])):
                path = (section, number)
                blocks.append(self.block(block, path, kind))
                duties.extend(self.duties.of_block(block, path, blocks[-1]))
        return Protocol(
            id=self.id,
            title=value["title"],
            extends=value.get("extends"),
            effective=self.effective,
            documents=tuple(self.source(*pair) for pair in value.get("documents", {}).items()),
            roles=tuple(self.role(*pair) for pair in value.get("roles", {}).items()),
            blocks=tuple(blocks),
            duties=tuple(duties),
            conclusions=self.conclusions(),
            restates=self.citations_by_id("restates"),
            changes=tuple(
                self.change(entry, (section, number), kind)
                for section, kind in (("tightens", "tightens"), ("departs", "departs"))
                for number, entry in enumerate(value.get(section, []))
            ),
            requirements=tuple(
                self.requirement(entry, ("requirements", number))
                for number, entry in enumerate(value.get("requirements", []))
            ),
            meets=self.citations_by_id("meets"),
            questions=tuple(
                Question(entry["id"], self.cites(entry, ("questions", number)), entry["asks"])
                for number, entry in enumerate(value.get("questions", []))
            ),
            explained=tuple(
                Explained(
                    entry["finding"],
                    tuple(entry["rules"]),
                    entry["because"],
                    self.document.place(("explained", number)),
                )
                for number, entry in enumerate(value.get("explained", []))
            ),
            chain=(self.id,),
        )

    def each_id_once(self) -> None:
        """Say which ids stand twice within their kind."""
        blocks = [
            ((section, number), block)
            for section in ("checks", "pathways")
            for number, block in enumerate(self.value.get(section, []))
        ]
        duties = [
            ((*path, "duties", number), duty)
            for path, block in blocks
            for number, duty in enumerate(block["duties"])
        ]
        self.once("block", blocks)
        self.once("duty", duties)
        for path, duty in duties:
            lines = enumerate(duty.get("items", []))
            self.once("line", [((*path, "items", number), line) for number, line in lines])
        for section in ("thresholds", "definitions", "requirements", "questions"):
            entries = enumerate(self.value.get(section, []))
            self.once(section[:-1], [((section, number), entry) for number, entry in entries])

    def once(self, kind: str, entries: Sequence[tuple[Path, dict[str, Any]]]) -> None:
        first: dict[str, Path] = {}
        for path, entry in entries:
            id_ = entry["id"]
            if id_ in first:
                line = self.document.place((*first[id_], "id")).line
                self.conditions.problem(
                    "P209",
                    f"The {kind} `{id_}` stands twice, first on line {line}.",
                    (*path, "id"),
                    "Give each its own id, or delete one of them.",
                )
            first.setdefault(id_, path)

    def block(self, value: dict[str, Any], path: Path, kind: Any) -> Block:
        return Block(
            id=value["id"],
            title=value["title"],
            kind=kind,
            origin=self.id,
            place=self.document.place((*path, "id")),
            for_each=self.conditions.list_name(value, (*path, "for_each")),
            when=self.conditions.optional(value, "when", path),
            cite=self.cites(value, path),
        )

    def conclusions(self) -> tuple[Conclusion, ...]:
        return tuple(
            Conclusion(
                id=entry["id"],
                title=entry["title"],
                kind=kind,  # type: ignore[arg-type]
                origin=self.id,
                place=self.document.place((section, number, "id")),
                when=self.conditions.read(entry["when"], (section, number, "when")),
                for_each=self.conditions.list_name(entry, (section, number, "for_each")),
                cite=self.cites(entry, (section, number)),
            )
            for section, kind in (("thresholds", "threshold"), ("definitions", "definition"))
            for number, entry in enumerate(self.value.get(section, []))
        )

    def change(self, value: dict[str, Any], path: Path, kind: Any) -> Change:
        changes = self.duties.changed_fields(value, path)
        return Change(
            rule=value["rule"],
            kind=kind,
            places=changes.pop("places"),
            changes=changes,
            cite=self.cites(value, path),
            place=self.document.place((*path, "rule")),
            reason=value.get("reason"),
            dropped=is_yes(value.get("dropped", "no")),
        )

    def requirement(self, value: dict[str, Any], path: Path) -> Requirement:
        return Requirement(
            id=value["id"],
            title=value["title"],
            origin=self.id,
            cite=self.cites(value, path),
            force=value.get("force", "should"),
            effective=self.dates(value.get("effective", {}), (*path, "effective")),
            verification=value.get("verification"),
        )

    def role(self, id_: str, value: dict[str, Any]) -> Role:
        known = self.conditions.dictionary.words.get("role", {})
        for number, word in enumerate(value.get("counts", [])):
            if word not in known:
                self.conditions.problem(
                    "P206",
                    f"`{word}` is not a recorded role.",
                    ("roles", id_, "counts", number),
                    nearest(word, list(known))
                    or "The fact dictionary has them all; `social_worker` and `team_manager` are "
                    "two.",
                )
        return Role(
            id=id_,
            title=value["title"],
            origin=self.id,
            place=self.document.place(("roles", id_)),
            counts=tuple(value.get("counts", ())),
            other_agency=is_yes(value.get("other_agency", "no")),
        )

    def source(self, id_: str, value: dict[str, Any]) -> Source:
        return Source(
            protocol=self.id,
            id=id_,
            title=value["title"],
            ledger=value.get("ledger", ""),
            publisher=value.get("publisher"),
            effective=self.dates(value.get("effective", {}), ("documents", id_, "effective")),
        )

    def cites(self, value: dict[str, Any], path: Path) -> tuple[Citation, ...]:
        """The clauses of `cite`: of the first document, or `document: clause`."""
        return tuple(
            self.citation(entry, (*path, "cite", number))
            for number, entry in enumerate(value.get("cite", []))
        )

    def citation(self, entry: str | dict[str, str], path: Path) -> Citation:
        first = self.documents[0] if self.documents else ""
        if isinstance(entry, str):
            return Citation(self.id, first, entry)
        ((document, clause),) = entry.items()
        if document not in self.documents:
            self.conditions.problem(
                "P205",
                f"`{document}` is not one of this file's `documents`.",
                path,
                nearest(document, self.documents) or "Name it under `documents` first.",
            )
        return Citation(self.id, document, clause)

    def citations_by_id(self, section: str) -> dict[str, tuple[Citation, ...]]:
        return {
            id_: tuple(
                self.citation(entry, (section, id_, number)) for number, entry in enumerate(clauses)
            )
            for id_, clauses in self.value.get(section, {}).items()
        }

    def dates(self, value: dict[str, str], path: Path) -> Dates:
        """`from` and `until`, both counting."""
        start, until = (self.day(value.get(key), (*path, key)) for key in ("from", "until"))
        if start and until and until < start:
            self.conditions.problem(
                "P207",
                "It ends before it begins: `until` is earlier than `from`.",
                (*path, "until"),
                "Both days count; put the last day in force under `until`.",
            )
        return Dates(start, until)

    def day(self, text: str | None, path: Path) -> datetime.date | None:
        if text is None:
            return None
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            self.conditions.problem(
                "P208",
                f"`{text}` is not a day of the calendar.",
                path,
                "Write it as year-month-day: 2025-03-10.",
            )
            return None
