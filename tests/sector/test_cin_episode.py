"""One episode: a referral with its decision and assessment, and the enquiries and plans in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.model.case import Item, Period, Recorded
from engine.sector.cin_census import Import

Episode = Callable[[str], Item]
Day = Callable[[str], Period]
Read = Callable[..., Import]

REFERRAL = "<CINreferralDate>2024-09-02</CINreferralDate>"
OLDER = "<CINreferralDate>2023-09-04</CINreferralDate>"


def assessment(start: str = "", authorised: str = "", more: str = "") -> str:
    dates = f"<AssessmentActualStartDate>{start}</AssessmentActualStartDate>" if start else ""
    if authorised:
        dates += f"<AssessmentAuthorisationDate>{authorised}</AssessmentAuthorisationDate>"
    return f"<Assessments>{dates}{more}</Assessments>"


def enquiry(start: str, conference: str = "", not_required: str = "") -> str:
    inner = f"<S47ActualStartDate>{start}</S47ActualStartDate>"
    inner += f"<DateOfInitialCPC>{conference}</DateOfInitialCPC>" if conference else ""
    inner += f"<ICPCnotRequired>{not_required}</ICPCnotRequired>" if not_required else ""
    return f"<Section47>{inner}</Section47>"


def cp_plan(inner: str = "", start: str = "2024-10-01") -> str:
    started = f"<CPPstartDate>{start}</CPPstartDate>"
    return f"<ChildProtectionPlans>{started}{inner}</ChildProtectionPlans>"


def reviews(*days: str) -> str:
    inner = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in days)
    return f"<Reviews>{inner}</Reviews>"


def referral_of(record: Item) -> Item:
    (item,) = record.lists["referral"]
    return item


def outcome_of(record: Item) -> Recorded | None:
    return referral_of(record).parts.get("decision", Item()).facts.get("outcome")


def assessment_of(record: Item) -> dict[str, Recorded]:
    return referral_of(record).parts.get("assessment", Item()).facts


def test_a_referral(episode: Episode, day: Day) -> None:
    """Dates as they are, codes as the dictionary's words, the end not so far."""
    record = episode(
        f"{REFERRAL}<ReferralSource>2A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>"
    )
    assert referral_of(record).facts == {
        "received": day("2024-09-02"),
        "source": "school",
        "closed": "no",
    }


def test_a_closed_referral(episode: Episode, day: Day) -> None:
    """The day; the reason decides no duty and stays behind."""
    record = episode(
        f"{REFERRAL}<CINclosureDate>2024-12-02</CINclosureDate>"
        "<ReasonForClosure>RC9</ReasonForClosure>"
    )
    facts = referral_of(record).facts
    assert facts["closed"] == day("2024-12-02")
    assert "closure_reason" not in facts


@pytest.mark.parametrize(
    "element",
    [
        "<ReasonForClosure>RC7</ReasonForClosure>",
        "<ReferralNFA>true</ReferralNFA>",
        "<CINclosureDate>31/12/2024</CINclosureDate>",
        "<CINclosureDate/>",
    ],
)
def test_an_episode_that_may_be_closed_is_not_called_open(episode: Episode, element: str) -> None:
    """Only an episode without any sign of closing is recorded as not closed."""
    assert referral_of(episode(REFERRAL + element)).facts["closed"] == "not_known"


@pytest.mark.parametrize("flag", ["true", "1"])
def test_no_further_action_is_a_decision(episode: Episode, flag: str) -> None:
    """Both ways of writing the flag say that nothing was to follow."""
    record = episode(f"{REFERRAL}<ReferralNFA>{flag}</ReferralNFA>")
    assert outcome_of(record) == "no_further_action"


@pytest.mark.parametrize("flag", ["false", "0"])
def test_further_action_is_no_decision(episode: Episode, flag: str) -> None:
    """That something followed does not say what was decided."""
    assert outcome_of(episode(f"{REFERRAL}<ReferralNFA>{flag}</ReferralNFA>")) is None


