"""What a local protocol changes: `tightens` and `departs` applied to inherited duties.

In: the inherited duties and one entry. Out: the duties with the variants that judge clocks started
in the local dates, or the entry's problems (P302, P313 to P316).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.errors import Problem, nearest
from engine.model.protocol import Change, Duty, Protocol
from engine.resolve.references import never, overlap
from engine.validate.duties import both, settled

_COMPARED = ("start", "limit", "until", "force", "by", "only_by", "title", "law", "note")
Line = tuple[Any, Any, Any]  # as written, its path, what reads it


def changed(
    duties: tuple[Duty, ...], change: Change, local: Protocol, problems: list[Problem]
) -> tuple[Duty, ...]:
    """`duties` with one entry applied for clocks started in the local dates."""
    targets = [duty for duty in duties if change.rule in (duty.id, duty.checklist)]
    if found := [*_problems(change, targets, duties, local)]:
        problems.extend(found)
        return duties
    window = change.changes.get("effective", local.effective)
    out: list[Duty] = []
    for duty in duties:
        if duty not in targets or window in duty.superseded:
            out.append(duty)
            continue
        out.append(replace(duty, superseded=(*duty.superseded, window)))
        if not change.dropped:
            out.append(_variant(duty, change, local))
    if not change.dropped:
        out.extend(_new_lines(targets, change, local))
    return tuple(out)


def _problems(
    change: Change, targets: list[Duty], duties: tuple[Duty, ...], local: Protocol
) -> Iterator[Problem]:
    """What keeps an entry from meaning anything."""
    rule, changes = change.rule, change.changes
    if not targets:
        yield _unknown(change, duties, local)
        return
    is_checklist = any(duty.checklist == rule for duty in targets)
    if "for_each" in changes and changes["for_each"] != targets[0].for_each:
        yield Problem(
            "P315",
            f"A change cannot alter for which items `{rule}` is judged.",
            change.places.get("for_each", change.place),
            "Drop it with `departs` and `dropped: yes`, and write a duty of your own.",
        )
    if "done" in changes and is_checklist:
        yield Problem(
            "P316",
            f"`{rule}` is a checklist, so there is no one `done` to change.",
            change.places.get("done", change.place),
            f"Name the line, such as `rule: {targets[0].id}`, or give lines under `items`.",
        )
    if "items" in changes and not is_checklist:
        yield Problem(
            "P316",
            f"`{rule}` is one act and not a checklist, so it has no lines to change.",
            change.places.get("items", change.place),
            "Write the lines as a duty of your own, under `checks` or `pathways`.",
        )
    if not change.dropped and all(_same(duty, changes) for duty in targets):
        yield Problem(
            "P314",
            f"This changes nothing: `{rule}` says the same already.",
            change.place,
            f"To show that the document repeats it, write `{rule}: […]` under `restates`.",
        )
    window = changes.get("effective", local.effective)
    if all(never(overlap(window, duty.effective)) for duty in targets):
        yield Problem(
            "P314",
            f"This changes nothing: `{rule}` is in force on none of the same days.",
            change.place,
            "Compare the dates under `effective` in both files.",
        )


def _unknown(change: Change, duties: tuple[Duty, ...], local: Protocol) -> Problem:
    rule = change.rule
    if rule in {duty.id for duty in local.duties} | {duty.checklist for duty in local.duties}:
        message = f"`{rule}` is this file's own duty, not an inherited one."
        return Problem("P302", message, change.place, "Change it where it stands.")
    known = sorted({duty.checklist or duty.id for duty in duties} | {duty.id for duty in duties})
    cure = nearest(rule, known) or "Name a duty of the protocol it extends."
    return Problem("P302", f"There is no inherited duty `{rule}`.", change.place, cure)


def _same(duty: Duty, changes: dict[str, Any]) -> bool:
    """Whether every changed field is one that can be compared, and is as it was."""
    if duty.only_by and "by" in changes and "only_by" not in changes:
        return False  # whoever acts counts from now on
    return all(field in _COMPARED and getattr(duty, field) == changes[field] for field in changes)


def _variant(duty: Duty, change: Change, local: Protocol) -> Duty:
    """The duty as the local protocol changes it."""
    line = _lines_of(change).get(duty.id.partition("/")[2]) if duty.whole else None
    if line is not None and duty.whole is not None:
        entry, path, reader = line
        whole = _varied(replace(duty.whole, superseded=duty.superseded), change, local)
        read: Duty = reader.line(whole, entry, path)
        return read
    return _varied(duty, change, local)


def _varied(duty: Duty, change: Change, local: Protocol) -> Duty:
    fields = {k: v for k, v in change.changes.items() if k not in ("items", "effective")}
    if settled(duty.readings, fields):
        fields["readings"] = ()
        fields.setdefault("question", None)
    if "when" in fields:
        fields["when"] = both(duty.scope[0], fields["when"], duty.scope[1])
    if "only_by" in fields and "by" not in fields:
        fields["by"] = None
    if "by" in fields and "only_by" not in fields:
        fields["only_by"] = None
    if "done" in fields:
        fields.setdefault("not_checkable", None)
    if duty.checklist and change.rule == duty.checklist and "title" in fields:
        fields["checklist_title"] = fields.pop("title")
    return replace(
        duty,
        **fields,
        cite=duty.cite + change.cite,
        effective=overlap(change.changes.get("effective", local.effective), duty.effective),
        variant=local.id,
        place=change.place,
        places=duty.places | change.places,
    )


def _lines_of(change: Change) -> Mapping[str, Line]:
    if "items" not in change.changes:
        return {}
    entries, path, reader = change.changes["items"]
    return {entry["id"]: (entry, (*path, n), reader) for n, entry in enumerate(entries)}


def _new_lines(targets: list[Duty], change: Change, local: Protocol) -> Iterable[Duty]:
    """Lines that the local checklist adds."""
    known = {duty.id.partition("/")[2] for duty in targets}
    whole = targets[0].whole
    for id_, (entry, path, reader) in _lines_of(change).items():
        if whole is not None and id_ not in known:
            yield reader.line(_varied(whole, change, local), entry, path)
