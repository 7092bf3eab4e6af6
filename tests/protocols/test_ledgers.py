"""Every ledger: one line a clause, and the same rules as the protocol cites there.

The documents are not part of the project. Where the environment variable `LEDGER_SOURCES` names a
folder of clause tables (`<document>.tsv`: id, kind, text) the hashes are compared with those.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.protocol import Citation, Protocol
from engine.validate import validate

COLUMNS = ["clause", "hash", "disposition", "rules", "note"]
WITH_RULES = {"encoded", "restates"}
WITH_REASON = {"judgement", "organisational"}
DISPOSITIONS = WITH_RULES | WITH_REASON | {"definition", "information"}
NO_CLAUSES = {"heading", "note"}
PATHS = sorted((data_folder("protocols") / "ledgers").glob("*.csv"))


@dataclass(frozen=True)
class Line:
    """What became of a clause."""

    clause: str
    hash: str
    disposition: str
    rules: tuple[str, ...]
    note: str


def clause_hash(text: str) -> str:
    """The first 12 hex digits of the SHA-256 of a clause, its white space folded."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8")).hexdigest()[:12]


def differences(lines: Iterable[Line], table: Iterable[str]) -> Iterator[str]:
    """Clauses of a table that are new, changed or vanished, each by name."""
    held = {line.clause: line.hash for line in lines}
    for row in list(table)[1:]:
        clause, kind, text = row.split("\t")
        if kind in NO_CLAUSES:
            continue
        known = held.pop(clause, None)
        if known is None:
            yield f"{clause}: new"
        elif known != clause_hash(text):
            yield f"{clause}: changed"
    yield from (f"{clause}: vanished" for clause in held)


def rows(table: Path) -> list[str]:
    """The rows of a clause table."""
    return table.read_text("utf-8").rstrip("\n").split("\n")


@cache
def lines(path: Path) -> tuple[Line, ...]:
    """The lines of a ledger."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *entries = csv.reader(file)
    assert header == COLUMNS
    return tuple(Line(c, h, d, tuple(rules.split()), note) for c, h, d, rules, note in entries)


@cache
def protocols() -> tuple[Protocol, ...]:
    """The shipped protocols, each as its own file says."""
    dictionary = read_dictionary()
    files = sorted(data_folder("protocols").glob("*.yaml"))
    return tuple(validate(read_document(f, most_bytes=1_000_000), dictionary) for f in files)


def own(path: Path) -> tuple[Protocol, str]:
    """The protocol whose document has this ledger, and the document's short name."""
    return next(
        (protocol, document.id)
        for protocol in protocols()
        for document in protocol.documents
        if document.ledger == path.stem
    )


def cited(path: Path) -> set[tuple[str, str]]:
    """What the protocol file says where, as (clause, rule): own, changed and restated rules."""
    protocol, document = own(path)
    rules = [*protocol.conclusions]
    pairs = [(c, rule.id) for rule in rules for c in rule.cite]
    pairs += [(c, d.id) for d in protocol.duties for c in d.cite]
    pairs += [(c, change.rule) for change in protocol.changes for c in change.cite]
    pairs += [(c, rule) for rule, clauses in protocol.restates.items() for c in clauses]
    return {(c.clause, rule) for c, rule in pairs if c.document == document}


