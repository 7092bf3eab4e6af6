"""The protocol schema: what it accepts, and one plain message for one mistake."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path as File
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.data import data_folder
from engine.load.document import parse_document
from engine.model.document import Document, Path
from engine.validate.mistakes import KEYWORDS
from engine.validate.schema import schema_problems

HERE = File(__file__).parent
INVALID = sorted((HERE.parent / "invalid_protocols").glob("*.yaml"))
SCHEMA = json.loads((data_folder("schemas") / "protocol.schema.json").read_text("utf-8"))
EVERY = (HERE / "every_construct.yaml").read_bytes()
NAMED = {"documents", "roles", "restates", "meets"}  # their keys are the writer's own names
ANNOTATIONS = {
    "$schema", "$defs", "$ref", "$comment", "title", "description", "format", "errorMessage",
    "x-problem",
}  # fmt: skip
INNER = {"if", "then", "else", "items", "not", "propertyNames", "additionalProperties"}
APPLICATORS = {
    "allOf", "anyOf", "if", "then", "else", "properties", "patternProperties", "propertyNames",
    "items", "const",
}  # fmt: skip


PARSED = parse_document(EVERY, "every_construct.yaml")


def every_construct() -> Document:
    """A copy to be spoilt."""
    return Document(PARSED.name, deepcopy(PARSED.value), PARSED.places)


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema and all the schemas within it."""
    if isinstance(schema, dict):
        yield schema
        for key, inner in schema.items():
            if key in ("properties", "patternProperties", "$defs"):
                for each in inner.values():
                    yield from parts(each)
            elif key in ("allOf", "anyOf"):
                for each in inner:
                    yield from parts(each)
            elif key in INNER:
                yield from parts(inner)


