"""Every ledger: one line a clause, and the same rules as the protocol cites there.

`engine.analysis` reads and compares, as `protocol ledger` does; that it finds what is wrong is held
by tests/analysis. The documents are not part of the project: where the environment variable
`LEDGER_SOURCES` names a folder of clause tables (`<document>.tsv`: id, kind, text) the hashes are
compared with those.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from engine.analysis.clause_table import read_clauses
from engine.analysis.ledger import Line, read_ledger
from engine.analysis.ledger_findings import against_document, against_protocol
from engine.load.dictionary import read_dictionary
from engine.model.protocol import Protocol, Source
from engine.packs import shipped_pack
from engine.pipeline import resolved, shipped

LEDGERS = shipped_pack().ledger_names()

every_ledger = pytest.mark.parametrize("name", LEDGERS)


@cache
def protocol(name: str) -> Protocol:
    """A shipped protocol, resolved."""
    return resolved(name, read_dictionary())


def own_documents(name: str) -> list[Source]:
    """The documents that a protocol's own file cites from."""
    return [source for source in protocol(name).documents if source.protocol == name]


@cache
def owner(ledger: str) -> tuple[Protocol, Source]:
    """The protocol whose document has this ledger, and the document."""
    return next(
        (protocol(name), source)
        for name in shipped()
        for source in own_documents(name)
        if source.ledger == ledger
    )


@cache
def lines(ledger: str) -> tuple[Line, ...]:
    """The lines of a ledger; a faulty one is invalid input, with every fault."""
    return tuple(read_ledger(shipped_pack().ledger(ledger), *owner(ledger)))


def test_each_document_has_its_ledger() -> None:
    """No document of a protocol is without one, and no ledger without a document."""
    documents = [source.ledger for name in shipped() for source in own_documents(name)]
    assert documents
    assert sorted(documents) == LEDGERS


@every_ledger
def test_each_clause_has_one_sound_line(name: str) -> None:
    """Disposition, hash, rules where it calls for rules, a reason where it is left to people."""
    clauses = [line.clause for line in lines(name)]
    assert clauses
    assert len(clauses) == len(set(clauses))


@every_ledger
def test_rules_and_clauses_name_each_other(name: str) -> None:
    """What a rule cites names it, what a line names cites it, and no rule is without a clause."""
    assert not [*against_protocol(lines(name), *owner(name))]


@every_ledger
def test_questions_cite_clauses_of_the_ledger(name: str) -> None:
    """What is asked of the authority is about clauses that exist."""
    asking, source = owner(name)
    clauses = {line.clause for line in lines(name)}
    cited = {cite for question in asking.questions for cite in question.cite}
    own = {c.clause for c in cited if (c.protocol, c.document) == (source.protocol, source.id)}
    assert own <= clauses


def test_the_documents_are_the_same_where_they_are_at_hand() -> None:
    """With the clause tables given, no clause of any is new, changed or vanished."""
    folder = os.environ.get("LEDGER_SOURCES")
    tables = {path.stem: path for path in Path(folder).glob("*.tsv")} if folder else {}
    assert not [
        f"{name} {finding.name}: {finding.kind}"
        for name in LEDGERS
        if name in tables
        for finding in against_document(lines(name), read_clauses(tables[name]))
    ]
