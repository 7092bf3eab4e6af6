"""A small dictionary with every kind of fact and list: the case's own parts, an item with a part
and a nested list, a list without opening, a checklist, dates that arrive, a derived fact.

In: nothing. Out: `SMALL`. Names are those of FACTS, cut to what the laws need.
"""

from __future__ import annotations

from engine.model.fact import CASE, Dictionary, Fact, Kind, Part

# name, key, covers, below, list?, opening, end
_PARTS: tuple[tuple[str, str, str, str | None, bool, str | None, str | None], ...] = (
    ("child", "child", "child", None, False, None, None),
    ("early_help", "early_help", "early_help", None, False, None, None),
    ("referral", "referrals", "referral", None, True, "referral.received", "referral.closed"),
    ("decision", "decision", "referral", "referral", False, None, None),
    ("assessment", "assessment", "assessment", "referral", False, None, None),
    ("agency", "agencies", "assessment", "assessment", True, None, None),
    ("cin_plan", "cin_plans", "plan", None, True, "cin_plan.started", "cin_plan.ended"),
    ("cin_review", "reviews", "plan", "cin_plan", True, "cin_review.held", None),
    ("hospital_stay", "hospital_stays", "hospital", None, True, "hospital_stay.admitted",
     "hospital_stay.discharged"),
    ("court_report", "court_reports", "court_reports", None, True, None, None),
)  # fmt: skip

_ROLES = ("social_worker", "team_manager", "practice_manager")

# path: kind and, for a circumstance, its words; `evidence` is marked by a star
_FACTS = """
child.born event
child.disabled circumstance
child.legal_status circumstance none section_20 care_order
child.pregnancy_known incident
child.birthday_18 derived
early_help.considered event*
early_help.offered event*
early_help.not_offered_reason_recorded event
referral.received event
referral.accepted event*
referral.acknowledged event*
referral.closed event
decision.made event*
decision.outcome circumstance no_further_action section_17_assessment section_47_enquiry
decision.family_told event*
decision.telling_risk_recorded circumstance
assessment.started event
assessment.concluded event*
assessment.home_visited event*
assessment.over_limit_reasons_recorded event*
assessment.consent_withdrawn incident
assessment.addresses.education event*
assessment.addresses.health event*
agency.holds_information circumstance
agency.contacted event*
agency.contributed event*
cin_plan.started event
cin_plan.agreed_at_meeting event
cin_plan.ended event
cin_review.held event
cin_review.risk_analysis_repeated event*
hospital_stay.admitted event
hospital_stay.discharged event
hospital_stay.long_stay_notified event*
hospital_stay.during_cin_plan derived
court_report.agreed_date date
court_report.sent event*
"""


def _fact(line: str) -> Fact:
    path, kind_text, *words = line.split()
    kinds: dict[str, Kind] = {
        "event": "event", "date": "date", "circumstance": "circumstance", "incident": "incident",
        "derived": "derived",
    }  # fmt: skip
    names = path.split(".")
    if path == "child.birthday_18":
        words = ["date"]
    return Fact(
        path=path,
        kind=kinds[kind_text.rstrip("*")],
        title=names[-1].replace("_", " "),
        question=f"When or what: {names[-1].replace('_', ' ')}?",
        part=names[0],
        values=tuple(words),
        evidence=kind_text.endswith("*"),
        checklist=".".join(names[:2]) if len(names) == 3 else None,
    )


def _table(name: str) -> str:
    """The nearest enclosing item of a part, itself included."""
    rows = {part[0]: part for part in _PARTS}
    here: str | None = name
    while here is not None and not rows[here][4]:
        here = rows[here][3]
    return here or CASE


SMALL = Dictionary(
    parts={
        name: Part(
            name, key, name.replace("_", " "), covers, below, is_list, _table(name), opening, end
        )
        for name, key, covers, below, is_list, opening, end in _PARTS
    },
    facts={fact.path: fact for fact in map(_fact, _FACTS.strip().splitlines())},
    words={"role": {role: role.replace("_", " ") for role in _ROLES}},
    version="small",
)
