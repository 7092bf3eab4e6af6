"""Files, folders, households and standard input: each case once, and the good beside the bad."""

from __future__ import annotations

from engine.errors import ExitCode
from tests.cli.conftest import BROKEN, CLEAN, GAP, Run, Write, record


def test_one_bad_file_does_not_stop_the_rest(run: Run, write: Write, anyshire: str) -> None:
    """The cases before and after it are reported; it is explained."""
    files = [
        write("a.yaml", record(label="first")),
        write("b.yaml", BROKEN),
        write("c.yaml", record(label="last")),
    ]
    told = run("check", *files, "--protocol", anyshire)
    assert told.code == ExitCode.INVALID
    assert "first · Anyshire protocol" in told.out
    assert "last · Anyshire protocol" in told.out
    assert told.err.startswith("b.yaml:3:5: error [C101]")


def test_one_bad_child_does_not_stop_the_household(run: Run, write: Write, anyshire: str) -> None:
    """The brother or sister is reported."""
    text = "cases:\n" + "".join(
        f"- {child.rstrip().replace(chr(10), chr(10) + '  ')}\n"
        for child in (record(label="good"), BROKEN)
    )
    told = run("check", write("both.yaml", text), "--protocol", anyshire)
    assert told.code == ExitCode.INVALID
    assert "good · Anyshire protocol" in told.out


def test_a_file_that_is_not_there_is_told_beside_the_others(
    run: Run, write: Write, anyshire: str
) -> None:
    """It is invalid input, not wrong usage."""
    told = run("check", "none.yaml", write("a.yaml", CLEAN), "--protocol", anyshire)
    assert told.code == ExitCode.INVALID
    assert told.err.startswith("none.yaml: error [D101] There is no such file.\n")
    assert "child-1 · Anyshire protocol" in told.out


def test_a_folder_gives_its_case_files_by_name(run: Run, write: Write, anyshire: str) -> None:
    """YAML and JSON, in folders within it too; other files and hidden ones are left out."""
    write("cases/b.yaml", record(label="second"))
    write("cases/a.YML", record(label="first"))
    write("cases/more/c.json", '{"case": "third", "as_of": "2025-03-14"}')
    write("cases/notes.txt", "no case")
    write("cases/.cache/d.json", "{}")
    write("cases/.e.yaml", "no case")
    told = run("check", "cases", "--protocol", anyshire)
    assert told.err == ""
    assert [line.split(" ·")[0] for line in told.out.splitlines() if "· Any" in line] == [
        "first", "second", "third",
    ]  # fmt: skip


def test_a_folder_without_a_case_is_wrong_usage(run: Run, write: Write) -> None:
    """An empty folder is never a clean result."""
    write("cases/notes.txt", "no case")
    told = run("check", "cases")
    assert (told.code, told.out) == (ExitCode.USAGE, "")
    assert "There is no case file (.yaml, .yml or .json) in cases." in told.err


def test_a_file_given_twice_is_reported_once(run: Run, write: Write, anyshire: str) -> None:
    """By name, by another way of writing it, and in its folder."""
    write("cases/a.yaml", CLEAN)
    told = run("check", "cases/a.yaml", "./cases/a.yaml", "cases", "--protocol", anyshire)
    assert told.out.count("child-1 · Anyshire protocol") == 1


def test_standard_input_is_read(run: Run, anyshire: str) -> None:
    """`-` reads a case as a file would be."""
    told = run("check", "-", "--protocol", anyshire, stdin=GAP)
    assert told.code == ExitCode.GAP
    assert "child-1 · Anyshire protocol" in told.out


def test_problems_of_standard_input_have_a_place(run: Run) -> None:
    """They name it in words."""
    told = run("check", "-", stdin=BROKEN)
    assert told.code == ExitCode.INVALID
    assert told.err.startswith("standard input:3:5: error [C101]")


def test_nothing_on_standard_input_is_invalid(run: Run) -> None:
    """An empty input is never a clean result."""
    told = run("check", "-")
    assert told.code == ExitCode.INVALID
    assert "The file is empty." in told.err


def test_several_cases_end_in_a_table(run: Run, write: Write, anyshire: str) -> None:
    """One line a case, after the reports."""
    files = [write("a.yaml", record(label="a")), write("b.yaml", record(label="b", given="no"))]
    table = run("check", *files, "--protocol", anyshire).out.splitlines()[-3:]
    assert [line.split() for line in table] == [
        ["Case", "Result", "Gaps", "Next", "date", "Decided"],
        ["a", "no", "gap", "0", "–", "1", "of", "1"],
        ["b", "×", "gap", "1", "–", "1", "of", "1"],
    ]


def test_a_protocol_given_as_a_case_is_one_mistake(run: Run, anyshire: str) -> None:
    """Mixing up the two is explained once, not key by key."""
    told = run("check", anyshire)
    assert told.code == ExitCode.INVALID
    assert told.err == (
        f"{anyshire}:1:1: error [C126] This is a protocol, not a case.\n"
        "    Give the file of a case here; a protocol is named with `--protocol`.\n"
    )
