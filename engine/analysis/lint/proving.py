"""What a solver shows of a protocol: rules that never apply, conditions that say nothing, twins.

In: a resolved protocol and its program. Out: findings, each with a case in which the rule concerned
is at work, or comes nearest to it. What is not decided within the solver's steps is said, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.analysis.lint.finding import Finding, finding
from engine.analysis.lint.reading import is_own
from engine.model import condition as c
from engine.model.case import Case
from engine.model.fact import Dictionary
from engine.model.program import CompiledDuty, Judged, Named, Program
from engine.model.protocol import FORCES, Block, Conclusion, Duty, Protocol
from engine.proof.calendar import FIRST, LAST, Calendar
from engine.proof.logic import Days, Formula, Truth, all_of, any_of, opposite
from engine.proof.question import Found, NoCase, example
from engine.proof.record import Record
from engine.proof.slices import evidence, items_for, items_of
from engine.proof.strictness import Side, compared
from engine.proof.symbolic import Symbolic
from engine.validate.conditions import domain_of


class Prover:
    """Asks about the duties of one protocol."""

    def __init__(self, protocol: Protocol, program: Program, dictionary: Dictionary) -> None:
        self.protocol = protocol
        self.program = program
        self.dictionary = dictionary
        self.compiled = {duty.id: duty for duty in program.duties}
        self.own = {d.id: d for d in protocol.duties if is_own(d, protocol)}

    def findings(self) -> Iterator[Finding]:
        for duty in self.own.values():
            if duty.id in self.compiled:
                yield from self.of_duty(duty, self.compiled[duty.id])
        yield from self.unreached()
        yield from self.pairs()

    def at_work(self, rules: tuple[str, ...]) -> Case | None:
        """A case to which the first duty among `rules` applies."""
        for id_ in rules:
            if id_ in self.compiled:
                on = _Asked(self, [self.compiled[id_]])
                found = on.example(any_of(map(on.on, self.compiled[id_].parts)))
                return found.case if isinstance(found, Found) else None
        return None

    # One duty

    def of_duty(self, duty: Duty, compiled: CompiledDuty) -> Iterator[Finding]:
        """Whether it can apply, whether its condition says anything, and its excuse."""
        if _is_plain(duty, self.dictionary):
            return
        on = _Asked(self, [compiled])
        parts = [p for p in compiled.parts if p.edition_of == self.protocol.id]
        applies = [on.on(part) for part in parts]
        at_work = on.example(any_of(applies))
        if at_work is NoCase.NONE:
            message = f"`{duty.id}` never applies: no record meets what it asks."
            cure = "Look for conditions of the duty and its block that exclude each other."
            nearest = on.example(any_of(on.truth(part.exists).t for part in parts))
            yield self.said("W201", message, duty, "when", cure, nearest)
            return
        if duty.when is not None:
            never = on.example(any_of(on.truth(part.applies).f for part in parts))
            if never is NoCase.NONE:
                message = f"The condition of `{duty.id}` always holds, once the facts are known."
                cure = "Leave it out, or mend it."
                yield self.said("W202", message, duty, "when", cure, at_work)
        if duty.excused_by is not None:
            yield from self.excuse(duty, on, parts)
        done = any_of(all_of((on.on(part), on.truth(part.done).t)) for part in parts)
        if on.example(done) is NoCase.NONE:
            message = f"`{duty.id}` can never be done where it applies."
            cure = "Look for a condition that excludes what satisfies it."
            yield self.said("W203", message, duty, "done", cure, at_work)
        if NoCase.UNDECIDED in (at_work, *on.answers):
            message = f"What `{duty.id}` asks was not decided within the steps allowed."
            yield self.said("W209", message, duty, "when", "Look at it yourself.", None)

    def excuse(self, duty: Duty, on: _Asked, parts: list[Judged]) -> Iterator[Finding]:
        excuses = [(part, part.excuse) for part in parts if part.excuse is not None]
        missed = any_of(all_of((on.on(part), on.truth(part.passed).t)) for part in parts)
        for code, word, held in (
            ("W204", "can never hold", [all_of((on.on(p), on.truth(x).t)) for p, x in excuses]),
            ("W205", "always holds", [all_of((on.on(p), on.truth(x).f)) for p, x in excuses]),
        ):
            if on.example(any_of(held)) is NoCase.NONE:
                message = f"The excuse of `{duty.id}` {word}."
                case = on.example(missed)
                yield self.said(code, message, duty, "excused_by", "Mend or delete it.", case)

    def said(
        self, code: str, message: str, duty: Duty, key: str, cure: str, case: Found | NoCase | None
    ) -> Finding:
        shown = case.case if isinstance(case, Found) else None
        return finding(code, message, duty.place_of(key), cure, (duty.id,), shown)

    # Thresholds, definitions, pathways

    def unreached(self) -> Iterator[Finding]:
        """What no record can reach."""
        entries: dict[tuple[str, str], Block | Conclusion] = {
            **{(x.kind, x.id): x for x in self.protocol.conclusions},
            **{("pathway", b.id): b for b in self.protocol.blocks},
        }
        for named in self.program.named:
            entry = entries[named.kind, named.id]
            if entry.origin == self.protocol.id:
                asked = _Asked(self, [], named)
                if asked.example(asked.truth(named.truth).t) is NoCase.NONE:
                    message = f"No record reaches the {named.kind} `{named.id}`."
                    cure = "Look for conditions that exclude each other."
                    case = asked.example(True)
                    shown = case.case if isinstance(case, Found) else None
                    yield finding("W206", message, entry.place, cure, (named.id,), shown)

    # Two duties

    def pairs(self) -> Iterator[Finding]:
        """Duties about the same items that the same evidence satisfies, or contradictory ones."""
        groups: dict[object, list[Duty]] = {}
        for duty in {d.id: d for d in self.protocol.duties}.values():
            if duty.id in self.compiled:
                groups.setdefault((duty.for_each, evidence(duty)), []).append(duty)
        for duties in groups.values():
            for one, other in combinations(duties, 2):
                if one.id in self.own or other.id in self.own:
                    first, second = (one, other) if one.id in self.own else (other, one)
                    yield from self.twins(first, second)
        yield from self.contradictions()

    def twins(self, one: Duty, other: Duty) -> Iterator[Finding]:
        """`one` is this protocol's own. What is only to be considered finds no gap."""
        if "consider" in (one.force, other.force):
            return
        pair = [self.compiled[duty.id] for duty in (one, other)]
        sides = [Side(self.program, (compiled,)) for compiled in pair]
        found = compared(sides[0], sides[1], self.dictionary)
        on = _Asked(self, pair)
        both = all_of(any_of(on.on(part) for part in compiled.parts) for compiled in pair)
        together = on.example(both)
        if not isinstance(together, Found):
            return
        for first, second, only in (
            (one, other, found.only_first),
            (other, one, found.only_second),
        ):
            strong = FORCES.index(second.force) <= FORCES.index(first.force)
            if found.decided and only is None and strong and first.id in self.own:
                message = (
                    f"`{first.id}` adds nothing to `{second.id}`: whatever it finds, that finds."
                )
                cure = "Delete it, or say what it asks beyond the other."
                yield self.pair("W207", message, first, second, cure, together.case)
                return
        differ = on.different_limits(pair)
        shown = on.example(differ)
        if isinstance(shown, Found):
            message = f"`{one.id}` and `{other.id}` ask for the same and differ in the limit."
            cure = "If the document means both, say so under `explained`; else mend one of them."
            yield self.pair("W208", message, one, other, cure, shown.case)

    def contradictions(self) -> Iterator[Finding]:
        """Two duties of which no record can satisfy both, and which may both apply."""
        wanted: dict[str, list[tuple[Duty, frozenset[str]]]] = {}
        for duty in {d.id: d for d in self.protocol.duties}.values():
            if duty.id in self.compiled:
                for fact, values in _wanted(duty, self.dictionary):
                    wanted.setdefault(fact, []).append((duty, values))
        for fact, entries in wanted.items():
            for (one, values), (other, others) in combinations(entries, 2):
                if values & others or not {one.id, other.id} & self.own.keys():
                    continue
                if one.for_each == other.for_each:
                    yield from self.contradiction(fact, one, other)

    def contradiction(self, fact: str, one: Duty, other: Duty) -> Iterator[Finding]:
        pair = [self.compiled[duty.id] for duty in (one, other)]
        on = _Asked(self, pair)
        both = all_of(any_of(on.on(part) for part in compiled.parts) for compiled in pair)
        found = on.example(both)
        if isinstance(found, Found):
            message = f"`{one.id}` and `{other.id}` ask for opposite answers to `{fact}`."
            cure = "Let one of them apply only where the other does not."
            yield self.pair("W210", message, one, other, cure, found.case)

    def pair(
        self, code: str, message: str, one: Duty, other: Duty, cure: str, case: Case
    ) -> Finding:
        first = one if one.id in self.own else other
        return finding(code, message, first.place, cure, (one.id, other.id), case)


