"""`protocol check`: what a protocol says of the cases in some files."""

from __future__ import annotations

import contextlib
import datetime
import sys
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer

from engine.cli.page_settings import colour, width
from engine.errors import Place, Problem, nearest

if TYPE_CHECKING:
    from types import TracebackType

    from engine.cli.reports import Reports
    from engine.evaluate.second_engine import SecondEngine
    from engine.model.case import Case
    from engine.model.finding import Assessment
    from engine.model.program import Program

CASE_FILES = (".yaml", ".yml", ".json")


class Format(StrEnum):
    """How the report is written."""

    text = "text"
    json = "json"


class Engine(StrEnum):
    """Which engine's answer is shown."""

    planes = "planes"
    durable = "durable-rules"


def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Case files, folders of them, or - (standard input)."),
    ],
    protocol: Annotated[
        str | None,
        typer.Option(help="A protocol's name or file. Default: that of the case's authority."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="The day asked about. Default: the record's own day."
        ),
    ] = None,
    format_: Annotated[
        Format, typer.Option("--format", help="A report to read, or one for programs.")
    ] = Format.text,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every duty, also those met or not applicable.")
    ] = False,
    engine: Annotated[
        Engine, typer.Option(help="Whose answer to show; `planes` is the one that decides.")
    ] = Engine.planes,
    no_cross_check: Annotated[
        bool, typer.Option("--no-cross-check", help="Do not ask the second engine.")
    ] = False,
) -> None:
    """Check cases against a protocol: gaps, what is due next, and what must be known.

    Exit codes: 0 no gap and everything decided; 1 a gap; 2 wrong usage; 3 a file or protocol is
    invalid; 4 no gap, but something is undetermined or nothing applied; 70 an internal fault,
    engines that differ included. Over several cases the first of 70, 3, 1, 4 and 0.
    """
    from engine.cli.reports import Reports  # noqa: PLC0415 - after the options are known

    reports = Reports(
        as_json=format_ is Format.json, everything=everything, width=width(), colour=colour()
    )
    if protocol == "":
        raise typer.BadParameter("A protocol's name is empty.", param_hint="--protocol")
    paths = list(_expanded(files))
    with CheckRun(protocol, _day(as_of), engine, reports, cross_check=not no_cross_check) as run:
        for number, path in enumerate(paths, 1):
            _progress(number, len(paths))
            run.file(path)
    if code := reports.exit_code():
        raise typer.Exit(code)


class CheckRun:
    """What stays the same over all files: the options, the programs loaded, the second engine."""

    def __init__(
        self,
        protocol: str | None,
        asked: datetime.date | None,
        engine: Engine,
        reports: Reports,
        *,
        cross_check: bool,
    ) -> None:
        from engine.load.dictionary import read_dictionary  # noqa: PLC0415

        self.show_second = engine is Engine.durable
        self.second = _second(self.show_second) if cross_check or self.show_second else None
        self.reports = reports
        self.dictionary = read_dictionary()
        self.protocol = protocol
        self.asked = asked
        self.today = datetime.datetime.now(tz=datetime.UTC).astimezone().date()
        self.programs: dict[str, Program] = {}

    def __enter__(self) -> Self:
        self.reports.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if self.second is not None:
            self.second.close()
            if self.second.bundle is not None:
                _keep_bundle(self.second.bundle)
        return self.reports.__exit__(kind, fault, trace)

    def file(self, path: str) -> None:
        """Report every good case of a file, and what is wrong with the others."""
        from engine.load.case import read_case_file  # noqa: PLC0415

        cases, problems = read_case_file(path, self.dictionary, self.today)
        for case in cases:
            for program, assessment in self.answers(case):
                self.reports.add(assessment, program, self.dictionary)
        self.reports.problems([one for one in problems if one.severity == "error"])

    def answers(self, case: Case) -> list[tuple[Program, Assessment]]:
        """What the protocol asked for says, or that of the case's authority.

        A duty keeps the edition in force when its clock started: where a clock started before the
        protocol was in force, older national editions answer too, if any of their duties applies.
        """
        from engine.packs import has_protocol  # noqa: PLC0415
        from engine.pipeline import NATIONAL  # noqa: PLC0415

        own = case.authority or NATIONAL[0]
        if case.authority and not self.protocol and not has_protocol(case.authority):
            case, own = _without_protocol(case, case.authority), NATIONAL[0]
        first = self.assess(case, self.protocol or own)
        answers = [first]
        if self.protocol is None and first[1].before_its_time:
            older = [name for name in NATIONAL if name not in first[0].chain]
            told = [self.assess(case, name) for name in older]
            answers += [one for one in told if one[1].applied]
        if len(answers) > 1 and not first[1].applied:
            return answers[1:]
        return answers

    def assess(self, case: Case, which: str) -> tuple[Program, Assessment]:
        """One case under one protocol."""
        from engine.pipeline import check as check_cases  # noqa: PLC0415

        program = self.program(which)
        (assessment,) = check_cases(
            [case],
            program,
            self.dictionary,
            asked=self.asked,
            today=self.today,
            trace=self.reports.as_json,
            second=self.second,
            show_second=self.show_second,
        )
        return program, assessment

    def program(self, which: str) -> Program:
        """The program of a protocol, loaded once."""
        from engine.pipeline import load_protocol  # noqa: PLC0415

        if which not in self.programs:
            self.programs[which] = load_protocol(which, self.dictionary)
            if self.second is not None:
                self.second.prepare(self.programs[which])
        return self.programs[which]


