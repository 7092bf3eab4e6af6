"""`python -m benchmarks [--full]`: prints every table, with ratios and what was asked for.

`--full` adds a million cases. A run without it takes about two minutes on two cores.
"""

from __future__ import annotations

import argparse
import os
import platform

from benchmarks import caseload, rules, start_up
from benchmarks.engines import OPENFISCA, OURS, importable, versions
from benchmarks.measure import Rate, check_answers, race
from benchmarks.tables import number, table

RULES = 200
SIZES = (1, 1_000, 100_000)
MILLION = 1_000_000
GROWTH = (50, 200, 800)
SAMPLE = 200  # cases on which all answers are compared first
SECONDS = 3.0  # an engine and a size
AT_LEAST = {OPENFISCA: 5}  # times as fast, at 100,000 cases; of the others:
AT_LEAST_OF_OTHERS = 1_000
AT_MOST_OF_IMPORT = 2.0


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="also a million cases")
    full = parser.parse_args().full
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; {versions()}")
    print(_start_up(runs=20), flush=True)
    print(_cases((*SIZES, MILLION) if full else SIZES), flush=True)
    print(_rules(), flush=True)


def _start_up(runs: int) -> str:
    """Whole-process times against the bare import."""
    measured = start_up.measure(runs)
    base = measured[0].median
    rows = [
        [
            each.title,
            f"{each.median:.0f}",
            f"{min(each.times):.0f}–{max(each.times):.0f}",
            f"{each.median / base:.2f}",
        ]
        for each in measured
    ]
    title = f"Whole process, {runs} interleaved runs, caches warm (asked: one engine at most "
    return table(
        f"{title}{AT_MOST_OF_IMPORT:g} times the import)",
        ["command", "median ms", "lowest–highest", "times the import"],
        rows,
    )


def _cases(sizes: tuple[int, ...]) -> str:
    """Growth with cases, and the ratios."""
    rule_set = rules.generate(RULES)
    engines = {name: make(rule_set) for name, make in importable().items()}
    check_answers(engines, rule_set, caseload.generate(rule_set, SAMPLE))
    cases = caseload.generate(rule_set, max(sizes))
    rates = {size: race(engines, cases.part(0, size), SECONDS) for size in sizes}
    heads = [f"{size:,} cases" if size > 1 else "1 case" for size in sizes]
    speed = table(
        f"Cases a second (in brackets: measured on so many), {RULES} rules, {rules.FACTS} facts, "
        f"30% unknown; first, all {RULES} answers to {SAMPLE} cases were compared, and are equal",
        ["engine", *heads],
        [[name, *(_speed(rates[size][name], size) for size in sizes)] for name in engines],
    )
    others = [name for name in engines if name != OURS]
    ratios = table(
        "How many times as fast this engine is: median (lowest–highest of the rounds)",
        ["than", *heads, "asked at 100,000"],
        [
            [
                name,
                *(_ratio(rates[size][OURS], rates[size][name]) for size in sizes),
                f"{AT_LEAST.get(name, AT_LEAST_OF_OTHERS):,}",
            ]
            for name in others
        ],
    )
    return f"{speed}\n{ratios}"


def _rules() -> str:
    """Growth with rules, at the size of a large authority's caseload."""
    rates: dict[int, dict[str, Rate]] = {}
    for count in GROWTH:
        rule_set = rules.generate(count)
        engines = {name: make(rule_set) for name, make in importable().items()}
        check_answers(engines, rule_set, caseload.generate(rule_set, SAMPLE // 4))
        rates[count] = race(engines, caseload.generate(rule_set, max(SIZES)), SECONDS / 2, rounds=5)
    return table(
        f"Growth with rules: cases a second at {max(SIZES):,} cases, and times the time of "
        f"{GROWTH[0]} rules",
        ["engine", *(f"{count} rules" for count in GROWTH)],
        [
            [name, *(_growth(rates[count][name], rates[GROWTH[0]][name]) for count in GROWTH)]
            for name in rates[GROWTH[0]]
        ],
    )


def _speed(rate: Rate, size: int) -> str:
    on = "" if rate.cases == size else f" (on {rate.cases:,})"
    return f"{number(rate.median)}{on}"


def _ratio(ours: Rate, other: Rate) -> str:
    low, middle, high = ours.ratio(other)
    return f"{number(middle)} ({number(low)}–{number(high)})"


def _growth(rate: Rate, first: Rate) -> str:
    return f"{number(rate.median)} ({first.median / rate.median:.1f})"


if __name__ == "__main__":
    main()
