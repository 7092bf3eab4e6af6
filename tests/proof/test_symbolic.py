"""The symbolic reading says of every case what the engine says, and finds a case of all it says."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from hypothesis import assume, given, settings

from engine.compile import compile_protocol
from engine.dates import NEVER
from engine.evaluate import evaluate
from engine.evaluate.planes_engine import run_program
from engine.evaluate.run import Run
from engine.evaluate.status import STATUSES, Judgement, status_of
from engine.evaluate.tables import CaseTables
from engine.evaluate.values import Days, Truth
from engine.model.case import Case
from engine.model.fact import CASE
from engine.model.program import Program
from engine.proof import judged, logic
from engine.proof.calendar import LAST, Calendar
from engine.proof.logic import Formula, all_of, any_of, opposite
from engine.proof.question import Found, NoCase, example
from engine.proof.record import Record
from engine.proof.symbolic import Symbolic
from tests.proof.pinned import completed, held, pinned, rows
from tests.reference.generate import Situation, situations
from tests.reference.small_dictionary import SMALL

LATER = datetime.date(2100, 1, 1)
TWO = {part.name: 2 for part in SMALL.parts.values() if part.is_list}


def holds(formula: Formula, said: bool) -> Formula:
    return formula if said else opposite(formula)


def same_truth(ours: logic.Truth, theirs: Truth, row: int) -> list[Formula]:
    return [holds(ours.t, bool(theirs.t >> row & 1)), holds(ours.f, bool(theirs.f >> row & 1))]


def same_days(ours: logic.Days, theirs: Days, row: int) -> list[Formula]:
    days = [a == b for a, b in ((ours.lo, theirs.lo[row]), (ours.hi, theirs.hi[row]))]
    marks = [
        holds(getattr(ours, mark), bool(getattr(theirs, mark) >> row & 1))
        for mark in ("silent", "denied", "refused")
    ]
    return [*days, *marks]


def same_judgement(ours: judged.Judgement, theirs: Judgement, row: int) -> list[Formula]:
    return [
        *(holds(ours.status[name], status_of(theirs, row) == name) for name in STATUSES),
        *same_truth(ours.gap, theirs.gap, row),
        *same_truth(ours.missed, theirs.missed, row),
        holds(ours.to_do, bool(theirs.to_do >> row & 1)),
    ]


SAME: dict[type, Callable[..., list[Formula]]] = {
    Truth: same_truth,
    Days: same_days,
    Judgement: same_judgement,
}


def said(program: Program, case: Case, record: Record, calendar: Calendar) -> list[Formula]:
    """Each value the engine gives in a row on record, as a formula of the record's unknowns."""
    assert case.as_of is not None
    tables = CaseTables([case], SMALL, None, case.as_of)
    run: Run = run_program(program, tables)
    values = Symbolic(program, record, calendar)
    found: list[Formula] = []
    for number, step in enumerate(program.steps):
        if step.table != CASE and step.table not in SMALL.parts:
            continue  # the rows of a recurring duty's intervals have an order of their own
        theirs = run.value(number)
        ours = values.value(number)
        if type(theirs) in SAME:
            for row, place in rows(record, tables, step.table).items():
                if tables.table(step.table).rows[row].item is not None:
                    found += SAME[type(theirs)](ours[place], theirs, row)
    return found


def counted_to_the_end(program: Program, case: Case) -> bool:
    """No sum in the case begins beyond the days that the calendar knows."""
    assert case.as_of is not None
    run: Run = run_program(program, CaseTables([case], SMALL, None, case.as_of))
    return not any(
        LAST < day < NEVER
        for step in program.steps
        if step.op == "add" and step.args[2] not in ("days", "weeks")
        for ends in (run.days(step.args[0]).lo, run.days(step.args[0]).hi)
        for day in ends
    )


def assert_same(situation: Situation, case: Case, *, exact: bool) -> None:
    program = compile_protocol(situation.protocol, SMALL)
    assume(counted_to_the_end(program, case))
    record, calendar = Record(SMALL, TWO, exact=exact), Calendar()
    formulas = said(program, case, record, calendar)
    it_is_this = all_of(pinned(record, case))
    other = any_of(map(opposite, formulas))
    assert example(all_of((it_is_this, other)), record, calendar, "other") is NoCase.NONE
    assert isinstance(example(it_is_this, record, calendar, "this"), Found)


@settings(max_examples=40)
@given(situations())
def test_the_reading_of_a_case_is_the_engines(situation: Situation) -> None:
    """Every truth, day and judgement that the engine has of a case is proved of the record."""
    assert_same(situation, held(situation.case, SMALL), exact=False)


@settings(max_examples=25)
@given(situations())
def test_the_reading_of_a_complete_case_is_the_engines(situation: Situation) -> None:
    """The same of a record that leaves nothing open."""
    assert_same(situation, completed(situation.case, SMALL), exact=True)


def assert_examples(situation: Situation, *, exact: bool) -> None:
    program = compile_protocol(situation.protocol, SMALL)
    record, calendar = Record(SMALL, TWO, exact=exact), Calendar()
    values = Symbolic(program, record, calendar)
    for duty in program.duties:
        status: dict[str, Formula] = values.value(duty.judgement)[0].status
        (there, *_) = record.exists(duty.table)
        for name in STATUSES:
            found = example(all_of((there.t, status[name])), record, calendar, name)
            assert found is not NoCase.UNDECIDED
            if isinstance(found, Found):
                (told,) = evaluate(program, [found.case], SMALL, None, LATER)
                (finding,) = [f for f in told.findings if f.duty == duty.id and not f.role]
                assert finding.instances[0].verdict.status == name


@settings(max_examples=12)
@given(situations())
def test_of_the_case_found_for_a_status_the_engine_says_it(situation: Situation) -> None:
    """Whatever status the solver finds a record for, the engine gives that record."""
    assert_examples(situation, exact=False)


@settings(max_examples=8)
@given(situations())
def test_of_the_complete_case_found_for_a_status_the_engine_says_it(situation: Situation) -> None:
    """The same of records that leave nothing open."""
    assert_examples(situation, exact=True)