def test_the_schema_is_a_schema() -> None:
    """It is valid JSON Schema 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)


def test_every_construct_is_accepted() -> None:
    """A protocol with every key of the language has no problem."""
    assert schema_problems(every_construct()) == []


def test_the_example_leaves_no_key_out() -> None:
    """Every key that the schema knows stands in the example, so that the laws below reach it."""
    known = {key for part in parts(SCHEMA) for key in part.get("properties", {})}
    missing = {key for key in known if not re.search(rf"\b{key}:", EVERY.decode())}
    assert missing <= {"before", "after", "on_or_before"}  # one of four that are alike is enough


@pytest.mark.parametrize(
    "path", sorted(data_folder("protocols").glob("*.yaml")), ids=lambda p: p.stem
)
def test_our_protocols_are_accepted(path: File) -> None:
    """Every protocol of the project fits the schema."""
    assert schema_problems(parse_document(path.read_bytes(), path.name)) == []


def test_an_editor_that_reads_numbers_and_booleans_accepts_the_same() -> None:
    """YAML 1.2 makes `5` a number and `true` a boolean: the schema takes both and the text."""
    text = (
        EVERY.decode().replace(": yes", ": true").replace("child.unborn: no", "child.unborn: false")
    )
    value = json.loads(json.dumps(yaml.safe_load(text), default=str))
    assert value["definitions"][0]["cite"] == [2.1]
    assert list(Draft202012Validator(SCHEMA).iter_errors(value)) == []


@pytest.mark.parametrize(
    "within", ["1 working day", "1 working days", "10 day", "3 months", "2 weeks"]
)
def test_either_number_of_a_unit_is_accepted(within: str) -> None:
    """`1 working days` is as good as `1 working day`."""
    text = EVERY.replace(b"within: 45 working days", f"within: {within}".encode())
    assert schema_problems(parse_document(text, "a.yaml")) == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_each_mistake_gives_its_one_message(path: File) -> None:
    """The message is word for word that of the text file beside the protocol."""
    problems = schema_problems(parse_document(path.read_bytes(), path.name))
    assert [f"{problem}\n" for problem in problems] == [path.with_suffix(".txt").read_text("utf-8")]
    assert problems[0].code == path.stem.split("-")[0]


def test_there_is_a_broken_protocol_for_every_code() -> None:
    """No code of the schema or of its readers goes untested; P199 has its own test."""
    codes = {part["x-problem"]["code"] for part in parts(SCHEMA) if "x-problem" in part}
    sources = data_folder("protocols").parent / "engine" / "validate"
    for module in ("schema.py", "mistakes.py"):
        codes |= set(re.findall(r'"(P1\d\d)"', (sources / module).read_text("utf-8")))
    assert codes - {"P199"} == {path.stem.split("-")[0] for path in INVALID}


def test_every_keyword_of_the_schema_has_its_wording() -> None:
    """The table of messages and the keywords in the schema are the same set."""
    used = {key for part in parts(SCHEMA) for key in part} - ANNOTATIONS - APPLICATORS
    assert used - {"minimum"} == set(KEYWORDS)  # `minimum` is for editors: our values are text


def test_every_key_is_explained_on_hover() -> None:
    """Each property has a title and a description, its own or that of what it refers to."""
    for part in parts(SCHEMA):
        if part.get("additionalProperties") is not False or "title" not in part:
            continue  # not what a mapping is described by
        for key, entry in part["properties"].items():
            target = SCHEMA["$defs"].get(entry.get("$ref", "").rsplit("/", 1)[-1], {})
            explained = {**target, **entry}
            assert explained.get("title"), key
            assert explained.get("description", "").endswith("."), key


def test_all_mistakes_are_told_at_once() -> None:
    """Two mistakes in two duties are two problems, in the order of the file."""
    text = EVERY.replace(b"within: 45", b"witihn: 45").replace(b"first: 3 months", b"first: 3")
    problems = schema_problems(parse_document(text, "a.yaml"))
    assert [problem.code for problem in problems] == ["P101", "P109"]
    assert problems[0].place < problems[1].place


def test_a_mapping_nested_beyond_reading_is_refused() -> None:
    """A thousand conditions within each other are a problem, not a crash."""
    condition: Any = "child.disabled"
    for _ in range(1000):
        condition = {"not": condition}
    document = every_construct()
    document.value["definitions"][0]["when"] = condition
    assert [problem.code for problem in schema_problems(document)] == ["P199"]


texts = st.sampled_from(
    ["", "yes", "8 weeks", "child.disabled", "a b", "2025-01-01", "x" * 99, "a:b"]
)
known = sorted({key for part in parts(SCHEMA) for key in part.get("properties", {})})
keys = st.sampled_from([*known, "", "on", "child.disabled", "witihn", "a:b"])
trees = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4)
)


@settings(max_examples=200)
@given(trees)
def test_no_tree_of_text_is_too_odd(value: Any) -> None:
    """Whatever stands in the file, there are problems and never a crash, each with a cure."""
    problems = schema_problems(Document("odd.yaml", value))
    assert problems
    assert all(problem.cure and "{" not in problem.message for problem in problems)


def entries(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every entry and item below `value`."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield (*path, key)
        if not isinstance(inner, str):
            yield from entries(inner, (*path, key))


def known_keys() -> list[Path]:
    """Entries whose key is a word of the language."""
    return [
        path
        for path in entries(every_construct().value)
        if isinstance(path[-1], str) and "." not in path[-1] and path[-1] != "annex"
        and not (len(path) == 2 and path[0] in NAMED)
    ]  # fmt: skip


def holder(value: Any, path: Path) -> Any:
    """What holds the entry at `path`."""
    for key in path[:-1]:
        value = value[key]
    return value


@pytest.mark.parametrize("path", known_keys(), ids=lambda path: ".".join(map(str, path)))
def test_a_misspelt_key_is_one_mistake_at_that_key(path: Path) -> None:
    """Any key of the language with a wrong letter gives one problem, that names the right one."""
    document = every_construct()
    owner = holder(document.value, path)
    key = str(path[-1])
    wrong = key + key[-1] if len(key) > 2 else key[0] + key
    places = {**document.places, (*path[:-1], wrong): (999, 1)}
    renamed = {wrong if name == key else name: inner for name, inner in owner.items()}
    owner.clear()
    owner.update(renamed)
    problems = schema_problems(Document(document.name, document.value, places))
    told = [problem for problem in problems if problem.place.line == 999]
    assert [problem.cure for problem in told] == [f"Did you mean `{key}`?"]
    assert len(problems) == 1


@pytest.mark.parametrize("path", list(entries(every_construct().value)), ids=str)
def test_a_value_of_the_wrong_shape_is_one_mistake_at_its_place(path: Path) -> None:
    """Entries where a list belongs, or a list anywhere else, give one problem at that place."""
    document = every_construct()
    owner = holder(document.value, path)
    odd: Any = {"odd": "entry"} if isinstance(owner[path[-1]], list) else ["odd", "list"]
    owner[path[-1]] = odd
    problems = schema_problems(document)
    assert [problem.place for problem in problems] == [document.place(path)]
    assert problems[0].code == "P103"
