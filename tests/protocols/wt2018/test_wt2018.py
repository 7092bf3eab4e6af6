"""The national file of 2018 as a whole: its dates, its rules, and the edition that follows it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.document import Document
from engine.validate import validate


def _document(name: str) -> Document:
    return read_document(data_folder("protocols") / f"{name}.yaml", most_bytes=1_000_000)


EARLIER = validate(_document("wt2018"), read_dictionary())
LATER = validate(_document("wt2023"), read_dictionary())


def _evidence(document: Document) -> Iterator[tuple[str, Any]]:
    """Each duty or item of a file, with what satisfies it as written."""
    for block in document.value["checks"] + document.value["pathways"]:
        for duty in block["duties"]:
            yield duty["id"], duty.get("done")
            for item in duty.get("items", []):
                yield f"{duty['id']}/{item['id']}", item["done"]


def test_the_next_edition_takes_over_the_day_after() -> None:
    """No day is without an edition, and none has two."""
    assert EARLIER.effective.until == datetime.date(2023, 12, 14)
    assert LATER.effective.start == datetime.date(2023, 12, 15)


def test_every_rule_was_read_in_the_document() -> None:
    """The text was in hand, so no rule is marked as taken from elsewhere."""
    assert {duty.verification for duty in EARLIER.duties} == {None}


def test_one_id_asks_for_one_evidence_in_both_editions() -> None:
    """A duty that keeps its id from one edition to the next is done by the same facts."""
    later = dict(_evidence(_document("wt2023")))
    earlier = dict(_evidence(_document("wt2018")))
    assert {duty for duty in earlier if duty in later and earlier[duty] != later[duty]} == set()
    assert len(earlier.keys() & later.keys()) > 80
