"""One episode of the children in need census (`CINdetails`) → a referral, and what came of it.

In: the element. Out: an `Episode` of items in the case format. What needed a decision:

- A date that is there but can't be read is `not_known`: silence would read as *not done*.
- `AssessmentAuthorisationDate` is the manager's approval, and by the census's own definition the
  day on which the assessment ends: it is carried as `approved` and as `concluded`.
- A return holds the assessments that were open or authorised in its year (rules 8696 and 8736). Of
  an older episode the first one in the return need not be the first of all, unless it began within
  nine weeks of the referral (45 working days). Otherwise the referral's assessment was this one or
  an earlier one: its dates are carried as periods, from the referral to the dates given here.
- `ReferralNFA` true is the decision *no further action*; false is no decision. That an assessment
  began shows that the decision was to assess: by enquiries, if those began no later.
- The initial conference may stand on the episode and not on the enquiry. It is that of the one
  enquiry that waits for one; if several do, none can be said to have had it, or not to.
- A plan starts on the day of its initial conference (rule 2885). So that day is carried if the
  return holds a conference on it, or can't because the plan is older than its year.
- The end of a plan is recorded as *not so far* only while the episode is open.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from engine.model.case import Item, Period, Recorded
from engine.sector.account import DAY, FLAG, Account
from engine.sector.cin_codes import Codes
from engine.sector.cin_header import Year
from engine.sector.xml_tree import Element

_FIRST_ASSESSMENT = datetime.timedelta(weeks=9)
# What rules 8831, 8832 and 4000 do not allow beside a referral with no further action.
_ACTIVITY = (
    "Assessments",
    "Section47",
    "DateOfInitialCPC",
    "CINPlanDates",
    "ChildProtectionPlans",
)
_ASSESSMENT_DATES = ("assessment.started", "assessment.concluded", "assessment.approved")
_REVIEWS = ("Reviews", "CPPreviews")  # the second is what one generator writes

Facts = dict[str, Recorded]


Items = dict[str, tuple[Item, ...]]


def read_episode(details: Element, account: Account, codes: Codes, year: Year) -> Items:
    """The items of the episode in `details`, a `CINdetails`, by name: `referral`, `enquiry`, …"""
    account.hold(details)
    facts = _referral(details, account, codes)
    open_still = facts.get("closed") == "no"
    enquiries = _enquiries(details, account)
    chosen = _assessment(details, account, facts.get("received"), year)
    decision = _decision(details, account, facts, chosen, enquiries)
    conferences = _conferences(details, account, enquiries)
    parts = {"decision": decision, "assessment": chosen}
    referral = Item(facts, {name: Item(known) for name, known in parts.items() if known})
    return {
        "referral": (referral,),
        "enquiry": _items(enquiries),
        "conference": _items(conferences),
        "cp_plan": _cp_plans(details, account, year, conferences, open_still=open_still),
        "cin_plan": _items(_cin_plans(details, account, open_still=open_still)),
        "pre_proceeding": _items(_pre_proceedings(details, account)),
    }


def _items(facts: Iterable[Facts]) -> tuple[Item, ...]:
    return tuple(Item(known) for known in facts)


def _referral(details: Element, account: Account, codes: Codes) -> Facts:
    facts: Facts = {}
    here = [details]
    account.fact(facts, "referral.received", here, DAY, "CINreferralDate")
    account.fact(facts, "referral.source", here, codes.referral_source, "ReferralSource")
    account.fact(facts, "referral.closed", here, DAY, "CINclosureDate")
    if "closed" not in facts:
        seems_closed = any(details.named("ReasonForClosure")) or _no_further_action(details)
        account.put(facts, "referral.closed", "not_known" if seems_closed else "no")
    return facts


def _no_further_action(details: Element) -> bool:
    return any(FLAG.read(flag.text) == "yes" for flag in details.named("ReferralNFA"))


def _assessment(details: Element, account: Account, received: Recorded | None, year: Year) -> Facts:
    """The assessment that followed the referral: the first, if the return can hold the first."""
    read: list[tuple[Element, Facts]] = []
    for element in account.distinct([details], "Assessments"):
        facts: Facts = {}
        account.fact(facts, _ASSESSMENT_DATES[0], [element], DAY, "AssessmentActualStartDate")
        for path in _ASSESSMENT_DATES[1:]:
            account.fact(facts, path, [element], DAY, "AssessmentAuthorisationDate")
        read.append((element, facts))
    read.sort(key=lambda one: _first_day(one[1], "started", "approved"))
    for element, _ in read[1:]:
        account.leave(element, "a referral has one assessment, and an earlier one is carried")
    element, first = read[0] if read else (details, {})
    if not isinstance(received, Period) or received.first >= year.first:
        return first
    if _soon(received, first):
        return first
    if any(isinstance(day, Period) and day.last > year.last for day in first.values()):
        account.leave(element, "it may be a later assessment, and a date is after the return's")
        first = {}
    return _at_latest(received, first, account)


def _at_latest(received: Period, assessment: Facts, account: Account) -> Facts:
    """The dates of `assessment`, or of an earlier one that the return no longer holds."""
    facts: Facts = {}
    for path in _ASSESSMENT_DATES:
        day = assessment.get(path.partition(".")[2])
        if isinstance(day, Period):
            account.put(facts, path, Period(min(received.first, day.first), day.last))
        else:
            account.put(facts, path, "not_known")
    return facts


def _first_day(facts: Facts, *names: str) -> datetime.date:
    days = (day.first for name in names if isinstance(day := facts.get(name), Period))
    return next(days, datetime.date.max)


def _soon(received: Period, assessment: Facts) -> bool:
    started = assessment.get("started")
    return isinstance(started, Period) and started.first <= received.first + _FIRST_ASSESSMENT


def _decision(
    details: Element,
    account: Account,
    referral: Facts,
    assessment: Facts,
    enquiries: Sequence[Facts],
) -> Facts:
    """The decision as far as the return tells it."""
    facts: Facts = {}
    flag = account.value([details], FLAG, "ReferralNFA")
    active = any(details.named(*_ACTIVITY))
    if flag == "yes":
        account.put(facts, "decision.outcome", "not_known" if active else "no_further_action")
        for element in details.named("ReferralNFA") if active else ():
            account.leave(element, "it says that nothing followed, and yet something did")
        return facts
    for element in details.named("ReferralNFA") if flag == "no" else ():
        account.leave(element, "that there was further action does not say which")
    received = referral.get("received")
    started = assessment.get("started")
    if isinstance(started, Period) and started.first == started.last:
        earliest = received.first if isinstance(received, Period) else datetime.date.min
        by_enquiry = any(
            isinstance(day := enquiry.get("started"), Period)
            and earliest <= day.first <= started.first
            for enquiry in enquiries
        )
        outcome = "section_47_enquiry" if by_enquiry else "section_17_assessment"
        account.put(facts, "decision.outcome", outcome)
    return facts


def _enquiries(details: Element, account: Account) -> list[Facts]:
    enquiries = []
    for element in account.distinct([details], "Section47"):
        facts: Facts = {}
        here = [element]
        account.hold(element)
        account.fact(facts, "enquiry.started", here, DAY, "S47ActualStartDate")
        account.fact(facts, "enquiry.initial_conference_held", here, DAY, "DateOfInitialCPC")
        not_required = account.value(here, FLAG, "ICPCnotRequired")
        contradicted = "initial_conference_held" in facts
        if not_required == "yes" and not contradicted:
            account.put(facts, "enquiry.outcome", "conference_not_required")
        for flag in element.named("ICPCnotRequired"):
            if not_required == "no":
                account.leave(flag, "that a conference may be needed settles no outcome")
            elif not_required == "yes" and contradicted:
                account.leave(flag, "the date of the conference beside it says otherwise")
        enquiries.append(facts)
    return enquiries


def _conferences(details: Element, account: Account, enquiries: Sequence[Facts]) -> list[Facts]:
    """The initial conferences of the episode; that of the episode also goes to its enquiry."""
    after_enquiry = [day for facts in enquiries if isinstance(day := _conference(facts), Period)]
    day = account.value([details], DAY, "DateOfInitialCPC")
    if day is not None and day not in after_enquiry:
        _match(day, enquiries, account)
    days = dict.fromkeys([*after_enquiry, *([day] if isinstance(day, Period) else [])])
    conferences = []
    for held in days:
        facts: Facts = {}
        account.put(facts, "conference.held", held)
        account.put(facts, "conference.type", "initial" if held in after_enquiry else None)
        conferences.append(facts)
    return conferences


def _conference(enquiry: Facts) -> Recorded | None:
    return enquiry.get("initial_conference_held")


def _match(day: Recorded, enquiries: Sequence[Facts], account: Account) -> None:
    """Give the conference of the episode to the one enquiry that waits for it."""
    waiting = [
        facts
        for facts in enquiries
        if _conference(facts) is None
        and facts.get("outcome") != "conference_not_required"
        and not _before(day, facts.get("started"))
    ]
    certain = len(waiting) == 1 and isinstance(waiting[0].get("started"), Period)
    for facts in waiting:
        account.put(facts, "enquiry.initial_conference_held", day if certain else "not_known")


def _before(day: Recorded, other: Recorded | None) -> bool:
    return isinstance(day, Period) and isinstance(other, Period) and day.first < other.first


def _cp_plans(
    details: Element,
    account: Account,
    year: Year,
    conferences: Sequence[Facts],
    *,
    open_still: bool,
) -> tuple[Item, ...]:
    days = {facts.get("held") for facts in conferences}
    plans = []
    for plan in account.distinct([details], "ChildProtectionPlans"):
        facts: Facts = {}
        here = [plan]
        account.hold(plan)
        account.fact(facts, "cp_plan.started", here, DAY, "CPPstartDate")
        _end(facts, "cp_plan.ended", plan, "CPPendDate", account, open_still=open_still)
        started = facts.get("started")
        if isinstance(started, Period):
            known = started in days or started.first < year.first
            held = started if known else "not_known"
            account.put(facts, "cp_plan.initial_conference_held", held)
        reviews = _items(_reviews(plan, account))
        plans.append(Item(facts, lists={"cp_review": reviews} if reviews else {}))
    return tuple(plans)


def _reviews(plan: Element, account: Account) -> list[Facts]:
    """The review conferences of `plan`: in one wrapper, in a wrapper each, or in none."""
    reviews = []
    groups = [plan, *plan.named(*_REVIEWS)]
    for review in account.distinct(groups, "CPPreviewDate"):
        facts: Facts = {}
        one = Element("", review.line, review.column, children=(review,))
        account.fact(facts, "cp_review.held", [one], DAY, "CPPreviewDate")
        reviews.append(facts)
    return reviews


def _cin_plans(details: Element, account: Account, *, open_still: bool) -> list[Facts]:
    plans = []
    for plan in account.distinct([details], "CINPlanDates"):
        facts: Facts = {}
        account.hold(plan)
        account.fact(facts, "cin_plan.started", [plan], DAY, "CINPlanStartDate")
        _end(facts, "cin_plan.ended", plan, "CINPlanEndDate", account, open_still=open_still)
        plans.append(facts)
    return plans


def _pre_proceedings(details: Element, account: Account) -> list[Facts]:
    """Only their start has a fact; where it is missing there is nothing to carry."""
    read: list[Facts] = []
    for element in account.distinct([details], "PreProceedingsandFGDM"):
        facts: Facts = {}
        account.fact(facts, "pre_proceeding.started", [element], DAY, "PPStartDate")
        read.append(facts)
    return [facts for facts in read if facts]


def _end(
    facts: Facts, path: str, plan: Element, tag: str, account: Account, *, open_still: bool
) -> None:
    account.fact(facts, path, [plan], DAY, tag)
    if not any(plan.named(tag)):
        account.put(facts, path, "no" if open_still else "not_known")
