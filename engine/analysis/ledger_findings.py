"""What a ledger leaves open: between it and the protocol file, and between it and the document.

In: a ledger's lines, the resolved protocol, and the clauses of the document. Out: findings, each
by the name of its clause or rule, with the rules to look at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.analysis.clause_table import Clause
from engine.analysis.ledger import OPEN, Line, repeatable
from engine.errors import Place
from engine.model.protocol import Citation, Conclusion, Duty, Protocol, Source

Kind = Literal[
    "rule without a clause",
    "rule missing from the line",
    "rule does not cite the clause",
    "not yet read",
    "changed",
    "new",
    "vanished",
    "a duty marked as information",
    "a duty of its stem marked as information",
]

_BULLET = re.compile(r"(.+)\.b[0-9]+")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+")
DUTY_WORDS = re.compile(
    r"\b(?:must|should|will|needs? to|required|expected|responsible for)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Finding:
    """One thing to put right; `name` is a clause, or a rule where no clause has it."""

    kind: Kind
    name: str
    place: Place
    rules: tuple[str, ...]
    says: str


def against_protocol(
    lines: Sequence[Line], protocol: Protocol, source: Source
) -> Iterator[Finding]:
    """Rules and clauses that do not name each other."""
    cited = _cited(protocol, source)
    places = {line.clause: line for line in lines}
    named = {(line.clause, rule) for line in lines for rule in line.rules}
    kind: Kind
    for (clause, rule), place in cited.items():
        if not {(clause, rule), (clause, _whole(rule))} & named:
            line = places.get(clause)
            why = "its line does not name the rule" if line else "the ledger has no such clause"
            says = f"`{rule}` cites it, but {why}."
            kind = "rule missing from the line"
            yield Finding(kind, clause, line.place if line else place, (rule,), says)
    known = {*cited, *((clause, _whole(rule)) for clause, rule in cited)}
    earlier = repeatable(protocol, source)
    for line in lines:
        for rule in line.rules:
            repeats = line.disposition == "restates" and rule in earlier
            if (line.clause, rule) not in known and not repeats:
                says = f"The line names `{rule}`, which does not cite the clause."
                kind = "rule does not cite the clause"
                yield Finding(kind, line.clause, line.place, (rule,), says)
    if unread := [line for line in lines if line.disposition == OPEN]:
        says = f"The first of {len(unread)} that are open: say what became of each."
        yield Finding("not yet read", unread[0].clause, unread[0].place, (), says)
    for rule, place in rules_without_clause(lines, protocol, source).items():
        says = "No line of the ledger names this rule of the protocol."
        yield Finding("rule without a clause", rule, place, (rule,), says)


def rules_without_clause(
    lines: Sequence[Line], protocol: Protocol, source: Source
) -> dict[str, Place]:
    """The protocol's own rules that no line names; a checklist counts as one rule.

    A rule that rests on another document of the same protocol alone belongs to that one's ledger.
    """
    named = {_whole(rule) for line in lines for rule in line.rules}
    return {
        _whole(x.id): x.place
        for x in _own(protocol)
        if _whole(x.id) not in named and (not x.cite or _clauses(x.cite, protocol, source))
    }


def against_document(lines: Sequence[Line], clauses: Sequence[Clause]) -> Iterator[Finding]:
    """Clauses that changed, are new or vanished, and duties that are marked as information."""
    held = {line.clause: line for line in lines}
    texts = {clause.id: clause.text for clause in clauses}
    before: Line | None = None
    for clause in clauses:
        line = held.pop(clause.id, None)
        if line is None:
            says = f"It has no line yet; its hash is {clause.hash}."
            rules = before.rules if before else ()
            yield Finding("new", clause.id, clause.place, rules, says)
            continue
        if line.hash != clause.hash:
            says = f"Its text has the hash {clause.hash}, the ledger {line.hash}."
            yield Finding("changed", clause.id, line.place, line.rules, says)
        if line.disposition == "information":
            yield from _duties_in(clause, texts, line.place)
        before = line
    for line in held.values():
        says = "The document has no such clause any more."
        yield Finding("vanished", line.clause, line.place, line.rules, says)


def _duties_in(clause: Clause, texts: Mapping[str, str], place: Place) -> Iterator[Finding]:
    """What a clause that is marked as information asks for: itself, or as a bullet of its stem."""
    if word := DUTY_WORDS.search(clause.text):
        says = f"It is marked as information, but holds “{word[0]}”."
        yield Finding("a duty marked as information", clause.id, place, (), says)
        return
    for stem in _stems(clause.id):
        leads = _END_OF_SENTENCE.split(texts.get(stem, "").strip())[-1]
        if word := DUTY_WORDS.search(leads):  # of a stem the last sentence counts
            says = f"It is marked as information, but `{stem}` leads to it with “{word[0]}”."
            kind: Kind = "a duty of its stem marked as information"
            yield Finding(kind, clause.id, place, (), says)
            return


def _stems(clause: str) -> Iterator[str]:
    """What a bullet goes on from, the nearest first: `1.p2.b1`, then `1.p2`, of `1.p2.b1.b2`."""
    while bullet := _BULLET.fullmatch(clause):
        yield (clause := bullet[1])


def _cited(protocol: Protocol, source: Source) -> dict[tuple[str, str], Place]:
    """What the protocol's own file says where, as (clause, rule): own, changed and restated."""
    pairs: dict[tuple[str, str], Place] = {}
    for rule in _own(protocol):
        pairs |= {(c, rule.id): rule.place for c in _clauses(rule.cite, protocol, source)}
    for change in protocol.changes:
        pairs |= {(c, change.rule): change.place for c in _clauses(change.cite, protocol, source)}
    for id_, cite in protocol.restates.items():
        pairs |= {(c, id_): Place(protocol.id) for c in _clauses(cite, protocol, source)}
    return pairs


def _own(protocol: Protocol) -> list[Conclusion | Duty]:
    """The rules that the protocol's own file adds."""
    rules: list[Conclusion | Duty] = [*protocol.conclusions, *protocol.duties]
    return [rule for rule in rules if rule.origin == protocol.id]


def _clauses(cite: tuple[Citation, ...], protocol: Protocol, source: Source) -> list[str]:
    return [c.clause for c in cite if (c.protocol, c.document) == (protocol.id, source.id)]


def _whole(rule: str) -> str:
    """The checklist that a line belongs to; of any other rule, itself."""
    return rule.partition("/")[0]
