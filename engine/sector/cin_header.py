"""The header of the children in need census: which collection, up to which day, whose.

In: the outermost element. Out: a `Header`, with the warnings that go with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import InvalidInput, Problem
from engine.model.case import Period
from engine.sector.account import DAY, Account, Form
from engine.sector.cin_codes import AUTHORITIES
from engine.sector.xml_tree import Element, first_named

_CIN = Form({"CIN": "CIN"}.get, "it is another collection")
_CODE = Form(
    lambda text: text if text.isascii() and text.isdigit() and len(text) == 3 else None,
    "it is no code of an authority",
)


@dataclass(frozen=True)
class Year:
    """The days a return speaks of, both included."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class Header:
    """The year of a return, the authority as cases name it (None: not told), and warnings."""

    year: Year
    authority: str | None
    warnings: tuple[Problem, ...]


def read_header(root: Element, account: Account, file: str) -> Header:
    """The header in `root`; every element read is noted in `account`.

    Raises `InvalidInput`: S106 where `root` is no `Message`, S107 where the collection is not
    `CIN`, S108 without a reference date. Warns of S113 and S114.
    """
    if root.tag != "Message":
        raise _refused(
            "S106",
            "The outermost element of a children in need return is `Message`; this one is not.",
            root,
            file,
            "Check that this is the census return as it is submitted.",
        )
    headers = list(root.named("Header"))
    nearest = headers[0] if headers else root
    collection = [details for each in headers for details in each.named("CollectionDetails")]
    if account.value(collection, _CIN, "Collection") != "CIN":
        raise _refused(
            "S107",
            "The header does not say that this is the children in need collection (`CIN`).",
            first_named(collection, "Collection") or nearest,
            file,
            "Give the children in need return; other collections are not read here.",
        )
    last = account.value(collection, DAY, "ReferenceDate")
    if not isinstance(last, Period):
        raise _refused(
            "S108",
            "The header has no reference date that can be read, so nobody can tell up to which "
            "day the return speaks.",
            first_named(collection, "ReferenceDate") or nearest,
            file,
            "Give one under `CollectionDetails`: `<ReferenceDate>2025-03-31</ReferenceDate>`.",
        )
    sources = [source for each in headers for source in each.named("Source")]
    code = account.value(sources, _CODE, "LEA")
    known = isinstance(code, str) and code != "not_known"
    year = Year(_a_year_before(last.first), last.first)
    warnings = [*_made_early(sources, year.last, file)]
    if not known:
        warnings.append(_no_authority(first_named(sources, "LEA") or nearest, file))
    authority = AUTHORITIES.get(str(code), f"la-{code}") if known else None
    return Header(year, authority, tuple(warnings))


def _a_year_before(last: datetime.date) -> datetime.date:
    """The first day of the year that ends on `last`."""
    next_day = last + datetime.timedelta(days=1)
    day = 28 if (next_day.month, next_day.day) == (2, 29) else next_day.day
    return next_day.replace(year=next_day.year - 1, day=day)


def _made_early(sources: Sequence[Element], last: datetime.date, file: str) -> list[Problem]:
    """Warnings of a return made before its reference date: it can't know what came after."""
    return [
        Problem(
            "S114",
            "The return was made before its reference date: what happened in between is not in "
            "it, and would read as not done.",
            element.place(file),
            "Check the cases as of the day it was made: `--as-of`.",
            "warning",
        )
        for source in sources
        for element in source.named("DateTime")
        if isinstance(made := DAY.read(element.text[:10]), Period) and made.first < last
    ]


def _no_authority(element: Element, file: str) -> Problem:
    return Problem(
        "S113",
        "The header has no authority code of three digits (`LEA`), so the cases name no authority.",
        element.place(file),
        "Name the protocol when you check them: `--protocol`.",
        "warning",
    )


def _refused(code: str, message: str, element: Element, file: str, cure: str) -> InvalidInput:
    return InvalidInput([Problem(code, message, element.place(file), cure)])
