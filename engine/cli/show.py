"""`protocol show`: a protocol for reading, every rule in plain words with its source."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from engine.cli.page_settings import colour, width


class Format(StrEnum):
    """How the protocol is written."""

    text = "text"
    markdown = "markdown"


def show(
    protocol: Annotated[
        str, typer.Argument(metavar="PROTOCOL", help="A protocol's name, such as norfolk, or file.")
    ],
    local_only: Annotated[
        bool, typer.Option("--local-only", help="Only what the local document adds or changes.")
    ] = False,
    format_: Annotated[
        Format, typer.Option("--format", help="For a terminal, or as Markdown.")
    ] = Format.text,
) -> None:
    """Show a protocol as the work goes, each rule in plain words with its source.

    Exit codes: 0 shown; 2 wrong usage; 3 the protocol is invalid.
    """
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415 - after the options
    from engine.pipeline import resolved  # noqa: PLC0415
    from engine.report.protocol_markdown import protocol_markdown  # noqa: PLC0415
    from engine.report.protocol_outline import outline  # noqa: PLC0415
    from engine.report.protocol_text import protocol_text  # noqa: PLC0415

    if not protocol:
        raise typer.BadParameter("A protocol's name is empty.", param_hint="PROTOCOL")
    dictionary = read_dictionary()
    shown = outline(resolved(protocol, dictionary), dictionary, local_only=local_only)
    text = (
        protocol_markdown(shown)
        if format_ is Format.markdown
        else protocol_text(shown, width=width(), colour=colour())
    )
    sys.stdout.write(text)
