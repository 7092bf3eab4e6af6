"""Asking: is there a record of which this holds? A case that shows it, or that there is none.

In: a formula over a record. Out: `Found` with a case, `NONE`, or `UNDECIDED` where the work allowed
is used up. The limit is on the solver's steps, not on time, so that the same question has the same
answer on every machine.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

import z3

from engine.model.case import Case
from engine.proof.calendar import Calendar
from engine.proof.logic import Formula
from engine.proof.record import Record

STEPS = 200_000_000  # of the solver, for one question; about ten seconds
TRIES = 100  # records whose days had to be corrected


class Found(NamedTuple):
    """A record of which it holds."""

    case: Case


class NoCase(Enum):
    """No record of which it holds; or none was found, and none was ruled out."""

    NONE = "none"
    UNDECIDED = "undecided"


def example(
    wanted: Formula, record: Record, calendar: Calendar, label: str, *, steps: int = STEPS
) -> Found | NoCase:
    """A case of which `wanted` holds; a likely one, if there is one."""
    if wanted is False:
        return NoCase.NONE
    solver = z3.Solver()
    solver.add(*record.rules, *calendar.bounds())
    solver.add(wanted)
    likely = z3.Bool("likely")
    solver.add(z3.Implies(likely, z3.And(record.likely)))
    assumed = [likely]
    left = _Budget(solver, steps)
    for _ in range(TRIES):
        answer = left.check(*assumed)
        if answer != z3.sat and assumed and (answer == z3.unknown or len(solver.unsat_core())):
            assumed = []
            continue
        if answer == z3.unsat:
            return NoCase.NONE
        if answer != z3.sat:
            return NoCase.UNDECIDED
        model = solver.model()
        wrong = calendar.wrong(model)
        if not wrong:
            return Found(record.case(model, label))
        solver.add(*(one.lesson() for one in wrong))
        if left.check(*assumed, *calendar.days(model)) == z3.sat:  # the same days, counted right
            model = solver.model()
            if not calendar.wrong(model):
                return Found(record.case(model, label))
        solver.add(*(part for one in wrong for part in calendar.around(one)))
    return NoCase.UNDECIDED


class _Budget:
    """What is left of the solver's steps for one question."""

    def __init__(self, solver: z3.Solver, steps: int) -> None:
        self._solver = solver
        self._left = steps

    def check(self, *assumed: Formula) -> z3.CheckSatResult:
        """The solver's answer; unknown once the steps are used up."""
        if self._left <= 0:
            return z3.unknown
        self._solver.set("rlimit", self._left)
        before = self._used()
        answer = self._solver.check(*assumed)
        self._left -= max(self._used() - before, 1)
        return answer

    def _used(self) -> int:
        statistics = self._solver.statistics()
        known = "rlimit count" in statistics.keys()  # noqa: SIM118 - z3's own, no mapping
        return int(statistics.get_key_value("rlimit count")) if known else 0
