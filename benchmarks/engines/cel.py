"""CEL (`common-expression-language`, in Rust): every rule a compiled program, every case a context.

CEL has three truths of its own: a fact that is not there is an error, which `&&` and `||` absorb
where the other side decides, so each rule is asked once. It has no rules that name each other:
what another rule concludes is written out in full, which is faster than to add it to the context
(2.7 against 3.9 thousand cases a second when this was written; all rules in one list, 2.3).
"""

from __future__ import annotations

from typing import Any

import cel
import numpy as np

from benchmarks import rules
from benchmarks.caseload import ASKED, UNKNOWN, Answers, Caseload, Row, rows
from benchmarks.rules import Condition, RuleSet


class Cel:
    """A program a rule; they are compiled once."""

    whole = False

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        written: list[str] = []
        for condition in rule_set.rules:
            written.append(_written(condition, written))
        self.programs = [cel.compile(text) for text in written]

    def load(self, caseload: Caseload) -> list[Row]:
        """A dictionary a case; unknown facts are left out."""
        return list(rows(self.rule_set, caseload))

    def evaluate(self, loaded: list[Row]) -> list[list[Any]]:
        return [self._case(row) for row in loaded]

    def answers(self, outcome: list[list[Any]]) -> Answers:
        return np.array(outcome, dtype=np.int8).T

    def _case(self, row: Row) -> list[Any]:
        context = cel.Context(row)
        answers: list[Any] = []
        for program in self.programs:
            try:
                answers.append(program.execute(context))
            except RuntimeError:  # a fact that would have decided is not there
                answers.append(UNKNOWN)
        return answers


engine = Cel


def _written(condition: Condition, written: list[str]) -> str:
    match condition:
        case rules.Is(fact, words) if fact.kind == "yes_no":
            return fact.name if words == ("yes",) else f"!{fact.name}"
        case rules.Is(fact, (word,)):
            return f'{fact.name} == "{word}"'
        case rules.Is(fact, words):
            quoted = ", ".join(f'"{word}"' for word in words)
            return f"{fact.name} in [{quoted}]"
        case rules.OnOrBefore(fact, other):
            return f"{fact.name} <= {other.name if other else ASKED}"
        case rules.Concluded(rule):
            return written[rule]
        case rules.Not(part):
            return f"!({_written(part, written)})"
        case rules.All(parts) | rules.Any(parts):
            join = " && " if isinstance(condition, rules.All) else " || "
            return f"({join.join(_written(part, written) for part in parts)})"
        case _:
            raise TypeError(condition)