def test_no_further_action_beside_activity_is_not_known(episode: Episode) -> None:
    """The return contradicts itself; neither side is believed."""
    record = episode(f"{REFERRAL}<ReferralNFA>true</ReferralNFA>{assessment('2024-09-03')}")
    assert outcome_of(record) == "not_known"


@pytest.mark.parametrize(
    ("start", "outcome"),
    [
        ("2024-09-03", "section_47_enquiry"),
        ("2024-09-05", "section_47_enquiry"),
        ("2024-09-06", "section_17_assessment"),
        ("2024-08-01", "section_17_assessment"),
        ("soon", "section_17_assessment"),
    ],
)
def test_an_assessment_shows_what_was_decided(episode: Episode, start: str, outcome: str) -> None:
    """To assess; by enquiries, if those began with it or before, but not before the referral."""
    assert outcome_of(episode(REFERRAL + assessment("2024-09-05") + enquiry(start))) == outcome


def test_enquiries_alone_show_no_decision(episode: Episode) -> None:
    """They may have begun long after the decision on the referral."""
    assert outcome_of(episode(REFERRAL + enquiry("2024-11-01"))) is None


def test_the_authorisation_ends_the_assessment(episode: Episode, day: Day) -> None:
    """It is the manager's approval, and the census counts the assessment as ended on that day."""
    assert assessment_of(episode(REFERRAL + assessment("2024-09-05", "2024-11-01"))) == {
        "started": day("2024-09-05"),
        "concluded": day("2024-11-01"),
        "approved": day("2024-11-01"),
    }


def test_an_open_assessment_leaves_its_end_to_silence(episode: Episode, day: Day) -> None:
    """The return covers that fact: silence there reads as not evidenced."""
    assert assessment_of(episode(REFERRAL + assessment("2024-09-05"))) == {
        "started": day("2024-09-05")
    }


def test_an_unreadable_end_is_no_silence(episode: Episode) -> None:
    """A date that can't be read must not become a gap."""
    facts = assessment_of(episode(REFERRAL + assessment("2024-09-05", "01/11/2024")))
    assert (facts["concluded"], facts["approved"]) == ("not_known", "not_known")


def test_a_referral_keeps_its_first_assessment(read: Read, day: Day) -> None:
    """Whatever their order in the file; the others are listed whole."""
    details = f"<CINdetails>{REFERRAL}\n{assessment('2025-01-06')}\n{assessment('2024-09-05')}"
    result = read(f"<Child>{details}</CINdetails></Child>")
    assert assessment_of(result.cases[0].record)["started"] == day("2024-09-05")
    (listed,) = [one for one in result.not_carried if one.path.endswith("/Assessments")]
    assert "an earlier one is carried" in listed.why


def test_an_older_referral_may_have_had_an_earlier_assessment(episode: Episode) -> None:
    """Its assessment ended by the day given, and perhaps before the return's year."""
    facts = assessment_of(episode(OLDER + assessment("2024-06-03", "2024-07-01")))
    periods = [value for value in facts.values() if isinstance(value, Period)]
    assert [str(period.first) for period in periods] == ["2023-09-04"] * 3
    assert [str(period.last) for period in periods] == ["2024-06-03", "2024-07-01", "2024-07-01"]


def test_an_older_referral_without_an_assessment_is_not_known(episode: Episode) -> None:
    """The return of an earlier year holds it."""
    facts = assessment_of(episode(OLDER))
    assert facts == dict.fromkeys(("started", "concluded", "approved"), "not_known")


def test_an_assessment_soon_after_an_older_referral_is_its_own(episode: Episode, day: Day) -> None:
    """Begun within nine weeks, it can only be the first."""
    older = "<CINreferralDate>2024-03-04</CINreferralDate>"
    record = episode(older + assessment("2024-05-06", "2024-06-03"))
    assert assessment_of(record)["concluded"] == day("2024-06-03")
    later = assessment_of(episode(older + assessment("2024-05-07", "2024-06-03")))["concluded"]
    assert isinstance(later, Period)
    assert later.first < later.last


