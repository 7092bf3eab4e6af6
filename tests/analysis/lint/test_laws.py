"""What lint says of random rules is so, and of simple ones it says all that is so: counted out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.analysis.branches import without_branches
from engine.analysis.lint import Finding, lint
from engine.compile import compile_protocol
from engine.model import condition as c
from engine.model.protocol import Protocol, Within
from engine.validate.conditions import domain_of
from tests.reference.build import conclusion, duty, length, protocol
from tests.reference.days import EVER, NEVER
from tests.reference.generate import Situation, situations
from tests.reference.generate_conditions import words
from tests.reference.naive import Naive
from tests.reference.outcome import Judgement
from tests.reference.small_dictionary import SMALL
from tests.reference.world import Happening, World

FACTS = (
    "child.disabled", "child.legal_status", "decision.outcome", "decision.telling_risk_recorded",
)  # fmt: skip
ATOMS = words("referral").filter(lambda one: isinstance(one, c.Fact) and one.fact in FACTS)
SEVERAL = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(c.All),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(c.Any),
        inner.map(c.Not),
    ),
    max_leaves=6,
)


def found(whole: Protocol) -> list[Finding]:
    return lint(whole, compile_protocol(whole, SMALL), SMALL, {})


def codes(whole: Protocol, *looked_for: str) -> set[str]:
    return {one.problem.code for one in found(whole)} & set(looked_for)


def holds(condition: c.Condition, record: Mapping[str, str]) -> bool:
    """Whether a condition on circumstances holds of a record."""
    match condition:
        case c.Fact(fact, values):
            return record[fact] in values
        case c.All(parts):
            return all(holds(part, record) for part in parts)
        case c.Any(parts):
            return any(holds(part, record) for part in parts)
        case c.Not(part):
            return not holds(part, record)
    raise AssertionError(condition)


def records() -> list[dict[str, str]]:
    """Every way in which the circumstances can be."""
    domains = [domain_of(SMALL.facts[fact]) for fact in FACTS]
    return [dict(zip(FACTS, way, strict=True)) for way in product(*domains)]


def truths(condition: c.Condition) -> list[bool]:
    return [holds(condition, record) for record in records()]


@settings(max_examples=60)
@given(SEVERAL)
def test_of_circumstances_everything_is_found(when: c.Condition) -> None:
    """A duty that never applies, or whose condition or a part of it says nothing: all of them,
    and no other."""
    whole = protocol(duty("it", for_each="referrals", when=when, done="referral.accepted"))
    ways = truths(when)
    expected = set() if any(ways) else {"W201"}
    expected |= {"W202"} if all(ways) else set()
    expected |= (
        {"W211"} if any(truths(rest) == ways for _, rest in without_branches(when)) else set()
    )
    assert codes(whole, "W201", "W202", "W211") == expected


@settings(max_examples=60)
@given(SEVERAL, SEVERAL)
def test_of_excuses_everything_is_found(when: c.Condition, excuse: c.Condition) -> None:
    """Excuses that hold of none, or of all, of those whom the duty is about."""
    asked = [record for record in records() if holds(when, record)]
    assume(asked)
    whole = protocol(
        duty(
            "it", for_each="referrals", when=when, done="referral.accepted", excused_by=excuse,
            start="referral.received", limit=Within(length("5 days")),
        )
    )  # fmt: skip
    ways = {holds(excuse, record) for record in asked}
    expected = {frozenset({True}): {"W205"}, frozenset({False}): {"W204"}}
    assert codes(whole, "W204", "W205") == expected.get(frozenset(ways), set())


@settings(max_examples=40)
@given(SEVERAL)
def test_of_definitions_everything_is_found(when: c.Condition) -> None:
    """Definitions that no record reaches."""
    named = conclusion("it", kind="definition", for_each="referrals", when=when)
    whole = protocol(conclusions=(named,))
    assert codes(whole, "W206") == (set() if any(truths(when)) else {"W206"})


def as_recorded(situation: Situation) -> Situation:
    """Asked as at the record's own day, as lint asks."""
    return dataclasses.replace(situation, asked=situation.case.as_of or situation.today)


