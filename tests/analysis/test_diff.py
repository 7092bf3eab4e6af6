"""`diff` compares what protocols ask: laws over shipped and random ones, and each way to differ."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis.diff import Diff, diff
from engine.analysis.impact import impact
from engine.compile import compile_protocol
from engine.load.dictionary import read_dictionary
from engine.model import condition as c
from engine.model.protocol import Protocol
from engine.pipeline import resolved, shipped
from engine.proof.strictness import Comparison
from tests.analysis.lint.made_up import HEAD, dictionary, read
from tests.reference.generate import Situation, situations
from tests.reference.small_dictionary import SMALL

DUTIES = """\
checks:
  - id: work
    title: The work
    for_each: referrals
    by: team
    force: should
    cite: [1.p1]
    duties:
      - id: tell
        title: Tell the family
        when: {all: [child.disabled, {referral.source: police}]}
        from: referral.received
        within: 5 working days
        until: referral.closed
        done: referral.acknowledged
        excused_by: child.pregnancy_known
      - {id: start, title: Start, done: assessment.started}
"""
WORKERS = "  worker: {title: the worker, counts: [social_worker]}\n"
BEFORE = HEAD + WORKERS + DUTIES


def compared(now: str, before: str = BEFORE) -> Diff:
    return diff(read(before)[0], read(now)[0], dictionary())


def edited(old: str, new: str) -> str:
    assert old in BEFORE
    return BEFORE.replace(old, new)


@pytest.mark.parametrize("name", shipped())
def test_a_protocol_does_not_differ_from_itself(name: str) -> None:
    """Every duty that is judged or not asks the same."""
    one = resolved(name, read_dictionary())
    found = diff(one, one, read_dictionary())
    assert found.empty
    assert found.same == len({duty.id for duty in one.duties})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: The work", "title: Other words"),
        ("  - id: work\n", "  # a remark\n  - id: work\n"),
        ("- id: tell\n", "- id: inform\n"),
        ("child.disabled, {referral.source: police}", "{referral.source: police}, child.disabled"),
        ("the worker", "a worker"),
        ("cite: [1.p1]", "cite: [2.p2]"),
    ],
)  # fmt: skip
def test_text_does_not_count(old: str, new: str) -> None:
    """Titles, remarks, ids, order, and clauses say nothing of what is asked."""
    assert compared(edited(old, new)).empty


def test_the_order_of_duties_does_not_count() -> None:
    """Nor that of keys in one."""
    start = "      - {id: start, title: Start, done: assessment.started}\n"
    now = BEFORE.replace(start, "").replace("    duties:\n", "    duties:\n" + start)
    now = now.replace("        until: referral.closed\n", "")
    now = now.replace("        done: ref", "        until: referral.closed\n        done: ref")
    assert now != BEFORE
    assert compared(now).empty


WAYS = [
    ("within: 5 working days", "within: 6 working days", "first"),
    ("within: 5 working days", "within: 4 days", "second"),
    ("within: 5 working days", "within: 7 days", "both"),
    ("        within: 5 working days\n", "        within: promptly\n", "both"),
    ("from: referral.received", "from: referral.accepted", "both"),
    ("{all: [child.disabled, {referral.source: police}]}", "child.disabled", "second"),
    ("child.disabled", "{child.disabled: no}", "both"),
    ("        until: referral.closed\n", "", "second"),
    ("excused_by: child.pregnancy_known", "excused_by: child.unborn", "both"),
    ("        excused_by: child.pregnancy_known\n", "", "second"),
    ("done: referral.acknowledged", "done: referral.feedback_given", "both"),
    (
        "done: referral.acknowledged",
        "done: {all: [referral.acknowledged, referral.feedback_given]}",
        "second",
    ),
    ("        excused_by", "        only_by: worker\n        excused_by", "second"),
    ("by: team", "by: worker", "neither"),
    ("force: should", "force: will", "neither"),
]


def stricter(gaps: Comparison | None) -> str:
    assert gaps is not None
    assert gaps.decided
    names = {(1, 1): "both", (1, 0): "first", (0, 1): "second", (0, 0): "neither"}
    return names[gaps.only_first is not None, gaps.only_second is not None]


@pytest.mark.parametrize(("old", "new", "which"), WAYS, ids=[new.strip() for _, new, _ in WAYS])
def test_each_way_to_differ_is_found(old: str, new: str, which: str) -> None:
    """And who is stricter; both mirror each other."""
    now = edited(old, new)
    found, mirrored = compared(now), compared(BEFORE, now)
    (pair,) = [pair for pair in found.changed if pair.second.id == "tell"]
    assert stricter(pair.gaps) == which
    (pair,) = [pair for pair in mirrored.changed if pair.second.id == "tell"]
    assert stricter(pair.gaps) == {"first": "second", "second": "first"}.get(which, which)


def test_what_only_one_has_is_named() -> None:
    """A duty less is a duty of the first alone."""
    now = BEFORE[: BEFORE.index("      - {id: start")]
    assert [duty.id for duty in compared(now).only_first] == ["start"]
    assert [duty.id for duty in compared(BEFORE, now).only_second] == ["start"]
    assert compared(now).same == 1


def test_a_duty_that_moves_under_another_id_is_the_same() -> None:
    """By its meaning, also into another block."""
    found = compared(edited("- {id: start,", "- {id: begin,"))
    assert found.empty
    assert found.renamed == {"begin": "start"}


def test_a_duty_under_another_id_with_another_limit_is_one_duty_that_differs() -> None:
    """By what satisfies it, where no other on either side is satisfied by the same."""
    now = edited("- id: tell\n", "- id: inform\n").replace("5 working days", "6 working days")
    (pair,) = compared(now).changed
    assert (pair.first.id, pair.second.id) == ("tell", "inform")
    twin = "      - {id: twin, title: Twin, before: referral.closed, done: referral.acknowledged}\n"
    assert compared(now + twin).changed == ()


def test_what_is_no_longer_judged_is_not_called_the_same() -> None:
    """There are no gaps to compare."""
    now = edited("done: assessment.started}", "not_checkable: No record shows it.}")
    (pair,) = compared(now).changed
    assert pair.gaps is None


def test_other_items_are_not_compared_by_gaps() -> None:
    """A duty for each referral, and one for the child."""
    before = edited("done: assessment.started", "done: early_help.considered")
    now = before.replace("title: Start,", "title: Start, for_each: care_periods,")
    (pair,) = compared(now, before).changed
    assert pair.gaps is None


def test_other_dates_of_the_whole_protocol_are_one_difference() -> None:
    """Its duties are compared apart from them."""
    found = compared(edited("from: 2024-01-01", "from: 2024-06-01"))
    assert not found.empty
    assert found.redated
    assert found.changed == ()


def test_other_dates_of_one_duty_are_a_difference() -> None:
    """Within one protocol they count."""
    later = "title: Start, effective: {from: 2024-06-01},"
    (pair,) = compared(edited("title: Start,", later)).changed
    assert stricter(pair.gaps) == "first"


def test_two_national_editions_mirror_each_other() -> None:
    """The same duties on the other side, and the other way round."""
    one, two = (resolved(name, read_dictionary()) for name in ("wt2018", "wt2023"))
    forth, back = diff(one, two, read_dictionary()), diff(two, one, read_dictionary())
    assert {d.id for d in forth.only_first} == {d.id for d in back.only_second}
    assert {d.id for d in forth.only_second} == {d.id for d in back.only_first}
    assert {(p.first.id, p.second.id) for p in forth.changed} == {
        (p.second.id, p.first.id) for p in back.changed
    }
    assert forth.same == back.same


# Random protocols


def rewritten(whole: Protocol, random: Random) -> Protocol:
    """The same rules under other ids, with the parts of conditions in another order."""

    def other(node: Any) -> Any:
        if isinstance(node, str):
            return node.replace("duty-", "rule-").replace("conclusion-", "named-")
        if isinstance(node, tuple) and not hasattr(node, "_fields"):
            return tuple(map(other, node))
        if isinstance(node, dict):
            return {key: other(value) for key, value in node.items()}
        if not is_dataclass(node) or isinstance(node, type):
            return node
        found = {one.name: other(getattr(node, one.name)) for one in fields(node)}
        if isinstance(node, c.All | c.Any):
            found["parts"] = tuple(random.sample(found["parts"], len(found["parts"])))
        return replace(node, **found)

    changed: Protocol = other(whole)
    return changed


@settings(max_examples=60)
@given(situations(), st.randoms(use_true_random=False))
def test_rewriting_does_not_count(situation: Situation, random: Random) -> None:
    """Whatever the rules, other ids and another order ask the same."""
    found = diff(situation.protocol, rewritten(situation.protocol, random), SMALL)
    assert found.empty
    assert found.same == len({duty.id for duty in situation.protocol.duties})


@settings(max_examples=20)
@given(situations(2), situations(2))
def test_differences_mirror_each_other(one: Situation, two: Situation) -> None:
    """From the other side the same pairs differ, the other way round."""
    forth = diff(one.protocol, two.protocol, SMALL)
    back = diff(two.protocol, one.protocol, SMALL)

    def sides(found: Diff) -> list[tuple[str, str, str]]:
        return sorted(
            (p.first.id, p.second.id, "" if p.gaps is None or not p.gaps.decided
             else stricter(p.gaps)) for p in found.changed
        )  # fmt: skip

    swapped = {"first": "second", "second": "first"}
    assert sides(forth) == sorted((b, a, swapped.get(how, how)) for a, b, how in sides(back))
    assert [d.id for d in forth.only_first] == [d.id for d in back.only_second]


@settings(max_examples=30)
@given(situations(), st.randoms(use_true_random=False))
def test_what_asks_the_same_changes_no_case(situation: Situation, random: Random) -> None:
    """No status of a random case is another one under the same rules by other names."""
    other = rewritten(situation.protocol, random)
    renamed = diff(situation.protocol, other, SMALL).renamed
    one, two = (compile_protocol(each, SMALL) for each in (situation.protocol, other))
    assert impact([situation.case], one, two, renamed, SMALL, situation.today) == []
