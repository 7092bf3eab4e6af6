"""The value of one fact as written.

In: the fact (or companion) and the text beside it. Out: what is recorded, or a `Fault` that says
what may be written. A value is repeated only where it is nearly a known word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from engine.errors import nearest
from engine.load.shapes import Companion
from engine.load.written_dates import Fault, read_day, read_period
from engine.model.case import Period, Recorded
from engine.model.fact import Fact

_AS_TRUTH = {"true": "yes", "false": "no"}
_MEANT = {
    "unknown": "not_known",
    "not_recorded": "not_known",
    "n_k": "not_known",
    "done": "yes",
    "y": "yes",
    "n": "no",
    "not_done": "no",
    "declined": "refused",
}
_NOTHING = ("", "null", "~", "none")
_nearest = lru_cache(maxsize=256)(nearest)  # a caseload repeats its mistakes
_DATES = "a day (`2025-03-10`), a month (`2025-03`), a period (`2025-03-03/2025-03-14`)"
_MOST_SHOWN = 40
_MOST_LISTED = 8


def read_value(entry: Fact | Companion, text: str) -> Recorded | Fault:
    """What is recorded of `entry`, or why `text` can't be it (C105, C110 to C118)."""
    word = _AS_TRUTH.get(text, text)
    if word.lower() in _NOTHING and word not in _words(entry):
        return Fault(
            "C105",
            f"Nothing is recorded here for `{entry.path}`.",
            "Leave the line out; write `not_known` only if the record says that it is not known.",
        )
    if isinstance(entry, Companion):
        return _READ[entry.ending](entry, word)
    return _READ[entry.kind](entry, word)


def _words(entry: Fact | Companion) -> tuple[str, ...]:
    return entry.values if isinstance(entry, Fact) else entry.role_words


def _event(entry: Fact | Companion, word: str) -> Recorded | Fault:
    return _dated(entry, word, ("yes", "no", "refused", "not_known"))


def _incident(entry: Fact | Companion, word: str) -> Recorded | Fault:
    if word == "refused":
        return Fault(
            "C115",
            f"`{entry.path}` is something that happens; it can't be refused.",
            "Write the day it happened, `yes`, `no` or `not_known`.",
        )
    return _dated(entry, word, ("yes", "no", "not_known"))


def _dated(entry: Fact | Companion, word: str, words: tuple[str, ...]) -> Recorded | Fault:
    if word in words:
        return word
    found = read_period(word)
    if found is not None:
        return found
    return _unfit("C113", entry, word, words, f"{_DATES}, {_listed(words)}")


def _date(entry: Fact | Companion, word: str) -> Recorded | Fault:
    if word == "not_known":
        return word
    return _one_day(entry, word, " or `not_known`")


def _planned(entry: Fact | Companion, word: str) -> Recorded | Fault:
    return _one_day(entry, word, "")


def _one_day(entry: Fact | Companion, word: str, alternative: str) -> Recorded | Fault:
    found = read_day(word)
    if isinstance(found, date):
        return Period(found, found)
    if not isinstance(read_period(word), Period) and found is not None:
        return found
    cure = f"Write a day such as `2025-03-10`{alternative}."
    if isinstance(read_period(word), Period):
        return Fault("C117", f"`{entry.path}` is one day.", cure)
    return Fault("C113", f"This value does not fit `{entry.path}`, which is a day.", cure)


def _circumstance(entry: Fact | Companion, word: str) -> Recorded | Fault:
    words = _words(entry)
    allowed = (*(words or ("yes", "no")), "not_known")
    if word in allowed:
        return word
    if word == "refused":
        return Fault(
            "C115",
            f"`{entry.path}` is a circumstance; it can't be refused.",
            f"Write {_some(allowed)}.",
        )
    if words:
        return _unfit("C114", entry, word, allowed, _some(allowed))
    if read_period(word) is not None:
        return Fault("C116", f"`{entry.path}` has no date.", f"Write {_listed(allowed)}.")
    return _unfit("C116", entry, word, allowed, _listed(allowed))


def _unfit(
    code: str, entry: Fact | Companion, word: str, known: Sequence[str], wanted: str
) -> Fault:
    """The fault of a word that is none of `known`, with the nearest where one is near."""
    plain = re.sub(r"[^a-z0-9]+", "_", word.lower()).strip("_")
    meant = _MEANT.get(plain)
    near = f"Did you mean `{meant}`?" if meant in known else _nearest(plain, tuple(known))
    shown = f"`{word}`" if near and len(word) <= _MOST_SHOWN else "This value"
    return Fault(code, f"{shown} does not fit `{entry.path}`.", near or f"Write {wanted}.")


def _some(words: Sequence[str]) -> str:
    """`words` in a sentence, or how many there are and the first of them."""
    if len(words) <= _MOST_LISTED:
        return _listed(words)
    return f"one of its {len(words) - 1} words, such as `{words[0]}`, or `{words[-1]}`"


def _listed(words: Sequence[str]) -> str:
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} or {last}"


_READ: dict[str, Callable[[Fact | Companion, str], Recorded | Fault]] = {
    "event": _event,
    "incident": _incident,
    "date": _date,
    "circumstance": _circumstance,
    "by": _circumstance,
    "planned": _planned,
}
