"""durable-rules (RETE, in C): every rule twice, as *known to be true* and *known to be false*.

One wide fact a case, deleted afterwards; conclusions go as further attributes into the wide fact
of the next stratum. A ruleset holds at most 27 rules, twice, and a sentinel, so that an action
always runs: what version 2.0.28 needs to answer rightly (`docs/benchmarks.md`). Its public host
starts background threads, so each ruleset is used directly with a stub for a host.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import numpy as np
from durable import engine as durable_engine

from benchmarks import rules
from benchmarks.caseload import ASKED, FALSE, TRUE, UNKNOWN, Answers, Caseload, Row, rows
from benchmarks.rules import Condition, RuleSet, certain

MOST_RULES = 27
SESSION = "case"
SIDES = {True: "true", False: "false"}


class Durable:
    """Rulesets in the order of their strata."""

    whole = False

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        numbers = range(len(rule_set.rules))
        strata = [list(group) for _, group in groupby(numbers, key=rule_set.levels.__getitem__)]
        self.parts = [
            _Part(rule_set, stratum[start : start + MOST_RULES])
            for stratum in strata
            for start in range(0, len(stratum), MOST_RULES)
        ]

    def load(self, caseload: Caseload) -> list[Row]:
        """A dictionary a case; unknown facts are left out."""
        return list(rows(self.rule_set, caseload))

    def evaluate(self, loaded: list[Row]) -> list[list[int]]:
        return [self._case(row) for row in loaded]

    def answers(self, outcome: list[list[int]]) -> Answers:
        return np.array(outcome, dtype=np.int8).T

    def _case(self, row: Row) -> list[int]:
        known = dict(row)
        answers = [UNKNOWN] * len(self.rule_set.rules)
        for part in self.parts:
            for rule, truth in part.fired(known):
                answers[rule] = TRUE if truth else FALSE
                known[_attribute(rule, truth)] = True
        return answers


engine = Durable


class _Host:
    """Stands where a ruleset expects its host; nothing is asked of it."""


class _Part:
    """One ruleset, for some rules of one stratum."""

    def __init__(self, rule_set: RuleSet, numbers: list[int]) -> None:
        self._fired: list[tuple[int, bool]] = []
        definition: dict[str, Any] = {
            "sentinel": {"all": [{"m": {"sentinel": 1}}], "run": lambda _: None}
        }
        for number in numbers:
            for truth in SIDES:
                pattern = _pattern(certain(rule_set.rules[number], truth))
                run = self._action(number, truth)
                definition[_attribute(number, truth)] = {"all": [{"m": pattern}], "run": run}
        self._ruleset = durable_engine.Ruleset(f"from{numbers[0]}", _Host(), definition)
        read = {name for number in numbers for name in _read(rule_set.rules[number])}
        self._read = sorted(read)

    def fired(self, known: Row) -> list[tuple[int, bool]]:
        """The rules known to be true or false of a case."""
        self._fired.clear()
        fact: dict[str, Any] = {name: known[name] for name in self._read if name in known}
        fact |= {"id": "fact", "sid": SESSION, "sentinel": 1}
        self._ruleset.do_actions(self._ruleset.assert_fact(fact), _raise)
        self._ruleset.delete_state(SESSION)
        return self._fired

    def _action(self, number: int, truth: bool) -> Callable[[Any], None]:
        def act(_: Any) -> None:
            self._fired.append((number, truth))

        return act


def _raise(error: Any, _: Any) -> None:
    if error:
        raise RuntimeError(error)


def _attribute(rule: int, truth: bool) -> str:
    return f"rule{rule}_{SIDES[truth]}"


def _read(condition: Condition) -> Iterator[str]:
    """The attributes that a rule reads."""
    for atom in rules.atoms(condition):
        match atom:
            case rules.Concluded(rule):
                yield from (_attribute(rule, truth) for truth in SIDES)
            case rules.OnOrBefore(fact, other):
                yield from (one.name for one in (fact, other) if one)
            case rules.Is(fact, _):
                yield fact.name


def _pattern(condition: Condition) -> dict[str, Any]:
    """The pattern in the engine's own format."""
    match condition:
        case rules.Is(fact, (word,)):
            return {fact.name: word == "yes" if fact.kind == "yes_no" else word}
        case rules.Is(fact, words):
            return {"$or": [{fact.name: word} for word in words]}
        case rules.OnOrBefore(fact, other) | rules.After(fact, other):
            sign = "$lte" if isinstance(condition, rules.OnOrBefore) else "$gt"
            if other is None:
                return {sign: {fact.name: ASKED}}
            compared = {sign: {fact.name: {"$m": other.name}}}
            return {"$and": [{"$ex": {other.name: 1}}, compared]}  # without it, absent is less
        case rules.Concluded(rule):
            return {_attribute(rule, True): True}
        case rules.Refuted(rule):
            return {_attribute(rule, False): True}
        case rules.All(parts) | rules.Any(parts):
            join = "$and" if isinstance(condition, rules.All) else "$or"
            return {join: [_pattern(part) for part in parts]}
        case _:
            raise TypeError(condition)
