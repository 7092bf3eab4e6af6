"""Problems on a terminal, and anywhere else."""

from __future__ import annotations

import pytest

from engine.cli.told import told
from engine.errors import Place, Problem

PROBLEM = Problem("P999", "wrong " * 30 + "\x1b[31m", Place("a.yaml", 3, 1), "Mend it. " * 20)


def test_a_program_gets_a_line_each() -> None:
    """Message and cure, nothing broken; what cannot be seen is written out."""
    assert len(told(PROBLEM).splitlines()) == 2
    assert r"\x1b[31m" in told(PROBLEM)


def test_on_a_terminal_lines_break_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """None is wider than the page; what goes on is set in."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    first, *rest = told(PROBLEM).splitlines()
    assert first.startswith("a.yaml:3:1: error [P999] wrong")
    assert all(line.startswith("    ") for line in rest)
    assert max(map(len, [first, *rest])) <= 80
