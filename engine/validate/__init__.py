"""From a document to a typed protocol, or every problem of its shape, then of its names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import InvalidInput
from engine.validate.read import read_protocol
from engine.validate.schema import schema_problems

if TYPE_CHECKING:
    from engine.model.document import Document
    from engine.model.fact import Dictionary
    from engine.model.protocol import Protocol

__all__ = ["validate"]


def validate(document: Document, dictionary: Dictionary) -> Protocol:
    """The typed protocol of one file; raises `InvalidInput` with all problems of a stage."""
    if problems := schema_problems(document):
        raise InvalidInput(problems)
    return read_protocol(document, dictionary)
