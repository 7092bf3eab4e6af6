"""Where no fact is read twice the engine is exact: what it leaves open really is (SEMANTICS 3)."""

from __future__ import annotations

import dataclasses
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from engine.compile import compile_protocol
from engine.evaluate import evaluate
from engine.model.protocol import Before, Dates, Duty, ListDone, Recurring
from tests.reference.build import protocol, texts
from tests.reference.generate import Situation, situations
from tests.reference.generate_conditions import table_of
from tests.reference.naive import outcomes
from tests.reference.small_dictionary import SMALL

MOST = 400  # completions tried: all there are


def bare(made: Duty) -> Duty:
    """The duty's clock, limit, end and evidence alone."""
    return dataclasses.replace(
        made,
        when=None,
        scope=(None, None),
        excused_by=None,
        readings=(),
        effective=Dates(),
        superseded=(),
        variant="",
    )


def reads_a_fact_twice(made: Duty) -> bool:
    """Two of start, gate, end and evidence are one fact, or the evidence holds one twice."""
    read = [
        text
        for text in texts((made.start, made.until, made.limit, made.done))
        if text in SMALL.facts
    ]
    if made.start is None and not isinstance(made.limit, Before):
        read.append(SMALL.opening(table_of(made.for_each)) or "")
    if isinstance(made.done, ListDone):
        read.append(SMALL.lists[made.done.list].opening or "")
    return len(read) != len(set(read))


@given(situations(most=1), st.randoms(use_true_random=False))
def test_an_open_gap_goes_both_ways(situation: Situation, random: Random) -> None:
    """Of an undetermined gap some completion says yes and some says no."""
    made = bare(situation.protocol.duties[0])
    assume(not isinstance(made.limit, Recurring) and not reads_a_fact_twice(made))
    situation = dataclasses.replace(situation, protocol=protocol(made))
    worlds = situation.worlds(MOST, random)
    assume(len(worlds) < MOST)
    found: dict[tuple[str, str], set[str]] = {}
    for world in worlds:
        for (duty, row), outcome in outcomes(situation.protocol, SMALL, world).items():
            found.setdefault((duty, world.rows[row].item), set()).add(outcome.gap)
    program = compile_protocol(situation.protocol, SMALL)
    (assessment,) = evaluate(program, [situation.case], SMALL, situation.asked, situation.today)
    for finding in assessment.findings:
        for one in finding.instances:
            if one.verdict.gap == "undetermined" and not one.unseen:
                assert found[finding.id, one.item] == {"yes", "no"}
