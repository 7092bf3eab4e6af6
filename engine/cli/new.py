"""`protocol new`: the files of a new protocol, all of them valid, none in another's place."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from engine.cli.new_rule import ask, on_a_terminal, rule, say

if TYPE_CHECKING:
    from engine.analysis.clause_table import Clause
    from engine.start.pack import Answers

NATIONAL = "wt2023"
_PARTS = {
    "protocols/{id}.yaml": "the rules",
    "protocols/.{id}.schema.json": "for your editor",
    "protocols/ledgers/{id}.csv": "what became of each clause",
    "documents/{id}.tsv": "the clauses, made up",
    "examples/{id}.yaml": "a made-up record",
    "tests/protocols/{id}/": "scenarios",
    "protocols/README.md": "how to go on",
    ".github/workflows/": "checks at each change, on GitHub",
}


class _New(TyperGroup):
    """`protocol new Anyshire` starts a protocol; `protocol new rule …` adds to one."""

    def parse_args(  # type: ignore[override]
        self, ctx: typer.Context, args: list[str]
    ) -> list[str]:
        """Take what is no command for the name of an authority."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["authority", *args]
        return super().parse_args(ctx, args)


new_app = typer.Typer(
    cls=_New,
    no_args_is_help=True,
    help=(
        "Start a protocol: `protocol new AUTHORITY`. Add a rule to one: `protocol new rule "
        "PROTOCOL`. What is there is never overwritten.\n\n"
        "More: `protocol new authority --help`, `protocol new rule --help`."
    ),
)
new_app.command("rule")(rule)


@new_app.command("authority")
def authority(
    name: Annotated[
        str, typer.Argument(metavar="AUTHORITY", help="The authority's name: `North Yorkshire`.")
    ],
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="The first day the document is in force."),
    ] = None,
    id_: Annotated[
        str | None,
        typer.Option("--id", help="The protocol's short name. Default: made from the name."),
    ] = None,
    title: Annotated[str | None, typer.Option(help="The document's title.")] = None,
    extends: Annotated[
        str, typer.Option(metavar="PROTOCOL", help="The protocol it rests on, by name.")
    ] = NATIONAL,
    folder: Annotated[
        Path | None,
        typer.Option("--in", metavar="FOLDER", help="Where to put it. Default: a new folder."),
    ] = None,
    clauses: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Your document's clause table (id, kind, text; .tsv): the ledger is made from it.",
        ),
    ] = None,
) -> None:
    """Start a protocol: rules, ledger, scenarios and a record to try, all valid from the start.

    On a terminal it asks for what is missing.

    Exit codes: 0 done; 2 wrong usage; 3 something is there already or can't be written; then
    nothing is left behind.
    """
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415 - after the options
    from engine.packs import find_protocol  # noqa: PLC0415
    from engine.pipeline import resolved  # noqa: PLC0415
    from engine.start.pack import Answers, in_force, starting_pack  # noqa: PLC0415
    from engine.start.place import place_files  # noqa: PLC0415

    name = name.strip()
    short = _short_name(name, id_)
    answers = Answers(
        name=name,
        id=short,
        title=_title(name, title),
        extends=extends,
        start=_first_day(start),
        clauses=_clauses(clauses),
    )
    root = folder if folder is not None else Path(short)
    dictionary = read_dictionary()
    near = root / "protocols" / f"{short}.yaml"
    parent = resolved(str(find_protocol(_parent(extends), near)), dictionary)
    if not in_force(parent.effective, answers.start):
        message = f"`{extends}` is not in force on that day, so that none of its rules would hold."
        raise typer.BadParameter(f"{message} Name another protocol or day.", param_hint="--extends")
    pack = starting_pack(answers, root, parent, dictionary)
    shared = {path: content for path, content in pack.shared.items() if not path.exists()}
    place_files({**pack.own, **shared})
    _tell(answers, root, [*pack.own, *shared])


