"""Running scenario files: each protocol loaded once, all its scenarios in one evaluation.

In: scenario files. Out: an `Outcome` a scenario, every problem of the files, and, where it is asked
for, what the scenarios cover. `protocol test` and `protocol ledger` share it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.analysis.coverage import Coverage, coverage
from engine.analysis.ledger import read_ledger
from engine.errors import InvalidInput, Problem
from engine.model.fact import Dictionary
from engine.model.program import Program
from engine.model.scenario import Outcome, Scenario
from engine.packs import Pack, find_protocol
from engine.pipeline import load_protocol, resolved
from engine.scenarios.names import unknown_names
from engine.scenarios.reading import read_scenario_file
from engine.scenarios.runner import Answers, Caseload
from engine.scenarios.seen import said

Progress = Callable[[int, int], None]  # how many scenarios of how many have been run


@dataclass
class ScenarioRuns:
    """What came of some scenario files: `outcomes` in their order, and `answers` by protocol."""

    files: Sequence[Path]
    outcomes: list[Outcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    answers: dict[Path, list[Answers]] = field(default_factory=dict)


def run_scenarios(
    files: Sequence[Path], dictionary: Dictionary, progress: Progress = lambda _done, _all: None
) -> ScenarioRuns:
    """Run every scenario that is sound; of the others every problem is given."""
    runs = ScenarioRuns(files)
    read = [read_scenario_file(file, dictionary) for file in files]
    runs.problems = [problem for file in read for problem in file.problems]
    every = [scenario for file in read for scenario in (*file.scenarios, *file.faulty)]
    faulty = {scenario for file in read for scenario in file.faulty}
    found: dict[Scenario, Outcome] = {}
    done = 0
    for path, own in _by_protocol(every, runs.problems).items():
        program = _program(path, dictionary, runs.problems)
        if program is not None:
            unknown = {one: [*unknown_names(one, program)] for one in own}
            runs.problems += [problem for problems in unknown.values() for problem in problems]
            sound = [one for one in own if one not in faulty and not unknown[one]]
            runs.answers[path] = Caseload(sound, dictionary).against(program)
        for answers in runs.answers.get(path, ()):
            found |= {scenario: answers.outcome(scenario) for scenario in answers.scenarios}
        progress(done := done + len(own), len(every))
    runs.outcomes = [found[scenario] for scenario in every if scenario in found]
    runs.problems = list(InvalidInput(runs.problems).problems)
    return runs


def coverage_by_protocol(runs: ScenarioRuns, dictionary: Dictionary) -> list[Coverage]:
    """What the scenarios that were run cover, of each protocol that they are about."""
    return [covered(path, runs.answers[path], dictionary) for path in about(runs)]


def about(runs: ScenarioRuns) -> list[Path]:
    """The protocols whose own folder the scenarios are from; without any, all that they name."""
    folders = {parent.resolve() for file in runs.files for parent in file.absolute().parents}
    run = {path: answers for path, answers in runs.answers.items() if answers}
    own = [path for path in run if (Pack.of(path).scenarios / path.stem).resolve() in folders]
    return own or [*run]


def covered(path: Path, answers: Sequence[Answers], dictionary: Dictionary) -> Coverage:
    """What scenarios cover of the protocol in the file `path`, whose ledgers lie beside it."""
    protocol = resolved(str(path), dictionary)
    pack = Pack.of(path)
    own = [source for source in protocol.documents if source.protocol == protocol.id]
    ledgers = {
        source.ledger: read_ledger(pack.ledger(source.ledger), protocol, source)
        for source in own
        if pack.ledger(source.ledger).is_file()
    }
    scenarios = [scenario for one in answers for scenario in one.scenarios]
    return coverage(protocol, scenarios, said(answers), ledgers)


def _by_protocol(
    scenarios: Iterable[Scenario], problems: list[Problem]
) -> dict[Path, list[Scenario]]:
    """The scenarios of each protocol's file; one that is not to be found is said at each."""
    found: dict[Path, list[Scenario]] = {}
    for scenario in scenarios:
        try:
            path = find_protocol(scenario.protocol, near=Path(scenario.place.file))
        except InvalidInput as fault:
            place = scenario.places.get("protocol", scenario.place)
            problems += [one._replace(place=place) for one in fault.problems]
        else:
            found.setdefault(path, []).append(scenario)
    return found


def _program(path: Path, dictionary: Dictionary, problems: list[Problem]) -> Program | None:
    try:
        return load_protocol(str(path), dictionary)
    except InvalidInput as fault:
        problems += fault.problems
        return None
