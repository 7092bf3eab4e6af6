"""The laws of SEMANTICS section 4, on random protocols and cases, against the naive evaluator."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from engine.compile import compile_protocol
from engine.evaluate import evaluate
from engine.model import condition as c
from engine.model.case import Case, Coverage, Item
from engine.model.finding import Assessment, Instance, Status, Verdict
from engine.model.protocol import Dates, Duty, ListDone, Promptly, Protocol, Recurring, Within
from tests.laws.additions import added_facts, added_items
from tests.reference.build import facts_read, length, protocol, tables_read
from tests.reference.conditions import EVENTS
from tests.reference.examples import TEN, referral
from tests.reference.generate import Situation, situations
from tests.reference.generate_cases import cases
from tests.reference.naive import outcomes
from tests.reference.small_dictionary import SMALL

MORE_IN_COMPLETIONS: Mapping[Status, set[Status]] = {
    "met": {"met"},
    "excused": {"excused"},
    "late": {"late", "excused"},
    "overdue": {"overdue", "late", "excused"},
    "not_evidenced": {"not_evidenced", "late", "excused"},
    "outstanding": {"outstanding", "not_applicable"},
    "not_applicable": {"not_applicable", "met"},
}
NOT_DONE: set[Status] = {"overdue", "not_evidenced"}
A_GAP = {"late", "overdue", "not_evidenced"}
NO_GAP = {"met", "excused", "outstanding", "not_applicable"}

Verdicts = dict[tuple[str, str], Verdict]


def assessed(
    situation: Situation, *written: Case, asked: datetime.date | None = None
) -> list[Assessment]:
    program = compile_protocol(situation.protocol, SMALL)
    return evaluate(
        program, list(written) or [situation.case], SMALL, asked or situation.asked, situation.today
    )


def instances(assessment: Assessment) -> dict[tuple[str, str], Instance]:
    """The instances of each duty by item, `referrals[?]` for the one an open list may hold."""
    return {
        (finding.id, one.item): one for finding in assessment.findings for one in finding.instances
    }


def seen(assessment: Assessment) -> Verdicts:
    """The verdict of each duty for each item on record."""
    return {key: one.verdict for key, one in instances(assessment).items() if not one.unseen}


def gaps(assessment: Assessment) -> dict[tuple[str, str], str]:
    return {key: verdict.gap for key, verdict in seen(assessment).items()}


def definite(assessment: Assessment) -> dict[tuple[str, str], str]:
    return {key: gap for key, gap in gaps(assessment).items() if gap != "undetermined"}


# Law 1


@given(situations(), st.data())
def test_a_caseload_of_n_is_n_caseloads_of_one(situation: Situation, data: DataObject) -> None:
    """Each case gets the same assessment alone and among others."""
    end = situation.case.as_of
    assert end is not None
    others = [
        data.draw(cases(situation.protocol, end, label=f"case-{number}")) for number in (2, 3)
    ]
    written = [situation.case, *others]
    together = assessed(situation, *written)
    assert together == [assessed(situation, one)[0] for one in written]


# Laws 2 and 7


@given(situations(), st.randoms(use_true_random=False))
def test_a_definite_gap_is_that_of_every_completion(situation: Situation, random: Random) -> None:
    """No gap, yes or no, rests on a guess."""
    (assessment,) = assessed(situation)
    said = instances(assessment)
    for world in situation.worlds(40, random):
        for (duty, row), outcome in outcomes(situation.protocol, SMALL, world).items():
            one = said.get((duty, world.rows[row].item))
            assert one or not world.rows[row].seen
            if one:
                assert one.verdict.gap in (outcome.gap, "undetermined"), (duty, one, world)


@given(situations(), st.randoms(use_true_random=False))
def test_a_status_holds_in_every_completion(situation: Situation, random: Random) -> None:
    """But late may prove excused, overdue late, outstanding over, and the inapplicable met.

    Of a duty with intervals and readings each must be settled: an open one may yet turn out worse.
    Asked of a day after the record, a recurring duty may have another interval, to come.
    Whether silence is to blame can't be told while a word is unknown or a list open.
    """
    (assessment,) = assessed(situation)
    said = {key: possible_statuses(one) for key, one in instances(assessment).items()}
    record_ends = situation.asked > assessment.record_to
    perhaps_silent = {one.id for one in situation.protocol.duties if may_be_silent(one.done)}
    recurring = {one.id for one in situation.protocol.duties if isinstance(one.limit, Recurring)}
    for world in situation.worlds(40, random):
        for (duty, row), outcome in outcomes(situation.protocol, SMALL, world).items():
            possible = said.get((duty, world.rows[row].item))
            if possible is not None:
                if record_ends and duty in recurring:
                    possible = possible | {"outstanding"}
                if possible & NOT_DONE and duty in perhaps_silent:
                    possible = possible | NOT_DONE
                assert outcome.readings <= possible, (duty, outcome, world)


def possible_statuses(one: Instance) -> set[Status] | None:
    """The statuses that completions may have; None where the instance leaves something open."""
    verdicts = (one.verdict, *one.parts)
    if not settled(list(verdicts)):
        return None
    return set().union(*(MORE_IN_COMPLETIONS[verdict.status] for verdict in verdicts))


def may_be_silent(done: c.Condition | ListDone | None) -> bool:
    """Does `done` ask for a circumstance, whose unknown word can prove wrong, or for an item?

    Then silence and its absence are told apart by the record, not by how it turns out.
    """
    match done:
        case ListDone():
            return True
        case c.Fact():
            return SMALL.facts[done.fact].kind not in EVENTS
        case c.All(parts) | c.Any(parts):
            return any(map(may_be_silent, parts))
        case _:
            return False


# Laws 3 and 4


@given(situations(), st.data())
def test_a_fact_added_never_changes_a_definite_gap(situation: Situation, data: DataObject) -> None:
    """Where nothing was recorded and silence says nothing, a new fact only settles.

    The end of a recurring duty is left out: it may contradict the occasions that prove it alive.
    """
    end = situation.case.as_of
    assert end is not None
    ends = {one.until for one in situation.protocol.duties if isinstance(one.limit, Recurring)}
    reads, tables = facts_read(situation.protocol) - ends, tables_read(situation.protocol)
    more = data.draw(
        added_facts(situation.case, reads, end) | added_items(situation.case, reads, tables, end)
    )
    before, after = definite(assessed(situation)[0]), gaps(assessed(situation, more)[0])
    assert {key: after[key] for key in before} == before


@given(situations(), st.data())
def test_covering_a_part_only_settles(situation: Situation, data: DataObject) -> None:
    """A part covered turns undetermined into definite, never back."""
    covers = sorted({part.covers for part in SMALL.parts.values()})
    coverage = situation.case.coverage
    name = data.draw(st.sampled_from(covers))
    covered = Coverage({**coverage.parts, name: None}, coverage.facts, coverage.lists)
    more = dataclasses.replace(situation.case, coverage=covered)
    before, after = definite(assessed(situation)[0]), gaps(assessed(situation, more)[0])
    assert {key: after[key] for key in before} == before


# Law 5


def stays_true(condition: c.Condition | None) -> bool:
    """Does it hold on every later day once it holds?"""
    match condition:
        case None:
            return True
        case c.Fact():
            return (
                condition.values == ("yes",) or SMALL.facts[condition.fact].kind == "circumstance"
            )
        case c.All(parts) | c.Any(parts):
            return all(map(stays_true, parts))
        case _:
            return False


def lasting(made: Duty) -> Duty:
    """The duty without what passing time may turn: excuses, editions, conditions that end."""
    return dataclasses.replace(
        made,
        when=made.when if stays_true(made.when) else None,
        scope=(None, None),
        excused_by=None,
        effective=Dates(),
        superseded=(),
        readings=() if any("when" in r.changes for r in made.readings) else made.readings,
    )


def without_second_editions(original: Protocol) -> Protocol:
    kept = tuple(lasting(one) for one in original.duties if not one.variant)
    return dataclasses.replace(original, duties=kept)


@given(situations(), st.integers(1, 40))
def test_a_gap_stays_as_time_passes(situation: Situation, days: int) -> None:
    """Asked later of the same record; promptly excepted."""
    lasts = dataclasses.replace(situation, protocol=without_second_editions(situation.protocol))
    later = situation.asked + datetime.timedelta(days=days)
    prompt = {one.id for one in lasts.protocol.duties if isinstance(one.limit, Promptly)}
    before, after = seen(assessed(lasts)[0]), seen(assessed(lasts, asked=later)[0])
    for (duty, where), verdict in before.items():
        if verdict.gap == "yes" and duty not in prompt:
            assert after[duty, where].gap == "yes", (duty, where)
        if verdict.status in ("overdue", "not_evidenced"):
            assert after[duty, where].status != "outstanding", (duty, where)


# Law 6


@given(situations())
def test_status_and_gap_go_together(situation: Situation) -> None:
    """A gap is late, overdue or not evidenced, and none of the definite others is."""
    (assessment,) = assessed(situation)
    for finding in assessment.findings:
        for one in finding.instances:
            for verdict in (one.verdict, *one.parts):
                assert verdict.gap != "yes" or verdict.status in A_GAP
                assert verdict.status not in A_GAP or verdict.gap != "no"
                assert verdict.status not in NO_GAP or verdict.gap == "no"


# Law 8

CHANGES = (datetime.date(2025, 3, 3), datetime.date(2025, 3, 10))
EDITIONS = tuple(
    dataclasses.replace(
        TEN, limit=Within(length(f"{days} days")), variant=variant,
        effective=Dates(first, None), superseded=() if last is None else (Dates(last, None),),
    )
    for days, variant, first, last in (
        (1, "", None, CHANGES[0]),
        (2, "middle", CHANGES[0], CHANGES[1]),
        (4, "newest", CHANGES[1], None),
    )
)  # fmt: skip


@given(st.dates(datetime.date(2025, 2, 25), datetime.date(2025, 3, 20)))
def test_exactly_one_edition_judges(start: datetime.date) -> None:
    """The due date is that of the edition in force when the clock started, and no other's."""
    written = referral("2025-04-30", received=start.isoformat(), acknowledged="no")
    situation = Situation(protocol(*EDITIONS), written, written.as_of or start, start)
    (verdict,) = seen(assessed(situation)[0]).values()
    days = 1 if start < CHANGES[0] else 2 if start < CHANGES[1] else 4
    assert verdict.due is not None
    assert verdict.due.first == verdict.due.last == start + datetime.timedelta(days=days)
    assert (verdict.status, verdict.gap) == ("overdue", "yes")


