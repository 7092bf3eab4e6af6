"""The generator reaches what the laws are about: every limit, every form, every status."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.reference.generate import Situation, situations
from tests.reference.naive import Naive, outcomes
from tests.reference.small_dictionary import SMALL

STATUSES = {"met", "late", "excused", "outstanding", "overdue", "not_evidenced", "undetermined",
            "not_applicable"}  # fmt: skip
CONSTRUCTS = {
    "Within", "AtOnce", "Promptly", "Before", "Recurring", "ListDone", "Reading", "Some", "Every",
    "Age", "Elapsed", "Dated", "Reference", "All", "Any", "Not",
}  # fmt: skip


def names(node: object) -> Iterator[str]:
    """The names of the classes in a protocol."""
    if dataclasses.is_dataclass(node):
        yield type(node).__name__
        for field in dataclasses.fields(node):
            yield from names(getattr(node, field.name))
    elif isinstance(node, tuple):
        for part in node:
            yield from names(part)
    elif isinstance(node, dict):
        for part in node.values():
            yield from names(part)


class AllSeen(Exception):
    """Nothing is left to look for."""


def test_every_construct_and_status_is_reached() -> None:
    """Some hundred situations hold every construct and come to every status."""
    missing = CONSTRUCTS | STATUSES

    @settings(max_examples=500, derandomize=True, database=None, phases=[Phase.generate])
    @given(situations(), st.randoms(use_true_random=False))
    def look(situation: Situation, random: Random) -> None:
        missing.difference_update(names(situation.protocol))
        for world in situation.worlds(2, random):
            found = outcomes(situation.protocol, SMALL, world).values()
            missing.difference_update(outcome.status for outcome in found)
        if not missing:
            raise AllSeen

    with pytest.raises(AllSeen):
        look()


@settings(max_examples=50)
@given(situations(), st.randoms(use_true_random=False))
def test_the_rows_of_the_table_are_exhaustive(situation: Situation, random: Random) -> None:
    """In a completed case gap yes is overdue, not evidenced or late, and no other status is."""
    protocol = situation.protocol
    for world in situation.worlds(5, random):
        naive = Naive(SMALL, world, protocol, dict.fromkeys(range(len(protocol.duties)), 0))
        for index, duty in enumerate(protocol.duties):
            for row in naive.rows(duty):
                for judged in naive.judgements(index, row):
                    assert judged.gap == (judged.status in ("overdue", "not_evidenced", "late"))
