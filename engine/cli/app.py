"""The command `protocol`: its commands, its version, and what happens when anything goes wrong."""

from __future__ import annotations

import gc
import os
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from engine import __version__
from engine.errors import ExitCode, InvalidInput

if TYPE_CHECKING:
    app: typer.Typer


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


COMMANDS = {  # where each is, as the help lists them: only the one named is imported
    "check": "engine.cli.check:check",
    "import": "engine.cli.import_data:import_app",
    "new": "engine.cli.new:new_app",
    "validate": "engine.cli.validate:validate",
    "test": "engine.cli.test:scenario_test",
    "lint": "engine.cli.lint:lint",
    "conform": "engine.cli.conform:conform",
    "diff": "engine.cli.diff:diff",
    "ledger": "engine.cli.ledger:ledger",
    "show": "engine.cli.show:show",
    "explain": "engine.cli.explain:explain",
    "schema": "engine.cli.schema:schema",
}


def _version(value: bool) -> None:
    if value:
        typer.echo(f"protocol {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options that hold for every command."""


def command_line(*names: str) -> typer.Typer:
    """The command line with these commands."""
    line = typer.Typer(
        name="protocol",
        cls=Commands,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=(
            "Check the record of a child's case against a local protocol for assessment and "
            "support: what is required now, by when, what is missing, why, and where it says so."
            "\n\nIt supports professional judgement and replaces none. Nothing leaves this "
            "computer."
        ),
    )
    line.callback()(_options)
    for name in names:
        module, _, attribute = COMMANDS[name].partition(":")
        command = getattr(import_module(module), attribute)
        if isinstance(command, typer.Typer):
            line.add_typer(command, name=name)
        else:
            line.command(name)(command)
    return line


@cache
def _whole() -> typer.Typer:
    return command_line(*COMMANDS)


def __getattr__(name: str) -> typer.Typer:
    """`app`: the whole command line, for what asks all of it."""
    if name == "app":
        return _whole()
    raise AttributeError(name)


def main() -> NoReturn:
    """Run the command line; every way out has a documented exit code and no traceback."""
    for stream in (sys.stdout, sys.stderr):
        if stream:  # a character that the terminal lacks is no reason to fail
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    gc.set_threshold(200_000, 20, 20)  # a short run makes little garbage; looking costs a tenth
    named = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        (command_line(named) if named in COMMANDS else _whole())()
    except InvalidInput as fault:
        from engine.cli.told import told  # noqa: PLC0415 - only where something is wrong

        for problem in fault.problems:
            typer.echo(told(problem), err=True)
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
