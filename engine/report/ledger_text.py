"""The ledger of a document on a terminal, or as JSON.

In: what `protocol ledger` found. Out: text, or values for JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from engine.analysis.coverage import Coverage
from engine.analysis.ledger import DISPOSITIONS, OPEN, Line
from engine.analysis.ledger_findings import Finding
from engine.analysis.scenarios_of import Held
from engine.report.page import Page, Piece, cells
from engine.report.scenarios_coverage import coverage_json, coverage_line
from engine.report.words import number_of

_LEFT = ("judgement", "organisational", "definition", "information")
_MOST_SCENARIOS = 3


class LedgerReport(NamedTuple):
    """A ledger with what was found; `compared`: the clause table it was held against, if any.

    `covered`: what scenarios show of the document's protocol, if there are any.
    """

    document: str
    title: str
    lines: Sequence[Line]
    findings: Sequence[Finding]
    scenarios: dict[str, list[Held]]
    compared: str | None
    covered: Coverage | None = None


def ledger_json(report: LedgerReport) -> dict[str, Any]:
    """The report as JSON values."""
    return {
        "document": report.document,
        "title": report.title,
        "compared_with": report.compared,
        "clauses": len(report.lines),
        "dispositions": _counts(report.lines),
        "sections": {name: _counts(own) for name, own in _sections(report.lines).items()},
        "lines": [
            {
                "clause": line.clause,
                "disposition": line.disposition,
                "rules": list(line.rules),
                "note": line.note,
            }
            for line in report.lines
        ],
        "findings": [
            {
                "kind": finding.kind,
                "name": finding.name,
                "file": finding.place.file,
                "line": finding.place.line,
                "says": finding.says,
                "rules": list(finding.rules),
                "scenarios": [
                    {"title": held.title, "file": held.file, "line": held.line}
                    for held in _held(report, finding)
                ],
            }
            for finding in report.findings
        ],
        "coverage": None if report.covered is None else coverage_json(report.covered),
    }


def ledger_text(report: LedgerReport, *, width: int, colour: bool) -> str:
    """Coverage by section, what is encoded where, what has no rule, and the findings."""
    page = Page(width, colour=colour)
    page.paragraph([Piece(report.title, "strong"), Piece(f"(ledger {report.document})")])
    _coverage(page, report.lines)
    if report.covered is not None:
        page.blank()
        page.paragraph([Piece("Scenarios:", "strong"), Piece(coverage_line(report.covered))])
    _encoded(page, report.lines)
    _without_rule(page, report.lines)
    _findings(page, report)
    return page.text()


def _coverage(page: Page, lines: Sequence[Line]) -> None:
    columns = [name for name in DISPOSITIONS if any(x.disposition == name for x in lines)]
    sections = _sections(lines)
    first = max(map(cells, [*sections, "section"]))
    heading(page, "Clauses by section", number_of(len(lines), "clause"))
    if first + sum(len(c) + 2 for c in columns) > page.width:
        for name, own in {**sections, "all": lines}.items():
            page.paragraph([Piece(f"{name}:", "strong"), Piece(_in_words(own))], indent=3, at=1)
        return
    widths = [first, *map(len, columns)]
    page.row([Piece("section", "faint"), *(Piece(c, "faint") for c in columns)], widths)
    for name, own in {**sections, "all": lines}.items():
        counts = _counts(own)
        numbers = [Piece(str(counts[c] or "-").rjust(len(c))) for c in columns]
        page.row([Piece(name, "strong" if name == "all" else ""), *numbers], widths)


def _encoded(page: Page, lines: Sequence[Line]) -> None:
    heading(page, "What is encoded where")
    for line in lines:
        if line.rules:
            word = "restates" if line.disposition == "restates" else ""
            rules = ", ".join(line.rules)
            page.paragraph([Piece(word, "faint"), Piece(rules)], indent=18, lead=Piece(line.clause))


def _without_rule(page: Page, lines: Sequence[Line]) -> None:
    if unread := [line.clause for line in lines if line.disposition == OPEN]:
        heading(page, "Clauses that are open", f"{DISPOSITIONS[OPEN]} ({len(unread)})")
        page.paragraph([Piece(", ".join(unread))], indent=1)
    for name in _LEFT:
        own = [line for line in lines if line.disposition == name]
        if own:
            heading(page, f"Clauses with no rule: {name}", f"{DISPOSITIONS[name]} ({len(own)})")
        for line in own:
            page.paragraph([Piece(line.note)], indent=18, lead=Piece(line.clause))


def _findings(page: Page, report: LedgerReport) -> None:
    against = f" Held against {report.compared}." if report.compared else ""
    if not report.findings:
        page.blank()
        nothing = "Nothing is missing: each rule has its clause, each clause its rule or reason."
        page.paragraph([Piece(nothing, "good"), Piece(against)])
        return
    heading(page, "Findings", f"{len(report.findings)}.{against}")
    for finding in report.findings:
        name = Piece(f"{finding.name}: {finding.kind}.", "bad")
        page.paragraph([name, Piece(finding.says)], indent=4, at=1, lead=Piece("–"))
        where = f"{finding.place}"
        page.paragraph([Piece(where, "faint")], indent=4)
        if finding.rules and finding.kind in {"changed", "new", "vanished"}:
            beside = " (of the clause before it)" if finding.kind == "new" else ""
            rules = f"Rules to look at again{beside}: {', '.join(finding.rules)}."
            page.paragraph([Piece(rules)], indent=4)
        held = _held(report, finding)
        for one in held[:_MOST_SCENARIOS]:
            where = f"{one.file}:{one.line}"
            page.paragraph([Piece(f"Scenario: {one.title}"), Piece(where, "faint")], indent=4)
        if len(held) > _MOST_SCENARIOS:
            more = f"… and {len(held) - _MOST_SCENARIOS} more scenarios (--format json)"
            page.paragraph([Piece(more, "faint")], indent=4)


def heading(page: Page, name: str, note: str = "") -> None:
    """A heading with an empty line before it."""
    page.blank()
    page.paragraph([Piece(f"{name}:" if note else name, "strong"), Piece(note)])


def _held(report: LedgerReport, finding: Finding) -> list[Held]:
    """The scenarios of a finding's rules, each once."""
    all_ = [held for rule in finding.rules for held in report.scenarios.get(rule, [])]
    return list({(held.file, held.line): held for held in all_}.values())


def _sections(lines: Sequence[Line]) -> dict[str, list[Line]]:
    out: dict[str, list[Line]] = {}
    for line in lines:
        out.setdefault(line.section or "(no sections)", []).append(line)
    return out


def _counts(lines: Sequence[Line]) -> dict[str, int]:
    counts = Counter(line.disposition for line in lines)
    return {name: counts[name] for name in DISPOSITIONS}


def _in_words(lines: Sequence[Line]) -> str:
    return ", ".join(f"{count} {name}" for name, count in _counts(lines).items() if count)
