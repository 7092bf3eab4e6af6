"""A difference of two protocols on a terminal, as Markdown, as an HTML page, or as JSON.

In: a `Told`. Out: text, or values for JSON. What a file holds is text in each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from engine.analysis.impact import Change
from engine.report.diff_outline import Entry, Told
from engine.report.ledger_text import heading
from engine.report.page import Page, Piece, clean
from engine.report.protocol_markdown import escaped, table_markdown
from engine.report.words import number_of, status_in_words

MOST_DUTIES = 50  # whose changes are shown on a terminal
MOST_CASES = 10  # that are named for one of them
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;margin:1rem auto;max-width:75rem;padding:0 1rem}"
    "h1{font-size:1.4rem}h2{font-size:1.2rem}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #999;padding:.4rem;text-align:left;vertical-align:top;"
    "overflow-wrap:break-word}td:nth-child(2):nth-last-child(4){white-space:nowrap}"
    "@media(max-width:40rem){thead{display:none}tr,td{display:block}tr{margin-bottom:1rem}"
    "td:nth-child(2):nth-last-child(4){white-space:normal}td:empty{display:none}"
    "td::before{content:attr(data-label) ': ';font-weight:bold}}"
)


def diff_text(told: Told, *, width: int, colour: bool) -> str:
    """The differences for a terminal."""
    page = Page(width, colour=colour)
    page.paragraph([Piece(told.title, "strong")])
    page.paragraph([Piece(told.summary)])
    if told.whole:
        heading(page, "Differ", str(len(told.whole)))
    for number, entry in enumerate(told.whole):
        if number:
            page.blank()
        _entry(page, told, entry)
    if told.strengths:
        heading(page, "Differ in strength alone", str(len(told.strengths)))
    for entry in told.strengths:
        (one,) = entry.differences
        words = f"{told.names[0]} {one.first}, {told.names[1]} {one.second}"
        page.paragraph([*_name(entry), Piece(f"– {words}")], indent=3, at=1)
    _impact(page, told)
    for name, entries in zip(told.names, (told.only_first, told.only_second), strict=True):
        if entries:
            heading(page, f"Only in {name}", str(len(entries)))
        for entry in entries:
            source = Piece(f"({entry.id}; {entry.source})", "faint")
            page.paragraph([Piece(entry.title), source], indent=3, at=1)
    return page.text()


def _name(entry: Entry) -> tuple[Piece, Piece]:
    return Piece(entry.title, "strong"), Piece(f"({entry.id})", "faint")


def _entry(page: Page, told: Told, entry: Entry) -> None:
    """What each side says under each label, who is stricter, and a case that shows it."""
    page.paragraph(_name(entry), indent=3, at=1)
    for one in entry.differences:
        lead = Piece(one.label, "faint")
        for name, text in zip(told.names, (one.first, one.second), strict=True):
            page.paragraph([Piece(f"{name}: {text}")], indent=18, at=3, lead=lead)
            lead = Piece("")
    page.paragraph([Piece(entry.effect), Piece(f"({entry.source})", "faint")], indent=3)
    for example in entry.examples:
        page.paragraph([Piece("For example", "faint")], indent=3)
        for line in example:
            page.paragraph([Piece(line, "faint")], indent=5)


def _impact(page: Page, told: Told) -> None:
    """Which duties come out otherwise, in which cases, and why; the most frequent first."""
    if told.impact is None:
        return
    cases = len({change.case for change in told.impact})
    heading(page, "In the cases given", _count(cases))
    by_duty: dict[tuple[str, str], list[Change]] = {}
    for change in told.impact:
        by_duty.setdefault((change.title, change.duty), []).append(change)
    several = sorted(by_duty.items(), key=lambda each: -len(each[1]))
    for (title, duty), changes in several[:MOST_DUTIES]:
        name = Piece(title, "strong"), Piece(f"({duty})", "faint")
        page.paragraph([*name, Piece(f"– {number_of(len(changes), 'case')}")], indent=3, at=1)
        alike: dict[tuple[str, str], list[str]] = {}
        for change in changes:
            alike.setdefault(_statuses(change), []).append(change.case)
        for said, labels in alike.items():
            page.paragraph([Piece(_in_short(labels))], indent=3)
            for side, text in zip(told.names, said, strict=True):
                page.paragraph([Piece(f"{side}: {text}")], indent=5)
    if (more := len(several) - MOST_DUTIES) > 0:
        left = number_of(more, "more duty", "more duties")
        page.paragraph([Piece(f"And {left}, which --format json has.")])


def _count(cases: int) -> str:
    return f"{number_of(cases, 'case')} with another status" if cases else "no other status"


def _in_short(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - MOST_CASES:,} more" if len(labels) > MOST_CASES else ""
    return ", ".join(labels[:MOST_CASES]) + more


def _statuses(change: Change) -> tuple[str, str]:
    """The status and the reason on each side."""
    role = change.duty.endswith("/role")
    before, after = (
        f"{status_in_words(status, role=role)}. {why}" if status else why
        for status, why in ((change.before, change.why_before), (change.after, change.why_after))
    )
    return before, after


def diff_markdown(told: Told) -> str:
    """The differences as Markdown."""
    return "\n\n".join(_markdown(told)) + "\n"


def _markdown(told: Told) -> Iterator[str]:
    one, two = map(escaped, told.names)
    yield f"# {escaped(told.title)}"
    yield escaped(told.summary)
    if told.whole:
        yield f"## Differ ({len(told.whole)})"
        yield table_markdown(["Duty", "In what", *told.names, "Effect"], _rows(told))
    if told.strengths:
        yield f"## Differ in strength alone ({len(told.strengths)})"
        yield table_markdown(["Duty", *told.names], _strength_rows(told))
    if told.impact is not None:
        yield f"## In the cases given ({len(told.impact)})"
        yield table_markdown(["Case", "Duty", *told.names], _impact_rows(told))
    for name, entries in zip((one, two), (told.only_first, told.only_second), strict=True):
        if entries:
            yield f"## Only in {name} ({len(entries)})"
            yield "\n".join(f"- `{e.id}` {escaped(e.title)} ({escaped(e.source)})" for e in entries)


def _impact_rows(told: Told) -> Iterator[tuple[str, str, str, str]]:
    """Case, duty and what is said on each side."""
    for change in told.impact or ():
        yield change.case, f"{change.title} ({change.duty})", *_statuses(change)


def _rows(told: Told) -> Iterator[tuple[str, str, str, str, str]]:
    """One row for each way in which a duty differs, then what an example shows."""
    for entry in told.whole:
        name = f"{entry.title} ({entry.id})"
        effect = entry.effect
        for one in entry.differences:
            yield name, one.label, one.first, one.second, effect
            effect = ""
        if not entry.differences:
            yield name, "What it rests on", "", "", effect
        for example in entry.examples:
            first, second = (
                text.removeprefix(f"{side}: ")
                for side, text in zip(told.names, example, strict=True)
            )
            yield name, "For example", first, second, ""


def _strength_rows(told: Told) -> Iterator[tuple[str, str, str]]:
    for entry in told.strengths:
        (one,) = entry.differences
        yield f"{entry.title} ({entry.id})", one.first, one.second


def diff_html(told: Told) -> str:
    """The differences as a page of its own, without scripts."""
    return "\n".join(_html(told)) + "\n"


def _html(told: Told) -> Iterator[str]:
    title = _safe(told.title)
    yield '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f"<h1>{title}</h1>\n<p>{_safe(told.summary)}</p>"
    if told.whole:
        yield f"<h2>Differ ({len(told.whole)})</h2>"
        yield from _table(("Duty", "In what", *told.names, "Effect"), _rows(told))
    if told.strengths:
        yield f"<h2>Differ in strength alone ({len(told.strengths)})</h2>"
        yield from _table(("Duty", *told.names), _strength_rows(told))
    if told.impact is not None:
        yield f"<h2>In the cases given ({len(told.impact)})</h2>"
        yield from _table(("Case", "Duty", *told.names), _impact_rows(told))
    for name, entries in zip(told.names, (told.only_first, told.only_second), strict=True):
        if entries:
            yield f"<h2>Only in {_safe(name)} ({len(entries)})</h2>\n<ul>"
            for e in entries:
                yield f"<li><code>{_safe(e.id)}</code> {_safe(e.title)} ({_safe(e.source)})</li>"
            yield "</ul>"
    yield "</body>\n</html>"


def _table(labels: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table whose cells name their column, for narrow screens."""
    yield "<table>\n<thead><tr>" + "".join(f"<th>{_safe(label)}</th>" for label in labels)
    yield "</tr></thead>\n<tbody>"
    for row in rows:
        cells = (
            f'<td data-label="{_safe(label)}">{_safe(text)}</td>'
            for label, text in zip(labels, row, strict=True)
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>\n</table>"


def _safe(text: str) -> str:
    return escape(clean(text))


def diff_json(told: Told) -> dict[str, Any]:
    """The differences as JSON values."""

    def entry(one: Entry) -> dict[str, Any]:
        return {"duty": one.id, "title": one.title, "source": one.source}

    return {
        "first": told.names[0],
        "second": told.names[1],
        "summary": told.summary,
        "changed": [
            {
                **entry(one),
                "differences": [row._asdict() for row in one.differences],
                "effect": one.effect,
                "examples": [list(example) for example in one.examples],
            }
            for one in told.changed
        ],
        "impact": None if told.impact is None else [one._asdict() for one in told.impact],
        "only_first": [entry(one) for one in told.only_first],
        "only_second": [entry(one) for one in told.only_second],
    }
