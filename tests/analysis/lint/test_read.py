"""What lint sees by reading: names nothing uses, a must without a statute, time, facts."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from engine.analysis.lint import asked, lint
from engine.proof.question import example
from tests.analysis.lint.made_up import HEAD, checked, codes, dictionary, linted, read, text, the

IT = "- {id: it, title: It, done: referral.acknowledged%s}"
DEFINED = """
definitions:
  - {id: young, title: Under 5, when: {age: {at: as_of, under: 5}}, cite: [1.p1]}
"""


def test_a_role_that_no_duty_names_is_found() -> None:
    """Whoever is named by `only_by` is named, too."""
    role = "  manager: {title: the manager, counts: [team_manager]}\nchecks:"
    wrong, near = (text(IT % more).replace("checks:", role) for more in ("", ", only_by: manager"))
    assert the("W101", wrong).rules == ("manager",)
    assert "manager" not in {rule for one in linted(near) for rule in one.rules}


def test_a_definition_that_no_condition_asks_for_is_found() -> None:
    """However deep in a condition it is asked for, it is used."""
    wrong = text(IT % "", DEFINED)
    near = text(IT % ", when: {not: {any: [{definition: young}, child.disabled]}}", DEFINED)
    assert the("W102", wrong).rules == ("young",)
    assert "W102" not in codes(near)


def test_a_must_without_a_statute_is_found() -> None:
    """One finding for each place where the word stands."""
    wrong = text(IT % ", force: must")
    found = the("W103", wrong)
    assert checked(found.case, read(wrong)[1]).findings[0].status != "not_applicable"
    assert codes(text(IT % ", force: must, law: [An Act 2000 s1]")) == []
    duties = IT % "" + "\n- {id: more, title: More, done: referral.feedback_given}"
    both = text(duties).replace("force: should", "force: must")
    assert the("W103", both).rules == ("it", "more")


def test_the_inherited_word_of_a_duty_changed_here_is_not(tmp_path: Path) -> None:
    """It is the national file's to mend."""
    from engine.pipeline import load_protocol, resolved

    national = text(IT % ", force: must, from: referral.received, within: 2 weeks")
    local = HEAD.replace("anyshire", "local").replace("from: 2024", "from: 2025")
    local = local.replace("documents:", "extends: anyshire\ndocuments:").split("roles:")[0]
    local += "tightens:\n  - {rule: it, within: 1 week, cite: [2.p1]}\n"
    (tmp_path / "anyshire.yaml").write_text(national, encoding="utf-8")
    path = tmp_path / "local.yaml"
    path.write_text(local, encoding="utf-8")
    found = lint(resolved(str(path), dictionary()), load_protocol(str(path)), dictionary(), {})
    assert found == []


def test_a_rule_that_rests_on_mere_information_is_found() -> None:
    """What the ledger says of the clause decides; a clause that it does not know says nothing."""
    file, information = text(IT % ""), {("guide", "1.p1"): "information"}
    assert [one.problem.code for one in linted(file, information)] == ["W104"]
    assert linted(file, {("guide", "1.p1"): "encoded", ("guide", "1.p2"): "information"}) == []


FALLING = [
    "{age: {at: as_of, under: 18}}",
    "{not: {age: {at: as_of, at_least: 18}}}",
    "{assessment.started: no}",
    "{not: assessment.started}",
    "{not: {elapsed: {from: child.born, at_least: 12 months}}}",
]
LASTING = [
    "{age: {at: referral.received, under: 18}}",
    "{age: {at: as_of, at_least: 16}}",
    "assessment.started",
    "{elapsed: {from: child.born, at_least: 12 months}}",
    "{not: child.disabled}",
]
LIMIT = ", from: referral.received, within: 1 week, when: "


@pytest.mark.parametrize("when", FALLING)
def test_a_condition_that_time_turns_is_found(when: str) -> None:
    """A gap would vanish as the child grows older, or something is done at last."""
    wrong = text(IT % (LIMIT + when))
    found = the("W105", wrong)
    assert checked(found.case, read(wrong)[1]).findings[0].status != "not_applicable"


@pytest.mark.parametrize("when", LASTING)
def test_a_condition_that_time_does_not_turn_is_not(when: str) -> None:
    """Time alone can't end it."""
    assert codes(text(IT % (LIMIT + when))) == []


def test_without_a_limit_time_takes_no_gap_back() -> None:
    """There is none to take back."""
    assert codes(text(IT % f", when: {FALLING[0]}")) == []


def test_a_fact_asked_for_twice_in_a_condition_is_found() -> None:
    """With two answers; several values of one question are one."""
    twice = (
        "{any: [{all: [child.disabled, assessment.started]}, "
        "{all: [{child.disabled: no}, assessment.concluded]}]}"
    )
    once = "{any: [child.disabled, assessment.started, {not: assessment.concluded}]}"
    assert the("W106", text(IT % f", when: {twice}")).rules == ("it",)
    assert codes(text(IT % f", when: {once}")) == []


def test_facts_that_read_alike_are_found() -> None:
    """Only where the protocol asks for both."""
    duties = """
    - {id: offered, title: Offered, done: family_group_conference.offered}
    - {id: again, title: Again, done: family_group_conference.OTHER}
    """
    block = "for_each: family_group_conferences"
    wrong, near = (text(duties.replace("OTHER", x), block=block) for x in ("offered_again", "held"))
    assert the("W107", wrong).rules == ("offered", "again")
    assert "W107" not in codes(near)


# Explained

EXPLAINED = "explained:\n  - {finding: %s, rules: [%s], because: The document says it so.}\n"
MUST = text(IT % ", force: must")


def test_a_finding_explained_has_its_reason() -> None:
    """It stays a finding, and no longer counts."""
    (found,) = linted(MUST + EXPLAINED % ("W103", "it"))
    assert found.because == "The document says it so."


@pytest.mark.parametrize("other", [("W208", "it"), ("W103", "other"), ("W103", "it, other")])
def test_a_reason_for_what_is_not_found_is_a_finding(other: tuple[str, str]) -> None:
    """Another code, another rule, or one rule too many."""
    stale = the("W108", MUST + EXPLAINED % other)
    assert stale.rules == (other[1].split(", ")[-1],)
    assert not stale.because


def test_what_is_not_explained_comes_first() -> None:
    """The reader begins with what is left to do."""
    more = "\n- {id: more, title: More, done: referral.feedback_given, force: must}"
    file = text(IT % ", force: must" + more) + EXPLAINED % ("W103", "it")
    assert [one.because != "" for one in linted(file)] == [False, True]


# Time allowed


@pytest.fixture
def _one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that may take one step for each question."""
    monkeypatch.setattr(asked, "example", partial(example, steps=1))


@pytest.mark.usefixtures("_one_step")
@pytest.mark.parametrize("disabled", ["no", "yes"])
def test_what_is_not_decided_is_said(disabled: str) -> None:
    """Never silence: neither of a wrong duty, nor of a right one."""
    first = "- id: first\n  title: First\n  from: referral.received\n  within: 1 week\n"
    first += "  done: referral.accepted\n"
    when = f"{{all: [child.disabled, {{child.disabled: {disabled}}}, {{missed: first}}]}}"
    found = codes(text(first + IT % f", when: {when}"))
    assert "W209" in found
    assert not {"W201", "W202", "W203"} & set(found) or disabled == "no"
