"""Everything that is wrong with a protocol, at once.

In: the file of a protocol. Out: the problems of it and of what it rests on, from all stages. What
a stage finds faulty is left out of the next ones, so that one mistake neither hides another nor
gives a second message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from engine.analysis.citations import citation_problems, listed_clauses
from engine.compile import compile_protocol
from engine.errors import InvalidInput, Place, Problem
from engine.load.document import parse_document, read_bytes
from engine.model.document import Document
from engine.model.document import Path as Entry
from engine.model.fact import Dictionary
from engine.model.protocol import Protocol
from engine.packs import Pack
from engine.pipeline import MOST_BYTES, Chain, chain_of, mismatches, places_in
from engine.resolve.inherit import resolve_on
from engine.resolve.sound import sound_part
from engine.validate.mended import mended
from engine.validate.read import read_on

_ENTRIES = {
    "checks", "pathways", "duties", "items", "thresholds", "definitions", "tightens", "departs",
}  # fmt: skip
_QUOTED = re.compile(r"`([^`]+)`")
_FOLLOWS = {  # what a faulty date makes of the comparison of dates
    "P207": {"P310", "P314"},
    "P208": {"P310", "P314"},
}


class Examined(NamedTuple):
    """One protocol file: all problems of its chain in order of place, and, without errors, it."""

    path: Path
    problems: tuple[Problem, ...]
    protocol: Protocol | None


class _Part(NamedTuple):
    """One file of a chain as far as it can be read; `document` is None if it can't.

    `written` is the document before it was mended; `faulty` are the places of all problems, those
    not worth telling included.
    """

    document: Document | None
    protocol: Protocol | None
    problems: list[Problem]
    lost: frozenset[str] = frozenset()
    faulty: frozenset[Place] = frozenset()
    written: Document | None = None


class Examiner:
    """Examines protocols; a file that several of them rest on is read once."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self._parts: dict[tuple[Path, bytes], _Part] = {}

    def examine(self, path: Path, content: bytes | None = None) -> Examined:
        """All that is wrong with the protocol in the file at `path`, and in those it rests on.

        `content` stands for what the file holds.
        """
        problems: list[Problem] = []
        try:
            chain = chain_of(path, content)
            complete = True
        except InvalidInput as fault:
            problems.extend(fault.problems)
            chain, complete = _alone(path, content), False
        parts = [self._part(*link) for link in chain]
        protocol = None
        for part in parts:
            problems.extend(part.problems)
        if complete and parts:
            protocol = self._whole(chain, parts, problems)
        for link, part in zip(chain, parts, strict=True):
            if part.document is not None:
                problems.extend(_no_echoes(_citations(link[0], part.document), part.lost))
        told = InvalidInput(problems).problems
        failed = any(problem.severity == "error" for problem in told)
        return Examined(path, told, None if failed else protocol)

    def _part(self, path: Path, content: bytes) -> _Part:
        if (path, content) not in self._parts:
            self._parts[path, content] = self._read(path, content)
        return self._parts[path, content]

    def _read(self, path: Path, content: bytes) -> _Part:
        try:
            written = parse_document(content, str(path))
        except InvalidInput as fault:
            return _Part(None, None, list(fault.problems))
        document, problems, lost = mended(written)
        if document is None:
            return _Part(None, None, problems, lost)
        protocol, found = read_on(document, self.dictionary)
        faulty = frozenset(one.place for one in [*problems, *found])
        problems = [*problems, *_no_echoes(found, lost)]
        misplaced = document.value.get("extends") != written.value.get("extends")
        read = None if misplaced else protocol  # it is not known what it rests on
        return _Part(document, read, problems, lost, faulty, written)

    def _whole(self, chain: Chain, parts: list[_Part], problems: list[Problem]) -> Protocol | None:
        """The resolved protocol, after adding what is wrong with the chain as a whole."""
        documents = [part.document for part in parts if part.document is not None]
        protocols = [part.protocol for part in parts if part.protocol is not None]
        lost = frozenset[str]().union(*(part.lost for part in parts))
        if len(protocols) < len(chain):
            return None
        if found := [*_no_echoes(mismatches(chain, documents), lost)]:
            problems.extend(found)
            return None
        resolved, found = resolve_on(protocols, places_in(documents))
        codes = {problem.code for problem in problems}
        muted = set[str]().union(*(_FOLLOWS.get(code, ()) for code in codes))
        problems.extend(one for one in _no_echoes(found, lost) if one.code not in muted)

        places = frozenset(one.place for one in found).union(*(part.faulty for part in parts))
        part = _sound(resolved, parts, places) if places else resolved
        try:
            compile_protocol(part, self.dictionary)
        except InvalidInput as fault:
            problems.extend(fault.problems)
        return resolved


def _alone(path: Path, content: bytes | None) -> Chain:
    """The file without what it rests on, as far as it can be read."""
    try:
        return [(path, content or read_bytes(path, most_bytes=MOST_BYTES))]
    except InvalidInput:
        return []


def _no_echoes(problems: Iterable[Problem], lost: frozenset[str]) -> Iterator[Problem]:
    """Less those about a name that was left out, since what it was left out for is told."""
    for problem in problems:
        names = {part for name in _QUOTED.findall(problem.message) for part in name.split("/")}
        if not names & lost:
            yield problem


def _sound(resolved: Protocol, parts: Iterable[_Part], places: Iterable[Place]) -> Protocol:
    """What of a protocol can be compiled although there are problems at `places`."""
    entries: dict[Place, Place] = {}
    for part in parts:
        for document in (part.written, part.document):
            entries |= _entries(document) if document else {}

    def entry_of(place: Place) -> Place:
        return entries.get(place, place)

    return sound_part(resolved, {entry_of(place) for place in places}, entry_of)


def _entries(document: Document) -> dict[Place, Place]:
    """For each place in a block, duty, line or conclusion, where the id of the innermost stands."""
    out: dict[Place, Place] = {}

    def walk(value: Any, path: Entry, entry: Place | None) -> None:
        if len(path) > 1 and isinstance(path[-1], int) and path[-2] in _ENTRIES:
            name = "rule" if path[-2] in ("tightens", "departs") else "id"
            entry = document.place((*path, name))
        if entry is not None:
            out[document.place(path)] = entry
        if isinstance(value, dict | list):
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            for key, inner in pairs:
                walk(inner, (*path, key), entry)

    walk(document.value, (), None)
    return out


def _citations(path: Path, document: Document) -> list[Problem]:
    """What is wrong with the clauses cited, by the ledgers of the pack that the file is in."""
    pack = Pack.of(path)
    try:
        return [*citation_problems(document, lambda name: listed_clauses(pack.ledger(name)))]
    except InvalidInput as fault:
        return list(fault.problems)
