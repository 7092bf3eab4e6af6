"""When a duty's clock starts, which edition judges it, and when it is due, as steps.

In: a duty and the table of its rows. Out: the numbers of the steps (SEMANTICS section 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.compile.steps import Steps
from engine.dates import EVER, NEVER
from engine.errors import Place, Problem
from engine.model.condition import Duration
from engine.model.fact import CASE, Dictionary
from engine.model.protocol import (
    AtOnce,
    Before,
    Dates,
    Duty,
    ListDone,
    Promptly,
    Recurring,
    Within,
)


class Clocks:
    """Compiles starts, editions and limits over the steps of one program."""

    def __init__(self, steps: Steps, dictionary: Dictionary) -> None:
        self.steps = steps
        self.dictionary = dictionary
        self.startless: dict[Place, dict[str, None]] = {}  # duties by where their limit stands

    def problems(self) -> Iterator[Problem]:
        """Limits that count from nothing: one problem for each place where one is written."""
        for place, ids in self.startless.items():
            named = list_of(ids)
            verb = "has" if len(ids) == 1 else "have"
            yield Problem(
                "P404",
                f"{named} {verb} this limit, but no start to count from.",
                place,
                "Say which event starts the clock: add `from`, such as `from: referral.received`.",
            )

    def exists(self, table: str) -> int:
        """The row exists, and every row it stands in."""
        chain = [name for name in self.dictionary.ancestors(table) if name != CASE]
        if not chain:
            return self.steps.constant(table, "yes")
        own = [self.steps.lifted(self.steps.emit("exists", name), table) for name in chain]
        return self.steps.both(table, *sorted(own))

    def start(self, duty: Duty, table: str) -> int | None:
        """The clock's start: `from`, or else the item's opening; None: ever."""
        if duty.start is not None:
            return self.steps.date(duty.start, table, duty.place_of("from"))
        if isinstance(duty.limit, Within | AtOnce | Recurring):
            self.startless.setdefault(_limit_place(duty), {})[duty.checklist or duty.id] = None
        opening = self.dictionary.opening(table)
        if opening is None or isinstance(duty.limit, Before):
            return None
        return self.steps.date(opening, table, duty.place)

    def clock(self, duty: Duty, table: str, start: int | None) -> int:
        """The date whose edition judges: the start, the opening, or gate and A if earlier."""
        if duty.start is not None and start is not None:
            return start
        opening = self.dictionary.opening(table)
        if opening is not None:
            return self.steps.date(opening, table, duty.place)
        asked = self.steps.asked(table)
        if isinstance(duty.limit, Before):
            gate = self.steps.date(duty.limit.gate, table, duty.place_of("before"))
            return self.steps.emit("earliest", table, gate, asked)
        return asked

    def edition(self, duty: Duty, table: str, clock: int) -> int:
        """The clock started while this edition judged."""
        inside = self.inside(duty.effective, table, clock)
        outside = [
            self.steps.emit("not", table, self.steps.both(table, *self.inside(w, table, clock)))
            if self.inside(w, table, clock)
            else self.steps.constant(table, "no")
            for w in duty.superseded
        ]
        if not inside and not outside:
            return self.steps.constant(table, "yes")
        return self.steps.both(table, *inside, *outside)

    def inside(self, window: Dates, table: str, clock: int) -> list[int]:
        out = []
        if window.start:
            first = self.steps.emit("day", table, window.start.toordinal())
            out.append(self.steps.at_most(table, first, clock))
        if window.until:
            last = self.steps.emit("day", table, window.until.toordinal())
            out.append(self.steps.at_most(table, clock, last))
        return out

    def clipped(self, duty: Duty, table: str, start: int) -> int:
        """A start that spans editions, as far as it lies in this one."""
        first, last = EVER, NEVER
        if duty.effective.start:
            first = duty.effective.start.toordinal()
        if duty.effective.until:
            last = duty.effective.until.toordinal()
        for window in duty.superseded:
            if window.start and not window.until:
                last = min(last, window.start.toordinal() - 1)
            elif window.until and not window.start:
                first = max(first, window.until.toordinal() + 1)
        if duty.start is None or (first, last) == (EVER, NEVER):
            return start
        return self.steps.emit("clip", table, start, first, last)

    def limit(self, duty: Duty, table: str, start: int, done: int) -> tuple[int, int]:
        """`due` and `passes` (SEMANTICS section 2, *limit kinds*)."""
        steps = self.steps
        never = steps.never(table)
        if duty.force == "consider":
            return never, never
        match duty.limit:
            case Within(duration):
                due = self.after(table, start, duration)
                passes = steps.emit("add", table, due, 1, "days")
            case AtOnce():
                due, passes = start, steps.emit("add", table, start, 1, "days")
            case Before(gate):
                due = passes = steps.date(gate, table, duty.place_of("before"))
            case Promptly():
                due = passes = steps.asked(table)
            case _:
                due = passes = never
        if isinstance(duty.done, ListDone):
            return due, passes
        return (
            steps.emit("unless_refused", table, due, done),
            steps.emit("unless_refused", table, passes, done),
        )

    def after(self, table: str, start: int, duration: Duration) -> int:
        return self.steps.emit("add", table, start, duration.count, duration.unit)


def list_of(names: Iterable[str]) -> str:
    """`` `a`, `b` and `c` ``."""
    *most, last = (f"`{name}`" for name in names)
    return f"{', '.join(most)} and {last}" if most else last


def _limit_place(duty: Duty) -> Place:
    key = next((key for key in ("within", "every", "readings") if key in duty.places), "")
    return duty.place_of(key)
