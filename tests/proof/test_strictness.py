"""Which of two duties is stricter: what is proved of all records holds of every random one."""

from __future__ import annotations

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn

from engine.compile import compile_protocol
from engine.evaluate import evaluate
from engine.model.case import Case
from engine.model.condition import Duration
from engine.model.protocol import Duty, Protocol, Recurring, Within
from engine.proof.strictness import Comparison, Measure, Side, compared
from tests.proof.pinned import completed
from tests.reference.build import case, duty, fact, item, length
from tests.reference.build import protocol as small_protocol
from tests.reference.days import after
from tests.reference.generate import RECORDS_TO, Situation, limits, situations
from tests.reference.generate_cases import cases
from tests.reference.generate_conditions import Scope, conditions, dates_in_reach, table_of
from tests.reference.small_dictionary import SMALL

END = RECORDS_TO[0]


def side(protocol: Protocol) -> Side:
    program = compile_protocol(protocol, SMALL)
    return Side(program, program.duties)


def against(one: Duty, other: Duty, of: Measure = "gap") -> Comparison:
    return compared(side(small_protocol(one)), side(small_protocol(other)), SMALL, of)


def found(of: Side, written: Case, measure: Measure) -> set[str]:
    """The items for which there is a gap, or something to do."""
    (told,) = evaluate(of.program, [written], SMALL, None, END)
    return {
        one.item
        for finding in told.findings
        for one in finding.instances
        for parts in [one.parts or (one.verdict,)]  # the intervals of a recurring duty
        if (one.verdict.gap == "yes" if measure == "gap" else any(x.to_do for x in parts))
    }


@st.composite
def changed(draw: DrawFn, made: Duty) -> Duty:
    """The duty with another limit, condition or excuse."""
    scope = Scope(table_of(made.for_each))
    kind = draw(st.sampled_from(("limit", "when", "excused_by")))
    condition = draw(st.none() | conditions(scope, 1))
    if kind == "when":
        return dataclasses.replace(made, when=condition)
    if kind == "excused_by":
        return dataclasses.replace(made, excused_by=condition)
    if isinstance(made.limit, Recurring):
        return dataclasses.replace(made, until=None)
    limit = draw(limits(scope.table))
    start = made.start or draw(st.sampled_from(dates_in_reach(scope.table)))
    return dataclasses.replace(made, limit=limit, start=start)


@settings(max_examples=60)
@given(situations(most=1), st.sampled_from(("gap", "to do")), st.data())
def test_what_is_proved_of_every_record_holds_of_each(
    situation: Situation, of: Measure, data: DataObject
) -> None:
    """Where no record is said to be a gap of the first duty alone, no random one is."""
    one = dataclasses.replace(situation.protocol.duties[0], readings=(), superseded=())
    other = data.draw(changed(one))
    sides = [side(dataclasses.replace(situation.protocol, duties=(x,))) for x in (one, other)]
    answer = compared(sides[0], sides[1], SMALL, of)
    for _ in range(5):
        written = completed(data.draw(cases(situation.protocol, END)), SMALL)
        gaps = [found(each, written, of) for each in sides]
        if answer.decided and answer.only_first is None:
            assert gaps[0] <= gaps[1]
        if answer.decided and answer.only_second is None:
            assert gaps[1] <= gaps[0]


def acknowledged(limit: str) -> Duty:
    return duty(
        "acknowledged",
        for_each="referrals",
        start="referral.received",
        limit=Within(length(limit)),
        done="referral.acknowledged",
    )


def test_five_working_days_and_seven_days_have_a_start_each() -> None:
    """With one start the working days end later, with another the days do."""
    answer = against(acknowledged("5 working days"), acknowledged("7 days"))
    for shown, sign in ((answer.only_first, -1), (answer.only_second, 1)):
        assert shown is not None
        assert shown.first.start is not None
        assert shown.first.start.first is not None
        day = shown.first.start.first.toordinal()
        assert (after(day, Duration(5, "working days")) - (day + 7)) * sign > 0


def test_the_shortest_span_of_working_days_is_proved_shorter() -> None:
    """Five working days are never less than five days, and sometimes more."""
    answer = against(acknowledged("5 working days"), acknowledged("5 days"))
    assert answer.decided
    assert answer.only_first is None
    assert answer.only_second is not None


def test_the_longest_span_of_working_days_is_proved_longer() -> None:
    """Five working days never take more than twelve days: at Christmas they do take twelve."""
    assert against(acknowledged("12 days"), acknowledged("5 working days")).only_first is None
    assert against(acknowledged("11 days"), acknowledged("5 working days")).only_first is not None


def test_a_duty_is_equal_to_itself() -> None:
    """Neither finds a gap, or asks for anything, that the other does not."""
    one = acknowledged("5 working days")
    assert against(one, one).equal
    assert against(one, one, "to do").equal


def test_what_is_asked_differs_where_the_gaps_do_not() -> None:
    """Without a limit only a refusal is a gap, and of a list none is: what is to do tells."""
    plan = duty("plan", for_each="referrals", start="referral.received", done="decision.made")
    late = dataclasses.replace(plan, force="consider")
    some = dataclasses.replace(late, when=fact("child.disabled"))
    assert against(late, some).equal
    answer = against(late, some, "to do")
    assert answer.only_first is not None
    assert answer.only_first.of == "to do"
    assert answer.only_second is None


def test_a_case_shown_is_one_that_the_engine_judges_so() -> None:
    """What is said of each side is what the engine says of the case."""
    one, other = acknowledged("2 working days"), acknowledged("4 working days")
    shown = against(one, other).only_first
    assert shown is not None
    said = [found(side(small_protocol(each)), shown.case, "gap") for each in (one, other)]
    assert said == [{"referrals[0]"}, set()]
    assert shown.first.status in ("overdue", "late")
    assert shown.second.status in ("outstanding", "met")


def test_a_record_with_nothing_in_it_is_a_gap_of_neither() -> None:
    """No item, no gap."""
    empty = case("2025-01-08", item(), complete=("referrals",))
    assert found(side(small_protocol(acknowledged("1 day"))), empty, "gap") == set()
