"""A difference in words: who is stricter, lists that are long, cases that change or do not."""

from __future__ import annotations

import pytest

from engine.analysis.diff import Diff, Pair
from engine.analysis.impact import Change
from engine.model.case import Case, Coverage, Item
from engine.model.fact import Dictionary
from engine.model.protocol import Duty, Protocol
from engine.pipeline import resolved
from engine.proof.strictness import Comparison, Measure, Said, Shown
from engine.report.diff_outline import Told, side_names, told
from engine.report.diff_text import MOST_CASES, MOST_DUTIES, diff_json, diff_text

NAMES = ("norfolk", "barnsley")
SAID = Said("x", "met", "Done.", None, None)


@pytest.fixture(scope="module")
def sides(dictionary: Dictionary) -> tuple[Protocol, Protocol]:
    one, two = (resolved(name, dictionary) for name in NAMES)
    return one, two


def shown(of: Measure = "gap") -> Shown:
    case = Case("x", None, None, Coverage({}, frozenset(), frozenset()), Item({}, {}, {}), "x")
    return Shown(case, SAID, SAID, of)


def the(side: Protocol, id_: str) -> Duty:
    return {duty.id: duty for duty in side.duties}[id_]


def pair_told(
    sides: tuple[Protocol, Protocol], dictionary: Dictionary, gaps: Comparison | None, id_: str
) -> Told:
    """The comparison of one duty that both have."""
    pair = Pair(the(sides[0], id_), the(sides[1], id_), gaps)
    return told(Diff(*sides, (), (), (pair,), 0, {}), NAMES, dictionary)


@pytest.mark.parametrize(
    ("gaps", "effect"),
    [
        (Comparison(shown(), None), "norfolk is stricter"),
        (Comparison(None, shown()), "barnsley is stricter"),
        (Comparison(None, shown("to do")), "barnsley asks for more"),
        (Comparison(shown(), shown()), "each finds a gap where the other does not"),
        (Comparison(None, None, decided=False), "which is stricter was not decided"),
        (Comparison(None, None), "the gaps found are the same, and norfolk asks more strongly"),
        (None, "not compared by the gaps they find: one of them is not judged, or of other items"),
    ],
)
def test_who_is_stricter_is_said(
    sides: tuple[Protocol, Protocol],
    dictionary: Dictionary,
    gaps: Comparison | None,
    effect: str,
) -> None:
    """By the gaps, by what is asked for, or by how strongly; or that it is not known."""
    (entry,) = pair_told(sides, dictionary, gaps, "lead-supervised").changed
    assert entry.effect == effect


def test_a_line_of_a_list_is_named_with_what_introduces_it(
    sides: tuple[Protocol, Protocol], dictionary: Dictionary
) -> None:
    """Alone it would say nothing."""
    id_ = "assessment-covers/development"
    (entry,) = pair_told(sides, dictionary, Comparison(None, None), id_).changed
    duty = the(sides[1], id_)
    assert entry.title == f"{duty.checklist_title}: {duty.title}"


def changes(duties: int, cases: int) -> tuple[Change, ...]:
    return tuple(
        Change(f"case-{case}", f"duty-{duty}", f"Title {duty}", "met", "late", "Done.", "Late.")
        for duty in range(duties)
        for case in range(cases)
    )


@pytest.mark.parametrize("width", [80, 120])
def test_what_changes_in_many_cases_stays_readable(
    sides: tuple[Protocol, Protocol], dictionary: Dictionary, width: int
) -> None:
    """Cases alike are one entry, the rest is counted; the machine's format has all."""
    in_words = pair_told(sides, dictionary, Comparison(None, None), "lead-supervised")
    many = in_words._replace(impact=changes(MOST_DUTIES + 1, MOST_CASES + 5))
    text = diff_text(many, width=width, colour=False)
    flat = " ".join(text.split())
    assert "15 cases with another status" in flat
    assert f"case-{MOST_CASES - 1} and 5 more norfolk: met. Done. barnsley: late. Late." in flat
    assert "And 1 more duty, which --format json has." in flat
    assert max(map(len, text.splitlines())) <= width
    assert len(diff_json(many)["impact"]) == (MOST_DUTIES + 1) * (MOST_CASES + 5)


def test_that_no_case_changes_is_said(
    sides: tuple[Protocol, Protocol], dictionary: Dictionary
) -> None:
    """And where no cases were given nothing is said of them."""
    none = pair_told(sides, dictionary, None, "lead-supervised")
    assert "In the cases given" not in diff_text(none, width=80, colour=False)
    asked = diff_text(none._replace(impact=()), width=80, colour=False)
    assert "In the cases given: no other status" in asked


def test_versions_of_one_protocol_are_before_and_now(sides: tuple[Protocol, Protocol]) -> None:
    """Two protocols have their short names."""
    assert side_names(sides[0], sides[0]) == ("before", "now")
    assert side_names(*sides) == NAMES
