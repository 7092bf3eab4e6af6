"""What may stand in a case and what a message may repeat."""

from __future__ import annotations

import pytest

from engine.load.privacy import label_fault, refusal, spoken


@pytest.mark.parametrize(
    "key",
    [
        *(
            "name",
            "surname",
            "first_name",
            "Mother's name",
            "name_of_school",
            "address",
            "postcode",
        ),
        *("home_phone", "UPN", "NHS Number", "nhs_number", "email", "notes", "case_notes"),
        *("reason", "delay_reason", "child_views", "ethnicity"),
    ],
)
def test_keys_that_a_case_has_no_room_for(key: str) -> None:
    """Whatever would name a person or hold free text is explained, not only unknown."""
    assert refusal(key) is not None


@pytest.mark.parametrize(
    "key", ["received", "over_limit_reasons_recorded", "views_recorded", "nhss"]
)
def test_keys_that_only_look_alike(key: str) -> None:
    """A fact that something is recorded holds nothing private."""
    assert refusal(key) is None


@pytest.mark.parametrize(
    ("label", "fault"),
    [
        ("child-1", None),
        ("LA.123_x", None),
        ("x" * 64, None),
        ("123456789", None),
        ("12345678901", None),
        ("x" * 65, "a label is"),
        ("", "a label is"),
        ("two words", "a label is"),
        ("é", "a label is"),
        ("9434765919", "NHS"),
        ("943-476-5919", "NHS"),
        ("A12345678901B", "pupil"),
        ("a123456789012", "pupil"),
        ("no", "truth value"),
    ],
)
def test_labels(label: str, fault: str | None) -> None:
    """A label is short, plain and no number of a national register."""
    found = label_fault(label)
    assert (found is None) if fault is None else (fault in (found or ""))


def test_how_a_message_speaks_of_a_key() -> None:
    """Only what is written like a fact's name is repeated."""
    assert spoken("recieved") == "`recieved`"
    for key in ("Jane Smith", "jane smith", "x" * 61, "", "1 Example Street"):
        assert spoken(key) == "What is written here"
