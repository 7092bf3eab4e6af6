"""Conditions and `done` as steps: truths for conditions, days for what is done.

In: a condition, and the table for whose rows it is asked. Out: the number of the step that
decides it. What is out of reach there is a P401 with its cure.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.compile.normal import Constant, Group, Leaf, Node, Words, normal
from engine.compile.reach import Use
from engine.compile.steps import Steps
from engine.errors import Place, Problem
from engine.model import condition as c
from engine.model.fact import CASE, Part
from engine.model.protocol import ListDone

Refer = Callable[[c.Reference, str], int]


class ConditionCompiler:
    """`refer` gives the truth of what `missed`, `threshold` and `definition` name."""

    def __init__(self, steps: Steps, refer: Refer) -> None:
        self.steps = steps
        self.dictionary = steps.dictionary
        self.refer = refer

    def truth(self, condition: c.Condition | None, table: str) -> int:
        """The step that says whether the condition holds, in each row of `table`."""
        if condition is None:
            return self.steps.constant(table, "yes")
        return self.node(normal(condition, self.dictionary), table)

    def node(self, node: Node, table: str) -> int:
        match node:
            case Constant(truth):
                return self.steps.constant(table, "yes" if truth else "no")
            case Words(fact, values, leaf):
                known = self.steps.in_reach(fact, table, leaf.place)
                if known is None:
                    return self.steps.constant(table, "unknown")
                step = self.steps.emit(
                    "among", self.steps.owner(known), fact, tuple(sorted(values))
                )
                return self.steps.lifted(step, table)
            case Group(every, parts):
                numbers = sorted({self.node(part, table) for part in parts})
                if len(numbers) == 1:
                    return numbers[0]
                return self.steps.emit("and" if every else "or", table, *numbers)
            case Leaf(condition, negated):
                step = self.leaf(condition, table)
                return self.steps.emit("not", table, step) if negated else step

    def leaf(self, condition: c.Condition, table: str) -> int:
        """A test that is neither a connective nor about the words of a circumstance."""
        steps = self.steps
        match condition:
            case c.Fact(fact, _, place):
                known = steps.in_reach(fact, table, place)
                if known is None:
                    return steps.constant(table, "unknown")
                if known.kind == "derived" and "date" not in known.values:
                    return steps.lifted(steps.derived_truth(fact), table)
                return steps.at_most(table, steps.date(fact, table, place), steps.asked(table))
            case c.Dated(fact, relation, other, place):
                return self.dated(table, relation, fact, other, place)
            case c.Age(at, years, under, place):
                day = steps.date(at, table, place)
                old_enough = steps.at_most(table, steps.birthday(years, table), day)
                return steps.emit("not", table, old_enough) if under else old_enough
            case c.Elapsed(start, to, at_least, place):
                begun = steps.date(start, table, place)
                full = steps.emit("add", table, begun, at_least.count, at_least.unit)
                so_far = steps.at_most(table, full, steps.asked(table))
                if to is None:
                    return so_far
                to_end = steps.at_most(table, full, steps.date(to, table, place))
                return steps.both(table, *sorted((so_far, to_end)))
            case c.Some(list_path, where, place):
                return self.some(list_path, where, table, place)
            case c.Every(list_path, where, have, place):
                lacking = c.All((*((where,) if where else ()), c.Not(have)))
                step = self.some(list_path, lacking, table, place)
                return steps.emit("not", table, step)
            case c.Reference():
                return self.refer(condition, table)
        raise AssertionError(condition)

    def dated(self, table: str, relation: str, fact: str, other: str, place: Place) -> int:
        """before, after, on_or_before, on_or_after: one comparison, a strict one a day apart."""
        steps = self.steps
        one, two = steps.date(fact, table, place), steps.date(other, table, place)
        if relation in ("after", "on_or_after"):
            one, two = two, one
        if relation in ("before", "after"):
            one = steps.emit("add", table, one, 1, "days")
        return steps.at_most(table, one, two)

    def some(self, list_path: str, where: c.Condition | None, table: str, place: Place) -> int:
        part = self.list_in_reach(list_path, table, place)
        if part is None:
            return self.steps.constant(table, "unknown")
        met = self.truth(where, part.name)
        step = self.steps.emit("some", self.above(part), part.name, met)
        return self.steps.lifted(step, table)

    def above(self, part: Part) -> str:
        return self.dictionary.ancestors(part.name)[1]

    def list_in_reach(self, list_path: str, table: str, place: Place) -> Part | None:
        """The list's item, if rows of `table` have one such list; else None, after saying why."""
        part = self.dictionary.lists[list_path]
        above = self.above(part)
        if above in self.dictionary.ancestors(table):
            return part
        self.steps.reach.say(Use("list", list_path, above, place))
        return None

    # What is done, as days

    def done(self, done: c.Condition | ListDone, table: str, start: int, *, gate: bool) -> int:
        """When the duty is done: an event, the first item of a list, or a dated condition."""
        if isinstance(done, ListDone):
            items, opening, common = self.list_done(done, table)
            return self.steps.emit("first_since", table, items, opening, common, start)
        return self.days(done, table, gate=gate)

    def list_done(self, done: ListDone, table: str) -> tuple[str, str, str]:
        """The list's item, the path of its opening, and the table above both list and `table`."""
        part = self.dictionary.lists[done.list]
        ours = self.dictionary.ancestors(table)
        above = self.dictionary.ancestors(part.name)[1:]
        common = next(name for name in above if name in ours)
        if part.opening is None:
            self.steps.problems.append(
                Problem(
                    "P403",
                    f"The items of `{done.list}` have no date of their own.",
                    done.place,
                    f"Name an event of the items: `{{every: {done.list}, have: …}}` or "
                    f"`{{some: {done.list}, where: …}}`.",
                )
            )
            return part.name, f"{part.name}.", CASE
        return part.name, part.opening, common

    def days(self, condition: c.Condition, table: str, *, gate: bool) -> int:
        """A condition as days (SEMANTICS section 1, *D*)."""
        steps = self.steps
        match condition:
            case c.Fact(fact, ("yes",), place) if self.is_event(fact):
                return steps.date(fact, table, place, "gate" if gate else "")
            case c.All(parts):
                return steps.emit("latest", table, *(self.days(p, table, gate=gate) for p in parts))
            case c.Any(parts):
                return steps.emit(
                    "earliest", table, *(self.days(p, table, gate=gate) for p in parts)
                )
            case c.Every(list_path, where, have, place):
                return self.over(list_path, where, have, table, place, every=True, gate=gate)
            case c.Some(list_path, where, place) if where is not None:
                return self.over(list_path, None, where, table, place, every=False, gate=gate)
            case _:
                return steps.emit("held", table, self.truth(condition, table))

    def is_event(self, fact: str) -> bool:
        return self.dictionary.facts[fact].kind == "event"

    def over(
        self,
        list_path: str,
        where: c.Condition | None,
        have: c.Condition,
        table: str,
        place: Place,
        *,
        every: bool,
        gate: bool,
    ) -> int:
        part = self.list_in_reach(list_path, table, place)
        if part is None:
            return self.steps.never(table)
        meets = self.truth(where, part.name)
        days = self.days(have, part.name, gate=gate)
        step = self.steps.emit("over_items", self.above(part), part.name, meets, days, every)
        return self.steps.lifted_days(step, table)
