"""The command line as a person meets it: `run` gives exit code, output and error output.

In-process, through the same `main` as the console script. Nothing is kept outside a temporary
folder. The second engine is left out unless a test asks for it, because it is a process of its own.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.cli import main
from engine.data import data_folder

ROOT = data_folder("protocols").parent
EXAMPLES = ROOT / "examples"

# One duty: the outcome in writing within five working days. In force since September 2024.
PROTOCOL = """\
protocol: anyshire
title: Anyshire protocol
effective: {from: 2024-09-01}
documents:
  protocol: {title: Anyshire Protocol, ledger: anyshire}
roles:
  social_worker: {title: social worker, counts: [social_worker]}
checks:
  - id: assessment
    title: Assessment
    duties:
      - id: outcome-in-writing
        title: Give the family the outcome in writing
        for_each: referrals
        from: assessment.concluded
        within: 5 working days
        done: assessment.outcome_given_in_writing
        by: social_worker
        force: will
        cite: [4.p2]
"""

RECORD = """\
case: {label}
as_of: 2025-03-14
complete: [referrals]
referrals:
  - received: 2025-02-03
    assessment:
      concluded: {concluded}
      outcome_given_in_writing: {given}
"""


class Told(NamedTuple):
    """What a command gave: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]
Write = Callable[[str, str], str]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache folder for all tests, so that each protocol is compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def surroundings(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home and a working folder that are empty, a terminal of 80 columns, no colour settings."""
    home, here = tmp_path / "home", tmp_path / "here"
    home.mkdir()
    here.mkdir()
    monkeypatch.chdir(here)
    for name, value in {"HOME": home, "PROTOCOL_CACHE_DIR": kept, "COLUMNS": 80}.items():
        monkeypatch.setenv(name, str(value))
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program with arguments; `second` lets `check` ask the second engine too."""

    def command(*arguments: str | Path, stdin: str = "", second: bool = False) -> Told:
        alone = arguments[:1] == ("check",) and not second
        words = [*map(str, arguments), *(["--no-cross-check"] if alone else [])]
        monkeypatch.setattr(sys, "argv", ["protocol", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        assert isinstance(ended.value.code, int)
        return Told(ended.value.code, *capsys.readouterr())

    return command


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file in the working folder and gives its name."""

    def file(name: str, text: str) -> str:
        path = tmp_path / "here" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return name

    return file


@pytest.fixture
def anyshire(write: Write) -> str:
    """A protocol of one duty."""
    return write("rules/anyshire.yaml", PROTOCOL)


def record(
    *, label: str = "child-1", concluded: str = "2025-03-03", given: str = "2025-03-05"
) -> str:
    """A case that the protocol of one duty finds nothing wrong with, unless told otherwise."""
    return RECORD.format(label=label, concluded=concluded, given=given)


CLEAN = record()
GAP = record(given="no")
OPEN = record(given="not_known")
BROKEN = "case: child-1\nreferrals:\n  - recieved: 2025-02-03\n"
