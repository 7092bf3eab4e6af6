"""`protocol explain`: what a rule, a fact, a status, a code or a word of the language means."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from engine.errors import ExitCode, InvalidInput

if TYPE_CHECKING:
    from engine.model.fact import Dictionary
    from engine.model.protocol import Protocol
    from engine.report.explanation import Explanation

_CODE = re.compile(r"[A-Z][0-9]{3}")


def explain(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT",
            help="A rule, pathway, fact, threshold, role, status, error code, exit code or key.",
        ),
    ],
    protocol: Annotated[
        str | None,
        typer.Option(
            "--protocol", "-p", metavar="PROTOCOL",
            help="Look in this protocol, by name or file; default: all there are.",
        ),
    ] = None,
) -> None:  # fmt: skip
    """Explain a rule, a fact, a status, an error code or a word of the language in plain words.

    For example: `protocol explain P201`, `explain not evidenced`, `explain assessment.concluded`,
    `explain decide-1wd`, `explain within`. If a name means several things, put the kind before it:
    `explain key before`.

    Exit codes: 0 explained; 1 there is no such thing; 2 wrong usage; 3 the protocol is invalid.
    """
    from engine.report.explain import plain_name  # noqa: PLC0415 - after the options

    name = plain_name(what)
    if not name:
        raise typer.BadParameter("There is nothing to explain.", param_hint="WHAT")
    if _CODE.fullmatch(name.upper()) and (page := _page(name.upper())):
        sys.stdout.write(page)
        return
    sys.stdout.write(_explained(name, protocol))


def _page(code: str) -> str | None:
    """The page of an error code, for the terminal; None if there is none."""
    from engine.cli.page_settings import colour, width  # noqa: PLC0415
    from engine.data import data_folder  # noqa: PLC0415
    from engine.report.explain_text import page_text  # noqa: PLC0415

    path = data_folder("errors") / f"{code}.md"
    if not path.is_file():
        return None
    return page_text(path.read_text("utf-8"), width=width(), colour=colour())


def _explained(name: str, which: str | None) -> str:
    """Everything that the name means, or the kinds of it if there are several."""
    from engine.cli.page_settings import colour, width  # noqa: PLC0415
    from engine.data import data_folder  # noqa: PLC0415
    from engine.load.dictionary import read_dictionary  # noqa: PLC0415
    from engine.report.explain import Known, explanations, nearest_names  # noqa: PLC0415
    from engine.report.explain_text import explained_text  # noqa: PLC0415
    from engine.report.page import clean  # noqa: PLC0415

    folder = data_folder("schemas")
    of_protocols = json.loads((folder / "protocol.schema.json").read_bytes())
    of_cases = json.loads((folder / "case.schema.json").read_bytes())
    dictionary = read_dictionary()
    protocols = _protocols(name, which, dictionary)
    known = Known(of_protocols, of_cases, dictionary, protocols, only=which is not None)
    found = explanations(name, known)
    if not found:
        codes = [path.stem for path in data_folder("errors").glob("[A-Z]*.md")]
        near = nearest_names(name, known, [*codes, *_ids()])
        near = near or (
            "Give a rule, pathway, fact, threshold, role, status, error code, exit code or key of "
            "the language."
        )
        typer.echo(f"There is nothing called `{clean(name)}`. {near}", err=True)
        raise typer.Exit(ExitCode.GAP)
    if len({one.kind for one in found}) > 1:
        return _several(found)
    return "\n".join(explained_text(one, width=width(), colour=colour()) for one in found)


def _several(found: list[Explanation]) -> str:
    """One line for each kind of thing that has the name."""
    kinds = {one.kind: one for one in found}
    lines = ["This means several things. Choose one:"]
    lines += [f"  protocol explain {one.kind} {one.name}" for one in kinds.values()]
    return "\n".join(lines) + "\n"


def _protocols(name: str, which: str | None, dictionary: Dictionary) -> list[Protocol]:
    """The protocol asked for, or those of all packs whose own file has the name.

    Of the latter one that is invalid is left out, and that is said.
    """
    from engine.pipeline import resolved  # noqa: PLC0415

    if which is not None:
        return [resolved(which, dictionary)]
    word = re.escape(name.rpartition(" ")[2].partition("/")[0])
    has = rf"\b(?:id|rule|protocol): *[\"']?{word}(?![\w.-])|^ +{word}: *(?:\{{ *|\n +)title:"
    if "." in word:
        has = rf"(?<![\w.]){word}(?![\w.])"
    stands = re.compile(has.encode(), re.MULTILINE)
    found = []
    for one, text in _texts().items():
        try:
            if stands.search(text):
                found.append(resolved(one, dictionary))
        except InvalidInput:
            cure = f"run `protocol validate {one}`"
            typer.echo(f"The protocol `{one}` is invalid and was left out: {cure}.", err=True)
    return found


def _texts() -> dict[str, bytes]:
    """Every protocol that can be given by name, as written."""
    from engine.packs import find_protocol, names  # noqa: PLC0415

    return {name: find_protocol(name).read_bytes() for name in names()}


def _ids() -> set[str]:
    """The ids in all of them."""
    found = (re.findall(rb"\bid: *([a-z][a-z0-9-]*)", text) for text in _texts().values())
    return {id_.decode() for ids in found for id_ in ids}
