"""What must be known to decide the rest: each fact or list asked for once, most useful first.

In: the undetermined lines of an assessment, and the dictionary. Out: `Question`s on facts,
`Question`s on whether lists are whole, and the parts of the record that `covers` may name.

A list of which nothing is on record is asked for as a whole: what its unseen items may hold is
no question that anybody could answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.model.fact import Dictionary
from engine.report.outline import Covering, Question
from engine.report.words import uncapitalised


class Needs:
    """Counts, duty by duty, what would settle it. `on_record`: the tables that have an item."""

    def __init__(self, dictionary: Dictionary, on_record: Iterable[str]) -> None:
        self.dictionary = dictionary
        self._seen = {above for table in on_record for above in dictionary.ancestors(table)}
        self._facts: dict[str, set[str]] = {}
        self._lists: dict[str, set[str]] = {}
        self._parts: dict[str, set[str]] = {}

    def add(self, duty: str, needs: Iterable[str]) -> None:
        """What would settle `duty`: paths of facts, and names of lists' items."""
        needs = tuple(needs)
        unseen = {need for need in needs if need in self.dictionary.parts} - self._seen
        for need in needs:
            fact, part = self.dictionary.facts.get(need), self.dictionary.parts.get(need)
            if fact:
                table = self.dictionary.parts[fact.part].table
                if not unseen & set(self.dictionary.ancestors(table)):
                    self._facts.setdefault(need, set()).add(duty)
                    if fact.evidence or fact.kind == "incident":
                        self._part(self.dictionary.parts[fact.part].covers, duty)
            elif part and not unseen & set(self.dictionary.ancestors(need)[1:]):
                self._lists.setdefault(need, set()).add(duty)
                self._part(part.covers, duty)

    def questions(self) -> tuple[Question, ...]:
        """On facts, most duties first."""
        return _ordered(
            Question(
                need,
                self.dictionary.parts[fact.part].title,
                fact.title,
                fact.question,
                len(duties),
                whole_list=False,
            )
            for need, duties in self._facts.items()
            for fact in (self.dictionary.facts[need],)
        )

    def lists(self) -> tuple[Question, ...]:
        """On lists that may not be whole, most duties first."""
        return _ordered(
            Question(
                self.dictionary.list_path(part),
                part.title,
                part.title,
                f"Is the list of {uncapitalised(part.title)} complete?",
                len(duties),
                whole_list=True,
            )
            for table, duties in self._lists.items()
            for part in (self.dictionary.parts[table],)
        )

    def coverings(self) -> tuple[Covering, ...]:
        """Parts of the record in which silence keeps duties open, most duties first."""
        found = (Covering(covers, len(duties)) for covers, duties in self._parts.items())
        return tuple(sorted(found, key=lambda covering: -covering.duties))

    def _part(self, covers: str, duty: str) -> None:
        self._parts.setdefault(covers, set()).add(duty)


def _ordered(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Of equals, first those that come up first in the protocol."""
    return tuple(sorted(questions, key=lambda question: -question.duties))
