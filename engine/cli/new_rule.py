"""`protocol new rule`: one duty more in a protocol, with its ledger line and its scenarios."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from engine.start.rule import NewRule

_NEEDED = {
    "id": "A short name for the rule, such as outcome-in-writing",
    "title": "What must be done, as people read it",
    "done": "The fact that shows it is done, such as assessment.concluded",
    "by": "Who is responsible, a role of the protocol",
    "force": "The document's word: must, will, should or consider",
    "cite": "The clause, such as 4.p2",
}
_ASKED = {
    "from": "The event that starts the clock (leave empty if there is none)",
    "within": "The limit, such as 5 working days, at once, promptly (leave empty if there is none)",
    "before": "Instead, the event it must precede (leave empty if there is none)",
    "when": "Only where this is so, such as child.disabled (leave empty if always)",
}
_LIMITS = {"within": "before", "before": "within"}  # one of them is enough


class Force(StrEnum):
    """How strongly the document asks."""

    must = "must"
    will = "will"
    should = "should"
    consider = "consider"


def rule(
    protocol: Annotated[
        str, typer.Argument(metavar="PROTOCOL", help="The protocol's name or file.")
    ],
    id_: Annotated[str | None, typer.Option("--id", help="The rule's short name.")] = None,
    title: Annotated[str | None, typer.Option(help="What must be done, in plain words.")] = None,
    done: Annotated[
        str | None, typer.Option(metavar="FACT", help="The fact that shows it is done.")
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="EVENT", help="The event that starts the clock.")
    ] = None,
    within: Annotated[
        str | None, typer.Option(metavar="LIMIT", help="`5 working days`, `at once`, `promptly`.")
    ] = None,
    before: Annotated[
        str | None, typer.Option(metavar="EVENT", help="Instead: the event it must precede.")
    ] = None,
    when: Annotated[
        str | None,
        typer.Option(metavar="FACT", help="Only where this is so: `child.disabled`, `fact=word`."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="ROLE", help="Who is responsible: a role.")
    ] = None,
    force: Annotated[Force | None, typer.Option(help="The document's word.")] = None,
    cite: Annotated[
        str | None, typer.Option(metavar="CLAUSE", help="The clause it is taken from; or several.")
    ] = None,
    block: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The block to add it to. A new one is made if need be."),
    ] = None,
) -> None:
    """Add a rule to a protocol, its name to the ledger, and scenarios that show what it does.

    The rest of the file stays as it is. On a terminal it asks for what is missing.

    Exit codes: 0 done; 2 wrong usage; 3 the protocol or the rule is invalid; then nothing is
    changed.
    """
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415 - after the options
    from engine.pipeline import load_protocol  # noqa: PLC0415
    from engine.start.place import place_files  # noqa: PLC0415
    from engine.start.rule import new_rule  # noqa: PLC0415

    path = _own(protocol)
    if on_a_terminal():  # so that nobody answers all questions for nothing
        load_protocol(str(path))
    given = {
        "id": id_, "title": title, "done": done, "from": start, "within": within,
        "before": before, "when": when, "by": by, "force": force and force.value, "cite": cite,
    }  # fmt: skip
    said = {key: value.strip() for key, value in given.items() if value is not None}
    dictionary, made = read_dictionary(), None
    wrong: set[str] = set()
    while made is None:
        said = _complete(said, wrong)
        block = _block(path, block)
        try:
            made = new_rule(path, said, block, dictionary)
        except InvalidInput as fault:
            wrong = _to_ask_again(fault)
    place_files(made.new, made.changed)
    _tell(path, made)


def on_a_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return bool(sys.stdin and sys.stdin.isatty())


def ask(question: str, default: str | None = None, *, shown: bool = True) -> str:
    """What somebody answers; whoever stops here stops the command."""
    try:
        return str(typer.prompt(question, default=default, show_default=shown)).strip()
    except typer.Abort:
        raise KeyboardInterrupt from None


def say(fault: str) -> None:
    """Why an answer will not do."""
    from engine.cli.told import broken  # noqa: PLC0415 - only where something is wrong

    typer.echo(broken(fault), err=True)


def _own(which: str) -> Path:
    """The file of a protocol that may be changed."""
    from engine.packs import find_protocol, shipped_pack  # noqa: PLC0415

    path = find_protocol(which)
    shipped = path.resolve().parent == shipped_pack().protocols.resolve()
    if shipped and not path.absolute().is_relative_to(Path.cwd()):
        message = f"`{which}` comes with the program and is not changed here."
        cure = f"Start a protocol that rests on it: `protocol new AUTHORITY --extends {which}`."
        raise InvalidInput([Problem("K115", message, Place(which), cure)])
    return path


def _to_ask_again(fault: InvalidInput) -> set[str]:
    """What was answered wrongly, after saying why; raises the fault if nobody is there."""
    wrong = {_key_of(problem) for problem in fault.problems}
    if not on_a_terminal() or not wrong <= {*_NEEDED, *_ASKED}:
        raise fault
    for problem in fault.problems:
        say(f"{problem.message} {problem.cure}")
    return wrong


def _key_of(problem: Problem) -> str:
    """The key to be asked for: the one that is wrong, or the one that is missing."""
    missing = re.match(r"Add `(\w+)`", problem.cure)
    return missing[1] if missing else problem.place.file.removeprefix("--")


def _complete(said: dict[str, str], wrong: set[str]) -> dict[str, str]:
    """What was said, with what is missing or wrong asked for, if somebody is there."""
    missing = {key for key in _NEEDED if not said.get(key)}
    if missing and not on_a_terminal():
        options = ", ".join(f"`--{key}`" for key in _NEEDED if key in missing)
        raise typer.BadParameter(f"Say this too: {options}.", param_hint="OPTIONS")
    if missing:
        missing |= _ASKED.keys() - said.keys()
    for key, question in {**_NEEDED, **_ASKED}.items():
        other_limit = key not in wrong and said.get(_LIMITS.get(key, ""))
        if key not in missing | wrong or other_limit:
            continue
        said |= {key: ask(question, "" if key in _ASKED else None, shown=False)}
        while fault := _fault(key, said[key]):
            say(fault)
            said |= {key: ask(question, "" if key in _ASKED else None, shown=False)}
    for key, value in said.items():
        if fault := _fault(key, value):
            raise typer.BadParameter(fault, param_hint=f"--{key}")
    return {key: value for key, value in said.items() if value}


def _fault(key: str, value: str) -> str | None:
    """What is wrong with a value as such, without the protocol it is for."""
    from engine.start.names import id_fault, id_of  # noqa: PLC0415

    if not value.isprintable():
        return "Give one line of text."
    if key == "id" and (fault := id_fault(value)):
        return f"{fault} Did you mean `{id_of(value)}`?" if id_of(value) else fault
    return None


def _block(path: Path, given: str | None) -> str:
    """The block to add to: the only one, or the one that is named."""
    from engine.start.names import id_fault  # noqa: PLC0415
    from engine.start.rule import blocks_of  # noqa: PLC0415

    blocks = blocks_of(path)
    if given is None:
        if len(blocks) == 1:
            return next(iter(blocks))
        there_are = "; ".join(f"{id_} ({title})" for id_, title in blocks.items())
        if on_a_terminal():
            question = f"The block it belongs to, of these or a new one: {there_are or 'none yet'}"
            given = ask(question)
            while given not in blocks and (fault := id_fault(given)):
                say(fault)
                given = ask(question)
            return given
        message = (
            f"Say which block it belongs to. There are: {there_are}."
            if blocks
            else ("The protocol has no block of duties yet. Name a new one: `--block referral`.")
        )
        raise typer.BadParameter(message, param_hint="--block")
    if given not in blocks and (fault := id_fault(given)):
        raise typer.BadParameter(fault, param_hint="--block")
    return given


def _tell(path: Path, made: NewRule) -> None:
    """What was added, and the scenarios for the person to read."""
    from engine.report.words import day_in_words  # noqa: PLC0415

    typer.echo(f"`{made.duty.id}` is added to {path}.")
    if made.ledger:
        typer.echo(f"The ledger names it: {made.ledger}.")
    else:
        typer.echo("There is no ledger yet to name it in.")
    found = made.composition
    for file in made.new:
        typer.echo(f"Scenarios, in {file}. Is this what the document means?")
    if found.due:
        typer.echo(f"  (in them the last day in time is {day_in_words(found.due)})")
    for one in found.scenarios:
        typer.echo(f"  {one.status.replace('_', ' '):<15} {one.title}")
    for title in found.left:
        typer.echo(f"  Write by hand:  {title}")
