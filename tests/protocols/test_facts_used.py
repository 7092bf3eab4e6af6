"""Every fact that records may hold is asked for by some shipped protocol."""

from __future__ import annotations

from engine.compile.steps import EXPECTED_BIRTH
from engine.load.dictionary import read_dictionary
from engine.pipeline import resolved, shipped
from tests.reference.build import texts


def test_no_fact_is_asked_of_records_for_nothing() -> None:
    """Beside the openings and ends of items, and the day from which the unborn are counted."""
    dictionary = read_dictionary()
    protocols = [resolved(name, dictionary) for name in shipped()]
    asked = set(texts(tuple((p.duties, p.conclusions, p.blocks) for p in protocols)))
    parts = dictionary.parts.values()
    asked |= {name for part in parts for name in (part.opening, part.end) if name}
    assert set(dictionary.facts) - asked == {EXPECTED_BIRTH}
