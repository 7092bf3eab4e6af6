"""The report for programs: everything that is known of each case, as JSON values.

In: `Summary`s, and the problems of files that could not be read. Out: a dictionary that
`schemas/report.schema.json` describes: ids that stay the same, dates as `2025-05-07`, keys and
entries always in the same order. The sections of the text report are lists of ids of judgements.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from engine import __version__
from engine.errors import ExitCode, Problem
from engine.model.finding import Finding, Instance, Reached, Span, Verdict
from engine.model.program import Card, Program
from engine.report.exit_codes import worst
from engine.report.lines import line_id
from engine.report.outline import Entry, Summary
from engine.report.words import Cite

FORMAT = 1


def as_json(summaries: Sequence[Summary], problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """All reports, in order; `problems` are those of files that were left out."""
    codes = [summary.exit_code for summary in summaries]
    if problems:
        codes.append(ExitCode.INVALID)
    return {
        "format": FORMAT,
        "engine": __version__,
        "exit_code": int(worst(codes)),
        "reports": [_report(summary) for summary in summaries],
        "problems": [_problem(problem) for problem in problems],
    }


def _report(summary: Summary) -> dict[str, Any]:
    told = summary.assessment
    return {
        "case": told.case,
        "authority": told.authority,
        "protocol": _protocol(summary.program),
        "record_to": told.record_to.isoformat(),
        "as_of": told.asked.isoformat(),
        "second_engine": told.second_engine,
        "exit_code": int(summary.exit_code),
        "nothing_applied": summary.nothing_applied,
        "basis": _basis(summary),
        "gaps": _ids(summary.gaps),
        "possible_gaps": _ids(summary.possible_gaps),
        "due_next": _ids(summary.due_next),
        "to_do": [
            {"limit": group.limit, "judgements": _ids(group.entries), "not_known": group.not_known}
            for group in summary.steps
        ],
        "excused": _ids(summary.excused),
        "questions": [question._asdict() for question in (*summary.questions, *summary.lists)],
        "coverings": [covering._asdict() for covering in summary.coverings],
        "reached": _reached(summary),
        "not_for_a_record": [
            {
                "id": card.id,
                "title": card.title,
                "why": card.not_checkable,
                "cite": _cites(card.cite),
            }
            for card in (one.card for one in summary.uncheckable)
        ],
        "questions_for_authority": [
            {"id": one.id, "asks": one.asks, "duties": list(one.duties)}
            for one in summary.ambiguities
        ],
        "warnings": [_problem(warning) for warning in summary.warnings],
        "findings": [
            _finding(finding, summary.program.cards[finding.duty]) for finding in told.findings
        ],
    }


def _protocol(program: Program) -> dict[str, Any]:
    return {
        "id": program.protocol,
        "title": program.title,
        "edition": program.edition,
        "extends": list(program.chain[1:]),
        "documents": [
            {"protocol": protocol, "document": document, "title": title}
            for protocol, document, title in program.sources
        ],
    }


def _basis(summary: Summary) -> dict[str, Any]:
    basis = summary.basis
    return {
        "counted": basis.counted,
        "decided": basis.decided,
        "undecided": [{"because": why, "duties": count} for why, count in basis.why_not],
        "statuses": dict(basis.statuses),
    }


def _ids(entries: Iterable[Entry]) -> list[str]:
    return [line.id for entry in entries for line in entry.lines]


def _reached(summary: Summary) -> list[dict[str, Any]]:
    """Every threshold, definition and pathway; those reached with what is recorded."""
    recorded = {
        (group.kind, id_): own
        for group in (*summary.reached, *summary.may_be_reached)
        for id_, own in group.recorded.items()
    }
    titles = {(named.kind, named.id): named for named in summary.program.named}

    def one(reached: Reached) -> dict[str, Any]:
        named = titles[reached.kind, reached.id]
        return {
            "id": reached.id,
            "kind": reached.kind,
            "title": named.title,
            "truth": reached.truth,
            "items": list(reached.items),
            "recorded": list(recorded.get((reached.kind, reached.id), ())),
            "needs": list(reached.needs),
            "cite": _cites(named.cite),
        }

    return [one(reached) for reached in summary.assessment.reached]


def _finding(finding: Finding, card: Card) -> dict[str, Any]:
    return {
        "id": finding.id,
        "duty": finding.duty,
        "role": finding.role,
        "title": card.title,
        "checklist": card.checklist and {"id": card.checklist, "title": card.checklist_title},
        "block": {"id": card.block, "title": card.block_title, "kind": card.block_kind},
        "origin": card.origin,
        "force": card.force,
        "law": list(card.law),
        "by": card.by,
        "other_agency": card.other_agency,
        "only_by": card.only_by,
        "limit": card.limit,
        "cite": _cites(card.cite),
        "verification": card.verification,
        "question": card.question,
        "note": card.note,
        "status": finding.status,
        "gap": finding.gap,
        "decided": finding.decided,
        "counted": finding.counted,
        "instances": [_instance(finding, instance) for instance in finding.instances],
    }


def _instance(finding: Finding, instance: Instance) -> dict[str, Any]:
    return {
        "id": line_id(finding, instance),
        "item": instance.item,
        "name": instance.name,
        "unseen": instance.unseen,
        **_verdict(instance.verdict),
        "parts": [
            {"id": line_id(finding, instance, number), **_verdict(part)}
            for number, part in enumerate(instance.parts, 1)
        ],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "status": verdict.status,
        "gap": verdict.gap,
        "why": verdict.why,
        "due": _span(verdict.due),
        "days_left": verdict.days_left,
        "start": _span(verdict.start),
        "done": _span(verdict.done),
        "planned": _date(verdict.planned),
        "to_do": verdict.to_do,
        "needs": list(verdict.needs),
        "says": verdict.says,
        "interval": verdict.interval,
        "trace": verdict.trace,
    }


def _span(span: Span | None) -> dict[str, str | None] | None:
    return {"first": _date(span.first), "last": _date(span.last)} if span else None


def _date(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _cites(cites: Iterable[Cite]) -> list[dict[str, str]]:
    return [
        {"protocol": protocol, "document": document, "clause": clause}
        for protocol, document, clause in cites
    ]


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "cure": problem.cure,
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
    }
