"""Flat rules in durable-rules, kept to what version 2.0.28 is known to answer rightly.

In: rules, each a conclusion and a conjunction of tests of one fact. Out: what it concludes of a
fact. One wide fact at a time with constant ids, deleted afterwards; a sentinel rule, so that an
action always runs; a constant test before those that may hold of anything; few rules and few
attributes a ruleset; names whose hashes differ; whole numbers, words and booleans only.
(`docs/benchmarks.md` says which of these were found the hard way.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple

from durable.engine import Ruleset

Value = bool | int | str
Conclusion = Any  # whatever names it; hashable

MOST_RULES = 54  # and the sentinel
MOST_ATTRIBUTES = 248  # and `id`, `sid`, `z`
_ID, _SESSION, _SENTINEL = "fact", "case", "z"
_RESERVED = ("id", "sid", _SENTINEL)


class Check(NamedTuple):
    """A test of one attribute: it is (or is not) a value, or at most (or more than) a number."""

    attribute: str
    value: Value = True
    sign: Literal["is", "is not", "at most", "more than"] = "is"


class Rule(NamedTuple):
    """If all tests hold of a fact, the conclusion does."""

    conclusion: Conclusion
    tests: tuple[Check, ...]


class SecondEngineFault(Exception):
    """durable-rules did not do what it must, or cannot hold what it is given."""


class _Host:
    """Stands where a ruleset expects its host; nothing is asked of it."""


class Rules:
    """One ruleset; equal facts are inferred once."""

    def __init__(self, name: str, rules: Iterable[Rule]) -> None:
        rules = list(rules)
        self._attributes = sorted({test.attribute for rule in rules for test in rule.tests})
        _check(rules, self._attributes)
        self._fired: list[Conclusion] = []
        self._known: dict[tuple[Value, ...], frozenset[Conclusion]] = {}
        definition: dict[str, Any] = {"sentinel": _defined({_SENTINEL: 1}, self._append(_SENTINEL))}
        for number, rule in enumerate(rules):
            definition[f"r{number}"] = _defined(_pattern(rule), self._append(rule.conclusion))
        self._ruleset = Ruleset(name, _Host(), definition)

    def conclude(self, values: Mapping[str, Value]) -> frozenset[Conclusion]:
        """What follows of a fact; it has a value for each attribute that the rules read."""
        key = tuple(values[name] for name in self._attributes)
        if key not in self._known:
            self._known[key] = self._infer(dict(zip(self._attributes, key, strict=True)))
        return self._known[key]

    def _infer(self, fact: dict[str, Value]) -> frozenset[Conclusion]:
        if any(type(value) not in (bool, int, str) or value == "" for value in fact.values()):
            raise SecondEngineFault("a fact holds what durable-rules cannot compare")
        self._fired.clear()
        fact |= {"id": _ID, "sid": _SESSION, _SENTINEL: 1}
        self._ruleset.do_actions(self._ruleset.assert_fact(fact), _completed)
        if _SENTINEL not in self._fired:  # deleting the state would crash
            raise SecondEngineFault("no action ran")
        self._ruleset.delete_state(_SESSION)
        return frozenset(self._fired) - {_SENTINEL}

    def _append(self, conclusion: Conclusion) -> Callable[[Any], None]:
        def act(_: Any) -> None:
            self._fired.append(conclusion)

        return act


def packed(rules: Iterable[Rule]) -> list[list[Rule]]:
    """The rules in as few rulesets as may hold them."""
    out: list[list[Rule]] = []
    read: set[str] = set()
    for rule in rules:
        more = {test.attribute for test in rule.tests}
        if not out or len(out[-1]) == MOST_RULES or len(read | more) > MOST_ATTRIBUTES:
            out.append([])
            read = set()
        out[-1].append(rule)
        read |= more
    return out


def name_hash(name: str) -> int:
    """The 32 bits by which durable-rules tells attributes apart (FNV-1a)."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def _check(rules: list[Rule], attributes: list[str]) -> None:
    if len(rules) > MOST_RULES or len(attributes) > MOST_ATTRIBUTES:
        raise SecondEngineFault("a condition has too many parts for durable-rules")
    names = [*attributes, *_RESERVED]
    if len({name_hash(name) for name in names}) < len(names):
        raise SecondEngineFault("two names have the same hash in durable-rules")


def _defined(pattern: dict[str, Any], action: Callable[[Any], None]) -> dict[str, Any]:
    return {"all": [{"m": pattern}], "run": action}


def _pattern(rule: Rule) -> dict[str, Any]:
    """The tests in durable-rules' own format; none may stand alone that is a negation."""
    tests = [_TESTS[test.sign](test.attribute, test.value) for test in rule.tests]
    if any(test.sign == "is not" for test in rule.tests):
        tests.insert(0, {_SENTINEL: 1})
    return tests[0] if len(tests) == 1 else {"$and": tests}


_TESTS: dict[str, Callable[[str, Value], dict[str, Any]]] = {
    "is": lambda attribute, value: {attribute: value},
    "is not": lambda attribute, value: {"$neq": {attribute: value}},
    "at most": lambda attribute, value: {"$lte": {attribute: value}},
    "more than": lambda attribute, value: {"$gt": {attribute: value}},
}


def _completed(error: Any, state: dict[str, Any] | None) -> None:
    """durable-rules keeps what an action raised instead of raising it."""
    if error or (state and state.get("exception")):
        raise SecondEngineFault("an action failed")
