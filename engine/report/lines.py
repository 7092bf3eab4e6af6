"""From findings to lines and entries: what stands where in a report, grouped and told apart.

In: an assessment and its program. Out: `Entry`s, each a duty (its role result beside it) or a
checklist with those of its lines that a section asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from engine.model.finding import Assessment, Finding, Instance, Verdict
from engine.model.program import Card, Program
from engine.report.outline import Entry, Line

UNCHECKED = ("memory", "secondary")  # provenance of what was not read in the published edition

Wanted = Callable[[Line], bool]


class Lines:
    """All lines of one assessment, in the order of the protocol."""

    def __init__(self, assessment: Assessment, program: Program) -> None:
        self.assessment = assessment
        self.cards = program.cards

    def entries(self, wanted: Wanted) -> list[Entry]:
        """The entries of the lines that are `wanted`."""
        groups: dict[str, list[Line]] = {}
        for card, line in self._all:
            if wanted(line):
                groups.setdefault(card.checklist or card.id, []).append(line)
        return [self._entry(group, lines) for group, lines in groups.items()]

    def card(self, line: Line) -> Card:
        """The card of the duty that a line is of."""
        return self.cards[line.finding.removesuffix("/role") if line.role else line.finding]

    def _entry(self, group: str, lines: list[Line]) -> Entry:
        card = self.card(lines[0])
        clauses = dict.fromkeys(cite for line in lines for cite in line.cite)
        return Entry(
            id=group,
            title=(card.checklist_title or card.title) if card.checklist else card.title,
            card=card,
            agency=card.by if card.other_agency else None,
            lines=tuple(lines),
            cite=tuple(clauses),
            unverified=any(line.unverified for line in lines),
            checklist=card.checklist is not None,
        )

    @cached_property
    def _all(self) -> list[tuple[Card, Line]]:
        return [
            (card, line)
            for finding in self.assessment.findings
            for card in (self.cards[finding.duty],)
            for instance in finding.instances
            for number, verdict in _judged(instance)
            for line in (self._line(finding, card, instance, number, verdict),)
        ]

    def _line(
        self, finding: Finding, card: Card, instance: Instance, number: int, verdict: Verdict
    ) -> Line:
        name = self._name(instance)
        if card.checklist:
            name = f"{card.title} ({name})" if name else card.title
        return Line(
            id=line_id(finding, instance, number),
            finding=finding.id,
            what=name,
            role=finding.role,
            verdict=verdict,
            days=self._days(verdict),
            cite=card.cite,
            unverified=card.verification in UNCHECKED,
            unseen=instance.unseen,
            readings=tuple(part for part in instance.parts if part.says),
        )

    def _days(self, verdict: Verdict) -> int | None:
        """To the last day that is certainly in time, else to the last possible one."""
        day = verdict.due and (verdict.due.first or verdict.due.last)
        return (day - self.assessment.asked).days if day else None

    # What tells items apart

    def _name(self, instance: Instance) -> str:
        """The item's name, and that of the item it stands in, where there are several of a kind."""
        if instance.unseen or not instance.name:
            return ""
        names = [
            self._names[place]
            for place in _places(instance.item)
            if place in self._names and self._kinds[_kind(place)] > 1
        ]
        return ", ".join(reversed(names))

    @cached_property
    def _names(self) -> dict[str, str]:
        """Names of the items on record that some duty is about, by their places."""
        return {
            instance.item: instance.name
            for finding in self.assessment.findings
            for instance in finding.instances
            if instance.name and not instance.unseen
        }

    @cached_property
    def _kinds(self) -> dict[str, int]:
        """How many items there are of each list."""
        counts: dict[str, int] = {}
        for place in self._names:
            counts[_kind(place)] = counts.get(_kind(place), 0) + 1
        return counts


def line_id(finding: Finding, instance: Instance, number: int = 0) -> str:
    """The id of a judgement: of an instance (number 0) or of one of its parts, from 1."""
    item = f"@{instance.item}" if instance.item else ""
    return f"{finding.id}{item}{f'#{number}' if number else ''}"


def _judged(instance: Instance) -> list[tuple[int, Verdict]]:
    """The intervals of a recurring duty one by one; of readings only what they agree on."""
    parts = instance.parts
    each = parts and all(part.says is None and part.interval is not None for part in parts)
    return list(enumerate(parts, 1)) if each else [(0, instance.verdict)]


def _places(item: str) -> Iterator[str]:
    """`referrals[0]`, then `referrals[0].assessment.parents[1]`."""
    steps = item.split(".")
    for number, step in enumerate(steps, 1):
        if step.endswith("]"):
            yield ".".join(steps[:number])


def _kind(place: str) -> str:
    """`referrals[0].assessment.parents[1]` is one of `referrals.assessment.parents`."""
    return ".".join(step.partition("[")[0] for step in place.split("."))
