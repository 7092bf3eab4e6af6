"""`protocol new rule`: one duty more, and all else as it was."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.pipeline import load_protocol
from tests.cli.conftest import PROTOCOL, ROOT, Run, Write

LEDGER = """\
clause,hash,disposition,rules,note
4.p2,000000000000,encoded,outcome-in-writing,
4.p3,000000000000,open,,
"4.p4",000000000000,judgement,,"It is weighed,
as ever."
"""
SAID = {
    "--id": "agencies-told",
    "--title": "Tell all agencies: in writing",
    "--done": "assessment.agencies_told_in_writing",
    "--from": "assessment.concluded",
    "--within": "3 working days",
    "--by": "social_worker",
    "--force": "should",
    "--cite": "4.p3",
}
RULES = Path("protocols/anyshire.yaml")
LINES = Path("protocols/ledgers/anyshire.csv")


def options(**changed: str | None) -> list[str]:
    """The options of a rule, some said otherwise or left out."""
    said = {**SAID, **{f"--{key}": value for key, value in changed.items()}}
    return [word for key, value in said.items() if value is not None for word in (key, value)]


def everything() -> dict[str, bytes]:
    return {p.as_posix(): p.read_bytes() for p in Path().rglob("*") if p.is_file()}


@pytest.fixture(autouse=True)
def anyshire(write: Write) -> None:
    """A protocol of one duty, with remarks, and its ledger."""
    remarks = PROTOCOL.replace("        by: social_worker", "        by: social_worker  # hers")
    write(str(RULES), f"# On top.\n{remarks}\n# At the end.\n")
    write(str(LINES), LEDGER)


def test_the_rule_is_put_after_the_last_of_its_block(run: Run) -> None:
    """Only its lines are new; remarks, spaces and order stay."""
    before = RULES.read_text("utf-8")
    told = run("new", "rule", "anyshire", *options())
    assert (told.code, told.err) == (0, "")
    new = """\
      - id: agencies-told
        title: "Tell all agencies: in writing"
        for_each: referrals
        from: assessment.concluded
        within: 3 working days
        done: assessment.agencies_told_in_writing
        by: social_worker
        force: should
        cite: [4.p3]
