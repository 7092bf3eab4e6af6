"""What a writer probably meant: near spellings, other words, dates and lengths of time."""

from __future__ import annotations

import pytest

from engine.validate.meant import as_list, cure_of_notation, key_meant, values_meant

KEYS = ("cite", "excused_by", "for_each", "when", "within")


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("witihn", "within"),
        ("Within", "within"),
        ("for each", "for_each"),
        ("excused-by", "excused_by"),
        ("deadline", "within"),
        ("clause", "cite"),
        ("unless", "excused_by"),
        ("if", "when"),
        ("colour", None),
        ("owner", None),  # stands for `by`, which is no key here
    ],
)
def test_a_key_is_taken_for_the_nearest_that_fits(key: str, meant: str | None) -> None:
    """A near spelling or another word for the same; nothing if neither is known here."""
    assert key_meant(key, KEYS) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1/9/2025", "2025-09-01"),
        ("01.09.2025", "2025-09-01"),
        ("1st September 2025", "2025-09-01"),
        ("1 Sept 2025", "2025-09-01"),
        ("2025/9/1", "2025-09-01"),
        ("10 workingdays", "10 working days"),
        ("10 WD", "10 working days"),
        ("ten working days", "10 working days"),
        ("10 business days", "10 working days"),
        ("10 calendar days", "10 days"),
        ("8-weekly", "8 weeks"),
        ("one month", "1 month"),
        ("2 years", "24 months"),
        ("0 days", "at once"),
        ("5 years", "5"),
        ("Social Worker", "social_worker"),
        ("Review 8 weekly", "review-8-weekly"),
        ("Referral.Received", "referral.received"),
        ("shall", "must"),
    ],
)
def test_a_value_is_among_its_guesses(text: str, meant: str) -> None:
    """The right way to write it is one of the guesses."""
    assert meant in list(values_meant(text))


def test_a_sentence_is_no_name() -> None:
    """Words of a sentence are not strung together."""
    assert not any("_" in guess for guess in values_meant("the child asked for it himself"))


def test_words_of_the_schema_come_first() -> None:
    """Where a list of words is given, the nearest of them leads."""
    assert next(values_meant("shoud", ("must", "should"))) == "should"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("decision.outcome = early_help", "`{decision.outcome: early_help}`"),
        ("child.disabled is yes", "`{child.disabled: yes}`"),
        ("child.disabled and child.unborn", "`{all: [child.disabled, child.unborn]}`"),
        ("child.disabled or child.unborn", "`{any: [child.disabled, child.unborn]}`"),
        ("no", "leave the whole line out"),
        ("5\u00a0working\u00a0days", "Type it anew"),
    ],
)
def test_what_is_right_but_for_its_notation_is_told_how_to_write_it(text: str, told: str) -> None:
    """A formula, two facts in a sentence, a `no` for nothing, a space that is none."""
    assert told in cure_of_notation(text)


@pytest.mark.parametrize("text", ["decision.basis", "the child is seen", "5 working days"])
def test_other_text_is_no_matter_of_notation(text: str) -> None:
    """Only what is recognised for sure has this cure."""
    assert cure_of_notation(text) == ""


@pytest.mark.parametrize("text", ["one_role, other_role", "child.disabled and child.unborn", "a=b"])
def test_two_names_are_never_run_together(text: str) -> None:
    """No guess makes one name of two."""
    assert not [guess for guess in values_meant(text) if "_" in guess and " " not in guess]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("3.p1", "3.p1"),
        ("3.p1 and 3.p2", "3.p1, 3.p2"),
        ("3.p1; 3.p2,3.p3", "3.p1, 3.p2, 3.p3"),
        ("Children Act 1989 s17 and s47", "Children Act 1989 s17 and s47"),
    ],
)
def test_names_in_a_row_are_the_entries_of_a_list(text: str, listed: str) -> None:
    """Words that belong together stay together."""
    assert as_list(text) == listed


def test_a_phrase_is_no_fact() -> None:
    """`of` and `the` stand in no fact's name."""
    assert "approval.of_the_assessment" not in [*values_meant("approval of the assessment")]
    assert "referral.received" in [*values_meant("referral received")]
