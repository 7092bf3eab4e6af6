"""Cards: what a report says of each duty, its limit in words included."""

from __future__ import annotations

import datetime
from dataclasses import replace

from engine.model.condition import AS_OF
from engine.model.fact import Dictionary
from engine.model.program import Card
from engine.model.protocol import (
    AtOnce,
    Before,
    Block,
    Dates,
    Duty,
    Promptly,
    Protocol,
    Recurring,
    Role,
    Within,
)

_FIGURES = (Within, AtOnce, Recurring)


def cards(protocol: Protocol, dictionary: Dictionary) -> dict[str, Card]:
    """By duty id, in the order of the protocol; of a rule with editions the newest is shown."""
    blocks = {block.id: block for block in protocol.blocks}
    roles = {role.id: role for role in protocol.roles}
    return {duty.id: _card(duty, blocks[duty.block], roles, dictionary) for duty in protocol.duties}


def _card(duty: Duty, block: Block, roles: dict[str, Role], dictionary: Dictionary) -> Card:
    responsible = roles.get(duty.only_by or duty.by or "")
    read = [replace(duty, **reading.changes) for reading in duty.readings] or [duty]
    only = [roles[one] for one in dict.fromkeys(one.only_by for one in read) if one]
    cite = dict.fromkeys((one.protocol, one.document, one.clause) for one in duty.cite)
    return Card(
        id=duty.id,
        title=duty.title,
        block=block.id,
        block_title=block.title,
        block_kind=block.kind,
        origin=duty.variant or duty.origin,
        force=duty.force,
        cite=tuple(cite),
        by=responsible.title if responsible else "",
        limit=" or ".join(dict.fromkeys(limit_in_words(one, dictionary) for one in read)),
        figure=any(isinstance(one.limit, _FIGURES) for one in read),
        limit_is_a_day=any(isinstance(one.limit, (*_FIGURES, Before)) for one in read),
        has_start=any(one.start for one in read),
        other_agency=bool(responsible and responsible.other_agency),
        only_by=" or ".join(role.title for role in only) or None,
        law=duty.law,
        question=duty.question,
        verification=duty.verification,
        not_checkable=duty.not_checkable,
        note=duty.note,
        checklist=duty.checklist,
        checklist_title=duty.checklist_title,
    )


def limit_in_words(duty: Duty, dictionary: Dictionary) -> str:
    """`within 45 working days of: Referral received`."""

    def title(name: str | None) -> str:
        if name is None or name == AS_OF:
            return "the date asked about"
        words = dictionary.facts[name].title
        return words if words[1:2].isupper() else words[:1].lower() + words[1:]

    match duty.limit:
        case Within(duration):
            return f"within {duration} of: {title(duty.start)}"
        case AtOnce():
            return f"on the day of: {title(duty.start)}"
        case Before(gate):
            return f"by the day of: {title(gate)}"
        case Recurring(then, first):
            rest = f"every {then}" if then == first else f"after {first}, then every {then}"
            return f"{rest} from: {title(duty.start)}" if duty.start else rest
        case Promptly():
            return "promptly; no figure is given"
        case _:
            return "no time limit"


def dates_in_words(dates: Dates) -> str:
    """`from 15 December 2023`, `from … until …`, or empty."""
    parts = [
        f"{word} {plain_date(day)}"
        for word, day in (("from", dates.start), ("until", dates.until))
        if day
    ]
    return " ".join(parts)


def plain_date(day: datetime.date) -> str:
    """`7 May 2025`."""
    return f"{day.day} {day:%B %Y}"
