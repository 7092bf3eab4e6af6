"""Verdicts of `conform` on small protocols: what decides, who, chains of three, late editions."""

from __future__ import annotations

from functools import cache

import pytest

from engine.analysis.conform import Compared, Conformance, conform
from engine.errors import Place
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.fact import Dictionary
from engine.model.protocol import Protocol
from engine.resolve import resolve_chain
from engine.validate import validate

HEAD = """\
protocol: {name}
title: {name}
effective: {{from: {start}}}
documents: {{one: {{title: {name}, ledger: {name}}}}}
"""
NATIONAL = """\
roles:
  managers: {title: managers, counts: [practice_manager, team_manager]}
  team_manager: {title: team manager, counts: [team_manager]}
  workers: {title: workers, counts: [social_worker, team_manager]}
  anybody: {title: anybody}
thresholds:
  - {id: in-need, title: In need, when: judgement.child_in_need, cite: [1]}
checks:
  - id: work
    title: Work
    for_each: referrals
    force: should
    by: anybody
    duties:
      - id: decided
        title: Decide
        from: referral.received
        within: 5 working days
        done: decision.made
        by: managers
        cite: [2]
      - id: reasons
        title: Record why it took longer
        when: {missed: decided}
        within: promptly
        done: assessment.over_limit_reasons_recorded
        cite: [3]
      - id: told
        title: Tell the family
        from: referral.received
        within: 5 days
        done: decision.family_told
        only_by: managers
        cite: [4]
      - id: seen
        title: See the child
        when: {threshold: in-need}
        done: assessment.child_seen
        cite: [5]
      - {id: kept, title: Keep in mind, not_checkable: It cannot be seen., cite: [6]}
      - id: settles
        title: It settles
        cite: [7]
        items:
          - {id: need, title: need, done: decision.answered.section_17}
          - {id: harm, title: harm, done: decision.answered.section_47}
"""


@cache
def dictionary() -> Dictionary:
    return read_dictionary()


def read(name: str, body: str, *, extends: str = "", start: str = "2025-01-01") -> Protocol:
    text = HEAD.format(name=name, start=start) + body
    text += f"extends: {extends}\n" if extends else ""
    return validate(parse_document(text.encode(), f"{name}.yaml"), dictionary())


def resolved(*chain: Protocol) -> Protocol:
    return resolve_chain(chain, lambda *_: Place("made-up.yaml"))


@cache
def national() -> Protocol:
    return read("national", NATIONAL, start="2024-01-01")


def held(local: str, *, start: str = "2025-01-01") -> dict[str, Compared]:
    """The verdicts on a local protocol, by national duty."""
    ours = resolved(read("local", local, extends="national", start=start), national())
    return by_id(conform(ours, resolved(national()), dictionary()))


def by_id(found: Conformance) -> dict[str, Compared]:
    assert len({one.national.id for one in found.duties}) == len(found.duties)
    return {one.national.id: one for one in found.duties}


def departs(entry: str) -> str:
    return f"departs: [{{{entry}, reason: Made up., cite: [1]}}]\n"


def test_silence_inherits_and_repetition_is_equal() -> None:
    """A checklist repeated as a whole is equal line by line."""
    found = held("restates: {decided: [1], settles: [2]}\n")
    assert {id_: one.verdict for id_, one in found.items()} == {
        "decided": "equal",
        "reasons": "inherited",
        "told": "inherited",
        "seen": "inherited",
        "kept": "inherited",
        "settles/need": "equal",
        "settles/harm": "equal",
    }


def test_what_rests_on_a_changed_duty_is_compared_too() -> None:
    """Who misses later records the reasons later: the rule is inherited, its meaning is weaker."""
    found = held(departs("rule: decided, within: 6 working days"))
    assert found["decided"].verdict == "weaker"
    assert found["reasons"].verdict == "weaker"
    assert found["told"].verdict == "inherited"


def test_a_line_of_a_checklist_is_compared_by_itself() -> None:
    """A local checklist that satisfies one line by less, and adds another."""
    found = held("""departs:
  - rule: settles
    items:
      - {id: need, title: need, done: {any: [decision.answered.section_17, decision.made]}}
      - {id: more, title: more, done: decision.family_told}
    reason: Made up.
    cite: [1]
""")
    assert found["settles/need"].verdict == "weaker"
    assert found["settles/harm"].verdict == "equal"
    assert "settles/more" not in found


def test_a_dropped_checklist_is_not_covered_line_by_line() -> None:
    """Each line with a case in which it is asked nationally."""
    found = held(departs("rule: settles, dropped: yes"))
    for id_ in ("settles/need", "settles/harm"):
        assert found[id_].verdict == "not covered"
        assert found[id_].weaker is not None


@pytest.mark.parametrize(
    ("role", "verdict"),
    [("team_manager", "stricter"), ("workers", "weaker"), ("anybody", "equal")],
)
def test_who_is_responsible_counts_where_both_say_who_counts(role: str, verdict: str) -> None:
    """Fewer roles are stricter, other roles weaker, a role without recorded roles is neither."""
    found = held(departs(f"rule: decided, by: {role}"))
    assert found["decided"].verdict == verdict
    assert found["decided"].differs[0] == "by"


