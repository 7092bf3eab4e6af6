"""Whether scenarios notice changes to their protocol.

In: a protocol and its scenarios. Out: for every mutant whether a scenario fails because of it, the
solver shows that it means nothing, or it survives, with a case that would notice it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.analysis.mutations import Difference, Mutant, Mutations, Tried
from engine.compile import compile_protocol
from engine.errors import InvalidInput
from engine.model.fact import Dictionary
from engine.model.program import Program
from engine.model.protocol import Protocol
from engine.model.scenario import Scenario
from engine.proof.question import NoCase
from engine.scenarios.runner import Caseload, by_result

Progress = Callable[[int, int], None]  # how many mutants of how many have been tried


def try_mutants(
    protocol: Protocol,
    scenarios: Sequence[Scenario],
    dictionary: Dictionary,
    progress: Progress = lambda _done, _all: None,
) -> list[Tried]:
    """Every mutant with what became of it."""
    mutations = Mutations(protocol, dictionary)
    held = _Held(scenarios, dictionary)
    mutants = [*mutations.mutants()]
    tried = []
    for number, mutant in enumerate(mutants, 1):
        tried.append(_try(mutant, mutations, held, dictionary))
        progress(number, len(mutants))
    return tried


def _try(mutant: Mutant, mutations: Mutations, held: _Held, dictionary: Dictionary) -> Tried:
    try:
        changed = compile_protocol(mutant.protocol, dictionary)
    except InvalidInput:
        return Tried(mutant, "invalid")  # `protocol validate` refuses it
    if held.notice(mutant, changed):
        return Tried(mutant, "noticed")
    if mutant.kind == "strength":  # a word in every report, and of no status
        return Tried(mutant, "survived")
    found = mutations.different(mutant, changed)
    if found is NoCase.NONE:
        return Tried(mutant, "equal")
    if isinstance(found, Difference):
        return Tried(mutant, "survived", found)
    return Tried(mutant, "not decided")


class _Held:
    """Scenarios by the results they name, their cases read into tables once for each rule."""

    def __init__(self, scenarios: Sequence[Scenario], dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._by_result = by_result(scenarios)
        self._whole = [scenario for scenario in scenarios if scenario.gaps is not None]
        self._caseloads: dict[frozenset[str], Caseload] = {}

    def notice(self, mutant: Mutant, program: Program) -> bool:
        """Whether a scenario fails because of it; a duty left out fails all that name it."""
        names = {name for id_ in mutant.touched for name in (id_, f"{id_}/role")}
        if mutant.touched not in self._caseloads:
            own = [one for name in sorted(names) for one in self._by_result.get(name, [])]
            every = [*dict.fromkeys([*own, *self._whole])]
            self._caseloads[mutant.touched] = Caseload(every, self._dictionary)
        return any(
            True
            for answers in self._caseloads[mutant.touched].against(program)
            for scenario in answers.scenarios
            for _ in answers.shortfalls(scenario, names)
        )
