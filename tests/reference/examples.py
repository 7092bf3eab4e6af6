"""The worked examples and decision tables of SEMANTICS as protocols, cases and expected outcomes.

In: nothing. Out: `EXAMPLES`, which both the naive evaluator and the engine must meet: the status
and gap of one duty for its first item, or for the child.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from engine.model.case import Case
from engine.model.condition import All, Not
from engine.model.condition import Any as AnyOf
from engine.model.finding import Gap, Status
from engine.model.protocol import (
    AtOnce,
    Before,
    Dates,
    Duty,
    Promptly,
    Protocol,
    Reading,
    Within,
)
from tests.reference.build import case, duty, fact, item, length, protocol


@dataclasses.dataclass(frozen=True)
class Example:
    """What the duty `of` must come to; `due` where the page names the day."""

    name: str
    protocol: Protocol
    case: Case
    asked: datetime.date
    status: Status
    gap: Gap
    of: str
    due: datetime.date | None = None


def example(
    name: str, made: Duty | tuple[Duty, ...], written: Case, expected: str,
    asked: str | None = None,
    of: str | None = None, due: str | None = None,
) -> Example:  # fmt: skip
    """`expected` is written `late, yes`; A is R unless given."""
    made = (made,) if isinstance(made, Duty) else made
    words: dict[str, Status] = {
        "met": "met", "late": "late", "excused": "excused", "outstanding": "outstanding",
        "overdue": "overdue", "not evidenced": "not_evidenced", "undetermined": "undetermined",
        "not applicable": "not_applicable",
    }  # fmt: skip
    gaps: dict[str, Gap] = {"yes": "yes", "no": "no", "undetermined": "undetermined"}
    status, gap = expected.split(", ")
    assert written.as_of is not None
    return Example(
        name, protocol(*made), written,
        written.as_of if asked is None else datetime.date.fromisoformat(asked),
        words[status], gaps[gap], of or made[-1].id,
        None if due is None else datetime.date.fromisoformat(due),
    )  # fmt: skip


def referral(as_of: str, covers: object = (), **facts: Any) -> Case:
    """A case of one referral, the list of referrals whole."""
    covered = covers if isinstance(covers, dict) else dict.fromkeys(covers)  # type: ignore[call-overload]
    return case(as_of, item(referrals=[item(**facts)]), covered, ("referrals",))


# SEMANTICS section 6

TEN = duty(
    "acknowledge", for_each="referrals", start="referral.received",
    limit=Within(length("10 working days")), done="referral.acknowledged",
)  # fmt: skip
EXCUSED = dataclasses.replace(TEN, excused_by=fact("decision.telling_risk_recorded"))
ENDED = dataclasses.replace(TEN, until="referral.closed")
START = "2025-12-19"
RISK = item(telling_risk_recorded="yes")


def ten(as_of: str, acknowledged: str | None, covers: tuple[str, ...] = (), **more: Any) -> Case:
    facts = {} if acknowledged is None else {"acknowledged": acknowledged}
    return referral(as_of, covers, received=START, **facts, **more)


FIRST_ROW = [
    example("no, on the due date", TEN, ten("2026-01-07", "no"), "outstanding, no",
            due="2026-01-07"),
    example("no, the day after", TEN, ten("2026-01-08", "no"), "overdue, yes", due="2026-01-07"),
    example("absent, before", TEN, ten("2026-01-05", None), "undetermined, no"),
    example("absent, after", TEN, ten("2026-01-08", None), "undetermined, undetermined"),
    example("silent, after", TEN, ten("2026-01-08", None, ("referral",)), "not evidenced, yes"),
    example("silent, before", TEN, ten("2026-01-05", None, ("referral",)), "outstanding, no"),
    example("undated yes, before", TEN, ten("2026-01-05", "yes"), "met, no"),
    example("undated yes, after", TEN, ten("2026-01-08", "yes"), "undetermined, undetermined"),
    example("done in time", TEN, ten("2026-01-09", "2026-01-07"), "met, no"),
    example("done late", TEN, ten("2026-01-09", "2026-01-08"), "late, yes"),
    example("late, excuse unknown", EXCUSED, ten("2026-01-09", "2026-01-08"), "late, undetermined"),
    example("late, excused", EXCUSED, ten("2026-01-09", "2026-01-08", decision=RISK),
            "excused, no"),
    example("done after A", TEN, ten("2026-01-09", "2026-01-08"), "outstanding, no", "2026-01-07"),
    example("no, old file", TEN, ten("2026-01-05", "no"), "undetermined, undetermined",
            "2026-01-31"),
    example("no, file past the limit", TEN, ten("2026-01-08", "no"), "overdue, yes", "2026-01-31"),
    example("ended on the due date", ENDED, ten("2026-01-09", "no", closed="2026-01-07"),
            "not applicable, no"),
    example("ended after it", ENDED, ten("2026-01-09", "no", closed="2026-01-08"), "overdue, yes"),
]  # fmt: skip


def due_after(start: str, days: int, due: str) -> list[Example]:
    """Not done on the due date is outstanding, on the next day overdue."""
    made = dataclasses.replace(TEN, limit=Within(length(f"{days} working days")))
    after = (datetime.date.fromisoformat(due) + datetime.timedelta(days=1)).isoformat()
    return [
        example(f"{days} from {start}, last day", made,
                referral(due, received=start, acknowledged="no"), "outstanding, no", due=due),
        example(f"{days} from {start}, day after", made,
                referral(after, received=start, acknowledged="no"), "overdue, yes", due=due),
    ]  # fmt: skip


WORKING_DAYS = [
    made
    for start, days, due in (
        ("2025-12-19", 10, "2026-01-07"),
        ("2025-02-27", 45, "2025-05-06"),
        ("2025-04-19", 1, "2025-04-22"),
        ("2022-05-27", 5, "2022-06-07"),
        ("2022-09-16", 1, "2022-09-20"),
        ("2023-05-05", 1, "2023-05-09"),
        ("2025-04-19", 0, "2025-04-19"),
    )
    for made in due_after(start, days, due)
]

TWO_WAYS = dataclasses.replace(
    TEN, limit=None, question="ten-days",
    readings=(
        Reading("calendar days", {"limit": Within(length("10 days"))}),
        Reading("working days", {"limit": Within(length("10 working days"))}),
    ),
)  # fmt: skip
VAGUE = dataclasses.replace(TEN, limit=Within(length("45 working days")))


def tuesday(done: str) -> Case:
    return referral("2026-01-12", received="2025-12-16", acknowledged=done)


def february(as_of: str) -> Case:
    return referral(as_of, received="2025-02-01/2025-02-28", acknowledged="no")


READINGS_AND_MONTHS = [
    example("in time on both readings", TWO_WAYS, tuesday("2025-12-24"), "met, no"),
    example(
        "in time on one reading", TWO_WAYS, tuesday("2025-12-30"), "undetermined, undetermined"
    ),
    example("late on both readings", TWO_WAYS, tuesday("2026-01-05"), "late, yes"),
    example("start in February, earliest due", VAGUE, february("2025-04-04"), "outstanding, no"),
    example(
        "start in February, between", VAGUE, february("2025-04-22"), "undetermined, undetermined"
    ),
    example("start in February, after all", VAGUE, february("2025-05-08"), "overdue, yes"),
]

# SEMANTICS section 2: the dated table, the rows that section 6 leaves out

WHEN = dataclasses.replace(EXCUSED, when=fact("child.disabled"))


def unsure(as_of: str, acknowledged: str, **more: Any) -> Case:
    return ten(as_of, acknowledged, **more)


DATED = [
    example("starts after A", TEN, ten("2025-12-19", "no"), "not applicable, no", "2025-12-18"),
    example("applies unknown, in time", WHEN, ten("2026-01-09", "2026-01-07"), "undetermined, no"),
    example("applies unknown, before due", WHEN, ten("2026-01-07", "no"), "undetermined, no"),
    example("applies unknown, missed", WHEN, ten("2026-01-09", "no"), "undetermined, undetermined"),
    example("applies unknown, excused", WHEN, ten("2026-01-09", "no", decision=RISK),
            "undetermined, no"),
    example("ended while in time, done", ENDED,
            ten("2026-01-09", "2026-01-06", closed="2026-01-07"),
            "met, no"),
    example("ended while in time, done late", ENDED,
            ten("2026-01-12", "2026-01-09", closed="2026-01-07"), "not applicable, no"),
    example("ended while in time, unknown", ENDED, ten("2026-01-12", None, closed="2026-01-07"),
            "not applicable, no"),
    example("missed, excused", EXCUSED, ten("2026-01-09", "no", decision=RISK), "excused, no"),
    example("missed, excuse unknown", EXCUSED, ten("2026-01-09", "no"), "overdue, undetermined"),
    example("unknown, excused", EXCUSED, ten("2026-01-09", None, decision=RISK),
            "undetermined, no"),
    example("refused before due", TEN, ten("2025-12-22", "refused"), "overdue, yes"),
    example("refused, excused", EXCUSED, ten("2025-12-22", "refused", decision=RISK),
            "excused, no"),
    example("refused, A before R", TEN, ten("2025-12-22", "refused"), "outstanding, no",
            "2025-12-20"),
    example("not known though covered", TEN, ten("2026-01-08", "not_known", ("referral",)),
            "undetermined, undetermined"),
    example("end absent and not covered", ENDED, ten("2026-01-09", "no"),
            "undetermined, undetermined"),
    example("end absent and covered", ENDED, ten("2026-01-09", "no", ("referral",)),
            "overdue, yes"),
]  # fmt: skip

# SEMANTICS section 2: gates

GATE = duty("visit", for_each="referrals", limit=Before("assessment.concluded"),
            done="assessment.home_visited")  # fmt: skip
HAPPENED = "2025-03-10"


def gate(evidence: str, gate_says: str) -> Case:
    """R = A = 14 March 2025; silence and *not known* as the table's rows and columns name them."""
    facts = {"not yet": {"concluded": "no"}, "planned": {"concluded_planned": "2025-03-20"},
             "happened": {"concluded": HAPPENED}, "not known": {}}[gate_says]  # fmt: skip
    silent = evidence == "silent"
    shown = {} if evidence in ("silent", "unknown") else {"home_visited": evidence}
    return referral("2025-03-14", ("assessment.home_visited",) if silent else (),
                    received="2025-03-01", assessment=item(**facts, **shown))  # fmt: skip


