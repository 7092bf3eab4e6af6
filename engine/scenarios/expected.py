"""Comparing a finding with what is expected of it, detail by detail.

In: a finding and its duty's card, or None where there is no such duty, and what is expected.
Out: the details that it does not have.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from engine.model.finding import Finding
from engine.model.program import Card


def not_found(
    finding: Finding | None, card: Card | None, details: dict[str, Any]
) -> dict[str, Any]:
    """Those of `details` that the finding or its duty's card lacks; all if there is none."""
    return {
        name: value
        for name, value in details.items()
        if finding is None
        or card is None
        or not (card.force == value if name == "force" else _HAS[name](finding, value))
    }


def _has_status(finding: Finding, status: str) -> bool:
    return finding.status == status


def _has_gap(finding: Finding, gap: str) -> bool:
    return finding.gap == gap


def _is_due(finding: Finding, day: datetime.date) -> bool:
    return day in finding.due_days


def _says(finding: Finding, reason: str) -> bool:
    return any(reason in one.verdict.why for one in finding.instances)


def _needs(finding: Finding, facts: list[str]) -> bool:
    return set(facts) <= {need for one in finding.instances for need in one.verdict.needs}


def _has_items(finding: Finding, statuses: dict[str, str]) -> bool:
    found = {one.item: one.verdict.status for one in finding.instances}
    return all(found.get(item) == status for item, status in statuses.items())


_HAS: dict[str, Callable[[Finding, Any], bool]] = {
    "status": _has_status,
    "gap": _has_gap,
    "due": _is_due,
    "reason": _says,
    "needs": _needs,
    "items": _has_items,
}
