"""Emitting steps: each different step once, lifted to the table that needs it."""

from __future__ import annotations

from typing import Any

from engine.compile.reach import Reach, Use
from engine.dates import EVER, NEVER
from engine.errors import Place, Problem
from engine.model.condition import AS_OF
from engine.model.fact import CASE, Dictionary, Fact
from engine.model.program import Step

# Records of parts that hold what is computed, not recorded.
BIRTH = "child.born"
EXPECTED_BIRTH = "child.expected_birth"


class Steps:
    """The program so far; equal steps share one number."""

    def __init__(self, dictionary: Dictionary, problems: list[Problem]) -> None:
        self.dictionary = dictionary
        self.problems = problems
        self.reach = Reach(dictionary)
        self.steps: list[Step] = []
        self._numbers: dict[Step, int] = {}

    def emit(self, op: str, table: str, *args: Any) -> int:
        """The number of this step, new or known."""
        step = Step(op, table, args)
        if step not in self._numbers:
            self._numbers[step] = len(self.steps)
            self.steps.append(step)
        return self._numbers[step]

    def table_of(self, step: int) -> str:
        return self.steps[step].table

    def lifted(self, step: int, table: str) -> int:
        """A truth of a table above, for the rows of `table`."""
        source = self.table_of(step)
        return step if source == table else self.emit("lift", table, step, source)

    def lifted_days(self, step: int, table: str) -> int:
        """Days of a table above, for the rows of `table`."""
        source = self.table_of(step)
        return step if source == table else self.emit("lift_days", table, step, source)

    def constant(self, table: str, truth: str) -> int:
        return self.emit("constant", table, truth)

    def both(self, table: str, *truths: int) -> int:
        return truths[0] if len(truths) == 1 else self.emit("and", table, *truths)

    def ever(self, table: str) -> int:
        return self.emit("day", table, EVER)

    def never(self, table: str) -> int:
        return self.emit("day", table, NEVER)

    def asked(self, table: str) -> int:
        return self.emit("asked", table)

    def at_most(self, table: str, one: int, other: int) -> int:
        return self.emit("at_most", table, one, other)

    def in_reach(self, fact: str, table: str, place: Place) -> Fact | None:
        """The fact, if rows of `table` have one value of it; else None, after saying why."""
        known = self.dictionary.facts[fact]
        owner = self.owner(known)
        if owner in self.dictionary.ancestors(table):
            return known
        self.reach.say(Use("fact", fact, owner, place))
        return None

    def owner(self, fact: Fact) -> str:
        """The table whose rows have a value of the fact."""
        part = self.dictionary.parts.get(fact.part)
        return part.table if part else CASE

    def date(self, name: str, table: str, place: Place, use: str = "") -> int:
        """The days of an event or date (or `as_of`) for the rows of `table`."""
        if name == AS_OF:
            return self.asked(table)
        fact = self.in_reach(name, table, place)
        if fact is None:
            return self.never(table)
        if fact.kind == "derived":
            return self.lifted_days(self.derived_date(name), table)
        args = (name, use) if use else (name,)
        return self.lifted_days(self.emit("event", self.owner(fact), *args), table)

    def derived_date(self, name: str) -> int:
        if name == "child.birthday_18":
            return self.birthday(18, CASE)
        return self.emit("add", CASE, self.emit("event", CASE, EXPECTED_BIRTH), -16, "weeks")

    def birthday(self, years: int, table: str) -> int:
        born = self.emit("event", CASE, BIRTH)
        return self.lifted_days(self.emit("add", CASE, born, years, "birthdays"), table)

    def derived_truth(self, name: str) -> int:
        """`hospital_stay.during_cp_plan` and its like."""
        stay = name.partition(".")[0]
        part = self.dictionary.parts[stay]
        opening, end = self.event(part.opening), self.event(part.end)
        thing = _OPEN_DURING[name.partition(".")[2]]
        other = self.dictionary.parts[thing]
        theirs = (self.event(other.opening), self.event(other.end))
        ours = (end, end) if name.endswith("at_discharge") else (opening, end)
        return self.emit("open_together", stay, thing, ours, theirs)

    def event(self, path: str | None) -> int:
        assert path is not None  # the dictionary's builder refuses a list without them
        return self.emit("event", self.owner(self.dictionary.facts[path]), path)


_OPEN_DURING = {
    "during_cp_plan": "cp_plan",
    "during_cin_plan": "cin_plan",
    "looked_after_at_discharge": "care_period",
}
DERIVED = frozenset(("child.birthday_18", "unborn.week_24")) | {
    f"hospital_stay.{name}" for name in _OPEN_DURING
}
