"""What `diff` found, in words: duties of one side only, and rows in which the others differ.

In: a `Diff`. Out: a `Told`, which is written as text, Markdown, HTML or JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from engine.analysis.diff import Diff, Pair
from engine.analysis.impact import Change
from engine.model.fact import Dictionary
from engine.model.protocol import Duty, Protocol
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


class Told(NamedTuple):
    """The whole comparison in words; `names` are short names of the two sides."""

    title: str
    names: tuple[str, str]
    summary: str
    only_first: tuple[Entry, ...]
    only_second: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    impact: tuple[Change, ...] | None = None  # None: not asked for


def told(found: Diff, names: tuple[str, str], dictionary: Dictionary) -> Told:
    """The comparison in words, the sides called `names`."""
    words = Differences(found.first, found.second, dictionary)
    one, two = names
    if found.empty:
        summary = f"No difference in meaning: {_duties(found.same)} ask the same."
    else:
        summary = (
            f"{_duties(len(found.changed))} differ, {len(found.only_first):,} are only in {one}, "
            f"{len(found.only_second):,} only in {two}; {found.same:,} ask the same."
        )
    if found.first.id != found.second.id:
        summary += " The dates of both are set aside."
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


def _sources(one: str, two: str) -> str:
    """The clauses of both sides, each once."""
    return "; ".join(dict.fromkeys([*one.split("; "), *two.split("; ")]))


def _duties(count: int) -> str:
    return number_of(count, "duty", "duties")


def _only(duties: Iterable[Duty], side: int, words: Differences) -> Iterable[Entry]:
    return (Entry(duty.id, duty.title, words.cites(side, duty.cite)) for duty in duties)


def _changed(pair: Pair, names: tuple[str, str], words: Differences) -> Entry:
    first, second, gaps = pair
    id_ = first.id if first.id == second.id else f"{first.id} / {second.id}"
    examples = [_example(shown, names) for shown in gaps[:2] if isinstance(shown, Shown)]
    return Entry(
        id_,
        second.title,
        _sources(words.cites(0, first.cite), words.cites(1, second.cite)),
        tuple(words.of(first, second)),
        _effect(pair, names),
        tuple(examples),
    )


def _effect(pair: Pair, names: tuple[str, str]) -> str:
    only_first, only_second, decided = pair.gaps
    if only_first and only_second:
        return "each finds a gap that the other does not"
    if not decided:
        return "which is stricter was not decided"
    if only_first or only_second:
        return f"{names[0] if only_first else names[1]} is stricter"
    return "the gaps found are the same"


def _example(shown: Shown, names: tuple[str, str]) -> tuple[str, ...]:
    return said(names[0], shown.first), said(names[1], shown.second)


def side_names(first: Protocol, second: Protocol) -> tuple[str, str]:
    """Their ids; of two versions of one protocol, which is the older."""
    if first.id == second.id:
        return "before", "now"
    return first.id, second.id
