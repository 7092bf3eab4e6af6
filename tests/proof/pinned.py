"""A case as constraints on a `Record`: each unknown is what the case records.

In: a record on which formulas have been made, and a case that it can hold (`held`, or `completed`
for an exact one). Out: formulas that leave one model of the unknowns, and which row of the
engine's tables is which of the record's.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any

import z3

from engine.evaluate.tables import CaseTables
from engine.model.case import Case, Coverage, Item, Period, Recorded
from engine.model.fact import CASE, Dictionary, Fact
from engine.proof.logic import Formula, opposite
from engine.proof.record import Record
from engine.validate.conditions import domain_of

_WAYS = {"yes": "done", "no": "denied", "refused": "refused"}


def held(case: Case, dictionary: Dictionary) -> Case:
    """The case as a record of the proof can hold it: single days up to R, no plans, no windows."""
    assert case.as_of is not None
    return dataclasses.replace(
        case,
        record=_item(case.record, CASE, case, dictionary),
        coverage=Coverage({}, _covered(case, dictionary), _whole(case, dictionary)),
    )


def _item(item: Item, part: str, case: Case, dictionary: Dictionary) -> Item:
    facts: dict[str, Recorded] = {}
    for name, written in item.facts.items():
        value = _value(dictionary.facts.get(f"{part}.{name}"), written, case)
        if value is not None and not name.endswith("_planned"):
            facts[name] = value
    return Item(
        facts,
        {name: _item(inner, name, case, dictionary) for name, inner in item.parts.items()},
        {
            name: tuple(_item(inner, name, case, dictionary) for inner in items)
            for name, items in item.lists.items()
        },
    )


def _value(fact: Fact | None, value: Recorded, case: Case) -> Recorded | None:
    if isinstance(value, Period):
        assert case.as_of is not None
        later = fact is not None and fact.kind != "date" and value.first > case.as_of
        return None if later else Period(value.first, value.first)
    if fact is not None and fact.kind == "date":
        return None
    refusable = fact is not None and fact.kind == "event"
    return None if value == "not_known" else "no" if value == "refused" and not refusable else value


def completed(case: Case, dictionary: Dictionary) -> Case:
    """The case with nothing left open: every list whole, every fact of every item recorded."""
    case = held(case, dictionary)
    return dataclasses.replace(
        case,
        record=_complete(case.record, CASE, case, dictionary),
        coverage=Coverage({}, frozenset(), frozenset(dictionary.lists)),
    )


def _complete(item: Item, name: str, case: Case, dictionary: Dictionary) -> Item:
    parts = [part for part in dictionary.parts.values() if (part.below or CASE) == name]
    facts = dict(item.facts)
    for path, fact in dictionary.facts.items():
        if fact.part == name and fact.kind != "derived":
            key = path.partition(".")[2]
            facts[key] = _answer(fact, facts.get(key), case, dictionary)
            facts.setdefault(f"{key}_by", dictionary_roles(dictionary)[0])
    return Item(
        facts,
        {
            part.name: _complete(item.parts.get(part.name, Item()), part.name, case, dictionary)
            for part in parts
            if not part.is_list
        },
        {
            part.name: tuple(
                _complete(inner, part.name, case, dictionary)
                for inner in item.lists.get(part.name, ())
            )
            for part in parts
            if part.is_list
        },
    )


def _answer(fact: Fact, value: Recorded | None, case: Case, dictionary: Dictionary) -> Recorded:
    assert case.as_of is not None
    if fact.kind == "circumstance":
        return value or domain_of(fact)[0]
    if isinstance(value, Period):
        return value
    always = fact.kind == "date" or dictionary.parts[fact.part].opening == fact.path
    day = case.as_of - datetime.timedelta(days=3)
    return Period(day, day) if always or value == "yes" else value or "no"


def dictionary_roles(dictionary: Dictionary) -> list[str]:
    return sorted(dictionary.words["role"])


def _covered(case: Case, dictionary: Dictionary) -> frozenset[str]:
    """Every fact in a covered part, by itself."""
    parts = {name for name, window in case.coverage.parts.items() if window is None}
    return frozenset(
        path
        for path, fact in dictionary.facts.items()
        if dictionary.parts[fact.part].covers in parts
        or {path, fact.checklist} & case.coverage.facts
    )


def _whole(case: Case, dictionary: Dictionary) -> frozenset[str]:
    parts = {name for name, window in case.coverage.parts.items() if window is None}
    return case.coverage.lists | {
        path for path, part in dictionary.lists.items() if part.covers in parts
    }


def rows(record: Record, tables: CaseTables, table: str) -> dict[int, int]:
    """For each row of the engine's table, the row of the record that stands for it."""
    if table == CASE:
        return {0: 0}
    above = rows(record, tables, record.above(table))
    made: dict[int, int] = {}
    ours = record.rows(table)
    for parent, place in above.items():
        theirs = [n for n, row in enumerate(tables.table(table).rows) if row.parent == parent]
        seen = [n for n, row in enumerate(ours) if row.parent == place and not row.unseen]
        unseen = [n for n, row in enumerate(ours) if row.parent == place and row.unseen]
        for number in theirs:
            is_seen = tables.table(table).rows[number].item is not None
            made[number] = (seen if is_seen else unseen).pop(0)
    return made


def pinned(record: Record, case: Case) -> Iterator[Formula]:
    """What every unknown of the record is in this case."""
    assert case.as_of is not None
    tables = CaseTables([case], record.dictionary, None, case.as_of)
    yield record.day == case.as_of.toordinal()
    for table, open_ in record._open_lists.items():
        path = record.dictionary.list_path(record.dictionary.parts[table])
        if not record.exact:
            yield open_ == (path not in case.coverage.lists)
    for path, covered in record._covered.items():
        yield covered == (path in case.coverage.facts)
    for table in record._rows:
        places = {place: row for row, place in rows(record, tables, table).items()}
        for place, row in enumerate(record.rows(table)):
            if table != CASE and not row.unseen:
                yield row.there == (place in places)
        yield from _facts(record, tables, table, places)


def _facts(
    record: Record, tables: CaseTables, table: str, places: dict[int, int]
) -> Iterator[Formula]:
    for (path, place), word in record._words.items():
        if record._owner(path) == table and place in places:
            value = _recorded(tables, path, places[place])
            yield word == (record._domain(path).index(str(value)) if value is not None else -1)
    for (path, place), event in record._events.items():
        if record._owner(path) == table and place in places:
            yield from _event(event, _recorded(tables, path, places[place]))


def _event(event: Any, value: Recorded | None) -> Iterator[Formula]:
    """The one way of recording it that the case has; an exact record may know no other."""
    if isinstance(value, Period):
        yield event.day == value.first.toordinal()
    for word, way in _WAYS.items():
        formula, said = getattr(event, way), value == word
        yield formula == said if isinstance(formula, z3.BoolRef) else formula or not said
    yield event.dated if isinstance(value, Period) else opposite(event.dated)


def _recorded(tables: CaseTables, path: str, row: int) -> Recorded | None:
    part = path.partition(".")[0]
    item, _ = tables._descend(part, tables.table(tables.dictionary.parts[part].table).rows[row])
    return item.facts.get(path.partition(".")[2])
