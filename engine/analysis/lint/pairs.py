"""Two duties of a protocol at once: twins with different limits, needless ones, contradictions.

In: what is linted. Out: findings about pairs of which at least one is the protocol's own, each with
a case to which both apply.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.analysis.lint.asked import Linted
from engine.analysis.lint.finding import Finding, finding
from engine.model import condition as c
from engine.model.case import Case
from engine.model.fact import Dictionary
from engine.model.protocol import FORCES, Duty
from engine.proof.logic import all_of
from engine.proof.question import Found, NoCase
from engine.proof.slices import evidence
from engine.proof.strictness import Side, compared
from engine.validate.conditions import domain_of


def pairs(on: Linted) -> Iterator[Finding]:
    """Duties about the same items that the same evidence satisfies, or contradictory ones."""
    groups: dict[object, list[Duty]] = {}
    for duty in on.checked:
        groups.setdefault((duty.for_each, evidence(duty)), []).append(duty)
    for duties in groups.values():
        for one, other in combinations(duties, 2):
            if other.id in on.own and one.id not in on.own:
                one, other = other, one  # noqa: PLW2901 - its own first
            if one.id in on.own and "consider" not in (one.force, other.force):
                yield from _twins(on, one, other)
    yield from _contradictions(on)


def _twins(on: Linted, one: Duty, other: Duty) -> Iterator[Finding]:
    """`one` is this protocol's own. What is only to be considered finds no gap."""
    first, second = (on.compiled[duty.id] for duty in (one, other))
    asked = on.about(one.id, other.id)
    together = asked.example(all_of((asked.applies(first), asked.applies(second))))
    if together is NoCase.NONE:
        return
    sides = Side(on.program, (first,)), Side(on.program, (second,))
    gaps = compared(*sides, on.dictionary)
    asks = compared(*sides, on.dictionary, "to do")
    decided = gaps.decided and asks.decided
    for needless, enough, more in (
        (one, other, (gaps.only_first, asks.only_first)),
        (other, one, (gaps.only_second, asks.only_second)),
    ):
        strong = FORCES.index(enough.force) <= FORCES.index(needless.force)
        if decided and not any(more) and strong and needless.id in on.own:
            message = (
                f"`{needless.id}` adds nothing to `{enough.id}`: whatever it finds, that finds."
            )
            cure = "Delete it, or say what it asks beyond the other."
            yield _pair("W207", message, needless, enough, cure, _case(together))
            return
    differ = asked.example(asked.different_limits(first, second))
    if isinstance(differ, Found):
        message = f"`{one.id}` and `{other.id}` ask for the same and differ in the limit."
        cure = "If the document means both, say so under `explained`; else mend one of them."
        yield _pair("W208", message, one, other, cure, differ.case)
    elif not decided or NoCase.UNDECIDED in asked.answers:
        message = f"How `{one.id}` and `{other.id}` differ was not decided."
        yield _pair("W209", message, one, other, "Look at them yourself.", _case(together))


def _contradictions(on: Linted) -> Iterator[Finding]:
    """Two duties of which no record can satisfy both, and which may both apply."""
    wanted: dict[str, list[tuple[Duty, frozenset[str]]]] = {}
    for duty in on.checked:
        for fact, values in _wanted(duty, on.dictionary):
            wanted.setdefault(fact, []).append((duty, values))
    for fact, entries in wanted.items():
        for (one, values), (other, others) in combinations(entries, 2):
            own = {one.id, other.id} & on.own.keys()
            if own and not values & others and one.for_each == other.for_each:
                yield from _contradiction(on, fact, one, other)


def _contradiction(on: Linted, fact: str, one: Duty, other: Duty) -> Iterator[Finding]:
    asked = on.about(one.id, other.id)
    both = all_of(asked.applies(on.compiled[duty.id]) for duty in (one, other))
    found = asked.example(both)
    first, second = (one, other) if one.id in on.own else (other, one)
    if isinstance(found, Found):
        message = f"`{first.id}` and `{second.id}` ask for opposite answers to `{fact}`."
        cure = "Let one of them apply only where the other does not."
        yield _pair("W210", message, first, second, cure, found.case)
    elif found is NoCase.UNDECIDED:
        message = f"Whether `{first.id}` and `{second.id}` can both apply was not decided."
        yield _pair("W209", message, first, second, "Look at them yourself.", None)


def _case(answer: Found | NoCase) -> Case | None:
    return answer.case if isinstance(answer, Found) else None


def _pair(code: str, message: str, one: Duty, other: Duty, cure: str, case: Case | None) -> Finding:
    return finding(code, message, one.place, cure, (one.id, other.id), case)


def _wanted(duty: Duty, dictionary: Dictionary) -> Iterator[tuple[str, frozenset[str]]]:
    """The answers without which a duty is not done, by fact."""
    parts = duty.done.parts if isinstance(duty.done, c.All) else (duty.done,)
    for part in parts:
        if isinstance(part, c.Fact):
            yield part.fact, frozenset(part.values)
        elif isinstance(part, c.Not) and isinstance(part.part, c.Fact):
            domain = frozenset(domain_of(dictionary.facts[part.part.fact]))
            yield part.part.fact, domain - set(part.part.values)
