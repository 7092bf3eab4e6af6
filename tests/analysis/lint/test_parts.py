"""Parts of conditions that change nothing, and duties that can't be missed."""

from __future__ import annotations

import pytest

from tests.analysis.lint.made_up import UNDER, checked, codes, linted, read, text, the

IDLE = [
    "{all: [child.disabled, {any: [child.disabled, child.pregnancy_known]}]}",
    "{any: [{referral.source: police}, {referral.source: {one_of: [police, school]}}]}",
    f"{{all: [{UNDER.format(16)}, {UNDER.format(18)}]}}",
    "{all: [{missed: first}, {not: child.disabled}]}",
]
TELLING = [
    "{all: [child.disabled, {any: [child.pregnancy_known, assessment.started]}]}",
    "{any: [{referral.source: police}, {referral.source: school}]}",
    f"{{all: [{UNDER.format(16)}, {{age: {{at: assessment.started, under: 18}}}}]}}",
    "{all: [{missed: first}, child.pregnancy_known]}",
]


def file(when: str) -> str:
    return text(f"""
    - id: first
      title: First
      when: {{child.disabled: no}}
      from: referral.received
      within: 1 week
      done: referral.acknowledged
    - {{id: it, title: It, when: {when}, done: referral.feedback_given}}
    """)


@pytest.mark.parametrize("when", IDLE)
def test_a_part_that_the_others_say_already_is_found(when: str) -> None:
    """The cure is at the condition, and the example has the duty at work."""
    found = the("W211", file(when))
    said = checked(found.case, read(file(when))[1])
    assert found.rules == ("it",)
    assert " is the same without part " in found.problem.message
    assert [x.status for x in said.findings if x.id == "it"] != ["not_applicable"]


@pytest.mark.parametrize("when", TELLING)
def test_a_part_that_says_something_is_not(when: str) -> None:
    """Conditions that only share a fact."""
    assert "W211" not in codes(file(when))


def test_what_a_block_says_already_is_found() -> None:
    """A duty repeats the condition of its block; a duty that narrows it is right."""
    duty = "- {id: it, title: It, when: %s, done: referral.acknowledged}"
    block = f"for_each: referrals\nwhen: {UNDER.format(16)}"
    (found,) = linted(text(duty % UNDER.format(18), block=block))
    assert found.problem.code == "W211"
    assert "its block's" in found.problem.message
    assert codes(text(duty % UNDER.format(10), block=block)) == []


def test_lines_of_one_list_are_one_finding() -> None:
    """They share the condition that says nothing."""
    wrong = text("""
    - id: list
      title: List
      when: {all: [child.disabled, {any: [child.disabled, child.pregnancy_known]}]}
      items:
        - {id: one, title: one, done: referral.acknowledged}
        - {id: two, title: two, done: referral.feedback_given}
    """)
    (found,) = linted(wrong)
    assert found.rules == ("list/one", "list/two")


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        (
            "from: referral.received\n  within: 1 week\n  until: referral.received",
            "from: referral.received\n  within: 1 week\n  until: referral.closed",
        ),
        ("before: referral.acknowledged", "before: referral.closed"),
    ],
)
def test_a_duty_that_can_not_be_missed_is_found(wrong: str, near: str) -> None:
    """It ends as it begins, or comes before itself; `check` finds no gap, however late it is."""
    start = "- id: it\n  title: It\n  done: referral.acknowledged\n  "
    found = the("W212", text(start + wrong))
    (finding,) = checked(found.case, read(text(start + wrong))[1]).findings
    assert finding.gap == "no"
    assert codes(text(start + near)) == []
