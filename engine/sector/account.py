"""What becomes of every element of a return: carried into a case, or listed with the reason.

In: the elements that a reader asks for, by name and form. Out: recorded values, and at the end one
`NotCarried` for each kind of element that found no place. Nothing can be dropped silently, because
`settle` walks the whole tree; nothing personal can be shown, because only names and lines are kept.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.model.case import Period, Recorded
from engine.model.fact import Dictionary
from engine.sector.xml_tree import ATTRIBUTE, Element

_PLAIN_NAME = re.compile(r"[@(]?[A-Za-z_][A-Za-z_0-9.:-]{0,47}\)?")
_LONG_NUMBER = re.compile(r"\d{4}")
_DAY = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}")  # the years a case may hold
_EMPTY = "it is empty"


@dataclass(frozen=True)
class Form:
    """A way of writing a value: how to read it (None: it can't be), and what it is not if so."""

    read: Callable[[str], Recorded | None]
    otherwise: str


@dataclass(frozen=True)
class NotCarried:
    """One kind of element that stays behind, with all that stands in it: its path, why, and the
    lines on which such elements start."""

    path: str
    why: str
    lines: tuple[int, ...]

    def __str__(self) -> str:
        more = f" and {len(self.lines) - 1:,} more" if len(self.lines) > 1 else ""
        return f"{self.path} (line {self.lines[0]}{more}): {self.why}"


def _day(text: str) -> Period | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return Period(day, day)


DAY = Form(_day, "it is no day of the calendar written like 2025-03-31")
FLAG = Form(
    {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get,
    "it is neither true, false, 1 nor 0",
)


class Account:
    """The books on one return: which elements are carried, and why others are not.

    `reasons` say by the name of an element why it, and what stands in it, is not carried.
    """

    def __init__(self, dictionary: Dictionary, reasons: Mapping[str, str]) -> None:
        self._dictionary = dictionary
        self._reasons = reasons
        self._carried: set[int] = set()
        self._left: dict[int, str] = {}

    def carry(self, element: Element) -> None:
        """Note that what `element` itself says is in a case."""
        self._carried.add(id(element))

    def hold(self, group: Element) -> None:
        """Note that `group` became an item of a case; text in it that is no element's is left."""
        if group.text:
            self.leave(group, "it holds text where elements belong")
        else:
            self.carry(group)

    def leave(self, element: Element, why: str) -> None:
        """Note that `element`, with all that stands in it, is not carried."""
        self._left[id(element)] = why

    def value(self, groups: Iterable[Element], form: Form, *tags: str) -> Recorded | None:
        """What the elements named `tags` in `groups` say together.

        None where there is none; `not_known` where one can't be read or they contradict each
        other: such an element is there, so its silence may not be read as *no*.
        """
        found = [element for group in groups for element in group.named(*tags)]
        if not found:
            return None
        read = [form.read(element.text) if element.is_leaf else None for element in found]
        agreed = read[0] if len(set(read)) == 1 else None
        for element, value in zip(found, read, strict=True):
            if agreed is not None:
                self.carry(element)
            elif value is not None:
                self.leave(element, "it is given more than once, and differently")
            else:
                self.leave(element, form.otherwise if element.text else _EMPTY)
        return "not_known" if agreed is None else agreed

    def fact(
        self,
        facts: dict[str, Recorded],
        path: str,
        groups: Iterable[Element],
        form: Form,
        *tags: str,
    ) -> None:
        """Put what `tags` say into `facts` as the fact `path`, if the dictionary has it."""
        if path in self._dictionary.facts:
            self.put(facts, path, self.value(groups, form, *tags))

    def put(self, facts: dict[str, Recorded], path: str, value: Recorded | None) -> None:
        """Put `value` into `facts` as the fact `path`, if the dictionary has it."""
        fact = self._dictionary.facts.get(path)
        if fact is None or value is None or (fact.kind == "date" and value == "not_known"):
            return
        facts[path.removeprefix(f"{fact.part}.")] = value

    def distinct(self, groups: Iterable[Element], *tags: str) -> list[Element]:
        """The elements named `tags` in `groups`, without those that only repeat another."""
        first: dict[Element, Element] = {}
        for element in (each for group in groups for each in group.named(*tags)):
            if first.setdefault(element, element) is not element:
                self.leave(element, "it only repeats an earlier one")
        return list(first.values())

    def settle(self, root: Element) -> tuple[NotCarried, ...]:
        """All of the tree under `root` that is not carried, by kind, in the order of the file."""
        lines: dict[tuple[str, str], list[int]] = {}
        for path, element, why in self._remaining(root):
            lines.setdefault((path, why), []).append(element.line)
        return tuple(
            NotCarried(path, why, tuple(sorted(at)))
            for (path, why), at in sorted(lines.items(), key=lambda kind: min(kind[1]))
        )

    def _remaining(self, root: Element) -> Iterator[tuple[str, Element, str]]:
        """Each element that was left, or that has no elements in it and was not carried."""
        waiting = [(_shown(root.tag), root)]
        while waiting:
            path, element = waiting.pop()
            why = self._left.get(id(element))
            if why is None and element.is_leaf and id(element) not in self._carried:
                why = self._reason(path, element)
            if why is not None:
                yield path, element, why
            if id(element) not in self._left:
                children = reversed(element.children)
                waiting += [(f"{path}/{_shown(child.tag)}", child) for child in children]

    def _reason(self, path: str, element: Element) -> str:
        if element.is_element and not element.text:
            return _EMPTY
        names = [ATTRIBUTE if part.startswith(ATTRIBUTE) else part for part in path.split("/")]
        for name in reversed(names):
            if name in self._reasons:
                return self._reasons[name]
        return "a children in need return has no such value here"


def _shown(tag: str) -> str:
    """`tag`, if it is a plain name: a number in it could be a child's."""
    return tag if _PLAIN_NAME.fullmatch(tag) and not _LONG_NUMBER.search(tag) else "(a name)"
