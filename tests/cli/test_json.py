"""`--format json`: pure JSON on standard output, as its schema says, the problems in it too."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.data import data_folder
from tests.cli.conftest import BROKEN, CLEAN, EXAMPLES, GAP, Run, Told, Write

SCHEMA = json.loads((data_folder("schemas") / "report.schema.json").read_text("utf-8"))


def parsed(told: Told) -> Any:
    """The report, which fits its schema and has the exit code of the process."""
    report = json.loads(told.out)
    Draft202012Validator(SCHEMA).validate(report)
    assert report["exit_code"] == told.code
    return report


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.yaml")))
def test_every_example_fits_the_schema(run: Run, name: str) -> None:
    """The report of each example is valid and says who it is about."""
    report = parsed(run("check", EXAMPLES / name, "--format", "json"))
    assert {one["authority"] for one in report["reports"]} == {"norfolk"}


def test_it_is_the_same_bytes_each_time(run: Run) -> None:
    """Same input, same output; and characters that any terminal or pipe can carry."""
    first, again = (run("check", EXAMPLES, "--format", "json").out for _ in range(2))
    assert first == again
    assert first.isascii()


def test_problems_of_bad_files_are_in_it(run: Run, write: Write, anyshire: str) -> None:
    """With code, place and cure, beside the reports of the good files."""
    files = [write("a.yaml", CLEAN), write("b.yaml", BROKEN), "none.yaml"]
    report = parsed(run("check", *files, "--protocol", anyshire, "--format", "json"))
    assert report["exit_code"] == 3
    assert [one["case"] for one in report["reports"]] == ["child-1"]
    assert [(one["code"], one["file"], one["line"]) for one in report["problems"]] == [
        ("C101", "b.yaml", 3),
        ("D101", "none.yaml", 0),
    ]
    assert report["problems"][0]["cure"] == "Did you mean `received`?"


@pytest.mark.parametrize("protocol", ["none", "none.yaml"])
def test_an_unusable_protocol_is_in_it_too(run: Run, write: Write, protocol: str) -> None:
    """Where no case can be checked, the output is still a report."""
    case = write("a.yaml", CLEAN)
    report = parsed(run("check", case, "--protocol", protocol, "--format", "json"))
    assert (report["exit_code"], report["reports"]) == (3, [])
    assert len(report["problems"]) == 1


def test_every_duty_has_an_id_that_sections_refer_to(run: Run) -> None:
    """What stands under gaps is a judgement of the findings."""
    (report,) = parsed(run("check", EXAMPLES / "referral.yaml", "--format", "json"))["reports"]
    judgements = {
        one["id"]: one
        for finding in report["findings"]
        for instance in finding["instances"]
        for one in (instance, *instance["parts"])
    }
    assert report["gaps"]
    assert {judgements[id_]["gap"] for id_ in report["gaps"]} == {"yes"}


def test_the_trace_is_in_it(run: Run, write: Write, anyshire: str) -> None:
    """A program can follow how a judgement came about."""
    case = write("a.yaml", GAP)
    report = parsed(run("check", case, "--protocol", anyshire, "--format", "json"))
    (finding,) = report["reports"][0]["findings"]
    (seen,) = (one for one in finding["instances"] if not one["unseen"])
    assert seen["trace"]
