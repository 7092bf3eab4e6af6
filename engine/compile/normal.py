"""Conditions in normal form: negation at the leaves, tests of one fact merged (SEMANTICS 3).

Kleene's truth tables are exact where no fact is read twice. So tests of one circumstance under
one `any` or `all` become one test of a set of words, ages at one day one range, and a test beside
its own opposite becomes a constant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.model import condition as c
from engine.model.fact import Dictionary
from engine.validate.conditions import domain_of, is_dated


@dataclass(frozen=True)
class Constant:
    truth: bool


@dataclass(frozen=True)
class Words:
    """A circumstance is one of `values`, some but not all of its domain."""

    fact: str
    values: frozenset[str]
    leaf: c.Fact


@dataclass(frozen=True)
class Leaf:
    """Any other test, perhaps negated; equal tests have equal `key`s."""

    condition: c.Condition
    negated: bool
    key: object


@dataclass(frozen=True)
class Group:
    every: bool
    parts: tuple[Node, ...]


Node = Constant | Words | Leaf | Group


def normal(condition: c.Condition, dictionary: Dictionary, *, negated: bool = False) -> Node:
    """The normal form of a condition or of its negation."""
    match condition:
        case c.Not(part):
            return normal(part, dictionary, negated=not negated)
        case c.All(parts) | c.Any(parts):
            every = isinstance(condition, c.All) != negated
            return _group(
                every, [normal(p, dictionary, negated=negated) for p in parts], dictionary
            )
        case c.Fact(fact, values):
            return _fact(condition, fact, values, dictionary, negated=negated)
        case _:
            return Leaf(condition, negated, _key(condition))


def _fact(
    leaf: c.Fact, fact: str, values: tuple[str, ...], dictionary: Dictionary, *, negated: bool
) -> Node:
    known = dictionary.facts[fact]
    domain = frozenset(domain_of(known))
    wanted = frozenset(values)
    if negated:
        wanted = domain - wanted
    if wanted == domain or not wanted:
        return Constant(bool(wanted))
    if is_dated(known) or known.kind == "derived":
        return Leaf(c.Fact(fact, ("yes",), leaf.place), wanted == {"no"}, ("happened", fact))
    return Words(fact, wanted, leaf)


def _key(condition: c.Condition) -> object:
    """What makes two tests the same, their places left out; ages compare by the day alone."""
    if isinstance(condition, c.Age):
        return ("age", condition.at, condition.years, condition.under)
    fields = {name: value for name, value in vars(condition).items() if name != "place"}
    return (type(condition).__name__, *sorted((name, repr(v)) for name, v in fields.items()))


def _group(every: bool, parts: list[Node], dictionary: Dictionary) -> Node:
    flat = list(_flat(every, parts))
    merged = _merged(every, flat, dictionary)
    if Constant(not every) in merged or _opposed(every, merged):
        return Constant(not every)
    kept = tuple(dict.fromkeys(part for part in merged if part != Constant(every)))
    if not kept:
        return Constant(every)
    return kept[0] if len(kept) == 1 else Group(every, kept)


def _flat(every: bool, parts: Iterable[Node]) -> Iterable[Node]:
    for part in parts:
        if isinstance(part, Group) and part.every == every:
            yield from part.parts
        else:
            yield part


def _merged(every: bool, parts: list[Node], dictionary: Dictionary) -> list[Node]:
    """Tests of the words of one fact as one test."""
    words: dict[str, Words] = {}
    out: list[Node] = []
    for part in parts:
        if isinstance(part, Words):
            known = words.get(part.fact)
            values = part.values
            if known is not None:
                values = known.values & values if every else known.values | values
            words[part.fact] = Words(part.fact, values, part.leaf)
        else:
            out.append(part)
    for one in words.values():
        domain = frozenset(domain_of(dictionary.facts[one.fact]))
        constant = one.values in (frozenset(), domain)
        out.append(Constant(bool(one.values)) if constant else one)
    return out


def _opposed(every: bool, parts: list[Node]) -> bool:
    """Whether a test stands beside its own opposite, or ages leave no year (or every year)."""
    leaves = [part for part in parts if isinstance(part, Leaf)]
    signs = {(leaf.key, leaf.negated) for leaf in leaves}
    if any((leaf.key, not leaf.negated) in signs for leaf in leaves):
        return True
    return any(_ages_opposed(every, own) for own in _ages(leaves).values())


def _ages(leaves: list[Leaf]) -> dict[str, list[tuple[bool, int]]]:
    """By day: (at least, years) of every age test."""
    out: dict[str, list[tuple[bool, int]]] = {}
    for leaf in leaves:
        if isinstance(leaf.condition, c.Age):
            at_least = leaf.condition.under == leaf.negated
            out.setdefault(leaf.condition.at, []).append((at_least, leaf.condition.years))
    return out


def _ages_opposed(every: bool, tests: list[tuple[bool, int]]) -> bool:
    lower = [years for at_least, years in tests if at_least]
    upper = [years for at_least, years in tests if not at_least]
    if not lower or not upper:
        return False
    return max(lower) >= min(upper) if every else min(lower) <= max(upper)
