"""The conditions of a program as rules of durable-rules: each known true, and each known false.

In: the steps of one stratum. Out: `Conditions`, one a table. There is no negation: that a condition
is false follows from facts like that it is true, and is concluded by rules of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.evaluate.durable_ruleset import Check, Rule, Rules, Value, packed
from engine.model.program import Step

_NO_WORD = "-"  # no word of the dictionary; an empty text would equal any


@dataclass
class Conditions:
    """The conditions of one table in one stratum: what they read, and their rules."""

    table: str
    numbers: list[int] = field(default_factory=list)
    parts: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    rules: list[Rule] = field(default_factory=list)
    _rulesets: list[Rules] = field(default_factory=list)

    def conclude(self, values: Mapping[str, Value]) -> frozenset[tuple[int, bool]]:
        """What follows in one row: (number of a step, known true or known false)."""
        if not self._rulesets:
            self._rulesets = [
                Rules(f"{self.table}{self.numbers[0]}n{n}", own)
                for n, own in enumerate(packed(self.rules))
            ]
        return frozenset().union(*(one.conclude(values) for one in self._rulesets))

    def word(self, fact: str, word: str | None) -> dict[str, Value]:
        """The attribute of a circumstance."""
        return {_attribute(fact): _NO_WORD if word is None else word}


def conditions(steps: Sequence[Step], numbers: Iterable[int]) -> list[Conditions]:
    """The conditions among the steps of a stratum, by the table whose rows they are asked of."""
    found: dict[str, Conditions] = {}
    for number in numbers:
        step = steps[number]
        if step.op not in _RULES:
            continue
        table = step.args[0] if step.op == "some" else step.table
        own = found.setdefault(table, Conditions(table))
        own.numbers.append(number)
        own.rules.extend(_RULES[step.op](number, step.args))
        if step.op == "among":
            own.words.add(step.args[0])
        else:
            own.parts.update(step.args[1:] if step.op == "some" else step.args)
    return list(found.values())


def _attribute(fact: str) -> str:
    return f"w_{fact.replace('.', '_')}"


def _true(number: int) -> Check:
    return Check(f"t{number}")


def _false(number: int) -> Check:
    return Check(f"f{number}")


def _among(number: int, args: tuple[Any, ...]) -> list[Rule]:
    word, values = _attribute(args[0]), args[1]
    other = tuple(Check(word, value, "is not") for value in (_NO_WORD, *values))
    return [
        *(Rule((number, True), (Check(word, value),)) for value in values),
        Rule((number, False), other),
    ]


def _and(number: int, args: tuple[int, ...]) -> list[Rule]:
    return [
        Rule((number, True), tuple(map(_true, args))),
        *(Rule((number, False), (_false(part),)) for part in args),
    ]


def _or(number: int, args: tuple[int, ...]) -> list[Rule]:
    return [
        *(Rule((number, True), (_true(part),)) for part in args),
        Rule((number, False), tuple(map(_false, args))),
    ]


def _not(number: int, args: tuple[int, ...]) -> list[Rule]:
    (part,) = args
    return [Rule((number, True), (_false(part),)), Rule((number, False), (_true(part),))]


def _some(number: int, args: tuple[Any, ...]) -> list[Rule]:
    """Of one item: it exists and meets the condition."""
    _, part = args
    return [
        Rule((number, True), (Check("exists_t"), _true(part))),
        Rule((number, False), (Check("exists_f"),)),
        Rule((number, False), (_false(part),)),
    ]


_RULES: dict[str, Callable[[int, tuple[Any, ...]], list[Rule]]] = {
    "among": _among,
    "and": _and,
    "or": _or,
    "not": _not,
    "some": _some,
}
CONDITIONS = frozenset(_RULES)
