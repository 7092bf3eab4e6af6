"""Operators that look at the items of a list one by one: what `occasions` says, for every row.

In: the `Symbolic` that reads the program, the step's table and its arguments. Out: the step's value
in every row of the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from engine.proof import occasions
from engine.proof.logic import NO, Day, Days, Truth, all_of, both, compared, either, least, most

if TYPE_CHECKING:
    from engine.proof.symbolic import Symbolic


class Intervals(NamedTuple):
    """The rows of a recurring duty, as `evaluate.run.Intervals`; `first` marks the first ones."""

    above: str
    parents: list[int]
    start: list[Days]
    done: list[Days]
    exists: list[Truth]
    first: list[bool]
    last: list[Day]


def first_since(
    on: Symbolic, table: str, items: str, opening: str, common: str, start: int
) -> list[Days]:
    groups = _groups(on, items, opening, common)
    return [
        occasions.first(groups[row], since, on.record.day)
        for row, since in zip(on.rows_above(table, common), on.value(start), strict=True)
    ]


def _groups(on: Symbolic, items: str, opening: str, common: str) -> list[occasions.Group]:
    days, there = on.record.event(opening, ""), on.exists(items)
    unseen = [row.unseen for row in on.record.rows(items)]
    return [
        occasions.Group(
            [(there[row].t, days[row]) for row in rows if not unseen[row]],
            all_of(there[row].f for row in rows if unseen[row]),
        )
        for rows in on.below(items, common)
    ]


def open_together(
    on: Symbolic, table: str, items: str, ours: tuple[int, int], theirs: tuple[int, int]
) -> list[Truth]:
    day = Days(on.record.day, on.record.day)
    there, (begun, ended) = on.exists(items), map(on.value, theirs)
    return [
        either(
            *(
                both(
                    there[i], compared(begun[i], end), compared(begin, ended[i]),
                    compared(begun[i], day), compared(begin, day),
                )
                for i in range(len(there))
            ),
            NO,
        )
        for begin, end in zip(*map(on.value, ours), strict=True)
    ]  # fmt: skip


def intervals(
    on: Symbolic, table: str, above: str, items: str, opening: str, common: str, start: int,
    shorter: bool, begin: int,
) -> Intervals:  # fmt: skip
    groups = _groups(on, items, opening, common)
    made = Intervals(above, [], [], [], [], [], [])
    rows = zip(on.rows_above(above, common), on.value(start), strict=True)
    for number, (row, since) in enumerate(rows):
        found = occasions.intervals(groups[row], since, on.record.day, shorter, begin)
        for one in found:
            made.parents.append(number)
            made.start.append(one.start)
            made.done.append(one.done)
            made.exists.append(one.exists)
            made.first.append(one.first)
        made.last.append(occasions.last(groups[row], on.record.day))
    on.intervals[table] = made
    return made


def interval_start(on: Symbolic, table: str, made: int) -> list[Days]:
    return on.intervals[table].start


def interval_done(on: Symbolic, table: str, made: int) -> list[Days]:
    return on.intervals[table].done


def interval_exists(on: Symbolic, table: str, made: int) -> list[Truth]:
    return on.intervals[table].exists


def interval_limit(on: Symbolic, table: str, first: int, then: int) -> list[Days]:
    ones, others = on.value(first), on.value(then)
    return [
        ones[row] if is_first else others[row]
        for row, is_first in enumerate(on.intervals[table].first)
    ]  # fmt: skip


def interval_until(on: Symbolic, table: str, until: int, made: int) -> list[Days]:
    value, rows = on.value(until), on.intervals[table]
    ends = [
        Days(least(most(end.lo, proven), end.hi), end.hi)
        for end, proven in zip(value, rows.last, strict=True)
    ]  # fmt: skip
    return [ends[row] for row in rows.parents]
