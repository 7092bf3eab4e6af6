"""Cases that say one thing more: a fact where none is, or another item of an open list.

In: a case and what a protocol reads. Out: hypothesis strategies for the case with the addition.
Not added (SEMANTICS law 3): to covered parts, *refused*, where a plan stands, an item's opening.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from engine.model.case import Case, Coverage, Item, Recorded
from engine.model.fact import CASE, Fact, Part
from tests.reference.generate_cases import items, recorded
from tests.reference.small_dictionary import SMALL

Step = tuple[str, int | None]  # a part, or an item of a list
Place = tuple[Step, ...]


def added_facts(written: Case, reads: frozenset[str], end: datetime.date) -> SearchStrategy[Case]:
    """The case with one fact more, if one is missing."""
    missing = [
        (place, fact)
        for place, part, here in _everywhere(written.record, CASE, ())
        for fact in SMALL.facts.values()
        if fact.part == part.name
        and fact.path in reads
        and _addable(fact, part, here, written.coverage)
    ]
    if not missing:
        return st.just(written)
    return _with_a_fact(written, missing, end)


@st.composite
def _with_a_fact(
    draw: DrawFn, written: Case, missing: list[tuple[Place, Fact]], end: datetime.date
) -> Case:
    place, fact = draw(st.sampled_from(missing))
    value: Recorded | None = draw(recorded(fact, end, opening=False).filter(_says_something))
    name = fact.path.split(".", 1)[1]

    def add(here: Item) -> Item:
        assert value is not None
        return dataclasses.replace(here, facts={**here.facts, name: value})

    return dataclasses.replace(written, record=_changed(written.record, place, add))


def _says_something(value: Recorded | None) -> bool:
    return value not in (None, "refused")


def added_items(
    written: Case, reads: frozenset[str], tables: frozenset[str], end: datetime.date
) -> SearchStrategy[Case]:
    """The case with one item more in a list not known to be whole, if there is one."""
    places: list[tuple[Place, str]] = [((), CASE)]
    places += [(place, part.name) for place, part, _ in _everywhere(written.record, CASE, ())]
    open_lists = [
        (place, part)
        for place, below in places
        for part in SMALL.parts.values()
        if part.is_list and (part.below or CASE) == below and part.name in tables
        and not _whole(part, written.coverage)
    ]  # fmt: skip
    if not open_lists:
        return st.just(written)
    return _with_an_item(written, open_lists, reads, tables, end)


@st.composite
def _with_an_item(
    draw: DrawFn, written: Case, open_lists: list[tuple[Place, Part]], reads: frozenset[str],
    tables: frozenset[str], end: datetime.date,
) -> Case:  # fmt: skip
    place, part = draw(st.sampled_from(open_lists))
    new = draw(items(part.name, reads, tables, end))

    def add(here: Item) -> Item:
        found = (*here.lists.get(part.name, ()), new)
        return dataclasses.replace(here, lists={**here.lists, part.name: found})

    return dataclasses.replace(written, record=_changed(written.record, place, add))


def _everywhere(here: Item, name: str, place: Place) -> Iterator[tuple[Place, Part, Item]]:
    """Every part and item of the record, parts not written included."""
    for part in SMALL.parts.values():
        if (part.below or CASE) != name:
            continue
        if not part.is_list:
            inside = here.parts.get(part.name, Item())
            there = (*place, (part.name, None))
            yield there, part, inside
            yield from _everywhere(inside, part.name, there)
            continue
        for number, one in enumerate(here.lists.get(part.name, ())):
            there = (*place, (part.name, number))
            yield there, part, one
            yield from _everywhere(one, part.name, there)


def _addable(fact: Fact, part: Part, here: Item, coverage: Coverage) -> bool:
    name = fact.path.split(".", 1)[1]
    if fact.kind == "derived" or name in here.facts or f"{name}_planned" in here.facts:
        return False
    if part.is_list and part.opening == fact.path:
        return False
    silence_counts = part.covers in coverage.parts or fact.path in coverage.facts
    return fact.kind == "circumstance" or not silence_counts


def _whole(part: Part, coverage: Coverage) -> bool:
    window = coverage.parts.get(part.covers, "not covered")
    return SMALL.list_path(part) in coverage.lists or window is None


def _changed(here: Item, place: Place, change: object) -> Item:
    """The record with the part or item at a place changed."""
    assert callable(change)
    if not place:
        changed = change(here)
        assert isinstance(changed, Item)
        return changed
    (name, number), rest = place[0], place[1:]
    if number is None:
        inside = _changed(here.parts.get(name, Item()), rest, change)
        return dataclasses.replace(here, parts={**here.parts, name: inside})
    found = list(here.lists[name])
    found[number] = _changed(found[number], rest, change)
    return dataclasses.replace(here, lists={**here.lists, name: tuple(found)})
