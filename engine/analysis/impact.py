"""What a change of protocol does to cases: which duties change their status, and why.

In: cases, and two compiled protocols. Out: for each case the duties that come out otherwise.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.evaluate import evaluate
from engine.model.case import Case
from engine.model.fact import Dictionary
from engine.model.finding import Finding
from engine.model.program import Program


class Change(NamedTuple):
    """A duty that comes out otherwise in a case; a status is "" where there is no such duty."""

    case: str
    duty: str
    before: str
    after: str
    why_before: str
    why_after: str


def impact(
    cases: Sequence[Case],
    first: Program,
    second: Program,
    same: Mapping[str, str],
    dictionary: Dictionary,
    today: datetime.date,
) -> list[Change]:
    """Every change of status; `same`: ids of the first by those of the second, where they differ.

    What one protocol does not have counts as a change where the other asks for it.
    """
    found = []
    before, after = (evaluate(p, cases, dictionary, None, today) for p in (first, second))
    for one, two in zip(before, after, strict=True):
        old = {f.id: f for f in one.findings}
        new = {_renamed(f, same): f for f in two.findings}
        for id_ in dict.fromkeys([*old, *new]):
            statuses = _status(old.get(id_)), _status(new.get(id_))
            if statuses[0] != statuses[1] and set(statuses) != {"", "not_applicable"}:
                whys = _why(old.get(id_)), _why(new.get(id_))
                found.append(Change(one.case, id_, *statuses, *whys))
    return found


def _renamed(finding: Finding, same: Mapping[str, str]) -> str:
    id_ = same.get(finding.duty, finding.duty)
    return f"{id_}/role" if finding.role else id_


def _status(finding: Finding | None) -> str:
    return finding.status if finding else ""


def _why(finding: Finding | None) -> str:
    if finding is None:
        return "There is no such duty."
    those = [one for one in finding.instances if one.verdict.status == finding.status]
    return " ".join(dict.fromkeys(one.verdict.why for one in those))
