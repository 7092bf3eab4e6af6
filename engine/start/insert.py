"""One entry more in a file that people write: all else stays as it is, byte for byte.

In: the bytes of a protocol or a ledger. Out: the bytes with the entry in its place, or
`InvalidInput` where the file is written in a way that leaves no place for it (K113, K114).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from engine.analysis.clause_table import text_of
from engine.analysis.ledger import COLUMNS
from engine.errors import InvalidInput, Place, Problem, nearest
from engine.load.document import parse_document
from engine.model.document import Document

SECTIONS = ("checks", "pathways")
_DASH = re.compile(r"( *)- +")


class Inserted(NamedTuple):
    """The new content, and by line of it the key that was written there."""

    content: bytes
    keys: dict[int, str]


def with_duty(
    content: bytes, name: str, duty: dict[str, str], block: str, block_title: str
) -> Inserted:
    """The protocol with a duty at the end of a block; a block that is not there is made.

    `duty` holds the values as they are to be written.
    """
    document = parse_document(content, name)
    entry = [f"{key}: {value}" for key, value in duty.items()]
    where = _duties(document, block)
    if where is None:
        head = [f"id: {block}", f"title: {block_title}", "duties:"]
        entry = [*head, *(f"  {line}" for line in _item(entry, 2))]
        where = ("checks",)
    lines = _lines(content)
    present = document.value.get("checks") if where == ("checks",) else _at(document, where)
    if present:
        at, indent, step = _end(document, lines, (*where, len(present) - 1))
        added = [f"{' ' * indent}{line}" for line in _item(entry, step)]
        first, _ = document.places[(*where, 0)]
        if any(not line.strip() for line in lines[first:at]):
            added = ["", *added]  # as the entries before it are set apart
    else:
        at = len(lines)
        added = ["", "checks:", *(f"  {line}" for line in _item(entry, 2))]
    newline = "\r\n" if b"\r\n" in content else "\n"
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += newline
    lines[at:at] = [line + newline for line in added]
    changed = "".join(lines).encode()
    _check(document, changed, name)
    keys = {at + n: line.strip(" -").partition(":")[0] for n, line in enumerate(added, 1) if line}
    return Inserted(changed, keys)


def _at(document: Document, path: tuple[str | int, ...]) -> Any:
    value = document.value
    for key in path:
        value = value[key]
    return value


def _duties(document: Document, block: str) -> tuple[str | int, ...] | None:
    """Where the duties of a block stand."""
    for section in SECTIONS:
        for number, one in enumerate(document.value.get(section) or []):
            if one.get("id") == block:
                return section, number, "duties"
    return None


def _item(lines: Sequence[str], step: int) -> list[str]:
    """Lines as an entry of a list."""
    first, *rest = lines
    return [f"-{' ' * (step - 1)}{first}", *(" " * step + line for line in rest)]


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8").splitlines(keepends=True)


def _end(document: Document, lines: list[str], path: tuple[str | int, ...]) -> tuple[int, int, int]:
    """After which line an entry of a list ends, how far its dash stands in, and its text after."""
    line, column = document.places[path]
    dash = _DASH.fullmatch(lines[line - 1].lstrip("\ufeff")[: column - 1])
    if dash is None:
        raise _no_place(document, path)
    indent, end = len(dash[1]), line
    for number, text in enumerate(lines[line:], line + 1):
        if not text.strip():
            continue
        if len(text) - len(text.lstrip(" ")) <= indent:
            break
        end = number
    return end, indent, column - 1 - indent


def _check(before: Document, changed: bytes, name: str) -> None:
    """That nothing but the one entry has become of it."""
    try:
        after = parse_document(changed, name).value
    except InvalidInput:
        raise _no_place(before, ()) from None
    if _weight(after, SECTIONS) - _weight(before.value, SECTIONS) != 1 or any(
        after.get(key) != value for key, value in before.value.items() if key not in SECTIONS
    ):
        raise _no_place(before, ())


def _weight(value: dict[str, Any], sections: Sequence[str]) -> int:
    """How many duties there are."""
    return sum(len(block["duties"]) for name in sections for block in value.get(name) or [])


def _no_place(document: Document, path: tuple[str | int, ...]) -> InvalidInput:
    message = "A rule can't be added here without changing what stands around it."
    cure = "Write the block over several lines, each duty after a dash, or add the rule by hand."
    return InvalidInput([Problem("K113", message, document.place(path), cure)])


def with_rule(content: bytes, name: str, clause: str, rule: str) -> bytes:
    """The ledger with a rule in the line of a clause, which is `encoded` from then on."""
    text_of(content, name)  # refuses what is no text
    lines = list(io.StringIO(content.decode("utf-8"), newline=""))
    reader = csv.reader(lines)
    first, clauses = 0, []
    for cells in reader:
        if len(cells) == len(COLUMNS) and cells[0] == clause:
            lines[first : reader.line_num] = [_encoded(cells, rule, lines[reader.line_num - 1])]
            return "".join(lines).encode()
        clauses += cells[:1]
        first = reader.line_num
    cure = nearest(clause, clauses[1:]) or "Give the clause as the ledger names it, such as `4.p2`."
    message = f"The ledger has no clause `{clause}`."
    raise InvalidInput([Problem("K114", message, Place(name), cure)])


def _encoded(cells: list[str], rule: str, last: str) -> str:
    """The line, ending as its `last` line did."""
    clause, hash_, _, rules, note = cells
    text = io.StringIO(newline="")
    row = [clause, hash_, "encoded", f"{rules} {rule}".strip(), note]
    csv.writer(text, lineterminator=last[len(last.rstrip("\r\n")) :]).writerow(row)
    return text.getvalue()
