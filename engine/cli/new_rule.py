"""`protocol new rule`: one duty more in a protocol file, with its ledger line and its scenarios."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Force(StrEnum):
    """How strongly the document asks."""

    must = "must"
    will = "will"
    should = "should"
    consider = "consider"


def rule(
    protocol: Annotated[
        str, typer.Argument(metavar="PROTOCOL", help="The protocol's name or file.")
    ],
) -> None:
    """Add a rule."""
