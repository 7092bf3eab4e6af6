"""Every weakening seeded into a shipped protocol is caught, and no strengthening is flagged."""

from __future__ import annotations

from functools import cache

import pytest

from engine.analysis.conform import FAILING, Compared, Conformance
from engine.cli.conform import exit_code
from engine.errors import ExitCode
from engine.model.protocol import AtOnce, Duty, Limit, Within
from engine.proof.strictness import Said
from tests.analysis.seeded import Seed, compared, entries, finds, numbered, said, seeds
from tests.reference.days import after

WEAKER, STRICTER = numbered("weakenings"), numbered("strengthenings")
IN_WORDS_ONLY = {"force", "by", "effective"}  # no record shows these


@cache
def conformance(kind: str, number: int) -> tuple[Seed, Conformance, Compared]:
    seed = seeds(kind)[number]
    found = compared(seed)
    (one,) = [x for x in found.duties if x.national.id == seed.change.rule]
    return seed, found, one


def test_enough_is_seeded_everywhere() -> None:
    """At least sixty changes of each kind, spread over the three protocols and many duties."""
    for kind in ("weakenings", "strengthenings"):
        own = entries(kind)
        assert sum(map(len, own.values())) >= 60
        assert set(own) == {"norfolk", "nel", "barnsley"}
        assert all(len(part) >= 20 for part in own.values())
        assert len({entry["rule"] for part in own.values() for entry in part}) >= 30


@pytest.mark.parametrize(("name", "number"), WEAKER, ids=[name for name, _ in WEAKER])
def test_a_weakening_is_caught(name: str, number: int) -> None:
    """Its verdict fails with exit code 5, and the engine judges the case shown for it as said."""
    seed, found, one = conformance("weakenings", number)
    assert one.verdict in FAILING, str(seed)
    assert exit_code(found) == ExitCode.WEAKER
    if set(one.differs) <= IN_WORDS_ONLY and one.verdict != "not covered":
        assert "force" in one.differs or "by" in one.differs
        return
    assert one.weaker is not None, str(seed)
    rule, of = one.national.id, one.weaker.of
    nationally, here = (
        finds(said(protocol, one.weaker.case), rule, of)
        for protocol in (found.national, found.local)
    )
    if "2031" not in str(seed):  # shown as if it had begun: the local file is not in force yet
        assert nationally - here, str(seed)


@pytest.mark.parametrize(("name", "number"), STRICTER, ids=[name for name, _ in STRICTER])
def test_a_strengthening_is_not_flagged(name: str, number: int) -> None:
    """It is stricter or equal, and the engine judges the case shown for it as said."""
    seed, found, one = conformance("strengthenings", number)
    assert one.verdict in ("stricter", "equal"), str(seed)
    assert exit_code(found) not in (ExitCode.WEAKER, ExitCode.UNDECIDED)
    assert one.weaker is None
    if one.stricter is not None:
        rule, of = one.national.id, one.stricter.of
        nationally, here = (
            finds(said(protocol, one.stricter.case), rule, of)
            for protocol in (found.national, found.local)
        )
        assert here - nationally, str(seed)


def last_day(limit: Limit, start: int) -> int | None:
    """The last day in time by an independent count; None of a limit that is no figure."""
    if isinstance(limit, AtOnce):
        return start
    return after(start, limit.duration) if isinstance(limit, Within) else None


def days(duty: Duty, says: Said) -> tuple[int, int] | None:
    """The day the clock started in a case that is shown, and the last day in time."""
    start = says.start.first.toordinal() if says.start and says.start.first else None
    due = last_day(duty.limit, start) if start else None
    return (start, due) if start and due else None


def shown_days(kind: str, number: int, which: str) -> tuple[int, int] | None:
    """The last day in time nationally and here, in the case that shows where one is stricter."""
    if seeds(kind)[number].entry.keys() != {"rule", "within"}:
        return None
    one = conformance(kind, number)[2]
    shown = one.weaker if which == "weaker" else one.stricter
    if shown is None or shown.of != "gap":
        return None
    first, second = days(one.national, shown.first), days(one.local[0], shown.second)
    if first is None or second is None:
        return None
    assert first[0] == second[0]
    for says, counted in ((shown.first, first[1]), (shown.second, second[1])):
        assert says.due is not None
        assert says.due.first is not None
        assert says.due.first.toordinal() == counted
    return first[1], second[1]


def test_the_dates_of_a_later_figure_are_later_by_an_independent_count() -> None:
    """Wherever a figure is weaker, the case shown for it has a later last day than nationally."""
    found = [shown_days("weakenings", number, "weaker") for _, number in WEAKER]
    dates = [pair for pair in found if pair]
    assert len(dates) >= 10
    assert all(nationally < here for nationally, here in dates)


def test_incomparable_figures_have_a_start_for_each_side() -> None:
    """Of working days against days or weeks there is a start with a later and one with an earlier
    last day."""
    units = [
        number
        for _, number in WEAKER
        if (entry := seeds("weakenings")[number].entry).keys() == {"rule", "within"}
        and conformance("weakenings", number)[2].verdict == "incomparable"
        and entry["within"] != "promptly"
    ]
    assert len(units) >= 5
    for number in units:
        later = shown_days("weakenings", number, "weaker")
        earlier = shown_days("weakenings", number, "stricter")
        assert later is not None
        assert earlier is not None
        assert later[0] < later[1]
        assert earlier[0] > earlier[1]


def test_the_dates_of_an_earlier_figure_are_earlier_by_an_independent_count() -> None:
    """Wherever a figure is stricter, the case shown for it has an earlier last day."""
    found = [shown_days("strengthenings", number, "stricter") for _, number in STRICTER]
    dates = [pair for pair in found if pair]
    assert len(dates) >= 10
    assert all(nationally > here for nationally, here in dates)
