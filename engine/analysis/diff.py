"""How two protocols differ in meaning: two authorities, two editions, a file and its last version.

In: both resolved. Out: a `Diff`: duties that only one of them has, and those that both have and
that differ in what they ask, with a case for each way in which only one of them finds a gap. Text
does not count: ids, titles, order and remarks may differ, and what computes the same is the same.
Between different protocols, and where the dates of the whole protocol differ, dates are set aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from engine.compile import compile_protocol
from engine.model.fact import Dictionary
from engine.model.program import CompiledDuty, Program
from engine.model.protocol import Duty, Protocol, Role
from engine.proof.slices import Shapes, evidence, judgements, timeless
from engine.proof.strictness import Comparison, Side, compared

SAME = Comparison(None, None)


class Pair(NamedTuple):
    """The same duty in both, and how the gaps differ that they find, or what they ask for.

    `gaps` is None where there is nothing to compare: one is not judged, or of other items.
    """

    first: Duty
    second: Duty
    gaps: Comparison | None


class Diff(NamedTuple):
    """`same`: how many duties ask the same in both; `redated`: one protocol in force otherwise."""

    first: Protocol
    second: Protocol
    only_first: tuple[Duty, ...]
    only_second: tuple[Duty, ...]
    changed: tuple[Pair, ...]
    same: int
    renamed: dict[str, str]  # ids of the first, by those of the second where they differ

    @property
    def empty(self) -> bool:
        return not (self.only_first or self.only_second or self.changed or self.redated)

    @property
    def redated(self) -> bool:
        return self.first.id == self.second.id and self.first.effective != self.second.effective


def diff(first: Protocol, second: Protocol, dictionary: Dictionary) -> Diff:
    """Compare two resolved protocols."""
    redated = first.effective != second.effective
    sides = [timeless(p) if redated else p for p in comparable(first, second)]
    shapes = Shapes()
    one, two = (_Read(p, compile_protocol(p, dictionary), shapes) for p in sides)
    place = {duty.id: number for number, duty in enumerate(one.duties)}
    pairs = sorted(_pairs(one, two), key=lambda pair: place[pair[0].id])
    found = [pair for pair in pairs if not _same(one, two, *pair)]
    matched = [{pair[side].id for pair in pairs} for side in (0, 1)]
    return Diff(
        first,
        second,
        tuple(d for d in one.duties if d.id not in matched[0]),
        tuple(d for d in two.duties if d.id not in matched[1]),
        tuple(Pair(a, b, _gaps(one, two, a, b, dictionary)) for a, b in found),
        len(pairs) - len(found),
        {b.id: a.id for a, b in pairs if a.id != b.id},
    )


def comparable(first: Protocol, second: Protocol) -> tuple[Protocol, Protocol]:
    """Both as their cases are compared: of different protocols the dates are set aside."""
    return (first, second) if first.id == second.id else (timeless(first), timeless(second))


@dataclass(frozen=True)
class _Read:
    """One protocol: its duties, one an id, and what each computes."""

    protocol: Protocol
    program: Program
    shapes: Shapes

    @cached_property
    def duties(self) -> list[Duty]:
        """The latest variant of each."""
        return [*{duty.id: duty for duty in self.protocol.duties}.values()]

    @cached_property
    def meaning(self) -> dict[str, tuple[int, ...]]:
        """By id, the shapes of its results."""
        numbers = self.shapes.of(self.program)
        return {
            duty.id: tuple(numbers[step] for step in judgements(duty))
            for duty in self.program.duties
        }

    def compiled(self, id_: str) -> tuple[CompiledDuty, ...]:
        return tuple(duty for duty in self.program.duties if duty.id == id_)

    def role(self, id_: str | None) -> Role | None:
        return next((role for role in self.protocol.roles if role.id == id_), None)


def _pairs(one: _Read, two: _Read) -> Iterator[tuple[Duty, Duty]]:
    """Each duty of the first with the one of the second: by id, by meaning, by evidence."""
    mine = {duty.id: duty for duty in one.duties}
    theirs = {duty.id: duty for duty in two.duties}
    for id_ in [id_ for id_ in mine if id_ in theirs]:
        yield mine.pop(id_), theirs.pop(id_)
    alike = _by(one.meaning.get, mine), _by(two.meaning.get, theirs)
    for meaning in alike[0].keys() & alike[1].keys():
        for first, second in zip(alike[0][meaning], alike[1][meaning], strict=False):
            yield mine.pop(first), theirs.pop(second)
    known = _by(lambda id_: _evidence(mine[id_]), mine), _by(lambda x: _evidence(theirs[x]), theirs)
    for wanted in known[0].keys() & known[1].keys():
        if len(known[0][wanted]) == len(known[1][wanted]) == 1:
            yield mine.pop(known[0][wanted][0]), theirs.pop(known[1][wanted][0])


def _by(key: Callable[[str], object], ids: Iterable[str]) -> dict[object, list[str]]:
    """The ids by a key, without those that have none."""
    found: dict[object, list[str]] = {}
    for id_ in ids:
        if (value := key(id_)) is not None:
            found.setdefault(value, []).append(id_)
    return found


def _evidence(duty: Duty) -> object:
    """What satisfies it, and of which items; None of a duty that is not judged."""
    wanted = evidence(duty)
    return (duty.for_each, wanted) if wanted else None


def _same(one: _Read, two: _Read, first: Duty, second: Duty) -> bool:
    """Whether both ask the same, as strongly, of the same people."""
    meanings = one.meaning.get(first.id), two.meaning.get(second.id)
    return (
        meanings[0] == meanings[1]
        and first.force == second.force
        and _people(one, first) == _people(two, second)
        and (first.not_checkable is None) == (second.not_checkable is None)
    )


def _people(side: _Read, duty: Duty) -> tuple[object, ...]:
    """Who is asked: the recorded roles that count, or the title where none do."""
    found: list[object] = []
    for role in (side.role(duty.by), side.role(duty.only_by)):
        if role is None:
            found.append(None)
        else:
            counts = frozenset(role.counts)
            found.append((counts or role.title.casefold(), role.other_agency))
    return tuple(found)


def _gaps(
    one: _Read, two: _Read, first: Duty, second: Duty, dictionary: Dictionary
) -> Comparison | None:
    """By the gaps found; where those are the same, by what is asked for."""
    if one.meaning.get(first.id) == two.meaning.get(second.id):
        return SAME
    sides = (
        Side(one.program, one.compiled(first.id)),
        Side(two.program, two.compiled(second.id)),
    )
    if not all(side.duties for side in sides) or first.for_each != second.for_each:
        return None
    found = compared(*sides, dictionary)
    return compared(*sides, dictionary, "to do") if found.equal else found
