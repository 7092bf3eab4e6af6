"""`protocol diff`: how two protocols differ in meaning."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.errors import ExitCode, InvalidInput, Problem

if TYPE_CHECKING:
    from engine.analysis.diff import Diff
    from engine.analysis.impact import Change
    from engine.model.fact import Dictionary
    from engine.model.protocol import Protocol


class Format(StrEnum):
    """How the differences are written."""

    text = "text"
    markdown = "markdown"
    html = "html"
    json = "json"


def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A protocol: a name or a file.")],
    second: Annotated[
        str | None,
        typer.Argument(
            metavar="[B]",
            help="The other. Without it: the file A now, against its last commit.",
            show_default=False,
        ),
    ] = None,
    cases: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Case files: which of them change status, and why."),
    ] = None,
    witness: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the cases that show who is stricter there."),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.text,
) -> None:
    """Compare two protocols in what they ask, not in how it is written.

    Two authorities, two editions, or a file against its last commit: duties that only one has, and
    those with another limit, trigger, evidence, excuse, person or strength, and which is stricter.

    Exit codes: 0 no difference; 1 a difference; 2 wrong usage; 3 a file is invalid.
    """
    from engine.analysis.diff import diff as compare  # noqa: PLC0415 - after the options
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415
    from engine.report import diff_text as written  # noqa: PLC0415
    from engine.report.diff_outline import side_names, told  # noqa: PLC0415

    dictionary = read_dictionary()
    one, two = _sides(first, second, dictionary)
    found = compare(one, two, dictionary)
    names = side_names(one, two)
    in_words = told(found, names, dictionary)
    if cases is not None:
        in_words = in_words._replace(impact=_impact(cases, found, dictionary))
    if format_ is Format.json:
        sys.stdout.write(json.dumps(written.diff_json(in_words), indent=2) + "\n")
    elif format_ is Format.markdown:
        sys.stdout.write(written.diff_markdown(in_words))
    elif format_ is Format.html:
        sys.stdout.write(written.diff_html(in_words))
    else:
        from engine.cli.page_settings import colour, width  # noqa: PLC0415

        sys.stdout.write(written.diff_text(in_words, width=width(), colour=colour()))
    if witness is not None:
        _write(found, names, witness, dictionary)
    if not found.empty:
        raise typer.Exit(ExitCode.GAP)


def _sides(first: str, second: str | None, dictionary: Dictionary) -> tuple[Protocol, Protocol]:
    """Both protocols; of one file alone its last commit, then as it is."""
    from engine.packs import find_protocol  # noqa: PLC0415
    from engine.pipeline import compiled_text, resolved  # noqa: PLC0415

    if second is not None:
        return resolved(first, dictionary), resolved(second, dictionary)
    path = find_protocol(first)
    try:
        before, _ = compiled_text(path, _committed(path), dictionary)
    except InvalidInput as fault:
        raise InvalidInput(_of_commit(one, path) for one in fault.problems) from None
    return before, resolved(str(path), dictionary)


def _of_commit(problem: Problem, path: Path) -> Problem:
    """The problem said of the committed file, where it is one of that."""
    place = problem.place
    if place.file != str(path):
        return problem
    return problem._replace(place=place._replace(file=f"{place.file} (last commit)"))


def _committed(path: Path) -> bytes:
    """The file as it stands in the last commit of its repository."""
    import shutil  # noqa: PLC0415 - only against a commit
    import subprocess  # noqa: PLC0415

    git = shutil.which("git")
    if git is None:
        raise typer.BadParameter("Git is not installed here: name two files.", param_hint="B")
    asked = [git, "-C", str(path.absolute().parent), "cat-file", "blob", f"HEAD:./{path.name}"]
    try:
        found = subprocess.run(asked, capture_output=True, timeout=20, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise typer.BadParameter("Git does not answer: name two files.", param_hint="B") from None
    if found.returncode:
        message = f"{path} is in no commit of a repository: name two protocols."
        raise typer.BadParameter(message, param_hint="B")
    return found.stdout


def _impact(folder: Path, found: Diff, dictionary: Dictionary) -> tuple[Change, ...]:
    """What changes in the cases of a folder; a file that is no case ends it."""
    from datetime import date  # noqa: PLC0415

    from engine.analysis.diff import comparable  # noqa: PLC0415
    from engine.analysis.impact import impact  # noqa: PLC0415
    from engine.cli.check import in_folder  # noqa: PLC0415
    from engine.compile import compile_protocol  # noqa: PLC0415
    from engine.load.case import read_case_file  # noqa: PLC0415

    today = date.today()  # noqa: DTZ011 - the day on the user's own calendar
    cases, problems = [], []
    for name in in_folder(str(folder)) if folder.is_dir() else [str(folder)]:
        read, faults = read_case_file(name, dictionary, today)
        cases += read
        problems += [fault for fault in faults if fault.severity == "error"]
    if problems:
        raise InvalidInput(problems)
    before, after = (compile_protocol(p, dictionary) for p in comparable(found.first, found.second))
    return tuple(impact(cases, before, after, found.renamed, dictionary, today))


def _write(found: Diff, names: tuple[str, str], folder: Path, dictionary: Dictionary) -> None:
    """The cases in which only one side finds a gap, or asks for something, one a file."""
    from engine.cli.witness import write_cases  # noqa: PLC0415

    cases = {
        f"{pair.second.id.replace('/', '.')}-{name}": shown.case
        for pair in found.changed
        if pair.gaps is not None
        for name, shown in zip(names, (pair.gaps.only_first, pair.gaps.only_second), strict=True)
        if shown is not None
    }
    write_cases(cases, folder, dictionary)