def repeated(path: Path) -> set[str]:
    """Rules that a later document of a protocol may restate: those of its other documents."""
    protocol, document = own(path)
    if document == protocol.documents[0].id:
        return set()
    rules: list[tuple[tuple[Citation, ...], str]] = [(r.cite, r.id) for r in protocol.conclusions]
    rules += [(d.cite, d.id) for d in protocol.duties]
    rules += [(d.cite, d.checklist) for d in protocol.duties if d.checklist]
    return {rule for cite, rule in rules if any(c.document != document for c in cite)}


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def ledger(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_there_are_ledgers() -> None:
    """Ledgers are shipped beside the protocols."""
    assert PATHS


def test_each_clause_has_one_line(ledger: Path) -> None:
    """No clause stands twice in a ledger."""
    clauses = [line.clause for line in lines(ledger)]
    assert sorted(clauses) == sorted(set(clauses))


def test_lines_are_well_formed(ledger: Path) -> None:
    """Each line has a known disposition and a hash, and rules just where it calls for rules."""
    wrong = [
        line.clause
        for line in lines(ledger)
        if line.disposition not in DISPOSITIONS
        or len(line.hash) != 12
        or not set(line.hash) <= set("0123456789abcdef")
        or bool(line.rules) != (line.disposition in WITH_RULES)
    ]
    assert not wrong


def test_what_is_left_to_people_says_why(ledger: Path) -> None:
    """Judgement and organisational clauses carry a reason in our own words."""
    assert not [x.clause for x in lines(ledger) if x.disposition in WITH_REASON and not x.note]


def test_every_cited_clause_has_a_line_that_names_the_rule(ledger: Path) -> None:
    """A rule of the protocol file stands in the line of each clause that it cites."""
    named = {(line.clause, rule) for line in lines(ledger) for rule in line.rules}
    missing = {
        (clause, rule)
        for clause, rule in cited(ledger)
        if not {(clause, rule), (clause, rule.partition("/")[0])} & named
    }
    assert not missing


def test_every_rule_of_a_line_cites_the_clause(ledger: Path) -> None:
    """A line names only rules that cite its clause, or that a later document restates."""
    known = cited(ledger) | {(clause, rule.partition("/")[0]) for clause, rule in cited(ledger)}
    named = {(x.clause, rule, x.disposition) for x in lines(ledger) for rule in x.rules}
    earlier = repeated(ledger)
    assert not {
        (clause, rule)
        for clause, rule, disposition in named
        if (clause, rule) not in known and not (disposition == "restates" and rule in earlier)
    }


def test_restated_rules_are_inherited(ledger: Path) -> None:
    """A clause that only restates names no rule of the file, save of an earlier document."""
    protocol, _ = own(ledger)
    local = {d.id for d in protocol.duties} | {d.checklist for d in protocol.duties}
    local -= repeated(ledger)
    wrong = [x.clause for x in lines(ledger) if x.disposition == "restates" and {*x.rules} & local]
    assert not wrong


def test_questions_cite_clauses_of_the_ledger(ledger: Path) -> None:
    """What is asked of the authority is about clauses that exist."""
    protocol, document = own(ledger)
    clauses = {line.clause for line in lines(ledger)}
    asked = {c.clause for q in protocol.questions for c in q.cite if c.document == document}
    assert asked <= clauses


def test_new_changed_and_vanished_clauses_are_named() -> None:
    """A table is compared clause by clause; headings, notes and white space do not count."""
    held = [
        Line("1.p1", clause_hash("Walk  the dog."), "information", (), ""),
        Line("1.p2", clause_hash("Feed the cat."), "information", (), ""),
        Line("1.p3", clause_hash("Open the door."), "information", (), ""),
    ]
    table = [
        "id\tkind\ttext",
        "1\theading\tPets",
        "1.n1\tnote\tOFFICIAL",
        "1.p1\tpara\t Walk the dog. ",
        "1.p2\tpara\tFeed the cat twice.",
        "1.p4\tpara\tClose the door.",
    ]
    assert list(differences(held, table)) == ["1.p2: changed", "1.p4: new", "1.p3: vanished"]


def test_hashes_are_those_of_the_documents_where_they_are_at_hand() -> None:
    """With the clause tables given, no clause of any is new, changed or vanished."""
    folder = os.environ.get("LEDGER_SOURCES")
    tables = {path.stem: path for path in Path(folder).glob("*.tsv")} if folder else {}
    assert not [
        f"{path.stem} {difference}"
        for path in PATHS
        if path.stem in tables
        for difference in differences(lines(path), rows(tables[path.stem]))
    ]
