"""`protocol test`: whether protocols say what their scenarios expect."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.errors import ExitCode

if TYPE_CHECKING:
    from engine.analysis.coverage import Coverage
    from engine.cli.scenario_runs import ScenarioRuns

_ENDINGS = ("*.yaml", "*.yml", "*.json", "*.csv")


class Format(StrEnum):
    """How the report is written."""

    text = "text"
    github = "github"
    junit = "junit"
    json = "json"


def scenario_test(
    named: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|PROTOCOL]...",
            help="Scenario files, folders of them, or protocols, for their scenarios. "
            "Default: all in tests/protocols.",
            show_default=False,
        ),
    ] = None,
    covered: Annotated[
        bool,
        typer.Option("--coverage", help="Show which rules and clauses the scenarios cover."),
    ] = False,
    format_: Annotated[
        Format,
        typer.Option(
            "--format", help="Text to read; annotations for GitHub; JUnit XML or JSON for programs."
        ),
    ] = Format.text,
    watched: Annotated[
        bool, typer.Option("--watch", help="Go on, and run again after each change of a file.")
    ] = False,
    mutated: Annotated[
        bool,
        typer.Option("--mutate", help="Make small changes to the protocol: are they noticed?"),
    ] = False,
    least: Annotated[
        int,
        typer.Option(metavar="PERCENT", help="With --mutate: how many must be.", min=0, max=100),
    ] = 95,
    witness: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="With --mutate: write cases that would notice there."),
    ] = None,
) -> None:
    """Run scenarios: worked cases with what a protocol must say of them.

    What is not as expected is shown with what was found instead, and why. A scenario file is a
    list; each entry has `scenario`, `protocol`, `case` and `expect`.

    With --mutate every rule is changed a little: a day more, an excuse less, a condition turned
    round, a part left out. What no scenario notices is shown with one that would; what means
    nothing, as a solver shows, is left out.

    Exit codes: 0 all hold; 1 one does not, with --coverage something is not shown, or with
    --mutate too little is noticed; 2 wrong usage; 3 a file or protocol is invalid.
    """
    if "" in (named or ()):
        raise typer.BadParameter("A file's name is empty.", param_hint="FILE")
    if covered and format_ in (Format.github, Format.junit):
        message = f"Coverage has no place in {format_}; give it as text or JSON."
        raise typer.BadParameter(message, param_hint="--coverage")
    if mutated:
        if format_ not in (Format.text, Format.json) or watched or covered:
            message = "It goes with text or JSON only, and not with --watch or --coverage."
            raise typer.BadParameter(message, param_hint="--mutate")
        _mutate(named or (), least, witness, as_json=format_ is Format.json)
        return
    if not watched:
        _run(named or (), format_, covered=covered)
        return
    from engine.cli.watch import watch  # noqa: PLC0415 - rarely asked for

    watch(lambda: _looked_at(named or ()), lambda: _run(named or (), format_, covered=covered))


def _run(named: Sequence[str], format_: Format, *, covered: bool) -> None:
    """Run and report once; exit code 3 before 1."""
    from engine.cli.scenario_runs import coverage_by_protocol, run_scenarios  # noqa: PLC0415
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415
    from engine.scenarios.files import scenario_files  # noqa: PLC0415

    dictionary = read_dictionary()
    runs = run_scenarios(scenario_files(named), dictionary, _progress)
    coverage = coverage_by_protocol(runs, dictionary) if covered else None
    sys.stdout.write(_report(runs, coverage, format_))
    if runs.problems:
        raise typer.Exit(ExitCode.INVALID)
    if any(one.shortfalls for one in runs.outcomes) or not all(c.whole for c in coverage or ()):
        raise typer.Exit(ExitCode.GAP)


def _mutate(named: Sequence[str], least: int, witness: Path | None, *, as_json: bool) -> None:
    """Run the scenarios; if they hold, try the mutants."""
    from engine.cli.mutate import mutate  # noqa: PLC0415
    from engine.cli.scenario_runs import run_scenarios  # noqa: PLC0415
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415
    from engine.scenarios.files import scenario_files  # noqa: PLC0415

    dictionary = read_dictionary()
    runs = run_scenarios(scenario_files(named), dictionary, _progress)
    if runs.problems or any(one.shortfalls for one in runs.outcomes):
        sys.stdout.write(_report(runs, None, Format.text))
        sys.stdout.write("No change was tried: first the scenarios have to hold.\n")
        raise typer.Exit(ExitCode.INVALID if runs.problems else ExitCode.GAP)
    progress = partial(_progress, what="changes")
    raise typer.Exit(
        mutate(runs, dictionary, least=least, as_json=as_json, witness=witness, progress=progress)
    )


def _report(runs: ScenarioRuns, coverage: Sequence[Coverage] | None, format_: Format) -> str:
    if format_ is Format.text:
        return _text(runs, coverage)
    from engine.report import scenarios_machine as machine  # noqa: PLC0415

    if format_ is Format.github:
        return machine.scenarios_github(runs.outcomes, runs.problems)
    if format_ is Format.junit:
        return machine.scenarios_junit(runs.outcomes, runs.problems)
    return machine.scenarios_json(runs.outcomes, runs.problems, coverage)


def _text(runs: ScenarioRuns, coverage: Sequence[Coverage] | None) -> str:
    from engine.cli.page_settings import colour, width  # noqa: PLC0415
    from engine.cli.validate import lines_of  # noqa: PLC0415
    from engine.report.problems import Checked  # noqa: PLC0415
    from engine.report.problems.text import problems_text  # noqa: PLC0415
    from engine.report.scenarios_coverage import coverage_text  # noqa: PLC0415
    from engine.report.scenarios_text import scenarios_text  # noqa: PLC0415

    wide, coloured = width(), colour()
    wrong = [Checked("", tuple(runs.problems), None)] if runs.problems else []
    text = problems_text(wrong, lines_of, width=wide, colour=coloured)
    text += "\n" if text else ""
    invalid = len({problem.place.file for problem in runs.problems})
    text += scenarios_text(runs.outcomes, invalid, width=wide, colour=coloured)
    if coverage is not None:
        text += coverage_text(coverage, width=wide, colour=coloured)
    return text


def _looked_at(named: Sequence[str]) -> Iterator[Path]:
    """What a change of is looked for: scenarios, and the protocols, ledgers and cases by them."""
    from engine.errors import InvalidInput  # noqa: PLC0415
    from engine.packs import Pack  # noqa: PLC0415
    from engine.scenarios.files import scenario_files  # noqa: PLC0415

    try:
        files = scenario_files(named)
    except InvalidInput:
        return
    packs = {Pack.of(file) for file in files}
    folders = {file.parent for file in files} | {p.protocols for p in packs}
    for folder in sorted(folders | {pack.ledgers for pack in packs}):
        for ending in _ENDINGS:
            yield from folder.glob(ending)


def _progress(done: int, total: int, what: str = "scenarios") -> None:
    """Progress over many things, on a terminal's error stream only."""
    if total > 100 and sys.stderr.isatty():
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{done:,} of {total:,} {what}{end}")
        sys.stderr.flush()
