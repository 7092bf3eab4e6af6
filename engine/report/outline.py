"""What a report is made of: the parts of a `Summary`, which the text and JSON reports print.

No computing and no layout here; `engine.report.summary` fills it. Named tuples, because a dozen
data classes take ten milliseconds to make, each time that the program starts.
"""

from __future__ import annotations

import datetime
from typing import Literal, NamedTuple

from engine.errors import ExitCode, Problem
from engine.model.finding import Assessment, Gap, Span, Status, Verdict
from engine.model.program import Card, Program
from engine.report.words import Cite


class Line(NamedTuple):
    """One judgement: of a duty or its role result, for one item, in one interval.

    `id` is that of the finding, then `@` and the item's place in the case file, then `#` and the
    number of the interval: `plan-reviewed@cin_plans[0]#2`.
    `what` tells it from the other lines of its entry (`parent 2`, a checklist line's title), and
    is empty where nothing needs telling apart. `days` counts to the due date from the day asked
    about; negative: since.
    """

    id: str
    finding: str
    what: str
    role: bool
    verdict: Verdict
    days: int | None
    cite: tuple[Cite, ...]
    unverified: bool
    unseen: bool
    readings: tuple[Verdict, ...]  # where the text can be read in more than one way

    @property
    def status(self) -> Status:
        return self.verdict.status

    @property
    def gap(self) -> Gap:
        return self.verdict.gap

    @property
    def due(self) -> Span | None:
        return self.verdict.due


class Entry(NamedTuple):
    """A duty, or a checklist shown as one, with those of its lines that belong where it stands.

    `id` is that of the duty or checklist; `agency` names another agency whose duty it is.
    """

    id: str
    title: str
    card: Card  # of a checklist, that of the first line shown
    agency: str | None
    lines: tuple[Line, ...]
    cite: tuple[Cite, ...]
    unverified: bool
    checklist: bool


class Steps(NamedTuple):
    """What is to do by no date: before an event still to come, promptly, or at some time.

    `limit` says which, in words. Of `not_known` more duties under it, it is not known whether they
    are done or apply.
    """

    limit: str
    entries: tuple[Entry, ...]
    not_known: int


class Question(NamedTuple):
    """What must be known: a fact, or whether a list is whole, and for how many duties."""

    need: str  # path of the fact, or of the list
    part: str  # title of the part of the record that holds it
    title: str
    asks: str
    duties: int
    whole_list: bool


class Covering(NamedTuple):
    """A part of the record that `covers` may name, and how many duties silence in it keeps open."""

    covers: str
    duties: int


class Basis(NamedTuple):
    """How much the result rests on: `decided` of `counted` duties, and why the others are not."""

    counted: int
    decided: int
    why_not: tuple[tuple[str, int], ...]  # reason in words, number of duties
    statuses: tuple[tuple[Status, int], ...]  # of the duties counted, and those not applicable


class Engaged(NamedTuple):
    """A threshold, definition or pathway that is reached, or of which it is not known.

    Several pathways about one group, such as the national and the local one for young carers, are
    one: `recorded` has what is recorded of each by its id, in the dictionary's titles.
    """

    recorded: dict[str, tuple[str, ...]]
    kind: Literal["threshold", "definition", "pathway"]
    title: str
    items: tuple[str, ...]
    cite: tuple[Cite, ...]

    @property
    def why(self) -> tuple[str, ...]:
        """What is recorded of them all."""
        return tuple(dict.fromkeys(fact for own in self.recorded.values() for fact in own))


class Uncheckable(NamedTuple):
    """A duty that no record can show, with the pathway or stage that it belongs to."""

    card: Card
    pathway: bool


class Ambiguity(NamedTuple):
    """A question for the authority, on which duties that may apply here depend."""

    id: str
    asks: str
    duties: tuple[str, ...]  # titles


class Summary(NamedTuple):
    """One case as reported. Entries are in the order to read them; other agencies' come last."""

    assessment: Assessment
    program: Program
    exit_code: ExitCode
    nothing_applied: bool
    gaps: tuple[Entry, ...]
    possible_gaps: tuple[Entry, ...]
    due_next: tuple[Entry, ...]
    steps: tuple[Steps, ...]
    questions: tuple[Question, ...]
    lists: tuple[Question, ...]
    coverings: tuple[Covering, ...]
    warnings: tuple[Problem, ...]
    excused: tuple[Entry, ...]
    basis: Basis
    reached: tuple[Engaged, ...]
    may_be_reached: tuple[Engaged, ...]
    uncheckable: tuple[Uncheckable, ...]
    ambiguities: tuple[Ambiguity, ...]
    met: tuple[Entry, ...]
    undetermined: tuple[Entry, ...]
    not_applicable: tuple[Entry, ...]

    @property
    def next_day(self) -> datetime.date | None:
        """The nearest due date still to come."""
        days = [
            line.due.last
            for entry in self.due_next
            for line in entry.lines
            if line.due and line.due.last and line.days is not None and line.days >= 0
        ]
        return min(days, default=None)
