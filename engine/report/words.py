"""Plain words for what a report says: statuses, dates, days left, citations, recorded values.

In: pieces of findings and cards. Out: short texts in British English, without layout. Every
character is one that Windows' Western code page has, so that a piped report cannot break there.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from engine.model.fact import Dictionary, Fact
from engine.model.finding import Span
from engine.model.program import Program

Cite = tuple[str, str, str]  # protocol, document, clause

STATUS = {
    "overdue": "overdue",
    "not_evidenced": "not evidenced",
    "late": "late",
    "outstanding": "to do",
    "undetermined": "not known",
    "excused": "excused",
    "met": "met",
    "not_applicable": "not applicable",
}
KEPT = "\N{NO-BREAK SPACE}"  # keeps a number and its noun on one line
WRONG_PERSON = "wrong person"
PROMPTLY, NO_LIMIT = "promptly; no figure is given", "no time limit"  # as cards have them


def status_in_words(status: str, *, role: bool = False) -> str:
    """`not evidenced`; of a missed role result, `wrong person`."""
    return WRONG_PERSON if role and status == "overdue" else STATUS[status]


def day_in_words(day: datetime.date) -> str:
    """`7 May 2025`."""
    return f"{day.day} {day:%B %Y}"


def span_in_words(span: Span) -> str:
    """`30 May 2025`, or what is known of a date that is not known exactly."""
    first, last = span.first, span.last
    if first and last:
        if first == last:
            return day_in_words(first)
        return f"{day_in_words(first)} at the earliest, {day_in_words(last)} at the latest"
    if first:
        return f"{day_in_words(first)} at the earliest"
    return f"{day_in_words(last)} at the latest" if last else "a date not known"


def days_in_words(days: int) -> str:
    """`today`, `in 12 days`, `3 days ago`."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def number_of(count: int, one: str, many: str = "") -> str:
    """`1 duty`, `3 duties`, kept on one line."""
    return f"{count}{KEPT}{one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def limit_in_words(limit: str) -> str:
    """The limit of a card as the head of what is to do by it."""
    heads = {PROMPTLY: "Promptly", NO_LIMIT: "No date is set"}
    return heads.get(limit) or sentence(limit).removesuffix(".")


def uncapitalised(title: str) -> str:
    """A title as it stands inside a sentence; an abbreviation keeps its capitals."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def short_name(protocol: str) -> str:
    """A protocol's id as a person writes it: `norfolk` is Norfolk, `wt2023` and `nel` capitals."""
    initials = len(protocol) <= 3 or any(letter.isdigit() for letter in protocol)
    return protocol.upper() if initials else protocol.replace("_", " ").replace("-", " ").title()


class Citations:
    """Writes clauses as `[Norfolk 6.p5; WT2023 decide-1wd]`, the protocol's own first.

    A document that is not its protocol's first is named too: `[NEL update ch1.p20]`.
    """

    def __init__(self, program: Program) -> None:
        self._home = program.protocol
        self._titles = {
            (protocol, document): title for protocol, document, title in program.sources
        }
        self._main: dict[str, str] = {}
        for protocol, document in self._titles:
            self._main.setdefault(protocol, document)
        self._used: dict[tuple[str, str], None] = {}

    def write(self, cites: Iterable[Cite], most: int | None = None) -> str:
        """At most `most` clauses, and how many more there are; empty if there are none."""
        ordered = sorted(dict.fromkeys(cites), key=lambda cite: cite[0] != self._home)
        shown = ordered[:most]
        groups: dict[str, list[str]] = {}
        for protocol, document, clause in shown:
            self._used[protocol, document] = None
            clauses = groups.setdefault(self._name(protocol, document), [])
            clauses.append(clause.removeprefix(f"{protocol}-"))
        more = f"{KEPT}+{len(ordered) - len(shown)}" if len(ordered) > len(shown) else ""
        inside = "; ".join(f"{name}{KEPT}{', '.join(own)}" for name, own in groups.items())
        return f"[{inside}{more}]" if inside else ""

    def legend(self) -> str:
        """The full titles of the documents of other protocols that were cited."""
        return " ".join(
            f"{self._name(*source)}: {self._titles[source]}."
            for source in self._used
            if source[0] != self._home and source in self._titles
        )

    def _name(self, protocol: str, document: str) -> str:
        name = short_name(protocol)
        return name if document == self._main.get(protocol, document) else f"{name} {document}"


def fact_in_words(recorded: str, dictionary: Dictionary) -> str:
    """`decision.outcome: section_17_assessment` by the dictionary's titles."""
    path, _, word = recorded.partition(": ")
    fact = dictionary.facts.get(path)
    title = fact.title if fact else path
    if not word or word == "yes":
        return title
    return f"{title}: {_value_in_words(word, fact, dictionary)}"


def _value_in_words(word: str, fact: Fact | None, dictionary: Dictionary) -> str:
    for titles in dictionary.words.values():
        if fact and tuple(titles) == fact.values:
            return titles.get(word, word)
    return word.replace("_", " ")
