"""Returns for the tests: made of the parts that a test is about, in a file of their own."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.load.dictionary import read_dictionary
from engine.model.case import Case, Item, Period
from engine.model.fact import Dictionary
from engine.sector.cin_census import Import, read_cin

HEADER = """<Header>
<CollectionDetails><Collection>CIN</Collection><Year>2025</Year>
<ReferenceDate>2025-03-31</ReferenceDate></CollectionDetails>
<Source><LEA>926</LEA></Source>
</Header>"""

Read = Callable[..., Import]
ReadCase = Callable[..., Case]


@pytest.fixture
def dictionary() -> Dictionary:
    return read_dictionary()


@pytest.fixture
def read(tmp_path: Path, dictionary: Dictionary) -> Read:
    """Reads a return whose `Children` hold the text given."""

    def reads(children: str, header: str = HEADER) -> Import:
        path = tmp_path / "return.xml"
        text = f"<Message>\n{header}\n<Children>\n{children}\n</Children>\n</Message>"
        path.write_text(text, encoding="utf-8")
        return read_cin(path, dictionary)

    return reads


@pytest.fixture
def case_of(read: Read) -> ReadCase:
    """Reads the case of one child, whose episode, identifiers and characteristics are given."""

    def reads(details: str = "", who: str = "", characteristics: str = "") -> Case:
        episode = f"<CINdetails>{details}</CINdetails>" if details else ""
        result = read(
            f"<Child><ChildIdentifiers><LAchildID>c1</LAchildID>{who}</ChildIdentifiers>"
            f"<ChildCharacteristics>{characteristics}</ChildCharacteristics>{episode}</Child>"
        )
        return result.cases[0]

    return reads


@pytest.fixture
def episode(case_of: ReadCase) -> Callable[[str], Item]:
    """The record of a child with the one episode given."""
    return lambda details: case_of(details).record


@pytest.fixture
def day() -> Callable[[str], Period]:
    """A day as a case holds it."""

    def exactly(text: str) -> Period:
        date = datetime.date.fromisoformat(text)
        return Period(date, date)

    return exactly
