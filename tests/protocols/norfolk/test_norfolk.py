"""Norfolk's file as a whole: what it puts more strongly than the national guidance."""

from __future__ import annotations

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.protocol import Change, Protocol
from engine.validate import validate

DICTIONARY = read_dictionary()
STRENGTH = ["consider", "should", "will", "must"]


def _protocol(name: str) -> Protocol:
    path = data_folder("protocols") / f"{name}.yaml"
    return validate(read_document(path, most_bytes=1_000_000), DICTIONARY)


NORFOLK = _protocol("norfolk")
NATIONAL = _protocol("wt2023")
FORCED = [change for change in NORFOLK.changes if "force" in change.changes]


@pytest.mark.parametrize("change", FORCED, ids=lambda change: change.rule)
def test_what_is_put_more_strongly_was_weaker(change: Change) -> None:
    """Where the document changes the force of a national duty, it raises it."""
    inherited = [d for d in NATIONAL.duties if change.rule in (d.id, d.checklist)]
    assert inherited
    force = STRENGTH.index(change.changes["force"])
    assert all(STRENGTH.index(duty.force) < force for duty in inherited)
