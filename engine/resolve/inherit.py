"""Inheritance, restatements, changes and editions: a chain of protocols becomes one.

In: the protocols of a chain as read, local first. Out: one `Protocol` in which every duty carries
its origin, its citations and the windows in which it judges, or all problems (P3xx).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from engine.errors import InvalidInput, Place, Problem, nearest
from engine.model.protocol import Change, Dates, Duty, Protocol
from engine.resolve.references import reference_problems
from engine.validate.duties import both


def resolve_chain(chain: Sequence[Protocol], place: Callable[..., Place]) -> Protocol:
    """The resolved protocol of `chain` (local first); `place(protocol id, *path)` finds places.

    Raises `InvalidInput` with every problem of the chain.
    """
    problems: list[Problem] = []
    resolved = _with_own_marks(chain[-1])
    for local in reversed(chain[:-1]):
        resolved = _extend(resolved, local, problems, place)
    problems.extend(reference_problems(resolved, place))
    if problems:
        raise InvalidInput(problems)
    return resolved


def _with_own_marks(protocol: Protocol) -> Protocol:
    return replace(protocol, chain=(protocol.id,))


def _extend(
    above: Protocol, local: Protocol, problems: list[Problem], place: Callable[..., Place]
) -> Protocol:
    """`local` laid over the resolved protocol it extends."""
    problems.extend(_reused_ids(above, local, place))
    duties = _restated(above.duties, local)
    for change in local.changes:
        duties = _changed(duties, change, local, above, problems)
    return replace(
        local,
        documents=above.documents + local.documents,
        roles=above.roles + local.roles,
        blocks=above.blocks + local.blocks,
        duties=duties + local.duties,
        conclusions=tuple(
            replace(x, cite=x.cite + local.restates.get(x.id, ())) for x in above.conclusions
        )
        + local.conclusions,
        restates=above.restates | local.restates,
        requirements=above.requirements + local.requirements,
        meets=above.meets | local.meets,
        questions=above.questions + local.questions,
        changes=above.changes + local.changes,
        chain=(local.id, *above.chain),
    )


def _reused_ids(above: Protocol, local: Protocol, place: Callable[..., Place]) -> Iterable[Problem]:
    kinds: tuple[tuple[str, Iterable[Any], Iterable[Any]], ...] = (
        ("duty", above.duties, local.duties),
        ("block", above.blocks, local.blocks),
        ("threshold or definition", above.conclusions, local.conclusions),
        ("role", above.roles, local.roles),
        ("question", above.questions, local.questions),
        ("requirement", above.requirements, local.requirements),
    )
    for kind, inherited, own in kinds:
        taken = {entry.id: entry for entry in inherited}
        for entry in own:
            if entry.id in taken:
                where = getattr(entry, "place", None) or place(local.id, "roles", entry.id)
                cure = (
                    "To change an inherited duty use `tightens` or `departs`; for a new one choose "
                    "another id."
                    if kind == "duty"
                    else "Choose another id."
                )
                yield Problem("P301", f"The {kind} `{entry.id}` is inherited already.", where, cure)


def _restated(duties: tuple[Duty, ...], local: Protocol) -> tuple[Duty, ...]:
    """Inherited duties with the local clauses that repeat them."""

    def clauses(duty: Duty) -> Any:
        whole = local.restates.get(duty.checklist, ()) if duty.checklist else ()
        return whole + local.restates.get(duty.id, ())

    return tuple(replace(duty, cite=duty.cite + clauses(duty)) for duty in duties)


def _changed(
    duties: tuple[Duty, ...],
    change: Change,
    local: Protocol,
    above: Protocol,
    problems: list[Problem],
) -> tuple[Duty, ...]:
    """`duties` with one `tightens` or `departs` applied for clocks started in the local dates."""
    targets = [d for d in duties if change.rule in (d.id, d.checklist) and not _given_up(d, local)]
    if not targets:
        known = sorted({d.checklist or d.id for d in above.duties} | {d.id for d in above.duties})
        cure = nearest(change.rule, known) or "Name a duty of the protocol it extends."
        problems.append(
            Problem("P302", f"There is no inherited duty `{change.rule}`.", change.place, cure)
        )
        return duties
    out: list[Duty] = []
    for duty in duties:
        if duty not in targets:
            out.append(duty)
            continue
        out.append(replace(duty, superseded=(*duty.superseded, local.effective)))
        if not change.dropped:
            out.append(_variant(duty, change, local))
    if "items" in change.changes and not change.dropped:
        out.extend(_new_lines(targets[0], change, local, above))
    return tuple(out)


def _given_up(duty: Duty, local: Protocol) -> bool:
    return local.effective in duty.superseded


def _variant(duty: Duty, change: Change, local: Protocol) -> Duty:
    """The duty as the local protocol changes it."""
    fields = {k: v for k, v in change.changes.items() if k not in ("items", "effective")}
    if "when" in fields:
        fields["when"] = both(duty.scope[0], fields["when"], duty.scope[1])
    if "only_by" in fields and "by" not in fields:
        fields["by"] = None
    if "by" in fields and "only_by" not in fields:
        fields["only_by"] = None
    line = _lines_of(change).get(duty.id.partition("/")[2]) if duty.checklist else None
    if line is not None:
        entry, path, reader = line
        fields["done"] = reader.done(entry["done"], (*path, "done"))
        fields["title"] = entry["title"]
    elif duty.checklist and "title" in fields:
        fields["checklist_title"] = fields.pop("title")
    return replace(
        duty,
        **fields,
        cite=duty.cite + change.cite,
        effective=_overlap(change.changes.get("effective", local.effective), duty.effective),
        superseded=(),
        variant=local.id,
    )


def _lines_of(change: Change) -> dict[str, tuple[Any, Any, Any]]:
    if "items" not in change.changes:
        return {}
    entries, path, reader = change.changes["items"]
    return {entry["id"]: (entry, (*path, n), reader) for n, entry in enumerate(entries)}


def _new_lines(duty: Duty, change: Change, local: Protocol, above: Protocol) -> Iterable[Duty]:
    """Lines that the local checklist adds."""
    known = {d.id.partition("/")[2] for d in above.duties if d.checklist == change.rule}
    base = _variant(
        replace(duty, id=change.rule, title=duty.checklist_title or duty.title, checklist=None,
                scope=(duty.scope[0], None)),
        change, local,
    )  # fmt: skip
    for id_, (entry, path, reader) in _lines_of(change).items():
        if id_ not in known:
            yield reader.line(base, entry, path)


def _overlap(one: Dates, other: Dates) -> Dates:
    """The days that lie in both."""
    starts = [d for d in (one.start, other.start) if d]
    ends = [d for d in (one.until, other.until) if d]
    return Dates(max(starts, default=None), min(ends, default=None))
