"""The national file of 2023 as a whole: where its rules come from."""

from __future__ import annotations

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.validate import validate

NATIONAL = validate(
    read_document(data_folder("protocols") / "wt2023.yaml", most_bytes=1_000_000), read_dictionary()
)
FROM_MEMORY = {
    "initial-conference-15wd",
    "core-group-10wd",
    "review-conferences",
    "transfer-conference-15wd",
    "receiving-conference-15wd",
}


def test_nothing_claims_to_be_read_in_the_edition() -> None:
    """The edition was not in hand: each rule is restated elsewhere or from memory."""
    assert {duty.verification for duty in NATIONAL.duties} == {"secondary", "memory"}


def test_figures_from_memory_are_marked() -> None:
    """The child protection figures, which no dated source states, say so."""
    assert {d.id for d in NATIONAL.duties if d.verification == "memory"} >= FROM_MEMORY
