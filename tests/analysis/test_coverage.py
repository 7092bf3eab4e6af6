"""What scenarios cover: each side of a rule, expected and found; and clauses by their rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.analysis.coverage import LIMIT, Coverage, RuleCoverage, Said, Seen, coverage
from engine.analysis.ledger import Line
from engine.errors import Place
from engine.load.dictionary import read_dictionary
from engine.model.protocol import Protocol
from engine.model.scenario import Expectation, Scenario
from engine.pipeline import resolved

HERE = Place("here")
NATIONAL = """\
protocol: nation
title: Guidance of the nation
effective: {from: 2024-01-01}
documents: {guidance: {title: Guidance, ledger: nation}}
roles: {manager: {title: manager, counts: [team_manager]}, anybody: {title: anybody}}
checks:
  - id: work
    title: The work
    for_each: referrals
    by: anybody
    force: will
    duties:
      - {id: acknowledge, title: Acknowledge it, done: referral.acknowledged, cite: [g1]}
      - {id: see, title: See the child, from: referral.received, within: 5 days, \
done: assessment.child_seen, cite: [g2]}
"""
LOCAL = """\
protocol: shire
title: Protocol of the shire
extends: nation
effective: {from: 2024-09-01}
documents: {protocol: {title: Shire Protocol, ledger: shire}}
tightens:
  - {rule: acknowledge, force: must, cite: [1.p1]}
  - {rule: see, within: 3 days, cite: [1.p2]}
definitions:
  - {id: unborn, title: Unborn, when: child.unborn, cite: [2.p0]}
checks:
  - id: local-work
    title: The local work
    for_each: referrals
    by: anybody
    force: should
    duties:
      - {id: plain, title: Plain, done: assessment.plan_made, cite: [2.p1]}
      - {id: limited, title: Limited, from: referral.received, within: 5 days, \
done: assessment.concluded, excused_by: assessment.over_limit_reasons_recorded, cite: [2.p2]}
      - {id: prompt, title: Prompt, force: consider, done: assessment.child_seen, cite: [2.p3]}
      - id: decided
        title: Decided
        from: referral.received
        within: 1 working day
        done: decision.made
        only_by: manager
        cite: [2.p4]
      - id: read
        title: Read in two ways
        done: referral.feedback_given
        from: referral.received
        readings: [{says: days, within: 10 days}, {says: working days, within: 10 working days}]
        question: which
        cite: [2.p5]
      - {id: spirit, title: In the spirit, not_checkable: No record shows it., cite: [2.p6]}
