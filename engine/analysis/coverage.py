"""How much of a protocol its scenarios show: by rule, by what can be said of it, and by clause.

In: a resolved protocol, its scenarios, what evaluating them said, and the lines of its ledgers.
Out: for each rule of the protocol's own file the sides that a scenario expects and finds, and those
that are missing. A side counts only where a scenario expects it and evaluation says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from engine.analysis.ledger import Line
from engine.errors import Place
from engine.model.protocol import AtOnce, Duty, Protocol, Within
from engine.model.scenario import Scenario

Edge = Literal["last day", "day after"]
IN_TIME = frozenset({"met", "outstanding"})
MISSED = frozenset({"late", "overdue", "not_evidenced"})
SIDES = {
    "at work": "met, outstanding or missed",
    "silent": "does not apply",
    "undecided": "cannot tell",
    "in time": "its limit, before it passed",
    "missed": "its limit, after it passed",
    "last day": "done on the last day in time",
    "day after": "done, or not yet done, one day too late",
    "excused": "missed, with an excuse",
    "right person": "done by whom it should be",
    "wrong person": "done by somebody else",
}
LIMIT = ("in time", "missed", "last day", "day after")
_STATUSES: dict[str, frozenset[str]] = {
    "at work": IN_TIME | MISSED,
    "silent": frozenset({"not_applicable"}),
    "undecided": frozenset({"undetermined"}),
    "in time": IN_TIME,
    "missed": MISSED,
    "excused": frozenset({"excused"}),
    "right person": frozenset({"met"}),
    "wrong person": frozenset({"overdue"}),
}
_OF_A_ROLE = ("right person", "wrong person")
_ABOUT = {
    "when": ("silent", "undecided"),
    "start": LIMIT,
    "limit": LIMIT,
    "until": ("silent",),
    "done": ("undecided",),
    "items": ("undecided",),
    "excused_by": ("excused",),
    "only_by": _OF_A_ROLE,
    "readings": LIMIT,
}  # the sides that a changed field of an inherited rule is about
_EDGES = frozenset(get_args(Edge))
_READING = " on the reading "


class Seen(NamedTuple):
    """What evaluation said, in the scenarios that name it, of one result and of its readings.

    `edges`: whether some item was done on the last day in time, or a day too late.
    """

    statuses: frozenset[str]
    readings: dict[str, frozenset[str]]
    edges: frozenset[Edge] = frozenset()


class Said(NamedTuple):
    """All that evaluation said in the scenarios of one protocol.

    `results` by name; `reached`: the thresholds and definitions that were true somewhere.
    """

    results: Mapping[str, Seen]
    reached: frozenset[str]


class RuleCoverage(NamedTuple):
    """The sides of one rule: those that can be shown, and those that no scenario expects.

    Of those the value says whether evaluation showed it all the same. `changed`: an inherited rule
    that the protocol changes.
    """

    rule: str
    changed: bool
    place: Place
    sides: tuple[str, ...]
    missing: dict[str, bool]


class ClauseCoverage(NamedTuple):
    """An encoded clause, and whether a rule of it is shown; None: no case could show any."""

    clause: str
    document: str
    rules: tuple[str, ...]
    shown: bool | None


class Coverage(NamedTuple):
    """The coverage of one protocol by its scenarios."""

    protocol: str
    scenarios: int
    rules: tuple[RuleCoverage, ...]
    clauses: tuple[ClauseCoverage, ...]

    def shown(self, *sides: str) -> tuple[int, int]:
        """How many rules show all of `sides`, and how many of them can show one at all."""
        able = [one for one in self.rules if any(_base(side) in sides for side in one.sides)]
        shown = [one for one in able if not {*map(_base, one.missing)} & {*sides}]
        return len(shown), len(able)

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not any(one.missing for one in self.rules) and all(
            clause.shown is not False for clause in self.clauses
        )


def coverage(
    protocol: Protocol,
    scenarios: Sequence[Scenario],
    said: Said,
    ledgers: Mapping[str, Iterable[Line]],
) -> Coverage:
    """What `scenarios` show of the resolved `protocol`; `ledgers` by their documents' names."""
    expected = _expected(scenarios)
    rules = tuple(_rule(duty, sides, expected, said.results) for duty, sides in _duties(protocol))
    clauses = _clauses(protocol, rules, said.reached, ledgers)
    return Coverage(protocol.id, len(scenarios), rules, tuple(clauses))


