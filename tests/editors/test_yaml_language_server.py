"""What an editor shows of a protocol and a case: the real YAML language server, over its protocol.

The schemas are those that `protocol schema` writes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cli import main
from engine.data import data_folder
from engine.pipeline import shipped
from tests.editors.language_server import LanguageServer, Wrong

PROTOCOL = """\
protocol: anyshire
title: Anyshire protocol
extends: wt2023
effective: {from: 2024-09-01}
documents:
  protocol: {title: Anyshire Protocol, ledger: anyshire}
tightens:
  - rule: decide-1wd
    force: must
    cite: [5.p2]
checks:
  - id: local
    title: Local
    for_each: referrals
    duties:
      - id: outcome-in-writing
        title: Give the family the outcome in writing
        when: {decision.outcome: section_17_assessment}
        from: assessment.concluded
        within: 5 working days
        done: assessment.outcome_given_in_writing
        by: lead_practitioner
        force: will
        cite: [4.p2]
"""


def edited(old: str, new: str) -> str:
    """The protocol with one piece of its text replaced."""
    assert PROTOCOL.count(old) == 1
    return PROTOCOL.replace(old, new)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """A server that has the schemas of the protocol above, of a case and of what is shipped."""
    folder = tmp_path_factory.mktemp("editor")
    (folder / "anyshire.yaml").write_text(PROTOCOL, encoding="utf-8")
    schemas = {
        written(folder, "schema", str(folder / "anyshire.yaml")): "anyshire*.yaml",
        written(folder, "schema", "--case"): "case*.yaml",
        written(folder, "schema"): "any/*.yaml",
    }
    running = LanguageServer(folder, schemas)
    yield running
    running.close()


def written(folder: Path, *arguments: str) -> Path:
    """The file that a command wrote with `--output`."""
    path = folder / ".protocol" / f"{len(list(folder.rglob('*')))}.schema.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["protocol", *arguments, "--output", str(path)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code == 0
    return path


def test_nothing_is_wrong_with_a_protocol_that_is_right(server: LanguageServer) -> None:
    """The editor underlines nothing."""
    assert server.wrong("anyshire-right.yaml", PROTOCOL) == []


@pytest.mark.parametrize("name", shipped())
def test_nothing_is_wrong_with_what_is_shipped(server: LanguageServer, name: str) -> None:
    """Not even without the protocol's own names."""
    text = (data_folder("protocols") / f"{name}.yaml").read_text("utf-8")
    assert server.wrong(f"any/{name}.yaml", text) == []


def test_a_fact_is_offered_with_its_title(server: LanguageServer) -> None:
    """After `done:` stand the facts, with titles and questions."""
    text = edited("done: assessment.outcome_given_in_writing", "done: |")
    offered = server.completions("anyshire-done.yaml", text)
    assert offered["assessment.concluded"].startswith("**Assessment concluded**")
    assert "When was the assessment concluded?" in offered["assessment.concluded"]


def test_only_what_has_a_date_can_start_a_clock(server: LanguageServer) -> None:
    """After `from:` stand events, and no circumstances."""
    text = edited("from: assessment.concluded", "from: |")
    offered = server.completions("anyshire-from.yaml", text)
    assert "referral.received" in offered
    assert "child.disabled" not in offered


def test_the_words_of_a_fact_are_offered(server: LanguageServer) -> None:
    """A condition asks for a word that this fact can have."""
    text = edited("{decision.outcome: section_17_assessment}", "\n          decision.outcome: |")
    offered = server.completions("anyshire-word.yaml", text)
    assert offered["section_47_enquiry"] == "enquiries under section 47"
    assert "section_20" not in offered


def test_facts_are_offered_where_a_condition_begins(server: LanguageServer) -> None:
    """Beside the forms `all`, `any` and the others."""
    text = edited("{decision.outcome: section_17_assessment}", "\n          |")
    offered = server.completions("anyshire-when.yaml", text)
    assert {"all", "missed", "child.disabled"} <= offered.keys()


