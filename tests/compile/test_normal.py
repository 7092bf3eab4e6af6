"""Normal form: tests of one fact merged, opposites found, and nothing of the meaning changed."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compile.normal import Constant, Group, Leaf, Node, Words, normal
from engine.errors import Place
from engine.load.dictionary import read_dictionary
from engine.model import condition as c
from engine.validate.conditions import domain_of

DICTIONARY = read_dictionary()
HERE = Place("here")
OUTCOME = "decision.outcome"
DISABLED = "child.disabled"
SEEN = "assessment.child_seen"
CONCLUDED = "assessment.concluded"
WORDS = domain_of(DICTIONARY.facts[OUTCOME])
AGES = range(3, 8)  # the ages that the conditions below can tell apart, and one on either side


def is_(fact: str, *values: str) -> c.Fact:
    return c.Fact(fact, values or ("yes",), HERE)


def age(years: int, *, under: bool) -> c.Age:
    return c.Age("as_of", years, under, HERE)


def form(condition: c.Condition) -> Node:
    return normal(condition, DICTIONARY)


def test_any_of_two_words_is_one_test_of_a_set() -> None:
    """`any` over one circumstance joins the words."""
    node = form(c.Any((is_(OUTCOME, WORDS[0]), is_(OUTCOME, WORDS[1]))))
    assert isinstance(node, Words)
    assert node.values == {WORDS[0], WORDS[1]}


def test_any_of_all_words_is_true() -> None:
    """The whole domain is no question, even of a fact that is unknown."""
    assert form(c.Any(tuple(is_(OUTCOME, word) for word in WORDS))) == Constant(truth=True)


def test_all_of_two_words_is_false() -> None:
    """One circumstance cannot have two values."""
    assert form(c.All((is_(OUTCOME, WORDS[0]), is_(OUTCOME, WORDS[1])))) == Constant(truth=False)


def test_all_of_two_sets_is_what_they_share() -> None:
    """`all` over one circumstance keeps the words of both."""
    node = form(c.All((is_(OUTCOME, WORDS[0], WORDS[1]), is_(OUTCOME, WORDS[1], WORDS[2]))))
    assert isinstance(node, Words)
    assert node.values == {WORDS[1]}


def test_not_of_a_word_is_the_other_words() -> None:
    """Negation stands at the leaves, as the rest of the domain."""
    node = form(c.Not(is_(OUTCOME, WORDS[0])))
    assert isinstance(node, Words)
    assert node.values == set(WORDS) - {WORDS[0]}


def test_not_turns_all_into_any() -> None:
    """What is denied of all is denied of one of them."""
    node = form(c.Not(c.All((is_(DISABLED), is_(SEEN)))))
    assert isinstance(node, Group)
    assert not node.every


@pytest.mark.parametrize("every", [True, False])
def test_an_event_beside_its_opposite_is_settled(every: bool) -> None:
    """Seen and not seen is false, seen or not seen true, whatever is known."""
    parts = (is_(SEEN), is_(CONCLUDED), c.Not(is_(SEEN)))
    assert form(c.All(parts) if every else c.Any(parts)) == Constant(truth=not every)


@pytest.mark.parametrize("every", [True, False])
def test_a_duty_missed_and_not_missed_is_settled(every: bool) -> None:
    """References are compared by what they name, not by where they stand."""
    one = c.Reference("missed", "reviews", HERE)
    other = c.Not(c.Reference("missed", "reviews", Place("elsewhere")))
    assert form(c.All((one, other)) if every else c.Any((one, other))) == Constant(truth=not every)


def test_ages_that_leave_no_year_are_false() -> None:
    """At least five and under five is nobody."""
    assert form(c.All((age(5, under=False), age(5, under=True)))) == Constant(truth=False)


def test_ages_that_leave_every_year_are_true() -> None:
    """At least four or under five is everybody."""
    assert form(c.Any((age(4, under=False), age(5, under=True)))) == Constant(truth=True)


def test_ages_that_leave_some_years_stay_a_question() -> None:
    """At least four and under five is some."""
    assert isinstance(form(c.All((age(4, under=False), age(5, under=True)))), Group)


def test_the_same_test_twice_is_one() -> None:
    """Nested groups of one kind are one group, and repeats drop out."""
    node = form(c.All((is_(SEEN), c.All((is_(SEEN), c.Not(c.Not(is_(SEEN))))))))
    assert isinstance(node, Leaf)


leaves = st.one_of(
    st.sets(st.sampled_from(WORDS[:4]), min_size=1).map(lambda s: is_(OUTCOME, *sorted(s))),
    st.sampled_from(["yes", "no"]).map(lambda word: is_(DISABLED, word)),
    st.sampled_from([SEEN, CONCLUDED]).map(is_),
    st.builds(lambda years, under: age(years, under=under), st.integers(4, 7), st.booleans()),
    st.just(c.Reference("missed", "reviews", HERE)),
    st.just(c.Dated(SEEN, "before", CONCLUDED, HERE)),
)
conditions: st.SearchStrategy[c.Condition] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: c.All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: c.Any(tuple(parts))),
        inner.map(c.Not),
    ),
    max_leaves=8,
)
Completion = dict[str, Any]


def completions() -> list[Completion]:
    """Every way the facts of `conditions` can turn out; the last two tests count as facts."""
    keys = (OUTCOME, DISABLED, SEEN, CONCLUDED, "age", "missed", "order")
    yes_no = (True, False)
    rows = itertools.product(
        WORDS[:5], ("yes", "no"), yes_no, yes_no, AGES, yes_no, yes_no
    )  # fmt: skip
    return [dict(zip(keys, row, strict=True)) for row in rows]


ALL = completions()


def holds(condition: c.Condition, facts: Completion) -> bool:
    """The condition as the language reads it."""
    match condition:
        case c.All(parts):
            return all(holds(part, facts) for part in parts)
        case c.Any(parts):
            return any(holds(part, facts) for part in parts)
        case c.Not(part):
            return not holds(part, facts)
        case c.Age(_, years, under):
            return bool((facts["age"] < years) == under)
        case c.Reference():
            return bool(facts["missed"])
        case c.Dated():
            return bool(facts["order"])
        case c.Fact(fact, values) if isinstance(facts[fact], str):
            return facts[fact] in values
        case c.Fact(fact):
            return bool(facts[fact])
    raise AssertionError(condition)


def decides(node: Node, facts: Completion) -> bool:
    """The normal form, read the same way."""
    match node:
        case Constant(truth):
            return truth
        case Words(fact, values):
            return facts[fact] in values
        case Leaf(condition, negated):
            return holds(condition, facts) != negated
        case Group(every, parts):
            return (all if every else any)(decides(part, facts) for part in parts)


@given(conditions)
def test_the_normal_form_means_the_same(condition: c.Condition) -> None:
    """In every completion of the facts, it is true exactly where the condition is."""
    node, opposite = form(condition), normal(condition, DICTIONARY, negated=True)
    for facts in ALL[::7]:
        assert decides(node, facts) == holds(condition, facts) != decides(opposite, facts)


@given(conditions)
def test_no_circumstance_is_read_twice_in_one_group(condition: c.Condition) -> None:
    """Kleene's tables are exact only so."""

    def check(node: Node) -> None:
        if isinstance(node, Group):
            facts = [part.fact for part in node.parts if isinstance(part, Words)]
            assert len(facts) == len(set(facts))
            for part in node.parts:
                assert not (isinstance(part, Group) and part.every == node.every)
                check(part)

    check(form(condition))
