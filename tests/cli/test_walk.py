"""The way of a policy officer: from `protocol new` to a protocol that passes everything.

A made-up authority writes down a made-up document: two rules with the help of `protocol new rule`,
the rest by hand, with the mistakes that people make.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Write

CLAUSES = """\
id	kind	text
1.p1	para	A decision on a referral is made within one working day.
2.p1	para	The family should hear the result in writing within five working days.
2.p2	para	The worker will visit the home before the assessment ends.
2.p3	para	The assessment ends within 40 working days of the referral.
3.p1	para	If an interpreter is needed, the outcome should be explained in person.
4.p1	para	Families can complain.
"""
BY_HAND = """
pathways:
  - id: interpreted
    title: Children who need an interpreter
    for_each: referrals
    when: assessment.interpreter_needed
    duties:
      - id: explained-in-person
        title: Explain the outcome in person
        from: assessment.concluded
        within: promptly
        done: assessment.outcome_explained
        by: allocated_worker
        force: should
        cite: [3.p1]
restates:
  decide-1wd: [1.p1]
tightens:
  - rule: assessment-45wd
    within: 40 working days
    cite: [2.p3]
meets:
  protocol-published: [1.p1]
  protocol-case-management: [1.p1]
  protocol-groups: [3.p1]
  protocol-lead-practitioners: [2.p2]
  protocol-other-assessments: [2.p2]
  protocol-complaints: [4.p1]
"""
SCENARIOS = """\
- scenario: explained, and concluded on the last day in time
  protocol: wexcombe
  case:
    as_of: 2025-12-01
    referrals:
      - received: 2025-10-06
        decision: {outcome: section_17_assessment}
        assessment: {interpreter_needed: yes, concluded: 2025-12-01, outcome_explained: 2025-12-01}
  expect:
    explained-in-person: {status: met, force: should}
    assessment-45wd: {status: met, due: 2025-12-01, force: should}
"""
READ = {
    "1.p1": "restates,decide-1wd,",
    "2.p3": "encoded,assessment-45wd,",
    "3.p1": "encoded,explained-in-person,",
    "4.p1": "organisational,,A leaflet and no matter of one case.",
}
RULES = Path("protocols/wexcombe.yaml")
LEDGER = Path("protocols/ledgers/wexcombe.csv")
TESTS = Path("tests/protocols/wexcombe")
SAID = ("--block", "assessment", "--by", "allocated_worker")

Mistake = Callable[[str], str]


def instead(right: str, wrong: str) -> Mistake:
    """Somebody writes `wrong` where `right` belongs."""

    def written(text: str) -> str:
        assert text.count(right) == 1
        return text.replace(right, wrong)

    return written


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the protocol is kept when it has been made once."""
    return tmp_path_factory.mktemp("walk") / "wexcombe"


