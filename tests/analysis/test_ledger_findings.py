"""What a ledger leaves open: against the protocol file, and against the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.analysis.clause_table import Clause, clause_hash
from engine.analysis.ledger import Line, read_ledger
from engine.analysis.ledger_findings import DUTY_WORDS, against_document, against_protocol
from engine.errors import Place
from engine.load.dictionary import read_dictionary
from engine.model.protocol import Protocol
from engine.pipeline import resolved
from tests.analysis.conftest import LEDGER, WriteLedger

HERE = Place("here")


def found(write_ledger: WriteLedger, shire: Protocol, text: str) -> list[tuple[str, str]]:
    lines = read_ledger(write_ledger(text), shire, shire.documents[-1])
    findings = against_protocol(lines, shire, shire.documents[-1])
    return [(finding.kind, finding.name) for finding in findings]


def line(clause: str, text: str, disposition: str = "encoded", *rules: str) -> Line:
    return Line(clause, clause_hash(text), disposition, rules, "", HERE)


def test_a_ledger_that_says_the_same_leaves_nothing_open(
    write_ledger: WriteLedger, shire: Protocol
) -> None:
    """Own, restated and checklist rules stand where the protocol cites them."""
    assert found(write_ledger, shire, LEDGER) == []


def test_a_rule_dropped_from_a_line_is_named(write_ledger: WriteLedger, shire: Protocol) -> None:
    """A rule that cites a clause must stand in its line, and in some line at all."""
    text = LEDGER.replace("encoded,tell,", "information,,")
    assert found(write_ledger, shire, text) == [
        ("rule missing from the line", "3/end.p1"),
        ("rule without a clause", "tell"),
    ]


def test_a_restated_rule_dropped_from_its_line_is_named(
    write_ledger: WriteLedger, shire: Protocol
) -> None:
    """What the protocol restates stands in the ledger; an inherited rule needs no line else."""
    text = LEDGER.replace("restates,acknowledge,", "information,,")
    assert found(write_ledger, shire, text) == [("rule missing from the line", "1.p1")]


def test_a_line_that_names_a_rule_from_elsewhere_is_named(
    write_ledger: WriteLedger, shire: Protocol
) -> None:
    """A rule in a line has to cite that clause."""
    text = LEDGER.replace("2.p2,0123456789ab,information,,", "2.p2,0123456789ab,encoded,tell,")
    assert found(write_ledger, shire, text) == [("rule does not cite the clause", "2.p2")]


def test_a_clause_without_a_line_is_named(write_ledger: WriteLedger, shire: Protocol) -> None:
    """A cited clause that the ledger lacks is found by the rule that cites it."""
    text = LEDGER.replace("2.p1.b1,0123456789ab,encoded,covers/outcome,\n", "")
    assert found(write_ledger, shire, text) == [("rule missing from the line", "2.p1.b1")]


def test_changed_new_and_vanished_clauses_are_named_with_their_rules() -> None:
    """A new clause goes with the rules of the one before it."""
    lines = [
        line("1.p1", "A", "encoded", "a"),
        line("1.p2", "B", "encoded", "b"),
        line("1.p3", "C", "encoded", "c"),
    ]
    table = [Clause("1.p1", " A ", HERE), Clause("1.p2", "B!", HERE), Clause("1.p4", "D", HERE)]
    assert [(f.kind, f.name, f.rules) for f in against_document(lines, table)] == [
        ("changed", "1.p2", ("b",)),
        ("new", "1.p4", ("b",)),
        ("vanished", "1.p3", ("c",)),
    ]


def test_a_document_that_is_the_same_finds_nothing() -> None:
    """Same clauses, same hashes: nothing to look at."""
    lines = [line("1.p1", "It is so.", "information")]
    assert not [*against_document(lines, [Clause("1.p1", "It is so.", HERE)])]


@pytest.mark.parametrize(
    "text",
    [
        "You must go.",
        "It SHOULD be.",
        "They will meet.",
        "It needs to be seen.",
        "We need to ask.",
        "What is required of us",
        "as expected",
        "The manager is responsible for it.",
    ],
)
def test_a_duty_marked_as_information_is_found(text: str) -> None:
    """A word that asks something makes a clause more than information; nothing of it is quoted but
    the word."""
    (finding,) = against_document([line("1.p1", text, "information")], [Clause("1.p1", text, HERE)])
    assert finding.kind == "a duty marked as information"
    assert text not in finding.says
    assert not [*against_document([line("1.p1", text)], [Clause("1.p1", text, HERE)])]


STEM = "1.p2"


def bullets_found(stem: str, disposition: str = "information", id_: str = "1.p2.b1") -> list[str]:
    table = [Clause(STEM, stem, HERE), Clause(id_, "the family;", HERE)]
    lines = [line(STEM, stem), line(id_, "the family;", disposition)]
    return [finding.kind for finding in against_document(lines, table)]


@pytest.mark.parametrize(
    "stem", ["You must tell:", "Some are told. All should hear of it from", "It will include:"]
)
def test_a_bullet_of_a_stem_that_asks_is_no_information(stem: str) -> None:
    """The duty word stands in the stem, which the bullet goes on from."""
    assert bullets_found(stem) == ["a duty of its stem marked as information"]
    assert bullets_found(stem, "encoded") == []


@pytest.mark.parametrize(
    "stem", ["You may tell:", "All should hear of it. Examples are:", "Who has to know?"]
)
def test_a_bullet_of_a_stem_that_asks_nothing_may_be_information(stem: str) -> None:
    """Of the stem the last sentence counts."""
    assert bullets_found(stem) == []


def test_a_bullet_of_a_bullet_goes_on_from_the_stem_of_both() -> None:
    """However deep the list."""
    texts = {"1.p2": "You must tell:", "1.p2.b1": "the family, of", "1.p2.b1.b2": "what comes;"}
    table = [Clause(id_, text, HERE) for id_, text in texts.items()]
    lines = [line("1.p2", texts["1.p2"]), line("1.p2.b1", texts["1.p2.b1"])]
    lines.append(line("1.p2.b1.b2", texts["1.p2.b1.b2"], "information"))
    (finding,) = against_document(lines, table)
    assert (finding.kind, finding.name) == (
        "a duty of its stem marked as information",
        "1.p2.b1.b2",
    )
    assert "`1.p2` leads to it" in finding.says


@pytest.mark.parametrize("id_", ["1.p2b1", "1.p3.b1", "1.b1"])
def test_only_a_bullet_goes_on_from_its_own_stem(id_: str) -> None:
    """Another paragraph, and a bullet of another stem or of a heading, stand for themselves."""
    assert bullets_found("You must tell:", id_=id_) == []


def test_a_bullet_with_a_duty_word_of_its_own_is_found_once() -> None:
    """It is a duty by itself, whatever its stem says."""
    table = [Clause("1.p1", "You must:", HERE), Clause("1.p1.b1", "will tell", HERE)]
    lines = [line("1.p1", "You must:"), line("1.p1.b1", "will tell", "information")]
    assert [f.kind for f in against_document(lines, table)] == ["a duty marked as information"]


@pytest.mark.parametrize(
    "text", ["mustard", "willing", "their needs", "a requirement", "unexpected"]
)
def test_words_that_only_look_alike_are_no_duty(text: str) -> None:
    """Whole words count, not parts of others."""
    assert not DUTY_WORDS.search(text)


def test_a_ledger_of_another_document_of_the_protocol_is_left_alone(
    write_ledger: WriteLedger, shire: Protocol
) -> None:
    """Inherited rules are no business of a local ledger."""
    path: Path = write_ledger(LEDGER)
    findings = against_protocol(
        read_ledger(path, shire, shire.documents[-1]), shire, shire.documents[0]
    )
    assert not [f for f in findings if f.name == "acknowledge"]


def test_a_later_document_may_restate_rules_of_an_earlier_one(
    tmp_path: Path, shire_file: Path
) -> None:
    """Where a protocol has two documents, the second repeats what the first one asks for."""
    document = "  protocol: {title: Shire Protocol, ledger: shire}\n"
    later = f"{document}  update: {{title: Update, ledger: shire-update}}\n"
    shire_file.write_text(shire_file.read_text("utf-8").replace(document, later), encoding="utf-8")
    two = resolved(str(shire_file), read_dictionary())
    path = tmp_path / "shire-update.csv"
    header = LEDGER.partition("\n")[0]
    path.write_text(f"{header}\nu1,0123456789ab,restates,tell,\n", encoding="utf-8")
    lines = read_ledger(path, two, two.documents[-1])
    assert [*against_protocol(lines, two, two.documents[-1])] == []
