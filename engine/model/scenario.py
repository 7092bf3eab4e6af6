"""Worked cases with what a protocol must say of them, and where it says something else.

Made by `engine.scenarios`; `engine.analysis` counts what they cover, `engine.report` shows them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.errors import Place
from engine.model.case import Case
from engine.model.finding import Finding


class Expectation(NamedTuple):
    """What must be said of one duty, or must not.

    `details` by `status`, `gap`, `due` (a day), `reason`, `needs`, `items`, `force`; `never`:
    statuses that would be wrong. `label`: of which case of a household it is said (None: of each).
    """

    duty: str
    label: str | None
    details: dict[str, Any]
    never: tuple[str, ...]
    place: Place


@dataclass(frozen=True, eq=False)
class Scenario:
    """One scenario: its cases (several where a household is named) and what is expected.

    `expect` and `not_expected` go by the name as written: `duty`, `duty/item`, `duty/role`,
    `label: duty`. `gaps` are all the duties with a definite gap, where the scenario lists them.
    `places` are those of its keys.
    """

    title: str
    protocol: str
    cases: tuple[Case, ...]
    asked: datetime.date | None
    expect: dict[str, Expectation]
    not_expected: dict[str, Expectation]
    gaps: tuple[str, ...] | None
    place: Place
    places: dict[str, Place]

    def expectations(self) -> Iterator[Expectation]:
        """All that is said of single duties."""
        yield from self.expect.values()
        yield from self.not_expected.values()

    def names(self) -> set[str]:
        """The results it names, such as `duty` and `duty/role`."""
        return {one.duty for one in self.expectations()} | set(self.gaps or ())


class Shortfall(NamedTuple):
    """Where a protocol does not say of a duty, in the case `case`, what a scenario expects.

    `missing` are the details that were not found; `never`: that its status is one of these. The
    `finding` is None where the protocol has no such duty.
    """

    duty: str
    case: str
    missing: dict[str, Any]
    never: tuple[str, ...]
    finding: Finding | None
    place: Place
    force: str = ""  # how strongly the duty is asked


class Outcome(NamedTuple):
    """A scenario that was run, with all that came out otherwise."""

    scenario: Scenario
    shortfalls: tuple[Shortfall, ...]
