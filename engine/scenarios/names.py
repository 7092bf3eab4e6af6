"""Whether the duties that a scenario names are duties of its protocol.

In: a scenario and a program. Out: a problem for each name that means nothing there (T107).
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Place, Problem, nearest
from engine.model.program import Program
from engine.model.scenario import Scenario


def unknown_names(scenario: Scenario, program: Program) -> Iterator[Problem]:
    """Every duty of the scenario that the protocol does not judge, with the nearest ones."""
    known = [duty.id for duty in program.duties]
    known += [f"{duty.id}/role" for duty in program.duties if duty.role is not None]
    judged = set(known)
    for id_, place in _named(scenario):
        if id_ not in judged:
            message = f"The protocol `{program.protocol}` judges no duty `{id_}`."
            yield Problem("T107", message, place, _cure(id_, known, program))


def _named(scenario: Scenario) -> Iterator[tuple[str, Place]]:
    for one in scenario.expectations():
        yield one.duty, one.place
    for id_ in scenario.gaps or ():
        yield id_, scenario.places["gaps"]


def _cure(id_: str, known: list[str], program: Program) -> str:
    """What the name means if it is not that of a result; else the nearest names."""
    if lines := [duty.id for duty in program.duties if duty.id.startswith(f"{id_}/")]:
        more = f" and {len(lines) - 3} more" if len(lines) > 3 else ""
        return f"It is a checklist; name its lines: `{'`, `'.join(lines[:3])}`{more}."
    if (card := program.cards.get(id_)) and card.not_checkable:
        return "The protocol shows it, but no record can, so that nothing is said of it."
    if id_.removesuffix("/role") in known:
        return "It matters to nobody who does it: it has no `only_by`, so it has no role result."
    return nearest(id_, known) or "Name a duty, a line `duty/line`, or a role result `duty/role`."
