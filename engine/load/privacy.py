"""What a case may not hold, and what a message may not repeat.

In: names and values as a person wrote them. Out: whether they may be there, and how a message may
speak of them. A message never repeats what could be a person's name, a number of a national
register or free text.
"""

from __future__ import annotations

import re

_LIKE_A_FACT = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
_LABEL = re.compile(r"[A-Za-z0-9._-]{1,64}")
_UPN = re.compile(r"[A-Za-z]\d{11}[A-Za-z0-9]")
_NHS_NUMBER = re.compile(r"\d{3}[._-]?\d{3}[._-]?\d{4}")
_WORDS = ("yes", "no", "true", "false")
_PERSON = (
    "name forename firstname surname lastname initials address postcode phone telephone mobile "
    "email upn nhs passport"
)
_TEXT = (
    "note notes comment comments reason reasons description narrative summary detail details "
    "views wishes text story"
)
_UNREAD = "ethnicity religion diagnosis score"


def spoken(name: str) -> str:
    """`name` in backticks if it is written like a fact's name; else words that do not repeat it."""
    return f"`{name}`" if _LIKE_A_FACT.fullmatch(name) else "What is written here"


def refusal(name: str) -> tuple[str, str] | None:
    """Why a case has no room for a key such as `surname` or `notes`, and what to do instead.

    A message's end and a cure; None if `name` speaks of nothing private.
    """
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_").split("_")
    for private, whole_or_last_only, why, instead in _PRIVATE:
        if words[-1] in private or (words[0] in private and not whole_or_last_only):
            return why, instead
    return None


def label_fault(label: str) -> str | None:
    """Why `label` can't stand for a child in a file, as the end of a sentence; None if it can."""
    if not _LABEL.fullmatch(label):
        return "a label is 1 to 64 letters, digits, dots, hyphens and underscores"
    if label in _WORDS:
        return "this word means a truth value"
    if _UPN.fullmatch(label):
        return "it looks like a unique pupil number"
    if _NHS_NUMBER.fullmatch(label):
        return "it looks like an NHS number"
    return None


_PRIVATE = (
    (
        _PERSON.split(),
        False,
        "has no place in a case: it could tell who a person is.",
        "Delete the line. The label under `case` is enough to find the record again.",
    ),
    (
        _TEXT.split(),
        True,
        "has no place in a case, which holds no free text.",
        "Delete the line. Of a reason only that it is recorded can be written (`…_recorded`).",
    ),
    (_UNREAD.split(), True, "has no place in a case: no duty reads it.", "Delete the line."),
)
