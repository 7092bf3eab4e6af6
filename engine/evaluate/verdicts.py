"""One judgement read back from the planes: status, gap, dates, the reason, what would settle it.

In: the steps of a duty under one edition and reading, and a row. Out: a `Verdict`.
"""

from __future__ import annotations

import datetime
from typing import cast

from engine.evaluate.reasons import Grounds, because
from engine.evaluate.run import Run
from engine.evaluate.status import Judgement, status_of, truth_of
from engine.evaluate.tables import CaseTables
from engine.evaluate.trace import Trace, as_span, as_text
from engine.evaluate.values import EVER, NEVER
from engine.model.finding import Gap, Status, Verdict
from engine.model.program import Judged, Program

_GAP: dict[str, Gap] = {"yes": "yes", "no": "no", "unknown": "undetermined"}


def gap_of(judgement: Judgement, row: int) -> Gap:
    """Whether a row has a gap, in a report's words."""
    return _GAP[truth_of(judgement.gap, row)]


class Verdicts:
    """Reads the judgements of one run; `with_tree`: each with the tests it was worked out from."""

    def __init__(
        self, program: Program, run: Run, tables: CaseTables, trace: Trace, *, with_tree: bool
    ) -> None:
        self.program = program
        self.run = run
        self.tables = tables
        self.trace = trace
        self.with_tree = with_tree

    def verdict(self, id_: str, part: Judged, row: int, number: int, *, role: bool) -> Verdict:
        """One judgement read back: status, gap, dates, reason, needs."""
        judgement = cast("Judgement", self.run.value(part.judge))
        status = cast("Status", status_of(judgement, row))
        gap = gap_of(judgement, row)
        due, done = self.trace.span(part.due, row), self.trace.span(part.done_days, row)
        start = None if part.start is None else self.trace.span(part.start, row)
        asked = int(self.run.asked(part.table)[row])
        undetermined = status == "undetermined" or gap == "undetermined"
        card = self.program.cards[id_]
        record_to = int(self.run.record_to(part.table)[row])
        waits = due == (record_to + 1, NEVER)
        dated = EVER < due[0] < NEVER and not self._clock_unknown(part, row)
        limited = not role and not waits and dated and card.limit_is_a_day
        planned = None if role else self._planned(part.done_days, row)
        grounds = Grounds(
            card=card,
            role=role,
            start=start,
            due=due if limited else None,
            done=done,
            asked=asked,
            record_to=record_to,
            truths={
                name: self.trace.truth(step, row)
                for name, step in (
                    ("exists", part.exists), ("edition", part.edition), ("applies", part.applies),
                    ("started", part.started), ("done", part.done), ("passed", part.passed),
                )
            },
            refused=bool(self.run.days(part.done_days).refused >> row & 1),
            working_days=self._counts_working_days(part.due),
            waits=waits and not role and not card.figure,
            planned=planned,
        )  # fmt: skip
        return Verdict(
            status=status,
            gap=gap,
            why=because(status, gap, grounds),
            due=as_span(*due) if limited else None,
            start=None if start is None else as_span(*start),
            done=as_span(*done),
            planned=planned,
            needs=self.trace.verdict_needs(part, row) if undetermined else (),
            to_do=bool(judgement.to_do >> row & 1),
            says=part.says,
            interval=number if "#" in part.table else None,
            days_left=due[0] - asked if limited and status == "outstanding" else None,
            no_edition=grounds.truths["edition"] == "no",
            trace=self._tree(part, row) if self.with_tree else None,
        )

    def _counts_working_days(self, step: int) -> bool:
        """Whether a limit was worked out in working days."""
        made = self.program.steps[step]
        if made.op == "add":
            return bool(made.args[2] == "working days")
        inner = {"unless_refused": 1, "interval_limit": 2, "lift_days": 1}.get(made.op, 0)
        return any(self._counts_working_days(part) for part in made.args[:inner])

    def _clock_unknown(self, part: Judged, row: int) -> bool:
        """Whether nothing is known of the start but that an edition judges it."""
        if part.start is None or self.program.steps[part.start].op != "clip":
            return False
        start = self.program.steps[part.start].args[0]
        return self.trace.span(start, row) == (EVER, NEVER)

    def _tree(self, part: Judged, row: int) -> dict[str, object]:
        """Every conjunct of a judgement with the tests it was worked out from."""
        steps = {
            "exists": part.exists, "edition": part.edition, "applies": part.applies,
            "started": part.started, "done": part.done, "in_time": part.in_time,
            "passed": part.passed, "alive": part.alive, "excused": part.excuse,
        }  # fmt: skip
        out: dict[str, object] = {
            name: self.trace.tree(step, row) for name, step in steps.items() if step is not None
        }
        out["due_days"] = [as_text(day) for day in self.trace.span(part.due, row)]
        out["edition_of"] = part.edition_of
        return out

    def _planned(self, step: int, row: int) -> datetime.date | None:
        """The first day for which what is to be done is planned, if it is."""
        made = self.program.steps[step]
        match made.op:
            case "event":
                return self.tables.planned(made.args[0], row)
            case "lift_days":
                above = self.run.rows_above(made.table, made.args[1])[row]
                return self._planned(made.args[0], above)
        return None
