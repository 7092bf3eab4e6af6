"""JUnit XML is well formed and says what was found, whatever the texts contain."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from engine.report.junit import JUnitCase, junit_xml

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


def _read(xml: str) -> ET.Element:
    return ET.fromstring(xml.encode())  # noqa: S314 - our own


def test_counts_and_places() -> None:
    """A suite counts its tests and failures, and each case has its place."""
    cases = [
        JUnitCase("on time", "norfolk", "a.yaml", 3, None),
        JUnitCase("late", "norfolk", "a.yaml", 9, "- expected met\n+ found late"),
    ]
    suite = _read(junit_xml("scenarios", cases))[0]
    assert suite.attrib | {"name": "scenarios", "tests": "2", "failures": "1"} == suite.attrib
    passed, failed = suite
    assert passed.attrib == {
        "name": "on time", "classname": "norfolk", "file": "a.yaml", "line": "3"
    }  # fmt: skip
    assert not list(passed)
    assert failed[0].get("message") == "- expected met"
    assert failed[0].text == "- expected met\n+ found late"


def test_a_case_of_a_whole_file_has_no_line() -> None:
    """Line 0 is left out: some readers take it for a place."""
    xml = junit_xml("scenarios", [JUnitCase("a", "b", "c.yaml", 0, None)])
    assert "line" not in _read(xml)[0][0].attrib


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_is_well_formed_and_seen(name: str, failure: str) -> None:
    """Control characters, half a surrogate pair, `]]>`: all is text in the document."""
    xml = junit_xml(name, [JUnitCase(name, name, name, 1, failure)])
    case = _read(xml)[0][0]
    assert case.get("name") == case.get("file") == case.get("classname")
    assert all(line.isprintable() for line in (case[0].text or "").split("\n"))
