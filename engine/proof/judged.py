"""From conjuncts to statuses, as formulas of one row: what `evaluate.status` does on planes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from engine.evaluate.status import STATUSES
from engine.proof.logic import (
    Days,
    Formula,
    Truth,
    all_of,
    any_of,
    both,
    either,
    negation,
    opposite,
)  # fmt: skip

_MISSED = ("overdue", "not_evidenced", "late")


class Judgement(NamedTuple):
    """For each status whether it is the one; the truths *gap* and *missed*; what is to do."""

    status: dict[str, Formula]
    gap: Truth
    missed: Truth
    to_do: Formula


def judge(conjuncts: Sequence[Truth], done_days: Days, *, forgives_act: bool) -> Judgement:
    """One duty, under one edition and reading (SEMANTICS section 3)."""
    exists, edition, applies, started, done, in_time, passed, alive, ended, excuse = conjuncts
    on = both(exists, edition, applies, started)
    breach = both(passed, alive, negation(in_time))
    missed = both(on, breach)
    gap = both(missed, negation(excuse))
    silent = all_of((done_days.silent, opposite(done_days.denied)))
    ok = all_of((done.t, in_time.t))
    na = any_of((on.f, all_of((ended.t, alive.f, opposite(ok)))))
    live = all_of((on.t, opposite(na), opposite(ok)))
    broken = all_of((live, breach.t))
    unexcused = all_of((broken, opposite(excuse.t)))
    undone = all_of((unexcused, opposite(done.t)))
    to_do = all_of((on.t, done.f, opposite(na), opposite(excuse.t) if forgives_act else True))
    status = {
        "overdue": all_of((undone, opposite(silent))),
        "not_evidenced": all_of((undone, silent)),
        "late": all_of((unexcused, done.t)),
        "outstanding": all_of((live, breach.f, done.f)),
        "excused": all_of((broken, excuse.t)),
        "met": all_of((on.t, ok, opposite(na))),
        "not_applicable": na,
    }
    return _judgement(status, gap, missed, to_do)


def _judgement(status: dict[str, Formula], gap: Truth, missed: Truth, to_do: Formula) -> Judgement:
    """With *undetermined* for the rest."""
    rest = opposite(any_of(status.values()))
    return Judgement({n: status.get(n, rest) for n in STATUSES}, gap, missed, to_do)


def worst(judgements: Sequence[Judgement]) -> Judgement:
    """A gap if any has one, and the worst status: over intervals, and over editions."""
    if len(judgements) == 1:
        return judgements[0]
    status: dict[str, Formula] = dict.fromkeys(STATUSES, False)
    rest: Formula = True
    for name, found in _ranked(judgements):
        status[name] = any_of((status[name], all_of((found, rest))))
        rest = all_of((rest, opposite(found)))
    return Judgement(
        status,
        either(*(one.gap for one in judgements)),
        either(*(one.missed for one in judgements)),
        any_of(one.to_do for one in judgements),
    )


def _ranked(judgements: Sequence[Judgement]) -> list[tuple[str, Formula]]:
    """Every status with where some judgement has it, worst first."""

    def some(name: str, where: Callable[[Judgement], Formula]) -> tuple[str, Formula]:
        return name, any_of(all_of((one.status[name], where(one))) for one in judgements)

    def unsure(one: Judgement) -> Formula:
        return all_of((opposite(one.gap.t), opposite(one.gap.f)))

    ranked = [some(name, lambda one: one.gap.t) for name in _MISSED]
    ranked += [some(name, unsure) for name in (*_MISSED, "undetermined")]
    least = ("outstanding", "undetermined", "excused", "met", "not_applicable")
    return ranked + [some(name, lambda _: True) for name in least]


def agreed(judgements: Sequence[Judgement]) -> Judgement:
    """The readings of one rule: a status, a gap or a miss only if so under each of them."""
    status = {
        name: all_of(one.status[name] for one in judgements)
        for name in STATUSES
        if name != "undetermined"
    }

    def each(truths: Sequence[Truth]) -> Truth:
        return Truth(all_of(x.t for x in truths), all_of(x.f for x in truths))

    return _judgement(
        status,
        each([one.gap for one in judgements]),
        each([one.missed for one in judgements]),
        all_of(one.to_do for one in judgements),
    )
