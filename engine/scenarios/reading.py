"""Reading scenario files.

In: a YAML list of scenarios (`schemas/scenario.schema.json`). Out: `Scenario`s, and every problem
of the file at once (T101 to T113). Whether a duty exists is for `scenarios.names`, which knows
the protocol.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, NamedTuple, get_args

from engine.errors import InvalidInput, Problem, nearest
from engine.load.case import MOST_BYTES, read_case_file, read_cases
from engine.load.document import parse_document, read_bytes
from engine.model.case import Case
from engine.model.document import Document
from engine.model.document import Path as Steps
from engine.model.fact import Dictionary
from engine.model.finding import Gap, Status
from engine.model.protocol import FORCES
from engine.model.scenario import Expectation, Scenario
from engine.packs import Pack, is_path

LATER = datetime.date(2100, 1, 1)  # scenarios say their own dates; none is in the future
KEYS = ("scenario", "protocol", "case", "as_of_asked", "expect", "not_expected", "gaps")
DETAILS = ("status", "gap", "due", "reason", "needs", "items", "force")
STATUSES: tuple[str, ...] = get_args(Status)
_OF_A_CASE = {"cases", "as_of"}
_NEEDED = ("scenario", "protocol", "case")
_WORDS: dict[str, tuple[str, ...]] = {
    "status": STATUSES,
    "gap": get_args(Gap),
    "force": FORCES,
}
_YES_OR_NO = {"true": "yes", "false": "no"}  # as editors of YAML 1.2 may write them


class ScenarioFile(NamedTuple):
    """`scenarios` that can be run, `faulty` ones as far as they were read, and all problems."""

    scenarios: list[Scenario]
    faulty: list[Scenario]
    problems: list[Problem]


def read_scenarios(path: Path, dictionary: Dictionary) -> list[Scenario]:
    """The scenarios of a file; raises `InvalidInput` with every problem (D1xx, C1xx, T1xx)."""
    file = read_scenario_file(path, dictionary)
    if file.problems:
        raise InvalidInput(file.problems)
    return file.scenarios


def read_scenario_file(path: Path, dictionary: Dictionary) -> ScenarioFile:
    """The scenarios of a file with every problem in it; nothing is raised."""
    try:
        content = read_bytes(path, most_bytes=MOST_BYTES)
        document = parse_document(content, path.as_posix())
    except InvalidInput as fault:
        return ScenarioFile([], [], list(fault.problems))
    return _Reader(document, dictionary).file()


class _Reader:
    def __init__(self, document: Document, dictionary: Dictionary) -> None:
        self.document = document
        self.dictionary = dictionary
        self.problems: list[Problem] = []
        self.faulty: list[Scenario] = []

    def file(self) -> ScenarioFile:
        entries = self.document.value
        if not isinstance(entries, list) or not entries:
            is_case = isinstance(entries, dict) and bool(entries.keys() & _OF_A_CASE)
            cure = "`protocol check` takes it." if is_case else "Begin with `- scenario: …`."
            what = "This is a case, not a list" if is_case else "A scenario file is a list"
            self._say("T101", f"{what} of scenarios.", (), cure)
            entries = []
        scenarios = [self._scenario(entry, number) for number, entry in enumerate(entries)]
        sound = [scenario for scenario in scenarios if scenario]
        return ScenarioFile(sound, self.faulty, list(InvalidInput(self.problems).problems))

    def _say(self, code: str, message: str, at: Steps, cure: str) -> None:
        self.problems.append(Problem(code, message, self.document.place(at), cure))

    def _scenario(self, entry: Any, number: int) -> Scenario | None:
        """The scenario of that number; None if something is wrong with it."""
        before = len(self.problems)
        if not isinstance(entry, dict):
            cure = "Begin: `- scenario: …`."
            self._say("T102", "A scenario is made of names with values.", (number,), cure)
            return None
        self._check_keys(entry, number)
        cases = self._cases(entry.get("case"), (number, "case")) if "case" in entry else ()
        labels = [case.label for case in cases]
        gaps = self._gaps(entry["gaps"], (number, "gaps")) if "gaps" in entry else None
        scenario = Scenario(
            title=self._text(entry, "scenario", number),
            protocol=self._protocol(self._text(entry, "protocol", number)),
            cases=cases,
            asked=self._asked(entry, number),
            expect=self._expected(entry.get("expect", {}), (number, "expect"), labels),
            not_expected=self._refused(entry.get("not_expected", {}), number, labels),
            gaps=gaps,
            place=self.document.place((number,)),
            places={key: self.document.place((number, key)) for key in entry},
        )
        if len(self.problems) > before:
            self.faulty.append(scenario)
            return None
        if not scenario.expect and not scenario.not_expected and gaps is None:
            message = "This scenario expects nothing, so that it could never fail."
            cure = "Write what must be found under `expect`, `not_expected` or `gaps`."
            self._say("T111", message, (number,), cure)
            return None
        return scenario

    def _check_keys(self, entry: dict[str, Any], number: int) -> None:
        for key in entry.keys() - set(KEYS):
            cure = nearest(key, KEYS) or f"It has: {', '.join(KEYS)}."
            self._say("T103", f"A scenario has no `{key}`.", (number, key), cure)
        for key in _NEEDED:
            if key not in entry:
                self._say("T104", f"This scenario has no `{key}`.", (number,), f"Add `{key}: …`.")

    def _text(self, entry: dict[str, Any], key: str, number: int) -> str:
        value = entry.get(key, "-")
        if not isinstance(value, str) or not value.strip():
            cure = "Write it in one line; put quotation marks round a text with a colon in it."
            self._say("T109", f"`{key}` is some text.", (number, key), cure)
            return ""
        return value

    def _protocol(self, name: str) -> str:
        """A protocol's name as it is; its path taken from the folder of the scenario's file."""
        return str(Path(self.document.name).parent / name) if is_path(name) else name

    def _cases(self, value: Any, at: Steps) -> tuple[Case, ...]:
        if isinstance(value, str):
            beside = Path(self.document.name).parent / value
            root = Pack.of(Path(self.document.name)).root
            if not beside.resolve().is_relative_to(root.resolve()):
                cure = f"Name a case file below {root}, or write the case out here."
                self._say("T113", "This case lies outside the folder of the scenarios.", at, cure)
                return ()
            cases, faults = read_case_file(beside, self.dictionary, LATER)
        else:
            cases, faults = read_cases(self.document, self.dictionary, LATER, at)
        self.problems.extend(fault for fault in faults if fault.severity == "error")
        return tuple(cases)

    def _asked(self, entry: dict[str, Any], number: int) -> datetime.date | None:
        if "as_of_asked" not in entry:
            return None
        day = _day(entry["as_of_asked"])
        if day is None:
            at = (number, "as_of_asked")
            self._say("T105", "This is not a date.", at, "Write a day such as `2025-03-10`.")
        return day

    # What is expected

    def _expected(self, value: Any, at: Steps, labels: list[str]) -> dict[str, Expectation]:
        found: dict[str, Expectation] = {}
        for key, wanted in self._entries(value, at, "a duty: its status").items():
            label, duty = self._named(key, (*at, key), labels)
            details = {"status": wanted} if isinstance(wanted, str) else wanted
            if not isinstance(details, dict) or not details:
                cure = "Write a status, such as `met`, or `{status: late, due: 2025-03-10}`."
                self._say("T109", f"What is expected of `{duty}` is missing.", (*at, key), cure)
                continue
            read = {name: self._detail(name, one, (*at, key)) for name, one in details.items()}
            found[key] = Expectation(duty, label, read, (), self.document.place((*at, key)))
        return found

    def _detail(self, name: str, value: Any, at: Steps) -> Any:
        """One detail of a finding, as it is compared; whatever is wrong with it is said."""
        place = (*at, name) if (*at, name) in self.document.places else at
        match name:
            case "status" | "gap" | "force":
                if name == "gap" and isinstance(value, str):
                    value = _YES_OR_NO.get(value, value)
                self._word(name, value, place)
            case "due" if _day(value) is None:
                self._say("T105", "This is not a date.", place, "Write a day such as `2025-03-10`.")
            case "due":
                value = _day(value)
            case "reason" if not isinstance(value, str) or not value:
                cure = "Write a part of the reason that the report gives."
                self._say("T109", "A reason is some text.", place, cure)
            case "needs":
                value = [value] if isinstance(value, str) else value
                if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                    cure = "Write a fact, or several in brackets."
                    self._say("T109", "`needs` names facts.", place, cure)
            case "items":
                value = self._entries(value, place, "an item's place in the case: its status")
                for item, status in value.items():
                    self._status(status, (*place, item))
            case _ if name not in DETAILS:
                cure = nearest(name, DETAILS) or f"There are: {', '.join(DETAILS)}."
                self._say("T108", f"Nothing is known as `{name}` of a duty.", place, cure)
        return value

    def _refused(self, value: Any, number: int, labels: list[str]) -> dict[str, Expectation]:
        at: Steps = (number, "not_expected")
        found: dict[str, Expectation] = {}
        for key, wanted in self._entries(value, at, "a duty: its wrong statuses").items():
            label, duty = self._named(key, (*at, key), labels)
            statuses = wanted if isinstance(wanted, list) else [wanted]
            for status in statuses:
                self._status(status, (*at, key))
            place = self.document.place((*at, key))
            found[key] = Expectation(duty, label, {}, tuple(map(str, statuses)), place)
        return found

    def _gaps(self, value: Any, at: Steps) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._say("T109", "`gaps` is a list of duties.", at, "Write `gaps: []` if there is none.")
        return ()

    def _entries(self, value: Any, at: Steps, what: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self._say("T109", f"`{at[-1]}` has entries, `{what}`.", at, f"Write `{what}` in each.")
        return {}

    def _named(self, key: str, at: Steps, labels: list[str]) -> tuple[str | None, str]:
        """The case's label, if the key has one, and the duty."""
        label, colon, duty = key.rpartition(":")
        label = label.strip()
        if colon and labels and label not in labels:
            cure = nearest(label, labels) or f"There are: {', '.join(labels)}."
            self._say("T110", f"No case here is labelled `{label}`.", at, cure)
        return label if colon else None, duty.strip()

    def _status(self, value: Any, at: Steps) -> None:
        self._word("status", value, at)

    def _word(self, name: str, value: Any, at: Steps) -> None:
        """One of the words that a status, a gap or a force can be."""
        words = _WORDS[name]
        if value not in words:
            close = nearest(value, words) if isinstance(value, str) else ""
            cure = close or f"There are: {', '.join(words)}."
            self._say("T106", f"There is no {name} {_spoken(value)}.", at, cure)


def _spoken(value: Any) -> str:
    return f"`{value}`" if isinstance(value, str) and value else "of that kind"


def _day(value: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value)
    except (ValueError, TypeError):
        return None
