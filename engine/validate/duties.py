"""Reading duties: a block and its duties, checklists and readings, flattened to `Duty`s.

A duty takes from its block what it does not say itself; a line of a checklist likewise from its
duty. `when` of all holds together, `cite` of all is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any as Value

from engine.model import condition as c
from engine.model.document import Path
from engine.model.protocol import (
    AtOnce,
    Before,
    Block,
    Citation,
    Dates,
    Duty,
    ListDone,
    Promptly,
    Reading,
    Recurring,
    Within,
)
from engine.validate.conditions import Conditions
from engine.validate.words import read_duration

LIMITS = ("within", "before", "every")
Cites = Callable[[dict[str, Value], Path], tuple[Citation, ...]]
ReadDates = Callable[[dict[str, str], Path], Dates]


class Duties:
    """Reads the duties of one document; `own` are the file's dates."""

    def __init__(
        self, conditions: Conditions, protocol: str, cites: Cites, dates: ReadDates, own: Dates
    ) -> None:
        self.conditions = conditions
        self.protocol = protocol
        self.cites = cites
        self.dates = dates
        self.own = own

    def of_block(self, value: dict[str, Value], path: Path, block: Block) -> Iterator[Duty]:
        """Every duty of the block, the lines of a checklist each as one."""
        given = self.fields(value, path)
        for number, entry in enumerate(value["duties"]):
            at = (*path, "duties", number)
            own_fields = self.fields(entry, at)
            fields = given | own_fields
            if settled(fields.get("readings", ()), own_fields):
                fields["readings"] = ()
            fields["places"] = given["places"] | own_fields["places"]
            for key in ("for_each", "by", "only_by", "force"):
                fields.setdefault(key, None)
            if "by" in entry and "only_by" not in entry:
                fields["only_by"] = None
            fields["cite"] = (*given.get("cite", ()), *self.cites(entry, at))
            own = self.conditions.optional(entry, "when", at)
            fields["when"] = both(block.when, own)
            fields["scope"] = (block.when, None)
            fields["effective"] = fields.get("effective", self.own)
            base = Duty(
                id=entry["id"],
                title=entry["title"],
                block=block.id,
                origin=self.protocol,
                place=self.conditions.document.place((*at, "id")),
                **fields,
            )
            yield from self.lines(base, entry, at) if "items" in entry else (base,)

    def lines(self, base: Duty, value: dict[str, Value], path: Path) -> Iterator[Duty]:
        """One duty a line of a checklist."""
        for number, line in enumerate(value["items"]):
            yield self.line(base, line, (*path, "items", number))

    def line(self, base: Duty, line: dict[str, Value], path: Path) -> Duty:
        own = self.conditions.optional(line, "when", path)
        fields = {k: v for k, v in vars(base).items() if k not in ("id", "title")}
        fields |= {
            "done": self.done(line["done"], (*path, "done")),
            "when": both(base.when, own),
            "scope": (base.scope[0], own),
            "cite": (*base.cite, *self.cites(line, path)),
            "checklist": base.id,
            "checklist_title": base.title,
            "whole": base,
            "place": self.conditions.document.place((*path, "id")),
        }
        if "excused_by" in line:
            fields["excused_by"] = self.conditions.optional(line, "excused_by", path)
        return Duty(id=f"{base.id}/{line['id']}", title=line["title"], **fields)

    def changed_fields(self, value: dict[str, Value], path: Path) -> dict[str, Value]:
        """The fields of `Duty` that a `tightens` or `departs` entry gives; `items` as written."""
        fields = self.fields(value, path)
        fields.pop("cite", None)
        if "when" in value:
            fields["when"] = self.conditions.optional(value, "when", path)
        if "title" in value:
            fields["title"] = value["title"]
        if "items" in value:
            fields["items"] = (value["items"], (*path, "items"), self)
            for number, line in enumerate(value["items"]):
                self.check_line(line, (*path, "items", number))
        return fields

    def check_line(self, line: dict[str, Value], path: Path) -> None:
        """Say what is wrong with a line that `resolve` will add to an inherited checklist."""
        self.done(line["done"], (*path, "done"))
        self.cites(line, path)
        for key in ("when", "excused_by"):
            self.conditions.optional(line, key, path)

    def fields(self, value: dict[str, Value], path: Path) -> dict[str, Value]:
        """Fields that a block may give its duties and a duty may replace, as written here."""
        read = self.conditions
        out: dict[str, Value] = {
            key: value[key]
            for key in (
                "by", "only_by", "force", "question", "replaces", "verification",
                "not_checkable", "note",
            )
            if key in value
        }  # fmt: skip
        out["places"] = {key: read.document.place((*path, key)) for key in value}
        if "for_each" in value:
            out["for_each"] = read.list_name(value, (*path, "for_each"))
        if "from" in value:
            out["start"] = read.date(value["from"], (*path, "from"))
        if any(key in value for key in LIMITS):
            out["limit"] = self.limit(value, path)
        if "until" in value:
            out["until"] = read.date(value["until"], (*path, "until"))
        if "done" in value:
            out["done"] = self.done(value["done"], (*path, "done"))
        if "excused_by" in value:
            out["excused_by"] = read.optional(value, "excused_by", path)
        if "law" in value:
            out["law"] = tuple(value["law"])
        if "readings" in value:
            out["readings"] = tuple(
                self.reading(entry, (*path, "readings", number))
                for number, entry in enumerate(value["readings"])
            )
        if "effective" in value:
            out["effective"] = self.dates(value["effective"], (*path, "effective"))
        if "cite" in value:
            out["cite"] = self.cites(value, path)
        return out

    def reading(self, value: dict[str, Value], path: Path) -> Reading:
        changes = self.fields(value, path)
        del changes["places"]
        if "when" in value:
            changes["when"] = self.conditions.optional(value, "when", path)
        return Reading(value["says"], changes)

    def limit(self, value: dict[str, Value], path: Path) -> Value:
        if "before" in value:
            return Before(self.conditions.date(value["before"], (*path, "before")))
        if "every" in value:
            then = read_duration(value["every"])
            return Recurring(then, read_duration(value["first"]) if "first" in value else then)
        words = {"at once": AtOnce(), "promptly": Promptly()}
        within = value["within"]
        return words.get(within) or Within(read_duration(within))

    def done(self, value: Value, path: Path) -> c.Condition | ListDone:
        """An event, a list, or a condition; no ban over evidence: silence would meet it."""
        if isinstance(value, str) and value in self.conditions.dictionary.lists:
            return ListDone(value, self.conditions.document.place(path))
        condition = self.conditions.read(value, path)
        self._check_done(condition, path, negated=False)
        return condition

    def _check_done(self, condition: c.Condition, path: Path, *, negated: bool) -> None:
        facts = self.conditions.dictionary.facts
        match condition:
            case c.Fact(name, values) if name in facts:
                kind = facts[name].kind
                if kind == "incident":
                    self.conditions.problem(
                        "P210",
                        f"`{name}` is something that happens; nobody does it to meet a duty.",
                        path,
                        "It can start the clock (`from`) or stand in `when`. In `done` name what "
                        "must be done about it.",
                    )
                elif kind == "event" and (negated or values != ("yes",)):
                    self.conditions.problem(
                        "P211",
                        f"A complete record that says nothing of `{name}` reads *no* there, so "
                        "this ban would be met by silence.",
                        path,
                        "Turn the ban round: what must be done first goes in `done`, and the "
                        "forbidden step in `before`. Or name a circumstance.",
                    )
            case c.Dated(name) if negated and name in facts and facts[name].kind == "event":
                self._check_done(c.Fact(name, ("no",), condition.place), path, negated=True)
            case c.All(parts) | c.Any(parts):
                for part in parts:
                    self._check_done(part, path, negated=negated)
            case c.Not(part):
                self._check_done(part, path, negated=True)
            case c.Every(have=have):
                self._check_done(have, path, negated=negated)
            case c.Some(where=where) if where:
                self._check_done(where, path, negated=negated)


def settled(readings: Sequence[Reading], own: dict[str, Value]) -> bool:
    """Whether a duty says itself what the readings it was given leave open."""
    return "readings" not in own and any(reading.changes.keys() & own for reading in readings)


def both(*conditions: c.Condition | None) -> c.Condition | None:
    """All of those that are there; None if none is."""
    given = tuple(condition for condition in conditions if condition is not None)
    return given[0] if len(given) == 1 else c.All(given) if given else None
