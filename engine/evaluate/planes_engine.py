"""The engine that decides: one pass over the steps of a program, on bit-planes.

In: a program and the columns of one case or a million. Out: the `Run` with every step's value.
"""

from __future__ import annotations

from engine.evaluate.operators import OPERATORS
from engine.evaluate.run import Columns, Run
from engine.model.program import Program


def run_program(program: Program, columns: Columns) -> Run:
    """Every step's value, in the program's order."""
    run = Run(columns)
    for step in program.steps:
        run.values.append(OPERATORS[step.op](run, step.table, *step.args))
    return run
