"""What a return says of the child itself, and how entries of one child come together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.errors import InvalidInput
from engine.model.case import Case, Period
from engine.sector.cin_census import Import

Read = Callable[..., Import]
CaseOf = Callable[..., Case]
Day = Callable[[str], Period]


def disabilities(*codes: str) -> str:
    inner = "".join(f"<Disability>{code}</Disability>" for code in codes)
    return f"<Disabilities>{inner}</Disabilities>"


def entry(identifier: str, who: str, details: str = "") -> str:
    return (
        f"<Child><ChildIdentifiers><LAchildID>{identifier}</LAchildID>{who}</ChildIdentifiers>"
        f"{details}</Child>\n"
    )


@pytest.mark.parametrize(
    ("element", "sex"),
    [
        ("<GenderCurrent>1</GenderCurrent>", "male"),
        ("<GenderCurrent>2</GenderCurrent>", "female"),
        ("<GenderCurrent>0</GenderCurrent>", "not_known"),
        ("<GenderCurrent>9</GenderCurrent>", "not_known"),
        ("<Sex>M</Sex>", "male"),
        ("<Sex>F</Sex>", "female"),
        ("<Sex>U</Sex>", "not_known"),
        ("<Sex>1</Sex>", "male"),
        ("<Sex>F</Sex><GenderCurrent>1</GenderCurrent>", "not_known"),
        ("<Sex>X</Sex>", "not_known"),
        ("", None),
    ],
)
def test_sex_in_the_codes_of_every_year(case_of: CaseOf, element: str, sex: str | None) -> None:
    """Numbers until 2024 and letters since 2025 are read alike; a contradiction is not known."""
    assert case_of(who=element).record.parts.get("child", case_of().record).facts.get("sex") == sex


@pytest.mark.parametrize(
    ("codes", "disabled"),
    [
        (["NONE"], "no"),
        (["HAND", "HEAR"], "yes"),
        (["NONE", "AUT"], "not_known"),
        (["ZZ"], None),
        ([], None),
    ],
)
def test_disability(case_of: CaseOf, codes: list[str], disabled: str | None) -> None:
    """Any disability makes the child disabled; only the code for none says that it is not."""
    record = case_of(who="<Sex>F</Sex>", characteristics=disabilities(*codes)).record
    assert record.parts["child"].facts.get("disabled") == disabled


def test_which_disability_is_listed_and_never_carried(read: Read) -> None:
    """A case holds no detail of health; the list says so without repeating the code."""
    result = read(
        "<Child><ChildIdentifiers><LAchildID>c1</LAchildID></ChildIdentifiers>"
        f"<ChildCharacteristics>{disabilities('AUT')}</ChildCharacteristics></Child>"
    )
    listed = [one for one in result.not_carried if one.path.endswith("/Disability")]
    assert "and not how" in listed[0].why
    assert "AUT" not in str(result)


def test_a_birth_settles_whether_the_child_is_unborn(case_of: CaseOf, day: Day) -> None:
    """A child with a date of birth up to the reference date is born."""
    facts = case_of(who="<PersonBirthDate>2025-03-31</PersonBirthDate>").record.parts["child"].facts
    assert facts == {"born": day("2025-03-31"), "unborn": "no"}


def test_an_unborn_child(case_of: CaseOf, day: Day) -> None:
    """Expected after the reference date and no date of birth: not yet born."""
    expected = "<ExpectedPersonBirthDate>2025-06-01</ExpectedPersonBirthDate>"
    facts = case_of(who=expected).record.parts["child"].facts
    assert facts == {"born": "no", "unborn": "yes", "expected_birth": day("2025-06-01")}


def test_an_expected_birth_that_has_passed_settles_nothing(case_of: CaseOf, day: Day) -> None:
    """The child may have been born, or not; the return does not say."""
    expected = "<ExpectedPersonBirthDate>2025-01-01</ExpectedPersonBirthDate>"
    facts = case_of(who=expected).record.parts["child"].facts
    assert facts == {"expected_birth": day("2025-01-01")}


def test_entries_of_one_child_come_together(read: Read) -> None:
    """The same identifier twice is one case with the episodes of both, and a warning."""
    born = "<PersonBirthDate>2015-01-01</PersonBirthDate>"
    referral = "<CINdetails><CINreferralDate>{}</CINreferralDate></CINdetails>"
    result = read(
        entry("c1", born, referral.format("2024-05-01"))
        + entry("c1", born, referral.format("2024-06-01"))
    )
    (case,) = result.cases
    assert len(case.record.lists["referral"]) == 2
    assert [one.code for one in result.problems] == ["S110"]


def test_children_with_one_identifier_are_kept_apart(read: Read) -> None:
    """Different dates of birth: two children, whatever the identifier says."""
    result = read(
        entry("c1", "<PersonBirthDate>2015-01-01</PersonBirthDate>")
        + entry("c1", "<PersonBirthDate>2016-01-01</PersonBirthDate>")
    )
    assert [case.label for case in result.cases] == ["c1", "child-0002"]
    assert {one.code for one in result.problems} == {"S111", "S112"}


def test_an_entry_that_only_repeats_is_listed(read: Read) -> None:
    """The very same entry twice changes nothing."""
    result = read(entry("c1", "<Sex>F</Sex>") * 2)
    assert len(result.cases) == 1
    assert any(one.path == "Message/Children/Child" for one in result.not_carried)


def test_numbers_of_national_registers_never_get_through(read: Read) -> None:
    """Neither in a case nor in a message, even if one is the authority's own identifier."""
    upn = "A123456789012"
    result = read(entry(upn, f"<UPN>{upn}</UPN>") + entry("9434765919", "<UPN>X9</UPN>"))
    assert [case.label for case in result.cases] == ["child-0001", "child-0002"]
    assert [one.code for one in result.problems] == ["S112"]
    assert upn not in str(result)
    assert "9434765919" not in str(result)
    listed = [one.path.rsplit("/", 1)[1] for one in result.not_carried]
    assert {"LAchildID", "UPN"} <= set(listed)


def test_a_return_without_children_is_refused(read: Read) -> None:
    """Nothing to import is an error, no empty success."""
    with pytest.raises(InvalidInput) as caught:
        read("")
    assert [one.code for one in caught.value.problems] == ["S109"]