def _duties(protocol: Protocol) -> Iterator[tuple[Duty, list[str]]]:
    """The rules of the protocol's own file that a record can show, each with its sides.

    Of an inherited rule that it changes these are being at work and what the change is about; the
    rest is for the scenarios of the protocol that it is from.
    """
    about = {change.rule: change.changes.keys() for change in protocol.changes}
    for duty in protocol.duties:
        if not duty.not_checkable and duty.origin == protocol.id and not duty.variant:
            yield duty, [*_sides(duty)]
        elif not duty.not_checkable and duty.variant == protocol.id:
            fields: Collection[str] = about.get(duty.id) or about.get(duty.checklist or "") or set()
            wanted = {"at work", *(side for field in fields for side in _ABOUT.get(field, ()))}
            yield duty, [side for side in _sides(duty) if _base(side) in wanted]


def _expected(scenarios: Sequence[Scenario]) -> dict[str, set[str]]:
    """The statuses that scenarios expect, by result."""
    found: dict[str, set[str]] = {}
    for scenario in scenarios:
        for one in scenario.expect.values():
            statuses = found.setdefault(one.duty, set())
            if "status" in one.details:
                statuses.add(one.details["status"])
    return found


def _rule(
    duty: Duty,
    sides: Sequence[str],
    expected: Mapping[str, set[str]],
    results: Mapping[str, Seen],
) -> RuleCoverage:
    missing: dict[str, bool] = {}
    for side in sides:
        name = f"{duty.id}/role" if side in _OF_A_ROLE else duty.id
        base, _, reading = side.partition(_READING)
        seen = results.get(name, Seen(frozenset(), {}))
        if side in _EDGES:
            if side not in seen.edges:
                missing[side] = False
            continue
        statuses = seen.readings.get(reading, frozenset()) if reading else seen.statuses
        shown = statuses & _STATUSES[base]
        if not (shown if reading else shown & expected.get(name, set())):
            missing[side] = bool(shown)
    return RuleCoverage(duty.id, bool(duty.variant), duty.place, tuple(sides), missing)


def _sides(duty: Duty) -> Iterator[str]:
    """What can be said of a duty and therefore has to be shown."""
    yield from ("at work", "silent", "undecided")
    if duty.limit and duty.force != "consider":
        yield from ("in time", "missed")
        if isinstance(duty.limit, Within | AtOnce):
            yield from get_args(Edge)
    if duty.excused_by:
        yield "excused"
    if duty.only_by or any("only_by" in reading.changes for reading in duty.readings):
        yield from _OF_A_ROLE
    for reading in duty.readings:
        if {"start", "limit"} & reading.changes.keys() and duty.force != "consider":
            yield f"in time{_READING}{reading.says}"
            yield f"missed{_READING}{reading.says}"


def _base(side: str) -> str:
    return side.partition(_READING)[0]


def _clauses(
    protocol: Protocol,
    rules: Sequence[RuleCoverage],
    reached: frozenset[str],
    ledgers: Mapping[str, Iterable[Line]],
) -> Iterator[ClauseCoverage]:
    """Every encoded clause; it is shown if one of its rules is at work in a scenario."""
    at_work = {one.rule: "at work" not in one.missing for one in rules}
    at_work |= {one.id: one.id in reached for one in protocol.conclusions}
    for document, lines in ledgers.items():
        for line in lines:
            if line.disposition == "encoded":
                own = [
                    shown
                    for rule, shown in at_work.items()
                    if rule in line.rules or rule.partition("/")[0] in line.rules
                ]
                shown = any(own) if own else None
                yield ClauseCoverage(line.clause, document, line.rules, shown)
