"""One child of the children in need census → the record of a case.

In: the `Child` elements of one child. Out: the record.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.case import Item, Period, Recorded
from engine.sector.account import DAY, Account
from engine.sector.cin_codes import DISABILITIES, NO_DISABILITY, Codes
from engine.sector.cin_episode import read_episode
from engine.sector.cin_header import Year
from engine.sector.xml_tree import Element

Facts = dict[str, Recorded]


def read_child(entries: Sequence[Element], account: Account, codes: Codes, year: Year) -> Item:
    """The record of the child in `entries`; every element read is noted in `account`."""
    lists: dict[str, list[Item]] = {}
    for details in account.distinct(entries, "CINdetails"):
        for name, items in read_episode(details, account, codes, year).items():
            lists.setdefault(name, []).extend(items)
    child = _child(entries, account, codes, year)
    return Item(
        parts={"child": Item(child)} if child else {},
        lists={name: tuple(items) for name, items in lists.items() if items},
    )


def _child(entries: Sequence[Element], account: Account, codes: Codes, year: Year) -> Facts:
    facts: Facts = {}
    who = [group for entry in entries for group in entry.named("ChildIdentifiers")]
    account.fact(facts, "child.born", who, DAY, "PersonBirthDate")
    account.fact(facts, "child.expected_birth", who, DAY, "ExpectedPersonBirthDate")
    account.fact(facts, "child.sex", who, codes.sex, "Sex", "GenderCurrent")
    _birth(facts, account, year)
    disabled = _disabled(entries, account)
    account.put(facts, "child.disabled", disabled)
    return facts


def _birth(facts: Facts, account: Account, year: Year) -> None:
    """Whether the child is born on the reference date, where the dates settle it."""
    born, expected = facts.get("born"), facts.get("expected_birth")
    if isinstance(born, Period):
        account.put(facts, "child.unborn", "yes" if born.first > year.last else "no")
    elif born is None and isinstance(expected, Period) and expected.first > year.last:
        account.put(facts, "child.born", "no")
        account.put(facts, "child.unborn", "yes")


def _disabled(entries: Sequence[Element], account: Account) -> Recorded | None:
    """Yes for any code of a disability, no for the code that says none, not known for both."""
    listed = [
        code
        for entry in entries
        for group in entry.named("ChildCharacteristics")
        for wrapper in group.named("Disabilities")
        for code in wrapper.named("Disability")
    ]
    some = any(code.text in DISABILITIES for code in listed)
    none = [code for code in listed if code.text == NO_DISABILITY]
    for code in listed:
        if code.text not in DISABILITIES | {NO_DISABILITY}:
            account.leave(code, "its code is none that this element has")
    for code in none:
        if some:
            account.leave(code, "it says that there is no disability, and another says which")
        else:
            account.carry(code)
    if some and none:
        return "not_known"
    return "yes" if some else "no" if none else None
