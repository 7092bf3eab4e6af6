"""From the files of an `extends` chain to one resolved protocol."""

from engine.resolve.inherit import resolve_chain

__all__ = ["resolve_chain"]