def worlds(situation: Situation, random: Random) -> list[World]:
    """Completions as the proof has them: what has happened, and every date, has a day; of what has
    not, no day is known, though a completion may give it one after the record."""
    return [
        world
        for world in situation.worlds(60, random)
        if not any(
            isinstance(value, Happening)
            and (value.day == EVER or _unlike(value.day, world, SMALL.facts[path].kind))
            for row in world.rows
            for path, value in row.facts.items()
        )
    ]


def _unlike(day: int, world: World, kind: str) -> bool:
    """A date without a day, or an event with one after the record."""
    return day == NEVER if kind == "date" else world.record_to < day < NEVER


def judged(situation: Situation, world: World, index: int) -> Iterator[Judgement]:
    """Every judgement of a duty in a completed case, under each of its readings."""
    made = situation.protocol.duties
    for reading in range(max(1, len(made[index].readings))):
        chosen = dict.fromkeys(range(len(made)), 0) | {index: reading}
        naive = Naive(SMALL, world, situation.protocol, chosen)
        for row in naive.rows(made[index]):
            yield from naive.judgements(index, row)


@settings(max_examples=25)
@given(situations(), st.randoms(use_true_random=False))
def test_no_completed_case_belies_a_finding(situation: Situation, random: Random) -> None:
    """Whatever lint finds of a random rule holds in every completion of a random case."""
    situation = as_recorded(situation)
    said = {(one.problem.code, id_) for one in found(situation.protocol) for id_ in one.rules}
    belied = set()
    for world in worlds(situation, random) if said else ():
        naive = Naive(SMALL, world, situation.protocol, dict.fromkeys(range(99), 0))
        for index, one in enumerate(situation.protocol.duties):
            if one.variant or one.superseded:
                continue
            for verdict in judged(situation, world, index):
                belied |= {("W201", one.id)} if verdict.on else set()
                belied |= {("W203", one.id)} if verdict.on and verdict.done else set()
                belied |= {("W204", one.id)} if verdict.on and verdict.excused else set()
                belied |= {("W205", one.id)} if verdict.on and not verdict.excused else set()
            if one.when is not None and not one.readings:
                for row in naive.rows(one):
                    if not naive.holds(one.when, world.reach(row)):
                        belied.add(("W202", one.id))
        for named in situation.protocol.conclusions:
            for row in naive.rows(named):
                if naive.holds(named.when, world.reach(row)):
                    belied.add(("W206", named.id))
    assert not belied & said


@settings(max_examples=25)
@given(
    situations(1),
    st.sampled_from((0, 1, 2, 9)),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_what_is_called_needless_finds_nothing_more(
    situation: Situation, days: int, always: bool, random: Random
) -> None:
    """In every completion of a random case: where it finds a gap, the other finds one."""
    situation = as_recorded(situation)
    drawn = dataclasses.replace(situation.protocol.duties[0], superseded=())
    first = dataclasses.replace(drawn, readings=(), question=None)
    limit = Within(length(f"{days} days")) if isinstance(first.limit, Within) else first.limit
    when, scope = (None, (None, None)) if always else (first.when, first.scope)
    twin = dataclasses.replace(first, id="twin", limit=limit, when=when, scope=scope)
    whole = dataclasses.replace(situation.protocol, duties=(first, twin))
    needless = [one.rules for one in found(whole) if one.problem.code == "W207"]
    situation = dataclasses.replace(situation, protocol=whole)
    place = {first.id: 0, "twin": 1}
    for world in worlds(situation, random) if needless else ():
        naive = Naive(SMALL, world, whole, {})
        for less, enough in needless:
            for row in naive.rows(first):
                gaps = [naive.outcome(place[id_], row).gap for id_ in (less, enough)]
                assert gaps != ["yes", "no"]
