"""Holding a protocol to scenarios: all of one protocol's in one evaluation.

In: scenarios, and a program of their protocol (or a changed one). Out: where it says something
else than they expect. Only the findings that a scenario names are worked out.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import cast

from engine.evaluate.findings import Findings
from engine.evaluate.planes_engine import run_program
from engine.evaluate.status import Judgement
from engine.evaluate.tables import CaseTables
from engine.model.fact import Dictionary
from engine.model.finding import Finding
from engine.model.program import CompiledDuty, Program
from engine.model.scenario import Expectation, Outcome, Scenario, Shortfall
from engine.scenarios.expected import not_found
from engine.scenarios.reading import LATER


class Caseload:
    """The cases of some scenarios as tables, to be held against one program after the other."""

    def __init__(self, scenarios: Sequence[Scenario], dictionary: Dictionary) -> None:
        self.scenarios = scenarios
        self._tables: list[tuple[CaseTables, list[Scenario]]] = []
        for asked in dict.fromkeys(scenario.asked for scenario in scenarios):
            own = [scenario for scenario in scenarios if scenario.asked == asked]
            cases = [case for scenario in own for case in scenario.cases]
            self._tables.append((CaseTables(cases, dictionary, asked, LATER), own))

    def against(self, program: Program) -> list[Answers]:
        """What a program says of the cases: one `Answers` for each date asked about."""
        return [Answers(program, tables, own) for tables, own in self._tables]


class Answers:
    """What a program says of the cases of some scenarios, worked out when it is asked for."""

    def __init__(self, program: Program, tables: CaseTables, scenarios: Sequence[Scenario]) -> None:
        self.program = program
        self.run = run_program(program, tables)
        self.findings = Findings(program, self.run, tables, trace=False)
        self.tables = tables
        self.scenarios = scenarios
        self._numbers: dict[Scenario, range] = {}
        first = 0
        for scenario in scenarios:
            self._numbers[scenario] = range(first, first := first + len(scenario.cases))
        self.results: dict[str, tuple[CompiledDuty, bool]] = {}
        for duty in program.duties:
            self.results[duty.id] = duty, False
            if duty.role is not None:
                self.results[f"{duty.id}/role"] = duty, True

    def cases(self, scenario: Scenario, label: str | None = None) -> list[int]:
        """The numbers of a scenario's cases, or of the one of that label."""
        numbers = self._numbers[scenario]
        return [n for n in numbers if label in (None, self.tables.cases[n].label)]

    def finding(self, name: str, case: int) -> Finding | None:
        """What is said of a duty, or its role result; None if the protocol has no such result."""
        if name not in self.results:
            return None
        duty, role = self.results[name]
        return self.findings.finding(duty, case, role=role)

    def judgement(self, name: str) -> Judgement:
        """The planes of a result, over the rows of its duty's table."""
        duty, role = self.results[name]
        return cast("Judgement", self.run.value(cast("int", duty.role if role else duty.judgement)))

    def outcome(self, scenario: Scenario) -> Outcome:
        """A scenario with all that comes out otherwise."""
        return Outcome(scenario, tuple(self.shortfalls(scenario)))

    def shortfalls(
        self, scenario: Scenario, only: Container[str] | None = None
    ) -> Iterator[Shortfall]:
        """What is said of the results named `only` (None: of all) otherwise than expected."""
        told: set[str] = set()
        for one in scenario.expectations():
            if only is None or one.duty in only:
                for short in self._short(scenario, one):
                    told.add(short.duty)
                    yield short
        if scenario.gaps is not None:
            yield from (one for one in self._wrong_gaps(scenario, only) if one.duty not in told)

    def _short(self, scenario: Scenario, expected: Expectation) -> Iterator[Shortfall]:
        for number in self.cases(scenario, expected.label):
            finding = self.finding(expected.duty, number)
            card = finding and self.program.cards.get(finding.duty)
            missing = not_found(finding, card, expected.details)
            wrong = expected.never and (finding is None or finding.status in expected.never)
            if missing or wrong:
                case = self.tables.cases[number].label
                never = expected.never if wrong else ()
                force = card.force if card else ""
                yield Shortfall(expected.duty, case, missing, never, finding, expected.place, force)

    def _wrong_gaps(self, scenario: Scenario, only: Container[str] | None) -> Iterator[Shortfall]:
        """Gaps that the scenario does not list, and those listed that are none."""
        listed = set(scenario.gaps or ())
        numbers = self.cases(scenario)
        found = {name: [n for n in numbers if self._has_gap(name, n)] for name in self.results}
        for name in dict.fromkeys([*listed, *found]):
            having = found.get(name, [])
            if (name in listed) == bool(having) or (only is not None and name not in only):
                continue
            number = (having or numbers)[0]
            wanted = {"gap": "yes" if name in listed else "no"}
            label = self.tables.cases[number].label
            finding = self.finding(name, number)
            yield Shortfall(name, label, wanted, (), finding, scenario.places["gaps"])

    def _has_gap(self, name: str, case: int) -> bool:
        gap, table = self.judgement(name).gap, self.results[name][0].table
        return any(gap.t >> row & 1 for row in self.findings.rows(table, case))


def by_result(scenarios: Sequence[Scenario]) -> dict[str, list[Scenario]]:
    """The scenarios that say something of a result, by its name: `duty`, `duty/role`."""
    found: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        for name in sorted(scenario.names()):
            found.setdefault(name, []).append(scenario)
    return found


def shortfalls(
    scenarios: Sequence[Scenario],
    program: Program,
    dictionary: Dictionary,
    only: Container[str] | None = None,
) -> Iterator[Shortfall]:
    """What a program says otherwise than scenarios expect of the results named `only` (None: all).

    One after the other as they are found, so that a caller content with one can stop there.
    """
    for answers in Caseload(scenarios, dictionary).against(program):
        for scenario in answers.scenarios:
            yield from answers.shortfalls(scenario, only)
