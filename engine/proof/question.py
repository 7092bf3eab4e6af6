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

STEPS = 100_000_000  # of the solver, for one try; about five seconds
TRIES = 60  # records whose days had to be corrected


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
    solver.set("rlimit", steps)
    solver.add(*record.rules, *calendar.bounds())
    solver.add(wanted)
    likely = z3.Bool("likely")
    solver.add(z3.Implies(likely, z3.And(record.likely)))
    assumed = [likely]
    for _ in range(TRIES):
        answer = solver.check(*assumed)
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
        if solver.check(*assumed, *calendar.days(model)) == z3.sat:  # the same days, counted right
            model = solver.model()
            if not calendar.wrong(model):
                return Found(record.case(model, label))
        solver.add(*(part for one in wrong for part in calendar.around(one)))
    return NoCase.UNDECIDED