def _tell(answers: Answers, root: Path, made: list[Path]) -> None:
    """What was made, and what to do next."""
    here = str(root) == "."
    name = answers.id
    typer.echo(f"Started: {answers.title}")
    typer.echo(f"In {'this folder' if here else root}:")
    for part, what in _PARTS.items():
        path = part.format(id=name)
        if any(one.relative_to(root).as_posix().startswith(path) for one in made):
            typer.echo(f"  {path:<{len(name) + 26}} {what}")
    typer.echo("What next:")
    if not here:
        typer.echo(f"  cd {_in_shell(root)}")
    if answers.clauses is None:
        typer.echo(f"  protocol check examples/{name}.yaml")
        typer.echo("  Then put the clauses of your document in the place of those made up, and:")
    else:
        typer.echo(f"  protocol ledger {name}      (which clauses has nobody read yet?)")
        typer.echo(f"  protocol new rule {name}    (a rule for a clause)")
    typer.echo(f"  protocol validate {name} && protocol test {name}")


def _in_shell(path: Path) -> str:
    import shlex  # noqa: PLC0415

    return shlex.quote(str(path))


def _short_name(name: str, given: str | None) -> str:
    from engine.packs import has_protocol  # noqa: PLC0415
    from engine.start.names import id_fault, id_of, name_fault  # noqa: PLC0415

    if fault := name_fault(name):
        raise typer.BadParameter(fault, param_hint="AUTHORITY")
    short = given if given is not None else id_of(name)
    if short is None:
        message = (
            "No short name can be made from this: it takes letters from a to z, and no word that "
            "computers take for something else. Give one: `--id anyshire`."
        )
        raise typer.BadParameter(message, param_hint="--id")
    if fault := id_fault(short):
        raise typer.BadParameter(fault, param_hint="--id")
    if has_protocol(short):
        message = f"There is a protocol `{short}` already. Choose another: `--id {short}-draft`."
        raise typer.BadParameter(message, param_hint="--id")
    return short


def _title(name: str, given: str | None) -> str:
    default = f"{name} local protocol for assessment and support"
    if given is None and on_a_terminal():
        given = ask("The document's title", default)
    title = " ".join((default if given is None else given).split())
    if not title or not title.isprintable():
        message = "Give the title as one line of text."
        raise typer.BadParameter(message, param_hint="--title")
    return title


def _first_day(given: str | None) -> datetime.date:
    if given is None and not on_a_terminal():
        message = "Say since when the document is in force: `--from 2025-09-01`."
        raise typer.BadParameter(message, param_hint="--from")
    while given is None:
        answer = ask("The first day it is in force, such as 2025-09-01")
        if isinstance(day := _day(answer), datetime.date):
            return day
        say(day)
    if isinstance(day := _day(given), datetime.date):
        return day
    raise typer.BadParameter(day, param_hint="--from")


def _day(text: str) -> datetime.date | str:
    """The day that a text writes, or what is wrong with it."""
    from engine.dates.working_days import KNOWN  # noqa: PLC0415
    from engine.load.written_dates import Fault, read_day  # noqa: PLC0415

    day = read_day(text.strip())
    if isinstance(day, Fault):
        return f"{day.message} {day.cure}"
    if day is None:
        return "Write year, month and day in figures: `2025-09-01`."
    if not KNOWN[0] <= day.year < KNOWN[1]:
        return (
            f"Bank holidays are known from {KNOWN[0]} to {KNOWN[1]}: give a day before {KNOWN[1]}."
        )
    return day


def _clauses(table: Path | None) -> tuple[Clause, ...] | None:
    from engine.analysis.clause_table import read_clauses  # noqa: PLC0415

    return None if table is None else tuple(read_clauses(table))


def _parent(extends: str) -> str:
    from engine.packs import is_path  # noqa: PLC0415

    if not extends or is_path(extends):
        message = "Give a protocol's name, such as `wt2023`, and no file."
        raise typer.BadParameter(message, param_hint="--extends")
    return extends
