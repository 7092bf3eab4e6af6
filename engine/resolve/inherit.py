"""Inheritance, restatements, changes and editions: a chain of protocols becomes one.

In: the protocols of a chain as read, local first. Out: one `Protocol` in which every duty carries
its origin, its citations and the windows in which it judges, or all problems (P3xx).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from engine.errors import InvalidInput, Place, Problem, nearest
from engine.model.protocol import Duty, Protocol
from engine.resolve.changes import changed
from engine.resolve.references import reference_problems

_MOST_PROBLEMS = 1_000  # of one kind; looking for near names takes time


def resolve_chain(chain: Sequence[Protocol], place: Callable[..., Place]) -> Protocol:
    """The resolved protocol of `chain` (local first); `place(protocol id, *path)` finds places.

    Raises `InvalidInput` with every problem of the chain.
    """
    resolved, problems = resolve_on(chain, place)
    if problems:
        raise InvalidInput(problems)
    return resolved


def resolve_on(
    chain: Sequence[Protocol], place: Callable[..., Place]
) -> tuple[Protocol, list[Problem]]:
    """As `resolve_chain`, with the problems beside the protocol; it raises nothing.

    A change or a reference with a problem is left as it was written.
    """
    problems: list[Problem] = []
    top = chain[-1]
    problems.extend(_unknown_keys(Protocol(top.id, top.title, None, top.effective), top, place))
    problems.extend(_changes_of_nothing(top))
    resolved = replace(top, chain=(top.id,))
    for local in reversed(chain[:-1]):
        resolved = _extend(resolved, local, problems, place)
    problems.extend(islice(reference_problems(resolved), _MOST_PROBLEMS))
    return resolved, problems


def _changes_of_nothing(top: Protocol) -> Iterator[Problem]:
    for change in top.changes:
        yield Problem(
            "P302",
            f"There is no inherited duty `{change.rule}`: this protocol extends none.",
            change.place,
            "Say which protocol it changes with `extends`, such as `extends: wt2023`.",
        )


def _extend(
    above: Protocol, local: Protocol, problems: list[Problem], place: Callable[..., Place]
) -> Protocol:
    """`local` laid over the resolved protocol it extends."""
    problems.extend(_reused_ids(above, local, place))
    problems.extend(_unknown_keys(above, local, place))
    duties = _restated(above.duties, local)
    seen: set[str] = set()
    for change in local.changes:
        if change.rule in seen:
            message = f"`{change.rule}` is changed twice in this file."
            cure = "Put everything that changes into one entry."
            problems.append(Problem("P313", message, change.place, cure))
        else:
            duties = changed(duties, change, local, problems)
        seen.add(change.rule)
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


def _ids(protocol: Protocol) -> dict[str, dict[str, tuple[str | int, ...]]]:
    """By kind, every id of the protocol and the path of its entry where no place is kept."""
    return {
        "duty": {d.checklist or d.id: () for d in protocol.duties},
        "block": {b.id: () for b in protocol.blocks},
        "threshold": {x.id: () for x in protocol.conclusions if x.kind == "threshold"},
        "definition": {x.id: () for x in protocol.conclusions if x.kind == "definition"},
        "role": {r.id: ("roles", r.id) for r in protocol.roles},
        "question": {
            q.id: ("questions", number, "id") for number, q in enumerate(protocol.questions)
        },
        "requirement": {
            r.id: ("requirements", number, "id") for number, r in enumerate(protocol.requirements)
        },
    }


def _reused_ids(above: Protocol, local: Protocol, place: Callable[..., Place]) -> Iterator[Problem]:
    """Ids of `local` that are taken, each within its kind."""
    places: dict[tuple[str, str], Place] = {}
    for duty in local.duties:
        places["duty", duty.checklist or duty.id] = (duty.whole or duty).place
    entries: tuple[Any, ...] = (*local.blocks, *local.conclusions)
    for entry in entries:
        kind = entry.kind if entry.kind in ("threshold", "definition") else "block"
        places[kind, entry.id] = entry.place
    inherited = _ids(above)
    for kind, own in _ids(local).items():
        for id_ in own.keys() & inherited[kind]:
            where = places.get((kind, id_)) or place(local.id, *own[id_])
            cure = (
                "To change the inherited one use `tightens` or `departs`; for one more choose "
                "another id."
                if kind == "duty"
                else "Use the inherited one, or choose another id."
            )
            yield Problem("P301", f"The {kind} `{id_}` is inherited already.", where, cure)


def _unknown_keys(
    above: Protocol, local: Protocol, place: Callable[..., Place]
) -> Iterator[Problem]:
    """Entries of `restates` and `meets` that name nothing inherited."""
    inherited = _ids(above)
    lines = {duty.id for duty in above.duties}
    known = sorted({*lines, *inherited["duty"], *inherited["threshold"], *inherited["definition"]})
    for id_ in local.restates:
        if id_ not in known:
            cure = nearest(id_, known) or (
                "`restates` names duties of the protocol that this one extends; a duty of its own "
                "stands under `checks` or `pathways`."
            )
            message = f"There is nothing inherited called `{id_}`."
            yield Problem("P311", message, place(local.id, "restates", id_), cure)
    required = list(inherited["requirement"])
    for id_ in local.meets:
        if id_ not in required:
            cure = nearest(id_, required) or (
                f"There are: {', '.join(f'`{one}`' for one in required)}."
                if required
                else "No protocol that this one extends has `requirements`."
            )
            message = f"There is no requirement `{id_}`."
            yield Problem("P312", message, place(local.id, "meets", id_), cure)


def _restated(duties: tuple[Duty, ...], local: Protocol) -> tuple[Duty, ...]:
    """Inherited duties with the local clauses that repeat them."""

    def clauses(duty: Duty) -> Any:
        whole = local.restates.get(duty.checklist, ()) if duty.checklist else ()
        return whole + local.restates.get(duty.id, ())

    return tuple(replace(duty, cite=duty.cite + clauses(duty)) for duty in duties)
