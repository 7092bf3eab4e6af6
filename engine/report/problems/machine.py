"""Problems for programs: SARIF 2.1.0, JUnit XML, and JSON of our own.

In: what was checked. Out: a document each. SARIF's columns count characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from engine import __version__
from engine.data import data_folder
from engine.errors import Problem
from engine.report.harmless import harmless
from engine.report.junit import JUnitCase, junit_xml
from engine.report.problems import Checked, all_problems
from engine.report.problems.text import counts

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def problems_json(checked: Sequence[Checked]) -> str:
    """`valid`, the `files` asked for, and all `problems`; docs/validating.md describes them."""
    document = {
        "valid": all(each.protocol is not None for each in checked),
        "files": [
            {"file": each.file, "valid": each.protocol is not None, "protocol": _id(each)}
            for each in checked
        ],
        "problems": [problem_json(problem) for problem in all_problems(checked)],
    }
    return json.dumps(document, indent=2) + "\n"


def problems_junit(checked: Sequence[Checked]) -> str:
    """A test a problem that is an error, and one that passes for each file without any."""
    errors = [one for one in all_problems(checked) if one.severity == "error"]
    cases = [*map(problem_case, errors)]
    cases += [
        JUnitCase(f"{each.file}: {counts(each.protocol)}", "valid", each.file, 0, None)
        for each in checked
        if each.protocol is not None
    ]
    return junit_xml("protocol validate", cases)


def problems_sarif(checked: Sequence[Checked]) -> str:
    """One run, with a rule for each code that was found."""
    problems = all_problems(checked)
    codes = sorted({problem.code for problem in problems})
    run = {
        "tool": {
            "driver": {
                "name": "protocol",
                "semanticVersion": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in problems],
    }
    document = {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2) + "\n"


def _id(each: Checked) -> str | None:
    return each.protocol.id if each.protocol is not None else None


def problem_case(problem: Problem) -> JUnitCase:
    """A test that fails with the problem."""
    name, place = f"{problem.code} at {problem.place}", problem.place
    text = f"{problem.message}\n{problem.cure}"
    return JUnitCase(name, problem.code, place.file, place.line, text)


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as JSON values."""
    return {
        "file": problem.place.file,
        "line": problem.place.line or None,
        "column": problem.place.column or None,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "cure": problem.cure,
    }


def _rule(code: str) -> dict[str, Any]:
    """A code with its page of `docs/errors` in it: the page has no address on the web."""
    told = {"text": f"`protocol explain {code}` tells more."}
    page = data_folder("errors") / f"{code}.md"
    if page.is_file():
        told["markdown"] = page.read_text(encoding="utf-8")
    return {"id": code, "help": told}


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    place = problem.place
    physical: dict[str, Any] = {"artifactLocation": {"uri": _address(place.file)}}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    text = f"{problem.message} {problem.cure}".strip()
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": harmless(text)},
        "locations": [{"physicalLocation": physical}],
    }


def _address(file: str) -> str:
    """A file's name as a relative address: all but letters, figures and `_.~/-` as `%20`."""
    return re.sub(
        rb"[^A-Za-z0-9_.~/-]",
        lambda found: b"%%%02X" % found[0][0],
        file.encode("utf-8", "replace"),
    ).decode()
