"""Thresholds, definitions and pathways: which a case reaches, for which items, and why.

In: the findings of a run. Out: a `Reached` for each named condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.evaluate.values import NEVER
from engine.model.fact import CASE
from engine.model.finding import Reached, Truth
from engine.model.program import Named

if TYPE_CHECKING:
    from engine.evaluate.findings import Findings


class Engaged:
    """Reads named conditions off the run behind some findings."""

    def __init__(self, findings: Findings) -> None:
        self.of = findings

    def reached(self, named: Named, case: int) -> Reached:
        """Whether a named condition holds, and for which items."""
        truths = {
            row: self.of.trace.truth(named.truth, row) for row in self.of.rows(named.table, case)
        }
        truth: Truth = "no"
        if "yes" in truths.values():
            truth = "yes"
        elif "unknown" in truths.values():
            truth = "unknown"
        rows = [row for row, value in truths.items() if value == truth]
        needs = tuple(
            dict.fromkeys(n for row in rows for n in self.of.trace.needs(named.truth, row))
        )
        whose = tuple(self.of.name(named.table, row) for row in rows if named.table != CASE)
        facts = tuple(dict.fromkeys(f for row in rows for f in self._facts(named.truth, row)))
        why = ", ".join(facts)
        return Reached(named.id, named.kind, truth, whose if truth != "no" else (), why, needs)

    def _facts(self, step: int, row: int) -> list[str]:
        """The facts under a true step that make it true, as recorded."""
        made = self.of.program.steps[step]
        if self.of.trace.truth(step, row) != "yes":
            return []
        match made.op:
            case "among":
                words = self.of.run.words(made.args[0]).planes
                word = next((w for w, plane in words.items() if plane >> row & 1), "")
                return [f"{made.args[0]}: {word}"]
            case "at_most":
                return [fact for part in made.args for fact in self._happened(part, row)]
            case "and" | "or":
                return [fact for part in made.args for fact in self._facts(part, row)]
            case "lift":
                above = self.of.run.rows_above(made.table, made.args[1])[row]
                return self._facts(made.args[0], above)
        return []

    def _happened(self, step: int, row: int) -> list[str]:
        """The event behind a date, if it has happened; one still open makes nothing true."""
        made = self.of.program.steps[step]
        if made.op == "add":
            return self._happened(made.args[0], row)
        known = made.op == "event" and self.of.trace.span(step, row)[1] < NEVER
        return [made.args[0]] if known else []
