"""`protocol validate`: everything that is wrong with protocols, at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.errors import ExitCode, InvalidInput

if TYPE_CHECKING:
    from engine.examine import Examiner
    from engine.report.problems import Checked


class Format(StrEnum):
    """How the report is written."""

    text = "text"
    github = "github"
    sarif = "sarif"
    junit = "junit"
    json = "json"


def validate(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Protocol files, folders of them, or names. Default: all of your own packs.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        Format,
        typer.Option(
            "--format",
            help="Text to read; annotations for GitHub; SARIF, JUnit XML or JSON for programs.",
        ),
    ] = Format.text,
    watched: Annotated[
        bool, typer.Option("--watch", help="Go on, and look again after each change of a file.")
    ] = False,
) -> None:
    """Say what is wrong with protocols: all of it, with the line and how to mend it.

    It checks the words of the language, facts, values, roles, references, dates, cycles, limits,
    and that each clause cited has its line in the ledger. A warning fails nothing.

    Exit codes: 0 valid; 2 wrong usage; 3 something is invalid.
    """
    if files is not None and "" in files:
        raise typer.BadParameter("A file's name is empty.", param_hint="FILE")
    if not watched:
        _run(files, format_)
        return
    from engine.cli.watch import watch  # noqa: PLC0415 - rarely asked for

    watch(lambda: _looked_at(files), lambda: _run(files, format_))


def _run(files: Sequence[str] | None, format_: Format) -> None:
    """Check and report once; exit code 3 if there is an error."""
    from engine.examine import Examiner  # noqa: PLC0415 - after the options are known
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415

    examiner = Examiner(read_dictionary())
    checked = [_checked(name, examiner) for name in _wanted(files)]
    sys.stdout.write(_report(checked, format_))
    if any(each.protocol is None for each in checked):
        raise typer.Exit(ExitCode.INVALID)


def _wanted(files: Sequence[str] | None) -> list[str]:
    """Files and names as they are, of a folder the protocols in it; each once.

    Without any: every protocol of the person's own packs, or else those that are shipped.
    """
    from engine.packs import Pack, own_names  # noqa: PLC0415

    if not files:
        return own_names()
    wanted: dict[str, None] = {}
    for which in files:
        if not Path(which).is_dir():
            wanted[which] = None
            continue
        found = [str(p.protocol(name)) for p in Pack.within(Path(which)) for name in p.names()]
        if not found:
            raise typer.BadParameter(f"There is no protocol in {which}.", param_hint="FILE")
        wanted |= dict.fromkeys(found)
    return list(wanted)


def _checked(which: str, examiner: Examiner) -> Checked:
    from engine.packs import find_protocol  # noqa: PLC0415
    from engine.report.problems import Checked  # noqa: PLC0415

    try:
        path = find_protocol(which)
    except InvalidInput as fault:
        return Checked(which, fault.problems, None)
    found = examiner.examine(path)
    shown = {file: _shown(file) for file in {str(path), *(p.place.file for p in found.problems)}}
    problems = tuple(
        problem._replace(place=problem.place._replace(file=shown[problem.place.file]))
        for problem in found.problems
    )
    return Checked(shown[str(path)], problems, found.protocol)


def _shown(file: str) -> str:
    """A file's name from the working folder, if it lies in it; always with forward slashes."""
    path, here = Path(file).absolute(), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else Path(file)).as_posix()


def _report(checked: Sequence[Checked], format_: Format) -> str:
    if format_ is Format.text:
        from engine.cli.page_settings import colour, width  # noqa: PLC0415
        from engine.report.problems.text import problems_text  # noqa: PLC0415

        return problems_text(checked, lines_of, width=width(), colour=colour())
    if format_ is Format.github:
        from engine.report.problems.github import problems_github  # noqa: PLC0415

        return problems_github(checked)
    from engine.report.problems import machine  # noqa: PLC0415

    write = {
        Format.sarif: machine.problems_sarif,
        Format.junit: machine.problems_junit,
        Format.json: machine.problems_json,
    }
    return write[format_](checked)


def lines_of(file: str) -> list[str]:
    """The lines of a file, as far as it can be read."""
    from engine.load.document import read_bytes  # noqa: PLC0415
    from engine.pipeline import MOST_BYTES  # noqa: PLC0415

    try:
        text = read_bytes(Path(file), most_bytes=MOST_BYTES).decode("utf-8-sig", "replace")
    except InvalidInput:
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _looked_at(files: Sequence[str] | None) -> Iterable[Path]:
    """What a change of is looked for: the files, and the protocols and ledgers beside them."""
    from engine.packs import Pack, find_protocol  # noqa: PLC0415

    folders: dict[Path, None] = {}
    for which in _wanted(files):
        try:
            path = find_protocol(which)
        except InvalidInput:
            continue
        yield path
        pack = Pack.of(path)
        folders |= dict.fromkeys((pack.protocols, pack.ledgers))
    for folder in folders:
        yield from folder.glob("*.yaml")
        yield from folder.glob("*.csv")
