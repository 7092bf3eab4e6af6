"""Reading conditions: one small function a form, in a table that a test holds to the schema.

In: the value of a `when`, `excused_by`, `done` … and its path. Out: a `Condition` whose facts,
lists and values exist in the dictionary. A fact that does not exist is a P201 with the nearest
right names; reading goes on so that all problems are shown at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as Value

from engine.errors import Problem, nearest
from engine.model import condition as c
from engine.model.document import Document, Path
from engine.model.fact import Dictionary, Fact
from engine.validate.words import as_word, close_names, read_duration

_NO_DATE = "Name an event or a date here. What must be so, without a day, belongs in `when`."
_MOST_GUESSED = 30  # looking for near names takes time
RELATIONS = ("before", "after", "on_or_before", "on_or_after")


class Conditions:
    """Reads the conditions of one document; `problems` is the list they are added to."""

    def __init__(self, document: Document, dictionary: Dictionary, problems: list[Problem]) -> None:
        self.document = document
        self.dictionary = dictionary
        self.problems = problems
        self.forms: dict[str, Callable[[dict[str, Value], Path], c.Condition]] = {
            "all": self._all,
            "any": self._any,
            "not": self._not,
            "some": self._some,
            "every": self._every,
            "age": self._age,
            "elapsed": self._elapsed,
            "missed": self._reference,
            "threshold": self._reference,
            "definition": self._reference,
        }

    def problem(self, code: str, message: str, path: Path, cure: str = "") -> None:
        self.problems.append(Problem(code, message, self.document.place(path), cure))

    def optional(self, value: dict[str, Value], key: str, path: Path) -> c.Condition | None:
        return self.read(value[key], (*path, key)) if key in value else None

    def read(self, value: Value, path: Path) -> c.Condition:
        """The condition at `path`: a bare fact, or a mapping with one form."""
        if isinstance(value, str):
            self.fact(value, path)
            return c.Fact(value, ("yes",), self.document.place(path))
        for key in value:
            if key in self.forms:
                return self.forms[key](value, path)
        ((fact, test),) = value.items()
        return self._fact_test(fact, test, (*path, fact))

    def fact(self, name: str, path: Path) -> Fact | None:
        """The fact of that name, or None after saying that there is none."""
        known = self.dictionary.facts.get(name)
        if known is None:
            names = [*self.dictionary.facts, *self.dictionary.lists]
            close = close_names(name, names) if len(self.problems) < _MOST_GUESSED else ""
            cure = close or "See the fact dictionary for the names there are."
            if name in self.dictionary.lists:
                cure = "It is a list: use `some:` or `every:`, or name a fact of its items."
            elif (members := self._members(name)) is not None:
                cure = f"It is a checklist: name one of its members, such as `{members}`."
            self.problem("P201", f"There is no fact `{name}`.", path, cure)
        return known

    def _members(self, name: str) -> str | None:
        return next((f.path for f in self.dictionary.facts.values() if f.checklist == name), None)

    def date(self, name: str, path: Path) -> str:
        """The name of an event or date fact, or `as_of`."""
        if name == c.AS_OF:
            return name
        if name in self.dictionary.lists:
            opening = self.dictionary.lists[name].opening
            cure = f"Name an event of its items, such as `{opening}`." if opening else ""
            self.problem("P202", f"`{name}` is a list and has no date.", path, cure or _NO_DATE)
        elif (fact := self.fact(name, path)) and not is_dated(fact):
            message = f"`{name}` has no date: it is a circumstance."
            self.problem("P202", message, path, _NO_DATE)
        return name

    def list_name(self, value: dict[str, Value], path: Path) -> str | None:
        """The list under the last key of `path`, None if the mapping has no such key."""
        name: str | None = value.get(str(path[-1]))
        if name is not None and name not in self.dictionary.lists:
            self.problem(
                "P203",
                f"There is no list `{name}`.",
                path,
                self._list_meant(name) or "See the fact dictionary for the lists there are.",
            )
        return name

    def _list_meant(self, name: str) -> str:
        """The list whose item is called `name`, or lists of nearly that name."""
        part = self.dictionary.parts.get(name)
        if part is not None and part.is_list:
            return f"Did you mean `{self.dictionary.list_path(part)}`?"
        return close_names(name, self.dictionary.lists)

    def _fact_test(self, name: str, test: Value, path: Path) -> c.Condition:
        place = self.document.place(path)
        fact = self.fact(name, path)
        if isinstance(test, str):
            return c.Fact(name, self._values(fact, [test], path), place)
        ((key, operand),) = test.items()
        if key in RELATIONS:
            if fact:
                self.date(name, path)
            return c.Dated(name, key, self.date(operand, (*path, key)), place)
        return c.Fact(name, self._values(fact, operand, (*path, key)), place)

    def _values(self, fact: Fact | None, values: list[str], path: Path) -> tuple[str, ...]:
        words = tuple(as_word(value) for value in values)
        if fact is None:
            return words
        domain = domain_of(fact)
        for word in words:
            if word in domain:
                continue
            message = f"`{fact.path}` is never `{word}`."
            cure = nearest(word, domain) or f"It can be {_listed(domain)}."
            if word in ("refused", "not_known"):
                message = f"A condition cannot ask whether `{fact.path}` is `{word}`."
                cure = (
                    "It asks what is so, not how it was recorded: that answer could turn when the "
                    "fact is added. Use `missed`, or a `…_recorded` fact under `excused_by`."
                )
            self.problem("P204", message, path, cure)
        return words

    def _all(self, value: dict[str, Value], path: Path) -> c.Condition:
        return c.All(self._parts(value["all"], (*path, "all")))

    def _any(self, value: dict[str, Value], path: Path) -> c.Condition:
        return c.Any(self._parts(value["any"], (*path, "any")))

    def _not(self, value: dict[str, Value], path: Path) -> c.Condition:
        return c.Not(self.read(value["not"], (*path, "not")))

    def _parts(self, values: list[Value], path: Path) -> tuple[c.Condition, ...]:
        return tuple(self.read(value, (*path, n)) for n, value in enumerate(values))

    def _some(self, value: dict[str, Value], path: Path) -> c.Condition:
        name = self.list_name(value, (*path, "some")) or ""
        where = self.optional(value, "where", path)
        return c.Some(name, where, self.document.place((*path, "some")))

    def _every(self, value: dict[str, Value], path: Path) -> c.Condition:
        name = self.list_name(value, (*path, "every")) or ""
        where = self.optional(value, "where", path)
        have = self.read(value["have"], (*path, "have"))
        return c.Every(name, where, have, self.document.place((*path, "every")))

    def _age(self, value: dict[str, Value], path: Path) -> c.Condition:
        age, path = value["age"], (*path, "age")
        under = "under" in age
        years = int(age["under" if under else "at_least"])
        return c.Age(self.date(age["at"], (*path, "at")), years, under, self.document.place(path))

    def _elapsed(self, value: dict[str, Value], path: Path) -> c.Condition:
        elapsed, path = value["elapsed"], (*path, "elapsed")
        to = elapsed.get("to")
        return c.Elapsed(
            self.date(elapsed["from"], (*path, "from")),
            None if to is None else self.date(to, (*path, "to")),
            read_duration(elapsed["at_least"]),
            self.document.place(path),
        )

    def _reference(self, value: dict[str, Value], path: Path) -> c.Condition:
        ((kind, id_),) = value.items()
        return c.Reference(kind, id_, self.document.place((*path, kind)))  # type: ignore[arg-type]


def is_dated(fact: Fact) -> bool:
    """Events, incidents and dates, derived dates included."""
    return fact.kind in ("event", "incident", "date") or "date" in fact.values


def domain_of(fact: Fact) -> list[str]:
    """The values a condition may ask of a fact."""
    if is_dated(fact) or not fact.values:
        return ["yes", "no"]
    return list(fact.values)


def _listed(words: list[str]) -> str:
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
