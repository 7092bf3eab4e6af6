"""What stands where in a report, in which order, and how much it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from engine.errors import ExitCode
from engine.model.fact import Dictionary
from engine.pipeline import load_protocol
from engine.report.outline import Entry, Summary
from engine.report.questions import Needs
from engine.report.summary import NONE_ON_RECORD, NOT_DUE, READINGS, SILENT

Summaries = Callable[..., list[Summary]]

LATE = """
case: late
as_of: 2025-06-02
covers: [referral, assessment]
referrals:
  - received: 2025-03-03
    decision: {made: 2025-03-04, made_by: team_manager}
    assessment: {started: 2025-03-04, concluded: 2025-05-12, over_limit_reasons_recorded: %s}
"""


def ids(entries: tuple[Entry, ...]) -> list[str]:
    return [line.id for entry in entries for line in entry.lines]


def entry(entries: tuple[Entry, ...], id_: str) -> Entry:
    return next(one for one in entries if one.id == id_)


# Gaps


def test_gaps_are_worst_first_then_oldest_then_other_agencies(busy: Summary) -> None:
    """Overdue before not evidenced before late; of one kind the oldest; other agencies' last."""
    assert [one.id for one in busy.gaps] == [
        "decided",  # the wrong person: overdue since March
        "parents-involved",
        "checklist",
        "acknowledged",
        "reviewed",
        "started",
        "long-stay",
    ]
    assert [one.agency for one in busy.gaps][-2:] == [None, "the hospital"]


def test_the_wrong_person_is_a_gap_of_its_own_beside_the_duty(busy: Summary) -> None:
    """A decision made in time by somebody else is no gap in time but one of who."""
    decided = entry(busy.gaps, "decided")
    assert ids((decided,)) == ["decided/role@referrals[0]"]
    assert decided.title == "Decide on the referral"
    assert "decided@referrals[0]" in ids(busy.met)


def test_lines_of_a_checklist_are_one_entry(busy: Summary) -> None:
    """The two lines that are gaps stand in one block; the third is met."""
    checklist = entry(busy.gaps, "checklist")
    assert checklist.title == "The assessment covers"
    assert [(line.what, line.status) for line in checklist.lines] == [
        ("the child's bedroom (referral of 3 March 2025)", "overdue"),
        ("the child's views (referral of 3 March 2025)", "not_evidenced"),
    ]
    assert "checklist/home@referrals[0]" in ids(busy.met)


def test_each_interval_of_a_recurring_duty_stands_where_it_belongs(busy: Summary) -> None:
    """Two late reviews are gaps, the next one is due: one duty, in two places."""
    assert ids((entry(busy.gaps, "reviewed"),)) == [
        "reviewed@cin_plans[0]#1",
        "reviewed@cin_plans[0]#2",
    ]
    assert ids((entry(busy.due_next, "reviewed"),)) == ["reviewed@cin_plans[0]#3"]


def test_a_gap_that_a_reason_may_excuse_is_only_possible(summaries: Summaries) -> None:
    """A gap if no reason is recorded, possibly one if that is not known, excused if one is."""
    places = {}
    for reason in ("no", "not_known", "yes"):
        summary = summaries(LATE % reason)[0]
        places[reason] = [
            name
            for name in ("gaps", "possible_gaps", "excused")
            if "concluded@referrals[0]" in ids(getattr(summary, name))
        ]
    assert places == {"no": ["gaps"], "not_known": ["possible_gaps"], "yes": ["excused"]}


def test_what_the_text_leaves_open_is_a_possible_gap_with_its_question(busy: Summary) -> None:
    """Late by one reading, in time by the other: no fact settles it, the authority does."""
    line = entry(busy.possible_gaps, "told-within").lines[0]
    assert (line.status, line.gap, line.verdict.needs) == ("undetermined", "undetermined", ())
    assert [(one.id, one.duties) for one in busy.ambiguities] == [
        ("ten-days", ("Tell the family of the outcome",))
    ]


# What is due


