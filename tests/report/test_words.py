"""Plain words: dates, days left, citations, recorded values."""

from __future__ import annotations

from datetime import date

import pytest

from engine.model.fact import Dictionary
from engine.model.finding import Span
from engine.model.program import Program
from engine.report.words import (
    Citations,
    days_in_words,
    fact_in_words,
    short_name,
    span_in_words,
    status_in_words,
)

APRIL, MAY = date(2025, 4, 4), date(2025, 5, 7)


@pytest.mark.parametrize(
    ("days", "words"),
    [(12, "in 12 days"), (1, "tomorrow"), (0, "today"), (-1, "yesterday"), (-3, "3 days ago")],
)
def test_days_left_in_words(days: int, words: str) -> None:
    """Both sides of today have words of their own."""
    assert days_in_words(days) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(MAY, MAY), "7 May 2025"),
        (Span(APRIL, MAY), "4 April 2025 at the earliest, 7 May 2025 at the latest"),
        (Span(APRIL, None), "4 April 2025 at the earliest"),
        (Span(None, MAY), "7 May 2025 at the latest"),
        (Span(None, None), "a date not known"),
    ],
)
def test_a_vague_date_says_how_vague(span: Span, words: str) -> None:
    """A date that is not known exactly is never shown as if it were."""
    assert span_in_words(span) == words


def test_a_missed_role_is_the_wrong_person() -> None:
    """Of a role result, overdue means that the wrong person did it."""
    assert status_in_words("overdue", role=True) == "wrong person"
    assert status_in_words("not_evidenced") == "not evidenced"


def test_short_names_of_protocols() -> None:
    """An authority's name reads as a name, an abbreviation as one."""
    assert [short_name(id_) for id_ in ("norfolk", "nel", "wt2023", "north-bay")] == [
        "Norfolk",
        "NEL",
        "WT2023",
        "North Bay",
    ]


def test_the_own_protocols_clauses_come_first(harbour: Program) -> None:
    """Grouped by protocol, the local one first, cut with how many are left out, and a legend."""
    citations = Citations(harbour)
    cites = [("nat2024", "guidance", "nat2024-x"), ("harbour", "protocol", "6.p5")]
    assert citations.write(cites).replace("\xa0", " ") == "[Harbour 6.p5; NAT2024 x]"
    assert citations.write(cites, most=1).replace("\xa0", " ") == "[Harbour 6.p5 +1]"
    assert citations.write([]) == ""
    assert citations.legend() == "NAT2024: National guidance made up for tests."


def test_a_document_beside_the_first_is_named(harbour: Program) -> None:
    """A clause of an update is told from one of the main document."""
    text = Citations(harbour).write([("harbour", "update", "ch1.p20")])
    assert text.replace("\xa0", " ") == "[Harbour update ch1.p20]"


def test_what_is_recorded_has_the_dictionarys_titles(dictionary: Dictionary) -> None:
    """A path and a code become the title of the fact and of the word."""
    text = fact_in_words("decision.outcome: section_17_assessment", dictionary)
    assert "section_17" not in text
    assert text.startswith(dictionary.facts["decision.outcome"].title)
    assert fact_in_words("child.disabled: yes", dictionary) == (
        dictionary.facts["child.disabled"].title
    )
