"""`protocol explain`: what a name means, in plain words, from where the reports have them."""

from __future__ import annotations

import pytest

from engine.data import data_folder
from engine.report.explain_text import page_text
from tests.cli.conftest import PROTOCOL, Run, Write


def flat(text: str) -> str:
    """The text without its line ends."""
    return " ".join(text.split())


def test_an_error_code_is_explained_by_its_page(run: Run) -> None:
    """Meaning, example and cure; small letters will do."""
    told = run("explain", "p401")
    assert told.code == 0
    assert told.out.startswith("P401: A fact of a list, and no item to take it from\n")
    assert "To mend it: add `for_each: hospital_stays`" in told.out


def test_an_example_keeps_its_lines(run: Run) -> None:
    """YAML means nothing without its indentation."""
    told = run("explain", "P101")
    assert "    - id: acknowledge\n      title: Acknowledge the referral\n" in told.out


def test_every_page_fits_a_terminal() -> None:
    """No line is longer than 80 columns."""
    for path in data_folder("errors").glob("*.md"):
        shown = page_text(path.read_text("utf-8"), width=80, colour=False)
        assert max(map(len, shown.splitlines())) <= 80, path.stem


@pytest.mark.parametrize(
    "words", [["not", "evidenced"], ["not_evidenced"], ["status", "not evidenced"]]
)
def test_a_status_is_explained(run: Run, words: list[str]) -> None:
    """As reports write it, as JSON does, or with its kind before it."""
    told = run("explain", *words)
    assert told.code == 0
    assert "may have been done and not written down" in flat(told.out)


@pytest.mark.parametrize("words", [["4"], ["exit", "code", "4"], ["exit", "4"]])
def test_an_exit_code_is_explained(run: Run, words: list[str]) -> None:
    """By its number alone, too."""
    assert "no duty applied at all" in flat(run("explain", *words).out)


def test_a_key_of_the_language_is_explained_in_each_meaning(run: Run) -> None:
    """`before` is a limit, and a test of a fact."""
    told = run("explain", "key", "before")
    assert "Stands in: a block of duties, a duty" in told.out
    assert "Stands in: a test of a fact" in told.out


def test_a_fact_is_explained_with_the_rules_that_read_it(run: Run) -> None:
    """Question, kind, values, place in a case, census and rules."""
    told = flat(run("explain", "decision.outcome", "--protocol", "wt2023").out)
    for words in (
        "What was decided?",
        "Kind: a circumstance",
        "`section_47_enquiry` (enquiries under section 47)",
        "In a case file: `referrals` > `decision` > `outcome`",
        "Children in need census: ReferralNFA",
        "assessment-45wd",
    ):
        assert words in told


def test_a_checklist_is_explained_by_its_members(run: Run) -> None:
    """They are facts of their own."""
    told = run("explain", "decision.answered")
    assert "decision.answered.immediate_protection" in told.out


def test_a_list_and_a_word_are_explained(run: Run) -> None:
    """What the list holds; which facts can have the word."""
    assert "hospital_stay.admitted: Admitted" in run("explain", "hospital_stays").out
    assert "decision.outcome" in run("explain", "section_47_enquiry").out


def test_a_rule_is_explained_as_it_is_shown(run: Run, anyshire: str) -> None:
    """The rows of `protocol show`, and the questions it asks of a record."""
    told = flat(run("explain", "outcome-in-writing", "--protocol", anyshire).out)
    for words in (
        "Give the family the outcome in writing (rule, outcome-in-writing)",
        "within 5 working days of",
        "Source: Anyshire 4.p2",
        "When was the assessment concluded? (assessment.concluded)",
    ):
        assert words in told


def test_a_rule_that_is_changed_is_explained_in_both_forms(run: Run, write: Write) -> None:
    """The national one, and what the local file makes of it."""
    head, _, _ = PROTOCOL.partition("roles:")
    text = (
        f"{head}extends: wt2023\ntightens:\n  - {{rule: decide-1wd, force: must, cite: [5.p2]}}\n"
    )
    told = run("explain", "decide-1wd", "-p", write("anyshire.yaml", text))
    assert "Strength: should" in told.out
    assert "As it is changed here" in told.out
    assert "Strength: must" in told.out