def test_what_is_due_next_is_by_date_with_days_left(busy: Summary) -> None:
    """Soonest first, counted from the day asked about."""
    found = [(one.id, one.lines[0].days) for one in busy.due_next]
    assert found == [("decided", 0), ("started", 0), ("reviewed", 30), ("concluded", 60)]
    assert busy.next_day == date(2025, 6, 2)


def test_what_the_record_is_silent_on_is_due_if_its_date_lies_ahead(summaries: Summaries) -> None:
    """Not known to be done: due next while its date is to come, a question once it has passed."""
    silent = "case: silent\nas_of: 2025-06-02\nreferrals: [{received: %s}]"
    ahead, passed = summaries(silent % "2025-05-30")[0], summaries(silent % "2025-05-27")[0]
    assert "acknowledged@referrals[0]" in ids(ahead.due_next)
    assert "acknowledged@referrals[0]" not in ids(passed.due_next)
    assert "referral.acknowledged" in [question.need for question in passed.questions]
    assert not passed.gaps


def test_a_date_after_the_record_ends_is_due_not_missed(summaries: Summaries) -> None:
    """Asked as at a later day, what fell due after the record ends stays in sight, days past."""
    text = "case: old\nas_of: 2025-05-30\ncovers: [referral]\nreferrals: [{received: 2025-05-30}]"
    summary = summaries(text, date(2025, 6, 5))[0]
    assert not summary.gaps
    assert entry(summary.due_next, "acknowledged").lines[0].days == -3


def test_steps_before_an_event_stand_under_it(busy: Summary) -> None:
    """What must be done before the approval still to come, and what has no date at all."""
    steps = {group.limit.split(":")[0]: [one.id for one in group.entries] for group in busy.steps}
    assert steps["by the day of"] == ["checklist"]
    assert steps["no time limit"] == ["shared", "second-look"]


def test_an_act_whose_lateness_is_excused_is_still_to_do(summaries: Summaries) -> None:
    """Of a figure an excuse forgives the time, not the act."""
    text = LATE.replace("concluded: 2025-05-12", "concluded: no") % "yes"
    summary = summaries(text)[0]
    assert ids(summary.excused) == ["concluded@referrals[0]"]
    assert "concluded@referrals[0]" in [i for group in summary.steps for i in ids(group.entries)]


def test_what_is_excused_before_its_limit_is_not_to_do(
    summaries: Summaries, dictionary: Dictionary
) -> None:
    """Nobody is told to involve a parent of whom the record says that it would not be safe."""
    text = (
        "case: parent\nas_of: 2025-06-02\nreferrals:\n  - received: 2025-05-20\n"
        "    decision: {outcome: section_17_assessment}\n"
        "    assessment:\n      concluded: no\n      parents:\n"
        "        - {lives_with_child: yes, involved: no,\n"
        "           involving_would_prejudice_safety_recorded: %s}\n"
    )
    program = load_protocol("norfolk", dictionary)
    listed = {
        reason: any(
            "parents-involved" in line
            for group in summaries(text % reason, program=program)[0].steps
            for line in ids(group.entries)
        )
        for reason in ("yes", "no")
    }
    assert listed == {"yes": False, "no": True}


# What must be known


def test_each_question_is_asked_once_most_duties_first(summaries: Summaries) -> None:
    """The facts that would settle something, with how many duties rest on each."""
    text = (
        "case: few\nas_of: 2025-06-02\ncomplete: [referrals]\nreferrals: [{received: 2025-03-03}]"
    )
    questions = summaries(text)[0].questions
    assert len({question.need for question in questions}) == len(questions)
    assert [question.duties for question in questions] == sorted(
        (question.duties for question in questions), reverse=True
    )
    assert all(question.asks.endswith(("?", ")")) for question in questions)


