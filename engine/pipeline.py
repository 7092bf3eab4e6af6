"""The stages in order: load → validate → resolve → compile → evaluate. Read this first.

In: the name or path of a protocol, and cases. Out: what is said of each case. Reports are made
from that by `engine.report`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.compile import compile_protocol, store
from engine.errors import InvalidInput, Place, Problem
from engine.evaluate import evaluate
from engine.load.dictionary import read_dictionary
from engine.model.case import Case
from engine.model.document import Document
from engine.model.fact import Dictionary
from engine.model.finding import Assessment
from engine.model.program import Program
from engine.packs import find_protocol, shipped_pack

if TYPE_CHECKING:
    from engine.evaluate.second_engine import SecondEngine
    from engine.model.protocol import Protocol

MOST_BYTES = 1_000_000  # of one protocol file; the largest shipped has a tenth of it
Chain = list[tuple[Path, bytes]]  # the files of an `extends` chain, local first
NATIONAL = ("wt2023", "wt2018")  # editions of the national guidance, the newest first
_EXTENDS = re.compile(
    rb"""^[ \t{]*(?:extends|'extends'|"extends")[ \t]*:[ \t]*"""
    rb"""['"]?([a-z0-9][a-z0-9_-]*)(?=['"]?(?:[\s,}]|$))""",
    re.MULTILINE,
)


def check(
    cases: Sequence[Case],
    program: Program,
    dictionary: Dictionary,
    *,
    asked: datetime.date | None = None,
    today: datetime.date,
    trace: bool = False,
    second: SecondEngine | None = None,
    show_second: bool = False,
) -> list[Assessment]:
    """What the protocol says of each case, in order, as at `asked` (default: each record's day).

    `second` is asked whether it agrees; with `show_second` its statuses are given.
    """
    return evaluate(
        program, cases, dictionary, asked, today,
        trace=trace, second=second, show_second=show_second,
    )  # fmt: skip


def load_protocol(
    which: str, dictionary: Dictionary | None = None, near: Path | None = None
) -> Program:
    """The program of a protocol given by name (`norfolk`) or path, compiled or kept from before.

    `near` is the file that mentions the name: its own pack is looked in first. Raises
    `InvalidInput` with all problems of the first stage that finds any.
    """
    dictionary = dictionary or read_dictionary()
    chain = chain_of(find_protocol(which, near))
    name = store.key([(path.name, content) for path, content in chain], dictionary.version)
    program = store.kept(name)
    if program is None:
        program = compile_chain(chain, dictionary)
        store.keep(name, program)
    return program


def resolved(which: str, dictionary: Dictionary) -> Protocol:
    """The resolved protocol given by name or path, as ledgers and pages read it."""
    return _resolve(chain_of(find_protocol(which)), dictionary)


def compiled_text(path: Path, content: bytes, dictionary: Dictionary) -> tuple[Protocol, Program]:
    """The resolved protocol and the program of a file that would stand at `path`."""
    protocol = _resolve(chain_of(path, content), dictionary)
    return protocol, compile_protocol(protocol, dictionary)


def compile_chain(chain: Sequence[tuple[Path, bytes]], dictionary: Dictionary) -> Program:
    """The program of protocol files given with their bytes, local first."""
    return compile_protocol(_resolve(chain, dictionary), dictionary)


def _resolve(chain: Sequence[tuple[Path, bytes]], dictionary: Dictionary) -> Protocol:
    from engine.load.document import parse_document  # noqa: PLC0415 - only when not kept
    from engine.resolve import resolve_chain  # noqa: PLC0415
    from engine.validate import validate  # noqa: PLC0415

    documents = [parse_document(content, str(path)) for path, content in chain]
    protocols = [validate(document, dictionary) for document in reversed(documents)][::-1]
    if problems := [*mismatches(chain, documents)]:
        raise InvalidInput(problems)
    return resolve_chain(protocols, places_in(documents))


def shipped() -> list[str]:
    """The names of the protocols that come with the engine."""
    return sorted(path.stem for path in shipped_pack().protocols.glob("*.yaml"))


def chain_of(first: Path, content: bytes | None = None) -> Chain:
    """The files of an `extends` chain with their bytes, local first.

    `content` stands for what the first file holds, so that it need not be there. Raises
    `InvalidInput` where one can't be found or read (P320, P321, D101 to D104).
    """
    from engine.load.document import read_bytes  # noqa: PLC0415

    chain = [(first, read_bytes(first, most_bytes=MOST_BYTES) if content is None else content)]
    while found := _EXTENDS.search(chain[-1][1]):
        path, content = chain[-1]
        line = content[: found.start()].count(b"\n") + 1
        place = Place(str(path), line, 1)
        above = found[1].decode()
        if above in [known.stem for known, _ in chain]:
            names = [known.stem for known, _ in chain]
            circle = " → ".join([*names[names.index(above) :], above])
            message = f"The protocols extend each other in a circle: {circle}."
            cure = "One of them must stand on its own: remove its `extends`."
            raise InvalidInput([Problem("P320", message, place, cure)])
        try:
            parent = find_protocol(above, near=path)
        except InvalidInput as fault:
            missing = fault.problems[0]
            raise InvalidInput(
                [Problem(missing.code, missing.message, place, missing.cure)]
            ) from None
        chain.append((parent, read_bytes(parent, most_bytes=MOST_BYTES)))
    return chain


def mismatches(
    chain: Sequence[tuple[Path, bytes]], documents: Sequence[Document]
) -> Iterator[Problem]:
    """What the files say of themselves otherwise than the way they were found by."""
    for number, document in enumerate(documents):
        own, path = document.value["protocol"], chain[number][0]
        if own in [other.value["protocol"] for other in documents[number + 1 :]]:
            message = f"This protocol and one that it rests on are both called `{own}`."
            cure = "Give this one a name of its own under `protocol`."
            yield Problem("P322", message, document.place(("protocol",)), cure)
        elif number and own != path.stem:
            message = f"This file is found as `{path.stem}`, but calls itself `{own}`."
            cure = f"Write `protocol: {path.stem}`, or rename the file."
            yield Problem("P322", message, document.place(("protocol",)), cure)
        above = chain[number + 1][0].stem if number + 1 < len(chain) else None
        if document.value.get("extends") != above:
            message = "It is not clear which protocol this one extends."
            cure = "Write it once, on a line of its own: `extends: wt2023`."
            yield Problem("P323", message, document.place(("extends",)), cure)


def places_in(documents: Sequence[Document]) -> Callable[..., Place]:
    """Where an entry of the chain stands: by protocol id, or in the local file for None."""
    by_id = {document.value["protocol"]: document for document in documents}

    def place(protocol: str | None, *path: str | int) -> Place:
        document = documents[0] if protocol is None else by_id[protocol]
        return document.place(path)

    return place
