"""Any tree becomes cases or problems, and no message repeats what a person wrote."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.load.case import read_cases, written
from engine.load.document import parse_document
from engine.model.case import Case
from engine.model.fact import Dictionary
from tests.load.conftest import TODAY

Trees = st.SearchStrategy[Any]

KEYS = st.sampled_from(
    [
        *("case", "cases", "authority", "as_of", "covers", "complete", "from", "hospital"),
        *("child", "born", "referrals", "received", "decision", "answered", "hospital_stays"),
    ]
)
PERSON = "Xanthippe Featherstonehaugh"
LEAVES = st.sampled_from(["yes", "", "a1", "2025-01-06", "2025-02-30", PERSON, True, 3, "referral"])
JUNK: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(KEYS, below, max_size=4)),
    max_leaves=20,
)


@settings(max_examples=400)
@given(tree=st.one_of(st.lists(JUNK, max_size=3), st.dictionaries(KEYS, JUNK, max_size=5)))
def test_any_tree_is_cases_or_problems(tree: Any, dictionary: Dictionary) -> None:
    """No tree is too strange: it gives cases, or problems with a place, never an exception."""
    document = parse_document(json.dumps(tree).encode(), "case.json")
    cases, problems = read_cases(document, dictionary, TODAY)
    assert cases or problems
    for problem in problems:
        assert problem.place.line == 1
        assert problem.cure


@settings(max_examples=200)
@given(tree=st.dictionaries(st.one_of(KEYS, st.just(PERSON)), JUNK, max_size=5))
def test_no_message_repeats_a_name(tree: Any, dictionary: Dictionary) -> None:
    """A name that stands anywhere, as a key, a value or a label, is in no message."""
    document = parse_document(json.dumps(tree).encode(), "case.json")
    for problem in read_cases(document, dictionary, TODAY)[1]:
        assert PERSON not in str(problem)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_case_reads_back_as_it_was_written(
    data: st.DataObject, dictionary: Dictionary, right: Trees
) -> None:
    """`written` and `read_cases` are inverse, and the text is the same each time."""
    case = only_case(json.dumps(data.draw(right)), "case.json", dictionary)
    text = written(case, dictionary)
    again = only_case(text, "case.yaml", dictionary)
    assert (again.label, again.authority, again.as_of) == (case.label, case.authority, case.as_of)
    assert again.coverage == case.coverage
    assert again.record == case.record
    assert written(again, dictionary) == text


def only_case(text: str, name: str, dictionary: Dictionary) -> Case:
    """The one case in `text`, which has no errors."""
    day = TODAY.replace(year=2099, month=12, day=31)
    cases, problems = read_cases(parse_document(text.encode(), name), dictionary, day)
    assert problems == []
    return cases[0]
