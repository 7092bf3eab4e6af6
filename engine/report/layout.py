"""How duties stand on a page: a word at the left, beside it title, reason, whose, and citation.

In: entries of a summary. Out: their lines on a `Page`. Used by the sections of the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from engine.report.outline import Entry, Line
from engine.report.page import Page, Piece
from engine.report.words import (
    Citations,
    Cite,
    day_in_words,
    days_in_words,
    sentence,
    span_in_words,
    status_in_words,
    uncapitalised,
)

INDENT = 17  # of what stands beside a status or a number of days
MOST = {"gaps": 8, "dates": 4, "groups": 3, "steps": 2, "lines": 3, "asked": 3, "others": 2}
UNVERIFIED = "†"

Detail = Callable[[Line], str]


class Layout:
    """Writes onto one page; `everything`: no list is cut short, no citation left out."""

    def __init__(self, page: Page, citations: Citations, *, everything: bool) -> None:
        self.page = page
        self.citations = citations
        self.everything = everything
        self.marked = False  # whether some line bears the mark of what is unverified

    def heading(self, name: str, note: str = "") -> None:
        self.page.blank()
        self.page.paragraph([Piece(f"{name}:" if note else name, "strong"), Piece(note)])

    def point(self, *pieces: Piece) -> None:
        self.page.paragraph(pieces, indent=INDENT + 2, lead=Piece("–"), at=INDENT)

    def faint(self, text: str, indent: int = 0) -> None:
        self.page.paragraph([Piece(text, "faint")], indent=indent)

    def more(self, count: int, indent: int = 1) -> None:
        if count > 0:
            self.faint(f"… and {count} more (--all)", indent)

    def most(self, kind: str) -> int | None:
        """How many of a kind are shown; None: all."""
        return None if self.everything else MOST[kind]

    def cite(self, cites: Iterable[Cite], unverified: bool = False, most: int = 2) -> Piece:
        self.marked |= unverified
        text = self.citations.write(cites, None if self.everything else most)
        return Piece(f"{text}{UNVERIFIED if unverified else ''}", "faint")

    def entries(
        self, entries: Sequence[Entry], symbol: str, style: str, kind: str, detail: Detail
    ) -> None:
        """Entries with their lines, other agencies' under the agency's name."""
        shown = entries[: self.most(kind)]
        for agency, own in groupby(shown, key=lambda entry: entry.agency):
            if agency:
                self.page.paragraph([Piece(f"For another agency, {agency}:", "strong")], indent=1)
            for entry in own:
                self._entry(entry, symbol, style, detail)
        self.more(len(entries) - len(shown))

    def _entry(self, entry: Entry, symbol: str, style: str, detail: Detail) -> None:
        first, several = entry.lines[0], len(entry.lines) > 1
        title = entry.title if several or not first.what else f"{entry.title}: {first.what}"
        pieces = [Piece(title, "strong"), Piece(f"({len(entry.lines)})" if several else "")]
        lead = lead_of(first, symbol)
        self.page.paragraph(pieces, indent=INDENT, lead=Piece(f"{symbol} {lead}", style))
        alike = len({(lead_of(line, symbol), detail(line)) for line in entry.lines}) == 1
        if several:
            self._lines(entry, symbol, detail, alike=alike)
        why = Piece(detail(first) if alike else "")
        cite = self.cite(entry.cite, entry.unverified)
        self.page.paragraph([why, Piece(whose(entry), "faint"), cite], indent=INDENT)
        if self.everything:
            self.faint(f"Limit: {entry.card.limit}. {entry.card.note or ''}", INDENT)

    def _lines(self, entry: Entry, symbol: str, detail: Detail, *, alike: bool) -> None:
        """The lines of an entry; what is alike in all is left to be said once."""
        lead = lead_of(entry.lines[0], symbol)
        shown = entry.lines[: self.most("lines")]
        for line in shown:
            why = "" if alike else detail(line)
            said = lead_of(line, symbol) == lead or word_of(line) in why
            self.point(
                Piece(": ".join(filter(None, (line.what, "" if said else word_of(line), why))))
            )
        self.more(len(entry.lines) - len(shown), INDENT)

    def asked(self, pieces: Iterable[Piece]) -> None:
        self.page.paragraph(pieces, indent=3, lead=Piece("?", "maybe"))


def in_numbers(entries: Sequence[Entry]) -> str:
    """`2 overdue, 1 late`: by line, worst first as they stand."""
    words = [word_of(line) for entry in entries for line in entry.lines]
    return ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))


def word_of(line: Line) -> str:
    return status_in_words(line.status, role=line.role)


def lead_of(line: Line, symbol: str) -> str:
    """The word beside an entry: its status, or how many days are left."""
    if symbol == "»" and line.days is not None:
        return days_in_words(line.days)
    return word_of(line).upper()


def whose(entry: Entry) -> str:
    """Whose it is and how strongly it is asked: `For the hospital (must).`"""
    card = entry.card
    strength = ", ".join((card.force, *card.law))
    for_whom = "them" if entry.agency else card.by
    return f"For {for_whom} ({strength})." if for_whom else f"({strength})."


def reason(line: Line) -> str:
    """Why; where the text can be read in more than one way, the dates of each reading."""
    dates = dict.fromkeys(
        f"by {span_in_words(reading.due)} ({reading.says})"
        for reading in line.readings
        if reading.due and reading.due != line.due
    )
    return f"{line.verdict.why} {sentence(' or '.join(dates)) if dates else ''}".strip()


def due_in_words(line: Line) -> str:
    """By when, and what is planned; of what may be done already or not apply, that."""
    by = f"by {span_in_words(line.due)}" if line.due else ""
    if line.status != "outstanding":
        past = line.days is not None and line.days < 0
        unless = "It was due {}, and may have been done" if past else "{}, if not done already"
        by = f"{unless.format(by)}: {uncapitalised(reason(line).partition('. ')[0])}"
    return f"{sentence(by)} {plan_in_words(line)}".strip()


def plan_in_words(line: Line) -> str:
    planned, due = line.verdict.planned, line.due
    if planned is None:
        return ""
    late = due is not None and due.last is not None and planned > due.last
    return f"Planned for {day_in_words(planned)}{', after the limit' if late else ''}."
