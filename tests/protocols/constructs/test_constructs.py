"""Every construct of the language stands in a duty, threshold or definition that a scenario holds.

The constructs are the keys of the protocol schema, each where it may stand, and the words that a
limit can be. The scenarios are those of this folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.condition import Unit
from engine.pipeline import load_protocol
from engine.scenarios import read_scenarios

HERE = Path(__file__).parent
DICTIONARY = read_dictionary()
SCHEMA = json.loads((data_folder("schemas") / "protocol.schema.json").read_text("utf-8"))
PROTOCOLS = sorted((HERE / "protocols").glob("*.yaml"))
VALUES = {path: read_document(path, most_bytes=1_000_000).value for path in PROTOCOLS}
CHANGED = {"rule", "reason", "dropped", "cite", "within", "when", "only_by", "excused_by", "items"}
# Where an entry stands, and of what kind the entries below it are.
BELOW = {
    "file": {
        "effective": "effective", "documents": "documents", "roles": "roles",
        "thresholds": "conclusion", "definitions": "conclusion", "checks": "block",
        "pathways": "block", "tightens": "change", "departs": "change",
    },
    "documents": {"*": "document"},
    "roles": {"*": "role"},
    "conclusion": {"when": "condition"},
    "block": {"duties": "duty", "when": "condition", "excused_by": "condition",
              "readings": "reading", "effective": "effective"},
    "duty": {"when": "condition", "excused_by": "condition", "done": "condition", "items": "item",
             "readings": "reading", "effective": "effective"},
    "item": {"when": "condition", "excused_by": "condition", "done": "condition"},
    "reading": {"when": "condition"},
    "change": {"when": "condition", "excused_by": "condition", "items": "item"},
    "condition": {"all": "condition", "any": "condition", "not": "condition", "where": "condition",
                  "have": "condition", "age": "age", "elapsed": "elapsed", "*": "test"},
}  # fmt: skip


def used(value: Any, kind: str) -> Iterator[tuple[str, str]]:
    """Every (kind of entry, key) in `value`, which is an entry of `kind` or a list of them."""
    if isinstance(value, list):
        for each in value:
            yield from used(each, kind)
    if not isinstance(value, dict):
        return
    below = BELOW.get(kind, {})
    for key, inner in value.items():
        yield kind, key
        if inner_kind := below.get(key, below.get("*")):
            yield from used(inner, inner_kind)


def keys(definition: str) -> set[str]:
    """The keys that the schema allows at an entry."""
    return set(SCHEMA["$defs"][definition]["properties"])


def test_every_key_of_the_language_stands_in_a_protocol_of_the_scenarios() -> None:
    """No key of the schema is left without a rule that uses it, wherever it may stand."""
    found = {pair for value in VALUES.values() for pair in used(value, "file")}
    wanted = {("file", key) for key in SCHEMA["properties"]}
    for kind, definition in (
        ("effective", "effective"), ("document", "document"), ("role", "role"),
        ("conclusion", "conclusion"), ("block", "block"), ("duty", "duty"), ("item", "item"),
        ("reading", "reading"), ("condition", "conditionForm"), ("age", "age"),
        ("elapsed", "elapsed"), ("test", "comparison"),
    ):  # fmt: skip
        wanted |= {(kind, key) for key in keys(definition)}
    wanted |= {("change", key) for key in CHANGED}
    assert wanted - found == set()


def test_every_word_of_a_limit_and_every_force_is_used() -> None:
    """Each unit, both limits without a figure, and each force."""
    text = "\n".join(path.read_text("utf-8") for path in PROTOCOLS)
    units = [unit for unit in Unit.__args__ if unit != "years"]  # type: ignore[attr-defined]
    for word in ["at once", "promptly", *units, *SCHEMA["$defs"]["force"]["enum"]]:
        assert word.removesuffix("s") in text


def duties(path: Path) -> Iterator[dict[str, Any]]:
    for section in ("checks", "pathways"):
        for block in VALUES[path].get(section, []):
            for duty in block["duties"]:
                if "not_checkable" not in {**block, **duty}:
                    yield duty


def test_every_duty_is_expected_in_a_scenario() -> None:
    """So that a construct which stands in a duty is shown at work."""
    expected = {
        duty
        for path in HERE.glob("*.yaml")
        for scenario in read_scenarios(path, DICTIONARY)
        for duty in scenario.expect
    }
    for path in PROTOCOLS:
        for duty in duties(path):
            ids = [f"{duty['id']}/{line['id']}" for line in duty.get("items", [])] or [duty["id"]]
            assert set(ids) <= expected


def test_what_cannot_be_checked_is_shown_and_not_judged() -> None:
    """`not_checkable`, of a duty or of a block, gives a card and no finding."""
    program = load_protocol(str(HERE / "protocols" / "base.yaml"), DICTIONARY)
    judged = {duty.id for duty in program.duties}
    for id_ in ("unseen", "also-unseen"):
        assert program.cards[id_].not_checkable == "No record shows it."
        assert id_ not in judged


@pytest.mark.parametrize(
    ("duty", "clause"), [("two-weeks", "1.p1"), ("checklist/services", "1.p2")]
)
def test_a_restated_duty_cites_the_local_clause_too(duty: str, clause: str) -> None:
    """The inherited citation stays first."""
    program = load_protocol(str(HERE / "protocols" / "local.yaml"), DICTIONARY)
    cited = program.cards[duty].cite
    assert cited[0][0] == "base"
    assert ("local", "protocol", clause) in cited


def test_what_a_block_gives_is_shown_with_each_of_its_duties() -> None:
    """Law, note, question, clauses … of the block; what the duty says itself joins or replaces."""
    program = load_protocol(str(HERE / "protocols" / "base.yaml"), DICTIONARY)
    card = program.cards["own-values"]
    assert card.law == ("Children Act 1989 s31",)
    assert (card.verification, card.note, card.question) == (
        "secondary",
        "All from the block.",
        "which",
    )
    assert [clause for _, _, clause in card.cite] == ["9.p1", "9.p2"]
    assert (card.by, card.only_by, card.force) == ("the team", None, "should")
