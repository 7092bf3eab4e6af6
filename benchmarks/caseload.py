"""Generated cases, as columns and as rows, and the answers that every engine must give.

In: a rule set, a seed, how many cases. Out: a `Caseload`. A column holds one fact of all cases:
small integers (0 unknown, then the words in their order) or, of a date, ordinal days (0 unknown).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.rules import YES_NO, All, Any, Concluded, Condition, Is, Not, OnOrBefore, RuleSet

Column = NDArray[np.uint8] | NDArray[np.int32]
Answers = NDArray[np.int8]  # rules x cases
Row = dict[str, bool | str | int]
FALSE, TRUE, UNKNOWN = 0, 1, 2

UNKNOWN_SHARE = 0.3
ASKED = datetime.date(2025, 6, 2).toordinal()
DAYS = 400  # dates lie so many days around the date asked about


@dataclass(frozen=True)
class Caseload:
    """`columns` by the name of the fact, each with `size` values."""

    columns: dict[str, Column]
    size: int

    def part(self, start: int, most: int) -> Caseload:
        """The cases from number `start`, at most so many."""
        end = min(start + most, self.size)
        columns = {name: column[start:end] for name, column in self.columns.items()}
        return Caseload(columns, end - start)


def generate(rules: RuleSet, size: int, seed: int = 3) -> Caseload:
    """A caseload of `size` cases in which 30% of all facts are unknown."""
    rng = np.random.default_rng(seed)
    columns: dict[str, Column] = {}
    for fact in rules.facts:
        column: Column
        if fact.kind == "date":
            column = rng.integers(ASKED - DAYS, ASKED + DAYS, size, dtype=np.int32)
        else:
            column = rng.integers(1, len(fact.words) + 1, size, dtype=np.uint8)
        column[rng.random(size) < UNKNOWN_SHARE] = 0
        columns[fact.name] = column
    return Caseload(columns, size)


def rows(rules: RuleSet, caseload: Caseload) -> Iterator[Row]:
    """The cases one by one: fact to truth value, word or ordinal day, without what is unknown."""
    meaning: dict[str, tuple[str | bool, ...]] = {
        fact.name: (False, False, True) if fact.kind == "yes_no" else ("", *fact.words)
        for fact in rules.facts
        if fact.words
    }
    lists = {name: column.tolist() for name, column in caseload.columns.items()}
    for number in range(caseload.size):
        yield {
            name: meaning[name][value] if name in meaning else value
            for name, values in lists.items()
            if (value := values[number])
        }


def expected(rules: RuleSet, caseload: Caseload) -> Answers:
    """The right answers, judged case by case in strong Kleene logic: slow, plain, independent."""
    answers = np.empty((len(rules.rules), caseload.size), dtype=np.int8)
    for number, row in enumerate(rows(rules, caseload)):
        known: list[int] = []
        for condition in rules.rules:
            known.append(_truth(condition, row, known))
        answers[:, number] = known
    return answers


def from_pairs(true: NDArray[np.bool_], false: NDArray[np.bool_]) -> Answers:
    """Answers of an engine asked twice: known to be true, known to be false."""
    return np.where(true, TRUE, np.where(false, FALSE, UNKNOWN)).astype(np.int8)


def _truth(condition: Condition, row: Row, known: list[int]) -> int:
    match condition:
        case Is(fact, words):
            value = row.get(fact.name)
            word = YES_NO[value] if isinstance(value, bool) else value
            return UNKNOWN if word is None else int(word in words)
        case OnOrBefore(fact, other):
            day, limit = row.get(fact.name), ASKED if other is None else row.get(other.name)
            if not isinstance(day, int) or not isinstance(limit, int):
                return UNKNOWN
            return int(day <= limit)
        case Concluded(rule):
            return known[rule]
        case Not(part):
            return (TRUE, FALSE, UNKNOWN)[_truth(part, row, known)]
        case All(parts):
            return _first(FALSE, TRUE, [_truth(part, row, known) for part in parts])
        case Any(parts):
            return _first(TRUE, FALSE, [_truth(part, row, known) for part in parts])
        case _:
            raise TypeError(condition)


def _first(decides: int, otherwise: int, truths: list[int]) -> int:
    """`decides` if any is, else unknown if any is, else `otherwise`."""
    return decides if decides in truths else UNKNOWN if UNKNOWN in truths else otherwise
