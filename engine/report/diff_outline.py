"""What `diff` found, in words: duties of one side only, and rows in which the others differ.

In: a `Diff`. Out: a `Told`, which is written as text, Markdown, HTML or JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from engine.analysis.diff import Diff, Pair
from engine.analysis.impact import Change
from engine.compile.cards import dates_in_words
from engine.model.fact import Dictionary
from engine.model.protocol import FORCES, Duty, Protocol
from engine.proof.strictness import Shown
from engine.report.conform_outline import said
from engine.report.differences import Difference, Differences
from engine.report.words import number_of


class Entry(NamedTuple):
    """A duty; for one that both have, how it differs and what that does to the gaps it finds."""

    id: str
    title: str
    source: str
    differences: tuple[Difference, ...] = ()
    effect: str = ""
    examples: tuple[tuple[str, ...], ...] = ()

    @property
    def only_strength(self) -> bool:
        return [one.label for one in self.differences] == ["Strength"] and not self.examples


class Told(NamedTuple):
    """The whole comparison in words; `names` are short names of the two sides."""

    title: str
    names: tuple[str, str]
    summary: str
    only_first: tuple[Entry, ...]
    only_second: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    impact: tuple[Change, ...] | None = None  # None: not asked for

    @property
    def whole(self) -> list[Entry]:
        """Those that differ in more than how strongly they are asked."""
        return [entry for entry in self.changed if not entry.only_strength]

    @property
    def strengths(self) -> list[Entry]:
        return [entry for entry in self.changed if entry.only_strength]


def told(found: Diff, names: tuple[str, str], dictionary: Dictionary) -> Told:
    """The comparison in words, the sides called `names`."""
    words = Differences(found.first, found.second, dictionary)
    one, two = names
    only = (f"only in {one}", found.only_first), (f"only in {two}", found.only_second)
    differ = [_duties(len(found.changed), "differs", "differ")] if found.changed else []
    differ += [f"{_duties(len(duties), 'is', 'are')} {where}" for where, duties in only if duties]
    same = _duties(found.same, "asks", "ask")
    summary = f"{', '.join(differ) or 'No duty differs in meaning'}; {same} the same."
    if found.first.id != found.second.id:
        summary += " The dates of both are set aside."
    if found.redated:
        dates = (f"{name} {_dates(p)}" for name, p in zip(names, found[:2], strict=True))
        summary += f" The protocol is in force at other times: {', '.join(dates)}."
    return Told(
        _title(found, names),
        names,
        summary,
        tuple(_only(found.only_first, 0, words)),
        tuple(_only(found.only_second, 1, words)),
        tuple(_changed(pair, names, words) for pair in found.changed),
    )


def _title(found: Diff, names: tuple[str, str]) -> str:
    one, two = found.first.title, found.second.title
    return f"{one}, {names[0]} and {names[1]}" if one == two else f"{one} and {two}"


def _title_of(duty: Duty) -> str:
    """Its title; a line of a list with what introduces it."""
    return f"{duty.checklist_title}: {duty.title}" if duty.checklist_title else duty.title


def _sources(one: str, two: str) -> str:
    """The clauses of both sides, each once."""
    return "; ".join(dict.fromkeys([*one.split("; "), *two.split("; ")]))


def _dates(protocol: Protocol) -> str:
    return dates_in_words(protocol.effective) or "always"


def _duties(count: int, verb: str, verbs: str) -> str:
    return f"{number_of(count, 'duty', 'duties')} {verb if count == 1 else verbs}"


def _only(duties: Iterable[Duty], side: int, words: Differences) -> Iterable[Entry]:
    return (Entry(duty.id, _title_of(duty), words.cites(side, duty.cite)) for duty in duties)


def _changed(pair: Pair, names: tuple[str, str], words: Differences) -> Entry:
    first, second, gaps = pair
    id_ = first.id if first.id == second.id else f"{first.id} / {second.id}"
    examples = [_example(shown, names) for shown in (gaps or ())[:2] if isinstance(shown, Shown)]
    return Entry(
        id_,
        _title_of(second),
        _sources(words.cites(0, first.cite), words.cites(1, second.cite)),
        tuple(words.of(first, second)),
        _effect(pair, names),
        tuple(examples),
    )


def _effect(pair: Pair, names: tuple[str, str]) -> str:
    if pair.gaps is None:
        return "not compared by the gaps they find: one of them is not judged, or of other items"
    only_first, only_second, decided = pair.gaps
    shown = only_first or only_second
    if only_first and only_second:
        return f"each {_finds(only_first)} where the other does not"
    if not decided:
        return "which is stricter was not decided"
    if shown:
        stricter = names[0] if only_first else names[1]
        return f"{stricter} {'is stricter' if shown.of == 'gap' else 'asks for more'}"
    strengths = [FORCES.index(duty.force) for duty in pair[:2]]
    if strengths[0] == strengths[1]:
        return "the gaps found are the same"
    stronger = names[0] if strengths[0] < strengths[1] else names[1]
    return f"the gaps found are the same, and {stronger} asks more strongly"


def _finds(shown: Shown) -> str:
    return "finds a gap" if shown.of == "gap" else "asks for something"


def _example(shown: Shown, names: tuple[str, str]) -> tuple[str, ...]:
    return said(names[0], shown.first), said(names[1], shown.second)


def side_names(first: Protocol, second: Protocol) -> tuple[str, str]:
    """Their ids; of two versions of one protocol, which is the older."""
    if first.id == second.id:
        return "before", "now"
    return first.id, second.id
