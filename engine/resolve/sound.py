"""The part of a protocol that can be compiled although other parts of it are wrong.

In: a resolved protocol and the places of the entries with problems. Out: the protocol without
them and without whatever rests on them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.errors import Place
from engine.model.protocol import Protocol
from engine.resolve.references import reference_problems


def sound_part(
    protocol: Protocol, faulty: set[Place], entry_of: Callable[[Place], Place]
) -> Protocol:
    """`protocol` without the entries that stand at `faulty`, and those that refer to them.

    `entry_of` gives the entry that a place lies in.
    """
    part = _without(protocol, faulty)
    while found := {entry_of(problem.place) for problem in reference_problems(part)} - faulty:
        faulty = faulty | found
        part = _without(part, faulty)
    return part


def _without(protocol: Protocol, faulty: set[Place]) -> Protocol:
    blocks = tuple(block for block in protocol.blocks if block.place not in faulty)
    known = {block.id for block in blocks}
    return replace(
        protocol,
        blocks=blocks,
        conclusions=tuple(x for x in protocol.conclusions if x.place not in faulty),
        duties=tuple(
            duty
            for duty in protocol.duties
            if duty.block in known and not {duty.place, (duty.whole or duty).place} & faulty
        ),
    )
