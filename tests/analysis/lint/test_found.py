"""Every finding of lint in a small protocol that has it, and in one that nearly has it, not."""

from __future__ import annotations

from datetime import date

import pytest

from engine.model.finding import Assessment, Verdict
from tests.analysis.lint.made_up import AT_LEAST, UNDER, checked, codes, linted, read, text, the

WEEK = {"from": "referral.received", "within": "1 week"}


def one(when: str, **keys: str) -> str:
    """A protocol of one duty with this condition."""
    every = {"when": when, "done": "referral.acknowledged", **keys}
    lines = "".join(f"\n  {key}: {value}" for key, value in every.items())
    return text(f"- id: it\n  title: It{lines}")


def two(first: str, second: str) -> str:
    """A protocol of the duties `one` and `other`."""
    return text(f"- id: one\n  title: One\n{first}\n- id: other\n  title: Other\n{second}\n")


DEAD = [
    f"{{all: [{UNDER.format(5)}, {AT_LEAST.format(16)}]}}",
    "{all: [child.disabled, {not: child.disabled}]}",
    "{all: [{referral.source: police}, {referral.source: school}]}",
    "{all: [assessment.started, {assessment.started: no}]}",
    (
        "{all: [{decision.made: {before: referral.received}}, "
        "{decision.made: {after: referral.received}}]}"
    ),
    "{elapsed: {from: referral.received, to: referral.received, at_least: 1 day}}",
    "{all: [{some: care_periods}, {not: {some: care_periods}}]}",
    (
        "{all: [{every: assessment.agencies, have: agency.contributed}, "
        "{some: assessment.agencies, where: {agency.contributed: no}}]}"
    ),
]
ALIVE = [
    f"{{all: [{UNDER.format(16)}, {AT_LEAST.format(5)}]}}",
    "{any: [child.disabled, {not: child.disabled}]}",
    "{referral.source: {one_of: [police, school]}}",
    "{all: [assessment.started, {assessment.concluded: no}]}",
    (
        "{all: [{decision.made: {on_or_before: referral.received}}, "
        "{decision.made: {on_or_after: referral.received}}]}"
    ),
    "{elapsed: {from: referral.received, to: decision.made, at_least: 1 day}}",
    (
        "{all: [{some: assessment.agencies, where: agency.holds_information}, "
        "{some: assessment.agencies, where: {not: agency.holds_information}}]}"
    ),
    (
        "{all: [{every: assessment.agencies, have: agency.contributed}, "
        "{every: assessment.agencies, have: {agency.contributed: no}}]}"
    ),
]


@pytest.mark.parametrize("when", DEAD)
def test_a_duty_whose_conditions_exclude_each_other_is_found(when: str) -> None:
    """It never applies, and `check` agrees on the case that comes nearest."""
    found = the("W201", one(when))
    (finding,) = checked(found.case, read(one(when))[1]).findings
    assert found.rules == ("it",)
    assert finding.status == "not_applicable"


@pytest.mark.parametrize("when", ALIVE)
def test_a_duty_that_some_record_meets_is_not(when: str) -> None:
    """Conditions that only look as if they excluded each other."""
    assert "W201" not in codes(one(when))


def test_a_duty_and_its_block_that_exclude_each_other_are_found() -> None:
    """An age under 5 in a block for children of at least 16."""
    duty = "- {id: it, title: It, when: %s, done: referral.acknowledged}"
    block = f"for_each: referrals\nwhen: {AT_LEAST.format(16)}"
    assert codes(text(duty % UNDER.format(5), block=block)) == ["W201"]
    assert codes(text(duty % UNDER.format(18), block=block)) == []


def test_what_follows_a_miss_that_can_not_be_is_found() -> None:
    """A duty that asks for the miss of another that never applies, never applies either."""
    duties = """
    - id: one
      title: One
      when: %s
      from: referral.received
      within: 1 week
      done: referral.acknowledged
    - {id: after, title: After, when: {missed: one}, done: referral.feedback_given}
    """
    dead, alive = (text(duties % when) for when in (DEAD[1], "child.disabled"))
    assert {each.rules for each in linted(dead) if each.problem.code == "W201"} == {
        ("one",), ("after",)
    }  # fmt: skip
    assert codes(alive) == []


ALWAYS = [
    "{any: [child.disabled, {child.disabled: no}]}",
    "{any: [assessment.started, {not: assessment.started}]}",
    "{not: {all: [{referral.source: police}, {referral.source: school}]}}",
    f"{{any: [{UNDER.format(16)}, {AT_LEAST.format(5)}]}}",
    "{every: assessment.agencies, where: agency.contacted, have: agency.contacted}",
]
NOT_ALWAYS = [
    "{any: [child.disabled, {child.pregnancy_known: no}]}",
    "{any: [assessment.started, {not: assessment.concluded}]}",
    f"{{any: [{UNDER.format(5)}, {AT_LEAST.format(16)}]}}",
    "{every: assessment.agencies, where: agency.holds_information, have: agency.contacted}",
    "{any: [{some: care_periods}, {every: assessment.agencies, have: agency.contacted}]}",
]


@pytest.mark.parametrize("when", ALWAYS)
def test_a_condition_that_always_holds_is_found(when: str) -> None:
    """Once all facts are known; and `check` applies the duty to the case shown."""
    found = the("W202", one(when))
    (finding,) = checked(found.case, read(one(when))[1]).findings
    assert finding.status not in ("not_applicable", "undetermined")


@pytest.mark.parametrize("when", NOT_ALWAYS)
def test_a_condition_that_some_record_does_not_meet_is_not(when: str) -> None:
    """Conditions that only look as if they covered everything."""
    assert "W202" not in codes(one(when))


