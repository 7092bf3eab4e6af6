"""Clause tables: what counts as a clause, its hash, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.analysis.clause_table import clause_hash, read_clauses
from engine.errors import InvalidInput


def table(folder: Path, text: str, name: str = "shire.tsv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def codes(path: Path) -> list[tuple[str, int]]:
    with pytest.raises(InvalidInput) as fault:
        read_clauses(path)
    assert all(problem.cure for problem in fault.value.problems)
    return [(problem.code, problem.place.line) for problem in fault.value.problems]


def test_headings_and_notes_are_no_clauses(tmp_path: Path) -> None:
    """Paragraphs and bullets are clauses, in their order."""
    text = (
        "id\tkind\ttext\n1\theading\tPets\n1.n1\tnote\tDraft\n1.p1\tpara\tA\n1.p1.b1\tbullet\tB\n"
    )
    assert [clause.id for clause in read_clauses(table(tmp_path, text))] == ["1.p1", "1.p1.b1"]


def test_the_hash_folds_white_space() -> None:
    """Line breaks and doubled spaces change no hash; a word does."""
    assert clause_hash(" Walk  the\tdog. ") == clause_hash("Walk the dog.")
    assert clause_hash("Walk the dog.") != clause_hash("Walk the dogs.")
    assert clause_hash("abc") == "ba7816bf8f01"


def test_a_windows_file_has_the_same_hashes(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends say nothing."""
    plain = table(tmp_path, "id\tkind\ttext\n1.p1\tpara\tA\n")
    other = tmp_path / "windows.tsv"
    other.write_bytes("\ufeffid\tkind\ttext\r\n1.p1\tpara\tA\r\n".encode())
    assert [c.hash for c in read_clauses(plain)] == [c.hash for c in read_clauses(other)]


def test_facts_are_clauses_of_a_document_not_at_hand(tmp_path: Path) -> None:
    """Of a facts file the requirement is hashed."""
    text = "facts:\n- id: f1\n  requirement: Walk the\n    dog.\n"
    (clause,) = read_clauses(table(tmp_path, text, "facts.yaml"))
    assert (clause.id, clause.hash) == ("f1", clause_hash("Walk the dog."))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.tsv", "clause\ttext\n", [("L121", 1)]),
        ("a.tsv", "id\tkind\ttext\n1.p1\tpara\n", [("L122", 2)]),
        ("a.tsv", "id\tkind\ttext\n1.p1\tpara\tA\n1.p1\tpara\tB\n", [("L123", 3)]),
        ("a.yaml", "other: x\n", [("L121", 0)]),
        ("a.yaml", "facts:\n- id: f1\n", [("L122", 2)]),
    ],
)
def test_what_is_no_clause_table_is_refused(
    tmp_path: Path, name: str, text: str, expected: list[tuple[str, int]]
) -> None:
    """A wrong first line, a short line, a doubled id and a fact without text name their line."""
    assert codes(table(tmp_path, text, name)) == expected


def test_what_is_not_text_is_refused(tmp_path: Path) -> None:
    """A file that is not UTF-8 text has no clauses."""
    path = tmp_path / "a.tsv"
    path.write_bytes(b"id\tkind\ttext\n1.p1\tpara\t\xff\n")
    assert codes(path) == [("L102", 0)]
