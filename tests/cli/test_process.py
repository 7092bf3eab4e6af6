"""The program as a process of its own: pipes, interruptions, help, completion, locale."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from engine import __version__
from tests.cli.conftest import EXAMPLES, PROTOCOL, ROOT, record

START = [sys.executable, "-c", "from engine.cli import main; main()"]
CASE = EXAMPLES / "unborn.yaml"


def environment(**settings: str) -> dict[str, str]:
    """This process's, with settings, and the checkout in Python's path."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "", **settings}


def start(*arguments: str | Path, **settings: str) -> subprocess.Popen[bytes]:
    """The program, started and not waited for."""
    return subprocess.Popen(
        [*START, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**settings),
    )


def ended(*arguments: str | Path, stdin: bytes = b"", **settings: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the program."""
    with start(*arguments, **settings) as process:
        out, err = process.communicate(stdin, timeout=60)
    return process.returncode, out.decode(), err.decode()


def test_a_case_through_pipes() -> None:
    """A case in, the report out, without colour; the exit code is that of the report."""
    code, out, err = ended("check", "-", stdin=CASE.read_bytes())
    assert (code, err) == (1, "")
    assert out.startswith("example-4 · Norfolk local protocol")
    assert "\x1b" not in out


def test_the_report_in_process_is_that_of_the_process() -> None:
    """With the second engine and without, all but the last line is the same."""
    one = ended("check", CASE)[1].splitlines()
    other = ended("check", CASE, "--no-cross-check")[1].splitlines()
    assert one[:-1] == other[:-1]
    assert other[-1] == "One engine only: the second was not asked."


def test_a_reader_that_goes_away_is_no_gap_and_no_fault() -> None:
    """`protocol check … | head -1`: quiet, with a code that no report has."""
    with start("check", EXAMPLES, "--format", "json", "--no-cross-check") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_ctrl_c_stops_quietly() -> None:
    """No traceback, and a code that no report has."""
    with start("check", CASE, "-", "--no-cross-check", PYTHONUNBUFFERED="1") as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdin.write(b"case: ")
        process.stdin.flush()
        process.stdout.readline()  # the report of the first case; now it reads the second
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"Stopped.\n")


def test_the_version() -> None:
    """On standard output, for scripts."""
    assert ended("--version") == (0, f"protocol {__version__}\n", "")


def commands() -> Iterator[list[str]]:
    """Every command of the program, found from its own help."""
    waiting: list[list[str]] = [[]]
    while waiting:
        command = waiting.pop()
        yield command
        code, out, _ = ended(*command, "-h")
        assert code == 0
        if "\nCommands:\n" in out:
            listed = re.findall(r"^  (\w+)", out.partition("\nCommands:\n")[2], re.MULTILINE)
            waiting += [[*command, name] for name in listed]


def test_every_command_and_option_has_help() -> None:
    """`-h` and `--help` say the same, and no option or argument is without words."""
    found = list(commands())
    assert [] in found
    assert ["check"] in found
    assert ["import", "cin"] in found
    for command in found:
        short, long = ended(*command, "-h"), ended(*command, "--help")
        assert short == long
        assert (short[0], short[2]) == (0, "")
        entries = short[1].partition("Options:\n")[2].partition("\n\n")[0]
        lines = [line for line in entries.splitlines() if line.strip()]
        told = re.findall(r"^  -.*?\s{2,}\S|^  -.*\n\s{10,}\S", "\n".join(lines), re.MULTILINE)
        assert len(told) == sum(line.startswith("  -") for line in lines)


def test_completion_can_be_shown_and_installed(tmp_path: Path) -> None:
    """Of bash: shown on standard output, installed under the home folder."""
    # The shell is named, since CI may run under none that typer could find.
    code, out, _ = ended(
        "--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"
    )
    assert (code, "complete" in out) == (0, True)
    home = tmp_path / "empty"
    home.mkdir()
    code, out, err = ended(
        "--install-completion",
        "bash",
        HOME=str(home),
        _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1",
    )
    assert (code, err) == (0, "")
    assert any(path.name.endswith(".sh") for path in home.rglob("*"))


def test_a_terminal_without_a_character_is_no_fault() -> None:
    """What it lacks is replaced; the words are all there."""
    code, out, err = ended("check", CASE, "--no-cross-check", PYTHONIOENCODING="ascii")
    assert (code, err) == (1, "")
    assert "OVERDUE" in out


def test_what_python_is_asked_to_optimise_away_changes_nothing() -> None:
    """The same report under `python -O`, where assertions are left out."""
    expected = ended("check", CASE, "--no-cross-check")
    assert ended("check", CASE, "--no-cross-check", PYTHONOPTIMIZE="1") == expected


def test_files_beside_the_case_are_no_modules(tmp_path: Path) -> None:
    """A file called `yaml.py` in the working folder is not run."""
    Path("yaml.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    Path("anyshire.yaml").write_text(PROTOCOL, encoding="utf-8")
    Path("case.yaml").write_text(record(), encoding="utf-8")
    program = tmp_path / "run.py"
    program.write_text("from engine.cli import main; main()", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program, "check", "case.yaml", "--protocol", "./anyshire.yaml"],
        capture_output=True, check=False, timeout=60, env=environment(),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
