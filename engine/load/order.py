"""Dates of a record that can't be in the order in which they are written.

In: a record without errors and the day up to which it speaks. Out: warnings (C150 to C152); the
case goes on as written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.errors import Problem
from engine.load.written_dates import in_words
from engine.model.case import Item, Period
from engine.model.document import Document, Path
from engine.model.fact import Dictionary

_REFERRED = "referral.received"
_LEADS_TO_IT = (_REFERRED, "referral.concern_formed", "referral.parental_consent_recorded")
_ORDERED = (
    ("assessment.initiated", "assessment.concluded"),
    ("assessment.started", "assessment.concluded"),
)


class OrderOfDates:
    """Looks through one record of `document` after the other."""

    def __init__(self, dictionary: Dictionary, document: Document) -> None:
        self.dictionary = dictionary
        self.document = document
        self.as_of = date.max
        openings = ((part.opening, part.end) for part in dictionary.parts.values())
        self.pairs = [(first, last) for first, last in openings if first and last]
        self.pairs += _ORDERED

    def warnings(self, record: Item, as_of: date, at: Path) -> tuple[Problem, ...]:
        """The warnings for the record, speaking up to `as_of`, of the case at the path `at`."""
        self.as_of = as_of
        return tuple(self._item(record, None, at, None))

    def _item(
        self, item: Item, name: str | None, at: Path, referred: Period | None
    ) -> Iterator[Problem]:
        """The warnings for `item`, the part or item `name`, and all that stands in it.

        `referred`: when the referral above it, if any, was received.
        """
        days = {
            f"{name}.{key}": value
            for key, value in item.facts.items()
            if isinstance(value, Period) and self._happens(f"{name}.{key}")
        }
        referred = days.get(_REFERRED, referred)
        for path, value in days.items():
            key = path.split(".", 1)[1]
            if value.first > self.as_of:
                yield self._ahead(path, value, (*at, *key.split(".")))
            if referred and path not in _LEADS_TO_IT and value.last < referred.first:
                yield self._early("C151", path, value, _REFERRED, referred, (*at, *key.split(".")))
        for first, last in self.pairs:
            if first in days and last in days and days[last].last < days[first].first:
                where = (*at, last.split(".", 1)[1])
                yield self._early("C150", last, days[last], first, days[first], where)
        for part, below in item.parts.items():
            yield from self._item(below, part, (*at, self.dictionary.parts[part].key), referred)
        for part, items in item.lists.items():
            for index, below in enumerate(items):
                where = (*at, self.dictionary.parts[part].key, index)
                yield from self._item(below, part, where, referred)

    def _happens(self, path: str) -> bool:
        """Whether the fact is something done or happening, not a plan or a date to come."""
        fact = self.dictionary.facts.get(path)
        return fact is not None and fact.kind in ("event", "incident")

    def _ahead(self, path: str, value: Period, at: Path) -> Problem:
        speaks = in_words(Period(self.as_of, self.as_of))
        return self._warning(
            "C152",
            f"`{path}` ({in_words(value)}) is later than {speaks}, up to which the record speaks: "
            "it is read as planned, not as done.",
            at,
            f"Check the date and `as_of`; write `{path.rsplit('.', 1)[1]}_planned` for a plan."
            if self.dictionary.facts[path].kind == "event"
            else "Check the date and `as_of`.",
        )

    def _early(
        self, code: str, path: str, value: Period, before: str, limit: Period, at: Path
    ) -> Problem:
        return self._warning(
            code,
            f"`{path}` ({in_words(value)}) is before `{before}` ({in_words(limit)}).",
            at,
            "Check both dates; the case was read as written.",
        )

    def _warning(self, code: str, message: str, at: Path, cure: str) -> Problem:
        return Problem(code, message, self.document.place(at), cure, "warning")
