"""A resolved protocol arranged for reading: stages of the work, blocks, rules, each with its rows.

In: a resolved protocol and the fact dictionary. Out: an `Outline` of titles and short texts, which
the text and the Markdown page print. No layout here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from engine.compile.cards import dates_in_words
from engine.model.condition import Condition
from engine.model.fact import Dictionary
from engine.model.protocol import Block, Conclusion, Duty, ListDone, Protocol, Question
from engine.report.plain_words import PlainWords
from engine.report.rule_rows import Row, RuleRows

GROUPS = "Groups with particular duties"
THROUGHOUT = "Throughout the work"
STAGES = (
    "Early help and referral",
    "Assessment",
    "Child protection",
    "Plan and review",
    THROUGHOUT,
    GROUPS,
)
_STAGE_OF_PART = {
    "early_help": 0,
    "referral": 0,
    "decision": 0,
    "assessment": 1,
    "emergency": 2,
    "strategy_discussion": 2,
    "enquiry": 2,
    "conference": 2,
    "cp_plan": 2,
    "cin_plan": 3,
    "family_group_conference": 3,
    "handover": 3,
}


class Item(NamedTuple):
    """A line of a checklist."""

    title: str
    rows: tuple[Row, ...]


class Rule(NamedTuple):
    """A duty, or a checklist with its lines.

    `mark` is `local` where a protocol that extends another adds or changes the rule, else empty.
    """

    id: str
    title: str
    mark: str
    rows: tuple[Row, ...]
    items: tuple[Item, ...]


class BlockOutline(NamedTuple):
    """A block with its rules; those of one title and condition are one, as for a group of which
    both the national and the local document speak.
    """

    title: str
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]


class Stage(NamedTuple):
    """A stage of the work, or the groups."""

    title: str
    blocks: tuple[BlockOutline, ...]


class Outline(NamedTuple):
    """A protocol for reading; `named` are thresholds and definitions."""

    title: str
    rows: tuple[Row, ...]
    stages: tuple[Stage, ...]
    named: tuple[Item, ...]
    questions: tuple[Item, ...]


def outline(protocol: Protocol, dictionary: Dictionary, *, local_only: bool = False) -> Outline:
    """The protocol as the work goes; `local_only`: only rules that it adds or changes."""
    words = PlainWords(protocol, dictionary)
    rules = RuleRows(protocol, dictionary, words)
    duties = [d for d in protocol.duties if not local_only or is_local(d, protocol)]
    stages: dict[str, list[BlockOutline]] = {stage: [] for stage in STAGES}
    for block in protocol.blocks:
        if own := [duty for duty in duties if duty.block == block.id]:
            stage = GROUPS if block.kind == "pathway" else _stage(own, dictionary)
            _add(stages[stage], _block(block, own, protocol, rules, words))
    named = [x for x in protocol.conclusions if not local_only or x.origin == protocol.id]
    return Outline(
        protocol.title,
        tuple(_about(protocol)),
        tuple(Stage(stage, tuple(blocks)) for stage, blocks in stages.items() if blocks),
        tuple(_named(one, words, rules) for one in named),
        tuple(
            Item(question.asks, (Row("Source", rules.cites(question.cite)),))
            for question in protocol.questions
            if not local_only or is_asked_here(question, protocol)
        ),
    )


def _add(blocks: list[BlockOutline], block: BlockOutline) -> None:
    """At the end, or with the block that has its title and condition."""
    for number, other in enumerate(blocks):
        if (other.title, other.rows) == (block.title, block.rows):
            blocks[number] = other._replace(rules=other.rules + block.rules)
            return
    blocks.append(block)


def is_local(duty: Duty, protocol: Protocol) -> bool:
    """Whether a duty is this protocol's own, or changed by it."""
    return (duty.variant or duty.origin) == protocol.id


def is_asked_here(question: Question, protocol: Protocol) -> bool:
    """Whether a question is about the protocol's own document rather than an inherited one."""
    return all(cite.protocol == protocol.id for cite in question.cite)


