"""What a question answers: a case, none, or that it was not decided."""

from __future__ import annotations

import z3

from engine.proof.calendar import Calendar
from engine.proof.logic import Formula
from engine.proof.question import Found, NoCase, example
from engine.proof.record import Record
from tests.reference.days import on
from tests.reference.small_dictionary import SMALL


def record() -> tuple[Record, z3.ArithRef]:
    """A record, and the day of one of its events."""
    made = Record(SMALL, exact=True)
    return made, made.event("early_help.considered", "")[0].lo


def test_what_holds_of_no_record_is_none() -> None:
    """No record has an event both after its own day and before it."""
    made, day = record()
    wanted = z3.And(day > made.day + 5, day < made.day + 1)
    assert example(wanted, made, Calendar(), "x") is NoCase.NONE
    assert example(False, made, Calendar(), "x") is NoCase.NONE


def test_where_the_steps_run_out_nothing_is_said() -> None:
    """Neither of what holds of some record nor of what holds of none."""
    made, day = record()
    questions: list[Formula] = [day == made.day, z3.And(day > made.day + 5, day < made.day + 1)]
    for wanted in questions:
        assert example(wanted, made, Calendar(), "x", steps=1) is NoCase.UNDECIDED


def test_a_day_on_which_no_limit_ends_is_ruled_out() -> None:
    """No five working days end on a Sunday, although what is known at first allows it."""
    made, day = record()
    calendar = Calendar()
    due = calendar.after(day, 5, "working days")
    sunday = on("2025-03-09")
    assert example(due == sunday, made, calendar, "x") is NoCase.NONE
    assert isinstance(example(due == sunday + 1, made, calendar, "x"), Found)


def test_an_unlikely_record_is_found_where_there_is_no_likely_one() -> None:
    """A day ten years before the record's own is found when it is asked for."""
    made, day = record()
    assert isinstance(example(day < made.day - 3650, made, Calendar(), "x"), Found)