"""
    assert RULES.read_text("utf-8") == before.replace("\n\n# At the end", f"\n{new}\n# At the end")


def test_its_scenarios_are_shown_and_hold(run: Run) -> None:
    """Fires, silent, cannot tell and both sides of the limit, each with what the engine says."""
    told = run("new", "rule", "anyshire", *options())
    assert "Is this what the document means?" in told.out
    assert "the last day in time is 6 March 2025" in told.out
    for status, title in [
        ("met", "done on the last day in time"),
        ("late", "done a day late"),
        ("outstanding", "not done yet, on the last day in time"),
        ("overdue", "not done, and the limit has passed"),
        ("undetermined", "nothing is recorded of it"),
        ("not applicable", "its clock has not started"),
    ]:
        assert f"{status:<15} {title}" in told.out
    told = run("test", "anyshire")
    assert told.code == 0, told.out + told.err
    assert "6 scenarios hold" in told.out


def test_the_ledger_names_it(run: Run) -> None:
    """The open clause is encoded from then on; no other line changes."""
    assert run("new", "rule", "anyshire", *options()).code == 0
    wanted = LEDGER.replace("4.p3,000000000000,open,,", "4.p3,000000000000,encoded,agencies-told,")
    assert LINES.read_text("utf-8") == wanted


def test_a_line_over_two_lines_is_kept_whole(run: Run) -> None:
    """A note may hold commas and line ends; a second rule stands beside the first."""
    assert run("new", "rule", "anyshire", *options(cite="4.p4, 4.p2")).code == 0
    text = LINES.read_text("utf-8")
    assert 'encoded,agencies-told,"It is weighed,\nas ever."\n' in text
    assert "4.p2,000000000000,encoded,outcome-in-writing agencies-told,\n" in text
    assert "cite: [4.p4, 4.p2]" in RULES.read_text("utf-8")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_files_stay_windows_files(run: Run, mark: bytes) -> None:
    """Line ends and the mark before UTF-8 are kept, in both files."""
    for path in (RULES, LINES):
        path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    before = {path: path.read_bytes() for path in (RULES, LINES)}
    assert run("new", "rule", "anyshire", *options()).code == 0
    for path, content in before.items():
        after = path.read_bytes()
        assert after.startswith(mark)
        assert after.count(b"\r\n") == after.count(b"\n")
        assert set(content.splitlines()) - set(after.splitlines()) <= {b"4.p3,000000000000,open,,"}


def test_a_file_that_does_not_end_its_last_line(run: Run) -> None:
    """The rule begins on a line of its own."""
    RULES.write_text(RULES.read_text().partition("\n\n# At")[0], encoding="utf-8")
    assert run("new", "rule", "anyshire", *options()).code == 0
    assert load_protocol(str(RULES), read_dictionary()).cards.keys() >= {"agencies-told"}


def test_a_new_block_is_made(run: Run) -> None:
    """At the end of the checks, with a title to be mended."""
    told = run("new", "rule", "anyshire", *options(block="plan-and-review"))
    assert told.code == 0
    text = RULES.read_text("utf-8")
    assert (
        "  - id: plan-and-review\n    title: Plan and review\n    duties:\n      - id: age" in text
    )
    assert text.endswith("\n# At the end.\n")


def test_a_protocol_without_checks_gets_them(run: Run) -> None:
    """The first rule of all."""
    RULES.write_text(RULES.read_text().partition("checks:")[0], encoding="utf-8")
    LINES.unlink()
    told = run("new", "rule", "anyshire", *options())
    assert told.code == 2
    assert "--block referral" in told.err
    told = run("new", "rule", "anyshire", *options(block="referral"))
    assert told.code == 0
    assert "There is no ledger yet" in told.out
    assert run("test", "anyshire").code == 0


def test_what_a_block_gives_is_not_repeated(run: Run) -> None:
    """`for_each` of the block holds for the rule."""
    text = RULES.read_text().replace("    duties:", "    for_each: referrals\n    duties:")
    RULES.write_text(text.replace("        for_each: referrals\n", ""), encoding="utf-8")
    assert run("new", "rule", "anyshire", *options()).code == 0
    assert RULES.read_text().count("for_each") == 1


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"when": "child.disabled"}, "when: child.disabled"),
        ({"when": "decision.outcome=early_help"}, "when: {decision.outcome: early_help}"),
        ({"within": None, "before": "assessment.approved", "from": None}, "before: assessment.app"),
        ({"within": "promptly"}, "within: promptly"),
        ({"within": None, "force": "consider"}, "force: consider"),
    ],
)
def test_other_rules(run: Run, changed: dict[str, str | None], line: str) -> None:
    """A condition, a gate, no figure, a prompt: valid, with scenarios that hold."""
    told = run("new", "rule", "anyshire", *options(**changed))
    assert told.code == 0, told.err
    assert line in RULES.read_text("utf-8")
    assert "Write by hand" not in told.out
    assert run("test", "anyshire").code == 0


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"done": "assessment.agencies_told_in_writng"}, "--done: error [P201]"),
        ({"done": "assessment.agencies_told_in_writng"}, "`assessment.agencies_told_in_writing`"),
        ({"within": "3 workingdays"}, "--within: error [P109]"),
        ({"by": "social_wroker"}, "--by: error [P304]"),
        ({"cite": "4.p9"}, "--cite: error [P501]"),
        ({"id": "outcome-in-writing"}, "--id: error [P209]"),
        ({"from": None}, "--id: error [P102]"),
        ({"done": "x]}: ["}, "K113"),
    ],
)
def test_mistakes_are_named_by_the_option(run: Run, changed: dict[str, str], says: str) -> None:
    """The nearest right name, and nothing is changed."""
    before = everything()
    told = run("new", "rule", "anyshire", *options(**changed))
    assert told.code == 3, told.out
    assert says in told.err
    assert everything() == before


def test_all_mistakes_are_told_at_once(run: Run) -> None:
    """A limit, a role, a fact and a clause, each by its option."""
    wrong = {"within": "3 workingdays", "by": "worker", "done": "assessment.x", "cite": "4.p9"}
    told = run("new", "rule", "anyshire", *options(**wrong))
    assert told.code == 3
    found = {line.partition(":")[0] for line in told.err.splitlines() if "error [" in line}
    assert found == {"--within", "--by", "--done", "--cite"}


@pytest.mark.parametrize(
    "changed", [{"id": "../x"}, {"id": "con"}, {"id": ""}, {"title": "a\nb"}, {"block": "a/b"}]
)
def test_what_cannot_be_a_name_is_refused(run: Run, changed: dict[str, str]) -> None:
    """An id makes a file of scenarios."""
    before = everything()
    told = run("new", "rule", "anyshire", *options(**changed))
    assert told.code == 2
    assert everything() == before


def test_what_is_missing_is_listed(run: Run) -> None:
    """Nobody is there to be asked: all of it at once."""
    told = run("new", "rule", "anyshire", "--id", "x")
    assert told.code == 2
    for option in ("--title", "--done", "--by", "--force", "--cite"):
        assert option in told.err


def test_what_is_missing_is_asked_for_on_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock and the limit may be left empty."""
    monkeypatch.setattr("engine.cli.new_rule.on_a_terminal", lambda: True)
    answers = [
        "agencies-told",
        "Tell them",
        SAID["--done"],
        "social_worker",
        "will",
        "4.p3",
        *[""] * 4,
    ]
    told = run("new", "rule", "anyshire", stdin="\n".join([*answers, ""]))
    assert told.code == 0, told.err
    assert "within" not in RULES.read_text("utf-8").partition("agencies-told")[2]


