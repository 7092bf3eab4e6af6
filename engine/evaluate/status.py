"""From conjuncts to statuses: the formulas of SEMANTICS section 3, and how judgements combine.

A judgement holds one plane a status and the truths *gap* and *missed*. Judgements combine over
the intervals of a recurring duty, over its readings, and over the editions of one rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from engine.evaluate.run import Run
from engine.evaluate.values import Truth, both, negation
from engine.evaluate.vectors import Plane

STATUSES = (
    "overdue", "not_evidenced", "late", "outstanding", "undetermined", "excused", "met",
    "not_applicable",
)  # fmt: skip


class Judgement(NamedTuple):
    """Planes over the rows of one table; in `status` exactly one is set in every row."""

    status: dict[str, Plane]
    gap: Truth
    missed: Truth
    to_do: Plane
    decided: Plane


def judge(
    run: Run,
    table: str,
    exists: int,
    edition: int,
    applies: int,
    started: int,
    done: int,
    in_time: int,
    passed: int,
    alive: int,
    ended: int,
    excuse: int,
    done_days: int,
    forgives_act: bool,
) -> Judgement:
    """One duty, under one edition and reading, in every row of `table`.

    `forgives_act`: the limit is no figure, so an excuse leaves nothing to do.
    """
    every = run.everywhere(table)
    on = run.truth(exists)
    for conjunct in (edition, applies, started):
        on = both(on, run.truth(conjunct))
    alive_, ended_, excuse_ = run.truth(alive), run.truth(ended), run.truth(excuse)
    done_, in_time_ = run.truth(done), run.truth(in_time)
    breach = both(both(run.truth(passed), alive_), negation(in_time_))
    missed = both(on, breach)
    gap = both(missed, negation(excuse_))
    marks = run.days(done_days)
    silent = marks.silent & ~marks.denied

    ok = done_.t & in_time_.t
    na = on.f | ended_.t & alive_.f & ~ok
    live = on.t & ~na & ~ok
    broken = live & breach.t
    unexcused = broken & ~excuse_.t
    status = {
        "overdue": unexcused & ~done_.t & ~silent,
        "not_evidenced": unexcused & ~done_.t & silent,
        "late": unexcused & done_.t,
        "outstanding": live & breach.f & done_.f,
        "excused": broken & excuse_.t,
        "met": on.t & ok & ~na,
        "not_applicable": na,
    }
    to_do = on.t & done_.f & ~na
    if forgives_act:
        to_do &= ~excuse_.t
    return _judgement(status, gap, missed, to_do, every)


def _judgement(
    status: dict[str, Plane], gap: Truth, missed: Truth, to_do: Plane, every: Plane
) -> Judgement:
    """With *undetermined* for the rest, and what is decided."""
    rest = every
    for plane in status.values():
        rest &= ~plane
    status = {name: status.get(name, rest) for name in STATUSES}
    return Judgement(status, gap, missed, to_do, (gap.t | gap.f) & ~rest)


def over_intervals(run: Run, table: str, judgement: int, intervals: str) -> Judgement:
    """A recurring duty: a gap if any interval has one, and the worst status."""
    one: Judgement = run.value(judgement)
    rows, size = run.parents(intervals), run.size(table)

    def some(plane: Plane) -> Plane:
        return run.vectors.any_by(plane, rows, size)  # type: ignore[no-any-return]

    return _worst([one], some, run.everywhere(table), run.everywhere(intervals))


def editions(run: Run, table: str, *judgements: int) -> Judgement:
    """The editions of one rule: exactly one judges, the others do not apply."""
    every = run.everywhere(table)
    return _worst([run.value(number) for number in judgements], lambda plane: plane, every, every)


def _worst(
    judgements: list[Judgement],
    some: Callable[[Plane], Plane],
    every: Plane,
    every_item: Plane,
) -> Judgement:
    """Statuses worst first, gaps and misses if any; `some` carries a plane to the rows above."""
    status = dict.fromkeys(STATUSES, 0)
    rest = every
    for name, plane in _ranked(judgements, some):
        status[name] |= plane & rest
        rest &= ~plane

    def any_of(truths: Iterable[Truth]) -> Truth:
        true = open_ = 0
        for truth in truths:
            true |= some(truth.t)
            open_ |= some(every_item & ~truth.f)
        return Truth(true, every & ~open_)

    to_do = undecided = 0
    for one in judgements:
        to_do |= some(one.to_do)
        undecided |= some(every_item & ~one.decided)
    return Judgement(
        status,
        any_of(one.gap for one in judgements),
        any_of(one.missed for one in judgements),
        to_do,
        every & ~undecided,
    )


def _ranked(
    judgements: list[Judgement], some: Callable[[Plane], Plane]
) -> Iterable[tuple[str, Plane]]:
    """Every status with its rows, worst first (SEMANTICS section 2, *to the case*)."""
    worst = ("overdue", "not_evidenced", "late")
    for name in worst:
        for one in judgements:
            yield name, some(one.status[name] & one.gap.t)
    for name in (*worst, "undetermined"):
        for one in judgements:
            yield name, some(one.status[name] & ~(one.gap.t | one.gap.f))
    for name in ("outstanding", "undetermined", "excused", "met", "not_applicable"):
        for one in judgements:
            yield name, some(one.status[name])


def agreed(run: Run, table: str, *judgements: int) -> Judgement:
    """The readings of one rule: a status, a gap or a miss only if so under each of them."""
    values: list[Judgement] = [run.value(number) for number in judgements]
    every = run.everywhere(table)

    def all_(planes: Iterable[Plane]) -> Plane:
        plane = every
        for one in planes:
            plane &= one
        return plane

    status = {
        name: all_(one.status[name] for one in values)
        for name in STATUSES
        if name != "undetermined"
    }
    gap = Truth(all_(one.gap.t for one in values), all_(one.gap.f for one in values))
    missed = Truth(all_(one.missed.t for one in values), all_(one.missed.f for one in values))
    return _judgement(status, gap, missed, all_(one.to_do for one in values), every)


def status_of(judgement: Judgement, row: int) -> str:
    """The status in one row."""
    return next(name for name in STATUSES if judgement.status[name] >> row & 1)


def truth_of(truth: Truth, row: int) -> str:
    """`yes`, `no` or `unknown` in one row."""
    return "yes" if truth.t >> row & 1 else "no" if truth.f >> row & 1 else "unknown"
