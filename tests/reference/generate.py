"""Random protocols over every construct and random cases over every recorded form.

In: nothing. Out: hypothesis strategies for a `Situation`: a protocol of a few duties over the small
dictionary, a case whose days lie near R, and the day asked about. Limits are a few days long, so
that each side of each limit is met often and a sample of completions says much.
"""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from engine.model import condition as c
from engine.model.case import Case
from engine.model.fact import CASE
from engine.model.protocol import (
    AtOnce,
    Before,
    Conclusion,
    Dates,
    Duty,
    Limit,
    Promptly,
    Protocol,
    Reading,
    Recurring,
    Within,
)
from tests.reference.build import HERE, fact, facts_read, listed, tables_read
from tests.reference.build import conclusion as named_condition
from tests.reference.build import duty as plain_duty
from tests.reference.build import protocol as resolved
from tests.reference.completions import Completions
from tests.reference.generate_cases import births, cases, days_near
from tests.reference.generate_conditions import (
    DURATIONS,
    Scope,
    conditions,
    dates_in_reach,
    reachable,
    table_of,
    words,
)
from tests.reference.small_dictionary import SMALL
from tests.reference.world import World

RECORDS_TO = tuple(
    datetime.date.fromisoformat(day)
    for day in ("2025-01-08", "2024-12-30", "2025-04-22", "2024-03-01")
)
TABLES = (
    None,
    "referrals",
    "assessment.agencies",
    "cin_plans",
    "cin_plans",
    "cin_plan.reviews",
    "hospital_stays",
    "court_reports",
)


@dataclass(frozen=True)
class Situation:
    """A protocol, a case and the day asked about."""

    protocol: Protocol
    case: Case
    asked: datetime.date
    today: datetime.date

    def worlds(self, most: int, random: Random) -> list[World]:
        """All or a sample of the completions of the case."""
        end = self.case.as_of or self.today
        plan = Completions(
            self.case, SMALL, self.asked.toordinal(), self.today, facts_read(self.protocol),
            tables_read(self.protocol), days_near(end), special={"child.born": births(end)},
        )  # fmt: skip
        return list(plan.worlds(most, random))


@st.composite
def evidence(draw: DrawFn, table: str) -> c.Condition:
    """What `done` may say: events, their combinations, circumstances, items of a nested list."""
    events = st.sampled_from([f.path for f in reachable(table, "event") if f.evidence]).map(fact)
    kind = draw(st.sampled_from(("event", "event", "event", "all", "any", "word", "items")))
    if kind == "word":
        return draw(words(table).filter(lambda w: isinstance(w, c.Fact)))
    if kind == "items" and table in ("referral", "agency"):
        inner = draw(st.sampled_from(("agency.contacted", "agency.contributed")))
        where = draw(st.none() | st.just(fact("agency.holds_information")))
        if draw(st.booleans()):
            return c.Some("assessment.agencies", fact(inner), HERE)
        return c.Every("assessment.agencies", where, fact(inner), HERE)
    if kind in ("all", "any"):
        parts = tuple(draw(st.lists(events | words(table), min_size=2, max_size=3)))
        return c.All(parts) if kind == "all" else c.Any(parts)
    return draw(events)


def likely_dates(table: str) -> list[str]:
    """The dates in reach, those of the table's own part several times."""
    dates = dates_in_reach(table)
    own = [path for path in dates if path.startswith(f"{table}.")]
    return [*own * 4, *dates]


@st.composite
def limits(draw: DrawFn, table: str) -> Limit:
    figure = st.sampled_from(DURATIONS).map(Within)
    gates = st.sampled_from(likely_dates(table)).map(Before)
    limit: Limit = draw(
        st.one_of(figure, figure, gates, gates, st.just(AtOnce()), st.just(Promptly()), st.none())
    )
    return limit


@st.composite
def duties(draw: DrawFn, number: int, scope: Scope, end: datetime.date) -> list[Duty]:
    """One duty, with its editions where a later one tightens it."""
    for_each = draw(st.sampled_from(TABLES))
    scope = dataclasses.replace(scope, table=table_of(for_each))
    limit = draw(limits(scope.table))
    dates = st.sampled_from(likely_dates(scope.table))
    needs_start = isinstance(limit, Within | AtOnce)
    often = st.sampled_from((False, True))
    seldom = st.sampled_from((False, False, False, True))
    lists = st.sampled_from(("cin_plan.reviews", "hospital_stays")).map(listed)
    made = plain_duty(
        f"duty-{number}",
        for_each=for_each,
        force=draw(st.sampled_from(("must", "will", "should"))),
        when=draw(conditions(scope)) if draw(often) else None,
        start=draw(dates) if needs_start or draw(seldom) else None,
        limit=limit,
        until=draw(dates) if draw(seldom) else None,
        done=draw(lists) if draw(seldom) else draw(evidence(scope.table)),
        excused_by=draw(conditions(scope, 1)) if draw(seldom) else None,
    )
    if limit is None and draw(st.integers(0, 3)) == 0:
        made = dataclasses.replace(made, force="consider")
    if for_each == "cin_plans" and draw(st.integers(0, 2)):
        made = draw(recurring(made))
    made = draw(checked_by_role(made))
    if draw(st.integers(0, 4)) == 0:
        made = draw(with_readings(made, scope))
    return draw(editions(made, end))


