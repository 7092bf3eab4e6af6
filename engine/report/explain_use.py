"""Which facts a rule reads, and which rules read a fact.

In: duties and named conditions of a resolved protocol. Out: paths of facts and lists, and ids of
rules. What a rule refers to by id is not followed.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.model import condition as c
from engine.model.protocol import Before, Duty, Limit, ListDone, Protocol


def facts_of(duty: Duty) -> list[str]:
    """Paths of the facts and lists that a duty reads, each once, in the order of the language."""
    return [*dict.fromkeys(_of_duty(duty))]


def rules_that_read(path: str, protocol: Protocol) -> list[str]:
    """Ids of the protocol's own rules, or those it changes, that read the fact or list `path`.

    A checklist is named once for all its lines.
    """
    own = [duty for duty in protocol.duties if protocol.id == (duty.variant or duty.origin)]
    found = [duty.checklist or duty.id for duty in own if path in _of_duty(duty)]
    found += [
        one.id
        for one in protocol.conclusions
        if one.origin == protocol.id and path in facts_in(one.when)
    ]
    return [*dict.fromkeys(found)]


def facts_in(condition: c.Condition | None) -> Iterator[str]:
    """Paths of the facts and lists that a condition names, at any depth; days stand as written."""
    for part in c.parts_of(condition):
        match part:
            case c.Fact(fact):
                yield fact
            case c.Dated(fact, _, other):
                yield from (fact, other)
            case c.Some(path) | c.Every(path):
                yield path
            case c.Age(at=at):
                yield from ("child.born", at)
            case c.Elapsed(start=start, to=to):
                yield from (start, to or c.AS_OF)


def _of_duty(duty: Duty) -> Iterator[str]:
    yield from _of_clock(duty.start, duty.limit, duty.until)
    yield from facts_in(duty.when)
    yield from [duty.done.list] if isinstance(duty.done, ListDone) else facts_in(duty.done)
    yield from facts_in(duty.excused_by)
    for reading in duty.readings:
        changes = reading.changes
        yield from _of_clock(changes.get("start"), changes.get("limit"), None)
        yield from facts_in(changes.get("when"))


def _of_clock(start: str | None, limit: Limit, until: str | None) -> Iterator[str]:
    gate = limit.gate if isinstance(limit, Before) else None
    yield from filter(None, (start, gate, until))
