"""Watching files: what starts a run, what ends one, and what ends it all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import typer

from engine.cli.watch import watch
from engine.errors import InvalidInput, Place, Problem


def _watched(paths: list[Path], changes: Sequence[Callable[[], object]]) -> int:
    """The number of runs while `changes` are made one a look, and then Ctrl-C."""
    runs: list[int] = []
    left = iter(changes)

    def wait() -> None:
        change = next(left, None)
        if change is None:
            raise KeyboardInterrupt
        change()

    with pytest.raises(typer.Exit) as stopped:
        watch(lambda: list(paths), lambda: runs.append(1), wait=wait)
    assert stopped.value.exit_code == 130
    return len(runs)


def test_runs_once_at_the_start(tmp_path: Path) -> None:
    """The first run does not wait for a change."""
    assert _watched([tmp_path / "a"], []) == 1


def test_runs_after_each_change(tmp_path: Path) -> None:
    """A file that appears, changes or goes is one more run each; a look without is none."""
    file = tmp_path / "a"
    changes = [
        lambda: file.write_text("1"),
        lambda: None,
        lambda: file.write_text("22"),
        file.unlink,
    ]
    assert _watched([file], changes) == 4


def test_a_new_file_among_the_paths_is_a_change(tmp_path: Path) -> None:
    """The paths are asked for at each look."""
    paths = [tmp_path / "a"]
    assert _watched(paths, [lambda: paths.append(tmp_path / "b")]) == 2


def test_findings_end_a_run_and_not_the_watch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit codes and invalid input are of one run; the next may be clean."""
    ends = iter(
        [typer.Exit(1), InvalidInput([Problem("P101", "It is wrong.", Place("a.yaml", 2, 3))])]
    )
    file = tmp_path / "a"
    changes = iter([lambda: file.write_text("1")])

    def run() -> None:
        raise next(ends)

    def wait() -> None:
        change = next(changes, None)
        if change is None:
            raise KeyboardInterrupt
        change()

    with pytest.raises(typer.Exit) as stopped:
        watch(lambda: [file], run, wait=wait)
    assert stopped.value.exit_code == 130
    assert "a.yaml:2:3: error [P101] It is wrong." in capsys.readouterr().err
