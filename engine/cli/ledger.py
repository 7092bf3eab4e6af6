"""`protocol ledger`: what became of every clause of a document."""

from __future__ import annotations

import json
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.errors import ExitCode, InvalidInput, Place, Problem

if TYPE_CHECKING:
    from engine.analysis.coverage import Coverage
    from engine.analysis.ledger_findings import Finding
    from engine.analysis.scenarios_of import Held
    from engine.model.protocol import Protocol, Source

_COMPARED = {"changed", "new", "vanished"}


class Format(StrEnum):
    """How the report is written."""

    text = "text"
    json = "json"


def ledger(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="A ledger's name, such as norfolk, or file.")
    ],
    check: Annotated[
        bool, typer.Option("--check", help="Compare the ledger with the document's clauses.")
    ] = False,
    source: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="With --check: the clause table (id, kind, text; .tsv)."),
    ] = None,
    format_: Annotated[
        Format, typer.Option("--format", help="A report to read, or one for programs.")
    ] = Format.text,
) -> None:
    """Show what became of every clause of a document: the rule that checks it, or why none does.

    With --check it names the clauses that changed, are new or vanished, and the rules and
    scenarios to look at again. What the scenarios show of the rules is summed up in a line;
    `protocol test --coverage` tells more.

    Exit codes: 0 nothing found; 1 a finding; 2 wrong usage; 3 a file is invalid.
    """
    from engine.analysis.clause_table import read_clauses  # noqa: PLC0415 - after the options
    from engine.analysis.ledger import read_ledger  # noqa: PLC0415
    from engine.analysis.ledger_findings import against_document, against_protocol  # noqa: PLC0415
    from engine.cli.page_settings import colour, width  # noqa: PLC0415
    from engine.packs import find_ledger  # noqa: PLC0415
    from engine.report.ledger_text import LedgerReport, ledger_json, ledger_text  # noqa: PLC0415

    if check != bool(source):
        message = "`--check` needs `--source FILE`, the clause table, and the other way round."
        raise typer.BadParameter(message, param_hint="--check")
    path = find_ledger(document)
    protocol, cited = _owner(path)
    lines = read_ledger(path, protocol, cited)
    findings = [*against_protocol(lines, protocol, cited)]
    if source:
        findings += against_document(lines, read_clauses(Path(source)))
    held = _scenarios(path, protocol, findings)
    covered = _covered(path, protocol)
    report = LedgerReport(path.stem, cited.title, lines, findings, held, source, covered)
    if format_ is Format.json:
        sys.stdout.write(json.dumps(ledger_json(report), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(ledger_text(report, width=width(), colour=colour()))
    if findings:
        raise typer.Exit(ExitCode.GAP)


def _owner(path: Path) -> tuple[Protocol, Source]:
    """The protocol, in the folder above the ledger's, that names it under `documents` (L111)."""
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415
    from engine.packs import Pack  # noqa: PLC0415
    from engine.pipeline import resolved  # noqa: PLC0415

    pack = Pack.of(path)
    for file in map(pack.protocol, pack.names()):
        if f"ledger: {path.stem}".encode() not in file.read_bytes():
            continue
        protocol = resolved(str(file), read_dictionary())
        for source in protocol.documents:
            if source.ledger == path.stem and source.protocol == protocol.id:
                return protocol, source
    message = f"No protocol names this ledger, `{path.stem}`."
    entry = f"`documents: {{…: {{…, ledger: {path.stem}}}}}`"
    cure = f"Name it in a protocol in {pack.protocols}: {entry}."
    raise InvalidInput([Problem("L111", message, Place(str(path)), cure)])


def _covered(path: Path, protocol: Protocol) -> Coverage | None:
    """What the scenarios beside the ledger cover of its protocol; None without any."""
    from engine.cli.scenario_runs import coverage_by_protocol, run_scenarios  # noqa: PLC0415
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415
    from engine.packs import Pack  # noqa: PLC0415
    from engine.scenarios.files import files_in  # noqa: PLC0415

    dictionary = read_dictionary()
    files = files_in(Pack.of(path).scenarios / protocol.id)
    every = coverage_by_protocol(run_scenarios(files, dictionary), dictionary)
    return next((one for one in every if one.protocol == protocol.id), None)


def _scenarios(path: Path, protocol: Protocol, findings: list[Finding]) -> dict[str, list[Held]]:
    """The scenarios to look at again: in `tests/protocols`, beside the folder of the protocols.

    They are those of the protocol, of what it rests on, and of what rests on it.
    """
    from engine.analysis.scenarios_of import scenarios_of  # noqa: PLC0415
    from engine.packs import Pack  # noqa: PLC0415

    pack = Pack.of(path)
    rests = re.compile(rf"^extends: *{re.escape(protocol.id)} *$".encode(), re.MULTILINE)
    above = [name for name in pack.names() if rests.search(pack.protocol(name).read_bytes())]
    rules = [rule for finding in findings if finding.kind in _COMPARED for rule in finding.rules]
    return scenarios_of(pack.scenarios, dict.fromkeys(rules), {*protocol.chain, *above})
