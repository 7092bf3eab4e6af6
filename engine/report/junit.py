"""Test results as JUnit XML, which CI services read.

In: one `JUnitCase` a test. Out: an XML document that is well formed whatever the texts contain.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from engine.report.harmless import harmless, harmless_lines


class JUnitCase(NamedTuple):
    """One test: where it stands (`line` counts from 1, 0 is the file) and what failed, if it did.

    The first line of `failure` is its message; None is a test that passed.
    """

    name: str
    classname: str
    file: str
    line: int
    failure: str | None


def junit_xml(suite: str, cases: Sequence[JUnitCase]) -> str:
    """The XML document of one suite, named `suite`, with a final line break."""
    failed = sum(case.failure is not None for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failed), "errors": "0", "skipped": "0"}
    root = ET.Element("testsuites", {"name": harmless(suite), **counts})
    node = ET.SubElement(root, "testsuite", {"name": harmless(suite), **counts})
    for case in cases:
        _add(node, case)
    ET.indent(root)
    xml = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{xml}\n'


def _add(suite: ET.Element, case: JUnitCase) -> None:
    place = {"file": harmless(case.file)} | ({"line": str(case.line)} if case.line else {})
    names = {"name": harmless(case.name), "classname": harmless(case.classname)}
    node = ET.SubElement(suite, "testcase", names | place)
    if case.failure is not None:
        message = harmless(case.failure.partition("\n")[0])
        failure = ET.SubElement(node, "failure", {"message": message})
        failure.text = harmless_lines(case.failure)
