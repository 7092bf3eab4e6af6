"""A protocol of three duties and one case, and a way to write scenarios of them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.load.dictionary import read_dictionary
from engine.model.program import Program
from engine.pipeline import load_protocol

PROTOCOL = """\
protocol: anyshire
title: Anyshire protocol
effective: {from: 2024-09-01}
documents:
  protocol: {title: Anyshire Protocol, ledger: anyshire}
roles:
  manager: {title: team manager, counts: [team_manager]}
checks:
  - id: assessment
    title: Assessment
    for_each: referrals
    duties:
      - id: outcome-in-writing
        title: Give the family the outcome in writing
        from: assessment.concluded
        within: 5 working days
        done: assessment.outcome_given_in_writing
        by: manager
        force: will
        cite: [4.p2]
      - id: decided
        title: Decide what comes next
        from: referral.received
        within: 1 working day
        done: decision.made
        only_by: manager
        force: must
        cite: [4.p3]
      - id: covers
        title: The assessment covers
        by: manager
        force: should
        cite: [4.p4]
        items:
          - {id: plan, title: a plan, done: assessment.plan_made}
      - id: spirit
        title: Work in the spirit of partnership
        by: manager
        force: should
        not_checkable: No record shows it.
        cite: [4.p5]
"""

# Concluded on Monday 3 March 2025: five working days end on Monday 10 March.
SCENARIO = """\
- scenario: told on the last day
  protocol: anyshire
  case:
    as_of: 2025-03-14
    complete: [referrals]
    referrals:
      - received: 2025-02-03
        decision: {made: 2025-02-04, made_by: team_manager}
        assessment: {concluded: 2025-03-03, outcome_given_in_writing: 2025-03-10}
"""

Write = Callable[[str], Path]


@pytest.fixture(scope="session")
def protocol(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the protocol."""
    path = tmp_path_factory.mktemp("pack") / "protocols" / "anyshire.yaml"
    path.parent.mkdir()
    path.write_text(PROTOCOL, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def program(protocol: Path) -> Program:
    """The protocol, compiled."""
    return load_protocol(str(protocol), read_dictionary())


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the scenario with more lines behind it, and gives the file."""

    def file(more: str) -> Path:
        path = tmp_path / "some.yaml"
        indented = textwrap.indent(textwrap.dedent(more), "  ")
        path.write_text(SCENARIO + indented, encoding="utf-8")
        return path

    return file