def test_a_future_date_of_an_older_referral_is_listed(read: Read) -> None:
    """A period up to a day after the reference date would read as done by then."""
    result = read(f"<Child><CINdetails>{OLDER}{assessment('2026-01-05')}</CINdetails></Child>")
    assert set(assessment_of(result.cases[0].record).values()) == {"not_known"}
    assert any("after the return's" in one.why for one in result.not_carried)


def test_impossible_orders_are_kept(episode: Episode, day: Day) -> None:
    """An assessment before its referral is carried as it stands; the loader warns of it."""
    record = episode(REFERRAL + assessment("2024-08-01", "2024-07-01"))
    assert assessment_of(record)["concluded"] == day("2024-07-01")


def test_an_enquiry_and_its_conference(episode: Episode, day: Day) -> None:
    """The conference is on the enquiry and among the conferences."""
    record = episode(REFERRAL + enquiry("2024-09-09", "2024-09-27", "false"))
    (item,) = record.lists["enquiry"]
    assert item.facts == {
        "started": day("2024-09-09"),
        "initial_conference_held": day("2024-09-27"),
    }
    (conference,) = record.lists["conference"]
    assert conference.facts == {"held": day("2024-09-27"), "type": "initial"}


@pytest.mark.parametrize("flag", ["true", "1"])
def test_a_conference_that_is_not_required(episode: Episode, flag: str) -> None:
    """Both ways of writing it are the outcome of the enquiry."""
    (item,) = episode(REFERRAL + enquiry("2024-09-09", "", flag)).lists["enquiry"]
    assert item.facts["outcome"] == "conference_not_required"


def test_not_required_beside_a_date_is_listed(read: Read) -> None:
    """The date is believed, the flag is listed."""
    section = enquiry("2024-09-09", "2024-09-27", "true")
    result = read(f"<Child><CINdetails>{REFERRAL}{section}</CINdetails></Child>")
    (item,) = result.cases[0].record.lists["enquiry"]
    assert "outcome" not in item.facts
    assert any("says otherwise" in one.why for one in result.not_carried)


def test_a_conference_on_the_episode_goes_to_the_waiting_enquiry(
    episode: Episode, day: Day
) -> None:
    """One enquiry had it already, one needed none, one began later: the fourth gets it."""
    record = episode(
        REFERRAL
        + "<DateOfInitialCPC>2024-10-21</DateOfInitialCPC>"
        + enquiry("2024-09-09", "2024-09-27")
        + enquiry("2024-09-30", "", "true")
        + enquiry("2024-11-01")
        + enquiry("2024-10-01")
    )
    held = [item.facts.get("initial_conference_held") for item in record.lists["enquiry"]]
    assert held == [day("2024-09-27"), None, None, day("2024-10-21")]
    assert [item.facts for item in record.lists["conference"]] == [
        {"held": day("2024-09-27"), "type": "initial"},
        {"held": day("2024-10-21")},
    ]


def test_a_conference_on_the_episode_that_could_be_of_several(episode: Episode) -> None:
    """Of neither enquiry may be said that its conference was not held."""
    record = episode(
        REFERRAL
        + "<DateOfInitialCPC>2024-10-21</DateOfInitialCPC>"
        + enquiry("2024-09-09")
        + enquiry("2024-10-01")
    )
    held = [item.facts["initial_conference_held"] for item in record.lists["enquiry"]]
    assert held == ["not_known", "not_known"]


def test_the_same_conference_in_both_places_is_one(episode: Episode) -> None:
    """Nothing is counted twice, and no other enquiry is given it."""
    record = episode(
        REFERRAL
        + "<DateOfInitialCPC>2024-09-27</DateOfInitialCPC>"
        + enquiry("2024-09-09", "2024-09-27")
        + enquiry("2024-09-10")
    )
    assert len(record.lists["conference"]) == 1
    assert "initial_conference_held" not in record.lists["enquiry"][1].facts