questions: [{id: which, cite: [2.p5], asks: Which days?}]
"""
EVERY = frozenset({
    "met", "late", "excused", "outstanding", "overdue", "undetermined", "not_applicable",
})  # fmt: skip


@pytest.fixture(scope="module")
def shire(tmp_path_factory: pytest.TempPathFactory) -> Protocol:
    """A local protocol that adds five rules a record can show, and changes two."""
    folder = tmp_path_factory.mktemp("protocols")
    (folder / "nation.yaml").write_text(NATIONAL, encoding="utf-8")
    path: Path = folder / "shire.yaml"
    path.write_text(LOCAL, encoding="utf-8")
    return resolved(str(path), read_dictionary())


def scenario(**expected: str | dict[str, str]) -> Scenario:
    """A scenario that expects statuses, or other details, of duties."""
    expect = {
        name: Expectation(name, None, {"status": one} if isinstance(one, str) else one, (), HERE)
        for name, one in expected.items()
    }
    return Scenario("one", "shire", (), None, expect, {}, None, HERE, {})


def said(**statuses: set[str]) -> Said:
    return Said({name: Seen(frozenset(own), {}) for name, own in statuses.items()}, frozenset())


def rule(of: Coverage, name: str) -> RuleCoverage:
    return next(one for one in of.rules if one.rule == name)


def test_own_rules_and_changed_ones_are_counted(shire: Protocol) -> None:
    """Not what is inherited as it is, nor what no record can show."""
    rules = {one.rule: one.changed for one in coverage(shire, [], said(), {}).rules}
    changed = {"acknowledge": True, "see": True}
    own = dict.fromkeys(["plain", "limited", "prompt", "decided", "read"], False)
    assert rules == changed | own


@pytest.mark.parametrize(
    ("name", "sides"),
    [
        ("plain", []),
        ("limited", [*LIMIT, "excused"]),
        ("prompt", []),
        ("decided", [*LIMIT, "right person", "wrong person"]),
        (
            "read",
            [
                "in time on the reading days",
                "missed on the reading days",
                "in time on the reading working days",
                "missed on the reading working days",
            ],
        ),
    ],
)
def test_a_rule_has_the_sides_that_can_be_said_of_it(
    shire: Protocol, name: str, sides: list[str]
) -> None:
    """Besides being at work, silent and undecided."""
    of = coverage(shire, [], said(), {})
    assert [*rule(of, name).sides] == ["at work", "silent", "undecided", *sides]


def test_of_a_changed_rule_it_is_what_the_change_is_about(shire: Protocol) -> None:
    """Its other sides are for the scenarios of the protocol that it is from."""
    of = coverage(shire, [], said(), {})
    assert rule(of, "acknowledge").sides == ("at work",)
    assert rule(of, "see").sides == ("at work", *LIMIT)


def test_a_side_counts_where_it_is_expected_and_found(shire: Protocol) -> None:
    """Neither a scenario that is wrong nor a status that nobody expects shows a rule."""
    scenarios = [scenario(plain="met"), scenario(plain="undetermined")]
    of = coverage(shire, scenarios, said(plain={"met", "not_applicable"}), {})
    assert rule(of, "plain").missing == {"silent": True, "undecided": False}


def test_a_gap_without_a_status_shows_no_side(shire: Protocol) -> None:
    """What is to be counted is said in the scenario."""
    of = coverage(shire, [scenario(plain={"gap": "no"})], said(plain={"met"}), {})
    assert rule(of, "plain").missing["at work"]


def test_both_sides_of_a_limit_and_the_excuse(shire: Protocol) -> None:
    """Late, overdue and not evidenced are past it; excused is a side of its own."""
    statuses = ("outstanding", "late", "not_applicable", "undetermined")
    scenarios = [scenario(limited=status) for status in statuses]
    told = Said({"limited": Seen(EVERY, {}, frozenset({"last day", "day after"}))}, frozenset())
    of = coverage(shire, scenarios, told, {})
    assert rule(of, "limited").missing == {"excused": True}
    assert of.shown(*LIMIT) == (1, 4)
    assert of.shown("excused") == (0, 1)


def test_a_limit_is_shown_to_the_day(shire: Protocol) -> None:
    """In time by a week and late by a month say little of a figure."""
    scenarios = [scenario(limited="met"), scenario(limited="late")]
    told = Said({"limited": Seen(EVERY, {}, frozenset({"last day"}))}, frozenset())
    missing = rule(coverage(shire, scenarios, told, {}), "limited").missing
    assert not {"in time", "missed", "last day"} & missing.keys()
    assert missing["day after"] is False


def test_the_right_and_the_wrong_person_are_of_the_role_result(shire: Protocol) -> None:
    """`decided/role` is expected to be met, and to be overdue."""
    expected = [scenario(**{"decided/role": "met"}), scenario(**{"decided/role": "overdue"})]
    of = coverage(shire, expected, said(**{"decided/role": {"met", "overdue"}}), {})
    missing = rule(of, "decided").missing
    assert not {"right person", "wrong person"} & missing.keys()
    assert "in time" in missing


def test_each_reading_is_found_on_both_sides(shire: Protocol) -> None:
    """A duty whose readings disagree is undetermined, so evaluation tells what each one says."""
    readings = {"days": frozenset({"met", "late"}), "working days": frozenset({"met"})}
    told = Said({"read": Seen(EVERY, readings)}, frozenset())
    of = coverage(shire, [scenario(read=status) for status in EVERY], told, {})
    assert rule(of, "read").missing == {"missed on the reading working days": False}


def test_an_encoded_clause_is_shown_by_any_rule_at_work(shire: Protocol) -> None:
    """A rule, a definition that was reached; one of which no case can show anything is apart."""
    told = said(plain={"met"})._replace(reached=frozenset({"unborn"}))
    lines = [
        Line("2.p0", "", "encoded", ("unborn",), "", HERE),
        Line("2.p1", "", "encoded", ("plain", "limited"), "", HERE),
        Line("2.p2", "", "encoded", ("limited",), "", HERE),
        Line("2.p6", "", "encoded", ("spirit",), "", HERE),
        Line("2.p7", "", "restates", ("acknowledge",), "", HERE),
    ]
    of = coverage(shire, [scenario(plain="met")], told, {"shire": lines})
    assert {one.clause: one.shown for one in of.clauses} == {
        "2.p0": True,
        "2.p1": True,
        "2.p2": False,
        "2.p6": None,
    }
    assert not of.whole


def test_it_is_whole_when_nothing_is_missing(shire: Protocol) -> None:
    """Of a protocol of one plain rule: three scenarios."""
    plain = tuple(duty for duty in shire.duties if duty.id == "plain")
    alone = replace(shire, duties=plain, changes=())
    statuses = ("met", "not_applicable", "undetermined")
    scenarios = [scenario(plain=status) for status in statuses]
    of = coverage(alone, scenarios, said(plain={*statuses}), {})
    assert of.whole
    assert of.shown("at work", "silent", "undecided") == (1, 1)
    assert of.shown("excused") == (0, 0)
