"""Is a local protocol at least as strict as the national one? Duty by duty, proved or by a case.

In: both resolved and compiled. Out: a `Conformance`: for every national duty a verdict, with cases
that show a difference, and for every requirement on local protocols where it is met.

The national duty is *inherited* where the local file says nothing of it, *equal* where it repeats
it or changes nothing in the gaps it finds and in what it asks for. A changed one is *stricter* if
in some case it alone finds a gap or asks for anything, *weaker* if in some case the national one
alone does, *incomparable* if both. Force counts too, and who is responsible, if both documents say
which recorded roles count. Against guidance that the local file does not extend, all duties about
the same evidence are taken together, and the dates of both are set aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

from engine.compile import compile_protocol
from engine.model.fact import Dictionary
from engine.model.program import CompiledDuty, Program
from engine.model.protocol import FORCES, Citation, Dates, Duty, Protocol, Requirement
from engine.proof.calendar import LAST
from engine.proof.slices import Shapes, evidence, timeless
from engine.proof.strictness import Comparison, Shown, Side, compared

Verdict = Literal[
    "weaker", "incomparable", "not covered", "not decided", "stricter", "equal", "inherited"
]
VERDICTS: tuple[Verdict, ...] = (
    "weaker", "incomparable", "not covered", "not decided", "stricter", "equal", "inherited",
)  # fmt: skip
_LATEST = date.fromordinal(LAST - 365)
FAILING = frozenset(("weaker", "incomparable", "not covered"))
_COMPARED = (
    "when", "start", "limit", "until", "done", "excused_by", "only_by", "by", "force", "readings",
    "not_checkable", "effective",
)  # fmt: skip


class Compared(NamedTuple):
    """A national duty and what the local protocol makes of it.

    `local` are the duties that judge instead; `differs` names fields of `Duty`.
    """

    national: Duty
    verdict: Verdict
    local: tuple[Duty, ...] = ()
    differs: tuple[str, ...] = ()
    weaker: Shown | None = None
    stricter: Shown | None = None


class Met(NamedTuple):
    """A requirement on local protocols, and the local clauses that meet it; none: missing."""

    requirement: Requirement
    clauses: tuple[Citation, ...]


class Conformance(NamedTuple):
    """The whole comparison; `own` counts local duties beside the national ones."""

    local: Protocol
    national: Protocol
    extends: bool
    duties: tuple[Compared, ...]
    requirements: tuple[Met, ...]
    own: int

    def of(self, *verdicts: Verdict) -> list[Compared]:
        return [one for one in self.duties if one.verdict in verdicts]


def conform(local: Protocol, national: Protocol, dictionary: Dictionary) -> Conformance:
    """Compare two resolved protocols."""
    extends = national.id in local.chain
    dated = _begun if extends else timeless
    ours, theirs = dated(local), dated(national)
    compare = _Compare(ours, theirs, dictionary, extends=extends)
    return Conformance(
        local,
        national,
        extends,
        tuple(compare.duties()),
        tuple(Met(r, local.meets.get(r.id, ())) for r in national.requirements),
        sum(duty.origin == local.id and not duty.variant for duty in local.duties),
    )


class _Compare:
    def __init__(
        self, local: Protocol, national: Protocol, dictionary: Dictionary, *, extends: bool
    ) -> None:
        self.local, self.national, self.dictionary = local, national, dictionary
        self.extends = extends
        self.programs = {p.id: compile_protocol(p, dictionary) for p in (local, national)}
        shapes = Shapes()
        self.shapes = {name: shapes.of(program) for name, program in self.programs.items()}
        self.compiled = {
            name: {duty.id: duty for duty in program.duties}
            for name, program in self.programs.items()
        }
        self.changed = {
            duty.id: duty
            for duty in local.duties
            if duty.variant and duty.variant not in national.chain
        }
        self.dropped = {change.rule for change in local.changes if change.dropped}
        self.restated = set(local.restates)

    def duties(self) -> Iterator[Compared]:
        for duty in {duty.id: duty for duty in self.national.duties}.values():
            if not self.extends:
                yield self.by_evidence(duty)
            elif {duty.id, duty.checklist} & self.dropped:
                yield self.judged(duty, (), "not covered")
            elif duty.id in self.changed:
                yield self.judged(duty, (self.changed[duty.id],), None)
            else:
                yield self.inherited(duty)

    def inherited(self, duty: Duty) -> Compared:
        """The national rule holds; another that it rests on may have changed."""
        verdict: Verdict = "inherited"
        if {duty.id, duty.checklist} & self.restated:
            verdict = "equal"
        found = Compared(duty, verdict)
        if not self.same(duty.id):
            found = self.judged(duty, (duty,), None)
            if found.verdict == "equal":
                found = Compared(duty, verdict)
        return found

    def by_evidence(self, duty: Duty) -> Compared:
        """Against guidance that is not extended: whatever asks for the same evidence."""
        if duty.not_checkable:
            same = [x for x in self.local.duties if x.id == duty.id]
            return Compared(duty, "equal" if same else "not covered", tuple(same))
        related = self.related(duty)
        if not related:
            return Compared(duty, "not covered")
        return self.judged(duty, tuple(related), None)

    def related(self, duty: Duty) -> list[Duty]:
        """Local duties about the same items that the same evidence satisfies, or of the same id."""
        wanted = evidence(duty)
        return [
            other
            for other in self.local.duties
            if other.id in self.compiled[self.local.id]
            and (other.id != duty.id or not self.extends)
            and other.for_each == duty.for_each
            and (wanted == evidence(other) or other.id == duty.id)
        ]

    def same(self, id_: str) -> bool:
        """Whether both programs compute the same for a duty."""
        numbers = [
            None if found is None else self.shapes[name][found.judgement]
            for name in (self.local.id, self.national.id)
            for found in [self.compiled[name].get(id_)]
        ]
        return numbers[0] == numbers[1]

    def judged(self, duty: Duty, local: tuple[Duty, ...], verdict: Verdict | None) -> Compared:
        """By the gaps that both find, then by force."""
        differs = tuple(
            dict.fromkeys(
                name for one in local for name in _COMPARED
                if getattr(one, name) != getattr(duty, name)
            )
        )  # fmt: skip
        gaps = self.gaps(duty, local)
        return Compared(
            duty,
            verdict or self.verdict(gaps, duty, local),
            local,
            differs,
            gaps.only_first,
            gaps.only_second,
        )

    def gaps(self, duty: Duty, local: Iterable[Duty]) -> Comparison:
        sides = self.side(self.national, [duty.id]), self.side(self.local, [x.id for x in local])
        if not sides[0].duties:
            return Comparison(None, None)
        if not local:  # dropped: what the local protocol says of it is that nothing is asked
            sides = sides[0], self.side(self.local, [duty.id])
        gaps = compared(*sides, self.dictionary)
        if gaps.only_first and gaps.only_second:
            return gaps
        asks = compared(*sides, self.dictionary, "to do")
        return Comparison(
            gaps.only_first or asks.only_first,
            gaps.only_second or asks.only_second,
            gaps.decided and asks.decided,
        )

    def side(self, protocol: Protocol, ids: Iterable[str]) -> Side:
        known: dict[str, CompiledDuty] = self.compiled[protocol.id]
        program: Program = self.programs[protocol.id]
        return Side(program, tuple(known[id_] for id_ in dict.fromkeys(ids) if id_ in known))

    def verdict(self, gaps: Comparison, duty: Duty, local: tuple[Duty, ...]) -> Verdict:
        strongest = min(FORCES.index(one.force) for one in local)
        national = FORCES.index(duty.force)
        others, fewer = self.who(duty, local)
        weaker = gaps.only_first is not None or strongest > national or others
        checked = duty.not_checkable is not None and any(x.not_checkable is None for x in local)
        stricter = gaps.only_second is not None or strongest < national or fewer or checked
        if weaker:
            return "incomparable" if stricter else "weaker"
        if not gaps.decided:
            return "not decided"
        return "stricter" if stricter else "equal"

    def who(self, duty: Duty, local: tuple[Duty, ...]) -> tuple[bool, bool]:
        """Whether a role counts here that does not nationally; else whether fewer do.

        A role without recorded roles says nothing; where `only_by` is checked nationally, the gaps
        say it.
        """
        theirs = self.counts(self.national, None if duty.only_by else duty.by)
        here = [self.counts(self.local, one.only_by or one.by) for one in local]
        others = bool(theirs) and all(ours and not ours <= theirs for ours in here)
        return others, any(ours and ours < theirs for ours in here)

    def counts(self, protocol: Protocol, role: str | None) -> frozenset[str]:
        """The recorded roles that count as a role; none of one that does not say."""
        return next((frozenset(r.counts) for r in protocol.roles if r.id == role), frozenset())


def _begun(protocol: Protocol) -> Protocol:
    """Editions that begin too late for their limits to end in the days proved, as if in time."""

    def begun(dates: Dates) -> Dates:
        return replace(dates, start=min(dates.start, _LATEST)) if dates.start else dates

    duties = tuple(
        replace(d, effective=begun(d.effective), superseded=tuple(map(begun, d.superseded)))
        for d in protocol.duties
    )
    return replace(protocol, duties=duties)
