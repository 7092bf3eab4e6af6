"""A word to whoever waits."""

from __future__ import annotations

import pytest

from engine.cli.waiting import waiting


def test_nothing_is_said_to_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    """Only a terminal has somebody who waits."""
    with waiting("Looking"):
        pass
    assert capsys.readouterr() == ("", "")


def test_it_is_taken_away_whatever_happens(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes next begins on an empty line, a fault too."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with pytest.raises(ValueError, match="wrong"), waiting("Looking"):
        raise ValueError("wrong")
    assert capsys.readouterr() == ("", "Looking …\r         \r")
