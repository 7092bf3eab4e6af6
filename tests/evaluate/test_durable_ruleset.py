"""What durable-rules 2.0.28 gets wrong, and that our rulesets do not run into it."""

from __future__ import annotations

import itertools

import pytest
from durable.engine import Ruleset

from engine.evaluate.durable_ruleset import (
    MOST_ATTRIBUTES,
    MOST_RULES,
    Check,
    Rule,
    Rules,
    SecondEngineFault,
    name_hash,
    packed,
)

# durable-rules asks for the time in a way that Python 3.12 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcfromtimestamp")


def rules(*tests: Check, conclusion: str = "so") -> Rules:
    return Rules("tried", [Rule(conclusion, tests)])


def test_a_rule_needs_all_of_its_tests() -> None:
    """A conclusion follows of a fact that meets every test, and of no other."""
    both = rules(Check("a"), Check("b", value=False))
    held = {
        (a, b): both.conclude({"a": a, "b": b})
        for a, b in itertools.product((True, False), (True, False))
    }
    assert {key for key, found in held.items() if found} == {(True, False)}


@pytest.mark.parametrize("number", [-20_000_001, -1, 0, 1, 20_000_001])
def test_numbers_compare_as_numbers(number: int) -> None:
    """*At most* and *more than* split the numbers, the greatest spans between days included."""
    split = Rules(
        "split",
        [Rule("low", (Check("n", 0, "at most"),)), Rule("high", (Check("n", 0, "more than"),))],
    )
    assert split.conclude({"n": number}) == {"low" if number <= 0 else "high"}


def test_only_negated_tests_end_and_are_right() -> None:
    """A rule of negations alone would match the session's own message for ever."""
    neither = rules(Check("w", "one", "is not"), Check("w", "two", "is not"))
    assert neither.conclude({"w": "three"}) == {"so"}
    assert neither.conclude({"w": "two"}) == frozenset()


def test_a_fact_of_which_nothing_follows_is_answered() -> None:
    """Deleting a session in which no action ran would crash; the sentinel runs always."""
    nothing = rules(Check("a"))
    assert [nothing.conclude({"a": value}) for value in (False, True, False)] == [
        frozenset(), {"so"}, frozenset(),
    ]  # fmt: skip


def test_facts_of_one_row_do_not_reach_the_next() -> None:
    """Two thousand facts one after another, each judged alone (a session is deleted each time)."""
    one = Rules("many", [Rule("both", (Check("n", 7), Check("a"))), Rule("a", (Check("a"),))])
    for number in range(2000):
        assert one.conclude({"n": number, "a": number % 2 == 0}) == (
            {"a"} if number % 2 == 0 else frozenset()
        )
    assert one.conclude({"n": 7, "a": True}) == {"a", "both"}


def test_equal_facts_are_inferred_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time the answer is remembered: durable-rules is not asked."""
    one = rules(Check("a"))
    first = one.conclude({"a": True})
    monkeypatch.setattr(Ruleset, "assert_fact", None)
    assert one.conclude({"a": True}) == first == {"so"}


def test_names_are_told_apart_by_a_hash_only() -> None:
    """The hash is the one that durable-rules uses: this pair of names is one to it."""
    assert name_hash("costarring") == name_hash("liquid")
    fired: list[str] = []

    def act(_: object) -> None:
        fired.append("so")

    trap = Ruleset("trap", object(), {"rule": {"all": [{"m": {"costarring": 1}}], "run": act}})
    trap.do_actions(trap.assert_fact({"id": "f", "sid": "s", "liquid": 1}), lambda *_: None)
    trap.delete_state("s")
    assert fired == ["so"]


def test_names_with_the_same_hash_are_refused() -> None:
    """Before anything is inferred, and not in silence."""
    with pytest.raises(SecondEngineFault, match="the same hash"):
        rules(Check("costarring"), Check("liquid"))


@pytest.mark.parametrize("value", [0.5, None, "", 1e-05])
def test_what_does_not_compare_is_refused(value: object) -> None:
    """Floats, nothing, and an empty text, which equals and unequals at random."""
    with pytest.raises(SecondEngineFault, match="cannot compare"):
        rules(Check("a")).conclude({"a": value})  # type: ignore[dict-item]


def test_too_many_attributes_are_refused() -> None:
    """A fact holds 252 attributes at most; more would be lost."""
    wide = tuple(Check(f"a{n}") for n in range(MOST_ATTRIBUTES + 1))
    with pytest.raises(SecondEngineFault, match="too many parts"):
        rules(*wide)


def test_the_widest_rule_is_answered() -> None:
    """A conjunction of as many tests as are let through holds only if all do."""
    names = [f"a{n}" for n in range(MOST_ATTRIBUTES)]
    wide = rules(*(Check(name) for name in names))
    fact = dict.fromkeys(names, True)
    assert wide.conclude(fact) == {"so"}
    assert wide.conclude(fact | {names[-1]: False}) == frozenset()


def test_rules_are_packed_within_the_limits() -> None:
    """Many rules make several rulesets, none too large, none lost, each answering."""
    many = [Rule(n, (Check(f"a{n}"), Check(f"b{n}"))) for n in range(300)]
    sets = packed(many)
    assert [rule for own in sets for rule in own] == many
    assert max(map(len, sets)) <= MOST_RULES
    fact = {f"{letter}{n}": n % 3 == 0 for n in range(300) for letter in "ab"}
    found = frozenset().union(*(Rules("p", own).conclude(fact) for own in sets))
    assert found == set(range(0, 300, 3))


def test_an_exception_in_an_action_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """durable-rules keeps it in the state; we raise."""
    one = rules(Check("a"))

    class Full(list[str]):
        def append(self, _: str) -> None:
            raise MemoryError

    monkeypatch.setattr(one, "_fired", Full())
    with pytest.raises(SecondEngineFault, match="an action failed"):
        one.conclude({"a": True})