class _Asked:
    """Questions about the first item of some duties, over one record that leaves nothing open."""

    def __init__(
        self, prover: Prover, duties: list[CompiledDuty], named: Named | None = None
    ) -> None:
        program = prover.program
        items = items_for((program, duties))
        if named is not None:
            items = items_of(program, [named.truth])
        self.record = Record(prover.dictionary, items, exact=True)
        self.calendar = Calendar()
        self.values = Symbolic(program, self.record, self.calendar)
        self.answers: list[Found | NoCase] = []
        for duty in duties:  # so that an example tells all that the duty reads
            self.values.value(duty.judgement)

    def truth(self, step: int) -> Truth:
        value: Truth = self.values.value(step)[0]
        return value

    def days(self, step: int) -> Days:
        value: Days = self.values.value(step)[0]
        return value

    def on(self, part: Judged) -> Formula:
        """The duty applies, under this edition and reading."""
        conjuncts = (part.exists, part.edition, part.applies, part.started)
        return all_of(self.truth(step).t for step in conjuncts)

    def different_limits(self, pair: list[CompiledDuty]) -> Formula:
        """Both apply, both have a last day, and the two days differ."""
        return any_of(
            all_of((self.on(a), self.on(b), *_dated(one), *_dated(two), one.hi != two.hi))
            for a in pair[0].parts
            for b in pair[1].parts
            for one, two in [(self.days(a.due), self.days(b.due))]
        )

    def example(self, wanted: Formula) -> Found | NoCase:
        answer = example(wanted, self.record, self.calendar, "example")
        self.answers.append(answer)
        return answer


