"""References across a resolved protocol: roles, duties, thresholds, questions, replaced rules.

In: a resolved protocol. Out: problems (P304 to P310, P317), each with the nearest right name. A
name that a block gives to all its duties is one problem, at the block.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.errors import Problem, nearest
from engine.model import condition as c
from engine.model.protocol import Dates, Duty, Protocol, Role


def reference_problems(protocol: Protocol) -> Iterator[Problem]:
    """All problems of a resolved protocol."""
    roles = {role.id: role for role in protocol.roles}
    known = _known(protocol)
    for conclusion in protocol.conclusions:
        yield from _references(conclusion.when, known)
    for block in protocol.blocks:
        if block.when is not None:
            yield from _references(block.when, known)
    questions = [question.id for question in protocol.questions]
    for duty in protocol.duties:
        yield from _roles(duty, roles)
        for condition in duty.conditions:
            yield from _references(condition, known)
        if duty.question and duty.question not in questions:
            yield Problem(
                "P307",
                f"There is no question `{duty.question}`.",
                duty.place_of("question"),
                nearest(duty.question, questions) or "Ask it under `questions`, at the end.",
            )
        if duty.replaces:
            yield from _replaces(duty, protocol)


def _known(protocol: Protocol) -> dict[str, list[str]]:
    """By the key that names them, the ids of duties, thresholds and definitions."""
    duties = [d.id for d in protocol.duties] + [d.checklist for d in protocol.duties if d.checklist]
    return {
        "missed": sorted(set(duties)),
        "threshold": [x.id for x in protocol.conclusions if x.kind == "threshold"],
        "definition": [x.id for x in protocol.conclusions if x.kind == "definition"],
    }


def _roles(duty: Duty, roles: dict[str, Role]) -> Iterator[Problem]:
    named = [("by", duty.by), ("only_by", duty.only_by)]
    named += [("readings", reading.changes.get("only_by")) for reading in duty.readings]
    for key, role in named:
        if not role:
            continue
        where = duty.place_of(key)
        if role not in roles:
            cure = nearest(role, list(roles)) or _role_cure(role, roles)
            yield Problem("P304", f"There is no role `{role}`.", where, cure)
        elif key != "by" and not roles[role].counts:
            yield Problem(
                "P305",
                f"`only_by: {role}` is checked against the recorded role, but this role says no "
                "`counts`.",
                where,
                f"Under `roles`, list the recorded roles that count as `{role}`; or use `by`, "
                "which is shown and not checked.",
            )


def _role_cure(role: str, roles: Collection[str]) -> str:
    """Where no role is near: to name it, or the least unlike of those there are."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where something is wrong

    there_are = " or ".join(f"`{one}`" for one in get_close_matches(role, roles, cutoff=0))
    cure = "Name it under `roles`"
    return f"{cure}, or use one that is there: {there_are}." if there_are else f"{cure}."


def _references(condition: c.Condition, known: dict[str, list[str]]) -> Iterator[Problem]:
    """References of a condition to duties, thresholds and definitions that do not exist."""
    match condition:
        case c.Reference(kind, id_, where) if id_ not in known[kind]:
            what = "duty" if kind == "missed" else kind
            yield Problem("P306", f"There is no {what} `{id_}`.", where, _meant(kind, id_, known))
        case c.All(parts) | c.Any(parts):
            for part in parts:
                yield from _references(part, known)
        case c.Not(part):
            yield from _references(part, known)
        case c.Some(where=part) if part is not None:
            yield from _references(part, known)
        case c.Every(where=part, have=have):
            yield from _references(have, known)
            if part is not None:
                yield from _references(part, known)


def _meant(kind: str, id_: str, known: dict[str, list[str]]) -> str:
    for other, ids in known.items():
        if other != kind and id_ in ids:
            what = "duty" if other == "missed" else other
            return f"It is a {what}: write `{other}: {id_}`."
    if close := nearest(id_, known[kind]):
        return close
    if kind == "missed":
        return "`missed` names a duty of this protocol or of the one it extends, or `duty/line`."
    return f"Write it under `{kind}s`, or name one that stands there."


def _replaces(duty: Duty, protocol: Protocol) -> Iterator[Problem]:
    """The rule superseded must exist and end before this one begins."""
    where = duty.place_of("replaces")
    old = [d for d in protocol.duties if duty.replaces in (d.id, d.checklist)]
    if not old:
        cure = nearest(duty.replaces or "", [d.id for d in protocol.duties])
        yield Problem(
            "P308",
            f"There is no duty `{duty.replaces}` to replace.",
            where,
            cure or "`replaces` names the older edition of this duty, which stays in the file.",
        )
        return
    ends, begins = old[0].effective.until, duty.effective.start
    if ends is None or begins is None or begins <= ends:
        cure = f"Give `{duty.replaces}` an `effective` whose `until` is before this one's `from`."
        if old[0].origin != duty.origin:
            cure = "It is inherited: change it with `tightens` or `departs` instead."
        yield Problem(
            "P310",
            f"`{_rule(duty)}` replaces `{duty.replaces}`, but both are in force on the same days.",
            where,
            cure,
        )
    first = next(d for d in protocol.duties if d.replaces == duty.replaces)
    if _rule(first) != _rule(duty) and not never(overlap(first.effective, duty.effective)):
        yield Problem(
            "P317",
            f"`{_rule(first)}` and `{_rule(duty)}` both replace `{duty.replaces}`, and are in "
            "force on the same days.",
            where,
            f"Let the later one replace `{_rule(first)}`, which ends the day before it begins.",
        )


def overlap(one: Dates, other: Dates) -> Dates:
    """The days that lie in both."""
    starts = [d for d in (one.start, other.start) if d]
    ends = [d for d in (one.until, other.until) if d]
    return Dates(max(starts, default=None), min(ends, default=None))


def never(dates: Dates) -> bool:
    """Whether no day lies in them."""
    return bool(dates.start and dates.until and dates.until < dates.start)


def _rule(duty: Duty) -> str:
    """Its id, or that of its checklist."""
    return duty.checklist or duty.id
