"""`protocol ledger`: coverage, findings, exit codes and both formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.analysis.clause_table import clause_hash
from engine.packs import find_ledger
from tests.cli.conftest import PROTOCOL, Run, Write

HASH = clause_hash("Tell them.")
LEDGER = f"""\
clause,hash,disposition,rules,note
4.p1,{clause_hash("It is so.")},information,,
4.p2,{HASH},encoded,outcome-in-writing,
4.p3,{HASH},judgement,,It is weighed.
"""
ROWS = ("id\tkind\ttext", "4\theading\tX", "4.p1\tpara\tIt is so.", "4.p2\tpara\tTell them.")
TABLE = "\n".join([*ROWS, "4.p3\tpara\tTell them.\n"])
SCENARIO = "- scenario: told in time\n  protocol: anyshire\n  expect: {outcome-in-writing: met}\n"


@pytest.fixture
def ledger(write: Write) -> str:
    """A protocol of one duty with its ledger and a scenario; gives the ledger's name."""
    write("protocols/anyshire.yaml", PROTOCOL)
    write("tests/protocols/anyshire/time.yaml", SCENARIO)
    return write("protocols/ledgers/anyshire.csv", LEDGER)


def test_what_is_encoded_where_and_what_is_not(run: Run, ledger: str) -> None:
    """Clauses by section, rules by clause, and why a clause has none."""
    told = run("ledger", ledger)
    assert told.code == 0
    assert "Clauses by section: 3 clauses" in told.out
    assert "4.p2" in told.out
    assert "outcome-in-writing" in told.out
    assert "Clauses with no rule: judgement" in told.out
    assert "It is weighed." in told.out
    assert "Nothing is missing" in told.out


def test_the_same_document_passes_the_check(run: Run, write: Write, ledger: str) -> None:
    """Held against its own clause table nothing is found."""
    told = run("ledger", ledger, "--check", "--source", write("table.tsv", TABLE))
    assert told.code == 0
    assert "Held against table.tsv." in told.out


def test_a_changed_clause_leads_to_rule_and_scenario(run: Run, write: Write, ledger: str) -> None:
    """The clause is named, with the rule and the scenario to look at again."""
    table = write("table.tsv", TABLE.replace("4.p2\tpara\tTell them", "4.p2\tpara\tTell me"))
    told = run("ledger", ledger, "--check", "--source", table)
    assert told.code == 1
    assert "4.p2: changed." in told.out
    assert "Rules to look at again: outcome-in-writing." in told.out
    assert "told in time" in told.out
    assert "Tell me" not in told.out


def test_json_holds_the_same(run: Run, write: Write, ledger: str) -> None:
    """Counts, lines and findings are there for programs."""
    table = write("table.tsv", TABLE.replace("4.p3\tpara\tTell them.\n", ""))
    told = run("ledger", ledger, "--check", "--source", table, "--format", "json")
    report = json.loads(told.out)
    assert told.code == 1
    assert report["clauses"] == 3
    assert report["dispositions"]["encoded"] == 1
    assert report["sections"]["4"]["judgement"] == 1
    assert [(one["kind"], one["name"]) for one in report["findings"]] == [("vanished", "4.p3")]


def test_a_rule_dropped_from_the_ledger_is_a_finding(run: Run, write: Write, ledger: str) -> None:
    """Without the document, too: the rule is named and the exit code says so."""
    write(ledger, LEDGER.replace("encoded,outcome-in-writing", "definition,"))
    told = run("ledger", ledger)
    assert told.code == 1
    assert "outcome-in-writing: rule without a clause." in told.out


def test_a_faulty_ledger_is_invalid(run: Run, write: Write, ledger: str) -> None:
    """The line, a code and the nearest right name stand on standard error."""
    write(ledger, LEDGER.replace("judgement", "judgment"))
    told = run("ledger", ledger)
    assert told.code == 3
    assert told.out == ""
    assert f"{ledger}:4:1: error [L105]" in told.err
    assert "Did you mean `judgement`?" in told.err


def test_a_ledger_of_no_protocol_is_invalid(run: Run, write: Write, ledger: str) -> None:
    """Some protocol in the folder above has to name it."""
    told = run("ledger", write("protocols/ledgers/stray.csv", LEDGER))
    assert told.code == 3
    assert "[L111]" in told.err


def test_an_unknown_name_is_answered_with_the_nearest(run: Run) -> None:
    """`norfolc` was meant to be norfolk."""
    told = run("ledger", "norfolc")
    assert told.code == 3
    assert "[L101]" in told.err
    assert "`norfolk`" in told.err


@pytest.mark.parametrize("options", [["--check"], ["--source", "table.tsv"]])
def test_check_and_source_go_together(run: Run, ledger: str, options: list[str]) -> None:
    """One without the other is a usage error that says so."""
    told = run("ledger", ledger, *options)
    assert told.code == 2
    assert "--source FILE" in told.err


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_no_line_is_wider_than_the_terminal(
    run: Run, ledger: str, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Where a table does not fit, the counts stand as words."""
    monkeypatch.setenv("COLUMNS", str(columns))
    told = run("ledger", ledger)
    assert max(map(len, told.out.splitlines())) <= columns
    assert "judgement" in told.out


@pytest.mark.parametrize(
    "name", ["norfolk", "nel", "barnsley", "wt2018", "wt2018-update", "wt2023"]
)
def test_every_document_has_its_ledger(run: Run, name: str) -> None:
    """The ledger of each shipped document is whole and says what the protocol says."""
    told = run("ledger", name)
    assert told.code == 0, told.out[told.out.find("Findings") :] + told.err


def test_ledgers_lie_beside_the_protocols() -> None:
    """Where the wheel has the protocols, it has the ledgers."""
    assert find_ledger("norfolk").parent.parent.joinpath("norfolk.yaml").is_file()
    assert find_ledger("my/own.csv") == Path("my/own.csv")