GATES = [
    example(f"{evidence}, gate {column}", GATE, gate(evidence, column), expected)
    for evidence, row in {
        "yes": ("met, no", "met, no", "met, no"),
        "2025-03-09": ("met, no", "met, no", "undetermined, undetermined"),
        "2025-03-10": ("met, no", "met, no", "undetermined, undetermined"),
        "2025-03-11": ("met, no", "late, yes", "undetermined, undetermined"),
        "no": ("outstanding, no", "overdue, yes", "undetermined, undetermined"),
        "silent": ("outstanding, no", "not evidenced, yes", "undetermined, undetermined"),
        "unknown": ("undetermined, no", *["undetermined, undetermined"] * 2),
    }.items()
    for columns, expected in zip(
        (("not yet", "planned"), ("happened",), ("not known",)), row, strict=True
    )
    for column in columns
]

# SEMANTICS section 1: the limits without a figure, and refusal in parts

PROMPTLY = dataclasses.replace(TEN, limit=Promptly())
AT_ONCE = dataclasses.replace(TEN, limit=AtOnce())
UNLIMITED = dataclasses.replace(TEN, limit=None)
CONSIDER = dataclasses.replace(UNLIMITED, force="consider")
BOTH = dataclasses.replace(
    TEN, done=All((fact("referral.acknowledged"), fact("referral.accepted")))
)
EITHER = dataclasses.replace(
    BOTH, done=AnyOf((fact("referral.acknowledged"), fact("referral.accepted")))
)
NOT_DISABLED = dataclasses.replace(PROMPTLY, done=Not(fact("child.disabled")))


