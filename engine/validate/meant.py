"""What a writer probably meant: guesses for keys and values that the schema does not know.

In: the text as written. Out: guesses, best first; whether one fits is for the caller to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

_KEYS = {
    "after": "from", "and": "all", "begins": "from", "cause": "reason", "checklist": "items",
    "citation": "cite", "clause": "cite", "clauses": "cite", "comment": "note", "complete": "done",
    "condition": "when", "deadline": "within", "description": "note", "due": "within",
    "duty": "rule", "ends": "until", "evidence": "done", "except": "excused_by",
    "exception": "excused_by", "excuse": "excused_by", "frequency": "every", "has": "have",
    "id": "rule", "if": "when", "interval": "every", "limit": "within", "link": "cite",
    "name": "title",
    "or": "any", "owner": "by", "reference": "cite", "remark": "note", "repeat": "every",
    "responsible": "by", "role": "by", "source": "cite", "start": "from", "starts": "from",
    "statute": "law", "strength": "force", "text": "title", "timescale": "within",
    "unless": "excused_by", "who": "by",
}  # fmt: skip
_WORDS = {
    "shall": "must", "ought": "should", "required": "must", "mandatory": "must",
    "recommended": "should", "advised": "should", "immediately": "at once",
    "same day": "at once", "straight away": "at once", "fortnight": "2 weeks",
    "monthly": "1 month", "weekly": "1 week", "fortnightly": "2 weeks", "annually": "12 months",
    "yearly": "12 months", "quarterly": "3 months", "daily": "1 day",
}  # fmt: skip
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MOST_WORDS_OF_A_NAME = 4  # more are a sentence
_SMALL = {"a", "an", "by", "for", "in", "is", "of", "on", "the", "to"}  # make a phrase, no fact
_JOINED = re.compile(r"[=,;&|]| and | or ")  # two names are no name
_FACT = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+"
_SPACE = re.compile(r"[^\S \n]")
_UNITS = ("working days", "days", "weeks", "months", "years", "day", "week", "month", "year")


def key_meant(key: str, known: Sequence[str]) -> str | None:
    """The known key that `key` stands for: a near spelling, or another word for the same."""
    word = key.lower().strip().replace(" ", "_").replace("-", "_")
    if word in known:
        return word
    if _KEYS.get(word) in known:
        return _KEYS[word]
    close = get_close_matches(word, known, n=1, cutoff=0.7)
    return close[0] if close else None


def cure_of_notation(text: str) -> str:
    """The cure where `text` is right but for how it is noted down, else empty."""
    plain = " ".join(text.lower().split())
    if found := re.fullmatch(rf"({_FACT})(?: ?=+ ?| is )([a-z0-9_]+)", plain):
        return f"Write `{{{found[1]}: {found[2]}}}`."
    if found := re.fullmatch(rf"({_FACT}) (and|or) ({_FACT})", plain):
        key = "all" if found[2] == "and" else "any"
        return f"Write `{{{key}: [{found[1]}, {found[3]}]}}`."
    if plain in ("no", "none", "nothing", "n/a", "-"):
        return "If there is none, leave the whole line out."
    if _SPACE.search(text):
        return "A space in it is another character; it may have come in by copying. Type it anew."
    return ""


def as_list(text: str) -> str:
    """The entries of a list that is written as one value: `3.p1 and 3.p2`."""
    parts = re.split(r" *(?:[,;&]| and ) *", text)
    return ", ".join(parts) if not any(" " in part for part in parts) else text


def values_meant(text: str, words: Sequence[str] = ()) -> Iterator[str]:
    """Everything `text` may stand for: a word of `words`, a date, a length of time or a name."""
    plain = " ".join(text.lower().split())
    if plain in _WORDS:
        yield _WORDS[plain]
    yield from get_close_matches(plain, words, n=1, cutoff=0.6)
    yield plain
    yield from _days(plain)
    yield from _lengths(plain)
    if len(plain.split()) > _MOST_WORDS_OF_A_NAME or _JOINED.search(plain):
        return
    slug = "_".join(re.findall(r"[a-z0-9.]+", plain))
    yield slug
    if not _SMALL & set(plain.split()):
        yield slug.replace("_", ".", 1)
    yield "-".join(re.findall(r"[a-z0-9]+", plain))


def _days(text: str) -> Iterator[str]:
    """A British date as year-month-day."""
    if found := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text):
        day, month, year = (int(part) for part in found.groups())
        yield f"{year}-{month:02}-{day:02}"
    if found := re.fullmatch(r"(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})", text):
        year, month, day = (int(part) for part in found.groups())
        yield f"{year}-{month:02}-{day:02}"
    if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,})\.? (\d{4})", text):
        months = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(found[2])]
        if months:
            yield f"{found[3]}-{months[0]:02}-{int(found[1]):02}"


def _lengths(text: str) -> Iterator[str]:
    """A length of time as number, space and unit."""
    found = re.search(r"(\d+|[a-z]+)[ -]?((?:[a-z]+[ -]?)*)", text)
    if not found:
        return
    count = _NUMBERS.get(found[1], found[1])
    unit = found[2].replace("-", " ").strip()
    joined = unit.replace(" ", "")
    if joined in ("workingday", "workingdays", "wd", "wds", "businessdays", "businessday"):
        unit = "working days"
    unit = {"calendardays": "days", "calendarday": "days"}.get(joined, unit)
    if str(count) == "0":
        yield "at once"
    if unit in ("year", "years") and str(count).isdigit():
        yield f"{count} {unit}"
        yield f"{int(count) * 12} months"
    for near in get_close_matches(unit, _UNITS, n=1, cutoff=0.75):
        yield f"{count} {near.removesuffix('s')}{'' if str(count) == '1' else 's'}"
    if str(count).isdigit():
        yield str(count)
