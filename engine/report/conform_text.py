"""A comparison with national guidance on a terminal, as Markdown, or as JSON.

In: a `Told`. Out: text, or values for JSON. What falls short comes first and whole; of what is at
least as strict the text names the duties, and their differences only if everything is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.analysis.conform import FAILING
from engine.report.conform_outline import MEANING, Entry, Told
from engine.report.ledger_text import heading
from engine.report.page import Page, Piece
from engine.report.protocol_markdown import escaped

_WHAT = {"By when": "limit", "When": "trigger", "Done": "evidence", "Excused if": "excuse"}
_WHOLE = (*FAILING, "not decided")


def conform_text(told: Told, *, width: int, colour: bool, everything: bool = False) -> str:
    """The comparison for a terminal."""
    page = Page(width, colour=colour)
    page.paragraph([Piece(told.title, "strong")])
    page.paragraph([Piece(told.summary)])
    for verdict, entries in told.sections:
        heading(page, f"{verdict.capitalize()} ({len(entries)})", f"{MEANING[verdict]}.")
        if verdict in _WHOLE or (everything and verdict == "stricter"):
            for number, entry in enumerate(entries):
                if number:
                    page.blank()
                _entry(page, entry, bad=verdict in FAILING)
        elif verdict == "stricter":
            _by_what(page, entries)
        else:
            _in_short(page, entries, everything=everything)
    if told.requirements:
        heading(page, "What a local protocol must contain")
        for title, clauses, met, id_ in told.requirements:
            lead = Piece("met", "good") if met else Piece("missing", "bad")
            end = Piece(f"({clauses if met else id_})", "faint")
            page.paragraph([Piece(title), end], indent=10, lead=lead)
        for _, _, _, id_ in [one for one in told.requirements if not one[2]][:1]:
            cure = f"Where your document has it, write under `meets`: `{id_}: [1.p2]`."
            page.paragraph([Piece(cure)], indent=10, at=10)
    page.blank()
    page.paragraph([Piece(told.proof, "faint")])
    return page.text()


def _by_what(page: Page, entries: Sequence[Entry]) -> None:
    """The duties by what makes them stricter, the most frequent last."""
    groups: dict[str, list[str]] = {}
    for entry in entries:
        what = ", ".join(_WHAT.get(d.label, d.label).lower() for d in entry.differences)
        groups.setdefault(what or "what it rests on", []).append(entry.id)
    for what, ids in sorted(groups.items(), key=lambda group: len(group[1])):
        page.paragraph([Piece(f"{what}:", "strong"), Piece(", ".join(ids))], indent=5, at=3)


def _in_short(page: Page, entries: Sequence[Entry], *, everything: bool) -> None:
    """What is equal or inherited, by name; and where the words differ, in what."""
    if everything:
        page.paragraph([Piece(", ".join(entry.id for entry in entries))], indent=3)
    if reworded := _reworded(entries):
        page.paragraph([Piece("Of these some differ, but not in what is found:")], indent=3)
        _by_what(page, reworded)


def _reworded(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.differences]


def _entry(page: Page, entry: Entry, *, bad: bool) -> None:
    name = Piece(entry.id, "bad" if bad else "strong")
    page.paragraph([name, Piece(entry.title), Piece(f"({entry.source})", "faint")], indent=3)
    for one in entry.differences:
        page.paragraph([Piece(f"nationally: {one.first}")], indent=16, at=5, lead=Piece(one.label))
        page.paragraph([Piece(f"here: {one.second}")], indent=16)
    for example in entry.examples:
        page.paragraph([Piece(f"{example.shows}:")], indent=5)
        for line in example.lines:
            page.paragraph([Piece(line)], indent=7)
    if entry.reason:
        page.paragraph([Piece(f"Reason given: {entry.reason}", "faint")], indent=5)


def conform_markdown(told: Told) -> str:
    """The comparison as Markdown."""
    return "\n\n".join(comparison_markdown(told, 1, examples=True)) + "\n"


def comparison_markdown(told: Told, level: int, *, examples: bool) -> Iterator[str]:
    """The comparison as paragraphs, with headings from `level` on."""
    yield f"{'#' * level} {escaped(told.title)}"
    yield escaped(told.summary)
    for verdict, entries in told.sections:
        if verdict == "inherited":
            continue
        yield f"{'#' * (level + 1)} {verdict.capitalize()} ({len(entries)})"
        yield f"{escaped(MEANING[verdict]).capitalize()}."
        if verdict == "equal":
            yield ", ".join(f"`{entry.id}`" for entry in entries) + "."
        if whole := _reworded(entries) if verdict == "equal" else entries:
            yield "\n".join(line for entry in whole for line in _points(entry, examples))
    if told.requirements:
        yield f"{'#' * (level + 1)} What a local protocol must contain"
        yield "\n".join(
            f"- {'Met' if met else '**Missing**'}: {escaped(title)}"
            f"{f' ({escaped(clauses)})' if clauses else ''}"
            for title, clauses, met, _ in told.requirements
        )
    yield escaped(told.proof)


def _points(entry: Entry, examples: bool) -> Iterator[str]:
    yield f"- `{entry.id}` {escaped(entry.title)} ({escaped(entry.source)})"
    for one in entry.differences:
        yield (
            f"  - {escaped(one.label)}: nationally *{escaped(one.first)}*, here "
            f"*{escaped(one.second)}*"
        )
    falls_short = any(example.who == "national" for example in entry.examples)
    for example in entry.examples:
        if examples and falls_short:
            said = " ".join(map(escaped, example.lines))
            yield f"  - {example.shows}: {said}"
    if entry.reason:
        yield f"  - Reason given: {escaped(entry.reason)}"


def conform_json(told: Told) -> dict[str, Any]:
    """The comparison as JSON values."""
    return {
        "title": told.title,
        "summary": told.summary,
        "duties": [
            {
                "duty": entry.id,
                "title": entry.title,
                "verdict": verdict,
                "source": entry.source,
                "local": list(entry.local),
                "differences": [one._asdict() for one in entry.differences],
                "examples": [
                    {"only": one.who, "file": one.name, "says": list(one.lines)}
                    for one in entry.examples
                ],
                "reason": entry.reason,
            }
            for verdict, entries in told.sections
            for entry in entries
        ],
        "requirements": [
            {"title": title, "clauses": clauses, "met": met}
            for title, clauses, met, _ in told.requirements
        ],
        "proof": told.proof,
    }
