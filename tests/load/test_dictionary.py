"""The dictionary read back from the schema is what the sources say."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.load import dictionary as module
from engine.load.build import main, schema_text
from engine.load.dictionary import read_codes, read_dictionary
from engine.model.fact import Dictionary, Fact, Part

SMALL = Path(__file__).parent / "small_dictionary"


def test_a_fact_with_all_that_is_said_of_it(dictionary: Dictionary) -> None:
    """Kind, title, question, words and evidence, of a fact and of a checklist's member."""
    assert dictionary.facts["decision.outcome"] == Fact(
        "decision.outcome",
        "circumstance",
        "Outcome",
        "What was decided?",
        "decision",
        ("section_17_assessment", "section_47_enquiry", "no_further_action"),
    )
    assert dictionary.facts["decision.answered.immediate_protection"] == Fact(
        "decision.answered.immediate_protection",
        "event",
        "immediate protection",
        "Is protection needed?",
        "decision",
        evidence=True,
        checklist="decision.answered",
    )
    assert dictionary.facts["child.birthday_18"].values == ("date",)
    assert dictionary.facts["child.ready"].values == ()
    assert "decision.answered" not in dictionary.facts
    assert "referral.received_by" not in dictionary.facts


def test_parts_and_lists(dictionary: Dictionary) -> None:
    """Where a part stands, whose rows its facts are of, what opens and ends it."""
    assert dictionary.parts["referral"] == Part(
        "referral",
        "referrals",
        "Referrals",
        "referral",
        None,
        True,
        "referral",
        "referral.received",
        "referral.closed",
    )
    assert dictionary.parts["assessment"].table == "referral"
    assert dictionary.parts["child"].table == "case"
    assert list(dictionary.lists) == ["referrals", "assessment.agencies", "hospital_stays"]
    assert dictionary.opening("agency") == "referral.received"


def test_words_have_titles_and_codes(dictionary: Dictionary, schema_file: Path) -> None:
    """The words of an enumeration with their titles; census codes lead to words."""
    assert dictionary.words["outcome"]["no_further_action"] == "no further action"
    assert "not_known" not in dictionary.words["outcome"]
    assert read_codes("cin", schema_file) == {
        "outcome": {
            "N1": "section_17_assessment",
            "N2": "section_47_enquiry",
            "N3": "section_47_enquiry",
        }
    }


def test_the_version_changes_with_the_dictionary(tmp_path: Path, schema_file: Path) -> None:
    """What was compiled for one dictionary is never used with another."""
    other = tmp_path / "case.schema.json"
    other.write_text(schema_file.read_text().replace("Is the child disabled?", "Disabled?"))
    assert read_dictionary(other).version != read_dictionary(schema_file).version


def test_reading_needs_no_heavy_library() -> None:
    """Every command starts with the dictionary, so it imports neither YAML nor JSON Schema."""
    source = Path(module.__file__).read_text(encoding="utf-8")
    assert "yaml" not in source
    assert "jsonschema" not in source


def test_building_twice_gives_the_same_bytes() -> None:
    """The schema depends on its sources alone."""
    assert schema_text(SMALL) == schema_text(SMALL)


def test_the_projects_schema_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    """schemas/case.schema.json is what schemas/facts says."""
    assert main(["--check"]) == 0, capsys.readouterr().err


def test_build_writes_and_check_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` writes nothing and fails where the schema is missing or stale."""
    facts = tmp_path / "facts"
    facts.mkdir()
    for path in SMALL.iterdir():
        (facts / path.name).write_bytes(path.read_bytes())
    arguments = ["--schemas", str(tmp_path)]
    assert main([*arguments, "--check"]) == 1
    assert "is not current: run `python -m engine.load.build`" in capsys.readouterr().err
    assert not (tmp_path / "case.schema.json").exists()
    assert main(arguments) == 0
    assert main([*arguments, "--check"]) == 0
    (facts / "child.yaml").write_text("covers: child\n")
    assert main(arguments) == 3
    assert "[F103] `title` is missing." in capsys.readouterr().err


def test_items_are_called_what_people_call_them() -> None:
    """`child in need plan of 3 March 2025`, not `cin plan`: no abbreviation reaches a report."""
    nouns = {part.noun for part in read_dictionary().parts.values() if part.is_list}
    assert {"referral", "child in need plan", "review conference"} <= nouns
    assert not [noun for noun in nouns if {"cin", "cp", "ehc"} & {*noun.split()}]
