"""Reading scenario files and holding a protocol to them.

In: a YAML list of scenarios (`schemas/scenario.schema.json`). Out: for each, its shortfalls:
what was expected of which duty, and what was found instead.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import InvalidInput, Place, Problem, nearest
from engine.evaluate import evaluate
from engine.load.case import MOST_BYTES, read_case_file, read_cases
from engine.load.document import read_document
from engine.model.case import Case
from engine.model.document import Document
from engine.model.fact import Dictionary
from engine.model.finding import Assessment, Finding
from engine.model.program import Program

_LATER = datetime.date(2100, 1, 1)  # scenarios say their own dates; none is in the future
_KEYS = ("scenario", "protocol", "case", "as_of_asked", "expect", "not_expected", "gaps")


@dataclass(frozen=True)
class Scenario:
    """One scenario: its cases (several where a household's file is named) and expectations."""

    title: str
    protocol: str
    cases: tuple[Case, ...]
    asked: datetime.date | None
    expect: dict[str, Any]
    not_expected: dict[str, Any]
    gaps: tuple[str, ...] | None
    place: Place


@dataclass(frozen=True)
class Shortfall:
    """Where a protocol does not say what a scenario expects."""

    scenario: str
    duty: str
    expected: str
    found: str
    place: Place

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.scenario}\n"
            f"    {self.duty}: expected {self.expected}, found {self.found}"
        )


def read_scenarios(path: Path, dictionary: Dictionary) -> list[Scenario]:
    """The scenarios of a file; raises `InvalidInput` with every problem in it (T1xx)."""
    document = read_document(path, most_bytes=MOST_BYTES)
    problems: list[Problem] = []
    if not isinstance(document.value, list):
        fault = Problem("T101", "A scenario file is a list.", document.place(()), "Begin with `-`.")
        raise InvalidInput([fault])
    scenarios = [
        _read(document, number, entry, dictionary, problems)
        for number, entry in enumerate(document.value)
        if _has_shape(document, number, entry, problems)
    ]
    if problems:
        raise InvalidInput(problems)
    return scenarios


def _has_shape(document: Document, number: int, entry: Any, problems: list[Problem]) -> bool:
    place = document.place((number,))
    if not isinstance(entry, dict):
        problems.append(Problem("T102", "A scenario is a mapping.", place, "Begin: `- scenario:`."))
        return False
    wrong = [key for key in entry if key not in _KEYS]
    problems.extend(
        Problem(
            "T103",
            f"A scenario has no `{key}`.",
            document.place((number, key)),
            nearest(key, _KEYS) or f"It has: {', '.join(_KEYS)}.",
        )
        for key in wrong
    )
    missing = [key for key in ("scenario", "protocol", "case") if key not in entry]
    problems.extend(
        Problem("T104", f"This scenario has no `{key}`.", place, "Add it.") for key in missing
    )
    return not wrong and not missing


def _read(
    document: Document,
    number: int,
    entry: dict[str, Any],
    dictionary: Dictionary,
    problems: list[Problem],
) -> Scenario:
    if isinstance(entry["case"], str):
        beside = Path(document.name).parent / entry["case"]
        cases, faults = read_case_file(beside, dictionary, _LATER)
    else:
        cases, faults = read_cases(document, dictionary, _LATER, (number, "case"))
    problems.extend(fault for fault in faults if fault.severity == "error")
    asked = None
    if "as_of_asked" in entry:
        try:
            asked = datetime.date.fromisoformat(entry["as_of_asked"])
        except ValueError:
            place = document.place((number, "as_of_asked"))
            problems.append(Problem("T105", "This is not a date.", place, "Write 2025-03-10."))
    gaps = entry.get("gaps")
    return Scenario(
        title=entry["scenario"],
        protocol=_beside(document.name, entry["protocol"]),
        cases=tuple(cases),
        asked=asked,
        expect=entry.get("expect") or {},
        not_expected=entry.get("not_expected") or {},
        gaps=None if gaps is None else tuple(gaps),
        place=document.place((number,)),
    )