def _dated(days: Days) -> tuple[Formula, ...]:
    if isinstance(days.hi, int):
        return (FIRST <= days.hi <= LAST,)
    return (days.hi >= FIRST, days.hi <= LAST, opposite(days.hi != days.lo))


def _is_plain(duty: Duty, dictionary: Dictionary) -> bool:
    """Conditions that ask for each fact once are independent: nothing can be wrong with them."""
    asked: list[str] = []
    conditions = (duty.when, duty.excused_by)
    for condition in conditions:
        for part in c.parts_of(condition):
            if isinstance(part, c.Fact):
                known = dictionary.facts[part.fact]
                if known.kind == "derived" or set(part.values) >= set(domain_of(known)):
                    return False
                asked.append(part.fact)
            elif not isinstance(part, c.All | c.Any):
                return False
    own = [*evidence(duty), *(name for name in (duty.start, duty.until) if name)]
    return len({*asked, *own}) == len(asked) + len(set(own)) and not _closed(duty)


def _closed(duty: Duty) -> bool:
    """An edition that may leave no day."""
    start, until = duty.effective.start, duty.effective.until
    return bool(duty.superseded) or (start is not None and until is not None and until < start)


def _wanted(duty: Duty, dictionary: Dictionary) -> Iterator[tuple[str, frozenset[str]]]:
    """The answers without which a duty is not done, by fact."""
    parts = duty.done.parts if isinstance(duty.done, c.All) else (duty.done,)
    for part in parts:
        if isinstance(part, c.Fact):
            yield part.fact, frozenset(part.values)
        elif isinstance(part, c.Not) and isinstance(part.part, c.Fact):
            domain = frozenset(domain_of(dictionary.facts[part.part.fact]))
            yield part.part.fact, domain - set(part.part.values)