# Order


def turned(record: Item) -> Item:
    """The same record with its facts and parts written in the opposite order."""
    return Item(
        dict(reversed(record.facts.items())),
        {name: turned(part) for name, part in reversed(record.parts.items())},
        {name: tuple(map(turned, found)) for name, found in reversed(record.lists.items())},
    )


@given(situations())
def test_the_order_of_facts_is_irrelevant(situation: Situation) -> None:
    """A file says the same however it is ordered."""
    coverage = situation.case.coverage
    again = dataclasses.replace(
        situation.case,
        record=turned(situation.case.record),
        coverage=dataclasses.replace(coverage, parts=dict(reversed(coverage.parts.items()))),
    )
    assert assessed(situation) == assessed(situation, again)


@given(situations())
def test_the_order_of_items_is_irrelevant(situation: Situation) -> None:
    """Lists turned round give the same verdicts at the places turned round."""
    record = situation.case.record
    lists = {name: tuple(reversed(found)) for name, found in record.lists.items()}
    again = dataclasses.replace(situation.case, record=dataclasses.replace(record, lists=lists))
    moved: dict[str, str] = {}
    for name, found in lists.items():
        key = SMALL.parts[name].key
        moved |= {f"{key}[{i}]": f"{key}[{len(found) - 1 - i}]" for i in range(len(found))}

    def place(where: str) -> str:
        head, dot, rest = where.partition(".")
        return moved.get(head, head) + dot + rest

    before, after = seen(assessed(situation)[0]), seen(assessed(situation, again)[0])
    turned_round = {(duty, place(where)): verdict for (duty, where), verdict in after.items()}
    assert {k: (v.status, v.gap) for k, v in before.items()} == {
        k: (v.status, v.gap) for k, v in turned_round.items()
    }


