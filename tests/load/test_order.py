"""What may come before a referral, told with the dictionary in use."""

from __future__ import annotations

import pytest

from engine.load.case import read_cases
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from tests.load.conftest import TODAY

RECORD = "referrals: [{{received: 2025-04-01, {earlier}: 2025-03-28}}]"


@pytest.mark.parametrize(
    ("earlier", "codes"),
    [("concern_formed", []), ("parental_consent_recorded", []), ("acknowledged", ["C151"])],
)
def test_only_what_follows_a_referral_is_warned_about(earlier: str, codes: list[str]) -> None:
    """A concern and the parents' consent lead to a referral; an acknowledgement cannot."""
    text = RECORD.format(earlier=earlier)
    cases, problems = read_cases(
        parse_document(text.encode(), "case.yaml"), read_dictionary(), TODAY
    )
    assert problems == []
    assert [warning.code for warning in cases[0].warnings] == codes
