"""What a name of the project means: a fact, a rule, a status, a code, a word of the language.

In: a name, and what it may be looked up in. Out: an `Explanation` for each thing it names, of
titles and short texts without layout; `explain_text` prints them. Every text comes from where the
reports, `protocol show`, the schemas and the pages of docs/errors have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from engine.errors import nearest
from engine.model.fact import Dictionary
from engine.model.protocol import Protocol
from engine.report.explain_facts import explained_fact, explained_part, explained_word
from engine.report.explain_language import explained_case_key, explained_key, language_keys
from engine.report.explain_rules import explained_rules, names_of
from engine.report.explain_words import ALIASES, WORDS
from engine.report.explanation import Explanation


class Known(NamedTuple):
    """What names are looked up in: the published schemas of protocols and cases, facts, protocols.

    `only` is true if one protocol was asked for: then what it inherits is looked at too.
    """

    schema: Mapping[str, Any]
    case_schema: Mapping[str, Any]
    dictionary: Dictionary
    protocols: Sequence[Protocol]
    only: bool = False


def plain_name(words: Iterable[str]) -> str:
    """The name asked for, as one word of single spaces in small letters: codes keep theirs."""
    return " ".join(" ".join(words).split()).strip("`“”\"'")


def explanations(name: str, known: Known) -> list[Explanation]:
    """Everything that `name` means; `kind name` means that kind only."""
    found = list(_all(name, known))
    words = name.split(" ")
    for cut in range(1, len(words)):
        if not found:
            kind, rest = " ".join(words[:cut]).lower(), " ".join(words[cut:])
            found = [one for one in _all(rest, known) if one.kind == kind]
    return found


def _all(name: str, known: Known) -> Iterator[Explanation]:
    word = name.lower().replace("_", " ").replace("-", " ")
    word = ALIASES.get(word, word)
    if word in WORDS:
        yield WORDS[word]
    yield from explained_key(name, known.schema)
    yield from explained_case_key(name, known.case_schema)
    dictionary, protocols = known.dictionary, known.protocols
    yield from explained_fact(name, dictionary, protocols)
    yield from explained_part(name, dictionary)
    yield from explained_word(name.replace(" ", "_"), dictionary)
    for protocol in protocols:
        yield from explained_rules(name, protocol, dictionary, inherited=known.only)


def nearest_names(name: str, known: Known, others: Iterable[str]) -> str:
    """The names closest to `name`, of these and `others`, as a sentence; empty if none is close."""
    facts, parts = known.dictionary.facts, known.dictionary.parts
    last = [path for path in facts if path.endswith(f".{name}")]
    if last:
        return f"Did you mean {' or '.join(f'`{path}`' for path in last[:3])}?"
    keys = {*language_keys(known.schema), *known.case_schema["$defs"]["case"]["properties"]}
    names = {*WORDS, *keys, *facts, *parts, *known.dictionary.lists, *others}
    return nearest(name, sorted(names.union(*map(names_of, known.protocols))))
