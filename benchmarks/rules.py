"""Generated rules that every engine under test is given, in a form that belongs to none of them.

In: a seed and how many rules. Out: a `RuleSet`: typed facts, and rules over them and over each
other, in an order in which they can be judged one after the other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

YES_NO = ("no", "yes")
FACTS = 150  # of these, 6 in 10 are yes or no, 3 a word out of four to six, 1 a date
DERIVED_SHARE = 0.15  # of atoms: a conclusion of another rule instead of a fact
LEVELS = (0.4, 0.35, 0.25)  # shares of rules on facts alone, on those, and on those in turn

Kind = Literal["yes_no", "word", "date"]


@dataclass(frozen=True)
class Fact:
    """One typed fact of a case; `words` are its values (none: a date)."""

    name: str
    kind: Kind
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Is:
    """`fact` is one of `words`."""

    fact: Fact
    words: tuple[str, ...]


@dataclass(frozen=True)
class OnOrBefore:
    """The date `fact` is not after `other`, another date (None: the date asked about)."""

    fact: Fact
    other: Fact | None


@dataclass(frozen=True)
class Concluded:
    """What another rule, number `rule`, concludes."""

    rule: int


@dataclass(frozen=True)
class After:
    """The date `fact` is after `other` (None: the date asked about)."""

    fact: Fact
    other: Fact | None


@dataclass(frozen=True)
class Refuted:
    """Rule number `rule` is known to be false."""

    rule: int


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Any:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    part: Condition


Atom = Is | OnOrBefore | Concluded | After | Refuted  # the last two: only from `certain`
Condition = Atom | All | Any | Not


@dataclass(frozen=True)
class RuleSet:
    """`rules[i]` is the condition of rule i; it reads facts and rules of a lower level only."""

    facts: tuple[Fact, ...]
    rules: tuple[Condition, ...]
    levels: tuple[int, ...]

    def names(self) -> tuple[str, ...]:
        """The names of the rules, in their order."""
        return tuple(f"rule{number}" for number in range(len(self.rules)))


def generate(rules: int, seed: int = 2) -> RuleSet:
    """A rule set of `rules` rules of one to four atoms, always the same for the same seed.

    No fact is read twice in a rule, so that an engine that joins two tests of one fact
    into one (and so decides more) still gives the same answers.
    """
    rng = random.Random(seed)
    facts = tuple(_fact(number, rng) for number in range(FACTS))
    levels = tuple(_level(number / rules) for number in range(rules))
    conditions = tuple(_rule(number, levels, facts, rng) for number in range(rules))
    return RuleSet(facts, conditions, levels)


def atoms(condition: Condition) -> Iterator[Atom]:
    """The atoms of a condition, left to right."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from atoms(part)
        case Not(part):
            yield from atoms(part)
        case _:
            yield condition


def certain(condition: Condition, truth: bool) -> Condition:
    """A condition without `not` that holds just where `condition` is known to have that truth.

    An engine of two truths, to which a comparison with an unknown fact is false, gives the three
    answers when it is asked both.
    """
    match condition:
        case Not(part):
            return certain(part, not truth)
        case All(parts) | Any(parts):
            form = All if isinstance(condition, All) == truth else Any
            return form(tuple(certain(part, truth) for part in parts))
        case Is(fact, words) if not truth:
            return Is(fact, tuple(word for word in fact.words if word not in words))
        case OnOrBefore(fact, other) if not truth:
            return After(fact, other)
        case Concluded(rule) if not truth:
            return Refuted(rule)
        case _:
            return condition


def _fact(number: int, rng: random.Random) -> Fact:
    name = f"fact{number}"
    match number % 10:
        case 0:
            return Fact(name, "date")
        case 1 | 2 | 3:
            count = rng.randint(4, 6)
            return Fact(name, "word", tuple(f"word{word}" for word in range(count)))
        case _:
            return Fact(name, "yes_no", YES_NO)


def _level(position: float) -> int:
    """The level of the rule that stands at `position` (0 to 1) in the set."""
    return 0 if position < LEVELS[0] else 1 if position < LEVELS[0] + LEVELS[1] else 2


def _rule(
    number: int, levels: tuple[int, ...], facts: tuple[Fact, ...], rng: random.Random
) -> Condition:
    """A condition of one to four atoms on different facts, with `all`, `any` and `not`."""
    lower = [rule for rule in range(number) if levels[rule] == levels[number] - 1]
    unused = rng.sample(facts, 16)
    parts: list[Condition] = []
    concluded = rng.sample(lower, min(4, len(lower)))
    for _ in range(rng.randint(1, 4)):
        if concluded and rng.random() < DERIVED_SHARE / (1 - LEVELS[0]):
            part: Condition = Concluded(concluded.pop())
        else:
            part = _atom(unused, rng)
        parts.append(Not(part) if rng.random() < 0.2 else part)
    return _joined(parts, rng)


def _atom(unused: list[Fact], rng: random.Random) -> Atom:
    """A test of the next unused fact."""
    fact = unused.pop()
    if fact.kind == "date":
        other = next((one for one in unused if one.kind == "date"), None)
        if other is not None and rng.random() < 0.5:
            unused.remove(other)
            return OnOrBefore(fact, other)
        return OnOrBefore(fact, None)
    most = len(fact.words) - 1
    return Is(fact, tuple(sorted(rng.sample(fact.words, rng.randint(1, min(3, most))))))


def _joined(parts: list[Condition], rng: random.Random) -> Condition:
    """The parts under `all` or `any`; of three or four, two may stand under the other word."""
    if len(parts) == 1:
        return parts[0]
    outer, inner = (All, Any) if rng.random() < 0.5 else (Any, All)
    if len(parts) > 2 and rng.random() < 0.5:
        parts = [*parts[2:], inner(tuple(parts[:2]))]
    return outer(tuple(parts))
