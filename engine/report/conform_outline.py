"""What `conform` found, in words: sections by verdict, what differs, and the cases that show it.

In: a `Conformance`. Out: a `Told`, which is written as text, Markdown or JSON.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from engine.analysis.conform import VERDICTS, Compared, Conformance, Met, Verdict
from engine.model.fact import Dictionary
from engine.proof.calendar import FIRST, LAST
from engine.proof.slices import AT_MOST
from engine.proof.strictness import Said, Shown
from engine.report.differences import Difference, Differences
from engine.report.words import day_in_words, number_of, span_in_words, status_in_words

MEANING: dict[Verdict, str] = {
    "weaker": "in some case only the national duty finds a gap or asks at all, or it is stronger",
    "incomparable": "each is stricter than the other in some way",
    "not covered": "nothing here asks for it",
    "not decided": "the proof was not finished within the steps allowed; look at these yourself",
    "stricter": "in some case only the local duty finds a gap or asks at all, or it is stronger",
    "equal": "the local document says the same",
    "inherited": "the local document is silent, and the national duty holds",
}


class Example(NamedTuple):
    """A case that shows a difference: what it is a case of, its file's name, and what is said.

    `who` (`national` or `local`) is the one duty that finds a gap in it, or asks for anything.
    """

    who: str
    shows: str
    name: str
    lines: tuple[str, ...]


class Entry(NamedTuple):
    """A national duty and what was found of it."""

    id: str
    title: str
    source: str
    local: tuple[str, ...]
    differences: tuple[Difference, ...]
    examples: tuple[Example, ...]
    reason: str


class Told(NamedTuple):
    """The whole comparison in words."""

    title: str
    summary: str
    sections: tuple[tuple[Verdict, tuple[Entry, ...]], ...]
    requirements: tuple[tuple[str, str, bool, str], ...]  # title, local clauses or "", met, id
    proof: str


def told(found: Conformance, dictionary: Dictionary) -> Told:
    """The comparison in words."""
    words = Differences(found.national, found.local, dictionary)
    reasons = {change.rule: change.reason or "" for change in found.local.changes}
    sections = tuple(
        (verdict, tuple(_entry(one, words, reasons) for one in found.of(verdict)))
        for verdict in VERDICTS
        if found.of(verdict)
    )
    counts = ", ".join(f"{len(entries)} {verdict}" for verdict, entries in sections)
    dates = "" if found.extends else " The dates of both documents are set aside."
    return Told(
        f"{found.local.title} compared with {found.national.title}",
        f"{number_of(len(found.duties), 'national duty', 'national duties')}: {counts}. Beside "
        f"them the local document has {number_of(found.own, 'duty', 'duties')} of its own.{dates}",
        sections,
        tuple(_requirement(met, words) for met in found.requirements),
        "Where a changed duty is said to be stricter or equal, no record exists in which the "
        "national duty finds a gap, or asks for anything, and the local one does not: proved for "
        f"every day from {day_in_words(date.fromordinal(FIRST))} to "
        f"{day_in_words(date.fromordinal(LAST))} and up to {AT_MOST} items in each list that a "
        "condition looks through.",
    )


def case_name(duty: str, who: str) -> str:
    """The name of the file with a case that shows a difference."""
    return f"{duty.replace('/', '.')}-{who}.yaml"


def _entry(one: Compared, words: Differences, reasons: dict[str, str]) -> Entry:
    duty = one.national
    differences = [d for local in one.local[:1] for d in words.of(duty, local)]
    examples = [
        _example(one, who, shown)
        for who, shown in (("national", one.weaker), ("local", one.stricter))
        if shown is not None
    ]
    return Entry(
        duty.id,
        duty.title,
        words.cites(1, one.local[0].cite) if one.local else words.cites(0, duty.cite),
        tuple(local.id for local in one.local),
        tuple(differences),
        tuple(examples),
        reasons.get(duty.id) or reasons.get(duty.checklist or "", ""),
    )


def _example(one: Compared, who: str, shown: Shown) -> Example:
    what = "finds a gap" if shown.of == "gap" else "asks for anything"
    local = said("Local", shown.second) if one.local else "Local: nothing is asked."
    return Example(
        who,
        f"A case in which only the {who} duty {what}",
        case_name(one.national.id, who),
        (said("National", shown.first), local),
    )


def said(whose: str, what: Said) -> str:
    """`National: overdue. The clock started on 3 March 2025. Due by 10 March 2025 and …`."""
    role = what.duty.endswith("/role")
    days = []
    if what.start and what.start.first and what.start.first == what.start.last:
        days.append(f"The clock started on {day_in_words(what.start.first)}")
    owed = what.status != "not_applicable"
    if owed and what.due and what.due.first and span_in_words(what.due) not in what.why:
        days.append(f"{'due' if days else 'Due'} by {span_in_words(what.due)}")
    dated = f" {'; '.join(days)}." if days else ""
    return f"{whose}: {status_in_words(what.status, role=role)}.{dated} {what.why}"


def _requirement(met: Met, words: Differences) -> tuple[str, str, bool, str]:
    asked = met.requirement
    return asked.title, words.cites(1, met.clauses), bool(met.clauses), asked.id
