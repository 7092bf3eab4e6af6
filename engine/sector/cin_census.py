"""The children in need census: a return's XML file in, one case a child out.

A case made here claims only what a return can hold: of an assessment when it started and ended, of
an enquiry its initial conference, of a referral and of plans their end, and all review conferences
of a child protection plan. All else stays unknown and is never a gap. The lists of referrals,
enquiries and plans are those of one year and so are never called complete. The record speaks up to
the reference date.

Whatever is not carried is listed with its place and the reason, without what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InvalidInput, Problem
from engine.load.dictionary import read_codes, read_dictionary
from engine.load.written_dates import in_words
from engine.model.case import Case, Coverage, Period
from engine.model.fact import Dictionary
from engine.sector.account import Account, NotCarried
from engine.sector.case_files import write_cases
from engine.sector.cin_child import read_child
from engine.sector.cin_codes import REASONS, coded_forms
from engine.sector.cin_header import read_header
from engine.sector.labels import labels
from engine.sector.xml_tree import Element, first_named, read_xml

# Facts whose silence in a return means *not so far*, and the list of which it holds all items.
HELD = (
    "referral.closed",
    "assessment.started",
    "assessment.concluded",
    "assessment.approved",
    "enquiry.initial_conference_held",
    "cp_plan.ended",
    "cin_plan.ended",
)
COMPLETE = ("cp_plan.reviews",)

# Two entries that differ in one of these are not the same child.
_TELLS_APART = (("UPN",), ("PersonBirthDate",), ("Sex", "GenderCurrent"))

Entries = list[Element]  # the `Child` elements of one child


@dataclass(frozen=True)
class Import:
    """The cases of a return, one a child in the order of the file; what is not carried, by kind
    in the order of the file; and warnings (errors are raised)."""

    cases: tuple[Case, ...]
    not_carried: tuple[NotCarried, ...]
    problems: tuple[Problem, ...]

    def lines(self) -> list[str]:
        """What a person wants to know: how many cases, up to when, and what is not in them."""
        count = "1 case" if len(self.cases) == 1 else f"{len(self.cases):,} cases"
        speaks = sorted({case.as_of for case in self.cases if case.as_of})
        until = "".join(f", which speaks up to {in_words(Period(day, day))}" for day in speaks)
        kinds = len(self.not_carried)
        left = f"Not carried: {kinds} kind{'' if kinds == 1 else 's'} of content."
        return [f"{count} from the return{until}.", left, *(f"  {one}" for one in self.not_carried)]


def import_cin(path: Path, folder: Path) -> Import:
    """Read the return at `path` and write its cases to `folder`, one file a child.

    Raises `InvalidInput` as `read_cin` and `write_cases` do; then nothing is written.
    """
    dictionary = read_dictionary()
    result = read_cin(path, dictionary)
    write_cases(result.cases, folder, dictionary)
    return result


def read_cin(path: Path, dictionary: Dictionary) -> Import:
    """The cases in the return at `path`.

    Raises `InvalidInput`: S101 to S105 where the file can't be read as XML, S106 where it is no
    return, S107 where it is another collection, S108 without a reference date, S109 without a
    child. Goes on with a warning: S110 to S114.
    """
    file = str(path)
    root = read_xml(path)
    account = Account(dictionary, REASONS)
    header = read_header(root, account, file)
    people, warnings = _people(root, account, file)
    given = labels(
        [_identifier(entries) for entries in people],
        {number.text for entries in people for number in _numbers(entries, "UPN", "FormerUPN")},
    )
    renamed = _label(people, given, account, file)
    codes = coded_forms(read_codes("cin"))
    coverage = Coverage(
        facts=frozenset(HELD) & dictionary.facts.keys(),
        lists=frozenset(COMPLETE) & dictionary.lists.keys(),
    )
    cases = tuple(
        Case(
            label,
            header.authority,
            header.year.last,
            coverage,
            read_child(entries, account, codes, header.year),
            file,
        )
        for entries, label in zip(people, given, strict=True)
    )
    problems = sorted((*header.warnings, *warnings, *renamed), key=lambda one: one.place)
    return Import(cases, account.settle(root), tuple(problems))


def _people(root: Element, account: Account, file: str) -> tuple[list[Entries], list[Problem]]:
    """The entries of each child: one, or several that have the same identifier."""
    entries = account.distinct(root.named("Children"), "Child")
    if not entries:
        place = (first_named([root], "Children") or root).place(file)
        cure = "Check that the whole return was exported."
        raise InvalidInput([Problem("S109", "There is no `Child` in the return.", place, cure)])
    same: dict[str, Entries] = {}
    for number, entry in enumerate(entries):
        account.hold(entry)
        same.setdefault(_identifier([entry]) or f" {number}", []).append(entry)
    people: list[Entries] = []
    warnings: list[Problem] = []
    for together in same.values():
        differ = _differ(together)
        people += [[entry] for entry in together] if differ else [together]
        if len(together) > 1:
            warnings.append(_repeated(together, file, differ=differ))
    return people, warnings


def _differ(entries: Entries) -> bool:
    return any(
        len({found.text for found in _numbers(entries, *tags) if found.text}) > 1
        for tags in _TELLS_APART
    )


def _repeated(entries: Entries, file: str, *, differ: bool) -> Problem:
    count, first = len(entries), entries[0].line
    place = entries[-1].place(file)
    if differ:
        return Problem(
            "S111",
            f"{count} entries have the same `LAchildID`, but not the same date of birth, sex or "
            "pupil number. They are kept apart, as different children.",
            place,
            f"Mend the identifiers and import again; the first of them is on line {first}.",
            "warning",
        )
    return Problem(
        "S110",
        f"{count} entries have the same `LAchildID`. They are read as one child.",
        place,
        f"If they are different children, mend it; the first of them is on line {first}.",
        "warning",
    )


def _label(
    people: Sequence[Entries], given: Sequence[str], account: Account, file: str
) -> list[Problem]:
    """Account for every identifier, and warn once if some could not be labels."""
    renamed = []
    for entries, label in zip(people, given, strict=True):
        kept = _identifier(entries) == label
        renamed += [] if kept else [(entries[0], label)]
        for found in _numbers(entries, "LAchildID"):
            if kept:
                account.carry(found)
            else:
                account.leave(found, "it can't be the label of a case; a number stands for it")
    if not renamed:
        return []
    entry, label = renamed[0]
    count = "1 child has" if len(renamed) == 1 else f"{len(renamed):,} children have"
    return [
        Problem(
            "S112",
            f"{count} no `LAchildID` that can be the label of a case: letters, digits, dots, "
            "hyphens and underscores, no number of a national register, and no other child's. "
            f"Each is named by its place among the children, the first of them `{label}`.",
            entry.place(file),
            "Give such children other identifiers and import again, or find them by their place.",
            "warning",
        )
    ]


def _identifier(entries: Entries) -> str | None:
    """What the authority calls the child, if the entries say one thing."""
    texts = {found.text for found in _numbers(entries, "LAchildID")}
    return texts.pop() or None if len(texts) == 1 else None


def _numbers(entries: Entries, *tags: str) -> list[Element]:
    groups = [group for entry in entries for group in entry.named("ChildIdentifiers")]
    return [found for group in groups for found in group.named(*tags)]
