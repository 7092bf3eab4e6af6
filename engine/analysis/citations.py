"""Clauses that a protocol file cites, held to the ledgers of its pack.

In: the document of a protocol, and the clauses that a ledger lists. Out: a problem for each
citation of a clause that its ledger does not have (P501), and a warning for each ledger that is
not there (P502).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from engine.analysis.clause_table import MOST_BYTES, text_of
from engine.analysis.ledger import header_problem
from engine.errors import InvalidInput, Problem, nearest
from engine.load.document import read_bytes
from engine.model.document import Document, Path

_BY_ID = ("restates", "meets")
_MOST_GUESSED = 50  # looking for near names takes time


class _Cited(NamedTuple):
    document: str
    clause: str
    path: Path


def listed_clauses(ledger: FilePath) -> list[str] | None:
    """The clauses that a ledger has a line for; None if there is no such file.

    Raises `InvalidInput` if it is no ledger (L102, L103). What is wrong in its lines `protocol
    ledger` says.
    """
    if not ledger.exists():
        return None
    text = text_of(read_bytes(ledger, most_bytes=MOST_BYTES), str(ledger))
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    except csv.Error:
        rows = []
    if rows and (problem := header_problem(rows[0], str(ledger))):
        raise InvalidInput([problem])
    return [row[0] for row in rows[1:]]


def citation_problems(
    document: Document, clauses: Callable[[str], list[str] | None]
) -> Iterator[Problem]:
    """What is wrong with the citations of one file; `clauses` gives those of a ledger by name."""
    documents = document.value.get("documents", {})
    known: dict[str, list[str]] = {}
    for id_, entry in documents.items():
        found = clauses(entry["ledger"])
        if found is not None:
            known[id_] = found
            continue
        yield Problem(
            "P502",
            f"There is no ledger `{entry['ledger']}`, so the clauses cited are not checked.",
            document.place(("documents", id_, "ledger")),
            f"Put the list of the document's clauses into `ledgers/{entry['ledger']}.csv`.",
            "warning",
        )
    guessed = 0
    sets = {id_: {*listed, *_sections(listed)} for id_, listed in known.items()}
    for cited in _cited(document.value, (), next(iter(documents), "")):
        if cited.clause in sets.get(cited.document, (cited.clause,)):
            continue
        guessed += 1
        close = nearest(cited.clause, known[cited.document]) if guessed < _MOST_GUESSED else ""
        name = documents[cited.document]["ledger"]
        yield Problem(
            "P501",
            f"The ledger `{name}` has no clause `{cited.clause}`.",
            document.place(cited.path),
            close or f"Cite a clause that has a line in `ledgers/{name}.csv`.",
        )


def _sections(clauses: list[str]) -> Iterator[str]:
    """The sections that clauses stand in, which can be cited as a whole: `13/unborn` of `….p2`."""
    for clause in clauses:
        parts = clause.split(".")
        yield from (".".join(parts[:end]) for end in range(1, len(parts)))


def _cited(value: Any, path: Path, first: str) -> Iterator[_Cited]:
    """Every citation, in order; one without a document's name is of the `first`."""
    if isinstance(value, list) and (path[-1] == "cite" or path[:-1] in [(s,) for s in _BY_ID]):
        for number, entry in enumerate(value):
            each = entry if isinstance(entry, dict) else {first: entry}
            yield from (_Cited(*pair, (*path, number)) for pair in each.items())
    elif isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from _cited(inner, (*path, key), first)
