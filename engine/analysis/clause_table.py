"""Clause tables: a document cut into clauses, to hold a ledger against.

In: a table with the columns id, kind and text, or the facts file of a document that is not at
hand. Out: its clauses with their hashes, or all problems (L121 to L123).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InvalidInput, Place, Problem
from engine.load.document import parse_document, read_bytes

MOST_BYTES = 5_000_000
_COLUMNS = ["id", "kind", "text"]
_NO_CLAUSES = {"heading", "note"}


@dataclass(frozen=True)
class Clause:
    """One clause of a document: its id, its text, and where the table has it."""

    id: str
    text: str
    place: Place

    @property
    def hash(self) -> str:
        return clause_hash(self.text)


def clause_hash(text: str) -> str:
    """The first 12 hex digits of the SHA-256 of a text, its spaces folded (DESIGN section 2)."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8")).hexdigest()[:12]


def read_clauses(path: Path) -> list[Clause]:
    """The clauses of a table, in order, but for headings and notes.

    Raises `InvalidInput` with all that is wrong.
    """
    content = read_bytes(path, most_bytes=MOST_BYTES)
    problems: list[Problem] = []
    is_facts = path.suffix.lower() in {".yaml", ".yml", ".json"}
    read = _facts if is_facts else _rows
    clauses = list(read(content, str(path), problems))
    seen: set[str] = set()
    for clause in clauses:
        if clause.id in seen:
            message = f"The clause `{clause.id}` stands twice in this table."
            problems.append(Problem("L123", message, clause.place, "Give each clause its own id."))
        seen.add(clause.id)
    if problems:
        raise InvalidInput(problems)
    return clauses


def text_of(content: bytes, name: str) -> str:
    """The bytes as text; raises `InvalidInput` (L102) if they are not UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        message = "This is not a text file in UTF-8."
        raise InvalidInput([Problem("L102", message, Place(name), "Save it as text, in UTF-8.")])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _rows(content: bytes, name: str, problems: list[Problem]) -> Iterator[Clause]:
    header, *rows = text_of(content, name).rstrip("\n").split("\n")
    if header.split("\t") != _COLUMNS:
        message = "This is not a clause table: its first line does not name id, kind and text."
        cure = "Begin with the line `id`, `kind`, `text`, with tabs between them."
        problems.append(Problem("L121", message, Place(name, 1, 1), cure))
        return
    for number, row in enumerate(rows, 2):
        place, cells = Place(name, number, 1), row.split("\t")
        if len(cells) != len(_COLUMNS) or not cells[0]:
            message = f"This line has {len(cells)} columns, or no id, instead of id, kind and text."
            cure = "Put one tab between id, kind and text, and none in the text."
            problems.append(Problem("L122", message, place, cure))
        elif cells[1] not in _NO_CLAUSES:
            yield Clause(cells[0], cells[2], place)


def _facts(content: bytes, name: str, problems: list[Problem]) -> Iterator[Clause]:
    document = parse_document(content, name)
    value = document.value
    facts = value.get("facts") if isinstance(value, dict) else None
    if not isinstance(facts, list):
        message = "This is no file of facts: it has no list `facts`."
        cure = "Give a clause table, or a file with `facts`, each with `id` and `requirement`."
        problems.append(Problem("L121", message, Place(name), cure))
        return
    for number, fact in enumerate(facts):
        place = document.place(("facts", number))
        texts = [fact.get("id"), fact.get("requirement")] if isinstance(fact, dict) else []
        if len(texts) == 2 and all(isinstance(text, str) for text in texts):
            yield Clause(str(texts[0]), str(texts[1]), place)
        else:
            message = "This fact has no `id`, or no `requirement`."
            problems.append(Problem("L122", message, place, "Give it both, as text."))
