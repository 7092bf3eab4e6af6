"""`protocol lint`: what is legal in a protocol but wrong, or asks for a second look."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.errors import ExitCode

if TYPE_CHECKING:
    from engine.analysis.lint import Finding
    from engine.model.fact import Dictionary
    from engine.model.protocol import Protocol


class Format(StrEnum):
    """How the findings are written."""

    text = "text"
    github = "github"
    sarif = "sarif"
    json = "json"


def lint(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Protocol files or names. Default: every protocol of your own packs.",
            show_default=False,
        ),
    ] = None,
    witness: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write a case for each finding there, for `check`."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show the findings that the protocol explains, too.")
    ] = False,
    format_: Annotated[
        Format,
        typer.Option("--format", help="Text to read; annotations for GitHub; SARIF or JSON."),
    ] = Format.text,
) -> None:
    """Look for what is legal in a protocol but wrong.

    Rules that never apply, conditions that always hold, thresholds that nothing reaches, duties
    that ask for the same with different limits or contradict each other, rules that another makes
    needless, names that nothing uses, a `must` without a statute. A solver looks through every
    record, so a finding comes with a case. What is right as it is, is said under `explained`.

    Exit codes: 0 nothing found; 1 a finding; 2 wrong usage; 3 a file is invalid.
    """
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415 - after the options
    from engine.packs import own_names  # noqa: PLC0415

    if files is not None and "" in files:
        raise typer.BadParameter("A file's name is empty.", param_hint="FILE")
    dictionary = read_dictionary()
    found = [_lint(name, dictionary) for name in dict.fromkeys(files or own_names())]
    sys.stdout.write(_report(found, format_, everything=everything))
    if witness is not None:
        _write(found, witness, dictionary)
    if any(not one.because for _, findings in found for one in findings):
        raise typer.Exit(ExitCode.GAP)


def _lint(which: str, dictionary: Dictionary) -> tuple[Protocol, list[Finding]]:
    from engine.analysis.lint import lint as look  # noqa: PLC0415
    from engine.cli.waiting import waiting  # noqa: PLC0415
    from engine.packs import Pack, find_protocol  # noqa: PLC0415
    from engine.pipeline import load_protocol, resolved  # noqa: PLC0415

    path = str(find_protocol(which))
    protocol = resolved(path, dictionary)
    dispositions = _dispositions(protocol, Pack.of(Path(path)).ledgers)
    program = load_protocol(path, dictionary)
    with waiting(f"Looking through {protocol.id}"):
        return protocol, look(protocol, program, dictionary, dispositions)


def _dispositions(protocol: Protocol, ledgers: Path) -> dict[tuple[str, str], str]:
    """What the ledgers of the protocol's own documents say of each clause."""
    from engine.analysis.ledger import read_ledger  # noqa: PLC0415

    return {
        (source.id, line.clause): line.disposition
        for source in protocol.documents
        if source.protocol == protocol.id and (ledgers / f"{source.ledger}.csv").is_file()
        for line in read_ledger(ledgers / f"{source.ledger}.csv", protocol, source)
    }


def _report(
    found: Sequence[tuple[Protocol, list[Finding]]], format_: Format, *, everything: bool
) -> str:
    from engine.report.problems import Checked  # noqa: PLC0415

    shown = [
        (protocol, [one for one in findings if everything or not one.because])
        for protocol, findings in found
    ]
    if format_ is Format.json:
        return json.dumps([_json(*each) for each in found], indent=2) + "\n"
    checked = [Checked(p.id, tuple(one.problem for one in own), None) for p, own in shown]
    if format_ is Format.github:
        from engine.report.problems.github import problems_github  # noqa: PLC0415

        return problems_github(checked)
    if format_ is Format.sarif:
        from engine.report.problems.machine import problems_sarif  # noqa: PLC0415

        return problems_sarif(checked)
    from engine.cli.page_settings import colour, width  # noqa: PLC0415
    from engine.cli.validate import lines_of  # noqa: PLC0415
    from engine.report.lint_text import lint_text  # noqa: PLC0415

    return lint_text(found, lines_of, width=width(), colour=colour(), everything=everything)


def _json(protocol: Protocol, findings: Sequence[Finding]) -> dict[str, object]:
    from engine.report.problems.machine import problem_json  # noqa: PLC0415

    return {
        "protocol": protocol.id,
        "findings": [
            {
                **problem_json(one.problem),
                "rules": list(one.rules),
                "because": one.because,
                "case": f"{_case_name(protocol, one)}.yaml" if one.case else None,
            }
            for one in findings
        ],
    }


def _case_name(protocol: Protocol, one: Finding) -> str:
    rules = "-".join(one.rules[:2]).replace("/", ".")
    return f"{protocol.id}-{one.problem.code}-{rules}"


def _write(
    found: Sequence[tuple[Protocol, list[Finding]]], folder: Path, dictionary: Dictionary
) -> None:
    """A case file for each finding that has one."""
    from engine.cli.witness import write_cases  # noqa: PLC0415

    cases = {
        _case_name(protocol, one): one.case
        for protocol, findings in found
        for one in findings
        if one.case is not None
    }
    write_cases(cases, folder, dictionary)