@st.composite
def recurring(draw: DrawFn, made: Duty) -> Duty:
    days = st.sampled_from(
        [c.Duration(n, "days") for n in (1, 2, 3, 5)] + [c.Duration(2, "working days")]
    )
    return dataclasses.replace(
        made,
        force="must",
        start=draw(st.sampled_from(("cin_plan.started", "cin_plan.agreed_at_meeting"))),
        limit=Recurring(then=draw(days), first=draw(days)),
        until=draw(st.sampled_from((None, "cin_plan.ended", "cin_plan.ended"))),
        done=listed("cin_plan.reviews"),
    )


@st.composite
def checked_by_role(draw: DrawFn, made: Duty) -> Duty:
    """Sometimes `only_by`, where `done` is one event."""
    one_event = isinstance(made.done, c.Fact) and SMALL.facts[made.done.fact].kind == "event"
    if not one_event or made.force == "consider" or draw(st.integers(0, 2)):
        return made
    return dataclasses.replace(made, only_by=draw(st.sampled_from(("manager", "social_worker"))))


@st.composite
def with_readings(draw: DrawFn, made: Duty, scope: Scope) -> Duty:
    """Two readings of the limit, the start, the role or the condition."""
    fields: dict[str, SearchStrategy[object]] = {"when": conditions(scope, 1)}
    if draw(st.booleans()):
        made = dataclasses.replace(made, scope=(made.when, None))
    if isinstance(made.limit, Within):
        fields["limit"] = st.sampled_from(DURATIONS).map(Within)
    if made.start is not None and not isinstance(made.limit, Recurring):
        fields["start"] = st.sampled_from(dates_in_reach(scope.table))
    if isinstance(made.limit, Recurring):
        fields["start"] = st.sampled_from(("cin_plan.started", "cin_plan.agreed_at_meeting"))
    if made.only_by is not None:
        fields["only_by"] = st.sampled_from(("manager", "social_worker"))
    name = draw(st.sampled_from(sorted(fields)))
    readings = tuple(Reading(says, {name: draw(fields[name])}) for says in ("one way", "the other"))
    return dataclasses.replace(made, readings=readings, question="which")


@st.composite
def editions(draw: DrawFn, made: Duty, end: datetime.date) -> list[Duty]:
    """The duty alone, within dates of its own, or followed by a tightened edition."""
    kind = draw(st.sampled_from(("open", "open", "open", "dated", "tightened")))
    change = end + datetime.timedelta(days=draw(st.integers(-7, 2)))
    if kind == "open":
        return [made]
    if kind == "dated":
        return [dataclasses.replace(made, effective=Dates(change, None))]
    window = Dates(change, None)
    older = dataclasses.replace(made, superseded=(window,))
    newer = dataclasses.replace(made, effective=window, variant="local")
    if isinstance(made.limit, Within):
        newer = dataclasses.replace(newer, limit=Within(draw(st.sampled_from(DURATIONS))))
    else:
        newer = dataclasses.replace(newer, excused_by=None)
    return [older, newer]


@st.composite
def protocols(draw: DrawFn, end: datetime.date, most: int = 3) -> Protocol:
    """A few duties, each able to name the thresholds, definitions and duties before it."""
    found: list[Conclusion] = []
    for number in range(draw(st.integers(0, 2))):
        for_each = draw(st.sampled_from((None, "referrals", "cin_plans")))
        scope = Scope(table_of(for_each), (), found)
        kind = draw(st.sampled_from(("threshold", "definition")))
        when = draw(conditions(scope, 1))
        found.append(
            named_condition(f"conclusion-{number}", kind=kind, for_each=for_each, when=when)
        )
    made: list[Duty] = []
    for number in range(draw(st.integers(1, most))):
        made += draw(duties(number, Scope(CASE, tuple(made), tuple(found)), end))
    return resolved(*made, conclusions=tuple(found))


@st.composite
def situations(draw: DrawFn, most: int = 3) -> Situation:
    """A protocol, a case, and a day asked about that is mostly R."""
    end = draw(st.sampled_from(RECORDS_TO))
    protocol = draw(protocols(end, most))
    case = draw(cases(protocol, end))
    asked = end + datetime.timedelta(days=draw(st.sampled_from((0, 0, 0, -3, -1, 1, 4))))
    return Situation(protocol, case, asked, max(end, asked))
