"""North East Lincolnshire's file as a whole: what it tightens, and who is senior enough."""

from __future__ import annotations

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.protocol import Change, Protocol
from engine.validate import validate

DICTIONARY = read_dictionary()
SENIOR = {"service_director", "director_of_childrens_services"}


def _protocol(name: str) -> Protocol:
    path = data_folder("protocols") / f"{name}.yaml"
    return validate(read_document(path, most_bytes=1_000_000), DICTIONARY)


NEL = _protocol("nel")
NATIONAL = _protocol("wt2023")


@pytest.mark.parametrize("change", NEL.changes, ids=lambda change: change.rule)
def test_what_is_tightened_was_weaker(change: Change) -> None:
    """The document says `will` where the national guidance says `should`, and no more.

    Only family led decision making on a return is a possibility there and asked for here.
    """
    inherited = [d for d in NATIONAL.duties if change.rule in (d.id, d.checklist)]
    strengths = {(d.force, change.changes["force"]) for d in inherited}
    if change.rule == "fgdm-for-return":
        assert strengths == {("consider", "should")}
    else:
        assert set(change.changes) == {"force"}
        assert strengths == {("should", "will")}


def test_any_reading_accepts_the_most_senior() -> None:
    """Whoever decides on discharge, a Service Director is senior enough on every reading."""
    duty = next(d for d in NEL.duties if d.id == "discharge-decided-by-service-director")
    counts = {role.id: set(role.counts) for role in NEL.roles}
    assert [set(counts[r.changes["only_by"]]) >= SENIOR for r in duty.readings] == [True] * 3
