"""Every element of a return is carried or listed, and what can't be read is never silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.model.case import Period
from engine.model.fact import Dictionary
from engine.sector.account import DAY, FLAG, Account, NotCarried
from engine.sector.xml_tree import Element

Day = Callable[[str], Period]


def leaf(tag: str, text: str, line: int = 1) -> Element:
    return Element(tag, line, 1, text)


def group(*children: Element, tag: str = "Group", line: int = 1) -> Element:
    return Element(tag, line, 1, children=children)


@pytest.fixture
def account(dictionary: Dictionary) -> Account:
    return Account(dictionary, {"Known": "known"})


def test_what_is_not_there_is_nothing(account: Account) -> None:
    """Silence stays silence."""
    assert account.value([group()], DAY, "Date") is None


def test_a_value_is_read_and_carried(account: Account, day: Day) -> None:
    """What is carried is not listed."""
    tree = group(leaf("Date", "2025-02-28"))
    assert account.value([tree], DAY, "Date") == day("2025-02-28")
    assert account.settle(tree) == ()


@pytest.mark.parametrize(
    "text", ["28/02/2025", "2025-02-30", "2025-2-3", "1066-10-14", "2025-02-28T00:00:00", "soon"]
)
def test_what_can_not_be_read_is_not_known(account: Account, text: str) -> None:
    """A date that is there but unreadable may not look like a date that is not there."""
    tree = group(leaf("Date", text, 7))
    assert account.value([tree], DAY, "Date") == "not_known"
    assert account.settle(tree) == (NotCarried("Group/Date", DAY.otherwise, (7,)),)


def test_an_empty_element_is_not_known(account: Account) -> None:
    """An empty element may be an open episode or a lost date."""
    tree = group(leaf("Date", ""))
    assert account.value([tree], DAY, "Date") == "not_known"
    assert account.settle(tree)[0].why == "it is empty"


def test_the_same_value_twice_is_one(account: Account, day: Day) -> None:
    """Repeating does no harm."""
    groups = [group(leaf("Date", "2025-02-28")), group(leaf("Date", "2025-02-28"))]
    assert account.value(groups, DAY, "Date") == day("2025-02-28")


def test_two_values_are_not_known(account: Account) -> None:
    """None of two dates is taken by chance."""
    tree = group(leaf("Date", "2025-02-28", 1), leaf("Date", "2025-03-01", 2))
    assert account.value([tree], DAY, "Date") == "not_known"
    (listed,) = account.settle(tree)
    assert listed.lines == (1, 2)
    assert "differently" in listed.why


@pytest.mark.parametrize(
    ("text", "read"), [("true", "yes"), ("1", "yes"), ("false", "no"), ("0", "no"), ("Y", None)]
)
def test_both_ways_of_writing_a_flag_are_read(text: str, read: str | None) -> None:
    """Returns hold true and false, and 1 and 0."""
    assert FLAG.read(text) == read


def test_an_element_in_a_value_makes_it_unreadable(account: Account) -> None:
    """A date with an element in it is no date, and both are listed."""
    inner = group(leaf("Odd", "x"), Element("(text)", 1, 1, "2025-02-28"), tag="Date")
    tree = group(inner)
    assert account.value([tree], DAY, "Date") == "not_known"
    assert [one.path for one in account.settle(tree)] == ["Group/Date"]


def test_a_fact_the_dictionary_lacks_is_listed(account: Account) -> None:
    """When a fact goes, its element is listed and not written where no case can hold it."""
    facts: dict[str, Period | str] = {}
    tree = group(leaf("Date", "2025-02-28"))
    account.fact(facts, "referral.no_such_fact", [tree], DAY, "Date")
    assert facts == {}
    assert [one.path for one in account.settle(tree)] == ["Group/Date"]


def test_repetitions_are_listed_whole(account: Account) -> None:
    """Of two plans that say the same, one is carried and one is listed with all in it."""
    first = group(leaf("Date", "2025-02-28"), tag="Plan")
    second = group(leaf("Date", "2025-02-28", 9), tag="Plan", line=8)
    tree = group(first, second)
    assert account.distinct([tree], "Plan") == [first]
    account.value([first], DAY, "Date")
    (listed,) = account.settle(tree)
    assert (listed.path, listed.lines) == ("Group/Plan", (8,))


def test_kinds_are_counted(account: Account) -> None:
    """A person reads one line for each kind, with the first place and the number of others."""
    tree = group(*(leaf("Known", "x", line) for line in (3, 5, 9)))
    (listed,) = account.settle(tree)
    assert str(listed) == "Group/Known (line 3 and 2 more): known"


@pytest.mark.parametrize("tag", ["A123456789012", "Jo-1234567", "x" * 60])
def test_a_name_that_may_be_a_number_is_not_shown(account: Account, tag: str) -> None:
    """Even the name of an element could be somebody's number."""
    assert account.settle(group(leaf(tag, "x")))[0].path == "Group/(a name)"
