"""What evaluation said of each rule in the scenarios that name it, as coverage counts it.

In: the answers of a program to the scenarios of its protocol. Out: `Said`, read off the planes of
all cases at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import cast

from engine.analysis.coverage import MISSED, Edge, Said, Seen
from engine.dates.working_days import add_working_days
from engine.evaluate.status import Judgement
from engine.model.fact import CASE
from engine.model.finding import Span
from engine.model.program import Judged
from engine.scenarios.runner import Answers


def said(answers: Iterable[Answers]) -> Said:
    """What was said of every result that a scenario names, and what was reached in any."""
    found: dict[str, Seen] = {}
    reached: set[str] = set()
    for one in answers:
        reached |= set(_reached(one))
        for name, cases in _named(one).items():
            before = found.get(name, Seen(frozenset(), {}))
            found[name] = _joined(before, _seen(one, name, cases))
    return Said(found, frozenset(reached))


def _named(answers: Answers) -> dict[str, list[int]]:
    """By result, the cases of the scenarios that name it."""
    found: dict[str, list[int]] = {}
    for scenario in answers.scenarios:
        for name in scenario.names() & answers.results.keys():
            found.setdefault(name, []).extend(answers.cases(scenario))
    return found


def _seen(answers: Answers, name: str, cases: list[int]) -> Seen:
    duty, role = answers.results[name]
    by_case = [answers.findings.rows(duty.table, case) for case in cases]
    rows = [row for own in by_case for row in own]
    nothing = frozenset() if all(by_case) else frozenset({"not_applicable"})
    readings: dict[str, frozenset[str]] = {}
    for part in duty.role_parts if role else duty.parts:
        if part.says is not None:
            within = [*_rows(answers, part, duty.table, rows)]
            statuses = _statuses(cast("Judgement", answers.run.value(part.judge)), within)
            readings[part.says] = readings.get(part.says, frozenset()) | statuses
    has_figure = answers.program.cards[duty.id].figure and not role
    edges = frozenset(_edges(answers, name, cases)) if has_figure else frozenset()
    return Seen(_statuses(answers.judgement(name), rows) | nothing, readings, edges)


def _edges(answers: Answers, name: str, cases: list[int]) -> Iterator[Edge]:
    """Whether something was done on its last day in time, or one day, or working day, too late."""
    for case in cases:
        asked = datetime.date.fromordinal(answers.tables.asked(CASE)[case])
        finding = answers.finding(name, case)
        for verdict in finding.verdicts if finding else ():
            due = verdict.due and verdict.due.first
            if due is None or verdict.due != Span(due, due):
                continue
            if verdict.status == "met" and verdict.done == Span(due, due):
                yield "last day"
            elif verdict.status in MISSED:
                done = verdict.done if verdict.status == "late" else None
                day = done.first if done else asked
                if day and due < day <= _next(due):
                    yield "day after"


def _next(day: datetime.date) -> datetime.date:
    """The next working day; the next day where the calendar is not known."""
    ordinal = add_working_days(day.toordinal(), 1)
    return datetime.date.fromordinal(ordinal or day.toordinal() + 1)


def _rows(answers: Answers, part: Judged, table: str, rows: Iterable[int]) -> Iterator[int]:
    """The rows of a part: those of its duty, or its intervals in them."""
    for row in rows:
        yield from answers.findings.inside(part.table, row) if part.table != table else [row]


def _statuses(judgement: Judgement, rows: Iterable[int]) -> frozenset[str]:
    mask = 0
    for row in rows:
        mask |= 1 << row
    return frozenset(status for status, plane in judgement.status.items() if plane & mask)


def _joined(one: Seen, other: Seen) -> Seen:
    readings = dict(one.readings)
    for says, statuses in other.readings.items():
        readings[says] = readings.get(says, frozenset()) | statuses
    return Seen(one.statuses | other.statuses, readings, one.edges | other.edges)


def _reached(answers: Answers) -> Iterator[str]:
    """The thresholds and definitions that hold in some row."""
    for named in answers.program.named:
        if named.kind != "pathway" and answers.run.truth(named.truth).t:
            yield named.id
