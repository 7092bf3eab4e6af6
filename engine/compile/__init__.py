"""From a resolved protocol to a flat program of steps."""

from engine.compile.compiler import compile_protocol

__all__ = ["compile_protocol"]
