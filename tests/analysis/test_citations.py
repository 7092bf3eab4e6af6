"""Clauses cited, held to the ledgers: which do not exist, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.analysis.citations import citation_problems, listed_clauses
from engine.errors import InvalidInput
from engine.load.document import parse_document

TEXT = """\
documents: {protocol: {title: P, ledger: seaham}, annex: {title: A, ledger: annex}}
checks:
  - cite: [4.p1]
    duties:
      - cite: [4.p2, {annex: a.p1}]
restates: {decided: [4.p1, 4.p3]}
meets: {early-help: [{annex: a}]}
"""
LEDGERS = {"seaham": ["4.p1", "4.p2", "4.p3"], "annex": ["a.p1"]}


def told(text: str, ledgers: dict[str, list[str]] = LEDGERS) -> list[tuple[int, str, str]]:
    document = parse_document(text.encode(), "a.yaml")
    return [(p.place.line, p.code, p.message) for p in citation_problems(document, ledgers.get)]


def test_clauses_with_a_line_each_are_fine() -> None:
    """Of the first document by their id alone; a section as a whole."""
    assert told(TEXT) == []


def test_an_unknown_clause_is_told_at_its_place_wherever_it_is_cited() -> None:
    """In a block, a duty, `restates` and `meets`, each against the ledger of its document."""
    text = TEXT.replace("[4.p1]", "[4.p9]").replace("annex: a.p1", "annex: 4.p2")
    text = text.replace("4.p3", "4.p33").replace("annex: a}", "annex: b}")
    assert [(line, code) for line, code, _ in told(text)] == [
        (3, "P501"), (5, "P501"), (6, "P501"), (7, "P501"),
    ]  # fmt: skip
    assert told(text)[1][2] == "The ledger `annex` has no clause `4.p2`."


def test_a_ledger_that_is_not_there_is_told_once() -> None:
    """Its citations are not checked; those of the other document are."""
    found = told(TEXT.replace("4.p3", "4.p33"), {"seaham": LEDGERS["seaham"]})
    assert [(line, code) for line, code, _ in found] == [(1, "P502"), (6, "P501")]


def test_clauses_are_read_from_the_first_column(tmp_path: Path) -> None:
    """A ledger that is not there is None; one of bytes, or without its columns, is refused."""
    ledger = tmp_path / "a.csv"
    assert listed_clauses(ledger) is None
    header = "clause,hash,disposition,rules,note"
    ledger.write_text(f'{header}\n4.p1,x\n\n"4.p2",y\n', "utf-8")
    assert listed_clauses(ledger) == ["4.p1", "4.p2"]
    for content, code in ((b"\xff\x00", "L102"), (header.replace(",", ";").encode(), "L103")):
        ledger.write_bytes(content)
        with pytest.raises(InvalidInput) as refused:
            listed_clauses(ledger)
        assert [problem.code for problem in refused.value.problems] == [code]
