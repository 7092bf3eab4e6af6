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

_SILENT = {"not_applicable", "undetermined"}  # of a duty that the other protocol does not have


class Change(NamedTuple):
    """A duty that comes out otherwise in a case; a status is "" where there is no such duty."""

    case: str
    duty: str
    title: str
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

    A duty that one protocol does not have is a change where the other asks for it, or may.
    """
    found = []
    before, after = (evaluate(p, cases, dictionary, None, today) for p in (first, second))
    titles = _titles(first) | {same.get(id_, id_): name for id_, name in _titles(second).items()}
    for one, two in zip(before, after, strict=True):
        old = {f.id: f for f in one.findings}
        new = {_renamed(f, same): f for f in two.findings}
        for id_ in dict.fromkeys([*old, *new]):
            statuses = _status(old.get(id_)), _status(new.get(id_))
            if statuses[0] != statuses[1] and not ("" in statuses and _SILENT & {*statuses}):
                title = titles[id_.removesuffix("/role")]
                whys = _why(id_, old.get(id_)), _why(id_, new.get(id_))
                found.append(Change(one.case, id_, title, *statuses, *whys))
    return found


def _titles(program: Program) -> dict[str, str]:
    """By id, the title of each duty; of a line of a list with what introduces it."""
    return {
        id_: f"{card.checklist_title}: {card.title}" if card.checklist_title else card.title
        for id_, card in program.cards.items()
    }


def _renamed(finding: Finding, same: Mapping[str, str]) -> str:
    id_ = same.get(finding.duty, finding.duty)
    return f"{id_}/role" if finding.role else id_


def _status(finding: Finding | None) -> str:
    return finding.status if finding else ""


def _why(id_: str, finding: Finding | None) -> str:
    if finding is None:
        return "It is not judged who did it." if id_.endswith("/role") else "There is no such duty."
    those = [one for one in finding.instances if one.verdict.status == finding.status]
    return " ".join(dict.fromkeys(one.verdict.why for one in those))