def test_a_pathway_is_explained_by_what_it_asks(run: Run) -> None:
    """Whom it is for, and each of its rules."""
    told = flat(run("explain", "young-carers", "--protocol", "norfolk").out)
    assert "(pathway, young-carers)" in told
    assert "young carer's needs assessment" in told


def test_a_threshold_names_the_rules_that_use_it(run: Run) -> None:
    """And rests on a recorded judgement."""
    told = run("explain", "significant-harm-suspected", "--protocol", "wt2023")
    assert "recorded judgement" in flat(told.out)
    assert "strategy-discussion-held" in told.out


def test_a_role_is_explained(run: Run, anyshire: str) -> None:
    """Who counts as it, and what it is responsible for."""
    told = run("explain", "role", "social_worker", "-p", anyshire)
    assert "Recorded roles that count: social worker" in told.out
    assert "outcome-in-writing" in told.out


def test_a_rule_is_found_without_naming_its_protocol(run: Run) -> None:
    """Each shipped protocol that has or changes it."""
    told = run("explain", "assessment-45wd")
    assert "Working Together to Safeguard Children 2023" in told.out
    assert "Norfolk local protocol" in told.out


def test_a_pack_of_ones_own_is_looked_in(run: Run, write: Write) -> None:
    """A rule of a protocol in the working folder is found by its id alone."""
    write("protocols/anyshire.yaml", PROTOCOL)
    assert "(rule, outcome-in-writing)" in run("explain", "outcome-in-writing").out


def test_a_protocol_with_mistakes_stops_nothing(run: Run, write: Write) -> None:
    """It is left out, and the message says what to do."""
    write("protocols/anyshire.yaml", PROTOCOL.replace("within:", "witihn:"))
    told = run("explain", "assessment.outcome_given_in_writing")
    assert told.code == 0
    assert "(fact, assessment.outcome_given_in_writing)" in flat(told.out)
    assert "`anyshire` is invalid and was left out: run `protocol validate anyshire`." in told.err


def test_a_name_of_several_kinds_asks_which(run: Run) -> None:
    """Each kind with the command that explains it, and that command does."""
    told = run("explain", "social_worker", "-p", "wt2023")
    assert told.code == 0
    assert "  protocol explain recorded role social_worker\n" in told.out
    assert "  protocol explain role social_worker\n" in told.out
    role = run("explain", "recorded", "role", "social_worker", "-p", "wt2023")
    assert "Facts that can have it" in role.out


def test_a_key_of_a_case_is_explained(run: Run) -> None:
    """What stands at the top of a case, and beside its events."""
    assert "silence means that nothing is recorded" in flat(run("explain", "covers").out)
    assert "never counts as done" in flat(run("explain", "_planned").out)


def test_a_word_of_a_key_is_explained_by_its_key(run: Run) -> None:
    """`must` is one of the words of `force`."""
    assert "How strongly the document asks" in flat(run("explain", "must").out)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("assesment.concluded", "`assessment.concluded`"),
        ("overdu", "`overdue`"),
        ("witihn", "`within`"),
        ("decide-1-wd", "`decide-1wd`"),
        ("P999", ""),
    ],
)
def test_an_unknown_name_gets_the_nearest(run: Run, name: str, near: str) -> None:
    """On standard error, with the exit code of a finding."""
    told = run("explain", name)
    assert told.code == 1
    assert f"There is nothing called `{name}`." in told.err
    assert near in told.err


def test_nothing_to_explain_is_wrong_usage(run: Run) -> None:
    """An empty name, or none."""
    assert run("explain", " ").code == 2
    assert run("explain").code == 2


def test_a_hostile_name_breaks_nothing(run: Run) -> None:
    """Escape sequences do not reach the terminal; a path is no page."""
    told = run("explain", "\x1b[31mred\x07")
    assert told.code == 1
    assert "\x1b" not in told.out + told.err
    assert run("explain", "../../README").code == 1
