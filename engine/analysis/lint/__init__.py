"""Lint: what is legal in a protocol but wrong, or asks for a second look.

In: a resolved protocol, its program, and what its ledgers say of each clause. Out: findings, those
first for which the protocol gives no reason under `explained`. Only what the protocol's own file
wrote or changed is looked at; national duties have their own file.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.analysis.lint import reading
from engine.analysis.lint.asked import Linted
from engine.analysis.lint.finding import Finding, finding
from engine.analysis.lint.proving import proved
from engine.model.fact import Dictionary
from engine.model.program import Program
from engine.model.protocol import Protocol

__all__ = ["Finding", "lint"]


def lint(
    protocol: Protocol,
    program: Program,
    dictionary: Dictionary,
    dispositions: Mapping[tuple[str, str], str],
) -> list[Finding]:
    """All findings; `dispositions` by document and clause, from the ledgers."""
    on = Linted(protocol, program, dictionary)
    found = [
        *reading.unused_names(protocol),
        *reading.must_without_law(protocol),
        *reading.cites_information(protocol, dispositions),
        *reading.turned_by_time(protocol, dictionary),
        *reading.read_twice(protocol),
        *reading.near_facts(protocol, dictionary),
        *proved(on),
    ]
    shown = [one if one.case else one._replace(case=on.at_work(one.rules)) for one in found]
    return sorted(_explained(protocol, shown), key=lambda one: (one.because, one.problem.place))


def _explained(protocol: Protocol, found: list[Finding]) -> list[Finding]:
    """With the reasons that the protocol gives; a reason for nothing is a finding itself."""
    out = []
    used: dict[int, set[str]] = {number: set() for number in range(len(protocol.explained))}
    for one in found:
        for number, entry in enumerate(protocol.explained):
            if entry.finding == one.problem.code and set(entry.rules) >= set(one.rules):
                used[number] |= set(one.rules)
                out.append(one._replace(because=entry.because))
                break
        else:
            out.append(one)
    for number, entry in enumerate(protocol.explained):
        for rule in entry.rules:
            if rule not in used[number]:
                message = f"There is no finding {entry.finding} of `{rule}` to explain."
                out.append(finding("W108", message, entry.place, "Delete it.", (rule,), None))
    return out
