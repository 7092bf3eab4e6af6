"""What a protocol's rules, blocks, thresholds, roles and questions are, as `protocol show` has it.

In: a name, a resolved protocol and the fact dictionary. Out: explanations. Of a protocol looked at
among others only its own rules and those it changes are explained; of one asked for, all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.model.condition import Reference, parts_of
from engine.model.fact import Dictionary
from engine.model.protocol import Block, Conclusion, Duty, Protocol, Requirement, Role
from engine.report.explain_use import facts_in, facts_of
from engine.report.explanation import Explanation, Section, points
from engine.report.plain_words import PlainWords
from engine.report.protocol_outline import Item, Rule, outline
from engine.report.rule_rows import Row, RuleRows
from engine.report.words import listed


def names_of(protocol: Protocol) -> list[str]:
    """Every name that `explained_rules` knows."""
    names = [protocol.id]
    names += [name for duty in protocol.duties for name in (duty.id, duty.checklist) if name]
    names += [block.id for block in protocol.blocks]
    names += [one.id for one in protocol.conclusions]
    names += [role.id for role in protocol.roles]
    names += [one.id for one in protocol.requirements]
    return [*names, *(question.id for question in protocol.questions)]


def explained_rules(
    name: str, protocol: Protocol, dictionary: Dictionary, *, inherited: bool
) -> Iterator[Explanation]:
    """What `name` is in this protocol; `inherited`: also where it comes from another."""
    if name in names_of(protocol):
        yield from _Names(protocol, dictionary, inherited=inherited).explained(name)


class _Names:
    """The names of one protocol; `here` are the protocols whose names count."""

    def __init__(self, protocol: Protocol, dictionary: Dictionary, *, inherited: bool) -> None:
        self.protocol, self.dictionary = protocol, dictionary
        self.here = {protocol.id, *(protocol.chain if inherited else ())}
        self.shown = outline(protocol, dictionary)
        self.cites = RuleRows(protocol, dictionary, PlainWords(protocol, dictionary)).cites

    def explained(self, name: str) -> Iterator[Explanation]:
        """Every kind of thing that has the name."""
        own = self.protocol
        if name == own.id:
            says = (f"`protocol show {name}` shows all its rules.",)
            yield Explanation("protocol", name, own.title, says=says, rows=self.shown.rows)
        if duties := [duty for duty in self.duties() if name in (duty.id, duty.checklist)]:
            yield self.rule(name, duties)
        for block in own.blocks:
            if name == block.id and block.origin in self.here:
                yield self.block(block)
        for conclusion, item in zip(own.conclusions, self.shown.named, strict=True):
            if name == conclusion.id and conclusion.origin in self.here:
                yield self.conclusion(conclusion, item)
        for role in own.roles:
            if name == role.id and role.origin in self.here:
                yield self.role(role)
        for wanted in own.requirements:
            if name == wanted.id and wanted.origin in self.here:
                yield self.requirement(wanted)
        yield from self.questions(name)

    def duties(self) -> Iterator[Duty]:
        """Duties that the protocols which count have, or change."""
        for duty in self.protocol.duties:
            if (duty.variant or duty.origin) in self.here:
                yield duty

    def rule(self, name: str, duties: list[Duty]) -> Explanation:
        """A duty, a checklist or a line of one, in every edition that there is."""
        ids = {duty.checklist or duty.id for duty in duties}
        (block, first), *others = [
            (block, rule)
            for stage in self.shown.stages
            for block in stage.blocks
            for rule in block.rules
            if rule.id in ids
        ]
        line = duties[0].title if "/" in name else ""
        sections = _lines(first, line)
        for _, rule in others:
            title = "As it is changed here" if rule.mark else "Another edition"
            sections += [Section(title, (Item(rule.title, rule.rows),)), *_lines(rule, line)]
        sections += self.asks(path for duty in duties for path in facts_of(duty))
        rows = (Row("Block", block.title), *block.rows, *first.rows)
        kind = "line" if line else "checklist" if first.items else "rule"
        title = f"{first.title}: {line}" if line else first.title
        where = self.protocol.title
        return Explanation(kind, name, title, where, rows=rows, sections=tuple(sections))

    def block(self, block: Block) -> Explanation:
        """What a block, or a pathway, asks."""
        own = {duty.checklist or duty.id for duty in self.protocol.duties if duty.block == block.id}
        found = next(
            one
            for stage in self.shown.stages
            for one in stage.blocks
            if any(rule.id in own for rule in one.rules)
        )
        items = tuple(
            Item(f"{rule.title} ({rule.id})", (*rule.rows, *_lines_in_short(rule)))
            for rule in found.rules
        )
        kind = "pathway" if block.kind == "pathway" else "block"
        says = ("What is asked for the children of a group.",) if kind == "pathway" else ()
        sections = (Section("What it asks", items),)
        where = self.protocol.title
        return Explanation(kind, block.id, block.title, where, says, found.rows, sections)

    def conclusion(self, conclusion: Conclusion, item: Item) -> Explanation:
        """A threshold or definition, and the rules that use it."""
        using = [
            f"{duty.id}: {duty.title}"
            for duty in self.duties()
            if any(
                part.kind == conclusion.kind and part.id == conclusion.id
                for condition in duty.conditions
                for part in parts_of(condition)
                if isinstance(part, Reference)
            )
        ]
        sections = (*self.asks(facts_in(conclusion.when)), *points("Rules that use it", using))
        where = self.protocol.title
        kind, name = conclusion.kind, conclusion.id
        return Explanation(kind, name, item.title, where, rows=item.rows, sections=sections)

    def role(self, role: Role) -> Explanation:
        """Who it is in a record, and what it is responsible for."""
        words = self.dictionary.words["role"]
        counts = listed([words.get(one, one) for one in role.counts])
        rows = [Row("Recorded roles that count", counts)] if counts else []
        if role.other_agency:
            rows.append(Row("Another agency", "its duties are shown apart, under its name"))
        rules = {
            duty.checklist or duty.id: duty.checklist_title or duty.title
            for duty in self.duties()
            if role.id in (duty.by, duty.only_by)
        }
        asked = points("Responsible for", [f"{id_}: {title}" for id_, title in rules.items()])
        where = self.protocol.title
        return Explanation("role", role.id, role.title, where, rows=tuple(rows), sections=asked)

    def requirement(self, wanted: Requirement) -> Explanation:
        """What a local protocol must contain, and where this one does."""
        says = ("What a local protocol itself must contain. It never appears in a case.",)
        rows = [Row("Source", self.cites(wanted.cite))]
        if met := self.protocol.meets.get(wanted.id):
            rows.append(Row("Met by", self.cites(met)))
        where = self.protocol.title
        return Explanation("requirement", wanted.id, wanted.title, where, says, tuple(rows))

    def questions(self, name: str) -> Iterator[Explanation]:
        """What the authority is asked."""
        for question in self.protocol.questions:
            if name == question.id and question.cite[0].protocol in self.here:
                rows = (Row("Source", self.cites(question.cite)),)
                title, where = "A question for the authority", self.protocol.title
                yield Explanation("question", name, title, where, (question.asks,), rows)

    def asks(self, paths: Iterable[str]) -> tuple[Section, ...]:
        """The questions about these facts, each once."""
        facts = self.dictionary.facts
        asked = [f"{facts[p].question} ({p})" for p in dict.fromkeys(paths) if p in facts]
        return points("What it asks of the record", asked)


def _lines(rule: Rule, only: str) -> list[Section]:
    """The lines of a checklist, or the one asked for."""
    items = tuple(item for item in rule.items if only in ("", item.title))
    return [Section("This line" if only else "Each of these", items)] if items else []


def _lines_in_short(rule: Rule) -> tuple[Row, ...]:
    titles = "; ".join(item.title for item in rule.items)
    return (Row("Each of these", titles),) if titles else ()