def _without_protocol(case: Case, authority: str) -> Case:
    """The case with a warning that only the national guidance is applied to it."""
    from engine.packs import names  # noqa: PLC0415 - only where something is wrong

    cure = nearest(authority, names()) or "Name its protocol with `--protocol` if you have one."
    message = f"There is no protocol of `{authority}` here; the national guidance is applied."
    warning = Problem("C140", message, Place(case.file), cure, "warning")
    return replace(case, warnings=(warning, *case.warnings))


def _second(shown: bool) -> SecondEngine:
    """The second engine; if its answer is to be `shown`, it has to be there."""
    from engine.evaluate.second_engine import NOT_INSTALLED, SecondEngine  # noqa: PLC0415

    second = SecondEngine(wanted=True)
    if shown and second.reason == NOT_INSTALLED:
        message = f"{NOT_INSTALLED}, so that it has no answer to show. Leave the option out."
        raise typer.BadParameter(message, param_hint="--engine")
    return second


def _keep_bundle(bundle: dict[str, Any]) -> None:
    """Write down, for whoever mends the engine, the truths on which the two engines differ."""
    import json  # noqa: PLC0415 - hardly ever needed

    from engine.compile.store import folder  # noqa: PLC0415

    path = folder() / "engines-differ.json"
    typer.echo("The two engines differ: a fault of this program.", err=True)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(bundle, indent=1), encoding="utf-8")
        typer.echo(
            f"    {path} shows where, and holds nothing of the case but yes, no and unknown.\n"
            "    Please send it with your report of the fault.",
            err=True,
        )


def _expanded(files: list[str]) -> Iterator[str]:
    """Files as they are; of a folder the case files in it, in order of their names. Each once."""
    seen: set[Path | str] = set()
    for name in files:
        if not name:
            raise typer.BadParameter("A file's name is empty.", param_hint="FILE")
        for path in in_folder(name) if name != "-" and Path(name).is_dir() else [name]:
            same = path if path == "-" else Path(path).resolve()
            if same not in seen:
                seen.add(same)
                yield path


def in_folder(name: str) -> list[str]:
    """The case files of a folder and of those in it, but for what is hidden."""
    folder = Path(name)
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in CASE_FILES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )
    if not found:
        message = f"There is no case file (.yaml, .yml or .json) in {name}."
        raise typer.BadParameter(message, param_hint="FILE")
    return [str(path) for path in found]


def _day(text: str | None) -> datetime.date | None:
    """The day asked about, written as in a case file."""
    if text is None:
        return None
    from engine.load.written_dates import Fault, read_day  # noqa: PLC0415 - rarely asked for

    day = read_day(text)
    if isinstance(day, datetime.date):
        return day
    why = f"{day.message} {day.cure}" if isinstance(day, Fault) else "Write a day: `2025-03-10`."
    raise typer.BadParameter(why, param_hint="--as-of")


def _progress(number: int, total: int) -> None:
    """Progress over many files, on a terminal's error stream only."""
    if total > 20 and sys.stderr.isatty():
        end = "\n" if number == total else ""
        sys.stderr.write(f"\rChecking {number} of {total} files{end}")
        sys.stderr.flush()
