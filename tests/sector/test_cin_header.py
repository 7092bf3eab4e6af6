"""The header says which return it is, up to which day it speaks and whose it is."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from engine.errors import InvalidInput
from engine.sector.cin_census import Import

Read = Callable[..., Import]
CHILD = "<Child><ChildIdentifiers><LAchildID>c1</LAchildID></ChildIdentifiers></Child>"


def header(
    collection: str = "<Collection>CIN</Collection>",
    reference: str = "<ReferenceDate>2025-03-31</ReferenceDate>",
    source: str = "<LEA>926</LEA>",
) -> str:
    return (
        f"<Header><CollectionDetails>{collection}\n{reference}</CollectionDetails>"
        f"<Source>{source}</Source></Header>"
    )


@pytest.mark.parametrize(
    ("code", "authority"),
    [("926", "norfolk"), ("370", "barnsley"), ("812", "nel"), ("201", "la-201")],
)
def test_the_authority_goes_by_its_protocol(read: Read, code: str, authority: str) -> None:
    """An authority with a protocol here is named by it, so that `check` finds it."""
    result = read(CHILD, header(source=f"<LEA>{code}</LEA>"))
    assert result.cases[0].authority == authority


def test_the_record_speaks_up_to_the_reference_date(read: Read) -> None:
    """Nothing is known of what came after it."""
    assert read(CHILD, header()).cases[0].as_of == datetime.date(2025, 3, 31)


@pytest.mark.parametrize("source", ["", "<LEA>Norfolk</LEA>", "<LEA>926</LEA><LEA>370</LEA>"])
def test_without_an_authority_it_goes_on(read: Read, source: str) -> None:
    """A missing or unreadable code is a warning; the cases name no authority."""
    result = read(CHILD, header(source=source))
    assert result.cases[0].authority is None
    assert [one.code for one in result.problems] == ["S113"]


def test_a_return_made_early_is_warned_of(read: Read) -> None:
    """What happened between making it and its reference date would read as not done."""
    source = "<LEA>926</LEA><DateTime>2025-02-01T10:00:00</DateTime>"
    (problem,) = read(CHILD, header(source=source)).problems
    assert (problem.code, problem.severity) == ("S114", "warning")
    assert "--as-of" in problem.cure


def test_a_return_made_on_the_day_or_later_is_not(read: Read) -> None:
    """Most returns are made in the months after the reference date."""
    for day in ("2025-03-31", "2025-05-01T10:00:00Z"):
        source = f"<LEA>926</LEA><DateTime>{day}</DateTime>"
        assert read(CHILD, header(source=source)).problems == ()


@pytest.mark.parametrize(
    ("changed", "code", "line"),
    [
        (header(collection="<Collection>CLA</Collection>"), "S107", 2),
        (header(collection=""), "S107", 2),
        (header(reference=""), "S108", 2),
        (header(reference="<ReferenceDate>31/03/2025</ReferenceDate>"), "S108", 3),
        (header(reference="<ReferenceDate>2025-03-31</ReferenceDate>" * 2), None, 0),
        ("", "S107", 1),
    ],
)
def test_what_a_header_needs(read: Read, changed: str, code: str | None, line: int) -> None:
    """Another collection or no reference date is an error at its place, with a cure."""
    if code is None:
        assert read(CHILD, changed).cases
        return
    with pytest.raises(InvalidInput) as caught:
        read(CHILD, changed)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line) == (code, line)
    assert problem.cure
    assert "31/03/2025" not in str(problem)
    assert "CLA" not in str(problem)
