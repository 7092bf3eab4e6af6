"""More examples of SEMANTICS: recurring duties, lists, roles, references,
and the traps of section 5.

In: nothing. Out: lists of `Example`, as in `examples`.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from engine.model.case import Case
from engine.model.condition import Age, Elapsed, Every, Reference, Some
from engine.model.protocol import Before, Dates, Promptly, Recurring, Within
from tests.reference.build import HERE, case, duty, fact, item, length, listed
from tests.reference.examples import (
    EXCUSED,
    GATE,
    TEN,
    example,
    gate,
    referral,
    ten,
)

# Recurring: the conference of section 6, reviews within 3, then 6 months

REVIEWS = duty(
    "reviews", for_each="cin_plans", start="cin_plan.agreed_at_meeting", until="cin_plan.ended",
    limit=Recurring(then=length("6 months"), first=length("3 months")),
    done=listed("cin_plan.reviews"),
)  # fmt: skip
OFTEN = dataclasses.replace(REVIEWS, limit=Recurring(length("5 days"), length("5 days")))
RARER_FIRST = dataclasses.replace(REVIEWS, limit=Recurring(length("2 days"), length("30 days")))
CHANGE = datetime.date(2025, 1, 10)
FROM_THEN = dataclasses.replace(
    REVIEWS, limit=Recurring(length("2 days"), length("2 days")), effective=Dates(CHANGE, None)
)
TILL_THEN = dataclasses.replace(
    REVIEWS, limit=Recurring(length("30 days"), length("30 days")),
    superseded=(Dates(CHANGE, None),),
)  # fmt: skip
CHANGED = (TILL_THEN, dataclasses.replace(FROM_THEN, variant="local"))
WHOLE = ("cin_plans", "cin_plan.reviews")


def plan(
    as_of: str, *held: str, start: str | None = "2024-11-30", ended: str | None = "no",
    complete: tuple[str, ...] = WHOLE,
) -> Case:  # fmt: skip
    facts = {"agreed_at_meeting": start, "ended": ended}
    known = {name: value for name, value in facts.items() if value is not None}
    reviews = [item(held=day) for day in held]
    return case(as_of, item(cin_plans=[item(started="2024-11-01", **known, reviews=reviews)]), (),
                complete)  # fmt: skip


IN_TIME = ("2025-02-28", "2025-08-28")
RECURRING = [
    example("a review late by a day", REVIEWS, plan("2025-09-01", "2025-02-28", "2025-08-29"),
            "late, yes"),
    example("late, the list incomplete", REVIEWS,
            plan("2025-09-01", "2025-02-28", "2025-08-29", complete=("cin_plans",)),
            "undetermined, undetermined"),
    example("in time, the next outstanding", REVIEWS, plan("2025-09-01", *IN_TIME),
            "outstanding, no"),
    example("in time, the list incomplete", REVIEWS,
            plan("2025-09-01", *IN_TIME, complete=("cin_plans",)), "undetermined, no"),
    example("the next on its last day", REVIEWS, plan("2026-02-28", *IN_TIME), "outstanding, no"),
    example("the next missed", REVIEWS, plan("2026-03-01", *IN_TIME), "not evidenced, yes"),
    example("the next perhaps missed", REVIEWS,
            plan("2026-03-01", *IN_TIME, complete=("cin_plans",)), "undetermined, undetermined"),
    example("ended before the next is due", REVIEWS,
            plan("2026-03-01", *IN_TIME, ended="2026-02-28"), "met, no"),
    example("ended after the next was due", REVIEWS,
            plan("2026-03-02", *IN_TIME, ended="2026-03-01"), "not evidenced, yes"),
    example("a planned review is left out", REVIEWS, plan("2026-03-01", *IN_TIME, "2026-04-01"),
            "not evidenced, yes"),
    example("a review on the day of the start does not count", REVIEWS,
            plan("2025-03-01", "2024-11-30"), "not evidenced, yes"),
    example("two on a day are one", REVIEWS, plan("2025-09-01", *IN_TIME, "2025-08-28"),
            "outstanding, no"),
    example("start after all the reviews", REVIEWS,
            plan("2025-09-01", "2024-10-01", start="2025-08-01"), "outstanding, no"),
    example("start not known", REVIEWS, plan("2025-09-01", *IN_TIME, start=None),
            "undetermined, undetermined"),
    example("not started", REVIEWS, plan("2025-09-01", start="no"), "not applicable, no"),
    example("a review undated", REVIEWS, plan("2025-09-01", "2025-02-28", "not_known"),
            "undetermined, undetermined"),
    example("occasions prove it alive", OFTEN,
            plan("2025-01-25", "2025-01-03", "2025-01-20", start="2025-01-01", ended=None),
            "late, yes"),
    example("after the last, the end is open", OFTEN,
            plan("2025-01-26", "2025-01-03", "2025-01-08", start="2025-01-01", ended=None),
            "undetermined, undetermined"),
    example("an unseen review starts a shorter interval", RARER_FIRST,
            plan("2025-01-20", start="2025-01-10", complete=("cin_plans",)),
            "undetermined, undetermined"),
    example("no review yet, the list whole", RARER_FIRST, plan("2025-01-20", start="2025-01-10"),
            "outstanding, no"),
    example("a review after the record starts a shorter interval", RARER_FIRST,
            plan("2025-01-12", start="2025-01-10"), "undetermined, undetermined", "2025-01-20"),
    example("an unseen review starts in a later edition", FROM_THEN,
            plan("2025-01-20", start="2025-01-05", complete=("cin_plans",)),
            "undetermined, undetermined"),
    example("an unseen review starts in a shorter edition", CHANGED,
            plan("2025-01-20", start="2025-01-05", complete=("cin_plans",)),
            "undetermined, undetermined"),
    example("each interval in its own edition", CHANGED,
            plan("2025-01-14", "2025-01-09", "2025-01-11", start="2025-01-05"),
            "not evidenced, yes"),
    example("all intervals in the older edition", CHANGED,
            plan("2025-01-14", "2025-01-09", start="2025-01-05"), "outstanding, no"),
]  # fmt: skip

# A list in `done`, from outside its parents: the first review on or after the discharge

AFTER_STAY = duty(
    "review-after-stay", for_each="hospital_stays", start="hospital_stay.discharged",
    limit=Within(length("8 days")), done=listed("cin_plan.reviews"),
)  # fmt: skip


def stay(as_of: str, *held: str, complete: bool = True) -> Case:
    record = item(
        hospital_stays=[item(admitted="2025-01-01", discharged="2025-02-01")],
        cin_plans=[item(started="2024-12-01", reviews=[item(held=day) for day in held])],
    )
    return case(as_of, record, (), (*WHOLE, "hospital_stays") if complete else ("hospital_stays",))


LISTS = [
    example("first item in time", AFTER_STAY, stay("2025-03-01", "2025-02-09"), "met, no"),
    example("first item late", AFTER_STAY, stay("2025-03-01", "2025-02-10"), "late, yes"),
    example("first item in time, list open", AFTER_STAY,
            stay("2025-03-01", "2025-02-09", complete=False), "met, no"),
    example("first item late, list open", AFTER_STAY,
            stay("2025-03-01", "2025-02-10", complete=False), "undetermined, undetermined"),
    example("an item before the start", AFTER_STAY, stay("2025-03-01", "2025-01-31"),
            "not evidenced, yes"),
    example("an item on the day of the start", AFTER_STAY, stay("2025-03-01", "2025-02-01"),
            "met, no"),
    example("no item, still in time", AFTER_STAY, stay("2025-02-09"), "outstanding, no"),
    example("no item, list open", AFTER_STAY, stay("2025-02-09", complete=False),
            "undetermined, no"),
    example("an item undated", AFTER_STAY, stay("2025-03-01", "not_known", "2025-02-10"),
            "undetermined, undetermined"),
]  # fmt: skip

# Some and every, in `when` and in `done`

SOME = dataclasses.replace(
    TEN, when=Some("assessment.agencies", fact("agency.holds_information"), HERE)
)
EVERY = dataclasses.replace(
    TEN,
    when=Every(
        "assessment.agencies", fact("agency.holds_information"), fact("agency.contacted"), HERE
    ),
)
ALL_CONTACTED = dataclasses.replace(
    TEN, limit=Promptly(),
    done=Every("assessment.agencies", fact("agency.holds_information"), fact("agency.contacted"),
    HERE),
)  # fmt: skip


def agencies(*known: dict[str, Any], complete: bool = True) -> Case:
    """A missed acknowledgement, so that a duty that applies is overdue."""
    inside = item(agencies=[item(**facts) for facts in known])
    record = item(referrals=[item(received="2025-12-19", acknowledged="no", assessment=inside)])
    return case(
        "2026-01-12", record, (), ("referrals", *(["assessment.agencies"] if complete else []))
    )


HOLDS, HOLDS_NOT = {"holds_information": "yes"}, {"holds_information": "no"}
TOLD, UNTOLD = {"contacted": "2026-01-05"}, {"contacted": "no"}
QUANTIFIED = [
    example("some, one does", SOME, agencies(HOLDS, HOLDS_NOT, complete=False), "overdue, yes"),
    example("some, none does", SOME, agencies(HOLDS_NOT), "not applicable, no"),
    example("some, none does, list open", SOME, agencies(HOLDS_NOT, complete=False),
            "undetermined, undetermined"),
    example("some of an empty list", SOME, agencies(), "not applicable, no"),
    example("some, not known", SOME, agencies({}), "undetermined, undetermined"),
    example("every of an empty list", EVERY, agencies(), "overdue, yes"),
    example("every of an empty open list", EVERY, agencies(complete=False),
            "undetermined, undetermined"),
    example("every, all do", EVERY, agencies(HOLDS | TOLD, HOLDS_NOT | UNTOLD), "overdue, yes"),
    example("every, one does not", EVERY, agencies(HOLDS | TOLD, HOLDS | UNTOLD, complete=False),
            "not applicable, no"),
    example("done by every item", ALL_CONTACTED, agencies(HOLDS | TOLD, HOLDS_NOT | UNTOLD),
            "met, no"),
    example("done by every item, list open", ALL_CONTACTED, agencies(HOLDS | TOLD, complete=False),
            "undetermined, undetermined"),
    example("not done by an item", ALL_CONTACTED, agencies(HOLDS | UNTOLD, complete=False),
            "overdue, yes"),
    example("perhaps not asked of an item", ALL_CONTACTED, agencies(TOLD | HOLDS, UNTOLD),
            "undetermined, undetermined"),
    example("nobody to do it for", ALL_CONTACTED, agencies(), "met, no"),
]  # fmt: skip

# Roles

DECIDE = duty("decide", for_each="referrals", start="referral.received", only_by="manager",
              limit=Within(length("1 working day")), done="decision.made")  # fmt: skip


def decided(as_of: str, **decision: str) -> Case:
    return referral(as_of, (), received="2025-01-06", decision=item(**decision))


ROLES = [
    example(f"{of}: {name}", DECIDE, written, expected, of=of)
    for name, written, expected_of_time, expected_of_role in (
        ("in time, the right person",
        decided("2025-01-10", made="2025-01-07", made_by="team_manager"),
         "met, no", "met, no"),
        ("in time, the wrong person",
        decided("2025-01-10", made="2025-01-07", made_by="social_worker"),
         "met, no", "overdue, yes"),
        ("in time, by whom not known", decided("2025-01-10", made="2025-01-07"),
         "met, no", "undetermined, undetermined"),
        ("late, the right person", decided("2025-01-10", made="2025-01-08", made_by="team_manager"),
         "late, yes", "met, no"),
        ("not done", decided("2025-01-10", made="no"), "overdue, yes", "not applicable, no"),
        ("done, undated", decided("2025-01-07", made="yes", made_by="social_worker"),
         "met, no", "overdue, yes"),
    )
    for of, expected in (("decide", expected_of_time), ("decide/role", expected_of_role))
]  # fmt: skip

# References

MISSED = duty("reasons", for_each="referrals", when=Reference("missed", "acknowledge", HERE),
              limit=Promptly(), done="assessment.over_limit_reasons_recorded")  # fmt: skip
RISK = item(telling_risk_recorded="yes")
REASONS_NO = item(over_limit_reasons_recorded="no")
REFERENCES = [
    example("missed", (TEN, MISSED), ten("2026-01-08", "no", assessment=REASONS_NO),
            "overdue, yes"),
    example("missed, though excused", (EXCUSED, MISSED),
            ten("2026-01-08", "no", assessment=REASONS_NO, decision=RISK), "overdue, yes"),
    example("not missed yet", (TEN, MISSED), ten("2026-01-07", "no", assessment=REASONS_NO),
            "not applicable, no"),
    example("missed by doing it late", (TEN, MISSED),
            ten("2026-01-09", "2026-01-08", assessment=REASONS_NO), "overdue, yes"),
    example("perhaps missed", (TEN, MISSED), ten("2026-01-08", None, assessment=REASONS_NO),
            "undetermined, undetermined"),
    example("judged in dependency order", (MISSED, TEN),
            ten("2026-01-08", "no", assessment=REASONS_NO), "overdue, yes", of="reasons"),
]  # fmt: skip

# Section 5, what is not in another table

SIX_MONTHS = dataclasses.replace(TEN, limit=Within(length("6 months")))
A_WEEK = dataclasses.replace(TEN, limit=Within(length("1 week")))
ENDS_AT_GATE = dataclasses.replace(GATE, until="referral.closed")
REASON = dataclasses.replace(TEN, excused_by=fact("assessment.over_limit_reasons_recorded"))
CONSENT = duty("next-steps", for_each="referrals", start="assessment.consent_withdrawn",
               limit=Promptly(), done="decision.made")  # fmt: skip
COURT = duty("report", for_each="court_reports", limit=Before("court_report.agreed_date"),
             done="court_report.sent")  # fmt: skip
ADULT = duty("early-help", limit=Before("child.birthday_18"), done="early_help.offered")
NOTIFY = duty("notify", for_each="hospital_stays", start="hospital_stay.admitted",
              limit=Within(length("3 months")), until="hospital_stay.discharged",
              done="hospital_stay.long_stay_notified")  # fmt: skip
UNDER_5 = dataclasses.replace(TEN, when=Age("referral.received", 5, under=True, place=HERE))
TWENTY_DAYS = dataclasses.replace(
    TEN, when=Elapsed("referral.received", "referral.closed", length("20 days"), HERE)
)


def court(as_of: str, agreed: str | None, sent: str) -> Case:
    dates = {} if agreed is None else {"agreed_date": agreed}
    return case(as_of, item(court_reports=[item(sent=sent, **dates)]), (), ("court_reports",))


def adult(as_of: str, born: str) -> Case:
    return case(as_of, item(child=item(born=born), early_help=item(offered="no")))


def in_hospital(as_of: str, covers: object, **facts: str) -> Case:
    return case(as_of, item(hospital_stays=[item(admitted="2025-01-31", **facts)]), covers)


def born(day: str, received: str = "2025-03-03") -> Case:
    record = item(child=item(born=day), referrals=[item(received=received, acknowledged="no")])
    return case("2025-06-01", record, (), ("referrals",))


TRAPS = [
    example("month end is clamped, last day", SIX_MONTHS,
            referral("2026-02-28", received="2025-08-31", acknowledged="no"), "outstanding, no",
            due="2026-02-28"),
    example("month end is clamped, day after", SIX_MONTHS,
            referral("2026-03-01", received="2025-08-31", acknowledged="no"), "overdue, yes"),
    example("a due Saturday is not moved", A_WEEK,
            referral("2025-04-27", received="2025-04-19", acknowledged="no"), "overdue, yes",
            due="2025-04-26"),
    example("gate happens on A", GATE, gate("no", "happened"), "overdue, yes", "2025-03-10"),
    example("gate happens after A", GATE, gate("no", "happened"), "outstanding, no", "2025-03-09"),
    example("undated yes, A before R", TEN, ten("2026-01-09", "yes"), "undetermined, no",
            "2026-01-05"),
    example("undated yes for a gate, A before R", GATE, gate("yes", "happened"), "met, no",
            "2025-03-11"),
    example("planned after the limit, in time", TEN,
            ten("2026-01-07", None, acknowledged_planned="2026-02-01"), "outstanding, no"),
    example("planned after the limit, missed", TEN,
            ten("2026-01-08", None, ("referral",), acknowledged_planned="2026-02-01"),
            "overdue, yes"),
    example("a plan that has passed says nothing", TEN,
            ten("2026-01-08", None, acknowledged_planned="2026-01-06"),
            "undetermined, undetermined"),
    example("done before the start", TEN, ten("2026-01-08", "2025-12-01"), "met, no"),
    example("trigger no", CONSENT,
            referral("2025-03-01", assessment=item(consent_withdrawn="no"),
            decision=item(made="no")),
            "not applicable, no"),
    example("trigger silent", CONSENT,
            referral("2025-03-01", ("assessment",), decision=item(made="no")),
            "not applicable, no"),
    example("trigger not known", CONSENT, referral("2025-03-01", decision=item(made="no")),
            "undetermined, undetermined"),
    example("an excuse after the limit counts", REASON,
            ten("2026-01-20", "no", assessment=item(over_limit_reasons_recorded="2026-01-15")),
            "excused, no"),
    example("an excuse after A does not", REASON,
            ten("2026-01-20", "no", assessment=item(over_limit_reasons_recorded="2026-01-15")),
            "overdue, yes", "2026-01-14"),
    example("ends on the gate's day", ENDS_AT_GATE,
            referral("2025-03-14", received="2025-03-01", closed="2025-03-10",
                     assessment=item(concluded="2025-03-10", home_visited="no")), "overdue, yes"),
    example("ends before the gate's day", ENDS_AT_GATE,
            referral("2025-03-14", received="2025-03-01", closed="2025-03-09",
                     assessment=item(concluded="2025-03-10", home_visited="no")),
            "not applicable, no"),
    example("a date that arrives, before", COURT, court("2025-03-10", "2025-03-11", "no"),
            "outstanding, no"),
    example("a date that arrives, on the day", COURT, court("2025-03-11", "2025-03-11", "no"),
            "overdue, yes"),
    example("a date that arrives, old file", COURT, court("2025-03-10", "2025-03-20", "no"),
            "undetermined, undetermined", "2025-03-20"),
    example("a date that arrives, met", COURT, court("2025-03-12", "2025-03-11", "2025-03-11"),
            "met, no"),
    example("day before the 18th birthday", ADULT, adult("2025-03-09", "2007-03-10"),
            "outstanding, no"),
    example("the 18th birthday", ADULT, adult("2025-03-10", "2007-03-10"), "overdue, yes"),
    example("born on 29 February, 28 February", ADULT, adult("2026-02-28", "2008-02-29"),
            "outstanding, no"),
    example("born on 29 February, 1 March", ADULT, adult("2026-03-01", "2008-02-29"),
            "overdue, yes"),
    example("opened in the window", NOTIFY, in_hospital("2025-05-01", {"hospital": "2025-01-31"},
            discharged="no"), "not evidenced, yes"),
    example("opened before the window", NOTIFY,
            in_hospital("2025-05-01", {"hospital": "2025-02-01"},
            discharged="no"), "undetermined, undetermined"),
    example("silent end in a covered part", NOTIFY, in_hospital("2025-05-01", ("hospital",)),
            "not evidenced, yes"),
    example("three months from 31 January", NOTIFY, in_hospital("2025-04-30", ("hospital",)),
            "outstanding, no", due="2025-04-30"),
    example("under 5 at the referral", UNDER_5, born("2020-03-04"), "overdue, yes"),
    example("5 on the day of the referral", UNDER_5, born("2020-03-03"), "not applicable, no"),
    example("20 days have passed", TWENTY_DAYS,
            referral("2026-01-08", received="2025-12-19", acknowledged="no", closed="no"),
            "overdue, yes"),
    example("closed before 20 days", TWENTY_DAYS,
            referral("2026-01-09", received="2025-12-19", acknowledged="no", closed="2026-01-07"),
            "not applicable, no"),
    example("opening not recorded: it has begun",
            dataclasses.replace(TEN, start=None, limit=Promptly()),
            referral("2026-01-08", acknowledged="no"), "overdue, yes"),
    example("opening not recorded: the limit is open", TEN,
            referral("2026-01-08", acknowledged="no"),
            "undetermined, undetermined"),
]  # fmt: skip
