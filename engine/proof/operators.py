"""The operators of `evaluate.operators` as formulas, for facts that are unknowns.

Every function takes the `Symbolic` that reads the program, the step's table and its arguments, and
gives the step's value in every row of the table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any

from engine.proof import judged, lists
from engine.proof.logic import (
    EVER,
    NEVER,
    NO,
    UNKNOWN,
    YES,
    Day,
    Days,
    Truth,
    all_of,
    any_of,
    at_most,
    both,
    choose,
    compared,
    either,
    least,
    most,
    negation,
    opposite,
)

if TYPE_CHECKING:
    from engine.proof.symbolic import Symbolic

Operator = Callable[..., list[Any]]


# Truths


def constant(on: Symbolic, table: str, truth: str) -> list[Truth]:
    return [{"yes": YES, "no": NO, "unknown": UNKNOWN}[truth]] * on.size(table)


def among(on: Symbolic, table: str, fact: str, values: tuple[str, ...]) -> list[Truth]:
    return on.record.among(fact, values)


def at_most_(on: Symbolic, table: str, one: int, other: int) -> list[Truth]:
    return [compared(a, b) for a, b in zip(on.value(one), on.value(other), strict=True)]


def and_(on: Symbolic, table: str, *parts: int) -> list[Truth]:
    return [both(*row) for row in zip(*map(on.value, parts), strict=True)]


def or_(on: Symbolic, table: str, *parts: int) -> list[Truth]:
    return [either(*row) for row in zip(*map(on.value, parts), strict=True)]


def not_(on: Symbolic, table: str, part: int) -> list[Truth]:
    return [negation(truth) for truth in on.value(part)]


def exists(on: Symbolic, table: str) -> list[Truth]:
    return on.exists(table)


def lift(on: Symbolic, table: str, part: int, source: str) -> list[Any]:
    value = on.value(part)
    return [value[row] for row in on.rows_above(table, source)]


def some(on: Symbolic, table: str, items: str, part: int) -> list[Truth]:
    met = [both(a, b) for a, b in zip(on.exists(items), on.value(part), strict=True)]
    return [
        either(*(met[row] for row in rows)) if rows else NO for rows in on.below(items, table)
    ]  # fmt: skip


def missed(on: Symbolic, table: str, judgement: int) -> list[Truth]:
    return [one.missed for one in on.value(judgement)]


# Days


def event(on: Symbolic, table: str, fact: str, use: str = "") -> list[Days]:
    return on.record.event(fact, use)


def day(on: Symbolic, table: str, ordinal: int) -> list[Days]:
    return [Days(ordinal, ordinal)] * on.size(table)


def asked(on: Symbolic, table: str) -> list[Days]:
    return [Days(on.record.day, on.record.day)] * on.size(table)


def add(on: Symbolic, table: str, part: int, count: int, unit: str) -> list[Days]:
    after = on.calendar.after
    return [Days(after(d.lo, count, unit), after(d.hi, count, unit)) for d in on.value(part)]


def latest(on: Symbolic, table: str, *parts: int) -> list[Days]:
    return [reduce(_later, row) for row in zip(*map(on.value, parts), strict=True)]


def earliest(on: Symbolic, table: str, *parts: int) -> list[Days]:
    return [reduce(_earlier, row) for row in zip(*map(on.value, parts), strict=True)]


def _later(one: Days, other: Days) -> Days:
    return Days(
        most(one.lo, other.lo), most(one.hi, other.hi), any_of((one.silent, other.silent)),
        any_of((one.denied, other.denied)), any_of((one.refused, other.refused)),
    )  # fmt: skip


def _earlier(one: Days, other: Days) -> Days:
    return Days(
        least(one.lo, other.lo), least(one.hi, other.hi), any_of((one.silent, other.silent)),
        any_of((one.denied, other.denied)), all_of((one.refused, other.refused)),
    )  # fmt: skip


def held(on: Symbolic, table: str, part: int) -> list[Days]:
    after = on.record.day + 1
    return [
        Days(choose(x.f, after, EVER), choose(x.t, EVER, NEVER), denied=x.f) for x in on.value(part)
    ]


def over_items(
    on: Symbolic, table: str, items: str, where: int, part: int, every: bool
) -> list[Days]:
    meets = [both(a, b) for a, b in zip(on.exists(items), on.value(where), strict=True)]
    values = on.value(part)
    return [
        _over([(meets[row], values[row]) for row in rows], on.record.day + 1, every=every)
        for rows in on.below(items, table)
    ]


def _over(rows: list[tuple[Truth, Days]], after: Day, *, every: bool) -> Days:
    neutral = EVER if every else NEVER
    maybe = [opposite(meets.f) for meets, _ in rows]
    lo = [choose(m.t if every else o, d.lo, neutral) for (m, d), o in zip(rows, maybe, strict=True)]
    hi = [choose(o if every else m.t, d.hi, neutral) for (m, d), o in zip(rows, maybe, strict=True)]
    low, high = (
        reduce(most if every else least, lo, neutral),
        reduce(most if every else least, hi, neutral),
    )
    refused = any_of(all_of((d.refused, m.t)) for m, d in rows)
    if not every:
        low = choose(at_most(NEVER, low), after, low)
        refused = all_of(
            (
                refused,
                *(any_of((opposite(o), d.refused)) for (_, d), o in zip(rows, maybe, strict=True)),
            )
        )
    return Days(
        low, high,
        any_of(all_of((d.silent, o)) for (_, d), o in zip(rows, maybe, strict=True)),
        any_of(all_of((d.denied, o)) for (_, d), o in zip(rows, maybe, strict=True)),
        refused,
    )  # fmt: skip


def clip(on: Symbolic, table: str, part: int, first: int, last: int) -> list[Days]:
    out = []
    for value in on.value(part):
        lo, hi = most(value.lo, first), least(value.hi, last)
        inside = at_most(lo, hi)
        out.append(Days(choose(inside, lo, value.lo), choose(inside, hi, value.hi)))
    return out


def unless_refused(on: Symbolic, table: str, limit: int, done: int) -> list[Days]:
    return [
        Days(choose(d.refused, EVER, x.lo), choose(d.refused, EVER, x.hi))
        for x, d in zip(on.value(limit), on.value(done), strict=True)
    ]


def counts_as(on: Symbolic, table: str, part: int) -> list[Days]:
    return [
        Days(choose(x.f, NEVER, EVER), choose(x.t, EVER, NEVER), denied=x.f) for x in on.value(part)
    ]


# Judgements


def judge(on: Symbolic, table: str, *args: Any) -> list[judged.Judgement]:
    *conjuncts, done_days, forgives_act = args
    rows = zip(*map(on.value, conjuncts), on.value(done_days), strict=True)
    return [judged.judge(row[:-1], row[-1], forgives_act=forgives_act) for row in rows]


def over_intervals(on: Symbolic, table: str, judgement: int, made: str) -> list[judged.Judgement]:
    value = on.value(judgement)
    return [judged.worst([value[row] for row in rows]) for rows in on.below(made, table)]


def agreed(on: Symbolic, table: str, *judgements: int) -> list[judged.Judgement]:
    return [judged.agreed(list(row)) for row in zip(*map(on.value, judgements), strict=True)]


def editions(on: Symbolic, table: str, *judgements: int) -> list[judged.Judgement]:
    return [judged.worst(list(row)) for row in zip(*map(on.value, judgements), strict=True)]


OPERATORS: dict[str, Operator] = {
    "constant": constant,
    "among": among,
    "at_most": at_most_,
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
    "lift_days": lift,
    "add": add,
    "latest": latest,
    "earliest": earliest,
    "held": held,
    "over_items": over_items,
    "clip": clip,
    "unless_refused": unless_refused,
    "counts_as": counts_as,
    "first_since": lists.first_since,
    "open_together": lists.open_together,
    "intervals": lists.intervals,  # type: ignore[dict-item]
    "interval_start": lists.interval_start,
    "interval_done": lists.interval_done,
    "interval_exists": lists.interval_exists,
    "interval_limit": lists.interval_limit,
    "interval_until": lists.interval_until,
    "judge": judge,
    "over_intervals": over_intervals,
    "agreed": agreed,
    "editions": editions,
}
