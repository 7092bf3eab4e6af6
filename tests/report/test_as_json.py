"""The report for programs: its schema, its ids, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.data import data_folder
from engine.errors import Place, Problem
from engine.report.as_json import as_json
from engine.report.outline import Summary

Summaries = Callable[..., list[Summary]]

EMPTY = "case: empty\nas_of: 2025-06-02"


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    text = (data_folder("schemas") / "report.schema.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@pytest.fixture
def report(summaries: Summaries, busy_text: str) -> dict[str, Any]:
    """The case in which every section has something to say, with its traces."""
    one: dict[str, Any] = as_json(summaries(busy_text, trace=True))["reports"][0]
    return one


def test_reports_are_what_the_schema_says(
    schema: dict[str, Any], summaries: Summaries, busy_text: str
) -> None:
    """A full and an empty case, with and without traces, and a file that could not be read."""
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    problem = Problem("C101", "Wrong.", Place("case.yaml", 2, 3), "Mend it.")
    for trace in (True, False):
        both = [*summaries(busy_text, trace=trace), *summaries(EMPTY, trace=trace)]
        told = as_json(both, [problem])
        assert [error.message for error in validator.iter_errors(told)] == []


def test_every_key_of_the_schema_is_titled(schema: dict[str, Any]) -> None:
    """A reader of the schema finds a title for each key, and what each object is."""

    def untitled(node: dict[str, Any], at: str) -> list[str]:
        found = [] if "title" in node or "$ref" in node else [at]
        for key, below in node.get("properties", {}).items():
            found += untitled(below, f"{at}.{key}")
        return found

    objects = {"": schema, **schema["$defs"]}
    missing = [name for at, node in objects.items() if at != "span" for name in untitled(node, at)]
    assert missing == []
    assert all(
        "description" in schema["$defs"][name] for name in schema["$defs"] if name != "cites"
    )


def test_ids_are_unique_and_sections_name_them(report: dict[str, Any]) -> None:
    """Every judgement has one id, and what a section lists is found among the findings."""
    ids = [
        judged["id"]
        for finding in report["findings"]
        for instance in finding["instances"]
        for judged in (instance, *instance["parts"])
    ]
    assert len(ids) == len(set(ids))
    named = [
        *report["gaps"], *report["possible_gaps"], *report["due_next"], *report["excused"],
        *(id_ for group in report["to_do"] for id_ in group["judgements"]),
    ]  # fmt: skip
    assert set(named) <= set(ids)
    assert {"reviewed@cin_plans[0]#3", "decided/role@referrals[0]"} <= set(ids)


def test_dates_are_iso_and_open_ends_are_null(report: dict[str, Any]) -> None:
    """A program reads dates as dates; nothing is in words but what is meant for people."""
    by_id = {f["id"]: f for f in report["findings"]}
    first = by_id["concluded"]["instances"][1]
    assert first["due"] == {"first": "2025-08-01", "last": "2025-08-01"}
    assert first["done"] == {"first": "2025-06-03", "last": None}
    assert (report["record_to"], report["as_of"]) == ("2025-06-02", "2025-06-02")


def test_the_whole_trace_is_there(report: dict[str, Any]) -> None:
    """Down to the facts: why the assessment counts as late and its excuse as unknown."""
    by_id = {f["id"]: f for f in report["findings"]}
    trace = by_id["concluded"]["instances"][0]["trace"]
    assert trace["in_time"]["answer"] == "no"
    assert trace["excused"]["answer"] == "unknown"
    assert trace["due_days"] == ["2025-05-08", "2025-05-08"]
    assert "assessment.over_limit_reasons_recorded" in json.dumps(trace["excused"])


def test_the_same_case_gives_the_same_bytes(summaries: Summaries, busy_text: str) -> None:
    """Keys and entries stand in one order."""
    first, second = (json.dumps(as_json(summaries(busy_text, trace=True))) for _ in range(2))
    assert first == second


def test_a_file_that_could_not_be_read_decides_the_exit_code(summaries: Summaries) -> None:
    """Other cases are reported all the same."""
    told = as_json(summaries(EMPTY), [Problem("C101", "Wrong.", Place("case.yaml"))])
    assert (told["exit_code"], told["reports"][0]["exit_code"]) == (3, 4)
    assert told["problems"][0]["file"] == "case.yaml"