# To the case

WORST_FIRST = ("overdue", "not_evidenced", "late", "undetermined gap", "outstanding",
               "undetermined", "excused", "met", "not_applicable")  # fmt: skip


def rank(verdict: Verdict) -> int:
    """SEMANTICS section 2: gap yes, gap undetermined, outstanding, …"""
    name: str = "undetermined gap" if verdict.gap == "undetermined" else verdict.status
    return WORST_FIRST.index(name)


@given(situations())
def test_a_finding_is_its_worst_instance(situation: Situation) -> None:
    """The gap of any item; the status worst first; decided if every item and interval is."""
    for finding in assessed(situation)[0].findings:
        verdicts = [one.verdict for one in finding.instances]
        if not verdicts:
            assert (finding.status, finding.gap) == ("not_applicable", "no")
            continue
        found = {verdict.gap for verdict in verdicts}
        expected = "yes" if "yes" in found else "undetermined" if "undetermined" in found else "no"
        assert finding.gap == expected
        worst = min(verdicts, key=rank)
        assert finding.status == worst.status
        parts = [part for one in finding.instances for part in one.parts]
        assert finding.decided <= settled(verdicts)
        assert finding.decided >= settled([*verdicts, *parts])


def settled(verdicts: list[Verdict]) -> bool:
    """Is nothing left open in any of them?"""
    return not any("undetermined" in (verdict.status, verdict.gap) for verdict in verdicts)
