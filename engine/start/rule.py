"""A new rule: the protocol, the ledger and the scenarios as they are with it.

In: a protocol file and what a person says of the rule. Out: the changed and the new files, and the
scenarios to be read. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from engine.errors import InvalidInput, Place, Problem
from engine.examine import Examiner
from engine.load.document import parse_document, read_bytes
from engine.model.fact import CASE, Dictionary
from engine.model.protocol import Duty, Protocol
from engine.packs import Pack
from engine.pipeline import MOST_BYTES, compiled_text
from engine.start.compose import Composition, compose, first_day
from engine.start.insert import SECTIONS, with_duty, with_rule
from engine.start.names import quoted

OPTIONS = {
    "id": "--id", "title": "--title", "done": "--done", "from": "--from", "within": "--within",
    "before": "--before", "when": "--when", "by": "--by", "force": "--force", "cite": "--cite",
}  # fmt: skip


class NewRule(NamedTuple):
    """Files that change (from what, to what), files that are new, and what the rule does."""

    duty: Duty
    changed: dict[Path, tuple[bytes, bytes]]
    new: dict[Path, bytes]
    composition: Composition
    ledger: Path | None


def blocks_of(path: Path) -> dict[str, str]:
    """The titles of the blocks that the file itself has, by id."""
    value = parse_document(read_bytes(path, most_bytes=MOST_BYTES), str(path)).value
    blocks = [one for section in SECTIONS for one in value.get(section) or []]
    return {one["id"]: one["title"] for one in blocks}


def new_rule(path: Path, said: dict[str, str], block: str, dictionary: Dictionary) -> NewRule:
    """The files with a rule of which `said` holds the values by key, in a block.

    Raises `InvalidInput`: what is wrong with the protocol as it is, then what is wrong with the
    rule, by the option that said it.
    """
    before = read_bytes(path, most_bytes=MOST_BYTES)
    protocol, _ = compiled_text(path, before, dictionary)
    own = next((one for one in protocol.blocks if one.id == block), None)
    duty = _written(said, own.for_each if own else None, dictionary)
    title = block.replace("-", " ").capitalize()
    inserted = with_duty(before, str(path), duty, block, title)
    pack = Pack.of(path)
    try:
        protocol, program = compiled_text(path, inserted.content, dictionary)
        ledger = _ledger(pack, protocol, said)
    except InvalidInput as fault:
        told = Examiner(dictionary).examine(path, inserted.content).problems
        wrong = [one for one in told if one.severity == "error"] or fault.problems
        raise InvalidInput(_of_options(wrong, str(path), inserted.keys)) from None
    made = next(one for one in protocol.duties if one.id == said["id"])
    composition = compose(made, protocol, program, dictionary, first_day(protocol.effective))
    changed = {path: (before, inserted.content)}
    new = {}
    if composition.scenarios:
        file = pack.scenarios / protocol.id / f"{made.id}.yaml"
        new[file] = _scenarios(made, composition).encode()
    return NewRule(made, changed | ledger, new, composition, next(iter(ledger), None))


def _written(said: dict[str, str], given: str | None, dictionary: Dictionary) -> dict[str, str]:
    """The keys of the duty in the order of the manual, as they are written in the file."""
    duty = {"id": said["id"], "title": quoted(said["title"])}
    table = _table(said, dictionary)
    above = dictionary.lists[given].name if given in dictionary.lists else CASE
    if table not in dictionary.ancestors(above):
        duty["for_each"] = dictionary.list_path(dictionary.parts[table])
    fact, equals, value = said.get("when", "").partition("=")
    if fact:
        duty["when"] = f"{{{fact.strip()}: {value.strip()}}}" if equals else fact.strip()
    duty |= {key: said[key] for key in ("from", "within", "before", "done") if key in said}
    clauses = ", ".join(said["cite"].replace(",", " ").split())
    return duty | {"by": said["by"], "force": said["force"], "cite": f"[{clauses}]"}


def _table(said: dict[str, str], dictionary: Dictionary) -> str:
    """Whose facts the rule uses: those of the innermost item of a list."""
    tables = [CASE]
    for key in ("when", "from", "before", "done"):
        name = said.get(key, "").partition("=")[0].strip()
        if name in dictionary.lists:
            below = dictionary.lists[name].below
            tables += [dictionary.parts[below].table] if below else []
        elif name in dictionary.facts:
            tables.append(dictionary.parts[dictionary.facts[name].part].table)
    return max(tables, key=lambda table: len(dictionary.ancestors(table)))


def _of_options(problems: Iterable[Problem], file: str, keys: dict[int, str]) -> Iterator[Problem]:
    """The problems of the rule, each by the option that said it."""
    for problem in problems:
        key = keys.get(problem.place.line) if problem.place.file == file else None
        yield problem._replace(place=Place(OPTIONS[key])) if key in OPTIONS else problem


def _ledger(
    pack: Pack, protocol: Protocol, said: dict[str, str]
) -> dict[Path, tuple[bytes, bytes]]:
    """The ledger with the rule in the lines of its clauses, if there is a ledger."""
    path = pack.ledger(
        next(one for one in protocol.documents if one.protocol == protocol.id).ledger
    )
    if not path.is_file():
        return {}
    before = after = read_bytes(path, most_bytes=MOST_BYTES)
    for clause in said["cite"].replace(",", " ").split():
        after = with_rule(after, str(path), clause, said["id"])
    return {path: (before, after)}


def _scenarios(duty: Duty, composition: Composition) -> str:
    head = f"# {duty.title}: composed, for you to check that the document means this.\n\n"
    return head + "\n".join(one.text for one in composition.scenarios)
