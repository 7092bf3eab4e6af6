"""Case files to cases.

In: a YAML or JSON file that holds one case, or a household's under `cases`, and the dictionary.
Out: `Case`s, and a `Problem` for each thing wrong in the file (D1xx, C1xx); nothing is raised. The
checks are written by hand, since a JSON Schema library takes longer to import than a case to judge;
`schemas/case.schema.json` says the same, and tests hold both to it.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from engine.errors import InvalidInput, Place, Problem
from engine.load.case_text import written
from engine.load.coverage import CoverageReader
from engine.load.document import parse_document, read_document
from engine.load.order import OrderOfDates
from engine.load.privacy import label_fault
from engine.load.record import RecordReader
from engine.load.shapes import Shapes
from engine.load.written_dates import Fault, in_words, read_day
from engine.model.case import Case, Period
from engine.model.document import Document, Path
from engine.model.fact import Dictionary

__all__ = ["MOST_BYTES", "ONLY_CHILD", "read_case_file", "read_cases", "written"]

MOST_BYTES = 64_000_000
ONLY_CHILD = "child"  # the label of a case that has none
_OF_CASES = {"case", "cases", "as_of"}  # with any of these a file is meant for a case
_STANDARD_INPUT = "standard input"
_AUTHORITY = re.compile(r"(?!(?:yes|no|true|false)$)[a-z][a-z0-9_-]{0,63}")


def read_case_file(
    source: str | FilePath, dictionary: Dictionary, today: date
) -> tuple[list[Case], list[Problem]]:
    """The cases in the file `source` (`-`: standard input) as `read_cases` gives them."""
    try:
        if str(source) == "-":
            document = _standard_input()
        else:
            document = read_document(FilePath(source), most_bytes=MOST_BYTES)
    except InvalidInput as fault:
        return [], list(fault.problems)
    return read_cases(document, dictionary, today)


def read_cases(
    document: Document, dictionary: Dictionary, today: date, at: Path = ()
) -> tuple[list[Case], list[Problem]]:
    """The cases in `document`, and every error in it, in the order of their places.

    `at`: the path below which the case stands, where a document holds more than cases. A case with
    an error is left out; warnings are in the cases that they are about.
    """
    return _CaseReader(document, dictionary, today).file(at)


def _standard_input() -> Document:
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise InvalidInput(
            [Problem("D104", "There is too much to read.", Place(_STANDARD_INPUT), "Split it.")]
        )
    return parse_document(content, _STANDARD_INPUT)


class _CaseReader:
    def __init__(self, document: Document, dictionary: Dictionary, today: date) -> None:
        self.document = document
        self.today = today
        self.record = RecordReader(document, Shapes(dictionary))
        self.coverage = CoverageReader(self.record)
        self.order = OrderOfDates(dictionary, document)

    def file(self, at: Path) -> tuple[list[Case], list[Problem]]:
        value = self.document.value
        for step in at:
            value = value[step]
        if isinstance(value, dict) and "protocol" in value and not value.keys() & _OF_CASES:
            cure = "Give the file of a case here; a protocol is named with `--protocol`."
            self._say("C126", "This is a protocol, not a case.", (*at, "protocol"), cure)
            return [], self.record.problems
        if isinstance(value, dict) and "cases" in value:
            cases = self._household(value, at)
        else:
            cases = [case for case in [self._case(value, at, ONLY_CHILD)] if case]
        return cases, list(InvalidInput(self.record.problems).problems)

    def _household(self, value: dict[str, Any], at: Path) -> list[Case]:
        for key in value:
            if key != "cases":
                cure = "Write it in each case; several cases are a list under `cases`."
                self._say("C125", "Nothing else can stand beside `cases`.", (*at, key), cure)
        entries = value["cases"]
        if not isinstance(entries, list) or not entries:
            cure = "Begin each case with `- case: …`."
            self._say("C125", "`cases` is a list of cases.", (*at, "cases"), cure)
            return []
        cases: dict[str, Case] = {}
        for index, entry in enumerate(entries):
            path = (*at, "cases", index)
            case = self._case(entry, path, None)
            if case is None:
                continue
            if case.label in cases:
                cure = "Give each child a label of its own."
                message = "This label stands for another child already."
                self._say("C122", message, (*path, "case"), cure)
            cases.setdefault(case.label, case)
        return list(cases.values())

    def _case(self, value: Any, at: Path, label: str | None) -> Case | None:
        """The case at `at`; None if it has an error. `label`: if it has none itself."""
        before = len(self.record.problems)
        if not isinstance(value, dict):
            cure = "Write `case: …`, then its facts. Several cases are a list under `cases`."
            self._say("C124", "A case is made of names with values.", at, cure)
            return None
        label = self._label(value, at, label)
        authority = self._authority(value, at)
        as_of = self._as_of(value, at)
        coverage = self.coverage.read(value, at)
        record = self.record.case(value, at)
        if len(self.record.problems) > before:
            return None
        warnings = self.order.warnings(record, as_of or self.today, at)
        return Case(label, authority, as_of, coverage, record, self.document.name, warnings)

    def _label(self, value: dict[str, Any], at: Path, default: str | None) -> str:
        label = value.get("case", default)
        if label is None:
            cure = "Write `case: …`, a label that means nothing outside your own system."
            self._say("C121", "Each child of a household needs a label.", at, cure)
            return ""
        fault = label_fault(label) if isinstance(label, str) else "it is one word"
        if fault:
            cure = "Choose a label that means nothing outside your own system, such as `child-1`."
            message = f"This can't be the label of a case: {fault}."
            self._say("C120", message, (*at, "case"), cure)
        return str(label)

    def _authority(self, value: dict[str, Any], at: Path) -> str | None:
        authority = value.get("authority")
        if authority is None:
            return None
        if not isinstance(authority, str) or not _AUTHORITY.fullmatch(authority):
            cure = "Write its name in small letters, as its protocol does, such as `norfolk`."
            message = "This is not how an authority is written."
            self._say("C123", message, (*at, "authority"), cure)
            return None
        return authority

    def _as_of(self, value: dict[str, Any], at: Path) -> date | None:
        path = (*at, "as_of")
        if "as_of" not in value:
            if "covers" in value:
                cure = "Write `as_of: ` with the day up to which the record speaks."
                message = "A file can say what it `covers` only with the day it speaks up to."
                self._say("C130", message, (*at, "covers"), cure)
            return None
        written_day = value["as_of"]
        day = read_day(written_day) if isinstance(written_day, str) else None
        if isinstance(day, Fault):
            self._say(day.code, day.message, path, day.cure)
            return None
        if day is None:
            cure = "Write a day such as `2025-03-10`."
            self._say("C132", "`as_of` is one day.", path, cure)
        elif day > self.today:
            cure = "Write the day up to which the record speaks; plans are written `…_planned`."
            today = in_words(Period(self.today, self.today))
            self._say("C131", f"`as_of` is in the future: today is {today}.", path, cure)
        return day

    def _say(self, code: str, message: str, at: Path, cure: str) -> None:
        self.record.say(code, message, at, cure)
