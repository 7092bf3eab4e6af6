"""Lint: what is legal in a protocol but wrong, or asks for a second look.

In: a resolved protocol, its program, and what its ledgers say of each clause. Out: findings, those
first for which the protocol gives no reason under `explained`. Only what the protocol's own file
wrote or changed is looked at; national duties have their own file.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.analysis.lint import reading
from engine.analysis.lint.finding import Finding, finding
from engine.analysis.lint.proving import Prover
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
    prover = Prover(protocol, program, dictionary)
    found = [
        *reading.unused_names(protocol),
        *reading.must_without_law(protocol),
        *reading.cites_information(protocol, dispositions),
        *reading.turned_by_time(protocol, dictionary),
        *reading.read_twice(protocol),
        *reading.near_facts(protocol, dictionary),
        *prover.findings(),
    ]
    shown = [one if one.case else one._replace(case=prover.at_work(one.rules)) for one in found]
    return sorted(_explained(protocol, shown), key=lambda one: (one.because, one.problem.place))


def _explained(protocol: Protocol, found: list[Finding]) -> list[Finding]:
    """With the reasons that the protocol gives; a reason for nothing is a finding itself."""
    out, used = [], set()
    for one in found:
        reason = next(
            (
                entry
                for entry in protocol.explained
                if entry.finding == one.problem.code and set(entry.rules) >= set(one.rules)
            ),
            None,
        )
        used.add(reason)
        out.append(one if reason is None else one._replace(because=reason.because))
    for entry in protocol.explained:
        if entry not in used:
            message = f"This explains a finding {entry.finding} that there is not."
            out.append(finding("W108", message, entry.place, "Delete it.", entry.rules, None))
    return out
