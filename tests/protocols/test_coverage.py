"""Scenarios cover each protocol: every rule at work, silent and undecided, and its limits.

`engine.analysis.coverage` counts, and says what is missing; a side counts only where a scenario
expects it and evaluation says so. `protocol test --coverage` shows the same.
"""

from __future__ import annotations

from functools import cache

import pytest

from engine.analysis.coverage import Coverage
from engine.cli.scenario_runs import coverage_by_protocol, run_scenarios
from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.protocol import Protocol
from engine.packs import Pack, find_protocol
from engine.pipeline import shipped
from engine.scenarios.files import scenario_files
from engine.validate import validate

every_protocol = pytest.mark.parametrize("name", shipped())


@cache
def own(name: str) -> Protocol:
    """A shipped protocol as its own file says it."""
    path = data_folder("protocols") / f"{name}.yaml"
    return validate(read_document(path, most_bytes=1_000_000), read_dictionary())


@cache
def covered(name: str) -> Coverage:
    """What the scenarios of a shipped protocol cover of it."""
    folder = Pack.of(find_protocol(name)).scenarios / name
    runs = run_scenarios(scenario_files([str(folder)]), read_dictionary())
    assert not runs.problems
    (coverage,) = coverage_by_protocol(runs, read_dictionary())
    return coverage


@every_protocol
def test_scenarios_show_every_side_of_each_rule(name: str) -> None:
    """At work, silent, undecided; a limit, also of each reading, before and after it passed.

    So is each excuse, and whether it was the right person; of a changed rule what the change is
    about.
    """
    assert covered(name).rules
    assert not {one.rule: [*one.missing] for one in covered(name).rules if one.missing}


@every_protocol
def test_each_encoded_clause_has_a_rule_at_work(name: str) -> None:
    """Through the ledgers of the protocol's documents."""
    assert covered(name).clauses
    assert not [one.clause for one in covered(name).clauses if one.shown is False]


@every_protocol
def test_every_duty_of_the_file_is_counted(name: str) -> None:
    """Nothing that a record can show is left out of the count, nor is a rule that is changed."""
    checkable = {duty.id for duty in own(name).duties if not duty.not_checkable}
    counted = {one.rule for one in covered(name).rules}
    national = own(name).extends
    unchecked = {d.id for d in own(national).duties if d.not_checkable} if national else set()
    changed = {one.rule for one in own(name).changes if not one.dropped} - unchecked
    assert checkable <= counted
    assert changed <= counted | {rule.partition("/")[0] for rule in counted}


@every_protocol
def test_what_is_left_open_is_asked(name: str) -> None:
    """A duty with readings, or one that rests on an open question, names one the file asks."""
    asked = {question.id for question in own(name).questions}
    assert not [
        d.id for d in own(name).duties if (d.readings or d.question) and d.question not in asked
    ]
