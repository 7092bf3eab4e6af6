"""Every weakening seeded into a shipped protocol is caught, and no strengthening is flagged."""

from __future__ import annotations

import pytest

from engine.analysis.conform import FAILING, Compared, Conformance
from engine.cli.conform import exit_code
from engine.errors import ExitCode
from engine.model.protocol import AtOnce, Duty, Within
from engine.proof.strictness import Said, Shown
from tests.analysis.seeded import Seed, compared, entries, finds, numbered, said, seeds
from tests.reference.days import after

WEAKER, STRICTER = numbered("weakenings"), numbered("strengthenings")
IN_WORDS_ONLY = {"force", "by", "effective"}  # no record shows these


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
        every = [entry for part in own.values() for entry in part]
        assert len({entry["rule"] for entry in every}) >= 30
        assert sum(set(entry) == {"rule", "within"} for entry in every) >= 15


def days(duty: Duty, says: Said) -> tuple[int, int]:
    """The day the clock started in a case that is shown, and the last day in time by an
    independent count."""
    assert says.start is not None
    assert says.start.first is not None
    start = says.start.first.toordinal()
    return start, after(start, duty.limit.duration) if isinstance(duty.limit, Within) else start


def assert_counted(one: Compared, shown: Shown, *, later: bool) -> None:
    """Of figures that differ alone: the last days shown are those of an independent count, and the
    local one is the later or the earlier."""
    if not all(isinstance(duty.limit, Within | AtOnce) for duty in (one.national, *one.local)):
        return  # no figure, no last day
    first, second = days(one.national, shown.first), days(one.local[0], shown.second)
    assert first[0] == second[0]
    for says, counted in ((shown.first, first[1]), (shown.second, second[1])):
        assert says.due is not None
        assert says.due.first is not None
        assert says.due.first.toordinal() == counted
    assert (first[1] < second[1]) == later
    assert first[1] != second[1]


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
    if set(seed.entry) == {"rule", "within"}:
        assert_counted(one, one.weaker, later=True)
        assert one.stricter is not None or one.verdict == "weaker"
        if one.stricter is not None:  # a start for each side
            assert_counted(one, one.stricter, later=False)
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
        if set(seed.entry) == {"rule", "within"}:
            assert_counted(one, one.stricter, later=False)
        rule, of = one.national.id, one.stricter.of
        nationally, here = (
            finds(said(protocol, one.stricter.case), rule, of)
            for protocol in (found.national, found.local)
        )
        assert here - nationally, str(seed)
