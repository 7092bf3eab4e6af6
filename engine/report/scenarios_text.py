"""What came of scenarios, on a terminal: expected against found, and how many hold.

In: outcomes. Out: text. Statuses, gaps and keys are written as a scenario file has them, so that
they can be copied; dates as people write them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from engine.model.finding import Finding
from engine.model.scenario import Outcome, Shortfall
from engine.report.harmless import harmless
from engine.report.page import Page, Piece
from engine.report.words import day_in_words, listed, number_of

MOST_SHOWN = 50
_MOST_ITEMS = 2  # of a list, with their reasons


def scenarios_text(outcomes: Sequence[Outcome], invalid: int, *, width: int, colour: bool) -> str:
    """A block for each scenario that does not hold, then a line that sums up.

    `invalid`: how many files hold something invalid, which was not run.
    """
    page = Page(width, colour=colour)
    short = [outcome for outcome in outcomes if outcome.shortfalls]
    for outcome in short[:MOST_SHOWN]:
        _block(page, outcome)
        page.blank()
    if more := short[MOST_SHOWN:]:
        page.paragraph([Piece(f"{len(more):,} more do not hold; mend these first.")])
        page.blank()
    page.paragraph([Piece(summary(outcomes, invalid), "bad" if short or invalid else "good")])
    return page.text()


def summary(outcomes: Sequence[Outcome], invalid: int) -> str:
    """`1,006 scenarios hold, in 66 files.`"""
    short = [outcome for outcome in outcomes if outcome.shortfalls]
    every = number_of(len(outcomes), "scenario")
    files = number_of(len({outcome.scenario.place.file for outcome in outcomes}), "file")
    if short:
        said = f"{len(short):,} of {every} {'does' if len(short) == 1 else 'do'} not hold."
    else:
        said = f"{every} {'holds' if len(outcomes) == 1 else 'hold'}, in {files}."
    if not invalid:
        return said
    some = number_of(invalid, "file has a mistake", "files have mistakes")
    some += "; what has one was not run."
    return f"{said} {some}" if outcomes else f"Nothing was run. {some}"


def expected_in_words(short: Shortfall) -> str:
    """`late, due 11 November 2025`: what a scenario expects and is not so."""
    said = [_DETAILS[name](value) for name, value in short.missing.items()]
    if short.never:
        said.append(f"not {' or '.join(short.never)}")
    return ", ".join(said)


def found_in_words(short: Shortfall) -> str:
    """`overdue, a gap (…)`: what was found instead, with the reasons."""
    finding = short.finding
    if finding is None:
        return "no such duty in the protocol"
    said: list[str] = [finding.status]
    if {"status", "gap"} & short.missing.keys():
        said.append(_gap(finding.gap))
    if "due" in short.missing:
        days = [day_in_words(day) for day in finding.due_days]
        said.append(f"due {listed(days)}" if days else "no due date")
    if "needs" in short.missing:
        needs = dict.fromkeys(need for one in finding.instances for need in one.verdict.needs)
        said.append(f"needs {', '.join(needs) or 'nothing'}")
    if "force" in short.missing:
        said.append(f"asked as `{short.force}`")
    if "items" in short.missing:
        said += [f"{one.item}: {one.verdict.status}" for one in finding.instances]
    why = " ".join(_reasons(finding))
    return f"{', '.join(said)}. {why}".strip()


def _block(page: Page, outcome: Outcome) -> None:
    scenario = outcome.scenario
    where = f"{scenario.place.file}:{scenario.place.line}"
    page.paragraph([Piece(harmless(where), "faint"), Piece(harmless(scenario.title), "strong")])
    for short in outcome.shortfalls:
        whose = f"({short.case})" if len(scenario.cases) > 1 else ""
        listed = " (its `gaps`)" if short.place == scenario.places.get("gaps") else ""
        place = f"line {short.place.line}{listed}"
        page.paragraph([Piece(short.duty), Piece(whose), Piece(place, "faint")], indent=4)
        lead = Piece("- expected", "good")
        page.paragraph([Piece(expected_in_words(short))], indent=17, lead=lead, at=6)
        lead = Piece("+ found", "bad")
        page.paragraph([Piece(found_in_words(short))], indent=17, lead=lead, at=6)


def _reasons(finding: Finding) -> Iterator[str]:
    """Why it has the status it has, of the first items that have it."""
    those = [one for one in finding.instances if one.verdict.status == finding.status]
    several = len(finding.instances) > 1
    for one in those[:_MOST_ITEMS]:
        yield f"{one.name}: {one.verdict.why}" if several else one.verdict.why
    if len(those) > _MOST_ITEMS:
        yield f"And {len(those) - _MOST_ITEMS} more."


def _gap(gap: str) -> str:
    return {"yes": "a gap", "no": "no gap"}.get(gap, "gap undetermined")


_DETAILS: dict[str, Callable[[Any], str]] = {
    "status": str,
    "gap": _gap,
    "due": lambda day: f"due {day_in_words(day)}",
    "reason": lambda reason: f"the reason “{reason}”",
    "needs": lambda needs: f"needs {', '.join(needs)}",
    "force": "asked as `{}`".format,
    "items": lambda items: ", ".join(f"{item}: {status}" for item, status in items.items()),
}
