"""The operators of a program: one small function each, in the table `OPERATORS`.

Every function takes the run (columns and earlier values), the name of the step's table and the
step's arguments, and gives the step's value: a `Truth`, `Days`, or a judgement (see `status`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.dates.working_days import add_months, add_weekdays, add_working_days, birthday
from engine.evaluate import occasions, status
from engine.evaluate.run import Run
from engine.evaluate.values import EVER, NEVER, Days, Truth, both, either, negation

Operator = Callable[..., Any]


# Truths


def constant(run: Run, table: str, truth: str) -> Truth:
    every = run.everywhere(table)
    return {"yes": Truth(every, 0), "no": Truth(0, every), "unknown": Truth(0, 0)}[truth]


def among(run: Run, table: str, fact: str, values: tuple[str, ...]) -> Truth:
    """The circumstance is one of `values`."""
    true = false = 0
    for word, plane in run.words(fact).planes.items():
        if word in values:
            true |= plane
        else:
            false |= plane
    return Truth(true, false)


def at_most(run: Run, table: str, one: int, other: int) -> Truth:
    """`one <= other`: true if however late it was, false if however early."""
    left, right = run.days(one), run.days(other)
    compare = run.vectors.at_most
    return Truth(compare(left.hi, right.lo), run.everywhere(table) ^ compare(left.lo, right.hi))


def and_(run: Run, table: str, *parts: int) -> Truth:
    value = run.truth(parts[0])
    for part in parts[1:]:
        value = both(value, run.truth(part))
    return value


def or_(run: Run, table: str, *parts: int) -> Truth:
    value = run.truth(parts[0])
    for part in parts[1:]:
        value = either(value, run.truth(part))
    return value


def not_(run: Run, table: str, part: int) -> Truth:
    return negation(run.truth(part))


def exists(run: Run, table: str) -> Truth:
    return run.exists(table)


def lift(run: Run, table: str, part: int, source: str) -> Truth:
    """A truth about a row above, for each row of `table`."""
    value, rows, size = run.truth(part), run.rows_above(table, source), run.size(source)
    take = run.vectors.take_plane
    return Truth(take(value.t, rows, size), take(value.f, rows, size))


def some(run: Run, table: str, items: str, part: int) -> Truth:
    """Some row of `items` standing in a row of `table` exists and meets `part`."""
    met = both(run.exists(items), run.truth(part))
    rows, size = run.parents(items), run.size(table)
    true = run.vectors.any_by(met.t, rows, size)
    open_ = run.vectors.any_by(run.everywhere(items) & ~met.f, rows, size)
    return Truth(true, run.everywhere(table) & ~open_)


def missed(run: Run, table: str, judgement: int) -> Truth:
    value: Truth = run.value(judgement).missed
    return value


# Days


def event(run: Run, table: str, fact: str, use: str = "") -> Days:
    return run.event(fact, use)


def day(run: Run, table: str, ordinal: int) -> Days:
    column = run.vectors.full(run.size(table), ordinal)
    return Days(column, column)


def asked(run: Run, table: str) -> Days:
    return Days(run.asked(table), run.asked(table))


def lift_days(run: Run, table: str, part: int, source: str) -> Days:
    value, rows, size = run.days(part), run.rows_above(table, source), run.size(source)
    take, planes = run.vectors.take, run.vectors.take_plane
    return Days(
        take(value.lo, rows), take(value.hi, rows),
        planes(value.silent, rows, size), planes(value.denied, rows, size),
        planes(value.refused, rows, size),
    )  # fmt: skip


def add(run: Run, table: str, part: int, count: int, unit: str) -> Days:
    """So long after; beyond the known bank holidays the earliest counts weekdays only."""
    value = run.days(part)
    early, late = _ADD[unit]
    return Days(
        run.vectors.map_days(value.lo, lambda d: _within_calendar(d, count, early)),
        run.vectors.map_days(value.hi, lambda d: _within_calendar(d, count, late)),
    )


def _within_calendar(ordinal: int, count: int, function: Callable[[int, int], int]) -> int:
    return ordinal if ordinal in (EVER, NEVER) else function(ordinal, count)


def _earliest_working_day(ordinal: int, count: int) -> int:
    due = add_working_days(ordinal, count)
    return add_weekdays(ordinal, count) if due is None else due


def _latest_working_day(ordinal: int, count: int) -> int:
    due = add_working_days(ordinal, count)
    return NEVER if due is None else due


_ADD: dict[str, tuple[Callable[[int, int], int], Callable[[int, int], int]]] = {
    "working days": (_earliest_working_day, _latest_working_day),
    "days": (lambda d, n: d + n, lambda d, n: d + n),
    "weeks": (lambda d, n: d + 7 * n, lambda d, n: d + 7 * n),
    "months": (add_months, add_months),
    "years": (lambda d, n: add_months(d, 12 * n), lambda d, n: add_months(d, 12 * n)),
    "birthdays": (birthday, birthday),
}


def latest(run: Run, table: str, *parts: int) -> Days:
    """When all of the parts are done: the later of both ends."""
    return _together(run, parts, run.vectors.maximum, every=True)


def earliest(run: Run, table: str, *parts: int) -> Days:
    """When any of the parts is done: the earlier of both ends."""
    return _together(run, parts, run.vectors.minimum, every=False)


def _together(run: Run, parts: tuple[int, ...], pick: Callable[..., Any], *, every: bool) -> Days:
    value = run.days(parts[0])
    for part in parts[1:]:
        other = run.days(part)
        value = Days(
            pick(value.lo, other.lo),
            pick(value.hi, other.hi),
            value.silent | other.silent,
            value.denied | other.denied,
            value.refused | other.refused if every else value.refused & other.refused,
        )
    return value


def held(run: Run, table: str, part: int) -> Days:
    """A condition as if it were dated: true ever, false not up to the record's day."""
    truth, size = run.truth(part), run.size(table)
    after = run.vectors.map_days(run.record_to(table), lambda d: d + 1)
    ever, never = run.vectors.full(size, EVER), run.vectors.full(size, NEVER)
    return Days(
        run.vectors.choose(truth.f, after, ever),
        run.vectors.choose(truth.t, ever, never),
        denied=truth.f,
    )


