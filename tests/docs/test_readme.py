"""The README shows what the program says: its demo is the real report, word for word.

The last line of a report is that of the second engine, which not every machine can install: there
it may be any of the words for that. `README=write` puts the present report into the page.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from engine.cli import main
from engine.data import data_folder

ROOT = data_folder("protocols").parent
README = ROOT / "README.md"
COMMAND = "protocol check examples/referral.yaml"
BLOCK = re.compile(r"<!-- demo -->\n```console\n\$ ([^\n]*)\n(.*?)```\n<!-- /demo -->", re.DOTALL)
LAST_LINES = ("Two engines agree.", "One engine only: durable-rules is not installed here.")


@pytest.fixture
def report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> str:
    """What the demo's command prints in a terminal of 80 columns."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PROTOCOL_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setattr(sys, "argv", COMMAND.split())
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    return capsys.readouterr().out


def test_the_demo_is_the_real_report(report: str) -> None:
    """All lines but the last, which is one of those that there can be."""
    if os.environ.get("README") == "write":
        block = f"<!-- demo -->\n```console\n$ {COMMAND}\n{report}```\n<!-- /demo -->"
        text = re.sub(
            r"<!-- demo -->.*<!-- /demo -->",
            lambda _: block,
            README.read_text("utf-8"),
            flags=re.DOTALL,
        )
        README.write_text(text, encoding="utf-8")
    shown = BLOCK.search(README.read_text("utf-8"))
    assert shown is not None
    assert shown[1] == COMMAND
    assert shown[2].splitlines()[:-1] == report.splitlines()[:-1]
    assert shown[2].splitlines()[-1] in LAST_LINES
    assert report.splitlines()[-1] in LAST_LINES


def test_make_demo_runs_that_command() -> None:
    """The Makefile and the README speak of one example."""
    assert f"bin/{COMMAND}" in (ROOT / "Makefile").read_text("utf-8").replace("$(BIN)", "bin")


def test_what_the_page_names_is_there() -> None:
    """Every file or folder that the README names exists."""
    text = README.read_text("utf-8")
    names = {*re.findall(r"\]\(([^)#:]+)\)", text), *re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", text)}
    names -= {name for name in names if "<" in name or name.startswith("cases/")}
    assert [name for name in sorted(names) if not (ROOT / name).exists()] == []