def test_a_list_of_which_none_is_on_record_is_one_question(summaries: Summaries) -> None:
    """No question about what an unseen hospital stay may hold: is the list complete?"""
    text = "case: few\nas_of: 2025-06-02\nreferrals: [{received: 2025-03-03}]"
    summary = summaries(text)[0]
    asked = {question.need: question for question in summary.lists}
    assert asked["hospital_stays"].asks == "Is the list of hospital stays complete?"
    assert not any(question.need.startswith("hospital_stay.") for question in summary.questions)
    assert "hospital" in [covering.covers for covering in summary.coverings]


def test_a_list_inside_an_unseen_item_is_not_asked_for(dictionary: Dictionary) -> None:
    """While no referral is on record, its parents are no question."""
    needs = Needs(dictionary, ["case"])
    needs.add("duty", ["parent", "referral", "parent.involved", "child.disabled"])
    assert [question.need for question in needs.lists()] == ["referrals"]
    assert [question.need for question in needs.questions()] == ["child.disabled"]


# What it rests on


def test_the_basis_counts_duties_and_says_why_not(busy: Summary) -> None:
    """Checklist lines count one by one; prompts, roles and what does not apply do not."""
    basis = busy.basis
    counted = [f for f in busy.assessment.findings if f.counted]
    assert (basis.counted, basis.decided) == (len(counted), 9)
    assert dict(basis.why_not) == {SILENT: 1, NOT_DUE: 1, READINGS: 1}
    assert dict(basis.statuses)["not_applicable"] == 1


def test_a_role_that_is_not_known_leaves_its_duty_undecided(summaries: Summaries) -> None:
    """A role result is part of its duty."""
    made = LATE.replace(", made_by: team_manager", "%s") % ("%s", "no")
    with_role, without = summaries(made % ", made_by: team_manager")[0], summaries(made % "")[0]
    assert with_role.basis.decided == without.basis.decided + 1


def test_an_empty_case_is_never_clean(summaries: Summaries) -> None:
    """Nothing on record: no gap, nothing decided, nothing applied, exit 4."""
    summary = summaries("case: empty\nas_of: 2025-06-02")[0]
    assert not summary.gaps
    assert not summary.due_next
    assert summary.basis.decided == 0
    assert NONE_ON_RECORD in dict(summary.basis.why_not)
    assert summary.exit_code == ExitCode.UNDECIDED


def test_a_case_to_which_nothing_applies_is_never_clean(summaries: Summaries) -> None:
    """Every list known to be empty: each duty is inapplicable, and the exit code is not 0."""
    text = (
        "case: none\nas_of: 2025-06-02\ncovers: [referral, plan, hospital]\nchild: {disabled: no}"
    )
    summary = summaries(text)[0]
    assert summary.nothing_applied
    assert summary.basis.counted == 0
    assert summary.exit_code == ExitCode.UNDECIDED


# Thresholds, pathways


def test_what_is_reached_names_the_record_in_words(busy: Summary) -> None:
    """The recorded judgement by its title and the title of its word, never by its path."""
    reached = {id_: one for one in busy.reached for id_ in one.recorded}
    assert set(reached) == {"in-need", "in-hospital"}
    assert reached["in-hospital"].items == ("hospital stay of 20 February 2025",)
    assert "judgement." not in " ".join(reached["in-need"].why)


@pytest.mark.parametrize(("stays", "shown"), [("[{discharged: no}]", True), ("[]", False)])
def test_what_no_record_shows_comes_with_its_pathway(
    summaries: Summaries, stays: str, shown: bool
) -> None:
    """A duty for people to judge is named where its pathway is engaged, and only there."""
    text = f"case: one\nas_of: 2025-06-02\ncovers: [hospital]\nhospital_stays: {stays}"
    assert [one.card.id for one in summaries(text)[0].uncheckable] == (["comfort"] if shown else [])


# Names


def test_items_are_named_where_there_are_several(busy: Summary, summaries: Summaries) -> None:
    """A parent of one of two referrals is told apart by both; the only referral needs no name."""
    assert entry(busy.gaps, "parents-involved").lines[0].what == (
        "parent 2, referral of 3 March 2025"
    )
    assert entry(summaries(LATE % "no")[0].gaps, "concluded").lines[0].what == ""
