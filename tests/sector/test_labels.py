"""Children are named by an opaque label that a case and any computer take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.load.privacy import label_fault
from engine.sector.labels import labels


def test_an_authority_s_own_identifier_stays() -> None:
    """People find a child again by the identifier they know."""
    assert labels(["RND0001", "a.b-c_d"], ()) == ["RND0001", "a.b-c_d"]


@pytest.mark.parametrize(
    "identifier",
    [
        "A123456789012",  # a unique pupil number
        "A12345678901B",  # a temporary one
        "9434765919",  # an NHS number
        "943-476-5919",
        "Jo Smith",
        "x" * 65,
        "..",
        ".hidden",
        "ends.",
        "-f",
        "CON",
        "nul.x",
        "é",
        None,
    ],
)
def test_other_identifiers_become_a_number(identifier: str | None) -> None:
    """The number is the child's place in the return."""
    assert labels(["known", identifier], ()) == ["known", "child-0002"]


def test_an_identifier_that_is_a_pupil_number_elsewhere_is_not_used() -> None:
    """An authority may have put a pupil number of another form in its own field."""
    assert labels(["X1"], {"X1"}) == ["child-0001"]


def test_no_two_children_share_a_label() -> None:
    """Capital letters don't tell files apart on every computer."""
    assert labels(["ab", "AB", "child-0002", "child-0004", None], ()) == [
        "ab",
        "child-0002x",
        "child-0002",
        "child-0004",
        "child-0005",
    ]


@given(st.lists(st.none() | st.text(max_size=15)))
def test_labels_always_fit_a_case(identifiers: list[str | None]) -> None:
    """Whatever the identifiers, every label may stand in a case and is the only one of its kind."""
    given_labels = labels(identifiers, ())
    assert len({label.lower() for label in given_labels}) == len(identifiers)
    assert not any(label_fault(label) for label in given_labels)
