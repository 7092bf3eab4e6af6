"""References across a resolved protocol: roles, duties, thresholds, questions, replaced rules.

In: a resolved protocol. Out: problems (P303 to P312), each with the nearest right name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from engine.errors import Place, Problem, nearest
from engine.model import condition as c
from engine.model.protocol import Duty, ListDone, Protocol, Role


def reference_problems(protocol: Protocol, place: Callable[..., Place]) -> Iterator[Problem]:
    """All problems of `protocol`; `place(protocol id, *path)` finds where an entry stands."""
    yield from _twice(protocol)
    roles = {role.id: role for role in protocol.roles}
    conclusions = _conclusions_of(protocol)
    duty_ids = {duty.id for duty in protocol.duties} | {
        duty.checklist for duty in protocol.duties if duty.checklist
    }
    for conclusion in protocol.conclusions:
        yield from _references(conclusion.when, duty_ids, conclusions)
    for block in protocol.blocks:
        if block.when is not None:
            yield from _references(block.when, duty_ids, conclusions)
        if block.kind == "pathway" and block.when is None and block.for_each is None:
            yield Problem(
                "P309",
                f"The pathway `{block.id}` does not say whose it is.",
                block.place,
                "Give it `when` or `for_each`, or put its duties under `checks`.",
            )
    questions = [question.id for question in protocol.questions]
    for duty in protocol.duties:
        yield from _roles(duty, roles)
        for condition in _conditions(duty):
            yield from _references(condition, duty_ids, conclusions)
        if duty.question and duty.question not in questions:
            yield Problem(
                "P307",
                f"There is no question `{duty.question}`.",
                duty.place,
                nearest(duty.question, questions) or "Add it under `questions`.",
            )
        if duty.replaces:
            yield from _replaces(duty, protocol)
    yield from _keys(protocol, duty_ids, place)


def _conclusions_of(protocol: Protocol) -> dict[str, list[str]]:
    """Ids of thresholds and of definitions."""
    return {
        kind: [x.id for x in protocol.conclusions if x.kind == kind]
        for kind in ("threshold", "definition")
    }


def _twice(protocol: Protocol) -> Iterator[Problem]:
    """Ids that stand twice within one kind of one protocol."""
    kinds = {
        "duty": [(d.id, d.origin, d.place) for d in protocol.duties if not d.variant],
        "block": [(b.id, b.origin, b.place) for b in protocol.blocks],
        "threshold or definition": [(x.id, x.origin, x.place) for x in protocol.conclusions],
    }
    for kind, entries in kinds.items():
        counts = Counter((id_, origin) for id_, origin, _ in entries)
        seen: set[str] = set()
        for id_, origin, where in entries:
            if counts[id_, origin] > 1 and id_ in seen:
                yield Problem(
                    "P303",
                    f"The {kind} `{id_}` stands twice.",
                    where,
                    "Give each its own id.",
                )
            seen.add(id_)


def _roles(duty: Duty, roles: dict[str, Role]) -> Iterator[Problem]:
    named = [duty.by, duty.only_by, *(r.changes.get("only_by") for r in duty.readings)]
    for role in named:
        if role and role not in roles:
            yield Problem(
                "P304",
                f"There is no role `{role}`.",
                duty.place,
                nearest(role, list(roles)) or "Name it under `roles`.",
            )
    checked = [duty.only_by, *(r.changes.get("only_by") for r in duty.readings)]
    for role in checked:
        if role in roles and not roles[role].counts:
            yield Problem(
                "P305",
                f"`only_by: {role}` is checked against the recorded role, but the role says no "
                "`counts`.",
                duty.place,
                "List the recorded roles that count, or use `by`, which is shown and not checked.",
            )


def _conditions(duty: Duty) -> Iterator[c.Condition]:
    for condition in (duty.when, duty.excused_by, duty.done):
        if condition is not None and not isinstance(condition, ListDone):
            yield condition
    for reading in duty.readings:
        if reading.changes.get("when") is not None:
            yield reading.changes["when"]


def _references(
    condition: c.Condition, duties: set[str], conclusions: dict[str, list[str]]
) -> Iterator[Problem]:
    """References of a condition to duties, thresholds and definitions that do not exist."""
    match condition:
        case c.Reference("missed", id_, where) if id_ not in duties:
            yield Problem(
                "P306", f"There is no duty `{id_}`.", where,
                nearest(id_, sorted(duties)) or "`missed` names a duty, or `duty/item`.",
            )  # fmt: skip
        case c.Reference(kind, id_, where) if kind != "missed" and id_ not in conclusions[kind]:
            other = "definition" if kind == "threshold" else "threshold"
            cure = (
                f"It is a {other}: write `{other}: {id_}`."
                if id_ in conclusions[other]
                else nearest(id_, conclusions[kind])
            )
            yield Problem("P306", f"There is no {kind} `{id_}`.", where, cure)
        case c.All(parts) | c.Any(parts):
            for part in parts:
                yield from _references(part, duties, conclusions)
        case c.Not(part):
            yield from _references(part, duties, conclusions)
        case c.Some(where=part) if part is not None:
            yield from _references(part, duties, conclusions)
        case c.Every(where=part, have=have):
            yield from _references(have, duties, conclusions)
            if part is not None:
                yield from _references(part, duties, conclusions)


def _replaces(duty: Duty, protocol: Protocol) -> Iterator[Problem]:
    """The rule superseded must exist and end before this one begins."""
    old = [d for d in protocol.duties if duty.replaces in (d.id, d.checklist)]
    if not old:
        known = [d.id for d in protocol.duties]
        yield Problem(
            "P308", f"There is no duty `{duty.replaces}` to replace.", duty.place,
            nearest(duty.replaces or "", known),
        )  # fmt: skip
        return
    ends, begins = old[0].effective.until, duty.effective.start
    if ends is None or begins is None or begins <= ends:
        yield Problem(
            "P310",
            f"`{duty.id}` replaces `{duty.replaces}`, but both are in force at once.",
            duty.place,
            f"Give `{duty.replaces}` an `effective: {{until: …}}` before this one's `from`.",
        )


def _keys(protocol: Protocol, duty_ids: set[str], place: Callable[..., Place]) -> Iterator[Problem]:
    """`restates` and `meets` name what is inherited."""
    known = duty_ids | {x.id for x in protocol.conclusions} | {b.id for b in protocol.blocks}
    for id_ in protocol.restates:
        if id_ not in known:
            yield Problem(
                "P311", f"There is nothing inherited called `{id_}`.",
                place(None, "restates", id_), nearest(id_, sorted(known)),
            )  # fmt: skip
    required = [requirement.id for requirement in protocol.requirements]
    for id_ in protocol.meets:
        if id_ not in required:
            yield Problem(
                "P312", f"There is no requirement `{id_}`.",
                place(None, "meets", id_), nearest(id_, required),
            )  # fmt: skip
