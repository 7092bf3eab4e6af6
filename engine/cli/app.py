"""The command `protocol`: its commands, its version, and what happens when anything goes wrong."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from engine import __version__
from engine.cli.check import check
from engine.cli.import_data import import_app
from engine.errors import ExitCode, InvalidInput

app = typer.Typer(
    name="protocol",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Check the record of a child's case against a local protocol for assessment and support: "
        "what is required now, by when, what is missing, why, and where it says so.\n\n"
        "It supports professional judgement and replaces none. Nothing leaves this computer."
    ),
)
app.command("check")(check)
app.add_typer(import_app, name="import")


def _version(value: bool) -> None:
    if value:
        typer.echo(f"protocol {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options that hold for every command."""


def main() -> NoReturn:
    """Run the command line; every way out has a documented exit code and no traceback."""
    try:
        app()
    except InvalidInput as fault:
        for problem in fault.problems:
            typer.echo(str(problem), err=True)
        sys.exit(ExitCode.INVALID)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone; leave quietly.
        sys.stderr.close()
        sys.exit(141)
    except Exception as fault:  # noqa: BLE001 - the last line of defence: no traceback to a user
        _internal(fault)
    sys.exit(0)


def _internal(fault: Exception) -> NoReturn:
    """Where in the engine it went wrong, with nothing of the case in it."""
    last = fault.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = ""
    if last is not None:
        code = last.tb_frame.f_code
        where = f" in {code.co_name}, line {last.tb_lineno}"
    typer.echo(
        f"protocol: an internal fault ({type(fault).__name__}{where}). Nothing was changed.\n"
        "    Please report it with this line and the command you gave; do not send the case.",
        err=True,
    )
    sys.exit(ExitCode.INTERNAL)
