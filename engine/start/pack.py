"""The files of a new protocol: rules, ledger, clauses, scenarios, a record to try, and a guide.

In: what it is called and what it rests on. Out: the files with their bytes. All of them are valid,
the scenarios pass, and nothing is written here.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import NamedTuple

from engine.analysis.clause_table import Clause, clause_hash
from engine.analysis.ledger import COLUMNS, OPEN
from engine.data import data_folder
from engine.model.fact import Dictionary
from engine.model.protocol import Dates, Duty, Protocol, Within
from engine.packs import Pack
from engine.pipeline import compiled_text
from engine.report.editor_schema import editor_schema_text
from engine.start.compose import compose, first_day
from engine.start.names import quoted

_TEMPLATES = Path(__file__).parent / "templates"


class Answers(NamedTuple):
    """What a person says of a new protocol; `clauses` of their document, if they have a table."""

    name: str
    id: str
    title: str
    extends: str
    start: datetime.date
    clauses: tuple[Clause, ...] | None = None


class StartingPack(NamedTuple):
    """Files of the protocol itself, and those that all protocols of a folder share."""

    own: dict[Path, bytes]
    shared: dict[Path, bytes]


def starting_pack(
    answers: Answers, root: Path, parent: Protocol, dictionary: Dictionary
) -> StartingPack:
    """The files of a new protocol in the folder `root`, which rests on the resolved `parent`.

    Raises `InvalidInput` where the parent has something of the same name.
    """
    pack = Pack(root, root / "protocols")
    words = {**answers._asdict(), "from": answers.start.isoformat(), **_days(answers.start)}
    words |= {"name": answers.name, "title": quoted(answers.title)}
    rules = _filled("protocol.yaml", words) + "".join(_examples(parent, answers.start))
    own = {
        pack.protocol(answers.id): rules,
        pack.ledger(answers.id): _ledger(),
        root / "documents" / f"{answers.id}.tsv": _template("clauses.tsv"),
        root / "examples" / f"{answers.id}.yaml": _filled("case.yaml", words),
    }
    if answers.clauses is not None:
        rules = _as_examples(rules)
        own = {pack.protocol(answers.id): rules, pack.ledger(answers.id): _open(answers.clauses)}
    protocol, program = compiled_text(pack.protocol(answers.id), rules.encode(), dictionary)
    for duty in (one for one in protocol.duties if one.origin == protocol.id):
        found = compose(duty, protocol, program, dictionary, first_day(Dates(answers.start)))
        path = pack.scenarios / answers.id / f"{(duty.checklist or duty.id)}.yaml"
        text = "\n".join(one.text for one in found.scenarios)
        own[path] = f"{own[path]}\n{text}" if path in own else _heading(duty) + text
    own[pack.protocols / f".{answers.id}.schema.json"] = editor_schema_text(dictionary, protocol)
    workflow = data_folder("examples") / ".github" / "workflows" / "protocols.yml"
    shared = {
        pack.protocols / "README.md": _filled("README.md", words),
        pack.protocols / ".gitignore": "# made by `protocol schema`\n.*.schema.json\n",
        root / ".github" / "workflows" / "protocols.yml": workflow.read_text(encoding="utf-8"),
    }
    return StartingPack(_encoded(own), _encoded(shared))


def _encoded(files: dict[Path, str]) -> dict[Path, bytes]:
    return {path: text.encode() for path, text in files.items()}


def _heading(duty: Duty) -> str:
    title = duty.checklist_title or duty.title
    return f"# {title}: when it is met, late, open, or asked of nobody.\n\n"


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _filled(name: str, words: dict[str, object]) -> str:
    return Template(_template(name)).substitute(words)


def _days(start: datetime.date) -> dict[str, datetime.date]:
    """The days of the made-up record: the outcome is four days overdue."""
    first = first_day(Dates(start))
    after = {"received": 0, "started": 1, "visited": 8, "concluded": 28, "as_of": 39}
    return {name: first + datetime.timedelta(days=days) for name, days in after.items()}


def _ledger() -> str:
    """The ledger of the made-up clauses, with their hashes."""
    rows = [line.split("\t") for line in _template("clauses.tsv").splitlines()[1:]]
    hashes = {id_: clause_hash(text) for id_, _, text in rows}
    lines = csv.DictReader(io.StringIO(_template("ledger.csv")))
    return _csv({**line, "hash": hashes[line["clause"]]} for line in lines)


def _open(clauses: tuple[Clause, ...]) -> str:
    """A line for each clause of a document, what became of it left for a person to say."""
    return _csv({"clause": c.id, "hash": c.hash, "disposition": OPEN} for c in clauses)


def _csv(rows: Iterable[dict[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _as_examples(rules: str) -> str:
    """The duties as examples only, since they are not what the document asks for."""
    head, _, duties = rules.partition("\nchecks:\n")
    lines = [f"# {line}" if line[:1] not in {"#", ""} else line for line in duties.splitlines()]
    return "\n".join([head, "# checks:", *lines, ""])


def _examples(parent: Protocol, start: datetime.date) -> Iterator[str]:
    """What a local file can say of the rules it rests on, with rules that are in force then."""
    duties = [
        duty
        for duty in parent.duties
        if in_force(duty.effective, start) and not duty.checklist and not duty.not_checkable
    ]
    figures = [d for d in duties if isinstance(d.limit, Within) and d.limit.duration.count > 1]
    others = [duty for duty in duties if duty not in figures[:1]]
    if others:
        yield _section(
            "Where your document only repeats a rule: that rule, and your clauses that repeat it.",
            "restates:",
            f"  {others[0].id}: [2.p1]",
        )
    if figures and isinstance(limit := figures[0].limit, Within):
        less = replace(limit.duration, count=limit.duration.count - 1)
        yield _section(
            "Where your document asks for more than the rule it rests on. Say only what changes.",
            "tightens:",
            f"  - rule: {figures[0].id}",
            f"    within: {less}",
            "    cite: [2.p1]",
        )
    if len(others) > 1:
        yield _section(
            "Where your document asks for something else: the report says so, with the reason.",
            "departs:",
            f"  - rule: {others[1].id}",
            "    by: approving_manager",
            "    reason: Here a manager is responsible for it.",
            "    cite: [2.p1]",
        )
    if parent.requirements:
        yield _section(
            "What a local protocol has to contain, and the clauses of yours that do.",
            "meets:",
            *(f"  {one.id}: [1.p1]" for one in parent.requirements),
        )
    yield _section(
        "What is unclear, for the authority to settle. A duty names it with `question`.",
        "questions:",
        "  - id: outcome-to-whom",
        "    cite: [2.p1]",
        "    asks: Is the outcome given to a parent who lives elsewhere too?",
    )


def in_force(dates: Dates, day: datetime.date) -> bool:
    """Whether a day is one of them."""
    return (dates.start or day) <= day <= (dates.until or day)


def _section(remark: str, *lines: str) -> str:
    return "\n".join(["", f"## {remark}", *(f"# {line}" for line in lines), ""])
