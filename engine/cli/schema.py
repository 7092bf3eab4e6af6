"""`protocol schema`: the schema by which an editor completes and checks a protocol or a case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from engine.errors import InvalidInput, Place, Problem


def schema(
    protocol: Annotated[
        str | None,
        typer.Argument(
            metavar="[PROTOCOL]",
            help="The protocol being written, by name or file; its own names are offered too.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it there instead of here."),
    ] = None,
    case: Annotated[
        bool, typer.Option("--case", help="The schema of a case instead of a protocol's.")
    ] = False,
) -> None:
    """Write the schema by which an editor completes, explains and checks a protocol.

    It lists the facts, their words and, of a PROTOCOL, the rules, roles and names it can use.

    Exit codes: 0 written; 2 wrong usage; 3 the protocol is invalid, or the file can't be written.
    """
    if case and protocol:
        message = "A case has one schema, whatever the protocol."
        raise typer.BadParameter(message, param_hint="--case")
    text = _case() if case else _protocol(protocol)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as fault:
        message = f"The schema can't be written here: {(fault.strerror or 'unknown').lower()}."
        cure = "Name a file in a folder in which you may write."
        raise InvalidInput([Problem("D140", message, Place(str(output)), cure)]) from None


def _case() -> str:
    from engine.data import data_folder  # noqa: PLC0415 - after the options

    return (data_folder("schemas") / "case.schema.json").read_text("utf-8")


def _protocol(which: str | None) -> str:
    """The schema of protocols, with the names of one if it is given."""
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415 - after the options
    from engine.pipeline import resolved  # noqa: PLC0415
    from engine.report.editor_schema import editor_schema_text  # noqa: PLC0415

    dictionary = read_dictionary()
    return editor_schema_text(dictionary, resolved(which, dictionary) if which else None)
