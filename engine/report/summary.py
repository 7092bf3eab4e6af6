"""What a report says of one case, in the order in which it is read.

In: an `Assessment`, the `Program` that gave it, the fact `Dictionary`. Out: one `Summary`, which
the text and the JSON report print: gaps first, then what is due, what must be known, and how much
the result rests on. What is undetermined because the record is silent is folded into counts and
questions, so that a small record does not drown in it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from typing import Any

from engine.model.fact import Dictionary
from engine.model.finding import Assessment, Finding, Status, Verdict
from engine.model.program import Program
from engine.report.exit_codes import exit_code, judged, worst
from engine.report.lines import Lines
from engine.report.outline import (
    Ambiguity,
    Basis,
    Entry,
    Line,
    Steps,
    Summary,
    Uncheckable,
)
from engine.report.questions import Needs
from engine.report.reached import groups_reached
from engine.report.words import NO_LIMIT, PROMPTLY

__all__ = ["Summary", "exit_code", "summarise", "worst"]

_STATUSES: tuple[Status, ...] = (
    "overdue", "not_evidenced", "late", "outstanding", "undetermined", "excused", "met",
    "not_applicable",
)  # fmt: skip
_MISSED = _STATUSES[:3]
_FORCES = ("must", "will", "should", "consider")
_URGENCY = {PROMPTLY: 1, NO_LIMIT: 2}
_LAST = datetime.date.max

NONE_ON_RECORD = "nothing of the kind is on record"
NOT_DUE = "not due yet"
READINGS = "the text can be read in more than one way"
SILENT = "the record does not say enough"


def summarise(assessment: Assessment, program: Program, dictionary: Dictionary) -> Summary:
    """All that a report says of one case."""
    lines = Lines(assessment, program)
    needs = _needs(assessment, program, dictionary)
    reached, may_be_reached = groups_reached(assessment, program, dictionary)

    def section(
        wanted: Callable[[Line], bool], order: Callable[[Entry], Any] | None = None
    ) -> _Entries:
        """In the order given, or else as in the protocol; other agencies' last."""
        entries = sorted(lines.entries(wanted), key=order) if order else lines.entries(wanted)
        return tuple(sorted(entries, key=lambda entry: entry.agency or ""))

    def with_status(status: Status) -> _Entries:
        return section(lambda line: line.status == status)

    def next_(line: Line) -> bool:
        return _due_next(line, assessment.record_to)

    return Summary(
        assessment=assessment,
        program=program,
        exit_code=exit_code(assessment),
        nothing_applied=not assessment.applied,
        gaps=section(_gap, _worst_then_oldest),
        possible_gaps=section(_possible_gap, _worst_then_oldest),
        due_next=section(next_, _soonest),
        steps=_steps(section(_undated, _strongest)),
        questions=needs.questions(),
        lists=needs.lists(),
        coverings=needs.coverings(),
        warnings=assessment.warnings,
        excused=with_status("excused"),
        basis=_basis(assessment),
        reached=reached,
        may_be_reached=may_be_reached,
        uncheckable=_uncheckable(assessment, program),
        ambiguities=_ambiguities(assessment, program),
        met=with_status("met"),
        undetermined=with_status("undetermined"),
        not_applicable=section(_not_applicable),
    )


_Entries = tuple[Entry, ...]


# Which lines stand where


def _gap(line: Line) -> bool:
    return line.gap == "yes"


def _not_applicable(line: Line) -> bool:
    """A role result that waits for its duty says nothing of its own."""
    return line.status == "not_applicable" and not line.role


def _possible_gap(line: Line) -> bool:
    """Missed unless excused, or surely not done, or open for a reason that no fact settles."""
    if line.gap != "undetermined" or line.unseen:
        return False
    return line.status in _MISSED or line.verdict.to_do or not line.verdict.needs


def _open(line: Line) -> bool:
    """No gap, and still to do or perhaps so."""
    if line.unseen or line.role or _gap(line) or _possible_gap(line):
        return False
    if line.status == "outstanding":  # what is excused before its limit is not asked for
        return line.verdict.to_do
    return line.status == "undetermined"


def _due_next(line: Line, record_to: datetime.date) -> bool:
    """It has a date; one of which the record says nothing only if that lies ahead of it."""
    if not (_open(line) and line.due and line.due.last):
        return False
    return line.status == "outstanding" or line.due.last >= record_to


