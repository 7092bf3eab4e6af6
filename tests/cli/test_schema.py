"""`protocol schema`: a valid schema, that accepts what the program accepts and offers the names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.pipeline import shipped
from tests.cli.conftest import Run


@pytest.mark.parametrize("name", shipped())
def test_it_accepts_every_shipped_protocol(run: Run, name: str) -> None:
    """It is a schema of draft 2020-12, and finds nothing wrong with the protocol it is about."""
    schema = json.loads(run("schema", name).out)
    Draft202012Validator.check_schema(schema)
    path = data_folder("protocols") / f"{name}.yaml"
    document = parse_document(path.read_bytes(), path.name)
    assert [*Draft202012Validator(schema).iter_errors(document.value)] == []


def test_without_a_protocol_it_lists_the_facts(run: Run) -> None:
    """All of them, each with its title, and no rules."""
    definitions = json.loads(run("schema").out)["$defs"]
    facts = read_dictionary().facts
    assert definitions["fact"]["enum"] == [*facts]
    for fact, shown in zip(
        facts.values(), definitions["fact"]["markdownEnumDescriptions"], strict=True
    ):
        assert shown.startswith(f"**{fact.title}**")
    assert "enum" not in definitions["rule"]


def test_of_a_protocol_it_lists_what_may_be_named(run: Run) -> None:
    """Inherited rules to change, requirements to meet, and roles."""
    definitions = json.loads(run("schema", "norfolk").out)["$defs"]
    assert "decide-1wd" in definitions["rule"]["enum"]
    assert "protocol-complaints" in definitions["meets"]["properties"]
    assert "practice_manager" in definitions["roleName"]["anyOf"][0]["enum"]
    assert "manager-checklist" not in definitions["rule"]["enum"]


def test_it_is_the_published_schema_with_names(run: Run) -> None:
    """No key comes or goes: shape has one source, and the facts replace only patterns."""
    published = json.loads((data_folder("schemas") / "protocol.schema.json").read_bytes())
    written = json.loads(run("schema").out)
    assert written["properties"] == published["properties"]
    assert written["required"] == published["required"]
    facts = read_dictionary().facts
    for name, definition in published["$defs"].items():
        if name != "factTest":
            assert own_keys(written["$defs"][name]) - facts.keys() == own_keys(definition)


def own_keys(definition: dict[str, Any]) -> set[str]:
    return set(definition.get("properties", {}))


def test_it_is_written_where_one_asks(run: Run, tmp_path: Path) -> None:
    """Folders on the way are made, and an older one is replaced."""
    path = tmp_path / "here" / ".protocol" / "any.schema.json"
    for _ in range(2):
        told = run("schema", "--output", path)
        assert (told.code, told.out) == (0, "")
    assert json.loads(path.read_text("utf-8"))["$defs"]


def test_the_schema_of_cases_is_the_published_one(run: Run) -> None:
    """A case is the same for every protocol."""
    told = run("schema", "--case")
    assert told.out == (data_folder("schemas") / "case.schema.json").read_text("utf-8")
    assert run("schema", "norfolk", "--case").code == 2


def test_a_place_that_can_not_be_written_is_said(run: Run, tmp_path: Path) -> None:
    """No traceback: a file stands where a folder would have to be."""
    (tmp_path / "here" / "file").write_text("x", encoding="utf-8")
    told = run("schema", "--output", tmp_path / "here" / "file" / "any.json")
    assert told.code == 3
    assert "[D140]" in told.err


def test_an_invalid_protocol_is_said_to_be(run: Run) -> None:
    """As by every other command."""
    told = run("schema", "norfork")
    assert told.code == 3
    assert "Did you mean `norfolk`?" in told.err


def test_it_refuses_what_the_published_one_refuses(run: Run) -> None:
    """Every broken example of the tests: an editor underlines something in it."""
    validator = Draft202012Validator(json.loads(run("schema").out))
    folder = data_folder("protocols").parent / "tests" / "invalid_protocols"
    for path in folder.glob("P1[012]*.yaml"):
        document = parse_document(path.read_bytes(), path.name)
        assert not validator.is_valid(document.value), path.name
