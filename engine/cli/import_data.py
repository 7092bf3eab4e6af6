"""`protocol import …`: the sector's data formats to case files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import_app = typer.Typer(
    no_args_is_help=True, help="Turn data that authorities already produce into case files."
)


@import_app.command("cin")
def cin(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The census return, an XML file.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="DIR", help="The folder for the case files, one a child."
        ),
    ],
) -> None:
    """Turn a children in need census return into case files, one a child.

    A case says which parts of the record the return covers, so that what the census does not
    carry stays unknown and is never shown as a gap. Whatever has no place in a case file is
    listed, with where it stands. Files that are there already are never overwritten.

    Exit codes: 0 done; 3 the file cannot be read, or a case file would be overwritten.
    """
    from engine.sector.cin_census import import_cin  # noqa: PLC0415 - only for this command

    done = import_cin(file, output)
    for warning in done.problems:
        typer.echo(str(warning), err=True)
    for line in done.lines():
        typer.echo(line)
