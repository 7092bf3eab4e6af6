"""The published schema of a protocol with what an editor can offer while one is being written.

In: `protocol.schema.json` as published, the fact dictionary and, where it is about one protocol,
the resolved protocol. Out: a JSON Schema (2020-12) in which facts, lists, words, recorded roles,
inherited rules and the protocol's own names are listed with their titles. It is for editors; what
a protocol may be is decided by the published schema and the stages after it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any

from engine.data import data_folder
from engine.model.fact import Dictionary, Fact
from engine.model.protocol import Duty, Protocol
from engine.packs import shipped_pack
from engine.report.explain_facts import kind_in_short

Schema = dict[str, Any]
_LENGTHS = ("1 working day", "10 working days", "10 days", "8 weeks", "3 months")
_COMPARED = ("event", "incident", "date", "derived")
_YES_OR_NO: dict[str | bool, str] = {
    "yes": "It is so, or has happened.",
    "no": "It is not so, or has not happened.",
    True: "The same as `yes`.",
    False: "The same as `no`.",
}


def editor_schema_text(dictionary: Dictionary, protocol: Protocol | None = None) -> str:
    """The file that an editor reads, made from the schema as published."""
    published = json.loads((data_folder("schemas") / "protocol.schema.json").read_bytes())
    filled = editor_schema(published, dictionary, shipped_pack().names(), protocol)
    return json.dumps(filled, ensure_ascii=False, indent=1) + "\n"


def editor_schema(
    published: Mapping[str, Any],
    dictionary: Dictionary,
    protocols: Iterable[str],
    protocol: Protocol | None = None,
) -> Schema:
    """The published schema with facts, and with the names of `protocol` if it is given.

    `protocols` are names that `extends` may have. Names that a protocol defines itself are offered
    and not enforced, since the next one is written before the schema is; inherited ones are both.
    """
    schema = deepcopy(dict(published))
    definitions: Schema = schema["$defs"]
    _facts(definitions, dictionary)
    _lengths(definitions)
    names = dict.fromkeys(protocols, "A protocol that is found by this name.")
    definitions["extends"] |= _offered(names, definitions["extends"])
    if protocol is not None:
        _names(definitions, protocol)
        schema["title"] = f"Protocol: {protocol.title}"
    return schema


def _facts(definitions: Schema, dictionary: Dictionary) -> None:
    """Facts, lists and the words that facts can have."""
    facts = {path: _about(fact) for path, fact in dictionary.facts.items()}
    dated = {path: facts[path] for path, fact in dictionary.facts.items() if fact.kind in _COMPARED}
    lists = {path: part.title for path, part in dictionary.lists.items()}
    today = {"as_of": "The date the report is asked for."}
    definitions["fact"] = _listed(facts, "There is no such fact.")
    definitions["event"] = _listed(dated, "There is no such event or date.")
    definitions["moment"] = _listed(today | dated, "There is no such event or date.")
    definitions["list"] = _listed(lists, "There is no such list.")
    satisfied = _listed(facts | lists, "There is no such fact or list.")
    form = {"type": "object", "$ref": "#/$defs/conditionForm"}
    for name, named in (("condition", {"$ref": "#/$defs/fact"}), ("done", satisfied)):
        definitions[name] = _head(definitions[name]) | {"anyOf": [named, form]}
    test = definitions.pop("factTest")
    yes_or_no = _listed(_YES_OR_NO, "Write `yes` or `no`.")
    either = {"anyOf": [yes_or_no, {"type": "object", "$ref": "#/$defs/comparison"}]}
    definitions["test.event"] = _head(test) | either
    definitions["test.circumstance"] = _words(yes_or_no, definitions)
    for name, words in dictionary.words.items():
        listed = _listed(words, f"Write one of: {', '.join(words)}.")
        definitions[f"test.{name}"] = _words(listed, definitions)
    form_of_all = definitions["conditionForm"]
    del form_of_all["patternProperties"]
    for path, fact in dictionary.facts.items():
        form_of_all["properties"][path] = {
            "title": fact.title,
            "description": fact.question,
            "$ref": f"#/$defs/test.{_test(fact, dictionary)}",
        }
    roles = _listed(dictionary.words["role"], "This is not a recorded role.")
    definitions["counts"]["items"] = roles


def _about(fact: Fact) -> str:
    return f"**{fact.title}**\n\n{fact.question}\n\n*{kind_in_short(fact)}*"


def _test(fact: Fact, dictionary: Dictionary) -> str:
    """The name of the shape that a test of the fact has."""
    if fact.kind in _COMPARED:
        return "event"
    same = (name for name, words in dictionary.words.items() if tuple(words) == fact.values)
    return next(same, "circumstance")


def _words(words: Schema, definitions: Schema) -> Schema:
    """A word of those listed, or several."""
    several = definitions["comparison"]["properties"]["one_of"] | {"items": words}
    one_of = {
        "type": "object",
        "required": ["one_of"],
        "properties": {"one_of": several},
        "additionalProperties": False,
    }
    return {"anyOf": [words, one_of]}


def _lengths(definitions: Schema) -> None:
    """Lengths of time to start from."""
    for name, others in (("within", ("at once", "promptly")), ("duration", ())):
        texts = (*_LENGTHS, *others)
        definitions[name]["examples"] = list(texts)
        definitions[name]["defaultSnippets"] = [{"label": text, "body": text} for text in texts]


def _names(definitions: Schema, protocol: Protocol) -> None:
    """Rules, roles, thresholds, definitions and questions of the resolved protocol."""
    form = definitions["conditionForm"]["properties"]
    for key in ("threshold", "definition"):
        titles = {one.id: one.title for one in protocol.conclusions if one.kind == key}
        form[key] |= _offered(titles, form[key])
    rules = _rules(protocol, lambda _: True)
    form["missed"] |= _offered(rules, form["missed"])
    definitions["replaces"] |= _offered(rules, definitions["replaces"])
    roles = {role.id: role.title for role in protocol.roles}
    definitions["roleName"] = {"anyOf": [_listed(roles, ""), definitions["roleName"]]}
    questions = {question.id: question.asks for question in protocol.questions}
    definitions["question"] |= _offered(questions, definitions["question"])
    if protocol.extends is None:
        return
    inherited = _rules(protocol, lambda duty: duty.origin != protocol.id)
    definitions["rule"] = _head(definitions["rule"]) | _listed(
        inherited, "No duty of this id is inherited."
    )
    repeated = inherited | {
        one.id: one.title for one in protocol.conclusions if one.origin != protocol.id
    }
    wanted = {one.id: one.title for one in protocol.requirements if one.origin != protocol.id}
    definitions["restates"] = _by_id(definitions["restates"], repeated)
    definitions["meets"] = _by_id(definitions["meets"], wanted)


def _rules(protocol: Protocol, wanted: Callable[[Duty], bool]) -> dict[str, str]:
    """Duties, checklists and their lines by id, with titles."""
    found: dict[str, str] = {}
    for duty in filter(wanted, protocol.duties):
        if duty.checklist:
            found[duty.checklist] = duty.checklist_title or duty.title
        found[duty.id] = duty.title
    return found


def _by_id(definition: Schema, titles: Mapping[str, str]) -> Schema:
    """Clauses by id, of these ids only."""
    properties = {id_: {"title": title, "$ref": "#/$defs/cite"} for id_, title in titles.items()}
    shape = {"type": "object", "minProperties": 1, "additionalProperties": False}
    return _head(definition) | shape | {"properties": properties}


def _offered(titles: Mapping[str, str], definition: Schema) -> Schema:
    """Names to choose from, beside whatever else the definition allows; what it refers to stays."""
    if not titles:
        return {}
    return {"anyOf": [_listed(titles, ""), {"$ref": definition["$ref"]}]}


def _listed(titles: Mapping[Any, str], otherwise: str) -> Schema:
    """One of these, each with what an editor shows beside it; `otherwise` is said of all others."""
    listed = {"enum": list(titles), "markdownEnumDescriptions": list(titles.values())}
    return listed | ({"errorMessage": otherwise} if otherwise else {})


def _head(definition: Schema) -> Schema:
    """What a definition says of itself."""
    return {key: definition[key] for key in ("title", "description") if key in definition}
