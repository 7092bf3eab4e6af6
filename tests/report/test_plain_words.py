"""Conditions in plain words: every form of the language, by the dictionary's titles."""

from __future__ import annotations

import pytest

from engine.errors import Place
from engine.load.dictionary import read_dictionary
from engine.model import condition as c
from engine.model.protocol import Dates, ListDone, Protocol
from engine.pipeline import resolved
from engine.report.plain_words import PlainWords

HERE = Place("here")
EMPTY = Protocol("shire", "Shire", None, Dates())


@pytest.fixture(scope="module")
def words() -> PlainWords:
    return PlainWords(EMPTY, read_dictionary())


def fact(name: str, *values: str) -> c.Fact:
    return c.Fact(name, values or ("yes",), HERE)


ACKNOWLEDGED = fact("referral.acknowledged")
BORN = fact("child.born")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (ACKNOWLEDGED, "Receipt acknowledged"),
        (fact("referral.acknowledged", "no"), "Receipt acknowledged: it has not happened"),
        (fact("referral.referrer_known", "no"), "Referrer known: no"),
        (
            fact("care_period.legal_basis", "section_20", "remand"),
            "Legal basis: section 20 or remand",
        ),
        (
            fact("referral.safeguarding_planned_with.health"),
            "“Was safeguarding action planned with health?”: yes",
        ),
        (
            c.Dated("referral.acknowledged", "on_or_before", "as_of", HERE),
            "“Receipt acknowledged” is on or before the date asked about",
        ),
        (
            c.Dated("referral.acknowledged", "after", "2025-05-07", HERE),
            "“Receipt acknowledged” is after 7 May 2025",
        ),
        (c.All((ACKNOWLEDGED, BORN)), "Receipt acknowledged; and Birth"),
        (
            c.Any((BORN, c.All((ACKNOWLEDGED, BORN)))),
            "Birth; or (Receipt acknowledged; and Birth)",
        ),
        (c.Not(BORN), "Birth: it has not happened"),
        (c.Not(c.Any((BORN, ACKNOWLEDGED))), "it is not so that: (Birth; or Receipt acknowledged)"),
        (c.Not(c.Reference("definition", "some", HERE)), "“some” does not hold"),
        (c.Not(fact("care_period.legal_basis", "remand")), "Legal basis is not: remand"),
        (c.Some("hospital_stays", None, HERE), "there is an entry under “Hospital stays”"),
        (
            c.Every("assessment.other_children", None, fact("other_child.same_household"), HERE),
            "every entry under “Other children” has: Lives in the same household",
        ),
        (
            c.Every("assessment.agencies", fact("agency.holds_information"), BORN, HERE),
            "every entry under “Agencies” (where: Holds relevant information) has: Birth",
        ),
        (c.Age("child.born", 5, True, HERE), "the child is under 5 on the day of “Birth”"),
        (c.Age("as_of", 16, False, HERE), "the child is 16 or older on the date asked about"),
        (
            c.Elapsed("child.born", None, c.Duration(20, "days"), HERE),
            "20 days or more have passed since “Birth”",
        ),
        (
            c.Elapsed("child.born", "referral.acknowledged", c.Duration(1, "weeks"), HERE),
            "1 week or more lie between “Birth” and “Receipt acknowledged”",
        ),
    ],
)
def test_each_form_reads_as_a_phrase(
    words: PlainWords, condition: c.Condition, expected: str
) -> None:
    """A form has one way to say it, with brackets where parts are nested."""
    assert words.condition(condition) == expected


def test_what_a_condition_refers_to_goes_by_its_title() -> None:
    """A missed duty and a threshold are named as people know them."""
    protocol = resolved("norfolk", read_dictionary())
    words = PlainWords(protocol, read_dictionary())
    threshold = next(one for one in protocol.conclusions if one.kind == "threshold")
    duty = next(one for one in protocol.duties if not one.checklist)
    assert threshold.title in words.condition(c.Reference("threshold", threshold.id, HERE))
    missed = words.condition(c.Reference("missed", duty.id, HERE))
    assert missed == f"“{duty.title}” was not done in time"


def test_a_duty_done_by_a_list_names_it(words: PlainWords) -> None:
    """Any entry of the list will do."""
    done = words.done(ListDone("hospital_stays", HERE))
    assert done == "an entry under “Hospital stays”"


@pytest.mark.parametrize("name", ["wt2023", "wt2018", "norfolk", "nel", "barnsley"])
def test_no_rule_shows_a_name_of_the_language(name: str) -> None:
    """Every condition of every protocol reads without the names that files use."""
    dictionary = read_dictionary()
    protocol = resolved(name, dictionary)
    words = PlainWords(protocol, dictionary)
    conditions = [one.when for one in protocol.conclusions]
    for duty in protocol.duties:
        conditions += [one for one in (duty.when, duty.excused_by) if one is not None]
        if duty.done is not None and not isinstance(duty.done, ListDone):
            conditions.append(duty.done)
    assert not [text for text in map(words.condition, conditions) if "_" in text]
