"""The command `protocol`: its commands, its version, and what happens when anything goes wrong."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from engine import __version__
from engine.cli.check import check
from engine.cli.conform import conform
from engine.cli.diff import diff
from engine.cli.explain import explain
from engine.cli.import_data import import_app
from engine.cli.ledger import ledger
from engine.cli.lint import lint
from engine.cli.new import new_app
from engine.cli.schema import schema
from engine.cli.show import show
from engine.cli.test import scenario_test
from engine.cli.validate import validate
from engine.errors import ExitCode, InvalidInput
from engine.report.harmless import harmless_lines


class Commands(TyperGroup):
    """The commands; one that is stopped leaves quietly, with a code that means nothing else."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command named."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                if sys.stdout:
                    sys.stdout.flush()
        except BrokenPipeError:
            # The reader has gone; what is left to write goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(141) from None
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
            raise typer.Exit(130) from None


app = typer.Typer(
    name="protocol",
    cls=Commands,
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
app.command("conform")(conform)
app.command("diff")(diff)
app.command("show")(show)
app.command("ledger")(ledger)
app.command("lint")(lint)
app.command("validate")(validate)
app.command("test")(scenario_test)
app.command("explain")(explain)
app.command("schema")(schema)
app.add_typer(import_app, name="import")
app.add_typer(new_app, name="new")


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
    for stream in (sys.stdout, sys.stderr):
        if stream:  # a character that the terminal lacks is no reason to fail
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    gc.set_threshold(200_000, 20, 20)  # a short run makes little garbage; looking costs a tenth
    try:
        app()
    except InvalidInput as fault:
        for problem in fault.problems:
            typer.echo(harmless_lines(str(problem)), err=True)
        sys.exit(ExitCode.INVALID)
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
        where = f" in {Path(code.co_filename).name}, {code.co_name}, line {last.tb_lineno}"
    if isinstance(fault, OSError) and fault.strerror:
        where += f": {fault.strerror}"
    typer.echo(
        f"protocol: an internal fault ({type(fault).__name__}{where}). Nothing was changed.\n"
        "    Please report it with this line and the command you gave; do not send the case.",
        err=True,
    )
    sys.exit(ExitCode.INTERNAL)
