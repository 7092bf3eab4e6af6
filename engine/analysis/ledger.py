"""Ledgers: what became of every clause of a document.

In: `protocols/ledgers/<document>.csv` and the ids that rules go by. Out: its lines, or all
problems with their line numbers and cures (L102 to L110).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.analysis.clause_table import MOST_BYTES, text_of
from engine.errors import InvalidInput, Place, Problem, nearest
from engine.load.document import read_bytes
from engine.model.protocol import Conclusion, Duty, Protocol, Requirement, Source

COLUMNS = ("clause", "hash", "disposition", "rules", "note")
OPEN = "open"
DISPOSITIONS = {
    "encoded": "a rule of this protocol checks it",
    "restates": "it repeats a national rule",
    "judgement": "a record cannot show it",
    "organisational": "no matter of one case",
    "definition": "says what a word means",
    "information": "asks nothing",
    OPEN: "nobody has read it yet",
}
_WITH_RULES = ("encoded", "restates")
_WITH_REASON = ("judgement", "organisational")
_HASH = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Line:
    """What became of one clause; `rules` are ids of duties, lines of checklists, conclusions."""

    clause: str
    hash: str
    disposition: str
    rules: tuple[str, ...]
    note: str
    place: Place

    @property
    def section(self) -> str:
        """The part of the document the clause stands in: `13/hospital` of `13/hospital.p2.b1`."""
        return self.clause.partition(".")[0] if "." in self.clause else ""


def rule_ids(protocol: Protocol) -> dict[str, bool]:
    """Every id that a line may name, and whether it is of this protocol rather than inherited."""
    rules: list[Conclusion | Requirement | Duty]
    rules = [*protocol.conclusions, *protocol.requirements, *protocol.duties]
    known = {rule.id: rule.origin == protocol.id for rule in rules}
    known.update({d.checklist: d.origin == protocol.id for d in protocol.duties if d.checklist})
    return known


def repeatable(protocol: Protocol, source: Source) -> set[str]:
    """Own rules that `source` may restate: of a later document, those of the earlier ones."""
    documents = [one.id for one in protocol.documents if one.protocol == protocol.id]
    if source.id == documents[0]:
        return set()
    rules: list[Conclusion | Duty] = [*protocol.conclusions, *protocol.duties]
    earlier = [r.id for r in rules if any(cite.document != source.id for cite in r.cite)]
    return {*earlier, *(id_.partition("/")[0] for id_ in earlier)}


def read_ledger(path: Path, protocol: Protocol, source: Source) -> list[Line]:
    """The lines of the ledger of `source`, a document of the resolved `protocol`.

    Raises `InvalidInput` with all faults.
    """
    name = str(path)
    problems: list[Problem] = []
    lines = list(_lines(text_of(read_bytes(path, most_bytes=MOST_BYTES), name), name, problems))
    known = rule_ids(protocol)
    restated = {change.rule for change in protocol.changes} | repeatable(protocol, source)
    seen: dict[str, int] = {}
    for line in lines:
        if line.clause in seen:
            message = f"The clause `{line.clause}` has a line already: line {seen[line.clause]}."
            problems.append(Problem("L104", message, line.place, "Join the two lines to one."))
        seen.setdefault(line.clause, line.place.line)
        problems.extend(_faults(line))
        problems.extend(_rule_faults(line, known, restated))
    if problems:
        raise InvalidInput(problems)
    return lines


def _lines(text: str, name: str, problems: list[Problem]) -> Iterator[Line]:
    """The lines that have the columns of a ledger."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if problem := header_problem(header, name):
            problems.append(problem)
            return
        at = reader.line_num + 1
        for cells in reader:
            place, at = Place(name, at, 1), reader.line_num + 1
            if len(cells) == len(COLUMNS):
                clause, hash_, disposition, rules, note = cells
                yield Line(clause, hash_, disposition, tuple(rules.split()), note, place)
            elif cells:
                message = f"This line has {len(cells)} columns; a ledger has {len(COLUMNS)}."
                cure = "Put a note that holds a comma between double quotes."
                problems.append(Problem("L102", message, place, cure))
    except csv.Error:
        message = "From this line on the file is not CSV: a double quote is missing or misplaced."
        cure = "Begin and end the text with a double quote; write one inside it twice."
        problems.append(Problem("L102", message, Place(name, max(reader.line_num, 1), 1), cure))


def header_problem(header: Sequence[str], name: str) -> Problem | None:
    """What is wrong with the first line of the ledger in the file `name`."""
    if tuple(header) == COLUMNS:
        return None
    message = "The ledger's first line names other columns than a ledger has."
    if missing := [column for column in COLUMNS if column not in header]:
        message = f"The ledger's first line does not name {', '.join(f'`{m}`' for m in missing)}."
    cure = f"Begin the file with the line `{','.join(COLUMNS)}`."
    if ";".join(COLUMNS) in header:
        message = "The columns of the ledger are separated by semicolons."
        cure = "Save it with commas between the columns."
    return Problem("L103", message, Place(name, 1, 1), cure)


def _faults(line: Line) -> Iterator[Problem]:
    """What is wrong with a line on its own."""
    if not line.clause.strip():
        yield Problem("L105", "This line names no clause.", line.place, "Give the clause's id.")
    if not _HASH.fullmatch(line.hash):
        message = f"`{line.hash}` is not the hash of a clause."
        cure = "It has 12 of the characters 0 to 9 and a to f; `--check` computes it."
        yield Problem("L106", message, line.place, cure)
    if line.disposition not in DISPOSITIONS:
        message = f"There is no disposition `{line.disposition}`."
        there_are = f"There are: {', '.join(DISPOSITIONS)}."
        cure = nearest(line.disposition, [*DISPOSITIONS]) or there_are
        yield Problem("L105", message, line.place, cure)
    elif line.disposition in _WITH_RULES and not line.rules:
        message = f"`{line.clause}` is `{line.disposition}`, but the line names no rule."
        yield Problem("L108", message, line.place, "Name the rules, with spaces between them.")
    elif line.disposition not in _WITH_RULES and line.rules:
        message = f"`{line.clause}` is `{line.disposition}`, but the line names rules."
        cure = "Make it `encoded` or `restates`, or leave the rules out."
        yield Problem("L108", message, line.place, cure)
    if line.disposition in _WITH_REASON and not line.note.strip():
        message = f"`{line.clause}` is left to people, and the line does not say why."
        yield Problem("L109", message, line.place, "Say why in the note, in your own words.")


def _rule_faults(line: Line, known: dict[str, bool], restated: set[str]) -> Iterator[Problem]:
    """Rules that do not exist, or that `restates` cannot name."""
    for rule in line.rules:
        if rule not in known:
            cure = nearest(rule, [*known]) or "Name a duty, threshold or definition."
            yield Problem("L107", f"There is no rule `{rule}`.", line.place, cure)
        elif line.disposition == "restates" and known[rule] and rule not in restated:
            message = f"`{rule}` is this protocol's own rule, so nothing is restated."
            cure = "Make the line `encoded`, or name the national rule."
            yield Problem("L110", message, line.place, cure)
