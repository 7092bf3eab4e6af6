"""Thresholds, definitions and groups that a case reaches, each said once.

In: an `Assessment` and its `Program`. Out: `Engaged`s in the order of the protocol. Equal
conditions are one step of a program, so that the national and the local pathway for one group of
children are known by the number of their step and shown as one.
"""

from __future__ import annotations

from engine.model.fact import Dictionary
from engine.model.finding import Assessment, Reached, Truth
from engine.model.program import Named, Program
from engine.report.outline import Engaged
from engine.report.words import fact_in_words, uncapitalised


def groups_reached(
    assessment: Assessment, program: Program, dictionary: Dictionary, truth: Truth
) -> tuple[Engaged, ...]:
    """Those of which it is known (`yes`) or not known (`unknown`) that the case is one."""
    named = {(one.kind, one.id): one for one in program.named}
    groups: dict[tuple[str, str, int], list[Named]] = {}
    found: dict[tuple[str, str, int], Reached] = {}
    for reached in assessment.reached:
        if reached.truth == truth:
            one = named[reached.kind, reached.id]
            key = (one.kind, one.table, one.truth)
            groups.setdefault(key, []).append(one)
            found[key] = reached
    return tuple(_engaged(own, found[key], dictionary) for key, own in groups.items())


def _engaged(named: list[Named], reached: Reached, dictionary: Dictionary) -> Engaged:
    first, *others = dict.fromkeys(one.title for one in named)
    return Engaged(
        ids=tuple(one.id for one in named),
        kind=reached.kind,
        title="; ".join([first, *map(uncapitalised, others)]),
        items=reached.items,
        why=tuple(fact_in_words(fact, dictionary) for fact in reached.why.split(", ") if fact),
        cite=tuple(dict.fromkeys(cite for one in named for cite in one.cite)),
    )
