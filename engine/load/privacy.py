"""What a case may not hold, and what a message may not repeat.

In: names and values as a person wrote them. Out: whether they may be there, and how a message may
speak of them. A message never repeats what could be a person's name, a number of a national
register or free text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.errors import nearest

_LIKE_A_FACT = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
_LABEL = re.compile(r"[A-Za-z0-9._-]{1,64}")
_UPN = re.compile(r"[A-Za-z]\d{11}[A-Za-z0-9]")
_NHS_NUMBER = re.compile(r"\d{3}[._-]?\d{3}[._-]?\d{4}")
_DATE = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/. ](?P<month>\d{1,2}|[A-Za-z]{3,9})[-/. ,]{1,2}"
    r"(?P<year>\d{2}|\d{4})"
)
_PERSON = "who a person is"
_TEXT = "free text"
_DETAIL = "what no duty reads"
_KINDS = {
    _PERSON: (
        "name forename firstname surname lastname initials address postcode phone telephone mobile "
        "email upn nhs ssn passport school_name gp_name"
    ),
    _TEXT: (
        "note notes comment comments reason reasons description narrative summary detail details "
        "views wishes text story"
    ),
    _DETAIL: "ethnicity religion diagnosis score",
}
_PRIVATE = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def spoken(name: str) -> str:
    """`name` in backticks if it is written like a fact's name; else words that do not repeat it."""
    return f"`{name}`" if _LIKE_A_FACT.fullmatch(name) else "The name here"


def private_kind(name: str) -> str | None:
    """What a key such as `surname`, `NHS Number` or `notes` would hold; None if nothing private."""
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_").split("_")
    return _PRIVATE.get("_".join(words)) or _PRIVATE.get(words[-1]) or _PRIVATE.get(words[0])


def label_fault(label: str) -> str | None:
    """Why `label` can't stand for a child in a file, as the end of a sentence; None if it can."""
    if not _LABEL.fullmatch(label):
        return "it is 1 to 64 letters, digits, dots, hyphens and underscores"
    if _UPN.fullmatch(label):
        return "it looks like a unique pupil number"
    if _NHS_NUMBER.fullmatch(label):
        return "it looks like an NHS number"
    return None


def repeatable(value: str, known: Iterable[str] = ()) -> bool:
    """Whether a message may repeat `value`: a date in some form, or nearly a known word."""
    return len(value) <= 40 and bool(_DATE.fullmatch(value) or nearest(value, tuple(known)))