def over_items(run: Run, table: str, items: str, where: int, part: int, every: bool) -> Days:
    """`every` or some item of a list that meets `where`; one that may drop out may not count."""
    value, meets = run.days(part), both(run.exists(items), run.truth(where))
    vectors, rows, size = run.vectors, run.parents(items), run.size(table)
    neutral = vectors.full(run.size(items), EVER if every else NEVER)
    surely, maybe = meets.t, run.everywhere(items) & ~meets.f
    lo = vectors.choose(surely if every else maybe, value.lo, neutral)
    hi = vectors.choose(maybe if every else surely, value.hi, neutral)
    if every:
        start = vectors.full(size, EVER)
        low, high = vectors.max_by(lo, rows, start), vectors.max_by(hi, rows, start)
    else:
        after = vectors.map_days(run.record_to(table), lambda d: d + 1)
        start = vectors.full(size, NEVER)
        low, high = vectors.min_by(lo, rows, start), vectors.min_by(hi, rows, start)
        low = vectors.choose(vectors.at_most(start, low), after, low)
    refused = vectors.any_by(value.refused & surely, rows, size)
    if not every:
        refused &= ~vectors.any_by(run.everywhere(items) & ~meets.f & ~value.refused, rows, size)
    return Days(
        low, high,
        vectors.any_by(value.silent & maybe, rows, size),
        vectors.any_by(value.denied & maybe, rows, size),
        refused,
    )  # fmt: skip


def clip(run: Run, table: str, part: int, first: int, last: int) -> Days:
    """Days that may lie in an edition, as if they did; others are left as they are."""
    value, size, vectors = run.days(part), run.size(table), run.vectors
    lo = vectors.maximum(value.lo, vectors.full(size, first))
    hi = vectors.minimum(value.hi, vectors.full(size, last))
    inside = vectors.at_most(lo, hi)
    return Days(vectors.choose(inside, lo, value.lo), vectors.choose(inside, hi, value.hi))


def unless_refused(run: Run, table: str, limit: int, done: int) -> Days:
    """A limit, passed already where the record says it will not be done (if A is not before R)."""
    value, refused, vectors = run.days(limit), run.days(done).refused, run.vectors
    refused &= vectors.at_most(run.record_to(table), run.asked(table))
    ever = vectors.full(run.size(table), EVER)
    return Days(vectors.choose(refused, ever, value.lo), vectors.choose(refused, ever, value.hi))


def counts_as(run: Run, table: str, part: int) -> Days:
    """The doer's role: ever if it counts, never if not (SEMANTICS section 2, `only_by`)."""
    truth, size = run.truth(part), run.size(table)
    ever, never = run.vectors.full(size, EVER), run.vectors.full(size, NEVER)
    return Days(
        run.vectors.choose(truth.f, never, ever),
        run.vectors.choose(truth.t, ever, never),
        denied=truth.f,
    )


OPERATORS: dict[str, Operator] = {
    "constant": constant,
    "among": among,
    "at_most": at_most,
    "and": and_,
    "or": or_,
    "not": not_,
    "exists": exists,
    "lift": lift,
    "some": some,
    "missed": missed,
    "event": event,
    "day": day,
    "asked": asked,
    "lift_days": lift_days,
    "add": add,
    "latest": latest,
    "earliest": earliest,
    "held": held,
    "over_items": over_items,
    "clip": clip,
    "unless_refused": unless_refused,
    "counts_as": counts_as,
    "first_since": occasions.first_since,
    "open_together": occasions.open_together,
    "intervals": occasions.intervals,
    "interval_start": occasions.interval_start,
    "interval_done": occasions.interval_done,
    "interval_exists": occasions.interval_exists,
    "interval_limit": occasions.interval_limit,
    "interval_until": occasions.interval_until,
    "judge": status.judge,
    "over_intervals": status.over_intervals,
    "agreed": status.agreed,
    "editions": status.editions,
}