def test_what_is_wrong_is_asked_for_again_on_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only that, after the reason and the nearest right name; the other answers are kept."""
    monkeypatch.setattr("engine.cli.new_rule.on_a_terminal", lambda: True)
    first = ["told", "Tell them", "assessment.x", "social_worker", "shuold", "4.p3"]
    clock = ["assessment.concluded", "3 dys", ""]
    again = [SAID["--done"], "should", "3 days"]
    told = run("new", "rule", "anyshire", stdin="\n".join([*first, *clock, *again, ""]))
    assert told.code == 0, told.err
    assert "Did you mean `should`?" in told.err
    assert "within: 3 days" in RULES.read_text("utf-8")
    assert told.out.count("A short name for the rule") == 1


def test_a_wrong_short_name_loses_no_answer_on_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for again at once, with one that would do."""
    monkeypatch.setattr("engine.cli.new_rule.on_a_terminal", lambda: True)
    answers = ["Agencies told", "agencies-told", "Tell them", SAID["--done"], "social_worker"]
    rest = ["will", "4.p3", "", "", "assessment.concluded", ""]
    told = run("new", "rule", "anyshire", stdin="\n".join([*answers, *rest, ""]))
    assert told.code == 0, told.err
    assert "Did you mean `agencies-told`?" in told.err
    assert "before: assessment.concluded" in RULES.read_text("utf-8")


