"""A case file becomes a case: what is recorded, as written and not yet interpreted."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.errors import Problem
from engine.load.case import read_case_file, read_cases, written
from engine.load.document import parse_document
from engine.model.case import Case, Coverage, Item, Period
from engine.model.fact import Dictionary
from tests.load.conftest import TODAY, Read


def only(found: tuple[list[Case], list[Problem]]) -> Case:
    """The one case of a file without errors."""
    cases, problems = found
    assert problems == []
    return cases[0]


def day(text: str) -> Period:
    """The period of one day."""
    return Period(date.fromisoformat(text), date.fromisoformat(text))


def test_a_record_is_a_tree_of_parts_and_lists(read: Read) -> None:
    """Facts, checklists, companions, parts and lists each have their place."""
    case = only(
        read(
            "case: a1\nauthority: norfolk\nas_of: 2025-05-30\n"
            "child: {disabled: yes}\n"
            "referrals:\n"
            "  - received: 2025-03-10\n"
            "    decision:\n"
            "      made: 2025-03-11\n"
            "      made_by: team_manager\n"
            "      answered: {immediate_protection: no, immediate_protection_by: teacher}\n"
            "    assessment:\n"
            "      concluded_planned: 2025-06-10\n"
            "      agencies: [{contacted: refused}, {}]\n"
        )
    )
    assert (case.label, case.authority, case.as_of) == ("a1", "norfolk", date(2025, 5, 30))
    assert case.record == Item(
        parts={"child": Item({"disabled": "yes"})},
        lists={
            "referral": (
                Item(
                    {"received": day("2025-03-10")},
                    {
                        "decision": Item(
                            {
                                "made": day("2025-03-11"),
                                "made_by": "team_manager",
                                "answered.immediate_protection": "no",
                                "answered.immediate_protection_by": "teacher",
                            }
                        ),
                        "assessment": Item(
                            {"concluded_planned": day("2025-06-10")},
                            lists={"agency": (Item({"contacted": "refused"}), Item())},
                        ),
                    },
                ),
            )
        },
    )


@pytest.mark.parametrize(
    ("written_value", "recorded"),
    [
        ("2025-02-03", day("2025-02-03")),
        ("2025-02", Period(date(2025, 2, 1), date(2025, 2, 28))),
        ("2024-02", Period(date(2024, 2, 1), date(2024, 2, 29))),
        ("2024-12", Period(date(2024, 12, 1), date(2024, 12, 31))),
        ("2025-02-03/2025-02-17", Period(date(2025, 2, 3), date(2025, 2, 17))),
        ("yes", "yes"),
        ("true", "yes"),
        ("no", "no"),
        ("false", "no"),
        ("refused", "refused"),
        ("not_known", "not_known"),
    ],
)
def test_the_values_of_an_event(written_value: str, recorded: object, read: Read) -> None:
    """Days, vague dates and the four words stay distinct; `true` is `yes`."""
    case = only(read(f"referrals: [{{acknowledged: {written_value}}}]"))
    assert case.record.lists["referral"][0].facts == {"acknowledged": recorded}


def test_an_empty_list_and_an_absent_one_differ(read: Read) -> None:
    """`[]` says that the record holds none; leaving the list out says nothing."""
    assert only(read("referrals: []")).record.lists == {"referral": ()}
    assert only(read("child: {}")).record == Item(parts={"child": Item()})


def test_what_a_case_covers(read: Read) -> None:
    """Parts, windows, single facts and whole checklists; lists that are complete."""
    case = only(
        read(
            "as_of: 2025-05-30\n"
            "covers: [referral, {hospital: {from: 2025-04-01}}, assessment.concluded,"
            " decision.answered]\n"
            "complete: [assessment.agencies]\n"
        )
    )
    assert case.coverage == Coverage(
        {"referral": None, "hospital": date(2025, 4, 1)},
        frozenset(
            {
                "assessment.concluded",
                "decision.answered.type_of_response",
                "decision.answered.immediate_protection",
            }
        ),
        frozenset({"assessment.agencies"}),
    )


def test_one_case_needs_no_label(read: Read) -> None:
    """A file of one child may leave `case` out; the label then says nothing."""
    assert only(read("child: {}")).label == "child"


def test_a_household_is_a_case_for_each_child(read: Read) -> None:
    """The cases come in the order of the file; one with an error does not hide the others."""
    cases, problems = read(
        "cases:\n  - case: a1\n  - {case: a2, child: {disabled: maybe}}\n  - case: a3\n"
    )
    assert [case.label for case in cases] == ["a1", "a3"]
    assert [(problem.code, problem.place.line) for problem in problems] == [("C116", 3)]


def test_all_errors_of_a_file_come_at_once_in_their_order(read: Read) -> None:
    """Errors of every kind stand side by side, by line and column."""
    cases, problems = read(
        "case: a b\nas_of: 2026-01-01\ncovers: [x]\nchild: {born: soon, surname: S}\nzzz: 1\n"
    )
    assert cases == []
    assert [problem.code for problem in problems] == [
        "C120",
        "C131",
        "C133",
        "C113",
        "C103",
        "C101",
    ]


def test_the_day_asked_is_no_future(read: Read) -> None:
    """`as_of` may be today, the last day on which a record can speak."""
    assert only(read(f"as_of: {TODAY}")).as_of == TODAY


def test_a_case_inside_another_document(dictionary: Dictionary) -> None:
    """A case can stand below a path, as in a scenario; places stay those of the file."""
    document = parse_document(b"- case: {child: {born: soon}}\n", "scenario.yaml")
    cases, problems = read_cases(document, dictionary, TODAY, (0, "case"))
    assert cases == []
    assert [str(problem.place) for problem in problems] == ["scenario.yaml:1:18"]


def test_a_case_is_written_for_a_person_to_read(read: Read, dictionary: Dictionary) -> None:
    """The order is that of the dictionary, whatever the order of the file."""
    text = (
        "hospital_stays: []\nreferrals:\n  - decision: {answered: {type_of_response: yes}}\n"
        "    received: 2025-02\nchild: {born: 2015-02-01/2015-02-03}\ncomplete: [referrals]\n"
        'covers: [referral, {hospital: {from: 2025-01-01}}]\nas_of: 2025-05-30\ncase: "12"\n'
    )
    assert written(only(read(text)), dictionary) == (
        'case: "12"\n'
        "as_of: 2025-05-30\n"
        "covers:\n"
        "  - {hospital: {from: 2025-01-01}}\n"
        "  - referral\n"
        "complete:\n"
        "  - referrals\n"
        "child:\n"
        "  born: 2015-02-01/2015-02-03\n"
        "referrals:\n"
        "  - received: 2025-02\n"
        "    decision:\n"
        "      answered:\n"
        "        type_of_response: yes\n"
        "hospital_stays: []\n"
    )


@pytest.mark.parametrize("label", ["-", "---", ".", "1e5", "No", "null", "y", "2025-01-01"])
def test_any_label_reads_back(label: str, read: Read, dictionary: Dictionary) -> None:
    """Labels that YAML would take for something else are quoted."""
    case = Case(label, None, None, Coverage(), Item(), "case.yaml")
    assert only(read(written(case, dictionary))).label == label


def test_nothing_is_left_out_in_writing(dictionary: Dictionary) -> None:
    """A fact that the dictionary does not have is refused, not dropped."""
    case = Case("a1", None, None, Coverage(), Item({"zebra": "yes"}), "case.yaml")
    with pytest.raises(ValueError, match="no place for zebra in a case"):
        written(case, dictionary)


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, dictionary: Dictionary) -> None:
    """One bad file raises nothing, so that the next can be read."""
    cases, problems = read_case_file(tmp_path / "none.yaml", dictionary, TODAY)
    assert (cases, [problem.code for problem in problems]) == ([], ["D101"])


def test_standard_input(monkeypatch: pytest.MonkeyPatch, dictionary: Dictionary) -> None:
    """`-` reads standard input, YAML or JSON, and names it in messages."""
    for text in (b"case: a1\nchild: {born: soon}", b'{"case": "a1", "child": {"born": "soon"}}'):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text)))
        _, problems = read_case_file("-", dictionary, TODAY)
        assert [problem.place.file for problem in problems] == ["standard input"]


def test_orders_within_a_vague_date_are_possible(read: Read) -> None:
    """A warning is given only where no day of the period fits."""
    case = only(read("hospital_stays: [{admitted: 2025-03, discharged: 2025-03-01}]"))
    assert case.warnings == ()


def test_a_planned_date_is_no_warning(read: Read) -> None:
    """Plans lie ahead, as do dates that arrive by themselves."""
    case = only(
        read(
            "as_of: 2025-05-01\nchild: {expected_birth: 2025-09-01}\n"
            "referrals: [{received: 2025-04-01, assessment: {concluded_planned: 2025-06-01}}]"
        )
    )
    assert case.warnings == ()
