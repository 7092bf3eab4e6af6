"""What came of scenarios, for code hosts and programs: annotations, JUnit XML, JSON.

In: outcomes, the problems of the files, and coverage where it was asked for. Out: a document each;
docs/testing.md describes the JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from engine.analysis.coverage import Coverage
from engine.errors import Problem
from engine.model.scenario import Outcome, Shortfall
from engine.report.junit import JUnitCase, junit_xml
from engine.report.problems import Checked
from engine.report.problems.github import problems_github
from engine.report.problems.machine import problem_case, problem_json
from engine.report.scenarios_coverage import coverage_json
from engine.report.scenarios_text import expected_in_words, found_in_words

SHORT = "T120"  # a scenario that does not hold, as an annotation


def scenarios_github(outcomes: Sequence[Outcome], problems: Sequence[Problem]) -> str:
    """A workflow command for each problem, and for each duty that is said otherwise of."""
    found = (*problems, *(_problem(outcome, one) for outcome, one in _all(outcomes)))
    return problems_github([Checked("", found, None)])


def scenarios_junit(outcomes: Sequence[Outcome], problems: Sequence[Problem]) -> str:
    """A test a scenario, by its protocol, and one that fails for each problem of a file."""
    cases = [
        JUnitCase(
            one.scenario.title,
            one.scenario.protocol,
            one.scenario.place.file,
            one.scenario.place.line,
            "\n".join(map(_in_words, one.shortfalls)) if one.shortfalls else None,
        )
        for one in outcomes
    ]
    return junit_xml("protocol test", [*cases, *map(problem_case, problems)])


def scenarios_json(
    outcomes: Sequence[Outcome], problems: Sequence[Problem], coverage: Sequence[Coverage] | None
) -> str:
    """How many hold, each scenario with what was expected and found, problems, and coverage."""
    document: dict[str, Any] = {
        "scenarios": len(outcomes),
        "hold": sum(not outcome.shortfalls for outcome in outcomes),
        "results": [_result(outcome) for outcome in outcomes],
        "problems": [*map(problem_json, problems)],
    }
    if coverage is not None:
        document["coverage"] = [*map(coverage_json, coverage)]
    return json.dumps(document, indent=2) + "\n"


def _all(outcomes: Sequence[Outcome]) -> Iterator[tuple[Outcome, Shortfall]]:
    for outcome in outcomes:
        for short in outcome.shortfalls:
            yield outcome, short


def _problem(outcome: Outcome, short: Shortfall) -> Problem:
    return Problem(SHORT, f"{outcome.scenario.title}: {_in_words(short)}", short.place)


def _in_words(short: Shortfall) -> str:
    return f"{short.duty}: expected {expected_in_words(short)}, found {found_in_words(short)}"


def _result(outcome: Outcome) -> dict[str, Any]:
    scenario = outcome.scenario
    return {
        "scenario": scenario.title,
        "protocol": scenario.protocol,
        "file": scenario.place.file,
        "line": scenario.place.line,
        "holds": not outcome.shortfalls,
        "otherwise": [
            {
                "duty": short.duty,
                "case": short.case,
                "line": short.place.line,
                "expected": expected_in_words(short),
                "status": short.finding.status if short.finding else None,
                "found": found_in_words(short),
            }
            for short in outcome.shortfalls
        ],
    }
