"""OpenFisca: every fact an input variable, every rule two variables with a vectorised formula.

Words are its `Enum`s with a member for *unknown*, days its integers with 0. It knows two truths,
so each rule is asked twice: is it known to be true, is it known to be false? The facts of a case
do not change with the month, hence `ETERNITY`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks import rules
from benchmarks.caseload import ASKED, Answers, Caseload, from_pairs
from benchmarks.rules import Condition, RuleSet, certain

Formula = Callable[[Any, Any], Any]
JUNE = period("2025-06")
SIDES = {"true": True, "false": False}


class OpenFisca:
    """A tax and benefit system with one entity, the case."""

    whole = True

    def __init__(self, rule_set: RuleSet) -> None:
        self.entity = Entity("case", "cases", "A case", "")
        self.system = TaxBenefitSystem([self.entity])
        self.words = {fact.name: _words(fact) for fact in rule_set.facts if fact.words}
        for fact in rule_set.facts:
            self._add(fact.name, **self._input(fact.name))
        self.outputs: list[str] = []
        for name, condition in zip(rule_set.names(), rule_set.rules, strict=True):
            for side, truth in SIDES.items():
                formula = self._formula(certain(condition, truth))
                self._add(f"{name}_{side}", value_type=bool, formula=formula)
                self.outputs.append(f"{name}_{side}")

    def load(self, caseload: Caseload) -> tuple[int, dict[str, Any]]:
        """The columns as arrays of the variables' own types."""
        arrays: dict[str, Any] = dict(caseload.columns)
        for name, words in self.words.items():
            arrays[name] = EnumArray(caseload.columns[name], words)
        return caseload.size, arrays

    def evaluate(self, loaded: tuple[int, dict[str, Any]]) -> list[Any]:
        size, arrays = loaded
        simulation = SimulationBuilder().build_default_simulation(self.system, size)
        for name, array in arrays.items():
            simulation.set_input(name, DateUnit.ETERNITY.value, array)
        return [simulation.calculate(name, JUNE) for name in self.outputs]

    def answers(self, outcome: list[Any]) -> Answers:
        return from_pairs(np.array(outcome[::2]), np.array(outcome[1::2]))

    def _add(self, name: str, **fields: Any) -> None:
        common = {"entity": self.entity, "definition_period": DateUnit.ETERNITY, "label": name}
        self.system.add_variable(type(name, (Variable,), common | fields))

    def _input(self, name: str) -> dict[str, Any]:
        if name not in self.words:
            return {"value_type": int}
        words = self.words[name]
        return {"value_type": Enum, "possible_values": words, "default_value": words.unknown}

    def _formula(self, condition: Condition) -> Formula:
        match condition:
            case rules.Is(fact, words):
                name, wanted = fact.name, [self.words[fact.name][word] for word in words]
                return lambda case, when: _any_of(case(name, when), wanted)
            case rules.OnOrBefore(fact, other) | rules.After(fact, other):
                test = _on_or_before if isinstance(condition, rules.OnOrBefore) else _after
                return _of_days(test, fact.name, other.name if other else None)
            case rules.Concluded(rule) | rules.Refuted(rule):
                side = "true" if isinstance(condition, rules.Concluded) else "false"
                return lambda case, when: case(f"rule{rule}_{side}", when)
            case rules.All(parts) | rules.Any(parts):
                join = and_ if isinstance(condition, rules.All) else or_
                formulas = [self._formula(part) for part in parts]
                return lambda case, when: reduce(join, (each(case, when) for each in formulas))
            case _:
                raise TypeError(condition)


engine = OpenFisca


def _words(fact: rules.Fact) -> Any:
    return Enum(fact.name, [(word, word) for word in ("unknown", *fact.words)])


def _any_of(array: Any, wanted: list[Any]) -> Any:
    return reduce(or_, (array == word for word in wanted))


def _of_days(test: Callable[[Any, Any], Any], name: str, other: str | None) -> Formula:
    if other is None:
        return lambda case, when: test(case(name, when), ASKED)
    return lambda case, when: test(case(name, when), case(other, when))


def _on_or_before(day: Any, limit: Any) -> Any:
    """Day 0 is unknown, and no known day is before it."""
    return (day != 0) & (day <= limit)


def _after(day: Any, limit: Any) -> Any:
    return (day > limit) if limit is ASKED else (limit != 0) & (day > limit)