def child(as_of: str, disabled: str | None) -> Case:
    facts = {} if disabled is None else {"disabled": disabled}
    return case(
        as_of, item(child=item(**facts), referrals=[item(received=START)]), (), ("referrals",)
    )


LIMITS = [
    example("promptly, no", PROMPTLY, ten("2025-12-19", "no"), "overdue, yes"),
    example("promptly, much later", PROMPTLY, ten("2026-03-19", "2026-03-18"), "met, no"),
    example("promptly, silent", PROMPTLY, ten("2025-12-22", None, ("referral",)),
            "not evidenced, yes"),
    example("promptly, absent", PROMPTLY, ten("2025-12-22", None), "undetermined, undetermined"),
    example("promptly, undated yes", PROMPTLY, ten("2025-12-22", "yes"), "met, no"),
    example("promptly, no, old file", PROMPTLY, ten("2025-12-22", "no"),
            "undetermined, undetermined",
            "2025-12-23"),
    example("at once, that day", AT_ONCE, ten("2025-12-22", START), "met, no"),
    example("at once, a day later", AT_ONCE, ten("2025-12-22", "2025-12-20"), "late, yes"),
    example("at once, still the day", AT_ONCE, ten("2025-12-19", "no"), "outstanding, no"),
    example("at once, the day after", AT_ONCE, ten("2025-12-20", "no"), "overdue, yes"),
    example("no limit, no", UNLIMITED, ten("2026-12-19", "no"), "outstanding, no"),
    example("no limit, silent", UNLIMITED, ten("2026-12-19", None, ("referral",)),
            "outstanding, no"),
    example("no limit, absent", UNLIMITED, ten("2026-12-19", None), "undetermined, no"),
    example("no limit, refused", UNLIMITED, ten("2025-12-22", "refused"), "overdue, yes"),
    example("consider, refused", CONSIDER, ten("2025-12-22", "refused"), "outstanding, no"),
    example("consider, done", CONSIDER, ten("2025-12-22", "yes"), "met, no"),
    example("all, a part refused", BOTH, ten("2025-12-22", "refused", accepted=START),
            "overdue, yes"),
    example("all, the last part counts", BOTH, ten("2026-01-09", START, accepted="2026-01-08"),
            "late, yes"),
    example("all, one silent, one no", BOTH, ten("2026-01-09", "no", ("referral",)),
            "overdue, yes"),
    example("all, one silent, one done", BOTH, ten("2026-01-09", START, ("referral",)),
            "not evidenced, yes"),
    example("any, a part refused", EITHER, ten("2025-12-22", "refused", accepted="no"),
            "outstanding, no"),
    example("any, every part refused", EITHER, ten("2025-12-22", "refused", accepted="refused"),
            "overdue, yes"),
    example("any, the first part counts", EITHER, ten("2026-01-09", START, accepted="2026-01-08"),
            "met, no"),
    example("circumstance holds", NOT_DISABLED, child("2025-12-22", "no"), "met, no"),
    example("circumstance does not", NOT_DISABLED, child("2025-12-22", "yes"), "overdue, yes"),
    example("circumstance unknown", NOT_DISABLED, child("2025-12-22", None),
            "undetermined, undetermined"),
]  # fmt: skip

