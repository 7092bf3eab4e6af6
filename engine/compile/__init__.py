"""From a resolved protocol to a flat program of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.model.fact import Dictionary
    from engine.model.program import Program
    from engine.model.protocol import Protocol

__all__ = ["compile_protocol"]


def compile_protocol(protocol: Protocol, dictionary: Dictionary) -> Program:
    """The program of a resolved protocol; raises `InvalidInput` with every problem found."""
    # A program that is kept needs no compiler, only `store`.
    from engine.compile.compiler import compile_protocol as compile_  # noqa: PLC0415

    return compile_(protocol, dictionary)
