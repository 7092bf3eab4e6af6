"""The report on a terminal: one screen for somebody busy, gaps first.

In: a `Summary`, the width, whether to use colour, whether to list everything. Out: the text. What
colour says is always said by a symbol and a word too; without colour there is no escape code.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.report.layout import (
    INDENT,
    UNVERIFIED,
    Layout,
    due_in_words,
    in_numbers,
    plan_in_words,
    reason,
)
from engine.report.outline import Engaged, Entry, Question, Steps, Summary
from engine.report.page import LEAST_WIDTH, Page, Piece
from engine.report.words import (
    KEPT,
    Citations,
    day_in_words,
    limit_in_words,
    listed,
    number_of,
    sentence,
    status_in_words,
    uncapitalised,
)

CLOSING = "This report supports professional judgement and replaces none."


def render(summary: Summary, *, width: int, colour: bool, everything: bool) -> str:
    """The whole report of one case, each line at most `width` columns, ending in a line end."""
    page = Page(max(width, LEAST_WIDTH), colour=colour)
    layout = Layout(page, Citations(summary.program), everything=everything)
    Report(summary, layout).write()
    return page.text()


class Report:
    """Writes the sections of one summary onto a page."""

    def __init__(self, summary: Summary, out: Layout) -> None:
        self.summary = summary
        self.out = out

    def write(self) -> None:
        """All sections, in the order in which they matter."""
        self._head()
        self._gaps()
        self._next()
        self._to_be_known()
        self._warnings()
        self._excused()
        self._basis()
        self._reached()
        self._uncheckable()
        self._ambiguities()
        if self.out.everything:
            self._all_duties()
        self._foot()

    # What case

    def _head(self) -> None:
        told, program = self.summary.assessment, self.summary.program
        self.out.page.paragraph([Piece(told.case, "strong"), Piece(f"· {program.title}")])
        edition = f"Edition {program.edition}. " if program.edition else ""
        to, asked = day_in_words(told.record_to), day_in_words(told.asked)
        days = (told.asked - told.record_to).days
        dates = f"Record up to {to}, as at {asked}." if days else f"Record up to and as at {asked}."
        notes = []
        if days > 0:
            notes.append(f"The record ends {number_of(days, 'day')} before the day asked about.")
        if told.before_its_time:
            notes.append("Some of it began when no edition of this protocol was in force.")
        self.out.page.paragraph([Piece(edition + dates), Piece(" ".join(notes), "maybe")])

    # Gaps

    def _gaps(self) -> None:
        gaps, possible = self.summary.gaps, self.summary.possible_gaps
        self.out.heading("GAPS", in_numbers(gaps) if gaps else self._no_gap())
        self.out.entries(gaps, "×", "bad", "gaps", reason)
        if any(line.status == "not_evidenced" for entry in gaps for line in entry.lines):
            self.out.faint("Not evidenced: a gap in recording; it may have been done.", 1)
        if possible:
            self.out.heading("POSSIBLE GAPS", "it rests on what is not known")
            self.out.entries(possible, "?", "maybe", "gaps", reason)

    def _no_gap(self) -> str:
        if self.summary.nothing_applied:
            return "nothing on this record is known to come under this protocol"
        if self.summary.basis.decided == self.summary.basis.counted:
            return "none"
        if not self.summary.basis.decided:
            return "none can be told; no duty could be decided on this record"
        return "none in what could be decided (see BASIS)"

    # What is due

    def _next(self) -> None:
        summary = self.summary
        groups = [group for group in summary.steps if group.entries]
        if not (summary.due_next or groups):
            return
        self.out.heading("NEXT")
        self.out.entries(summary.due_next, "»", "next", "dates", due_in_words)
        for group in groups[: self.out.most("groups")]:
            self._steps(group)
        self.out.more(len(groups[self.out.most("groups") or len(groups) :]))

    def _steps(self, group: Steps) -> None:
        """Titles under the event that they have to come before."""
        entries = group.entries
        pieces = [Piece(limit_in_words(group.limit), "strong"), Piece(f"({len(entries)})")]
        self.out.page.paragraph(pieces, indent=INDENT, lead=Piece("» to do", "next"))
        shown = entries[: self.out.most("steps")]
        for entry in shown:
            agency = f" ({entry.agency})" if entry.agency else ""
            plans = " ".join(filter(None, map(plan_in_words, entry.lines)))
            self.out.point(
                Piece(f"{entry.title}{self._which(entry)}{agency} {plans}"),
                self.out.cite(entry.cite, entry.unverified, most=1),
            )
        self.out.more(len(entries) - len(shown), INDENT)

    def _which(self, entry: Entry) -> str:
        """Which items or checklist lines a step is about."""
        names = [line.what for line in entry.lines if line.what]
        if entry.checklist and len(names) > 1 and not self.out.everything:
            return f" ({len(names)} points)"
        return f": {listed(names)}" if names else ""

    # What must be known

    def _to_be_known(self) -> None:
        summary = self.summary
        if not (summary.questions or summary.lists):
            return
        self.out.heading("TO BE KNOWN", "what would decide the rest, and for how many duties")
        if self.out.everything:
            for part in dict.fromkeys(question.part for question in summary.questions):
                own = [question for question in summary.questions if question.part == part]
                self.out.page.paragraph([Piece(part, "strong"), Piece(f"({len(own)})")], indent=1)
                self._questions(own)
        else:
            shown = summary.questions[: self.out.most("asked")]
            self._questions(shown)
            self.out.more(len(summary.questions) - len(shown), 3)
        lists = summary.lists[: self.out.most("asked")]
        if lists:
            asked = [f"{uncapitalised(one.title)} ({one.duties})" for one in lists]
            rest = len(summary.lists) - len(lists)
            more = f" … and {rest} more" if rest else ""
            self.out.asked([Piece(f"Is the record complete on {listed(asked)}{more}?")])
            names = ", ".join(one.need for one in lists)
            self.out.faint(f"Where it is, say so in the file: `complete: [{names}]`.", 3)

    def _questions(self, questions: Sequence[Question]) -> None:
        for question in questions:
            count = Piece(f"({number_of(question.duties, 'duty', 'duties')})", "faint")
            self.out.asked([Piece(question.asks), count])

    # Warnings, excuses

    def _warnings(self) -> None:
        warnings = self.summary.warnings
        if not warnings:
            return
        self.out.heading("WARNINGS")
        shown = warnings[: self.out.most("others")]
        for warning in shown:
            text = f"{warning.message} {warning.cure} ({warning.place})"
            self.out.page.paragraph([Piece(text)], indent=3, lead=Piece("!", "maybe"))
        self.out.more(len(warnings) - len(shown), 3)

    def _excused(self) -> None:
        if self.summary.excused:
            self.out.heading("EXCUSED")
            self.out.entries(self.summary.excused, "=", "good", "others", reason)

    # What it rests on

    def _basis(self) -> None:
        basis = self.summary.basis
        self.out.heading("BASIS", f"{basis.decided} of {basis.counted} duties decided")
        rest = basis.counted - basis.decided
        reasons = ", ".join(f"{why} ({count})" for why, count in basis.why_not)
        counts = " · ".join(f"{count}{KEPT}{status_in_words(s)}" for s, count in basis.statuses)
        why_not = f"{rest} not: {reasons}. " if rest else ""
        self.out.page.paragraph([Piece(f"{why_not}{counts}.")], indent=1)

    def _reached(self) -> None:
        summary = self.summary
        if not (summary.reached or summary.may_be_reached):
            return
        self.out.heading("THRESHOLDS AND PATHWAYS", "" if summary.reached else "none on record")
        for engaged in summary.reached:
            self._engaged(engaged, Piece(f"• {engaged.kind}"))
        if self.out.everything:
            for engaged in summary.may_be_reached:
                self._engaged(engaged, Piece("? not known", "maybe"))
        elif summary.may_be_reached:
            count = number_of(len(summary.may_be_reached), "more", "more")
            self.out.faint(f"Whether {count} apply is not known (--all).", 1)

    def _engaged(self, engaged: Engaged, lead: Piece) -> None:
        several = len(engaged.items) > 1 or not engaged.why
        items = f" ({listed(engaged.items)})" if engaged.items and several else ""
        why = f"Recorded: {'; '.join(engaged.why)}." if engaged.why else ""
        cite = self.out.cite(engaged.cite, most=1)
        pieces = [Piece(sentence(f"{engaged.title}{items}")), Piece(why, "faint"), cite]
        self.out.page.paragraph(pieces, indent=INDENT, lead=lead)

    def _uncheckable(self) -> None:
        cards = [one.card for one in self.summary.uncheckable if one.pathway or self.out.everything]
        if not cards:
            return
        self.out.heading("NOT FOR A RECORD TO SHOW", "for people to judge")
        shown = cards[: self.out.most("others")]
        for card in shown:
            why = f" {card.not_checkable}" if self.out.everything else ""
            pieces = [Piece(f"{sentence(card.title)}{why}"), self.out.cite(card.cite, most=1)]
            self.out.page.paragraph(pieces, indent=3, lead=Piece("•"))
        self.out.more(len(cards) - len(shown), 3)

    def _ambiguities(self) -> None:
        """Questions for the authority; in short those that a line above hangs on."""
        summary = self.summary
        above = {entry.card.question for entry in (*summary.possible_gaps, *summary.due_next)}
        shown = [one for one in summary.ambiguities if self.out.everything or one.id in above]
        if shown:
            self.out.heading("QUESTIONS FOR THE AUTHORITY", "the text leaves them open")
        for one in shown:
            self.out.asked([Piece(one.asks), Piece(f"({'; '.join(one.duties)})", "faint")])

    # Everything

    def _all_duties(self) -> None:
        summary = self.summary
        self._list("MET", "+", summary.met)
        self._list("NOT KNOWN", "?", summary.undetermined)
        self._list("NOT APPLICABLE", "–", summary.not_applicable)

    def _list(self, name: str, symbol: str, entries: Sequence[Entry]) -> None:
        lines = [(entry, line) for entry in entries for line in entry.lines]
        if lines:
            self.out.heading(name, str(len(lines)))
        for entry, line in lines:
            what = f": {line.what}" if line.what else ""
            title, why = Piece(f"{entry.title}{what}."), Piece(line.verdict.why)
            cite = self.out.cite(line.cite, line.unverified)
            self.out.page.paragraph([title, why, cite], indent=3, lead=Piece(symbol))

    # The last lines

    def _foot(self) -> None:
        note = f"{UNVERIFIED}{KEPT}Not yet checked against the published edition."
        mark = note if self.out.marked else ""
        engines = _engines(self.summary.assessment.second_engine)
        self.out.page.blank()
        self.out.faint(f"{CLOSING} {self.out.citations.legend()} {mark}")
        self.out.faint(engines)


def _engines(second: str) -> str:
    if second == "agrees":
        return "Two engines agree."
    if second.startswith("differs"):
        return "Engines differ: an internal fault. Do not rely on this report."
    why = "the second was not asked" if second == "not asked" else second
    return f"One engine only: {why}."
