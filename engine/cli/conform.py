"""`protocol conform`: is a local protocol at least as strict as the national one?"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.errors import ExitCode

if TYPE_CHECKING:
    from engine.analysis.conform import Conformance
    from engine.model.fact import Dictionary


class Format(StrEnum):
    """How the comparison is written."""

    text = "text"
    markdown = "markdown"
    json = "json"


def conform(
    local: Annotated[
        str, typer.Argument(metavar="LOCAL", help="The local protocol: a name or a file.")
    ],
    national: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="NATIONAL", help="What to hold it to; default: what it extends."
        ),
    ] = None,
    witness: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", file_okay=False, help="Write the cases that show a difference there."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every duty, and how each stricter one differs.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.text,
) -> None:
    """Compare a local protocol with the national guidance, duty by duty.

    Each national duty is inherited, equal, stricter, weaker, incomparable or not covered: proved
    over every record and every day of the calendar, or shown by a case that `protocol check`
    judges the same way.

    Exit codes: 0 at least as strict; 1 a requirement on local protocols is not met; 2 wrong usage;
    3 a file is invalid; 4 something was not decided; 5 a duty is weaker, incomparable or missing.
    """
    from engine.analysis.conform import conform as compare  # noqa: PLC0415 - after the options
    from engine.cli.page_settings import colour, width  # noqa: PLC0415
    from engine.cli.waiting import waiting  # noqa: PLC0415
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415
    from engine.packs import find_protocol  # noqa: PLC0415
    from engine.pipeline import resolved  # noqa: PLC0415
    from engine.report.conform_outline import told  # noqa: PLC0415
    from engine.report.conform_text import (  # noqa: PLC0415
        conform_json,
        conform_markdown,
        conform_text,
    )  # fmt: skip

    dictionary = read_dictionary()
    path = find_protocol(local)
    ours = resolved(str(path), dictionary)
    above = national or next(iter(ours.chain[1:]), None)
    if above is None:
        message = f"`{ours.id}` extends no protocol: say what to hold it to, such as --to wt2023."
        raise typer.BadParameter(message, param_hint="--to")
    theirs = resolved(str(find_protocol(above, near=path)), dictionary)
    with waiting(f"Comparing {ours.id} with {theirs.id}"):
        found = compare(ours, theirs, dictionary)
    in_words = told(found, dictionary)
    if format_ is Format.json:
        sys.stdout.write(json.dumps(conform_json(in_words), indent=2) + "\n")
    elif format_ is Format.markdown:
        sys.stdout.write(conform_markdown(in_words))
    else:
        text = conform_text(in_words, width=width(), colour=colour(), everything=everything)
        sys.stdout.write(text)
    if witness is not None:
        _write(found, witness, dictionary)
    raise typer.Exit(exit_code(found))


def _write(found: Conformance, folder: Path, dictionary: Dictionary) -> None:
    """The cases that show a difference, one a file."""
    from engine.cli.witness import write_cases  # noqa: PLC0415
    from engine.report.conform_outline import case_name  # noqa: PLC0415

    cases = {
        case_name(one.national.id, who).removesuffix(".yaml"): shown.case
        for one in found.duties
        for who, shown in (("national", one.weaker), ("local", one.stricter))
        if shown is not None
    }
    write_cases(cases, folder, dictionary)


def exit_code(found: Conformance) -> ExitCode:
    from engine.analysis.conform import FAILING  # noqa: PLC0415

    verdicts = {one.verdict for one in found.duties}
    if verdicts & FAILING:
        return ExitCode.WEAKER
    if "not decided" in verdicts:
        return ExitCode.UNDECIDED
    missing = any(not met.clauses for met in found.requirements)
    return ExitCode.GAP if missing else ExitCode.CLEAN
