"""Inheritance: whose edition judges which clock, and what a change leaves and alters."""

from __future__ import annotations

import datetime
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.condition import Duration
from engine.model.protocol import Dates, Duty, Protocol, Within
from engine.resolve import resolve_chain
from engine.resolve.references import overlap
from engine.validate.read import read_protocol

DICTIONARY = read_dictionary()
FIRST = datetime.date(2024, 1, 1)
DAYS = 60  # of the calendar that the editions below divide


def day(number: int) -> str:
    return (FIRST + datetime.timedelta(days=number)).isoformat()


def dates(start: int, until: int | None) -> dict[str, str]:
    return {"from": day(start)} | ({} if until is None else {"until": day(until)})


def protocol(name: str, effective: dict[str, str], **sections: Any) -> dict[str, Any]:
    return {
        "protocol": name, "title": name, "effective": effective,
        "documents": {"document": {"title": name, "ledger": name}}, **sections,
    }  # fmt: skip


def national(effective: dict[str, str] | None = None, **duty: Any) -> dict[str, Any]:
    """A protocol with one duty, and a checklist of two lines."""
    common = {"by": "team", "force": "should", "cite": ["1.p1"]}
    rule = {
        "id": "conclude", "title": "Conclude", "from": "referral.received",
        "within": "45 working days", "done": "assessment.concluded", **common, **duty,
    }  # fmt: skip
    lines = [
        {"id": "seen", "title": "seen", "done": "assessment.child_seen", "when": "child.disabled"},
        {"id": "home", "title": "home", "done": "assessment.home_visited"},
    ]
    checklist = {"id": "covers", "title": "Covers", "items": lines, **common}
    block = {"id": "b", "title": "B", "for_each": "referrals", "duties": [rule, checklist]}
    return protocol(
        "top", effective or dates(0, None), roles={"team": {"title": "the team"}}, checks=[block]
    )


def read(value: dict[str, Any]) -> Protocol:
    document = parse_document(json.dumps(value, indent=1).encode(), f"{value['protocol']}.json")
    return read_protocol(document, DICTIONARY)


def resolved(*chain: dict[str, Any]) -> Protocol:
    """Local first."""
    documents = {value["protocol"]: value for value in chain}
    below = [*chain[1:], None]
    for value, above in zip(chain, below, strict=True):
        if above is not None:
            documents[value["protocol"]]["extends"] = above["protocol"]
    place = parse_document(b"a: b", "a.yaml").place
    return resolve_chain([read(value) for value in chain], lambda _, *path: place(path))


def variants(whole: Protocol, id_: str) -> list[Duty]:
    return [duty for duty in whole.duties if duty.id == id_]


def covers(window: Dates, clock: datetime.date) -> bool:
    return (window.start or clock) <= clock <= (window.until or clock)


def judges(duty: Duty, clock: datetime.date) -> bool:
    """Whether this variant judges a clock started on that day."""
    return covers(duty.effective, clock) and not any(covers(w, clock) for w in duty.superseded)


windows = st.one_of(
    st.integers(0, DAYS).map(lambda start: dates(start, None)),
    st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(lambda ends: dates(*sorted(ends))),
)


@given(windows, windows, windows, st.none() | windows)
def test_exactly_one_edition_judges_each_clock(
    top: dict[str, str], middle: dict[str, str], local: dict[str, str], own: dict[str, str] | None
) -> None:
    """Along a chain of three, each of which changes the same duty for its own dates."""
    change = {"rule": "conclude", "cite": ["1.p1"]}
    region = protocol("middle", middle, tightens=[{**change, "within": "40 working days"}])
    authority = protocol(
        "local", local,
        tightens=[{**change, "within": "35 working days"} | ({"effective": own} if own else {})],
    )  # fmt: skip
    chain = (authority, region, national(top))
    if not all(meets(top, other) for other in (middle, own or local)):
        return
    found = variants(resolved(*chain), "conclude")
    for number in range(DAYS + 2):
        clock = FIRST + datetime.timedelta(days=number)
        judging = [duty for duty in found if judges(duty, clock)]
        inside = covers(as_dates(top), clock)
        assert len(judging) == inside
        if inside:
            assert judging[0].limit == Within(Duration(expected(clock, own or local, middle), WD))


WD: Any = "working days"


def as_dates(window: dict[str, str]) -> Dates:
    start, until = (
        datetime.date.fromisoformat(window[key]) if key in window else None
        for key in ("from", "until")
    )
    return Dates(start, until)


