"""Reading ledgers: what a line holds, and every fault with its line and cure."""

from __future__ import annotations

import pytest

from engine.analysis.ledger import read_ledger
from engine.errors import InvalidInput, Problem
from engine.model.protocol import Protocol
from tests.analysis.conftest import LEDGER, WriteLedger

HEADER, *LINES = LEDGER.splitlines()
HASH = "0123456789ab"


def problems(write_ledger: WriteLedger, shire: Protocol, text: str) -> list[Problem]:
    with pytest.raises(InvalidInput) as fault:
        read_ledger(write_ledger(text), shire, shire.documents[-1])
    assert all(problem.cure for problem in fault.value.problems)
    return list(fault.value.problems)


def test_a_line_says_what_became_of_a_clause(write_ledger: WriteLedger, shire: Protocol) -> None:
    """Clause, section, disposition, rules, note and line number are read."""
    lines = read_ledger(write_ledger(LEDGER), shire, shire.documents[-1])
    assert [line.section for line in lines] == ["1", "2", "2", "2", "3/end", "3/end"]
    assert lines[2].rules == ("covers/outcome",)
    assert (lines[5].disposition, lines[5].note) == ("judgement", "It is weighed, not recorded.")
    assert [line.place.line for line in lines] == [2, 3, 4, 5, 6, 7]


def test_a_note_over_two_lines_keeps_the_numbers_right(
    write_ledger: WriteLedger, shire: Protocol
) -> None:
    """The line after a note of two lines is found where it stands."""
    text = f'{HEADER}\n1.p1,{HASH},information,,"one\ntwo"\n1.p2,{HASH},guess,,\n'
    (problem,) = problems(write_ledger, shire, text)
    assert (problem.code, problem.place.line) == ("L105", 4)


@pytest.mark.parametrize(
    ("line", "code", "cure"),
    [
        (f"2.p1,{HASH},encoded,covers,", "L104", "Join"),
        (f"9.p1,{HASH},judgment,,why", "L105", "`judgement`"),
        (f",{HASH},information,,", "L105", "id"),
        ("9.p1,0123,information,,", "L106", "12"),
        (f"9.p1,{HASH},encoded,tel,", "L107", "`tell`"),
        (f"9.p1,{HASH},encoded,,", "L108", "Name the rules"),
        (f"9.p1,{HASH},definition,tell,", "L108", "leave the rules out"),
        (f"9.p1,{HASH},organisational,, ", "L109", "own words"),
        (f"9.p1,{HASH},restates,tell,", "L110", "encoded"),
        (f"9.p1,{HASH},information", "L102", "double quotes"),
        (f'9.p1,{HASH},information,,"open', "L102", "double quote"),
    ],
)
def test_a_fault_names_its_line_and_its_cure(
    write_ledger: WriteLedger, shire: Protocol, line: str, code: str, cure: str
) -> None:
    """Each fault of a line has a code of its own, the line's number and a way to mend it."""
    (problem,) = problems(write_ledger, shire, f"{LEDGER}{line}\n")
    assert (problem.code, problem.place.line) == (code, 8)
    assert cure in problem.cure


def test_all_faults_are_named_at_once(write_ledger: WriteLedger, shire: Protocol) -> None:
    """A ledger with three faults says so in one go."""
    text = f"{LEDGER}9.p1,x,encoded,tel,\n9.p2,{HASH},judgement,,\n"
    assert [p.code for p in problems(write_ledger, shire, text)] == ["L106", "L107", "L109"]


def test_semicolons_between_columns_are_told(write_ledger: WriteLedger, shire: Protocol) -> None:
    """As spreadsheets write them in some countries."""
    (problem,) = problems(write_ledger, shire, f"{HEADER.replace(',', ';')}\n1.p1;x\n")
    assert problem.code == "L103"
    assert "commas" in problem.cure


@pytest.mark.parametrize("header", ["clause,hash,rules,note", "clause;hash;disposition", ""])
def test_a_missing_column_is_named(write_ledger: WriteLedger, shire: Protocol, header: str) -> None:
    """Without its columns no line can be read; the cure shows the first line."""
    (problem,) = problems(write_ledger, shire, f"{header}\n1.p1,x\n")
    assert problem.code == "L103"
    assert "`disposition`" in problem.message
    assert HEADER in problem.cure


def test_a_spreadsheet_is_no_ledger(write_ledger: WriteLedger, shire: Protocol) -> None:
    """What is not text is refused as such."""
    path = write_ledger("")
    path.write_bytes(b"PK\x03\x04\x00\x00")
    with pytest.raises(InvalidInput) as fault:
        read_ledger(path, shire, shire.documents[-1])
    assert fault.value.problems[0].code == "L102"
