"""This engine: the rules as definitions of a protocol, compiled and evaluated as every protocol is.

A caseload is held as columns and evaluated over numpy; a single case is recorded in the case
format and evaluated in plain Python, as `protocol check` does it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks import rules
from benchmarks.caseload import ASKED, FALSE, TRUE, UNKNOWN, Answers, Caseload, rows
from benchmarks.rules import RuleSet
from engine.compile import compile_protocol
from engine.errors import Place
from engine.evaluate import vectors_numpy
from engine.evaluate.planes_engine import run_program
from engine.evaluate.run import Columns
from engine.evaluate.tables import CaseTables
from engine.evaluate.values import EVER, NEVER, Days, Truth, Words
from engine.model import condition
from engine.model.case import Case, Coverage, Item, Period
from engine.model.fact import CASE, Dictionary, Fact, Part
from engine.model.program import Program
from engine.model.protocol import Conclusion, Dates, Protocol

NOWHERE = Place("benchmark")
PART = "child"
DAY = datetime.date.fromordinal(ASKED)
MOST_ROWS = 1 << 17  # of a batch

_Batch = Callable[[], Columns]
_Concluded = tuple[list[Truth], int]  # a truth a rule, and of how many rows


class Ours:
    """The compiled program, and which step decides which rule."""

    whole = True

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        self.dictionary = _dictionary(rule_set)
        self.program: Program = compile_protocol(_protocol(rule_set), self.dictionary)
        self.steps = [named.truth for named in self.program.named]
        self.words = {f"{PART}.{fact.name}": fact.words for fact in rule_set.facts if fact.words}

    def load(self, caseload: Caseload) -> list[_Batch]:
        """Batches of columns, those of days as intervals of days; of a single case, its record."""
        if caseload.size == 1:
            cases = [_case(row) for row in rows(self.rule_set, caseload)]
            return [lambda: CaseTables(cases, self.dictionary, DAY, DAY)]
        parts = [caseload.part(start, MOST_ROWS) for start in range(0, caseload.size, MOST_ROWS)]
        return [partial(_Columns, part, _events(part), self.words) for part in parts]

    def evaluate(self, loaded: list[_Batch]) -> list[_Concluded]:
        """Batch by batch, so that memory is bounded; of each, what the rules conclude is kept."""
        return [self._concluded(batch()) for batch in loaded]

    def answers(self, outcome: list[_Concluded]) -> Answers:
        return np.concatenate([_answers(*concluded) for concluded in outcome], axis=1)

    def _concluded(self, columns: Columns) -> _Concluded:
        run = run_program(self.program, columns)
        return [run.truth(step) for step in self.steps], columns.size(CASE)


engine = Ours


def _answers(truths: list[Truth], size: int) -> Answers:
    true, false = (
        np.array([vectors_numpy.bits(side, size) for side in sides])
        for sides in zip(*truths, strict=True)
    )
    return np.where(true, TRUE, np.where(false, FALSE, UNKNOWN)).astype(np.int8)


class _Columns:
    """The columns of a caseload, as evaluation asks for them."""

    vectors: Any = vectors_numpy

    def __init__(
        self,
        caseload: Caseload,
        events: dict[tuple[str, str], Days],
        domains: dict[str, tuple[str, ...]],
    ) -> None:
        self._columns = caseload.columns
        self._events = events
        self._domains = domains
        self._words: dict[str, Words] = {}
        self._sizes = {CASE: caseload.size}  # the rules have one table

    def size(self, name: str) -> int:
        return self._sizes[name]

    def words(self, path: str) -> Words:
        if path not in self._words:
            column = self._columns[path.removeprefix(f"{PART}.")]
            coded = enumerate(self._domains[path], 1)
            planes = {word: vectors_numpy.pack(column == code) for code, word in coded}
            self._words[path] = Words(planes)
        return self._words[path]

    def event(self, path: str, use: str = "") -> Days:
        return self._events[path, use]

    def asked(self, name: str) -> Any:
        return vectors_numpy.full(self._sizes[name], ASKED)

    record_to = asked

    def exists(self, name: str) -> Truth:
        return Truth(vectors_numpy.everywhere(self._sizes[name]), 0)

    def above(self, name: str) -> str:
        raise KeyError(name)

    def parents(self, name: str) -> list[int]:
        raise KeyError(name)

    def complete(self, name: str) -> int:
        raise KeyError(name)


def _events(caseload: Caseload) -> dict[tuple[str, str], Days]:
    """Days as intervals, by path and use: an unknown one from ever to never."""
    return {
        (f"{PART}.{name}", ""): Days(
            np.where(column, column, EVER), np.where(column, column, NEVER)
        )
        for name, column in caseload.columns.items()
        if column.dtype == np.int32
    }


def _dictionary(rule_set: RuleSet) -> Dictionary:
    part = Part(PART, PART, "The child", PART, None, is_list=False, table=CASE)
    facts = {
        path: Fact(
            path,
            "date" if fact.kind == "date" else "circumstance",
            fact.name,
            f"{fact.name}?",
            PART,
            fact.words if fact.kind == "word" else (),
        )
        for fact in rule_set.facts
        if (path := f"{PART}.{fact.name}")
    }
    return Dictionary({PART: part}, facts, {}, "benchmark")


def _protocol(rule_set: RuleSet) -> Protocol:
    conclusions = tuple(
        Conclusion(name, name, "definition", "benchmark", NOWHERE, _condition(rule))
        for name, rule in zip(rule_set.names(), rule_set.rules, strict=True)
    )
    return Protocol("benchmark", "Benchmark", None, Dates(), conclusions=conclusions)


def _condition(rule: rules.Condition) -> condition.Condition:
    """The rule in the terms of the language."""
    match rule:
        case rules.Is(fact, words):
            return condition.Fact(f"{PART}.{fact.name}", words, NOWHERE)
        case rules.OnOrBefore(fact, other):
            limit = f"{PART}.{other.name}" if other else condition.AS_OF
            return condition.Dated(f"{PART}.{fact.name}", "on_or_before", limit, NOWHERE)
        case rules.Concluded(number):
            return condition.Reference("definition", f"rule{number}", NOWHERE)
        case rules.Not(part):
            return condition.Not(_condition(part))
        case rules.All(parts):
            return condition.All(tuple(_condition(part) for part in parts))
        case rules.Any(parts):
            return condition.Any(tuple(_condition(part) for part in parts))
        case _:
            raise TypeError(rule)


def _case(row: dict[str, Any]) -> Case:
    facts = {name: _recorded(value) for name, value in row.items()}
    record = Item(parts={PART: Item(facts)})
    return Case("case", None, DAY, Coverage(), record, "benchmark")


def _recorded(value: Any) -> Any:
    """A value as a case file records it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        day = datetime.date.fromordinal(value)
        return Period(day, day)
    return value
