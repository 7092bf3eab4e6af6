"""From planes to findings: what evaluation says of each case, duty by duty.

In: a program, its run over `CaseTables`, the number of a case. Out: its `Assessment`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import cast

from engine.evaluate.engaged import Engaged
from engine.evaluate.run import Run
from engine.evaluate.status import Judgement, status_of
from engine.evaluate.tables import CaseTables
from engine.evaluate.trace import Trace, as_date
from engine.evaluate.verdicts import Verdicts, gap_of
from engine.model.fact import CASE
from engine.model.finding import (
    Assessment,
    Finding,
    Gap,
    Instance,
    Span,
    Status,
    Verdict,
)
from engine.model.program import CompiledDuty, Judged, Program

_WORST = ("overdue", "not_evidenced", "late")


def severity(status: str, gap: str) -> int:
    """The order in which statuses are shown, worst first (SEMANTICS section 2)."""
    if gap == "yes":
        return _WORST.index(status) if status in _WORST else 3
    if gap == "undetermined":
        return 4 + (_WORST.index(status) if status in _WORST else 3)
    return 8 + ("outstanding", "undetermined", "excused", "met", "not_applicable").index(status)


class Findings:
    """Reads one run; rows of every list are grouped by case once."""

    def __init__(self, program: Program, run: Run, tables: CaseTables, *, trace: bool) -> None:
        self.program = program
        self.run = run
        self.tables = tables
        self.trace = Trace(program, run)
        self.verdicts = Verdicts(program, run, tables, self.trace, with_tree=trace)
        self._engaged = Engaged(self)
        self._rows: dict[str, dict[int, list[int]]] = {}
        self._inside: dict[str, dict[int, list[int]]] = {}

    def assessment(self, number: int) -> Assessment:
        """All that is said of case `number`."""
        case = self.tables.cases[number]
        findings: list[Finding] = []
        for duty in self.program.duties:
            findings.append(self.finding(duty, number, role=False))
            if duty.role is not None:
                findings.append(self.finding(duty, number, role=True))
        return Assessment(
            case=case.label,
            authority=case.authority,
            protocol=self.program.protocol,
            record_to=_date(self.tables.record_to(CASE)[number]),
            asked=_date(self.tables.asked(CASE)[number]),
            findings=tuple(findings),
            reached=tuple(self._engaged.reached(named, number) for named in self.program.named),
            warnings=case.warnings,
        )

    # Rows

    def rows(self, table: str, case: int) -> list[int]:
        """The rows of a case that are instances: those on record, an unseen one if none is."""
        return self._instances(table).get(case, [])

    def _instances(self, table: str) -> dict[int, list[int]]:
        if table not in self._rows:
            self._rows[table] = self._stand(table)
        return self._rows[table]

    def _stand(self, table: str) -> dict[int, list[int]]:
        rows = self.tables.table(table).rows
        if table == CASE:
            return {row.case: [number] for number, row in enumerate(rows)}
        above = self.tables.above(table)
        standing = {r for own in (self._instances(above)).values() for r in own}
        seen = {row.parent for row in rows if row.item is not None}
        out: dict[int, list[int]] = {}
        for number, row in enumerate(rows):
            if row.parent in standing and (row.item is not None or row.parent not in seen):
                out.setdefault(row.case, []).append(number)
        return out

    def inside(self, table: str, row: int) -> list[int]:
        """The rows of a table of intervals that stand in `row`."""
        if table not in self._inside:
            groups: dict[int, list[int]] = {}
            for number, above in enumerate(self.run.parents(table)):
                groups.setdefault(above, []).append(number)
            self._inside[table] = groups
        return self._inside[table].get(row, [])

    # Findings

    def finding(self, duty: CompiledDuty, case: int, *, role: bool) -> Finding:
        """A duty over all its items in one case."""
        judgement = cast("Judgement", self.run.value(duty.role if role else duty.judgement))  # type: ignore[arg-type]
        parts = duty.role_parts if role else duty.parts
        rows = self.rows(duty.table, case)
        instances = [self.instance(duty, parts, judgement, row, role=role) for row in rows]
        decided = all(
            judgement.decided >> row & 1 or judgement.status["not_applicable"] >> row & 1
            for row in rows
        )
        if instances:
            worst = min((i.verdict for i in instances), key=lambda v: severity(v.status, v.gap))
            status, gap = worst.status, _any_gap([i.verdict.gap for i in instances])
        else:
            status, gap = "not_applicable", "no"
        consider = self.program.cards[duty.id].force == "consider"
        counted = status != "not_applicable" and not consider and not role
        return Finding(duty.id, status, gap, decided, counted, tuple(instances), role)

    def instance(
        self,
        duty: CompiledDuty,
        parts: Sequence[Judged],
        judgement: Judgement,
        row: int,
        *,
        role: bool,
    ) -> Instance:
        """The duty for one item, with its intervals and readings."""
        status = cast("Status", status_of(judgement, row))
        gap = gap_of(judgement, row)
        verdicts = [
            self.verdicts.verdict(duty.id, part, own, number, role=role)
            for part, rows in self._judging(duty, parts, row)
            for number, own in rows
        ]
        lead = self._lead(verdicts, status, gap)
        return Instance(
            item=self.tables.table(duty.table).rows[row].where,
            name=self.name(duty.table, row),
            verdict=lead,
            parts=tuple(verdicts) if len(verdicts) > 1 else (),
            unseen=self.tables.table(duty.table).rows[row].item is None,
        )

    def _judging(
        self, duty: CompiledDuty, parts: Sequence[Judged], row: int
    ) -> list[tuple[Judged, list[tuple[int, int]]]]:
        """The readings of the editions that may judge, each with its intervals, numbered from 1.

        A reading by which no edition held speaks too, beside one by which some did.
        """
        rows = {
            part: list(enumerate(self.inside(part.table, row), 1))
            if part.table != duty.table
            else [(1, row)]
            for part in parts
        }
        stand = {part: [one for one in rows[part] if self._stands(part, one[1])] for part in parts}
        editions = {part.edition_of for part in parts if stand[part]} or {parts[0].edition_of}
        own = [part for part in parts if part.edition_of in editions]
        return [(part, stand[part] or rows[part][:1]) for part in own]

    def _stands(self, part: Judged, row: int) -> bool:
        """Whether an edition, or an interval, may be one that judges."""
        return (
            self.trace.truth(part.edition, row) != "no"
            and self.trace.truth(part.exists, row) != "no"
        )

    def _lead(self, verdicts: list[Verdict], status: Status, gap: Gap) -> Verdict:
        """The verdict that stands for all: one that says the same, or the span of them all."""
        same = [v for v in verdicts if (v.status, v.gap) == (status, gap)]
        if len(verdicts) == 1:
            return verdicts[0]
        if same:
            return max(same, key=_due_key) if status == "met" else min(same, key=_due_key)
        dues = [v.due for v in verdicts if v.due]
        worst: dict[str, Verdict] = {}  # of the intervals of a reading the worst stands for it
        for one in sorted(verdicts, key=lambda v: severity(v.status, v.gap), reverse=True):
            if one.says is not None:
                worst[one.says] = one
        order = dict.fromkeys(v.says for v in verdicts if v.says is not None)
        says = "; ".join(f"{one}: {worst[one].status.replace('_', ' ')}" for one in order)
        return Verdict(
            status=status,
            gap=gap,
            why=f"The text can be read in more than one way ({says})." if says else verdicts[0].why,
            due=_union(dues),
            start=verdicts[0].start,
            done=verdicts[0].done,
            needs=tuple(dict.fromkeys(need for v in verdicts for need in v.needs)),
            to_do=all(v.to_do for v in verdicts),
        )

    # Names

    def name(self, table: str, row: int) -> str:
        """An item as a person would name it: `referral of 10 March 2025`, `parent 2`."""
        if table == CASE:
            return ""
        held = self.tables.table(table).rows[row]
        part = self.tables.dictionary.parts[table]
        if held.item is None:
            return f"any {part.noun} not in this record"
        if part.opening:
            days = self.run.event(part.opening, "")
            lo, hi = int(days.lo[row]), int(days.hi[row])
            day = as_date(lo)
            if lo == hi and day:
                return f"{part.noun} of {day.day} {day:%B %Y}"
        position = held.where.rpartition("[")[2].removesuffix("]")
        return f"{part.noun} {int(position) + 1}"


def _date(ordinal: int) -> datetime.date:
    return datetime.date.fromordinal(ordinal)


def _any_gap(gaps: list[Gap]) -> Gap:
    return "yes" if "yes" in gaps else "undetermined" if "undetermined" in gaps else "no"


def _due_key(verdict: Verdict) -> datetime.date:
    return (verdict.due and verdict.due.first) or datetime.date.max


def _union(spans: list[Span]) -> Span | None:
    """From the earliest to the latest day of them all."""
    if not spans:
        return None
    firsts = [s.first for s in spans]
    lasts = [s.last for s in spans]
    return Span(
        None if None in firsts else min(f for f in firsts if f),
        None if None in lasts else max(x for x in lasts if x),
    )