def test_a_duty_that_can_not_be_done_is_found() -> None:
    """What satisfies it is excluded by what it applies to."""
    when, near = "{referral.accepted: no}", "{referral.acknowledged: no}"
    wrong = one(when, done="referral.accepted")
    (finding,) = checked(the("W203", wrong).case, read(wrong)[1]).findings
    assert finding.status not in ("met", "late", "not_applicable")
    assert "W203" not in codes(one(near, done="referral.accepted"))


@pytest.mark.parametrize(
    ("code", "excuse", "status"),
    [("W204", "{child.disabled: no}", "overdue"), ("W205", "child.disabled", "excused")],
)
def test_an_excuse_that_can_never_or_always_hold_is_found(
    code: str, excuse: str, status: str
) -> None:
    """It excludes the duty's condition, or follows from it; `check` says so of a missed one."""
    wrong = one("child.disabled", **WEEK, excused_by=excuse)
    found = the(code, wrong)
    (finding,) = checked(found.case, read(wrong)[1]).findings
    assert finding.status in (status, "late")
    assert finding.gap == ("no" if code == "W205" else "yes")


def test_an_excuse_of_its_own_is_not() -> None:
    """A fact that the condition says nothing of."""
    near = one("child.disabled", **WEEK, excused_by="child.pregnancy_known")
    assert codes(near) == []


@pytest.mark.parametrize("kind", ["threshold", "definition"])
def test_what_no_record_reaches_is_found(kind: str) -> None:
    """A threshold or definition on words that exclude each other; `check` does not reach it."""

    def file(first: str) -> str:
        above = f"""\
        {kind}s:
          - id: reached
            title: Reached
            for_each: referrals
            when: {{all: [{{referral.source: {first}}}, {{referral.source: school}}]}}
            cite: [1.p1]
        """
        duty = f"- {{id: it, title: It, when: {{{kind}: reached}}, done: referral.acknowledged}}"
        return text(duty, dedent_all(above))

    found = the("W206", file("police"))
    reached = checked(found.case, read(file("police"))[1]).reached
    assert [x.truth for x in reached if x.id == "reached"] == ["no"]
    assert "W206" not in codes(file("school"))


def dedent_all(above: str) -> str:
    return "\n".join(line.removeprefix("        ") for line in above.splitlines()) + "\n"


def test_a_pathway_that_no_record_reaches_is_found() -> None:
    """A block of a pathway whose condition never holds."""
    file = text("- {id: it, title: It, done: early_help.considered}", block=f"when: {DEAD[1]}")
    assert set(codes(file.replace("checks:", "pathways:"))) == {"W201", "W206"}


WITHIN = "  from: referral.received\n  within: {}\n  done: referral.acknowledged"


def statuses(said: Assessment) -> dict[str, Verdict]:
    return {finding.id: finding.instances[0].verdict for finding in said.findings}


def test_a_duty_that_another_makes_needless_is_found() -> None:
    """The same evidence, sooner or more often; in the case shown both apply."""
    wrong = two(WITHIN.format("2 weeks"), WITHIN.format("1 week"))
    found = the("W207", wrong)
    assert found.rules == ("one", "other")
    said = statuses(checked(found.case, read(wrong)[1]))
    assert "not_applicable" not in {verdict.status for verdict in said.values()}


def test_a_duty_that_is_asked_more_strongly_is_not_needless() -> None:
    """Whatever it finds the other finds too, but the other is only to be done if possible."""
    stronger = WITHIN.format("2 weeks") + "\n  force: will"
    assert "W207" not in codes(two(stronger, WITHIN.format("1 week")))


def test_the_same_by_different_days_is_found() -> None:
    """Each may find what the other does not; the case shows two different last days."""
    wrong = two(
        WITHIN.format("5 working days"), WITHIN.format("1 week") + "\n  when: child.disabled"
    )
    found = the("W208", wrong)
    said = statuses(checked(found.case, read(wrong)[1]))
    days = {verdict.due.first for verdict in said.values() if verdict.due}
    assert len(days) == 2
    assert None not in days


def test_the_same_by_different_days_for_different_children_is_not() -> None:
    """No child has both limits."""
    near = two(
        WITHIN.format("5 working days") + "\n  when: {child.disabled: no}",
        WITHIN.format("1 week") + "\n  when: child.disabled",
    )
    assert codes(near) == []


def test_contradictory_duties_are_found_unless_never_of_the_same_child() -> None:
    """Two duties ask for opposite answers to one fact."""
    duties = [
        f"  when: {when}\n  done: {{judgement.child_in_need: {answer}}}"
        for when, answer in (("child.disabled", "yes"), ("{WHEN}", "no"))
    ]
    wrong = two(duties[0], duties[1].replace("{WHEN}", "referral.acknowledged"))
    near = two(duties[0], duties[1].replace("{WHEN}", "{child.disabled: no}"))
    said = statuses(checked(the("W210", wrong).case, read(wrong)[1]))
    assert "not_applicable" not in {verdict.status for verdict in said.values()}
    assert "W210" not in codes(near)


def test_a_finding_stands_at_its_key() -> None:
    """The line is that of the condition, not of the duty."""
    wrong = one(DEAD[1])
    place = the("W201", wrong).problem.place
    assert "when: {all" in wrong.splitlines()[place.line - 1]


def test_a_day_shown_is_lately() -> None:
    """Cases are set in days that a reader knows."""
    case = the("W202", one(ALWAYS[0])).case
    assert case is not None
    assert case.as_of is not None
    assert date(2025, 1, 1) < case.as_of < date(2027, 1, 1)