# Editions: the one in force when the clock started

OLDER = dataclasses.replace(TEN, effective=Dates(None, datetime.date(2025, 12, 18)))
NEWER = dataclasses.replace(
    TEN, limit=Within(length("2 working days")), variant="local",
    effective=Dates(datetime.date(2025, 12, 19), None),
)  # fmt: skip


EITHER_START = dataclasses.replace(
    NEWER, question="start",
    readings=(
        Reading("from receipt", {"start": "referral.received"}),
        Reading("from acceptance", {"start": "referral.accepted"}),
    ),
)  # fmt: skip


def started(day: str, **more: str) -> Case:
    return referral("2025-12-29", received=day, acknowledged="no", **more)


EDITIONS = [
    example("the older edition judges", (OLDER, NEWER), started("2025-12-18"), "outstanding, no"),
    example("the newer edition judges", (OLDER, NEWER), started("2025-12-19"), "overdue, yes"),
    example("either may judge", (OLDER, NEWER), started("2025-12-18/2025-12-19"),
            "undetermined, undetermined"),
    example("a reading before any edition", EITHER_START,
            started("2025-12-18", accepted="2025-12-19"), "undetermined, undetermined"),
    example("both readings in the edition", EITHER_START,
            started("2025-12-19", accepted="2025-12-19"), "overdue, yes"),
    example("no edition held on either reading", EITHER_START,
            started("2025-12-17", accepted="2025-12-18"), "not applicable, no"),
    example("no edition held", NEWER, started("2025-12-18"), "not applicable, no"),
    example("perhaps no edition held", NEWER, started("2025-12-18/2025-12-19"),
            "undetermined, undetermined"),
]  # fmt: skip