def meets(one: dict[str, str], other: dict[str, str]) -> bool:
    both = overlap(as_dates(one), as_dates(other))
    return not (both.start and both.until) or both.start <= both.until


def expected(clock: datetime.date, local: dict[str, str], middle: dict[str, str]) -> int:
    """The figure of the most local change in force."""
    if covers(as_dates(local), clock):
        return 35
    return 40 if covers(as_dates(middle), clock) else 45


def local_file(**sections: Any) -> dict[str, Any]:
    return protocol("local", dates(10, None), **sections)


def test_a_changed_duty_keeps_what_the_change_does_not_name() -> None:
    """Start, done, role and force are the inherited ones; the citation of both is shown."""
    entry = {"rule": "conclude", "within": "40 working days", "cite": ["9.p9"]}
    old, new = variants(resolved(local_file(tightens=[entry]), national()), "conclude")
    assert (new.start, new.done, new.by, new.force) == (old.start, old.done, old.by, old.force)
    assert [one.clause for one in new.cite] == ["1.p1", "9.p9"]
    assert (old.variant, new.variant) == ("", "local")


def test_a_change_of_role_replaces_both_kinds() -> None:
    """`only_by` in place of `by` leaves no second role."""
    value = local_file(
        roles={"worker": {"title": "worker", "counts": ["social_worker"]}},
        tightens=[{"rule": "conclude", "only_by": "worker", "cite": ["9.p9"]}],
    )
    *_, new = variants(resolved(value, national()), "conclude")
    assert (new.by, new.only_by) == (None, "worker")


def test_a_figure_settles_inherited_readings() -> None:
    """Where the local file says which days are meant, the question is closed."""
    open_question = national()
    rule = open_question["checks"][0]["duties"][0]
    del rule["within"]
    rule["readings"] = [{"says": "a", "within": "9 days"}, {"says": "b", "within": "9 weeks"}]
    rule["question"] = "days"
    open_question["questions"] = [{"id": "days", "cite": ["1.p1"], "asks": "Which?"}]
    entry = {"rule": "conclude", "within": "9 days", "cite": ["9.p9"]}
    *_, new = variants(resolved(local_file(tightens=[entry]), open_question), "conclude")
    assert (new.readings, new.question) == ((), None)


def test_a_new_line_has_the_checklist_and_not_the_first_lines_condition() -> None:
    """What a local file adds to a checklist stands beside its lines, not within one of them."""
    line = {"id": "school", "title": "school", "done": "assessment.direct_work_recorded"}
    entry = {"rule": "covers", "items": [line], "cite": ["9.p9"]}
    whole = resolved(local_file(tightens=[entry]), national())
    (added,) = variants(whole, "covers/school")
    assert (added.checklist, added.when, added.effective.start) == (
        "covers", None, datetime.date(2024, 1, 11),
    )  # fmt: skip


def test_a_line_written_again_replaces_that_line_only() -> None:
    """Its new condition stands instead of the old one; the other line is inherited."""
    line = {"id": "seen", "title": "seen alone", "done": "assessment.child_seen_alone"}
    entry = {"rule": "covers", "items": [line], "cite": ["9.p9"]}
    whole = resolved(local_file(tightens=[entry]), national())
    old, new = variants(whole, "covers/seen")
    assert (old.title, new.title, new.when) == ("seen", "seen alone", None)
    assert [duty.title for duty in variants(whole, "covers/home")] == ["home", "home"]


def test_a_restated_checklist_gives_its_clause_to_every_line() -> None:
    """The national clause stays first."""
    whole = resolved(local_file(restates={"covers": ["7.p7"], "covers/home": ["7.p8"]}), national())
    (home,) = variants(whole, "covers/home")
    assert [(one.protocol, one.clause) for one in home.cite] == [
        ("top", "1.p1"), ("local", "7.p7"), ("local", "7.p8"),
    ]  # fmt: skip


def test_a_dropped_duty_is_judged_by_nothing_from_then_on() -> None:
    """Clocks that started before keep the inherited rule."""
    entry = {"rule": "conclude", "dropped": "yes", "reason": "elsewhere", "cite": ["9.p9"]}
    (only,) = variants(resolved(local_file(departs=[entry]), national()), "conclude")
    assert judges(only, FIRST + datetime.timedelta(days=9))
    assert not judges(only, FIRST + datetime.timedelta(days=10))