def _about(protocol: Protocol) -> Iterator[Row]:
    yield Row("In force", dates_in_words(protocol.effective) or "dates not given")
    own = [source for source in protocol.documents if source.protocol == protocol.id]
    for source in own:
        extra = ", ".join(filter(None, (source.publisher, dates_in_words(source.effective))))
        yield Row("Document", f"{source.title} ({extra})" if extra else source.title)
    if protocol.extends:
        above = next(s.title for s in protocol.documents if s.protocol == protocol.extends)
        yield Row("Rests on", above)


def _stage(duties: Iterable[Duty], dictionary: Dictionary) -> str:
    """The stage at which most of what a block asks for is done; of equals the earlier."""
    found = Counter(
        _stage_of_part(part, dictionary) for duty in duties for part in _parts(duty, dictionary)
    )
    return STAGES[min(found, key=lambda stage: (-found[stage], stage))] if found else THROUGHOUT


def _parts(duty: Duty, dictionary: Dictionary) -> list[str]:
    """The parts of the record that show whether a duty is done."""
    if isinstance(duty.done, ListDone):
        return [dictionary.lists[duty.done.list].name]
    paths = _facts(duty.done) if duty.done is not None else [duty.start] if duty.start else []
    parts = {path: dictionary.facts[path].part for path in paths if path in dictionary.facts}
    return [*dict.fromkeys(parts.values())]


def _facts(condition: Condition | None) -> list[str]:
    """The facts that a condition names, at any depth."""
    if condition is None:
        return []
    inner = [getattr(condition, key, None) for key in ("part", "where", "have")]
    parts = [*getattr(condition, "parts", ()), *inner]
    own = getattr(condition, "fact", None)
    return [*([own] if own else []), *(path for part in parts for path in _facts(part))]


def _stage_of_part(name: str, dictionary: Dictionary) -> int:
    above: str | None = name
    while above is not None:
        if above in _STAGE_OF_PART:
            return _STAGE_OF_PART[above]
        above = dictionary.parts[above].below
    return STAGES.index(THROUGHOUT)


def _block(
    block: Block, duties: list[Duty], protocol: Protocol, rows: RuleRows, words: PlainWords
) -> BlockOutline:
    common = []
    if block.for_each:
        common.append(Row("For each entry under", words.list(block.for_each)))
    if block.when is not None:
        common.append(Row("When", words.condition(block.when)))
    rules: list[Rule] = []
    for (checklist, _, _), own in groupby(duties, key=_rule_key):
        lines = list(own)
        if checklist is None:
            rules.extend(_rule(duty, block, protocol, rows) for duty in lines)
        else:
            rules.append(_checklist(checklist, lines, block, protocol, rows))
    return BlockOutline(block.title, tuple(common), tuple(rules))


def _rule_key(duty: Duty) -> tuple[str | None, str, str]:
    return duty.checklist, duty.variant, duty.origin


def _rule(duty: Duty, block: Block, protocol: Protocol, rows: RuleRows) -> Rule:
    own = tuple(rows.of(duty, block))
    return Rule(duty.id, duty.title, _mark(duty, protocol), own, ())


def _checklist(
    id_: str, lines: list[Duty], block: Block, protocol: Protocol, rows: RuleRows
) -> Rule:
    """What holds for every line stands with the checklist, the rest with the line."""
    every = [list(rows.of(line, block)) for line in lines]
    common = [row for row in every[0] if all(row in own for own in every)]
    items = tuple(
        Item(line.title, tuple(row for row in own if row not in common))
        for line, own in zip(lines, every, strict=True)
    )
    title = lines[0].checklist_title or lines[0].title
    return Rule(id_, title, _mark(lines[0], protocol), tuple(common), items)


def _mark(duty: Duty, protocol: Protocol) -> str:
    return "local" if protocol.extends and is_local(duty, protocol) else ""


def _named(one: Conclusion, words: PlainWords, rules: RuleRows) -> Item:
    kind = "Threshold, a recorded judgement" if one.kind == "threshold" else "Definition"
    rows = [Row(kind, words.condition(one.when)), Row("Source", rules.cites(one.cite))]
    return Item(one.title, tuple(row for row in rows if row.text))
