"""Random cases: every recorded form of every fact a protocol reads, on days near R.

In: a protocol and R. Out: hypothesis strategies for `Case`s, and the days that completions try.
"""

from __future__ import annotations

import datetime
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from engine.model.case import Case, Coverage, Item, Period, Recorded
from engine.model.fact import CASE, Fact, Part
from engine.model.protocol import Protocol
from tests.reference.build import facts_read, tables_read
from tests.reference.generate_conditions import AGES
from tests.reference.small_dictionary import SMALL


def days_near(end: datetime.date) -> list[int]:
    """The days tried around R: a month back, the days before, those after."""
    offsets = (-33, -31, -30, -12, *range(-9, 6), 12, 33)
    return [end.toordinal() + offset for offset in offsets]


def births(end: datetime.date) -> list[int]:
    """Days of birth that make a child reach an age of `AGES` near R."""
    return sorted(
        end.replace(year=end.year - age, day=1).toordinal() + end.day + offset
        for age in AGES
        for offset in (-9, -4, -2, -1, 0, 1)
    )


def recorded(one: Fact, end: datetime.date, *, opening: bool) -> SearchStrategy[Recorded | None]:
    """Any form in which a fact may stand in a file, or None."""
    return st.sampled_from(_forms(one, end, opening))


@cache
def _forms(one: Fact, end: datetime.date, opening: bool) -> tuple[Recorded | None, ...]:
    """The forms of a fact, the plainest first and some more often than others."""
    if one.kind == "circumstance":
        return (*(one.values or ("yes", "no")), *(one.values or ("yes", "no")), None, "not_known")
    days = births(end) if one.path == "child.born" else days_near(end)
    dates = [datetime.date.fromordinal(day) for day in days]
    dated: list[Recorded] = [Period(day, day) for day in dates]
    vague: list[Recorded] = [Period(dates[n], dates[n + 4]) for n in range(0, len(dates) - 4, 3)]
    if one.kind == "date":
        return (*dated, *vague[:3], None, None, "not_known")
    past = [day for day, date in zip(dated, dates, strict=True) if date <= end]
    words: list[Recorded | None] = [None, "not_known"]
    if not opening:
        words += [None, "yes", "yes", "no", "no", "no", "no"]
        words += ["refused"] if one.evidence else []
    return (*past, *dated, *words, *vague)


@st.composite
def facts_of(
    draw: DrawFn, part: Part, reads: frozenset[str], end: datetime.date
) -> dict[str, Recorded]:
    """The facts of one part or item that a protocol reads."""
    facts: dict[str, Recorded] = {}
    for one in SMALL.facts.values():
        if one.part != part.name or one.kind == "derived" or one.path not in reads:
            continue
        name = one.path.split(".", 1)[1]
        value = draw(recorded(one, end, opening=part.is_list and part.opening == one.path))
        if value is not None:
            facts[name] = value
        planned = draw(st.sampled_from((*[None] * 9, -2, 1, 4))) if one.kind == "event" else None
        if planned is not None:
            day = end + datetime.timedelta(days=planned)
            facts[f"{name}_planned"] = Period(day, day)
        if f"{one.path}_by" in reads and draw(st.booleans()):
            facts[f"{name}_by"] = draw(st.sampled_from(sorted(SMALL.words["role"])))
    return facts


@st.composite
def items(
    draw: DrawFn, name: str, reads: frozenset[str], tables: frozenset[str], end: datetime.date
) -> Item:
    """A part or item with everything below it."""
    facts = {} if name == CASE else draw(facts_of(SMALL.parts[name], reads, end))
    parts: dict[str, Item] = {}
    lists: dict[str, tuple[Item, ...]] = {}
    for part in SMALL.parts.values():
        if (part.below or CASE) != name or part.table not in tables:
            continue
        inside = items(part.name, reads, tables, end)
        if not part.is_list:
            parts[part.name] = draw(inside)
        elif found := [draw(inside) for _ in range(draw(st.sampled_from((1, 1, 2, 0))))]:
            lists[part.name] = tuple(found)
    return Item(facts, parts, lists)


@st.composite
def coverages(draw: DrawFn, end: datetime.date) -> Coverage:
    """Parts covered, some by a window; single facts; lists known to be whole."""
    listed_parts = {"plan", "hospital", "court_reports", "referral", "assessment"}
    names = sorted({part.covers for part in SMALL.parts.values()})
    parts: dict[str, datetime.date | None] = {}
    covered = draw(st.sampled_from(("all", "all", "some", "none")))
    if covered == "all":
        parts = dict.fromkeys(names)
    for name in draw(st.sets(st.sampled_from(names))) if covered == "some" else ():
        back = draw(st.sampled_from((None, None, None, 5))) if name in listed_parts else None
        parts[name] = None if back is None else end - datetime.timedelta(days=back)
    single = [f.path for f in SMALL.facts.values() if f.evidence and not f.checklist]
    return Coverage(
        parts,
        draw(st.frozensets(st.sampled_from(single), max_size=2)),
        draw(st.frozensets(st.sampled_from(sorted(SMALL.lists)), max_size=2)),
    )


@st.composite
def cases(draw: DrawFn, protocol: Protocol, end: datetime.date, label: str = "case-1") -> Case:
    """A case of the facts a protocol reads, recorded up to `end`."""
    record = draw(items(CASE, facts_read(protocol), tables_read(protocol), end))
    return Case(label, None, end, draw(coverages(end)), record, f"{label}.yaml")
