"""`protocol validate`: formats, exit codes, names, and what a person sees of a mistake."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.pipeline import shipped
from tests.cli.conftest import PROTOCOL, ROOT, Run, Write

LEDGER = "clause,hash,disposition,rules,note\n4.p2,,,,\n"
WRONG = PROTOCOL.replace("by: social_worker", "by: socal_worker")


@pytest.fixture
def ledger(write: Write) -> None:
    """The ledger of the protocol of one duty."""
    write("protocols/ledgers/anyshire.csv", LEDGER)


@pytest.fixture
def valid(write: Write, ledger: None) -> str:
    return write("protocols/anyshire.yaml", PROTOCOL)


@pytest.fixture
def wrong(write: Write, ledger: None) -> str:
    return write("protocols/anyshire.yaml", WRONG)


def test_a_valid_protocol_says_so_in_one_line(run: Run, valid: str) -> None:
    """With its size, and exit code 0."""
    assert run("validate", valid) == (0, "protocols/anyshire.yaml: valid. 1 duty.\n", "")


def test_a_mistake_has_place_cause_cure_and_line(run: Run, wrong: str) -> None:
    """Exit code 3; the caret stands under the word."""
    told = run("validate", wrong)
    assert told.code == 3
    assert told.out == (
        "protocols/anyshire.yaml:18:9: error [P304] There is no role `socal_worker`.\n"
        "    Did you mean `social_worker`?\n"
        "    18 |         by: socal_worker\n"
        "       |         ^\n"
        "\n"
        "1 error in 1 file. More about one: `protocol explain P304`.\n"
    )


def test_the_page_on_validating_shows_what_is_shown(run: Run, wrong: str) -> None:
    """Its example is the real output."""
    page = (ROOT / "docs" / "validating.md").read_text("utf-8")
    assert f"$ protocol validate {wrong}\n{run('validate', wrong).out}```" in page


def test_a_name_and_no_name_do_as_well(run: Run, wrong: str) -> None:
    """A protocol of the pack by its name; without an argument, all of the person's own."""
    assert run("validate", "anyshire").code == 3
    told = run("validate")
    assert told.code == 3
    assert "protocols/anyshire.yaml:18:9: error [P304]" in told.out
    assert "wt2018" not in told.out


@pytest.mark.parametrize("folder", [".", "protocols"])
def test_of_a_folder_its_protocols_are_checked(run: Run, wrong: str, folder: str) -> None:
    """The folder of a pack, or that of its protocols; ledgers are none."""
    told = run("validate", folder)
    assert (told.code, told.out) == (3, run("validate", wrong).out)


def test_a_folder_without_a_protocol_is_wrong_usage(run: Run, write: Write) -> None:
    """A folder of cases."""
    write("cases/one.yaml", "case: child-1\n")
    told = run("validate", "cases")
    assert told.code == 2
    assert "There is no protocol in cases." in told.err


def test_where_there_is_no_pack_the_shipped_protocols_are_checked(run: Run) -> None:
    """All of them are named."""
    told = run("validate", "--format", "json")
    assert [Path(each["file"]).stem for each in json.loads(told.out)["files"]] == shipped()


def test_a_name_that_no_protocol_has(run: Run) -> None:
    """It is a problem like any other, with the nearest name."""
    told = run("validate", "norfok")
    assert told.code == 3
    assert "[P321] There is no protocol `norfok`." in told.out
    assert "Did you mean `norfolk`?" in told.out


def test_every_file_is_told_of_and_one_given_twice_once(run: Run, write: Write, valid: str) -> None:
    """A valid file, one that is not there, one that is no protocol."""
    case = write("case.yaml", "case: child-1\n")
    told = run("validate", valid, "missing.yaml", case, valid)
    assert told.code == 3
    assert told.out.count("valid.") == 1
    assert "missing.yaml: error [D101]" in told.out
    assert "case.yaml:1:1: error [P198] This is a case, not a protocol." in told.out
    assert "2 errors in 2 files." in told.out


def test_a_warning_fails_nothing(run: Run, write: Write) -> None:
    """A protocol without its ledger is valid, and the warning is shown."""
    told = run("validate", write("protocols/anyshire.yaml", PROTOCOL))
    assert told.code == 0
    assert "warning [P502] There is no ledger `anyshire`" in told.out
    assert "1 warning in 1 file." in told.out


def test_annotations_have_forward_slashes_and_the_same_exit_code(run: Run, wrong: str) -> None:
    """GitHub finds the file by its name from the folder where the command ran."""
    told = run("validate", wrong, "--format", "github")
    assert told.code == 3
    assert told.out.startswith("::error file=protocols/anyshire.yaml,line=18,col=9,title=P304::")


def test_a_path_in_full_is_shown_from_the_working_folder(run: Run, wrong: str) -> None:
    """So that a program that gives full paths gets the names of a code host."""
    told = run("validate", Path(wrong).absolute(), "--format", "json")
    assert json.loads(told.out)["problems"][0]["file"] == "protocols/anyshire.yaml"


@pytest.mark.parametrize("format_", ["sarif", "junit", "json"])
def test_what_programs_read_parses(run: Run, wrong: str, format_: str) -> None:
    """Nothing but the document is on standard output."""
    told = run("validate", wrong, "--format", format_)
    assert (told.code, told.err) == (3, "")
    if format_ == "junit":
        assert ET.fromstring(told.out.encode()).get("failures") == "1"  # noqa: S314 - our own
    else:
        assert "socal_worker" in json.dumps(json.loads(told.out))


@pytest.mark.parametrize("format_", ["text", "github", "sarif", "junit", "json"])
def test_a_hostile_file_steers_nothing(run: Run, write: Write, format_: str) -> None:
    """Escapes and commands in a name that the message repeats are written out."""
    name = "\\e[31m::error::]]>\\u202e"
    text = WRONG.replace("socal_worker", f'"{name}"').replace("Anyshire protocol", f'"{name}"')
    told = run("validate", write("protocols/anyshire.yaml", text), "--format", format_)
    assert told.code == 3
    assert all(line.isprintable() for line in told.out.split("\n"))
    assert "\n::error::" not in told.out


def test_an_empty_name_is_wrong_usage(run: Run) -> None:
    """Exit code 2."""
    assert run("validate", "").code == 2


def test_watching_goes_on_until_stopped(
    run: Run, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The problems are shown at once; Ctrl-C ends it with 130 and no further word."""

    def stopped(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", stopped)
    told = run("validate", wrong, "--watch")
    assert told.code == 130
    assert "[P304]" in told.out
    assert told.err == "\nWatching for changes; Ctrl-C stops.\n"
