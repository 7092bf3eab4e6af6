"""Whole returns: the samples with the cases they give, and what a case claims to hold.

A return `samples/<name>.xml` is tested as soon as it is there, against the cases in the folder
`<name>` and against `<name>.txt`: what is not carried, and the warnings.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from engine.load.case import read_case_file, written
from engine.load.dictionary import read_codes
from engine.model.case import Case
from engine.model.fact import Dictionary
from engine.sector.cin_census import COMPLETE, HELD, Import, import_cin, read_cin
from engine.sector.cin_codes import REASONS

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.xml"))
TODAY = datetime.date(2026, 4, 1)

CaseOf = Callable[..., Case]


def told(result: Import, folder: Path) -> str:
    """What is not carried, and the warnings, as a person reads them."""
    lines = [str(one) for one in (*result.not_carried, *result.problems)]
    return "\n".join(lines).replace(str(folder) + "/", "") + "\n"


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_a_sample_gives_its_cases(sample: Path, dictionary: Dictionary) -> None:
    """Every file that should be there is, and says what it should."""
    result = read_cin(sample, dictionary)
    expected = {path.name: path.read_text() for path in sample.with_suffix("").iterdir()}
    given = {f"{case.label}.yaml": written(case, dictionary) for case in result.cases}
    assert given == expected


def test_a_sample_tells_what_it_left(sample: Path, dictionary: Dictionary) -> None:
    """Place, reason and count of all that is not carried."""
    expected = sample.with_suffix(".txt").read_text()
    assert told(read_cin(sample, dictionary), sample.parent) == expected


def test_a_sample_is_read_back_by_the_main_job(
    sample: Path, tmp_path: Path, dictionary: Dictionary
) -> None:
    """The files are cases: they load without an error, as they were."""
    result = import_cin(sample, tmp_path)
    for case in result.cases:
        (read,), problems = read_case_file(tmp_path / f"{case.label}.yaml", dictionary, TODAY)
        assert problems == []
        assert (read.record, read.coverage, read.as_of) == (
            case.record,
            case.coverage,
            case.as_of,
        )


def test_a_case_claims_what_a_return_can_hold(case_of: CaseOf, dictionary: Dictionary) -> None:
    """Single facts and one list; no part is covered, so that all else stays unknown."""
    coverage = case_of().coverage
    assert coverage.parts == {}
    assert coverage.facts == set(HELD) <= dictionary.facts.keys()
    assert coverage.lists == set(COMPLETE) <= dictionary.lists.keys()


def test_every_code_of_the_census_has_a_word() -> None:
    """The dictionary knows all codes of all years."""
    codes = {name: set(words) for name, words in read_codes("cin").items()}
    assert codes["sex"] == {"F", "M", "1", "2"}
    assert codes["referral_source"] == {
        *("1A", "1B", "1C", "1D", "2A", "2B", "3A", "3B", "3C", "3D", "3E", "3F"),
        *("4", "5A", "5B", "5C", "5D", "6", "7", "8", "9"),
    }


def test_reasons_are_plain() -> None:
    """A reason ends a sentence that starts with the element, and says no more."""
    assert all(why[0].islower() and not why.endswith(".") for why in REASONS.values())


def test_a_person_is_told_first_how_much_and_up_to_when(read: Callable[..., Import]) -> None:
    """Then what is not carried, one kind a line."""
    who = "<ChildIdentifiers><LAchildID>{}</LAchildID><UPN>X</UPN></ChildIdentifiers>"
    result = read("".join(f"<Child>{who.format(label)}</Child>\n" for label in ("a", "b")))
    first, second, *listed = result.lines()
    assert first == "2 cases from the return, which speaks up to 31 March 2025."
    assert second == f"Not carried: {len(listed)} kinds of content."
    assert listed == [f"  {one}" for one in result.not_carried]
    assert "ChildIdentifiers/UPN (line 8 and 1 more): it says who the child is" in listed[-1]


def test_other_xml_is_refused(tmp_path: Path, dictionary: Dictionary) -> None:
    """Only a `Message` is a return."""
    path = tmp_path / "other.xml"
    path.write_text("<?xml version='1.0'?>\n <html/>")
    with pytest.raises(InvalidInput) as caught:
        read_cin(path, dictionary)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == ("S106", 2, 2)


def test_the_same_return_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    """Nothing depends on when or where it is read."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        import_cin(sample, folder)
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == two
