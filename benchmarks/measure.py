"""Engines timed side by side: round after round, each in its turn, so that a slow moment of the
machine falls on all of them and ratios stay fair.

In: engines by name, and a caseload. Out: a `Rate` for each, in cases a second. An engine too slow
for the whole caseload is timed on as many of its cases as fit into its share of the time.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.caseload import Caseload, expected
from benchmarks.engines import Engine
from benchmarks.rules import RuleSet

ROUNDS = 7
LEAST = 0.02  # seconds: what is shorter is repeated until a round takes so long


@dataclass(frozen=True)
class Rate:
    """Cases a second in each round, on `cases` cases."""

    cases: int
    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of the rounds."""
        return median(self.rounds)

    def ratio(self, other: Rate) -> tuple[float, float, float]:
        """How many times as fast as `other`: lowest, median, highest of the rounds, paired."""
        ratios = [mine / its for mine, its in zip(self.rounds, other.rounds, strict=True)]
        return min(ratios), median(ratios), max(ratios)


class UnequalAnswersError(Exception):
    """An engine did not give the right answers, so that its time would say nothing."""


def race(
    engines: dict[str, Engine], caseload: Caseload, seconds: float, rounds: int = ROUNDS
) -> dict[str, Rate]:
    """Every engine's rate on the caseload, each with about `seconds` in all."""
    lanes = {name: _Lane(engine, caseload, seconds / rounds) for name, engine in engines.items()}
    rates: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, lane in lanes.items():
            rates[name].append(lane.rate())
    return {name: Rate(lanes[name].cases, tuple(rates[name])) for name in engines}


def check_answers(engines: dict[str, Engine], rules: RuleSet, caseload: Caseload) -> None:
    """Raises `UnequalAnswersError` unless every engine gives the right answer to every rule."""
    right = expected(rules, caseload)
    for name, engine in engines.items():
        answers = engine.answers(engine.evaluate(engine.load(caseload)))
        if answers.shape != right.shape or (wrong := int((answers != right).sum())):
            raise UnequalAnswersError(f"{name}: {wrong} of {right.size} answers differ")


class _Lane:
    """An engine, loaded with as many cases as it can answer in `seconds`."""

    def __init__(self, engine: Engine, caseload: Caseload, seconds: float) -> None:
        self.engine = engine
        self.cases = caseload.size if engine.whole else min(caseload.size, 10)
        while True:
            self.loaded = engine.load(caseload.part(0, self.cases))
            taken = _seconds(engine, self.loaded)
            if self.cases == caseload.size or taken > seconds / 2:
                break
            fit = int(self.cases * min(seconds / max(taken, 1e-4), 100))
            self.cases = min(caseload.size, max(fit, self.cases + 1))
        self.repeats = max(1, round(LEAST / max(taken, 1e-6)))

    def rate(self) -> float:
        """Cases a second, this time."""
        taken = sum(_seconds(self.engine, self.loaded) for _ in range(self.repeats))
        return self.cases * self.repeats / taken


def _seconds(engine: Engine, loaded: Any) -> float:
    """How long one evaluation takes; as in `timeit`, without the garbage collector."""
    gc.collect(0)
    gc.disable()
    try:
        start = perf_counter()
        engine.evaluate(loaded)
        return perf_counter() - start
    finally:
        gc.enable()
