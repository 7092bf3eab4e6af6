"""Every scenario beside the protocols holds, and every scenario file has the published shape."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.program import Program
from engine.model.scenario import Scenario
from engine.pipeline import load_protocol
from engine.scenarios import read_scenarios, shortfalls

FILES = sorted(Path(__file__).parent.glob("*/*.yaml"))
DICTIONARY = read_dictionary()


@cache
def program(name: str) -> Program:
    """A shipped protocol, compiled once for all scenarios."""
    return load_protocol(name, DICTIONARY)


@cache
def scenarios(path: Path) -> list[Scenario]:
    return read_scenarios(path, DICTIONARY)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_scenarios_hold(path: Path) -> None:
    """What a scenario file expects of its protocol is found, with its reasons."""
    assert scenarios(path)
    for name in {scenario.protocol for scenario in scenarios(path)}:
        own = [scenario for scenario in scenarios(path) if scenario.protocol == name]
        short = [*shortfalls(own, program(name), DICTIONARY)]
        assert not short, "\n".join(map(str, short))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_scenario_files_have_the_published_shape(path: Path) -> None:
    """An editor that uses the published schema finds no fault in our own files."""
    from jsonschema import Draft202012Validator

    schema = json.loads((data_folder("schemas") / "scenario.schema.json").read_text("utf-8"))
    value = read_document(path, most_bytes=10_000_000).value
    errors = [e.message for e in Draft202012Validator(schema).iter_errors(value)]
    assert not errors, "\n".join(errors)
