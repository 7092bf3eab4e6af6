"""Why a status is what it is: one plain sentence, from the dates and truths it rests on."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from engine.dates.working_days import working_days_between
from engine.evaluate.values import EVER, NEVER
from engine.model.finding import Gap, Status
from engine.model.program import Card

Days = tuple[int, int]


class Grounds(NamedTuple):
    """What a sentence can speak of; days are ordinals, `due` None where no date belongs."""

    card: Card
    role: bool
    start: Days | None
    due: Days | None
    done: Days
    asked: int
    record_to: int
    truths: dict[str, str]
    refused: bool
    working_days: bool  # the limit counts working days
    waits: bool  # for a gate that has not happened yet
    planned: datetime.date | None


def because(status: Status, gap: Gap, grounds: Grounds) -> str:
    """The sentence for a status."""
    if grounds.role:
        return _role(status, grounds)
    sentence = {
        "met": _met,
        "late": _late,
        "excused": _excused,
        "outstanding": _outstanding,
        "overdue": _overdue,
        "not_evidenced": _not_evidenced,
        "not_applicable": _not_applicable,
        "undetermined": _undetermined,
    }[status](grounds)
    if status in ("late", "overdue", "not_evidenced") and gap == "undetermined":
        sentence += " Whether a reason for it is recorded is not known."
    if grounds.planned and status in ("outstanding", "overdue", "undetermined"):
        sentence += f" Planned for {_day(grounds.planned.toordinal())}{_plan_warning(grounds)}."
    return sentence


def _role(status: Status, grounds: Grounds) -> str:
    who = grounds.card.only_by or grounds.card.by
    return {
        "met": f"Done by {who}.",
        "overdue": f"Wrong person: the recorded role is not that of {who}.",
        "undetermined": f"The role of whoever did it is not known; it should be {who}.",
    }.get(status, "Not done yet, so nobody's role to check.")


def _met(grounds: Grounds) -> str:
    when = _when("Done", grounds.done)
    if grounds.done[1] <= EVER:
        when = "The record shows it."
    return when if grounds.waits else f"{when} {_limit(grounds)}".strip()


def _late(grounds: Grounds) -> str:
    over = ""
    if grounds.due and _known(grounds.due) and _known(grounds.done):
        over = f", {_how_late(grounds)} after the limit of {_day(grounds.due[0])}"
    return f"{_when('Done', grounds.done).removesuffix('.')}{over}."


def _excused(grounds: Grounds) -> str:
    limit = f" of {_span(grounds.due)}" if grounds.due else ""
    return f"Outside the limit{limit}, with a recorded reason that the text allows."


def _outstanding(grounds: Grounds) -> str:
    return f"Not done yet. {_limit(grounds) or 'No date is set for it.'}"


def _overdue(grounds: Grounds) -> str:
    if grounds.refused:
        return "The record says that it will not be done."
    if grounds.due and grounds.due[0] > EVER:
        return f"Due by {_span(grounds.due)} and recorded as not done by then."
    since = ""
    if grounds.card.has_start and grounds.start and _known(grounds.start):
        since = f" since {_day(grounds.start[0])}"
    return f"Recorded as not done{since}."


def _not_evidenced(grounds: Grounds) -> str:
    due = f"Due by {_span(grounds.due)}: " if grounds.due and grounds.due[0] > EVER else ""
    text = "not evidenced in a part of the record that is said to be complete."
    return due + text if due else text.capitalize()


def _not_applicable(grounds: Grounds) -> str:
    truths = grounds.truths
    if truths["edition"] == "no":
        return "No edition of this rule was in force when its clock started."
    if truths["applies"] == "no":
        return "Its condition is not met."
    if truths["started"] == "no":
        day = grounds.start[0] if grounds.start else NEVER
        if grounds.asked < day < NEVER and day != grounds.record_to + 1:
            return f"Starts on {_day(day)}."
        return "What starts it has not happened."
    if truths["exists"] == "no":
        return "There is nothing it would be about."
    return "It ended before it was due."


def _undetermined(grounds: Grounds) -> str:
    truths = grounds.truths
    if truths["exists"] == "unknown":
        return "Nothing of the kind is on record, and the record does not say that this is all."
    if truths["edition"] == "unknown":
        return "The day that decides which edition applies is not known."
    if truths["applies"] == "unknown":
        return "Whether it applies is not known."
    if truths["started"] == "unknown":
        return "Whether what starts it has happened is not known."
    limit = _limit(grounds)
    if truths["done"] == "yes":
        return f"Done, but whether in time is not known. {limit}".strip()
    if grounds.asked > grounds.record_to:
        return (f"The record speaks only up to {_day(grounds.record_to)}. {limit}").strip()
    return f"Whether it was done is not in this record. {limit}".strip()


def _limit(grounds: Grounds) -> str:
    if grounds.waits:
        return f"To be done {grounds.card.limit}; that has not happened yet."
    return f"Due by {_span(grounds.due)}." if grounds.due and grounds.due[0] > EVER else ""


def _plan_warning(grounds: Grounds) -> str:
    planned = grounds.planned
    late = planned and grounds.due and planned.toordinal() > grounds.due[1]
    return ", which is after the limit" if late else ""


def _how_late(grounds: Grounds) -> str:
    assert grounds.due is not None
    due, done = grounds.due[0], grounds.done[0]
    if grounds.working_days:
        count = working_days_between(due, done)
        if count:  # none: done on a day off after the limit
            return f"{count} working day{'' if count == 1 else 's'}"
    count = done - due
    return f"{count} day{'' if count == 1 else 's'}"


def _known(days: Days) -> bool:
    return days[0] == days[1] and EVER < days[0] < NEVER


def _when(verb: str, days: Days) -> str:
    if _known(days):
        return f"{verb} on {_day(days[0])}."
    if days[0] <= EVER:
        return f"{verb}, on a day not recorded."
    return f"{verb} between {_day(days[0])} and {_day(days[1])}."


def _span(days: Days) -> str:
    if days[0] == days[1]:
        return _day(days[0])
    if days[1] >= NEVER:
        return f"{_day(days[0])} at the earliest"
    if days[0] <= EVER:
        return f"{_day(days[1])} at the latest"
    return f"a day between {_day(days[0])} and {_day(days[1])}"


def _day(ordinal: int) -> str:
    day = datetime.date.fromordinal(ordinal)
    return f"{day.day} {day:%B %Y}"
