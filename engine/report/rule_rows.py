"""What is said of one duty to whoever reads the protocol: rows of a label and a text.

In: a duty of a resolved protocol and the block it stands in. Out: its rows, in the order of the
language: for whom, when, by when, done by what, excused by what, who, how strongly, where written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from engine.compile.cards import dates_in_words, limit_in_words
from engine.model.condition import All, Condition
from engine.model.fact import Dictionary
from engine.model.protocol import Block, Citation, Dates, Duty, Protocol, Reading
from engine.report.plain_words import PlainWords
from engine.report.words import sentence, short_name

VERIFICATION = {
    "secondary": "not checked against the published edition; other documents repeat it",
    "memory": "not checked against the published edition; no document seen confirms it",
}
_NO_LIMIT = "no time limit"


class Row(NamedTuple):
    """A label and what it says."""

    label: str
    text: str


class RuleRows:
    """Writes the rows of duties of one protocol."""

    def __init__(self, protocol: Protocol, dictionary: Dictionary, words: PlainWords) -> None:
        self._protocol = protocol
        self._dictionary = dictionary
        self._words = words
        self._roles = {role.id: role for role in protocol.roles}
        self._usual = _usual_dates(protocol.duties)
        self._asks = {question.id: question.asks for question in protocol.questions}
        self._main: dict[str, str] = {}
        for source in protocol.documents:
            self._main.setdefault(source.protocol, source.id)

    def of(self, duty: Duty, block: Block) -> Iterator[Row]:
        """Every row of a duty that has something to say."""
        for label, text in self._all(duty, block):
            if text:
                yield Row(label, text)

    def cites(self, cites: Iterable[Citation]) -> str:
        """`Norfolk 6.p5; WT2023 decide-1wd`, the protocol's own first."""
        groups: dict[str, list[str]] = {}
        home = self._protocol.id
        for cite in sorted(dict.fromkeys(cites), key=lambda one: one.protocol != home):
            name = short_name(cite.protocol)
            if cite.document != self._main.get(cite.protocol, cite.document):
                name = f"{name} {cite.document}"
            groups.setdefault(name, []).append(cite.clause.removeprefix(f"{cite.protocol}-"))
        return "; ".join(f"{name} {', '.join(clauses)}" for name, clauses in groups.items())

    def _all(self, duty: Duty, block: Block) -> Iterator[tuple[str, str]]:
        words = self._words
        when = without(duty.when, block.when)
        yield "For each entry under", self._for_each(duty, block)
        yield "When", words.condition(when) if when is not None else ""
        replaced = any({"limit", "start"} & reading.changes.keys() for reading in duty.readings)
        yield "By when", "" if replaced else self._limit(duty)
        yield "Can be read as", "; or ".join(self._reading(duty, one) for one in duty.readings)
        yield "Until", words.moment(duty.until) if duty.until else ""
        yield "Done", words.done(duty.done) if duty.done is not None else ""
        excuse = duty.excused_by
        yield "Excused if", words.condition(excuse) if excuse is not None else ""
        yield "Who", self._who(duty)
        yield "Strength", f"{duty.force} ({'; '.join(duty.law)})" if duty.law else duty.force
        yield "Source", self.cites(duty.cite)
        yield "Question", self._asks.get(duty.question or "", "")
        yield "Edition", self._edition(duty)
        yield "Change", self._change(duty)
        yield "Not judged", sentence(duty.not_checkable) if duty.not_checkable else ""
        yield "Note", sentence(duty.note) if duty.note else ""
        yield "Verification", VERIFICATION.get(duty.verification or "", "")

    def _for_each(self, duty: Duty, block: Block) -> str:
        own = duty.for_each
        return self._words.list(own) if own and own != block.for_each else ""

    def _limit(self, duty: Duty) -> str:
        limit = limit_in_words(duty, self._dictionary)
        return "" if limit == _NO_LIMIT else limit

    def _reading(self, duty: Duty, reading: Reading) -> str:
        """`working days – within 10 working days of: Assessment started`."""
        read = replace(duty, **reading.changes)
        parts = [self._limit(read)] if {"limit", "start"} & reading.changes.keys() else []
        if "only_by" in reading.changes:
            parts.append(f"by: {self._role(read.only_by)}, nobody else")
        if "when" in reading.changes and read.when is not None:
            parts.append(f"when: {self._words.condition(read.when)}")
        return f"{reading.says} – {', '.join(filter(None, parts))}".removesuffix(" – ")

    def _who(self, duty: Duty) -> str:
        name = self._role(duty.only_by or duty.by)
        role = self._roles.get(duty.only_by or duty.by or "")
        only = ", nobody else" if duty.only_by else ""
        other = " (another agency)" if role and role.other_agency else ""
        return f"{name}{only}{other}"

    def _role(self, id_: str | None) -> str:
        role = self._roles.get(id_ or "")
        return role.title if role else ""

    def _edition(self, duty: Duty) -> str:
        """The clocks it judges, where those are not just the ones of its whole document."""
        parts, own = [], dates_in_words(duty.effective)
        if own and duty.effective != self._usual[duty.variant or duty.origin]:
            parts.append(f"for clocks that start {own}")
        parts += [
            f"ruled otherwise for clocks that start {dates_in_words(window)}"
            for window in duty.superseded
        ]
        if duty.replaces:
            parts.append(f"replaces {duty.replaces}")
        return "; ".join(part.strip() for part in parts)

    def _change(self, duty: Duty) -> str:
        """How the local protocol changes a national duty."""
        wanted = (duty.id, duty.checklist)
        for change in self._protocol.changes:
            if change.rule in wanted and (duty.variant or change.dropped):
                kind = "stricter than the national rule"
                if change.kind == "departs":
                    kind = "dropped here" if change.dropped else "departs from the national rule"
                return f"{kind}{f': {change.reason}' if change.reason else ''}"
        return ""


def _usual_dates(duties: Iterable[Duty]) -> dict[str, Dates]:
    """By protocol, the dates that most of its duties have: those of its file."""
    found: dict[str, Counter[Dates]] = {}
    for duty in duties:
        found.setdefault(duty.variant or duty.origin, Counter())[duty.effective] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in found.items()}


def without(condition: Condition | None, shown: Condition | None) -> Condition | None:
    """The condition less the parts that were shown already; None if nothing is left."""
    known = _flat(shown)
    left = tuple(part for part in _flat(condition) if part not in known)
    return left[0] if len(left) == 1 else All(left) if left else None


def _flat(condition: Condition | None) -> list[Condition]:
    """The parts that must all hold."""
    if condition is None:
        return []
    if isinstance(condition, All):
        return [one for part in condition.parts for one in _flat(part)]
    return [condition]
