"""Exactly one edition judges a duty (SEMANTICS, law 8): proved of the shipped protocols."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from engine.compile import compile_protocol
from engine.evaluate import evaluate
from engine.load.dictionary import read_dictionary
from engine.model.fact import Dictionary
from engine.model.program import CompiledDuty, Judged, Program
from engine.model.protocol import Before, Dates, Protocol
from engine.pipeline import NATIONAL, resolved, shipped
from engine.proof.calendar import Calendar
from engine.proof.logic import Formula, all_of, any_of, opposite
from engine.proof.question import NoCase, example
from engine.proof.record import Record
from engine.proof.slices import items_for, part_of
from engine.proof.symbolic import Symbolic
from tests.reference.build import case, duty, item
from tests.reference.build import protocol as small_protocol
from tests.reference.small_dictionary import SMALL

LOCAL = [name for name in shipped() if name not in NATIONAL]


@cache
def whole(name: str) -> Protocol:
    return resolved(name, read_dictionary())


def changed(name: str) -> list[str]:
    """The duties of which a shipped protocol has more than one edition."""
    ids = [duty.id for duty in whole(name).duties if not duty.not_checkable]
    return sorted({id_ for id_ in ids if ids.count(id_) > 1})


def judging(values: Symbolic, duty: CompiledDuty) -> dict[str, Formula]:
    """For each edition whether it judges the clock of some row (of the first interval)."""
    found: dict[str, Formula] = {}
    for part in duty.parts:
        found[part.edition_of] = any_of((found.get(part.edition_of, False), _judges(values, part)))
    return found


def _judges(values: Symbolic, part: Judged) -> Formula:
    """The item is there, its clock has started, in the days of this edition."""
    return all_of(values.value(step)[0].t for step in (part.exists, part.started, part.edition))


class Editions:
    """The editions of one changed duty over a record, and the one edition it was made from."""

    def __init__(self, name: str, id_: str, dictionary: Dictionary) -> None:
        local = part_of(whole(name), [id_])
        first = next(duty for duty in local.duties if duty.id == id_)
        plain = replace(first, superseded=(), variant="")
        others = tuple(duty for duty in local.duties if duty.id != id_)
        programs = [
            compile_protocol(protocol, dictionary)
            for protocol in (local, replace(local, duties=(plain, *others)))
        ]
        duties = [self._duty(program, id_) for program in programs]
        self.record = Record(
            dictionary,
            items_for(*((p, [d]) for p, d in zip(programs, duties, strict=True))),
            exact=True,
        )
        self.calendar = Calendar()
        ours, theirs = (Symbolic(program, self.record, self.calendar) for program in programs)
        self.judging = list(judging(ours, duties[0]).values())
        (self.before,) = judging(theirs, duties[1]).values()
        self.never = all_of(theirs.value(part.edition)[0].f for part in duties[1].parts)

    def _duty(self, program: Program, id_: str) -> CompiledDuty:
        return next(duty for duty in program.duties if duty.id == id_)

    def possible(self, *wanted: Formula) -> object:
        return example(all_of(wanted), self.record, self.calendar, "x")


@pytest.mark.parametrize("name", LOCAL)
def test_exactly_one_edition_judges_a_changed_duty(name: str) -> None:
    """Over every day: where the unchanged duty would judge one of the editions does, never two,
    and none on a day of which it never was in force (a change may ask before its clock starts)."""
    dictionary = read_dictionary()
    assert changed(name)
    for id_ in changed(name):
        editions = Editions(name, id_, dictionary)
        none = [opposite(one) for one in editions.judging]
        assert editions.possible(editions.before, *none) is NoCase.NONE, (id_, "none")
        for pair in combinations(editions.judging, 2):
            assert editions.possible(*pair) is NoCase.NONE, (id_, "two")
        some = any_of(editions.judging)
        assert editions.possible(editions.never, some) is NoCase.NONE, (id_, "more")


def test_a_change_that_adds_a_gate_keeps_the_clock() -> None:
    """A gate passed before the change took effect once chose no edition: a duty without a limit
    goes by the day asked about, and so does its change."""
    window = Dates(start=datetime.date.fromisoformat("2025-01-01"))
    older = duty("considered", done="early_help.considered", superseded=(window,))
    newer = replace(
        older, limit=Before("early_help.offered"), effective=window, superseded=(), variant="local"
    )
    written = case("2025-02-01", item(early_help=item(offered="2024-12-20", considered="no")))
    program = compile_protocol(small_protocol(older, newer), SMALL)
    (told,) = evaluate(program, [written], SMALL, None, datetime.date.fromisoformat("2025-02-01"))
    assert [(f.status, f.gap) for f in told.findings] == [("overdue", "yes")]
