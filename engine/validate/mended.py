"""A document of the wrong shape, mended as far as reading on needs it.

In: a `Document`. Out: its problems, and a document of the right shape: misspelt keys put right,
missing ones filled in, and what can't be read left out, so that its other mistakes are found too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from engine.errors import Problem
from engine.model.document import Document, Path
from engine.validate.mistakes import Mistake
from engine.validate.schema import schema_problems, shape_mistakes

UNNAMED = "unnamed"
_ROUNDS = 8  # leaving one thing out may leave its owner incomplete, and so on up
_NAMED = ("roles", "documents")
_DAY = "2000-01-01"
_FILLED: dict[str, Any] = {
    "protocol": UNNAMED, "id": UNNAMED, "title": UNNAMED, "ledger": UNNAMED, "by": UNNAMED,
    "done": UNNAMED, "when": UNNAMED, "from": UNNAMED, "asks": UNNAMED, "says": UNNAMED,
    "reason": UNNAMED, "because": UNNAMED, "cite": [UNNAMED], "force": "must",
    "effective": {"from": _DAY},
    "documents": {UNNAMED: {"title": UNNAMED, "ledger": UNNAMED}},
}  # fmt: skip


class Mended(NamedTuple):
    """`document` is None where nothing can be read; `lost` are the names of what was left out."""

    document: Document | None
    problems: list[Problem]
    lost: frozenset[str]


def mended(document: Document) -> Mended:
    """The document mended, and every problem of its shape as it was written."""
    problems = schema_problems(document)
    if not problems:
        return Mended(document, problems, frozenset())
    lost = {UNNAMED}
    if {problem.code for problem in problems} & {"P194", "P195", "P196", "P197", "P198", "P199"}:
        return Mended(None, problems, frozenset(lost))
    for _ in range(_ROUNDS):
        mistakes = shape_mistakes(document.value)
        if not mistakes:
            return Mended(document, problems, frozenset(lost))
        edits = _Edits()
        for mistake in mistakes:
            edits.take(mistake)
        if () in edits.gone:
            break
        document = edits.applied(document)
        lost |= edits.lost
    return Mended(None, problems, frozenset(lost))


@dataclass
class _Edits:
    """What one round changes, by the paths of the document as it is."""

    gone: set[Path] = field(default_factory=set)
    renamed: dict[Path, str] = field(default_factory=dict)
    added: dict[Path, dict[str, Any]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def take(self, mistake: Mistake) -> None:
        if mistake.kind == "missing" and mistake.key in _FILLED:
            value = _DAY if mistake.owner[-1:] == ("effective",) else _FILLED[mistake.key]
            self.added.setdefault(mistake.owner, {})[mistake.key] = value
        elif mistake.kind == "unknown" and mistake.meant:
            self.renamed[mistake.path] = mistake.meant
        else:
            self.gone.add(mistake.path)

    def applied(self, document: Document) -> Document:
        """A new document; what keeps its value keeps its place."""
        places: dict[Path, tuple[int, int]] = {}

        def copy(value: Any, old: Path, new: Path) -> Any:
            if old in document.places:
                places[new] = document.places[old]
            if isinstance(value, list):
                kept = [n for n in range(len(value)) if not self.leaves((*old, n), value[n])]
                return [copy(value[n], (*old, n), (*new, i)) for i, n in enumerate(kept)]
            if not isinstance(value, dict):
                return value
            out: dict[str, Any] = {}
            for key, inner in value.items():
                name = self.renamed.get((*old, key)) or key
                if (name != key and (name in value or name in out)) or self.leaves(
                    (*old, key), inner
                ):
                    continue
                out[name] = copy(inner, (*old, key), (*new, name))
            return out | self.added.get(old, {})

        return Document(document.name, copy(document.value, (), ()), places)

    def leaves(self, path: Path, value: Any) -> bool:
        """Whether the entry is left out; its names are noted then."""
        if path not in self.gone:
            return False
        self.lost.update(_names(path, value))
        return True


def _names(path: Path, value: Any) -> Iterator[str]:
    """The ids and names that are given in an entry."""
    if len(path) == 2 and path[0] in _NAMED:
        yield str(path[1])
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        if path in [(section,) for section in _NAMED]:
            yield from value
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from _names((*path, key), inner)
