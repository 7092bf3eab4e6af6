"""Thresholds, definitions and groups that a case reaches, each said once.

In: an `Assessment` and its `Program`. Out: `Engaged`s in the order of the protocol. Pathways are
about one group of children if their titles or their conditions are equal, as the national and the
local pathway for young carers: equal conditions are one step of a program.
"""

from __future__ import annotations

from engine.model.fact import Dictionary
from engine.model.finding import Assessment, Reached
from engine.model.program import Named, Program
from engine.report.outline import Engaged
from engine.report.words import fact_in_words, uncapitalised

Of = tuple[Named, Reached]


def groups_reached(
    assessment: Assessment, program: Program, dictionary: Dictionary
) -> tuple[tuple[Engaged, ...], tuple[Engaged, ...]]:
    """Those that the case is known to reach, and those of which it is not known."""
    reached, perhaps = [], []
    for group in _groups(assessment, program):
        if known := [one for one in group if one[1].truth == "yes"]:
            reached.append(_engaged(known, dictionary))
        else:
            perhaps.append(_engaged(group, dictionary))
    return tuple(reached), tuple(perhaps)


def _groups(assessment: Assessment, program: Program) -> list[list[Of]]:
    """Those that are or may be reached, by title, else by the step that decides them."""
    named = {(one.kind, one.id): one for one in program.named}
    groups: list[list[Of]] = []
    known: dict[object, list[Of]] = {}
    for reached in assessment.reached:
        if reached.truth == "no":
            continue
        one = named[reached.kind, reached.id]
        title, step = (one.kind, one.title), (one.kind, one.table, one.truth)
        group = known.get(title) or known.get(step)
        if group is None:
            group = []
            groups.append(group)
        group.append((one, reached))
        known.setdefault(title, group)
        known.setdefault(step, group)
    return groups


def _engaged(group: list[Of], dictionary: Dictionary) -> Engaged:
    first, *others = dict.fromkeys(named.title for named, _ in group)
    return Engaged(
        recorded={named.id: _recorded(reached, dictionary) for named, reached in group},
        kind=group[0][1].kind,
        title="; ".join([first, *map(uncapitalised, others)]),
        items=tuple(dict.fromkeys(item for _, reached in group for item in reached.items)),
        cite=tuple(dict.fromkeys(cite for named, _ in group for cite in named.cite)),
    )


def _recorded(reached: Reached, dictionary: Dictionary) -> tuple[str, ...]:
    return tuple(fact_in_words(fact, dictionary) for fact in reached.why.split(", ") if fact)
