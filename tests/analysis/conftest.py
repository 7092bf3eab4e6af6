"""A small protocol that rests on a national one, each with one document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.load.dictionary import read_dictionary
from engine.model.protocol import Protocol
from engine.pipeline import resolved

NATIONAL = """\
protocol: nation
title: Guidance of the nation
effective: {from: 2024-01-01}
documents:
  guidance: {title: Guidance, ledger: nation}
roles:
  worker: {title: social worker}
checks:
  - id: work
    title: The work
    for_each: referrals
    duties:
      - id: acknowledge
        title: Acknowledge it
        done: referral.acknowledged
        by: worker
        force: will
        cite: [g1]
"""

LOCAL = """\
protocol: shire
title: Protocol of the shire
extends: nation
effective: {from: 2024-09-01}
documents:
  protocol: {title: Shire Protocol, ledger: shire}
restates:
  acknowledge: [1.p1]
checks:
  - id: local-work
    title: The local work
    for_each: referrals
    duties:
      - id: covers
        title: The decision settles
        by: worker
        force: should
        cite: [2.p1]
        items:
          - {id: outcome, title: what comes next, done: assessment.concluded, cite: [2.p1.b1]}
      - id: tell
        title: Tell the family
        done: assessment.outcome_given_in_writing
        by: worker
        force: must
        cite: [3/end.p1]
"""

LEDGER = """\
clause,hash,disposition,rules,note
1.p1,{0},restates,acknowledge,
2.p1,{0},encoded,covers,
2.p1.b1,{0},encoded,covers/outcome,
2.p2,{0},information,,
3/end.p1,{0},encoded,tell,
3/end.p2,{0},judgement,,"It is weighed, not recorded."
""".format("0123456789ab")

WriteLedger = Callable[[str], Path]


@pytest.fixture
def shire_file(tmp_path: Path) -> Path:
    """The folder of a local protocol with its national one; gives the local file."""
    folder = tmp_path / "protocols"
    folder.mkdir()
    (folder / "nation.yaml").write_text(NATIONAL, encoding="utf-8")
    (folder / "shire.yaml").write_text(LOCAL, encoding="utf-8")
    return folder / "shire.yaml"


@pytest.fixture
def shire(shire_file: Path) -> Protocol:
    """The local protocol, resolved."""
    return resolved(str(shire_file), read_dictionary())


@pytest.fixture
def write_ledger(tmp_path: Path) -> WriteLedger:
    """Writes a ledger of the local protocol and gives its path."""

    def write(text: str) -> Path:
        path = tmp_path / "protocols" / "ledgers" / "shire.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write