def test_a_missing_start_is_asked_for_and_not_the_name(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit without the event that it counts from: the event is what is wanted."""
    monkeypatch.setattr("engine.cli.new_rule.on_a_terminal", lambda: True)
    first = ["agencies-told", "Tell them", SAID["--done"], "social_worker", "will", "4.p3"]
    rest = ["", "3 days", "", "assessment.concluded"]
    told = run("new", "rule", "anyshire", stdin="\n".join([*first, *rest, ""]))
    assert told.code == 0, told.err
    assert "from: assessment.concluded" in RULES.read_text("utf-8").partition("agencies-told")[2]


def test_the_block_is_asked_for_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are several, or none that is named."""
    monkeypatch.setattr("engine.cli.new_rule.on_a_terminal", lambda: True)
    run("new", "rule", "anyshire", *options(), "--block", "second")
    said = options(id="third-told", cite="4.p2")
    told = run("new", "rule", "anyshire", *said, stdin="Second block\nsecond\n")
    assert told.code == 0, told.err
    assert "third-told" in RULES.read_text("utf-8").partition("second")[2]


def test_a_protocol_that_is_invalid_is_told_before_anything_is_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody answers all questions for nothing."""
    monkeypatch.setattr("engine.cli.new_rule.on_a_terminal", lambda: True)
    RULES.write_text(RULES.read_text("utf-8").replace("within:", "witihn:"), encoding="utf-8")
    told = run("new", "rule", "anyshire", stdin="")
    assert (told.code, told.out) == (3, "")
    assert "P101" in told.err


def test_a_block_in_braces_is_left_alone(run: Run) -> None:
    """There is no line to put the rule on; the message says what to do."""
    head, _, _ = RULES.read_text("utf-8").partition("checks:")
    duty = (
        "{id: a, title: A, done: assessment.concluded, for_each: referrals, by: social_worker, "
        "force: will, cite: [4.p2]}"
    )
    RULES.write_text(f"{head}checks: [{{id: b, title: B, duties: [{duty}]}}]\n", encoding="utf-8")
    before = everything()
    told = run("new", "rule", "anyshire", *options())
    assert told.code == 3
    assert "[K113]" in told.err
    assert everything() == before


def test_a_protocol_that_is_broken_is_mended_first(run: Run) -> None:
    """Its own mistakes are shown with their places, not those of the rule."""
    RULES.write_text(RULES.read_text().replace("force: will", "force: wil"), encoding="utf-8")
    told = run("new", "rule", "anyshire", *options())
    assert told.code == 3
    assert f"{RULES}:20:9: error [P107]" in told.err


def test_a_shipped_protocol_is_not_changed(run: Run) -> None:
    """It belongs to the program; the way out is named."""
    told = run("new", "rule", "norfolk", *options())
    assert told.code == 3
    assert "[K115]" in told.err
    assert "--extends norfolk" in told.err


def test_a_scenario_file_that_is_there_stops_it(run: Run, write: Write) -> None:
    """Nothing is overwritten, and the rule is not added without its scenarios."""
    write("tests/protocols/anyshire/agencies-told.yaml", "theirs")
    before = everything()
    told = run("new", "rule", "anyshire", *options())
    assert told.code == 3
    assert "[K110]" in told.err
    assert everything() == before


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("after", [0, 1])
def test_interrupted_it_leaves_everything_as_it_was(
    run: Run, monkeypatch: pytest.MonkeyPatch, fault: BaseException, after: int
) -> None:
    """At the first or the second of the two files that change."""
    before = everything()
    real, done = Path.replace, 0

    def failing(path: Path, target: Path) -> Path:
        nonlocal done
        done += 1
        if done == after + 1:
            raise fault
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        told = run("new", "rule", "anyshire", *options())
    assert told.code == (130 if isinstance(fault, KeyboardInterrupt) else 3)
    assert done > after
    assert everything() == before


def test_the_file_reads_as_before_but_for_the_rule(run: Run) -> None:
    """Twice in a row: the second stands after the first."""
    assert run("new", "rule", "anyshire", *options()).code == 0
    assert run("new", "rule", "anyshire", *options(id="second")).code == 0
    document = parse_document(RULES.read_bytes(), "x.yaml")
    ids = [duty["id"] for duty in document.value["checks"][0]["duties"]]
    assert ids == ["outcome-in-writing", "agencies-told", "second"]


def test_the_page_on_packs_shows_what_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/packs.md: each command there, in order, and the start of what it says."""
    page = (ROOT / "docs" / "packs.md").read_text("utf-8")
    shown = re.findall(r"```console\n\$ protocol (.*?[^\\])\n(.*?)```", page, re.DOTALL)
    assert len(shown) == 2
    for command, said in shown:
        told = run(*shlex.split(command.replace("\\\n", " ")))
        assert told.out.startswith(said), told.out + told.err
        monkeypatch.chdir("north-yorkshire" if Path("north-yorkshire").is_dir() else ".")
