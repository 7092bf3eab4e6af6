"""Random conditions of every form over the small dictionary.

In: what may be named (`Scope`). Out: hypothesis strategies for conditions, nested twice at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from engine.model import condition as c
from engine.model.fact import CASE, Fact
from engine.model.protocol import Conclusion, Duty
from tests.reference.build import HERE, fact, length
from tests.reference.small_dictionary import SMALL

Relation = Literal["before", "after", "on_or_before", "on_or_after"]
AGES = (5, 16, 18)
FIGURES = {"working days": (0, 1, 2, 4), "days": (0, 1, 3), "weeks": (1,), "months": (1,)}
DURATIONS = tuple(length(f"{n} {unit}") for unit, counts in FIGURES.items() for n in counts)
RELATIONS: tuple[Relation, ...] = ("before", "after", "on_or_before", "on_or_after")


def table_of(for_each: str | None) -> str:
    return CASE if for_each is None else SMALL.lists[for_each].name


def reachable(table: str, *kinds: str) -> list[Fact]:
    """The facts of some kinds that a row of the table reaches."""
    above = SMALL.ancestors(table)
    known = [one for one in SMALL.facts.values() if one.kind in kinds]
    return [one for one in known if SMALL.parts[one.part].table in above]


def dates_in_reach(table: str) -> list[str]:
    """Events, incidents and dates, and the one that is derived."""
    happenings = reachable(table, "event", "incident", "date")
    return [one.path for one in happenings] + ["child.birthday_18"]


def inner_lists(table: str) -> list[str]:
    """The lists of a row of the table and of the rows above it, its own first."""
    owners = {path: SMALL.ancestors(part.name)[1] for path, part in SMALL.lists.items()}
    return [path for above in SMALL.ancestors(table) for path in owners if owners[path] == above]


@dataclass(frozen=True)
class Scope:
    """What a condition may name: the table, and the duties and conclusions defined before."""

    table: str
    duties: Sequence[Duty] = ()
    conclusions: Sequence[Conclusion] = ()

    def within(self, for_each: str | None) -> bool:
        return table_of(for_each) in SMALL.ancestors(self.table)

    def references(self) -> list[c.Condition]:
        missed = [x.checklist or x.id for x in self.duties if self.within(x.for_each)]
        found: list[c.Condition] = [c.Reference("missed", name, HERE) for name in missed]
        found += [
            c.Reference(x.kind, x.id, HERE) for x in self.conclusions if self.within(x.for_each)
        ]
        return found


@st.composite
def atoms(draw: DrawFn, scope: Scope) -> c.Condition:
    """One comparison of a fact, or one reference."""
    dates = dates_in_reach(scope.table)
    references = scope.references()
    kind = draw(st.sampled_from(("happened", "happened", "word", "word", "dated", "age", "elapsed",
                                 *(["reference"] * 3 if references else []))))  # fmt: skip
    if kind == "reference":
        return draw(st.sampled_from(references))
    if kind == "happened":
        return fact(draw(st.sampled_from(dates)), draw(st.sampled_from(("yes", "yes", "no"))))
    if kind == "dated":
        relation = draw(st.sampled_from(RELATIONS))
        other = draw(st.sampled_from([*dates, c.AS_OF]))
        return c.Dated(draw(st.sampled_from(dates)), relation, other, HERE)
    if kind == "age":
        at = draw(st.sampled_from([*dates, c.AS_OF]))
        return c.Age(at, draw(st.sampled_from(AGES)), draw(st.booleans()), HERE)
    if kind == "elapsed":
        to = draw(st.sampled_from([*dates, None]))
        return c.Elapsed(draw(st.sampled_from(dates)), to, draw(st.sampled_from(DURATIONS)), HERE)
    return draw(words(scope.table))


@st.composite
def words(draw: DrawFn, table: str) -> c.Condition:
    """A comparison of a circumstance, or of a derived yes or no."""
    facts = reachable(table, "circumstance")
    if table == "hospital_stay":
        facts.append(SMALL.facts["hospital_stay.during_cin_plan"])
    chosen = draw(st.sampled_from(facts))
    possible = chosen.values or ("yes", "no")
    return fact(
        chosen.path, *draw(st.sets(st.sampled_from(possible), min_size=1, max_size=2).map(sorted))
    )


def conditions(scope: Scope, depth: int = 2) -> SearchStrategy[c.Condition]:
    """Conditions of every form, nested up to `depth`."""
    if depth == 0:
        return atoms(scope)
    inner = conditions(scope, depth - 1)
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        atoms(scope), several.map(c.All), several.map(c.Any), inner.map(c.Not), over_items(scope)
    )


@st.composite
def over_items(draw: DrawFn, scope: Scope) -> c.Condition:
    """`some` or `every` over a list below the scope."""
    path = draw(st.sampled_from(inner_lists(scope.table)))
    item = Scope(SMALL.lists[path].name, scope.duties, scope.conclusions)
    where = draw(st.none() | atoms(item))
    if draw(st.booleans()):
        return c.Some(path, where, HERE)
    return c.Every(path, where, draw(atoms(item)), HERE)
