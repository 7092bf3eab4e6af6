"""Problems for code hosts and programs: the structure holds, whatever a file contains."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import example, given
from hypothesis import strategies as st

from engine.errors import Place, Problem
from engine.report.problems import Checked
from engine.report.problems.github import problems_github
from engine.report.problems.machine import problems_json, problems_junit, problems_sarif

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
HOSTILE = "::error::x]]>\r\n::set-output name=a::b%0A<script>\x1b[31m\u202e,:"
WRONG = Problem("P201", "There is no fact `x`.", Place("a b/n.yaml", 3, 7), "Did you mean `y`?")
WARNING = Problem("P502", "There is no ledger.", Place("n.yaml"), "", "warning")
CHECKED = [Checked("a b/n.yaml", (WRONG, WARNING), None)]


def hostile(text: str) -> list[Checked]:
    return [Checked(text, (Problem("P101", text, Place(text, 1, 1), text),), None)]


def sarif(checked: list[Checked]) -> dict[str, Any]:
    document = json.loads(problems_sarif(checked))
    assert set(document) == {"$schema", "version", "runs"}
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    return dict(run)


def test_an_annotation_names_file_line_column_and_code() -> None:
    """The cure is its second line; the last line counts."""
    first, second, last = problems_github(CHECKED).splitlines()
    assert first == (
        "::error file=a b/n.yaml,line=3,col=7,title=P201::There is no fact `x`.%0ADid you mean `y`?"
    )
    assert second == "::warning file=n.yaml,title=P502::There is no ledger."
    assert last == "1 error and 1 warning in 2 files."


@example(HOSTILE)
@given(ANY_TEXT)
def test_no_text_ends_an_annotation_or_starts_another(text: str) -> None:
    """One line a problem; its properties end where the message begins; no raw `%`."""
    command, _, end = problems_github(hostile(text)).split("\n")
    assert end == ""
    found = re.fullmatch(r"::error file=([^:,]*),line=1,col=1,title=P101::(.*)", command)
    assert found
    assert all(part.isprintable() for part in found.groups())
    assert re.sub(r"%(25|0A|0D|3A|2C)", "", command).count("%") == 0


def test_a_sarif_result_points_at_its_rule_and_place() -> None:
    """Rule and level; the place as a relative address, line and column from 1."""
    run = sarif(CHECKED)
    rules = run["tool"]["driver"]["rules"]
    wrong, warning = run["results"]
    assert [rule["id"] for rule in rules] == ["P201", "P502"]
    assert [rule["help"]["markdown"][:6] for rule in rules] == ["# P201", "# P502"]
    assert all("protocol explain" in rule["help"]["text"] for rule in rules)
    assert rules[wrong["ruleIndex"]]["id"] == wrong["ruleId"] == "P201"
    assert wrong["level"] == "error"
    assert wrong["message"] == {"text": "There is no fact `x`. Did you mean `y`?"}
    place = wrong["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20b/n.yaml"}
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert warning["level"] == "warning"
    assert "region" not in warning["locations"][0]["physicalLocation"]


@example(HOSTILE)
@given(ANY_TEXT)
def test_any_text_is_only_text_in_sarif(text: str) -> None:
    """Messages are printable, addresses are ASCII without a space or a bracket."""
    (result,) = sarif(hostile(text))["results"]
    assert result["message"]["text"].isprintable()
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9_.~/%-]*", uri)


def test_the_json_has_every_field_of_a_problem() -> None:
    """A problem of a whole file has neither line nor column."""
    told = json.loads(problems_json(CHECKED))
    assert told["valid"] is False
    assert told["files"] == [{"file": "a b/n.yaml", "valid": False, "protocol": None}]
    assert told["problems"][0] == {
        "file": "a b/n.yaml", "line": 3, "column": 7, "severity": "error", "code": "P201",
        "message": "There is no fact `x`.", "cure": "Did you mean `y`?",
    }  # fmt: skip
    assert told["problems"][1]["line"] is told["problems"][1]["column"] is None


@example(HOSTILE)
@given(ANY_TEXT)
def test_any_text_comes_back_from_the_json(text: str) -> None:
    """Escaped to ASCII, and nothing is lost."""
    told = problems_json(hostile(text))
    assert told.isascii()
    assert json.loads(told)["problems"][0]["message"] == text


def test_an_error_is_a_failed_test_and_a_warning_is_none() -> None:
    """The test is named by code and place."""
    suite = ET.fromstring(problems_junit(CHECKED))[0]  # noqa: S314 - our own
    assert suite.get("failures") == suite.get("tests") == "1"
    assert suite[0].get("name") == "P201 at a b/n.yaml:3:7"
    assert (suite[0].get("file"), suite[0].get("line")) == ("a b/n.yaml", "3")