def _beside(file: str, protocol: str) -> str:
    """A protocol's name as it is; its path taken from the folder of the scenario's `file`."""
    is_path = protocol.endswith((".yaml", ".yml", ".json")) or "/" in protocol
    return str(Path(file).parent / protocol) if is_path else protocol


def run_scenario(scenario: Scenario, program: Program, dictionary: Dictionary) -> list[Shortfall]:
    """Everything the protocol says otherwise than the scenario expects."""
    assessments = evaluate(program, scenario.cases, dictionary, scenario.asked, _LATER)
    return list(_shortfalls(scenario, assessments))


def _shortfalls(scenario: Scenario, assessments: list[Assessment]) -> Iterator[Shortfall]:
    def short(duty: str, expected: str, found: str) -> Shortfall:
        return Shortfall(scenario.title, duty, expected, found, scenario.place)

    for duty, expected in scenario.expect.items():
        label, _, id_ = duty.rpartition(":")
        chosen = [a for a in assessments if not label or a.case == label.strip()]
        for assessment in chosen:
            yield from _unmet(_found(assessment, id_.strip()), expected, id_.strip(), short)
        if not chosen:
            yield short(duty, "a case of that label", "none")
    for duty, statuses in scenario.not_expected.items():
        for assessment in assessments:
            finding = _found(assessment, duty)
            found = "no such duty" if finding is None else finding.status
            if finding is None or found in ([statuses] if isinstance(statuses, str) else statuses):
                yield short(duty, f"not {statuses}", found)
    if scenario.gaps is not None:
        gaps = sorted({f.id for a in assessments for f in a.findings if f.gap == "yes"})
        if gaps != sorted(scenario.gaps):
            wanted = ", ".join(sorted(scenario.gaps))
            yield short("gaps", wanted or "none", ", ".join(gaps) or "none")


def _found(assessment: Assessment, id_: str) -> Finding | None:
    return next((finding for finding in assessment.findings if finding.id == id_), None)


def _unmet(
    finding: Finding | None, expected: Any, id_: str, short: Callable[[str, str, str], Shortfall]
) -> Iterator[Shortfall]:
    """What a finding lacks of `status`, or of `{status, gap, due, reason, needs, items}`."""
    if finding is None:
        yield short(id_, "a finding", "no such duty in this protocol")
        return
    wanted = {"status": expected} if isinstance(expected, str) else expected
    for key, value in wanted.items():
        found = _AS_EXPECTED[key](finding, value) if key in _AS_EXPECTED else f"no test `{key}`"
        if found is not None:
            yield short(id_, f"{key} {value}", found)


def _status(finding: Finding, value: str) -> str | None:
    return None if finding.status == value else _described(finding)


def _gap(finding: Finding, value: str) -> str | None:
    return None if finding.gap == value else f"gap {finding.gap}"


def _due(finding: Finding, value: str) -> str | None:
    spans = [i.verdict.due for i in finding.instances] + [
        part.due for i in finding.instances for part in i.parts
    ]
    dates = {str(span.first) for span in spans if span} | {str(s.last) for s in spans if s}
    return None if value in dates else f"due {', '.join(sorted(dates)) or 'no date'}"


def _reason(finding: Finding, value: str) -> str | None:
    reasons = [i.verdict.why for i in finding.instances]
    return None if any(value in why for why in reasons) else f"reason {'; '.join(reasons)}"


def _needs(finding: Finding, value: list[str] | str) -> str | None:
    needs = {need for i in finding.instances for need in i.verdict.needs}
    wanted = {value} if isinstance(value, str) else set(value)
    return None if wanted <= needs else f"needs {', '.join(sorted(needs)) or 'nothing'}"


def _items(finding: Finding, value: dict[str, str]) -> str | None:
    found = {i.item: i.verdict.status for i in finding.instances}
    return None if value.items() <= found.items() else f"items {found}"


_AS_EXPECTED: dict[str, Callable[[Finding, Any], str | None]] = {
    "status": _status,
    "gap": _gap,
    "due": _due,
    "reason": _reason,
    "needs": _needs,
    "items": _items,
}


def _described(finding: Finding) -> str:
    whys = "; ".join(dict.fromkeys(instance.verdict.why for instance in finding.instances))
    return f"{finding.status} ({whys})"