def _undated(line: Line) -> bool:
    """To do, or perhaps so, by no date of its own; what is excused is to do at any time."""
    if line.status == "excused":
        return line.verdict.to_do
    ahead = line.status == "outstanding" or line.gap == "no"
    return _open(line) and ahead and (line.due is None or line.due.last is None)


def _steps(entries: _Entries) -> tuple[Steps, ...]:
    """By their limit: events to come first, then promptly, then no limit at all."""
    groups = []
    for limit in dict.fromkeys(entry.card.limit for entry in entries):
        own = [entry for entry in entries if entry.card.limit == limit]
        known = [entry for entry in own if any(_surely_to_do(line) for line in entry.lines)]
        groups.append(Steps(limit, tuple(known), len(own) - len(known)))
    return tuple(sorted(groups, key=lambda group: _URGENCY.get(group.limit, 0)))


def _surely_to_do(line: Line) -> bool:
    return line.verdict.to_do


# In which order


def _worst_then_oldest(entry: Entry) -> tuple[int, datetime.date]:
    return (
        min(_STATUSES.index(line.status) for line in entry.lines),
        min(_day(line.verdict) for line in entry.lines),
    )


def _soonest(entry: Entry) -> datetime.date:
    return min(_day(line.verdict) for line in entry.lines)


def _strongest(entry: Entry) -> int:
    return _FORCES.index(entry.card.force)


def _day(verdict: Verdict) -> datetime.date:
    """The due date, else the start, as far as known."""
    days = [day for span in (verdict.due, verdict.start) if span for day in (span.first, span.last)]
    return next((day for day in days if day), _LAST)


# How much it rests on


def _basis(assessment: Assessment) -> Basis:
    """Counted by duty; a role result is part of its duty."""
    roles = {finding.duty: finding for finding in assessment.findings if finding.role}
    duties = [f for f in assessment.findings if not f.role]
    counted = [f for f in duties if f.counted]
    reasons: Counter[str] = Counter()
    for finding in counted:
        results = [finding, *filter(None, [roles.get(finding.duty)])]
        if not all(result.decided for result in results):
            reasons[_why_not(results)] += 1
    statuses = Counter(f.status for f in duties if f.counted or f.status == "not_applicable")
    return Basis(
        counted=len(counted),
        decided=len(counted) - reasons.total(),
        why_not=tuple(reasons.most_common()),
        statuses=tuple((status, statuses[status]) for status in _STATUSES if statuses[status]),
    )


def _why_not(results: list[Finding]) -> str:
    """Why a duty is not decided, in words."""
    open_ = [
        instance
        for result in results
        for instance in result.instances
        if "undetermined" in (instance.verdict.status, instance.verdict.gap)
    ]
    if all(instance.unseen for instance in open_):
        return NONE_ON_RECORD
    if any(not instance.verdict.needs for instance in open_):
        return READINGS
    return NOT_DUE if all(instance.verdict.gap == "no" for instance in open_) else SILENT


def _needs(assessment: Assessment, program: Program, dictionary: Dictionary) -> Needs:
    tables = {duty.id: duty.table for duty in program.duties}
    seen = {
        tables[finding.duty]
        for finding in assessment.findings
        for instance in finding.instances
        if not instance.unseen
    }
    needs = Needs(dictionary, seen)
    for finding in judged(assessment):
        for instance in finding.instances:
            needs.add(finding.duty, instance.verdict.needs)
    return needs


# What a reached pathway brings, and what the text leaves open


def _uncheckable(assessment: Assessment, program: Program) -> tuple[Uncheckable, ...]:
    """What no record can show, but for pathways that are not engaged."""
    engaged = {r.id for r in assessment.reached if r.kind == "pathway" and r.truth == "yes"}
    return tuple(
        Uncheckable(card, card.block_kind == "pathway")
        for card in program.cards.values()
        if card.not_checkable and (card.block_kind == "check" or card.block in engaged)
    )


def _ambiguities(assessment: Assessment, program: Program) -> tuple[Ambiguity, ...]:
    """Questions for the authority on duties of which something is on record."""
    titles: dict[str, list[str]] = {}
    for finding in assessment.findings:
        card = program.cards[finding.duty]
        on_record = any(not instance.unseen for instance in finding.instances)
        open_ = on_record and finding.status != "not_applicable" and not finding.role
        if card.question and open_:
            titles.setdefault(card.question, []).append(card.title)
    return tuple(
        Ambiguity(id_, program.questions.get(id_, ""), tuple(duties))
        for id_, duties in titles.items()
    )
