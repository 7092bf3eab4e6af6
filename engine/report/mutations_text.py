"""What became of small changes to a protocol, on a terminal or as JSON.

In: what was tried. Out: the score by kind, and for each change that nothing noticed a scenario that
would notice it, in plain words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from engine.analysis.mutations import Tried, score
from engine.model.case import Case, Item, Period
from engine.model.fact import Dictionary
from engine.model.finding import Finding
from engine.report.ledger_text import heading
from engine.report.page import Page, Piece
from engine.report.words import day_in_words, number_of, status_in_words

_COUNTED = ("noticed", "survived", "not decided")
MOST_SHOWN = 40


class Proposed(NamedTuple):
    """A change that no scenario notices: a case, and what the protocol says of it."""

    tried: Tried
    finding: Finding | None


def mutations_text(
    name: str,
    tried: Sequence[Tried],
    proposed: Sequence[Proposed],
    dictionary: Dictionary,
    *,
    width: int,
    colour: bool,
) -> str:
    """The score, kind by kind, then what survived."""
    page = Page(width, colour=colour)
    outcomes = Counter[str](one.outcome for one in tried)
    counted = sum(outcomes[word] for word in _COUNTED)
    page.paragraph(
        [
            Piece(f"{name}:", "strong"),
            Piece(f"scenarios notice {outcomes['noticed']:,} of {counted:,} changes, "),
            Piece(f"{score(list(tried)):.1f} %.", "good" if score(list(tried)) >= 95 else "bad"),
            Piece(_left_out(outcomes), "faint"),
        ]
    )
    kinds = dict.fromkeys(one.mutant.kind for one in tried)
    for kind in kinds:
        own = Counter[str](one.outcome for one in tried if one.mutant.kind == kind)
        all_ = sum(own[word] for word in _COUNTED)
        if all_:
            page.paragraph([Piece(f"{own['noticed']:,} of {all_:,}")], indent=16, lead=Piece(kind))
    if proposed:
        heading(page, "Noticed by no scenario", number_of(len(proposed), "change"))
    for one in proposed[:MOST_SHOWN]:
        _proposal(page, one, dictionary)
    if more := proposed[MOST_SHOWN:]:
        page.paragraph([Piece(f"{len(more):,} more are not shown (--format json has them).")])
    if any(one.finding for one in proposed):
        page.blank()
        page.paragraph([Piece("`--witness DIR` writes these as scenarios, for you to read.")])
    return page.text()


def _left_out(outcomes: Counter[str]) -> str:
    said = []
    if outcomes["equal"]:
        said.append(f"{outcomes['equal']:,} more mean nothing, as the solver shows")
    if outcomes["invalid"]:
        said.append(f"{outcomes['invalid']:,} would not be valid")
    if outcomes["not decided"]:
        said.append(f"{outcomes['not decided']:,} are not decided, and count as not noticed")
    return f"{'; '.join(said)}." if said else ""


def _proposal(page: Page, one: Proposed, dictionary: Dictionary) -> None:
    mutant = one.tried.mutant
    page.blank()
    page.paragraph([Piece(mutant.rule, "strong"), Piece(mutant.says)], indent=3, at=1)
    for line in proposal(one, dictionary):
        page.paragraph([Piece(line)], indent=5)


def proposal(one: Proposed, dictionary: Dictionary) -> Iterator[str]:
    """A scenario that would notice it, in plain words."""
    difference = one.tried.difference
    if one.tried.outcome == "not decided":
        yield "Whether this means anything was not decided; look at it yourself."
    elif difference is None:
        yield "No scenario says how strongly it is asked: add `force` to what one expects of it."
    else:
        facts = "; ".join(facts_in_words(difference.case, dictionary))
        assert difference.case.as_of is not None
        yield f"A scenario as at {day_in_words(difference.case.as_of)}: {facts or 'nothing'}."
        if one.finding is not None:
            status = status_in_words(one.finding.status, role=one.finding.role)
            why = " ".join(dict.fromkeys(i.verdict.why for i in one.finding.instances))
            yield f"There `{one.finding.id}` is {status}: {why} Read the clause: is that right?"


def facts_in_words(case: Case, dictionary: Dictionary) -> Iterator[str]:
    """`Referral received: 3 March 2025`, fact by fact."""
    yield from _facts(case.record, "", dictionary)


def _facts(item: Item, part: str, dictionary: Dictionary) -> Iterator[str]:
    for name, value in item.facts.items():
        fact = dictionary.facts.get(f"{part}.{name}")
        title = fact.title if fact else f"{part}.{name}"
        yield f"{title}: {_value(value)}"
    for name, below in item.parts.items():
        yield from _facts(below, name, dictionary)
    for name, items in item.lists.items():
        for one in items:
            yield from _facts(one, name, dictionary)


def _value(value: Period | str) -> str:
    if isinstance(value, str):
        return value.replace("_", " ")
    return day_in_words(value.first)


def mutations_json(
    name: str, tried: Sequence[Tried], proposed: Sequence[Proposed], dictionary: Dictionary
) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "protocol": name,
        "score": round(score(list(tried)), 1),
        "outcomes": dict(Counter(one.outcome for one in tried)),
        "survivors": [
            {
                "rule": one.tried.mutant.rule,
                "kind": one.tried.mutant.kind,
                "change": one.tried.mutant.says,
                "outcome": one.tried.outcome,
                "scenario": list(proposal(one, dictionary)),
            }
            for one in proposed
        ],
    }
