"""From a program and cases to what is said of each case."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from engine.evaluate.findings import Findings
from engine.evaluate.planes_engine import run_program
from engine.evaluate.tables import CaseTables
from engine.model.case import Case
from engine.model.fact import Dictionary
from engine.model.finding import Assessment
from engine.model.program import Program

__all__ = ["evaluate"]


def evaluate(
    program: Program,
    cases: Sequence[Case],
    dictionary: Dictionary,
    asked: datetime.date | None,
    today: datetime.date,
    *,
    trace: bool = False,
) -> list[Assessment]:
    """One assessment a case, in order; `asked` is A (None: each case's R), `today` R without
    `as_of`."""
    tables = CaseTables(cases, dictionary, asked, today)
    findings = Findings(program, run_program(program, tables), tables, trace=trace)
    return [findings.assessment(number) for number in range(len(cases))]