def test_inherited_rules_are_offered_where_one_is_changed(server: LanguageServer) -> None:
    """With their titles, and without the protocol's own."""
    text = edited("- rule: decide-1wd", "- rule: |")
    offered = server.completions("anyshire-rule.yaml", text)
    assert offered["assessment-45wd"]
    assert "outcome-in-writing" not in offered


def test_inherited_roles_are_offered(server: LanguageServer) -> None:
    """A role of the national protocol, by the document's word for it."""
    text = edited("by: lead_practitioner", "by: |")
    assert server.completions("anyshire-by.yaml", text)["social_worker"] == "social worker"


def test_lengths_of_time_are_offered(server: LanguageServer) -> None:
    """Examples to start from, and the words that stand for one."""
    text = edited("within: 5 working days", "within: |")
    offered = server.completions("anyshire-within.yaml", text)
    assert {"10 working days", "at once", "promptly"} <= offered.keys()


def test_a_misspelt_key_is_underlined_where_it_stands(server: LanguageServer) -> None:
    """Line 20, and no other."""
    text = edited("within: 5 working days", "witihn: 5 working days")
    found = server.wrong("anyshire-key.yaml", text)
    assert [one.line for one in found] == [20]
    assert "witihn" in found[0].message


def test_a_misspelt_fact_is_underlined_where_it_stands(server: LanguageServer) -> None:
    """With words of ours, not a list of all facts."""
    text = edited("done: assessment.outcome_given", "done: assessment.outcome_givven")
    found = server.wrong("anyshire-fact.yaml", text)
    assert found == [Wrong(21, "There is no such fact or list.")]


def test_a_rule_that_is_not_inherited_is_underlined(server: LanguageServer) -> None:
    """Under `tightens` stand inherited rules only."""
    found = server.wrong("anyshire-id.yaml", edited("decide-1wd", "decide-2wd"))
    assert found == [Wrong(8, "No duty of this id is inherited.")]


def test_a_new_role_is_not_underlined(server: LanguageServer) -> None:
    """The protocol's own names come before the schema that lists them."""
    text = edited("by: lead_practitioner", "by: duty_officer")
    assert server.wrong("anyshire-role.yaml", text) == []


def test_a_key_is_explained(server: LanguageServer) -> None:
    """As `protocol explain` and the manual do."""
    text = edited("within: 5 working days", "wit|hin: 5 working days")
    assert "How long after" in server.hover("anyshire-hover.yaml", text)


def test_a_fact_is_explained(server: LanguageServer) -> None:
    """With its question, before all others."""
    text = edited("from: assessment.concluded", "from: assessment.con|cluded")
    shown = server.hover("anyshire-fact-hover.yaml", text)
    first = shown[shown.index("* `") :].split("\n* ")[0]
    assert "When was the assessment concluded?" in first


def test_a_case_is_completed_too(server: LanguageServer) -> None:
    """Names of facts, and a wrong word underlined."""
    text = "case: child-1\nreferrals:\n  - received: 2025-01-06\n    |\n"
    assert "acknowledged" in server.completions("case-1.yaml", text)
    found = server.wrong("case-2.yaml", "case: child-1\nchild:\n  disabled: perhaps\n")
    assert [one.line for one in found] == [3]


def test_the_first_line_of_a_file_can_name_its_schema(server: LanguageServer) -> None:
    """A path from the file's own folder, where no setting knows the file."""
    schema = min(
        (server.folder / ".protocol").glob("*.json"), key=lambda path: path.stat().st_mtime
    )
    line = f"# yaml-language-server: $schema=.protocol/{schema.name}\n"
    text = line + edited("force: must", "forse: must")
    assert server.wrong("elsewhere.yaml", PROTOCOL) == []
    assert [one.line for one in server.wrong("named.yaml", text)] == [10]
