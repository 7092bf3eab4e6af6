"""Each form of a recorded fact allows the days that SEMANTICS section 1 says, and no others."""

from __future__ import annotations

import datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.case import Case, Item, Recorded
from tests.reference.build import case, facts_read, item, said, tables_read
from tests.reference.build import protocol as resolved
from tests.reference.completions import Bounds, Completions
from tests.reference.days import EVER, NEVER, on
from tests.reference.examples import TEN, ten
from tests.reference.generate import Situation, situations
from tests.reference.generate_cases import days_near
from tests.reference.small_dictionary import SMALL

R = "2025-03-10"
SEEDED = Random(1)  # noqa: S311 - a sample to be repeated, no secret
NOT_YET = on("2025-03-11")


def plan(
    written: Case, reads: frozenset[str], tables: frozenset[str], days: list[int]
) -> Completions:
    assert written.as_of is not None
    return Completions(
        written, SMALL, written.as_of.toordinal(), written.as_of, reads, tables, days
    )


def bounds(
    path: str, value: str | None, planned: str | None, covers: object, opening: bool
) -> Bounds:
    made = plan(case(R, Item(), covers), frozenset(), frozenset(), [])
    known: list[Recorded | None] = [None if v is None else said(v) for v in (value, planned)]
    opened = Bounds(on("2025-03-01"), on("2025-03-01"))
    return made.bounds(SMALL.facts[path], known[0], known[1], opened, opening=opening)


VISITED, REASONS = "assessment.home_visited", "early_help.not_offered_reason_recorded"
WITHDRAWN, CLOSED, AGREED = (
    "assessment.consent_withdrawn",
    "referral.closed",
    "court_report.agreed_date",
)


@pytest.mark.parametrize(
    ("path", "value", "planned", "covers", "expected"),
    [
        (VISITED, "2025-03-10", None, (), Bounds(on("2025-03-10"), on("2025-03-10"))),
        (VISITED, "2025-03-11", None, (), Bounds(NOT_YET, NEVER)),
        (VISITED, None, "2025-03-11", ("assessment",), Bounds(NOT_YET, NEVER)),
        (VISITED, None, "2025-03-10", (), Bounds(EVER, NEVER)),
        (VISITED, "no", "2025-03-11", (), Bounds(NOT_YET, NEVER, "no")),
        (VISITED, "2025-02-01/2025-02-28", None, (), Bounds(on("2025-02-01"), on("2025-02-28"))),
        (VISITED, "2025-03-01/2025-03-31", None, (), Bounds(on("2025-03-01"), on("2025-03-10"))),
        (VISITED, "2025-03-11/2025-03-31", None, (), Bounds(NOT_YET, NEVER)),
        (VISITED, "yes", None, (), Bounds(EVER, on(R), "undated")),
        (VISITED, None, None, ("assessment",), Bounds(NOT_YET, NEVER, "silent")),
        (VISITED, None, None, (VISITED,), Bounds(NOT_YET, NEVER, "silent")),
        (VISITED, None, None, {"assessment": "2025-03-01"}, Bounds(NOT_YET, NEVER, "silent")),
        (VISITED, None, None, {"assessment": "2025-03-02"}, Bounds(EVER, NEVER)),
        (VISITED, "not_known", None, ("assessment",), Bounds(EVER, NEVER)),
        (VISITED, "refused", None, (), Bounds(NOT_YET, NEVER, "refused")),
        (VISITED, None, None, (), Bounds(EVER, NEVER)),
        (REASONS, None, None, ("early_help",), Bounds(EVER, NEVER)),
        (WITHDRAWN, None, None, ("assessment",), Bounds(NOT_YET, NEVER)),
        (WITHDRAWN, None, None, (), Bounds(EVER, NEVER)),
        (CLOSED, None, None, ("referral",), Bounds(NOT_YET, NEVER)),
        (AGREED, "2025-04-01", None, (), Bounds(on("2025-04-01"), on("2025-04-01"))),
        ("assessment.addresses.health", None, None, ("assessment.addresses",),
         Bounds(NOT_YET, NEVER, "silent")),
    ],
)  # fmt: skip
def test_recorded_forms(
    path: str, value: str | None, planned: str | None, covers: object, expected: Bounds
) -> None:
    """The first row of the table that fits gives the interval and its mark."""
    assert bounds(path, value, planned, covers, opening=False) == expected


@pytest.mark.parametrize("value", [None, "not_known"])
def test_a_listed_thing_has_begun(value: str | None) -> None:
    """An opening that is absent or not known lies up to the end of the record."""
    assert bounds("referral.received", value, None, (), opening=True) == Bounds(EVER, on(R))


def test_all_completions_are_every_combination() -> None:
    """Two unknown facts: the product of their values, each once."""
    written = ten("2026-01-05", None)
    made = plan(
        written, facts_read(resolved(TEN)), frozenset({"case", "referral"}), [on("2026-01-02")]
    )
    worlds = list(made.worlds(100, SEEDED))
    two = ("referral.acknowledged", "referral.acknowledged_by")
    found = {tuple(world.rows[1].facts[fact] for fact in two) for world in worlds}
    roles = len(SMALL.words["role"])
    assert len(found) == len(worlds) == 3 * roles  # ever, that day, never


def test_an_open_list_may_hold_another_item() -> None:
    """Completions have no item or one more, unless the list is whole."""
    protocol = resolved(TEN)
    reads, tables = facts_read(protocol), tables_read(protocol)
    for complete, sizes in (((), {0, 1}), (("referrals",), {0})):
        made = plan(case(R, item(), (), complete), reads, tables, [])
        found = {len(world.of("referral")) for world in made.worlds(500, SEEDED)}
        assert found == sizes, complete


@settings(max_examples=40)
@given(situations(), st.randoms(use_true_random=False))
def test_what_is_recorded_stands_in_every_completion(situation: Situation, random: Random) -> None:
    """Seen items are those of the record, in its order, in every completion."""
    seen = {
        tuple(row.item for row in world.rows if row.seen) for world in situation.worlds(20, random)
    }
    assert len(seen) == 1


def test_days_tried_straddle_the_record() -> None:
    """Days before and after R are among those tried."""
    end = datetime.date.fromisoformat(R)
    days = days_near(end)
    assert min(days) < end.toordinal() < max(days)
