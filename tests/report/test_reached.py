"""One group of children is shown once, whichever protocols have a pathway for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.model.fact import Dictionary
from engine.model.program import Program
from engine.pipeline import compile_chain
from engine.report.as_json import as_json
from engine.report.outline import Summary
from engine.report.terminal import render

Summaries = Callable[..., list[Summary]]

NATIONAL = """
protocol: nation
title: National guidance
effective: {from: 2025-01-01}
documents: {guidance: {title: Guidance, ledger: nation}}
roles: {worker: {title: the worker}}
pathways:
  - id: disabled-child
    title: Disabled children
    when: child.disabled
    by: worker
    force: must
    duties:
      - {id: asked, title: Ask, done: assessment.child_seen, cite: [n1], for_each: referrals}
  - id: disabled-carer
    title: Disabled children
    for_each: carer_assessment_needs
    when: {all: [child.disabled, carer_assessment_need.may_have_needs]}
    by: worker
    force: must
    duties:
      - {id: cared, title: Care, done: carer_assessment_need.assessed, cite: [n3]}
  - id: long-stay
    title: Long stays in hospital
    for_each: hospital_stays
    when:
      elapsed: {from: hospital_stay.admitted, to: hospital_stay.discharged, at_least: 28 days}
    by: worker
    force: must
    duties:
      - {id: visited, title: Visit, done: hospital_stay.follow_up_arranged, cite: [n4]}
  - id: young-person
    title: Homeless young people
    when: child.homelessness_found
    by: worker
    force: must
    duties:
      - {id: housed, title: House, done: child.housing_referral_made, cite: [n2]}
"""
LOCAL = """
protocol: town
title: The town's protocol
extends: nation
effective: {from: 2025-01-01}
documents: {protocol: {title: Protocol, ledger: town}}
pathways:
  - id: town-disabled
    title: Disabled children
    when: child.disabled
    by: worker
    force: must
    duties:
      - {id: told, title: Tell, done: assessment.child_views_recorded, cite: [t1], for_each: referrals}
  - id: town-homeless
    title: Young people without a home
    when: child.homelessness_found
    by: worker
    force: must
    duties:
      - {id: fed, title: Feed, done: child.before_housing_referral.consent, cite: [t2]}
"""  # noqa: E501 - a duty a line
CASE = "case: one\nas_of: 2025-06-02\nchild: {disabled: yes, homelessness_found: 2025-05-02}"


@pytest.fixture
def town(dictionary: Dictionary) -> Program:
    chain = [(Path("town.yaml"), LOCAL.encode()), (Path("nation.yaml"), NATIONAL.encode())]
    return compile_chain(chain, dictionary)


def test_a_group_of_both_protocols_is_shown_once(summaries: Summaries, town: Program) -> None:
    """Two pathways of one condition or one title are one line, with what both are known by.

    What is not known of a third, of a carer, makes no second line of it.
    """
    summary = summaries(CASE, program=town)[0]
    assert [(tuple(group.recorded), group.title) for group in summary.reached] == [
        (("disabled-child", "town-disabled"), "Disabled children"),
        (("young-person", "town-homeless"), "Homeless young people; young people without a home"),
    ]
    page = render(summary, width=80, colour=False, everything=False)
    assert page.count("• pathway") == 2
    assert page.count("Disabled children") == 1


def test_a_group_not_known_of_is_counted_once(summaries: Summaries, town: Program) -> None:
    """With nothing on record three groups may be reached, though six pathways are."""
    summary = summaries("case: one\nas_of: 2025-06-02", program=town)[0]
    assert len(summary.may_be_reached) == 3
    page = render(summary, width=80, colour=False, everything=False)
    assert "Whether 3 more apply is not known" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_programs_are_told_of_each_pathway(summaries: Summaries, town: Program) -> None:
    """The JSON report names all pathways by their ids, each with what is recorded."""
    reached = as_json(summaries(CASE, program=town))["reports"][0]["reached"]
    assert {one["id"]: bool(one["recorded"]) for one in reached} == {
        "disabled-child": True,
        "disabled-carer": False,
        "long-stay": False,
        "young-person": True,
        "town-disabled": True,
        "town-homeless": True,
    }


def test_an_end_still_open_is_not_said_to_be_recorded(summaries: Summaries, town: Program) -> None:
    """A stay is long because of the admission; that the child was discharged is no record."""
    stays = "[{admitted: 2025-02-03, discharged: no}]"
    summary = summaries(f"{CASE}\nhospital_stays: {stays}", program=town)[0]
    long_stay = next(group for group in summary.reached if "long-stay" in group.recorded)
    assert long_stay.why == ("Admitted",)