@pytest.fixture
def wexcombe(run: Run, write: Write, once: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The protocol with its rules, ledger and scenarios, in the folder that it was made in."""
    if once.exists():
        shutil.copytree(once, "wexcombe")
        monkeypatch.chdir("wexcombe")
        return
    write("clauses.tsv", CLAUSES)
    started = run("new", "Wexcombe", "--from", "2025-09-01", "--clauses", "clauses.tsv")
    assert (started.code, started.err) == (0, "")
    monkeypatch.chdir("wexcombe")
    for rule in (
        ("result-in-writing", "--from", "assessment.concluded", "--within", "5 working days",
         "--done", "assessment.outcome_given_in_writing", "--force", "should", "--cite", "2.p1"),
        ("home-visited", "--before", "assessment.concluded", "--done", "assessment.home_visited",
         "--force", "will", "--cite", "2.p2"),
    ):  # fmt: skip
        added = run("new", "rule", "wexcombe", *SAID, "--id", *rule, "--title", f"Rule {rule[0]}")
        assert (added.code, added.err) == (0, "")
    kept = [  # without the examples and a role that the document does not have
        line
        for line in RULES.read_text("utf-8").splitlines()
        if not line.startswith(("# ", "  approving_manager"))
    ]
    RULES.write_text("\n".join(kept) + BY_HAND, encoding="utf-8")
    lines = [
        f"{line.rpartition(',open,')[0]},{READ[clause]}" if clause in READ else line
        for line in LEDGER.read_text("utf-8").splitlines()
        for clause in [line.partition(",")[0]]
    ]
    LEDGER.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (TESTS / "by-hand.yaml").write_text(SCENARIOS, encoding="utf-8")
    shutil.copytree(".", once)


def mistaken(mistake: Mistake) -> None:
    """The protocol is saved with a mistake in it."""
    RULES.write_text(mistake(RULES.read_text("utf-8")), encoding="utf-8")


def line_of(part: str) -> int:
    """The line of the protocol on which `part` stands."""
    lines = RULES.read_text("utf-8").splitlines()
    (number,) = [number for number, line in enumerate(lines, 1) if part in line]
    return number


@pytest.mark.usefixtures("wexcombe")
def test_the_protocol_passes_everything(run: Run) -> None:
    """Valid, its scenarios hold, nothing to lint, no clause forgotten, nothing weaker."""
    assert "4 of them its own" in run("validate").out
    for command in ("test", "lint", "ledger", "conform"):
        told = run(command, "wexcombe")
        assert (told.code, told.err) == (0, ""), told.out
    assert "Stricter (2)" in told.out


@pytest.mark.usefixtures("wexcombe")
def test_proposed_scenarios_notice_every_change(run: Run) -> None:
    """What is not noticed is proposed; the proposals hold, and with them all is noticed."""
    told = run("test", "--mutate", "--witness", "proposed")
    assert told.code == 1
    assert "assessment-45wd without its excuse" in " ".join(told.out.split())
    shutil.copytree("proposed", TESTS, dirs_exist_ok=True)
    assert run("test").code == 0
    told = run("test", "--mutate")
    assert told.code == 0, told.out


@pytest.mark.usefixtures("wexcombe")
def test_mistakes_are_told_all_at_once_each_at_its_line(run: Run) -> None:
    """A misspelt fact, a wrong role, a clause that is not there, a British date, and more."""
    for mistake in (
        instead("assessment.outcome_explained", "assesment.outcome_explained"),
        instead("{from: 2025-09-01}", "{from: 01/09/2025}"),
        instead("cite: [3.p1]", "cite: [3.p7]"),
        instead("    within: 40 working days", "    within: 40 workng days"),
        instead("decide-1wd: [1.p1]", "decide-1wd: 1.p1"),
        instead("- id: explained-in-person", "- id: home-visited"),
        instead("        within: promptly", "        within: promptly\n        excused_by: no"),
    ):
        mistaken(mistake)
    told = run("validate", "--format", "json")
    found = {(problem["line"], problem["code"]) for problem in json.loads(told.out)["problems"]}
    assert told.code == 3
    assert found == {
        (line_of("assesment."), "P201"),
        (line_of("01/09/2025"), "P108"),
        (line_of("3.p7"), "P501"),
        (line_of("workng"), "P109"),
        (line_of("decide-1wd: 1.p1"), "P103"),
        (line_of("Explain the outcome in person") - 1, "P209"),
        (line_of("excused_by: no"), "P110"),
    }


@pytest.mark.parametrize(
    ("right", "wrong", "code", "cure"),
    [
        ("    when: assessment.inter", "\twhen: assessment.inter", "D110", "Replace the tab"),
        ("    when: assessment.inter", "   when: assessment.inter", "D122", "in the same column"),
        ("when: assessment.interpreter_needed", "when: child.unborn: no", "D120",
         "`{child.unborn: no}`"),
        ("title: Explain the outcome", "title: Explain: the outcome", "D120", "quotation marks"),
        ("cite: [3.p1]", "cite: [3.p1", "D123", "Close the bracket"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("wexcombe")
def test_a_slip_in_yaml_is_told_at_its_line(
    run: Run, right: str, wrong: str, code: str, cure: str
) -> None:
    """A tab, a wrong indent, a colon, a bracket: one message, with what to do."""
    mistaken(instead(right, wrong))
    told = run("validate", "wexcombe", "--format", "json")
    (problem,) = json.loads(told.out)["problems"]
    assert (told.code, problem["line"], problem["code"]) == (3, line_of(wrong.strip()), code)
    assert cure in problem["cure"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
@pytest.mark.usefixtures("wexcombe")
def test_a_file_saved_by_a_word_processor_is_told(run: Run, encoding: str) -> None:
    """In another encoding, by name or among all: never passed over."""
    text = RULES.read_text("utf-8").replace("Explain the outcome", "Explain the child’s outcome")
    RULES.write_text(text, encoding=encoding)
    for arguments in (["validate"], ["validate", "wexcombe"], ["show", "wexcombe"]):
        told = run(*arguments)
        assert told.code == 3
        assert "D107" in told.out + told.err


@pytest.mark.usefixtures("wexcombe")
def test_days_for_working_days_are_told_by_the_scenarios(run: Run) -> None:
    """The protocol is valid; what it says of the record is not what was meant."""
    mistaken(instead("        within: 5 working days", "        within: 5 days"))
    assert run("validate").code == 0
    told = run("test")
    assert told.code == 1
    assert "result-in-writing" in told.out
    assert "+ found    late" in told.out


@pytest.mark.parametrize(
    ("limit", "code", "verdict"),
    [  # two duties: where the assessment is late, the reasons are to be recorded
        ("50 working days", 5, "Weaker (2)"),
        ("63 days", 5, "Incomparable (2)"),
        ("45 days", 0, "Stricter (2)"),
    ],
)
@pytest.mark.usefixtures("wexcombe")
def test_only_what_is_not_weaker_conforms(run: Run, limit: str, code: int, verdict: str) -> None:
    """More days are weaker; days for working days may be neither; the reasons go with them."""
    mistaken(instead("    within: 40 working days", f"    within: {limit}"))
    told = run("conform", "wexcombe")
    assert told.code == code
    assert verdict in told.out