def test_more_roles_are_weaker() -> None:
    """A role of the local file that counts everybody the national one does, and others."""
    roles = (
        "roles: {more: {title: more, counts: [practice_manager, team_manager, social_worker]}}\n"
    )
    found = held(roles + departs("rule: decided, by: more"))
    assert found["decided"].verdict == "weaker"


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ("only_by: team_manager", "stricter"),
        ("only_by: workers", "incomparable"),
        ("by: team_manager", "weaker"),
        ("by: workers", "weaker"),
    ],
)
def test_who_may_do_it_is_shown_by_the_gaps(change: str, verdict: str) -> None:
    """`only_by` is checked, so a record decides; `by` alone is no check."""
    found = held(departs(f"rule: told, {change}"))
    assert found["told"].verdict == verdict


def test_a_gap_and_the_word_are_taken_together() -> None:
    """A stronger word does not make up for a later limit, nor an earlier limit for other roles."""
    for change in ("within: 6 working days, force: must", "within: 4 working days, by: workers"):
        found = held(departs(f"rule: decided, {change}"))
        assert found["decided"].verdict == "incomparable"


def test_what_cannot_be_checked_here_is_weaker() -> None:
    """Left to judgement: no gap is found any more."""
    found = held(departs("rule: decided, not_checkable: Left to the team."))
    assert found["decided"].verdict == "weaker"
    assert "not_checkable" in found["decided"].differs


def test_what_can_be_checked_only_here_is_stricter() -> None:
    """Nationally no record can show it; here one can."""
    found = held(
        "tightens: [{rule: kept, for_each: referrals, done: assessment.child_seen, cite: [1]}]\n"
    )
    assert found["kept"].verdict == "stricter"


def test_a_duty_without_a_limit_is_compared_by_what_it_asks() -> None:
    """A narrower condition asks less, though only a refusal is a gap."""
    found = held(departs("rule: seen, when: {all: [{threshold: in-need}, child.disabled]}"))
    assert found["seen"].verdict == "weaker"


@pytest.mark.parametrize("start", ["2025-01-01", "2027-12-01", "2031-01-01"])
def test_a_file_that_takes_effect_late_is_compared_all_the_same(start: str) -> None:
    """Even where no day of the proof lies in its dates."""
    found = held(departs("rule: decided, within: 6 working days"), start=start)
    assert found["decided"].verdict == "weaker"


def chain(middle: str, local: str) -> list[Protocol]:
    """A local protocol that extends a regional one that extends the national."""
    return [
        read("local", local, extends="regional", start="2025-06-01"),
        read("regional", middle, extends="national"),
        national(),
    ]


def test_a_protocol_in_between_is_held_to_account() -> None:
    """What the regional file weakens, the local one that extends it has weakened."""
    three = chain(
        "departs:\n"
        "  - {rule: told, by: workers, reason: Made up., cite: [1]}\n"
        "  - {rule: settles/need, dropped: yes, reason: Made up., cite: [1]}\n"
        "tightens: [{rule: decided, force: will, cite: [1]}]\n",
        "",
    )
    found = by_id(conform(resolved(*three), resolved(national()), dictionary()))
    assert found["told"].verdict == "weaker"
    assert found["settles/need"].verdict == "not covered"
    assert found["settles/harm"].verdict == "inherited"
    assert found["decided"].verdict == "stricter"


def test_the_last_of_a_chain_has_the_last_word() -> None:
    """What the regional file weakens the local one may mend, from its own dates on."""
    three = chain(
        departs("rule: decided, within: 6 working days"),
        "tightens: [{rule: decided, within: 4 working days, cite: [1]}]\n",
    )
    found = by_id(conform(resolved(*three), resolved(*three[1:]), dictionary()))
    assert found["decided"].verdict == "stricter"
    found = by_id(conform(resolved(*three), resolved(national()), dictionary()))
    assert found["decided"].verdict == "incomparable"  # weaker until the local file took effect


OTHER = """\
roles: {anybody: {title: anybody}}
checks:
  - id: work
    title: Work
    for_each: referrals
    force: should
    by: anybody
    duties:
      - id: choice
        title: Choose
        from: referral.received
        within: 4 working days
        done: decision.made
        cite: [1]
      - id: word
        title: Tell
        from: referral.received
        within: 6 days
        done: decision.family_told
        cite: [2]
      - {id: kept, title: Keep in mind, not_checkable: It cannot be seen., cite: [3]}
"""


def test_guidance_that_is_not_extended_is_matched_by_evidence() -> None:
    """Other ids, the same evidence; dates of both set aside, what has no match is not covered."""
    other = resolved(read("other", OTHER, start="2010-01-01"))
    found = conform(other, resolved(national()), dictionary())
    verdicts = {id_: one.verdict for id_, one in by_id(found).items()}
    assert not found.extends
    assert verdicts == {
        "decided": "stricter",
        "reasons": "not covered",
        "told": "weaker",
        "seen": "not covered",
        "kept": "equal",
        "settles/need": "not covered",
        "settles/harm": "not covered",
    }
    assert [duty.id for duty in by_id(found)["decided"].local] == ["choice"]


def test_requirements_are_met_by_clauses_or_missing() -> None:
    """None of the requirements is forgotten."""
    body = NATIONAL + "requirements: [{id: a, title: A, cite: [8]}, {id: b, title: B, cite: [9]}]\n"
    above = read("national", body, start="2024-01-01")
    ours = resolved(read("local", "meets: {b: [3, 4]}\n", extends="national"), above)
    met = conform(ours, resolved(above), dictionary()).requirements
    assert [(one.requirement.id, len(one.clauses)) for one in met] == [("a", 0), ("b", 2)]
