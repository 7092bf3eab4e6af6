"""Every exit code, with what is said beside it, and which of them wins over several files."""

from __future__ import annotations

from itertools import combinations

import pytest

from engine.errors import ExitCode
from engine.evaluate.agreement import Agreement
from engine.evaluate.second_engine import SecondEngine
from tests.cli.conftest import BROKEN, CLEAN, EXAMPLES, GAP, OPEN, Run, Write

TEXTS = {3: BROKEN, 1: GAP, 4: OPEN, 0: CLEAN}  # the first wins


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (0, "GAPS: none\n"),
        (1, "GAPS: 1 overdue\n × OVERDUE       Give the family the outcome in writing\n"),
        (4, "GAPS: none can be told; no duty could be decided on this record\n"),
    ],
)
def test_a_report_has_the_code_of_what_it_says(
    run: Run, write: Write, anyshire: str, code: int, says: str
) -> None:
    """0, 1 and 4 come with a report that says the same, and nothing on standard error."""
    told = run("check", write("case.yaml", TEXTS[code]), "--protocol", anyshire)
    assert (told.code, told.err) == (code, "")
    assert says in told.out


def test_nothing_that_applies_is_never_clean(run: Run, write: Write, anyshire: str) -> None:
    """A whole record to which no duty applies is undecided, and the report says why."""
    case = write("case.yaml", "case: a\nas_of: 2025-03-14\ncomplete: [referrals]\n")
    told = run("check", case, "--protocol", anyshire)
    assert told.code == ExitCode.UNDECIDED
    assert "nothing on this record is known to come under this protocol" in told.out


def test_an_empty_record_is_never_clean(run: Run, write: Write, anyshire: str) -> None:
    """A label alone says nothing, and so decides nothing."""
    assert run("check", write("case.yaml", "case: a\n"), "--protocol", anyshire).code == 4


def test_a_mistake_in_a_file_is_3_with_its_place_and_cure(run: Run, write: Write) -> None:
    """The problem goes to standard error; no report is made of the case."""
    told = run("check", write("case.yaml", BROKEN))
    assert (told.code, told.out) == (3, "")
    assert told.err == (
        "case.yaml:3:5: error [C101] `recieved` is no fact of `referral`.\n"
        "    Did you mean `received`?\n"
    )


@pytest.mark.parametrize("codes", [pair for n in (2, 3, 4) for pair in combinations(TEXTS, n)])
def test_over_several_files_the_first_of_3_1_4_0(
    run: Run, write: Write, anyshire: str, codes: tuple[int, ...]
) -> None:
    """Whatever the order of the files, the gravest code is that of the process."""
    files = [write(f"{code}.yaml", TEXTS[code]) for code in codes]
    assert run("check", *files, "--protocol", anyshire).code == codes[0]
    assert run("check", *reversed(files), "--protocol", anyshire).code == codes[0]


def test_the_children_of_a_household_count_like_files(run: Run) -> None:
    """One child with a gap and one undecided: a gap."""
    told = run("check", EXAMPLES / "household.yaml")
    assert told.code == 1
    table = [line.split()[:3] for line in told.out.splitlines()[-2:]]
    assert table == [["example-2-older", "?", "undecided"], ["example-2-younger", "×", "gap"]]


def test_engines_that_differ_are_an_internal_fault(
    run: Run, write: Write, anyshire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """70 wins over all other codes, even that of an invalid file, and the report warns."""
    monkeypatch.setattr(SecondEngine, "ask", lambda *_: Agreement("differs"))
    files = [write("gap.yaml", GAP), write("broken.yaml", BROKEN)]
    told = run("check", *files, "--protocol", anyshire, second=True)
    assert told.code == ExitCode.INTERNAL
    assert "Engines differ: an internal fault. Do not rely on this report." in told.out


def test_where_the_engines_differ_a_bundle_is_kept(
    run: Run,
    write: Write,
    anyshire: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """It lies in the cache folder, whose path is told, and nowhere else."""
    folder = tmp_path_factory.mktemp("other")
    monkeypatch.setenv("PROTOCOL_CACHE_DIR", str(folder))

    def ask(self: SecondEngine, *_: object) -> Agreement:
        self.bundle = {"differences": []}
        return Agreement("differs", bundle=self.bundle)

    monkeypatch.setattr(SecondEngine, "ask", ask)
    told = run("check", write("gap.yaml", GAP), "--protocol", anyshire, second=True)
    assert f"{folder / 'engines-differ.json'} shows where" in told.err
    assert "differences" in (folder / "engines-differ.json").read_text("utf-8")


def test_a_fault_of_ours_is_70_without_a_traceback(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says where in the engine, and nothing of what the fault held."""

    def failing(*_: object, **__: object) -> None:
        raise ValueError("Jeremiah Blenkinsop")

    monkeypatch.setattr("engine.pipeline.evaluate", failing)
    told = run("check", write("case.yaml", GAP))
    assert told.code == ExitCode.INTERNAL
    assert "an internal fault (ValueError in test_exit_codes.py, failing, line" in told.err
    assert "Traceback" not in told.err
    assert "Blenkinsop" not in told.out + told.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check"], "Missing argument"),
        (["chek", "case.yaml"], "No such command 'chek'"),
        (["check", "case.yaml", "--al"], "No such option: --al"),
        (["check", "case.yaml", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
        (["check", "case.yaml", "--engine", "z3"], "'z3' is not one of 'planes', 'durable-rules'"),
        (["check", "case.yaml", "--protocol", ""], "A protocol's name is empty."),
        (["check", ""], "A file's name is empty."),
        (["import", "cin", "return.xml"], "Missing option"),
        (["import", "ssd"], "No such command 'ssd'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_2_and_says_what(run: Run, arguments: list[str], says: str) -> None:
    """Nothing is reported; the message names the mistake and how to get help."""
    told = run(*arguments)
    assert (told.code, told.out) == (2, "")
    assert says in told.err
    assert "-h' for help." in told.err


def test_a_clean_file_after_a_fault_code_of_usage_is_never_read(run: Run, write: Write) -> None:
    """Usage is judged before any file: an empty name among good ones stops all."""
    assert run("check", write("case.yaml", CLEAN), "").out == ""
