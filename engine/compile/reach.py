"""What is out of reach, gathered so that one forgotten `for_each` is one problem.

In: each use of a fact, list, duty or conclusion that no one row of the table has, with what it
stands in. Out: a problem (P401, P402, P409) for each duty or conclusion and list, or for the block
where several of its duties, or its own `when`, lack the same list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import Place, Problem
from engine.model.fact import CASE, Dictionary

_CODES = {"fact": "P401", "list": "P402", "result": "P409"}
_MOST_NAMED = 3


@dataclass(frozen=True)
class Scope:
    """What is compiled: a duty (or checklist), conclusion or pathway, judged in `table`."""

    kind: str
    id: str
    table: str
    block: str = ""


@dataclass(frozen=True)
class Use:
    """`name` belongs to each row of `owner`; `kind` is fact, list or result."""

    kind: str
    name: str
    owner: str
    place: Place


class Reach:
    """The uses out of reach, by what they stand in; `scope` is what is being compiled."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.scope = Scope("rule", "", CASE)
        self.uses: dict[Scope, dict[Use, None]] = {}

    def say(self, use: Use) -> None:
        self.uses.setdefault(self.scope, {})[use] = None

    def problems(self) -> Iterator[Problem]:
        """One problem for each scope or whole block, and each line of lists."""
        for scope, uses in self._by_block().items():
            for owner, own in self._by_owner(uses).items():
                yield self._problem(scope, owner, own)

    def _by_block(self) -> dict[Scope, dict[Use, None]]:
        """Duties of one block that lack the same list taken together as the block."""
        out: dict[Scope, dict[Use, None]] = {}
        for scope, uses in self.uses.items():
            owners = {use.owner for use in uses}
            alike = [
                other
                for other, theirs in self.uses.items()
                if scope.block == other.block != "" and owners & {use.owner for use in theirs}
            ]
            whole = len(alike) > 1 and {other.table for other in alike} == {CASE}
            key = Scope("block", scope.block, CASE, scope.block) if whole else scope
            out.setdefault(key, {}).update(uses)
        return out

    def _by_owner(self, uses: dict[Use, None]) -> dict[str, list[Use]]:
        """By the innermost list; what belongs to a list above it is in reach with it."""
        owners = {use.owner for use in uses}
        inner = {
            owner: next(
                (o for o in sorted(owners) if o != owner and owner in self.dictionary.ancestors(o)),
                owner,
            )
            for owner in owners
        }
        out: dict[str, list[Use]] = {}
        for use in sorted(uses, key=lambda use: (use.place, use.name)):
            out.setdefault(inner[use.owner], []).append(use)
        return out

    def _problem(self, scope: Scope, owner: str, uses: list[Use]) -> Problem:
        names = list(dict.fromkeys(f"`{use.name}`" for use in uses))
        named = names if len(names) <= _MOST_NAMED else names[: _MOST_NAMED - 1]
        if rest := len(names) - len(named):
            named = [*named, f"{rest} more"]
        subject = " and ".join(part for part in (", ".join(named[:-1]), named[-1]) if part)
        telling = min(uses, key=lambda use: list(_CODES).index(use.kind))
        kind = telling.kind
        verb = "is judged for" if kind == "result" else "belongs to"
        if len(names) > 1:
            verb = "are judged for" if kind == "result" else "belong to"
        return Problem(
            _CODES[kind],
            f"{subject} {verb} each {_words(owner)}, and nothing here says which one is meant.",
            uses[0].place,
            self._cure(scope, owner, telling),
        )

    def _cure(self, scope: Scope, owner: str, use: Use) -> str:
        path = self.dictionary.list_path(self.dictionary.parts[owner])
        ask = f"or ask of the list in a condition: `some: {path}` or `every: {path}`."
        if use.kind == "result":
            ask = f"or ask of the list: `{{some: {path}, where: {{{use.name}}}}}`."
        if scope.table == CASE:
            return f"Add `for_each: {path}` to the {scope.kind} `{scope.id}`, {ask}"
        judged = f"The {scope.kind} `{scope.id}` is for each {_words(scope.table)}"
        if scope.table in self.dictionary.ancestors(owner):
            return f"{judged}: make it `for_each: {path}`, {ask}"
        return f"{judged}: name what belongs to that, {ask}"


def _words(name: str) -> str:
    """`cin_plan` as a person says it."""
    words = {"cin": "child in need", "cp": "child protection"}
    return " ".join(words.get(word, word) for word in name.split("_"))