@pytest.mark.parametrize(
    "written",
    [
        reviews("2024-12-20", "2025-03-03"),
        reviews("2024-12-20") + reviews("2025-03-03"),
        reviews("2024-12-20", "2024-12-20", "2025-03-03"),
        "<CPPreviewDate>2024-12-20</CPPreviewDate><CPPreviewDate>2025-03-03</CPPreviewDate>",
        reviews("2024-12-20").replace("Reviews", "CPPreviews") + reviews("2025-03-03"),
    ],
)
def test_every_way_of_writing_reviews(episode: Episode, day: Day, written: str) -> None:
    """One wrapper with many, a wrapper each, or none."""
    (plan,) = episode(REFERRAL + cp_plan(written)).lists["cp_plan"]
    held = [review.facts["held"] for review in plan.lists["cp_review"]]
    assert held == [day("2024-12-20"), day("2025-03-03")]


def test_an_unreadable_review_stays_a_review(episode: Episode) -> None:
    """The list of reviews is complete: one less would be a gap."""
    (plan,) = episode(REFERRAL + cp_plan(reviews("spring"))).lists["cp_plan"]
    assert [review.facts for review in plan.lists["cp_review"]] == [{"held": "not_known"}]


def test_an_open_plan_of_an_open_episode_has_not_ended(episode: Episode) -> None:
    """An open end is recorded, so that the duties of the plan can be judged."""
    record = episode(REFERRAL + cp_plan() + "<CINPlanDates/>")
    assert record.lists["cp_plan"][0].facts["ended"] == "no"
    assert record.lists["cin_plan"][0].facts["ended"] == "no"


def test_an_open_plan_of_a_closed_episode_is_not_known(episode: Episode) -> None:
    """It ended, or the closing is wrong; the return does not say which."""
    record = episode(REFERRAL + "<CINclosureDate>2025-01-06</CINclosureDate>" + cp_plan())
    assert record.lists["cp_plan"][0].facts["ended"] == "not_known"


def test_a_plan_starts_at_its_conference(episode: Episode, day: Day) -> None:
    """A conference on the first day of the plan is the one that decided on it."""
    record = episode(REFERRAL + enquiry("2024-09-09", "2024-10-01") + cp_plan())
    assert record.lists["cp_plan"][0].facts["initial_conference_held"] == day("2024-10-01")


def test_a_plan_older_than_the_return(episode: Episode, day: Day) -> None:
    """Its conference is in an earlier return; by rule 2885 it was on the first day of the plan."""
    record = episode(REFERRAL + cp_plan(start="2024-03-31"))
    assert record.lists["cp_plan"][0].facts["initial_conference_held"] == day("2024-03-31")


def test_a_plan_without_a_conference_on_its_first_day(episode: Episode) -> None:
    """Nobody can say from which day its reviews count."""
    record = episode(REFERRAL + enquiry("2024-09-09", "2024-09-27") + cp_plan())
    assert record.lists["cp_plan"][0].facts["initial_conference_held"] == "not_known"


def test_a_child_in_need_plan(episode: Episode, day: Day) -> None:
    """Its two dates."""
    dates = (
        "<CINPlanStartDate>2024-11-04</CINPlanStartDate><CINPlanEndDate>2025-01-06</CINPlanEndDate>"
    )
    (plan,) = episode(f"{REFERRAL}<CINPlanDates>{dates}</CINPlanDates>").lists["cin_plan"]
    assert plan.facts == {"started": day("2024-11-04"), "ended": day("2025-01-06")}


def test_pre_proceedings_have_a_start(read: Read, day: Day) -> None:
    """The rest of that group has no fact yet and is listed by name."""
    group = (
        "<PreProceedingsandFGDM><PPStartDate>2024-12-02</PPStartDate>"
        "<PPOutcome>A</PPOutcome></PreProceedingsandFGDM>"
    )
    result = read(f"<Child><CINdetails>{REFERRAL}{group}</CINdetails></Child>")
    (item,) = result.cases[0].record.lists["pre_proceeding"]
    assert item.facts == {"started": day("2024-12-02")}
    assert any(one.path.endswith("PreProceedingsandFGDM/PPOutcome") for one in result.not_carried)


def test_a_plan_given_twice_is_one(episode: Episode) -> None:
    """The same plan twice would be two gaps."""
    assert len(episode(REFERRAL + cp_plan() * 2).lists["cp_plan"]) == 1
