"""The codes of the children in need census, why parts of the return are not carried, and the
authorities that have a protocol here.

In: the codes that the fact dictionary marks as `cin`. Out: the forms in which elements are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.sector.account import Form
from engine.sector.xml_tree import ATTRIBUTE, COMMENT, TEXT

# Codes that say that nobody knows; the dictionary has no word for those.
_NOT_KNOWN = {"sex": ("U", "0", "9"), "referral_source": ("10",)}

NO_DISABILITY = "NONE"
DISABILITIES = frozenset(
    {"MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"}
)
AUTHORITIES = {"370": "barnsley", "812": "nel", "926": "norfolk"}

_FILE = "it says how the file was made, and nothing of a child"
_WHO = "it says who the child is, which a case never holds"
_NO_FACT = "a case has no fact for it"
_NO_DUTY = "no duty depends on it"
_WORKED_OUT = "it follows from other dates and is worked out again when the case is checked"

REASONS = {
    ATTRIBUTE: "it is an attribute, and a return has none",
    COMMENT: "it is a comment",
    TEXT: "it is text between elements and belongs to none of them",
    "Year": "the reference date says which year it is",
    "Source": _FILE,
    "Content": _FILE,
    "UPN": _WHO,
    "FormerUPN": _WHO,
    "UPNunknown": _WHO,
    "PersonDeathDate": _NO_DUTY,
    "Ethnicity": _NO_DUTY,
    "Disability": "a case holds whether the child is disabled, and not how",
    "AssessmentInternalReviewDate": _WORKED_OUT,
    "AssessmentFactors": _NO_FACT,
    "InitialCPCtarget": _WORKED_OUT,
    "PrimaryNeedCode": _NO_DUTY,
    "ReasonForClosure": _NO_DUTY,
    "InitialCategoryOfAbuse": _NO_DUTY,
    "LatestCategoryOfAbuse": _NO_DUTY,
    "NumberOfPreviousCPP": "a case lists plans one by one, and the return does not hold these",
    "PreProceedingsandFGDM": _NO_FACT,
}


@dataclass(frozen=True)
class Codes:
    """The forms of the coded elements, made from the codes of the dictionary."""

    sex: Form
    referral_source: Form


def coded_forms(words: Mapping[str, Mapping[str, str]]) -> Codes:
    """The forms for `words`, which are code to word by enumeration, as `read_codes` gives them.

    No code means two things in two years: `GenderCurrent` (until 2024) was numbered and `Sex` is
    lettered, and later years only added codes. So either is read, whatever the year.
    """
    return Codes(*(_form(name, words) for name in Codes.__dataclass_fields__))


def _form(enumeration: str, words: Mapping[str, Mapping[str, str]]) -> Form:
    known = dict(words.get(enumeration, {}))
    unknown = dict.fromkeys(_NOT_KNOWN.get(enumeration, ()), "not_known")
    return Form((unknown | known).get, "its code is none that this element has")
