"""The compiler: conclusions and duties in dependency order, since a condition may read that
another duty was missed; a cycle of such references is an error.

In: a resolved protocol and the dictionary. Out: a `Program`, or all problems (P4xx).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from engine.compile.cards import cards, dates_in_words
from engine.compile.conditions import ConditionCompiler
from engine.compile.duties import DutyCompiler
from engine.compile.reach import Scope, Use
from engine.compile.steps import Steps
from engine.errors import InvalidInput, Place, Problem
from engine.model import condition as c
from engine.model.fact import CASE, Dictionary
from engine.model.program import CompiledDuty, Named, Program
from engine.model.protocol import Block, Citation, Conclusion, Duty, Protocol


def compile_protocol(protocol: Protocol, dictionary: Dictionary) -> Program:
    """The program of a resolved protocol; raises `InvalidInput` with every problem found."""
    try:
        return _Compiler(protocol, dictionary).program()
    except RecursionError:
        problem = Problem(
            "P410",
            "Too many of these rest on each other, one on the next.",
            (protocol.conclusions or protocol.blocks)[0].place,
            "Let some of the definitions, thresholds and `missed` rest on recorded facts.",
        )
        raise InvalidInput([problem]) from None


class _Compiler:
    """Compiles on demand, remembering what is done and what is under way."""

    def __init__(self, protocol: Protocol, dictionary: Dictionary) -> None:
        self.protocol = protocol
        self.dictionary = dictionary
        self.problems: list[Problem] = []
        self.steps = Steps(dictionary, self.problems)
        self.conditions = ConditionCompiler(self.steps, self.refer)
        self.duties = DutyCompiler(self.conditions, {role.id: role for role in protocol.roles})
        self.conclusions = {(x.kind, x.id): x for x in protocol.conclusions}
        self.variants: dict[str, list[Duty]] = {}
        for duty in protocol.duties:
            self.variants.setdefault(duty.id, []).append(duty)
        self.checklists: dict[str, list[str]] = {}
        for duty in protocol.duties:
            if duty.checklist and duty.id not in self.checklists.setdefault(duty.checklist, []):
                self.checklists[duty.checklist].append(duty.id)
        self.done_duties: dict[str, CompiledDuty] = {}
        self.done_named: dict[tuple[str, str], Named] = {}
        self.under_way: list[str] = []

    def program(self) -> Program:
        named = [self.conclusion(x) for x in self.protocol.conclusions]
        named += [self.pathway(b) for b in self.protocol.blocks if b.kind == "pathway"]
        compiled = [
            self.duty(id_) for id_, variants in self.variants.items() if not _silent(variants)
        ]
        if problems := [
            *self.problems,
            *self.duties.clocks.problems(),
            *self.steps.reach.problems(),
        ]:
            raise InvalidInput(problems)
        return Program(
            protocol=self.protocol.id,
            title=self.protocol.title,
            chain=self.protocol.chain,
            edition=dates_in_words(self.protocol.effective),
            dictionary=self.dictionary.version,
            steps=tuple(self.steps.steps),
            duties=tuple(compiled),
            named=tuple(named),
            cards=cards(self.protocol, self.dictionary),
            sources=tuple((s.protocol, s.id, s.title) for s in self.protocol.documents),
            questions={question.id: question.asks for question in self.protocol.questions},
        )

    @contextmanager
    def compiling(self, name: str, place: Place) -> Iterator[bool]:
        """False, after saying so, if `name` is being compiled already."""
        if name in self.under_way:
            circle = (*self.under_way[self.under_way.index(name) :], name)
            message = f"These rest on each other in a circle: `{'` → `'.join(circle)}`."
            if len(circle) == 2:
                message = f"`{name}` stands in what it names, so it rests on itself."
            cure = "Let one of them rest on recorded facts instead."
            self.problems.append(Problem("P407", message, place, cure))
            yield False
            return
        self.under_way.append(name)
        try:
            yield True
        finally:
            self.under_way.pop()

    @contextmanager
    def within(self, scope: Scope) -> Iterator[None]:
        """What is out of reach meanwhile is so for `scope`."""
        before, self.steps.reach.scope = self.steps.reach.scope, scope
        try:
            yield
        finally:
            self.steps.reach.scope = before

    def duty(self, id_: str) -> CompiledDuty:
        if id_ not in self.done_duties:
            checked = [duty for duty in self.variants[id_] if duty.not_checkable is None]
            first = checked[0]
            table = self.duties.table(first.for_each)
            with self.within(Scope("duty", first.checklist or id_, table, first.block)):
                self.done_duties[id_] = self.duties.compile(checked)
        return self.done_duties[id_]

    def conclusion(self, conclusion: Conclusion) -> Named:
        key = (conclusion.kind, conclusion.id)
        if key not in self.done_named:
            table = self.duties.table(conclusion.for_each)
            with self.within(Scope(conclusion.kind, conclusion.id, table)):
                truth = self.conditions.truth(conclusion.when, table)
            self.done_named[key] = Named(
                conclusion.id,
                conclusion.kind,
                conclusion.title,
                _clauses(conclusion.cite),
                table,
                truth,
            )
        return self.done_named[key]

    def pathway(self, block: Block) -> Named:
        table = self.duties.table(block.for_each)
        with self.within(Scope("pathway", block.id, table, block.id)):
            truth = self.conditions.truth(block.when, table)
        if table != CASE:
            truth = self.steps.both(table, *sorted({truth, self.duties.clocks.exists(table)}))
        return Named(block.id, "pathway", block.title, _clauses(block.cite), table, truth)

    def refer(self, reference: c.Reference, table: str) -> int:
        """The truth of what a condition names, for the rows of `table`."""
        name = f"{reference.kind}: {reference.id}"
        with self.compiling(name, reference.place) as free:
            if not free:
                return self.steps.constant(table, "unknown")
            if reference.kind == "missed":
                ids = self.checklists.get(reference.id, [reference.id])
                parts = [self.missed(id_, table, reference.place) for id_ in ids]
                return parts[0] if len(parts) == 1 else self.steps.emit("or", table, *parts)
            named = self.conclusion(self.conclusions[reference.kind, reference.id])
            return self.reached(named.truth, named.table, table, reference)

    def missed(self, id_: str, table: str, place: Place) -> int:
        if _silent(self.variants[id_]):
            self.problems.append(
                Problem(
                    "P408",
                    f"`{id_}` cannot be checked, so it cannot be `missed`.",
                    place,
                    "Name a duty that has `done`, or a recorded fact.",
                )
            )
            return self.steps.constant(table, "unknown")
        duty = self.duty(id_)
        step = self.steps.emit("missed", duty.table, duty.judgement)
        return self.reached(step, duty.table, table, c.Reference("missed", id_, place))

    def reached(self, step: int, source: str, table: str, reference: c.Reference) -> int:
        if source in self.dictionary.ancestors(table):
            return self.steps.lifted(step, table)
        name = f"{reference.kind}: {reference.id}"
        self.steps.reach.say(Use("result", name, source, reference.place))
        return self.steps.constant(table, "unknown")


def _silent(variants: list[Duty]) -> bool:
    """Whether the duty is shown and never judged."""
    return all(duty.not_checkable is not None for duty in variants)


def _clauses(cite: tuple[Citation, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.protocol, one.document, one.clause) for one in cite)
