"""Protocols and cases in few words, for examples and for the generator.

In: fields. Out: `Duty`, `Protocol`, `Case` over the small dictionary, with the parts that no law
reads (title, citation, place) filled in; and `facts_read`, the facts that decide a protocol.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any

from engine.errors import Place
from engine.model.case import Case, Coverage, Item, Period, Recorded
from engine.model.condition import Age, Duration, Fact, Unit
from engine.model.fact import CASE, Dictionary
from engine.model.protocol import (
    Block,
    Citation,
    Conclusion,
    Dates,
    Duty,
    ListDone,
    Protocol,
    Role,
    Source,
)
from tests.reference.small_dictionary import SMALL

HERE = Place("small.yaml", 1, 1)
CITE = (Citation("small", "guidance", "1.p1"),)
ROLES = (
    Role("manager", "manager", "small", ("team_manager", "practice_manager")),
    Role("social_worker", "social worker", "small", ("social_worker",)),
)


def fact(path: str, *values: str) -> Fact:
    """The condition `path`, or `path: value`."""
    return Fact(path, values or ("yes",), HERE)


def listed(path: str) -> ListDone:
    return ListDone(path, HERE)


def length(text: str) -> Duration:
    """`10 working days`, `1 month`."""
    count, unit = text.split(" ", 1)
    units: dict[str, Unit] = {
        "working day": "working days", "day": "days", "week": "weeks", "month": "months",
        "year": "years",
    }  # fmt: skip
    return Duration(int(count), units[unit.removesuffix("s")])


def duty(id: str, **fields: Any) -> Duty:
    """A duty of the block `block`; `done` may be the path of an event."""
    if isinstance(fields.get("done"), str):
        fields["done"] = fact(fields["done"])
    standard = {"title": id, "block": "block", "origin": "small", "force": "must"}
    return Duty(id=id, place=HERE, cite=CITE, **{**standard, **fields})


def conclusion(id: str, **fields: Any) -> Conclusion:
    return Conclusion(id=id, title=id, origin="small", place=HERE, **fields)


def protocol(*duties: Duty, conclusions: tuple[Conclusion, ...] = ()) -> Protocol:
    """A resolved protocol of one file."""
    return Protocol(
        id="small", title="Small", extends=None, effective=Dates(), roles=ROLES, duties=duties,
        conclusions=conclusions, chain=("small",),
        documents=(Source("small", "guidance", "Guidance", "small"),),
        blocks=(Block("block", "Block", "check", "small", HERE),),
    )  # fmt: skip


def said(value: object) -> Recorded:
    """What a file would say: a day, a month, a period, or a word."""
    text = str(value)
    if "/" in text:
        first, last = (datetime.date.fromisoformat(day) for day in text.split("/"))
        return Period(first, last)
    if len(text) == 10 and text[4] == "-":
        day = datetime.date.fromisoformat(text)
        return Period(day, day)
    return text


def item(**fields: Any) -> Item:
    """A part or item: lists are given as lists of items, parts as items, facts as text.

    Members of a checklist are written with two underscores: `addresses__education`.
    """
    facts: dict[str, Recorded] = {}
    parts: dict[str, Item] = {}
    lists: dict[str, tuple[Item, ...]] = {}
    by_key = {part.key: part.name for part in SMALL.parts.values() if part.is_list}
    for name, value in fields.items():
        if isinstance(value, Item):
            parts[name] = value
        elif isinstance(value, list):
            lists[by_key[name]] = tuple(value)
        else:
            facts[name.replace("__", ".")] = said(value)
    return Item(facts, parts, lists)


def case(
    as_of: str | None, record: Item, covers: object = (), complete: tuple[str, ...] = (),
    label: str = "case-1",
) -> Case:  # fmt: skip
    """A case; `covers` names parts or facts, or maps parts to the first day of a window."""
    windows = dict.fromkeys(covers) if isinstance(covers, tuple) else covers
    assert isinstance(windows, dict)
    return Case(
        label=label,
        authority=None,
        as_of=None if as_of is None else datetime.date.fromisoformat(as_of),
        coverage=Coverage(
            {name: _window(first) for name, first in windows.items() if "." not in name},
            frozenset(name for name in windows if "." in name),
            frozenset(complete),
        ),
        record=record,
        file=f"{label}.yaml",
    )


def _window(first: str | None) -> datetime.date | None:
    return None if first is None else datetime.date.fromisoformat(first)


def facts_read(protocol: Protocol, dictionary: Dictionary = SMALL) -> frozenset[str]:
    """Every fact that a protocol reads, with `x_by`, the openings of lists and what is derived."""
    named = set(texts((protocol.duties, protocol.conclusions)))
    read = {text for text in named if text in dictionary.facts}
    read |= {part.opening for part in dictionary.parts.values() if part.opening}
    for some in protocol.duties:
        if isinstance(some.done, Fact):
            read.add(f"{some.done.fact}_by")
    if "child.birthday_18" in read or any(_holds_age(x) for x in _parts(protocol)):
        read.add("child.born")
    if "hospital_stay.during_cin_plan" in read:
        read |= {"cin_plan.ended", "hospital_stay.discharged"}
    return frozenset(read)


def tables_read(protocol: Protocol, dictionary: Dictionary = SMALL) -> frozenset[str]:
    """The tables whose rows can matter to a protocol, those above them included."""
    named = set(texts((protocol.duties, protocol.conclusions)))
    tables = {dictionary.lists[text].name for text in named if text in dictionary.lists}
    tables |= {
        dictionary.parts[dictionary.facts[t].part].table for t in named & set(dictionary.facts)
    }
    if "hospital_stay.during_cin_plan" in named:
        tables.add("cin_plan")
    return frozenset(above for table in tables | {CASE} for above in dictionary.ancestors(table))


def days_recorded(case: Case) -> set[int]:
    """The days a record names, and those beside them."""
    dates = {d for p in _parts(case.record) if isinstance(p, Period) for d in (p.first, p.last)}
    return {date.toordinal() + offset for date in dates for offset in (-1, 0, 1)}


def _parts(node: object) -> Iterator[object]:
    """A node and everything in it."""
    yield node
    inner: list[object] = []
    if dataclasses.is_dataclass(node):
        inner = [getattr(node, f.name) for f in dataclasses.fields(node)]
    elif isinstance(node, tuple | list):
        inner = list(node)
    elif isinstance(node, dict):
        inner = list(node.values())
    for part in inner:
        yield from _parts(part)


def texts(node: object) -> Iterator[str]:
    return (part for part in _parts(node) if isinstance(part, str))


def _holds_age(node: object) -> bool:
    return isinstance(node, Age)
