"""From a program and cases to what is said of each case."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

# The rest is imported when it is called for: the second engine's process needs only a part of it.
if TYPE_CHECKING:
    from engine.evaluate.run import Run
    from engine.evaluate.second_engine import SecondEngine
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
    second: SecondEngine | None = None,
    show_second: bool = False,
) -> list[Assessment]:
    """One assessment a case, in order; `asked` is A (None: each case's R), `today` R without
    `as_of`.

    `second` is asked too, and each assessment says what came of it; with `show_second` the
    statuses are the second engine's, where it gave any.
    """
    from engine.evaluate.findings import Findings  # noqa: PLC0415
    from engine.evaluate.planes_engine import run_program  # noqa: PLC0415
    from engine.evaluate.tables import CaseTables  # noqa: PLC0415

    tables = CaseTables(cases, dictionary, asked, today)
    if second is not None:
        second.send(program, tables)
    run = run_program(program, tables)

    def found_by(run: Run) -> list[Assessment]:
        findings = Findings(program, run, tables, trace=trace)
        return [findings.assessment(number) for number in range(len(cases))]

    if second is None:
        return found_by(run)
    if show_second:
        from engine.evaluate.agreement import with_answers  # noqa: PLC0415

        agreement = second.ask(program, tables, run)
        told = found_by(with_answers(run, agreement.answers))
    else:
        told = found_by(run)  # while the second engine works
        agreement = second.ask(program, tables, run)
    return [one._replace(second_engine=agreement.word) for one in told]
