"""Lists as dates: the first item since a day, things open together, intervals of a review.

These look at the items of a list one by one, for each row that asks; everything else in
evaluation works on whole planes.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.evaluate.run import Intervals, Run
from engine.evaluate.values import EVER, NEVER, Days, Truth
from engine.evaluate.vectors import Plane, pack

Span = tuple[int, int]


class _Group(NamedTuple):
    """The items of a list that stand in one row: their possible days, and whether all are seen."""

    spans: list[Span]
    whole: bool


def _groups(run: Run, items: str, opening: str, common: str) -> list[_Group]:
    """For each row of `common`, the items of the list below it."""
    size = run.size(common)
    spans: list[list[Span]] = [[] for _ in range(size)]
    whole = [True] * size
    days = run.event(opening, "")
    seen = run.vectors.bits(run.exists(items).t, run.size(items))
    ends = zip(run.vectors.as_list(days.lo), run.vectors.as_list(days.hi), strict=True)
    rows = run.rows_above(items, common)
    for row, span, on_record in zip(rows, ends, seen, strict=True):
        if on_record:
            spans[row].append(span)
        else:
            whole[row] = False
    return [_Group(sorted(part), full) for part, full in zip(spans, whole, strict=True)]


def first_since(run: Run, table: str, items: str, opening: str, common: str, start: int) -> Days:
    """The first item of a list on or after `start`; `common` is the table above both."""
    groups = _groups(run, items, opening, common)
    rows = list(range(run.size(table)))
    if table != common:
        rows = list(run.rows_above(table, common))
    since = run.days(start)
    as_list = run.vectors.as_list
    found = [
        _first(groups[row], *span, record_to)
        for row, span, record_to in zip(
            rows,
            zip(as_list(since.lo), as_list(since.hi), strict=True),
            as_list(run.record_to(table)),
            strict=True,
        )
    ]
    return _days(run, found)


def _first(group: _Group, earliest: int, latest: int, record_to: int) -> tuple[int, int, bool]:
    """The possible days of the first item in [earliest, latest] or later; whether none is seen."""
    known = [span for span in group.spans if not _planned(span, record_to)]
    possible = [max(lo, earliest) for lo, hi in known if hi >= earliest]
    low = min(possible, default=record_to + 1) if group.whole else earliest
    high = min((hi for lo, hi in known if lo >= latest), default=NEVER)
    return low, high, group.whole and not possible


def _planned(span: Span, record_to: int) -> bool:
    return span == (record_to + 1, NEVER)


def _days(run: Run, found: list[tuple[int, int, bool]]) -> Days:
    column = run.vectors.from_list
    return Days(
        column([low for low, _, _ in found]),
        column([high for _, high, _ in found]),
        silent=pack(silent for _, _, silent in found),
    )


def open_together(
    run: Run, table: str, items: str, ours: tuple[int, int], theirs: tuple[int, int]
) -> Truth:
    """A thing of the list was open on some day from `ours[0]` to `ours[1]`, up to the day asked.

    `ours` are days of `table`, `theirs` (opening, end) of the list; both stand in the same case.
    """
    spans = [_spans(run, number) for number in (*ours, *theirs)]
    exists = run.exists(items)
    asked = run.vectors.as_list(run.asked(table))
    rows = list(run.rows_above(table, "case")) if table != "case" else list(range(run.size(table)))
    cases = list(run.rows_above(items, "case"))
    true: list[bool] = []
    false: list[bool] = []
    for row, case in enumerate(rows):
        day = (asked[row], asked[row])
        begin, end = spans[0][row], spans[1][row]
        seen: list[bool | None] = []
        for item, other in enumerate(cases):
            if other == case:
                begun, ended = spans[2][item], spans[3][item]
                parts = [
                    _at_most(begun, end), _at_most(begin, ended), _at_most(begun, day),
                    _at_most(begin, day), True if exists.t >> item & 1 else None,
                ]  # fmt: skip
                seen.append(False if False in parts else None if None in parts else True)
        true.append(True in seen)
        false.append(all(one is False for one in seen))
    return Truth(pack(true), pack(false))


def _spans(run: Run, number: int) -> list[Span]:
    days = run.days(number)
    return list(zip(run.vectors.as_list(days.lo), run.vectors.as_list(days.hi), strict=True))


def _at_most(one: Span, other: Span) -> bool | None:
    return True if one[1] <= other[0] else False if one[0] > other[1] else None


# Recurring duties: one dated duty an interval


class _Interval(NamedTuple):
    start: Span
    done: Span
    silent: bool
    exists: bool | None
    first: bool


def intervals(
    run: Run, table: str, above: str, items: str, opening: str, common: str, start: int,
    shorter: bool, begin: int,
) -> Intervals:  # fmt: skip
    """The intervals of a recurring duty, for each row of `above`, as the new table `table`.

    One from the start and one from each occasion, each up to the next. An occasion that is not on
    record matters where the later limit is `shorter` than the first, or where the edition may
    `begin` only after the start: it may have its own clock, due before that of the start.
    """
    groups = _groups(run, items, opening, common)
    rows = list(range(run.size(above)))
    if above != common:
        rows = list(run.rows_above(above, common))
    records = run.vectors.as_list(run.record_to(above))
    asked = run.vectors.as_list(run.asked(above))
    parents: list[int] = []
    found: list[_Interval] = []
    last: list[int] = []
    for number, (row, span) in enumerate(zip(rows, _spans(run, start), strict=True)):
        own = _intervals(groups[row], span, records[number])
        if shorter or span[0] < begin:
            own.extend(_unseen(groups[row], records[number], asked[number]))
        found.extend(own)
        parents.extend([number] * len(own))
        dated = [lo for lo, hi in groups[row].spans if not _planned((lo, hi), records[number])]
        last.append(max(dated, default=EVER))
    column = run.vectors.from_list
    made = Intervals(
        above,
        parents,
        Days(column([i.start[0] for i in found]), column([i.start[1] for i in found])),
        Days(
            column([i.done[0] for i in found]),
            column([i.done[1] for i in found]),
            silent=pack(i.silent for i in found),
        ),
        Truth(pack(i.exists is True for i in found), pack(i.exists is False for i in found)),
        column(last),
    )
    run.intervals[table] = made
    run.first_rows[table] = pack(i.first for i in found)
    return made


def _intervals(group: _Group, start: Span, record_to: int) -> list[_Interval]:
    """The intervals of one plan: from its start, then from each occasion after it."""
    seen = {span: None for span in group.spans if not _planned(span, record_to)}
    possible = [span for span in seen if span[1] > start[0]]
    dated = group.whole and all(lo != EVER for lo, _ in possible)
    found = [_Interval(start, *_next(start, possible, dated, record_to), True, True)]
    for span in possible:
        others = [other for other in possible if other != span]
        exists = True if span[0] > start[1] else None
        begun = (max(span[0], _day_after(start[0])), span[1])  # it counts only after the start
        found.append(_Interval(begun, *_next(begun, others, dated, record_to), exists, False))
    return found


def _unseen(group: _Group, record_to: int, asked: int) -> list[_Interval]:
    """The interval from an occasion not on record: any day, or after it where the list is whole."""
    if group.whole and asked <= record_to:
        return []
    first = record_to + 1 if group.whole else EVER
    return [_Interval((first, NEVER), (_day_after(first), NEVER), False, None, False)]


def _next(start: Span, occasions: list[Span], dated: bool, record_to: int) -> tuple[Span, bool]:
    """The possible days of the next occasion after `start`; whether the record shows none."""
    later = [max(lo, _day_after(start[0])) for lo, hi in occasions if hi > start[0]]
    high = min((hi for lo, hi in occasions if lo > start[1]), default=NEVER)
    if dated:
        return (min(later, default=record_to + 1), high), not later
    return (_day_after(start[0]), high), False


def _day_after(day: int) -> int:
    return day if day in (EVER, NEVER) else day + 1


def interval_start(run: Run, table: str, made: int) -> Days:
    value: Intervals = run.value(made)
    return value.start


def interval_done(run: Run, table: str, made: int) -> Days:
    value: Intervals = run.value(made)
    return value.done


def interval_exists(run: Run, table: str, made: int) -> Truth:
    value: Intervals = run.value(made)
    return value.exists


def interval_limit(run: Run, table: str, first: int, then: int) -> Days:
    """The first interval's limit where it is the first, else that of the others."""
    plane: Plane = run.first_rows[table]
    one, other, choose = run.days(first), run.days(then), run.vectors.choose
    return Days(choose(plane, one.lo, other.lo), choose(plane, one.hi, other.hi))


def interval_until(run: Run, table: str, until: int, made: int) -> Days:
    """When the duty ends; an occasion proves it alive up to the last one."""
    value: Intervals = run.value(made)
    days, vectors = run.days(until), run.vectors
    lo = vectors.minimum(vectors.maximum(days.lo, value.last), days.hi)
    return Days(vectors.take(lo, value.parents), vectors.take(days.hi, value.parents))
