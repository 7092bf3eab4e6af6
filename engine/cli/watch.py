"""Run something again whenever one of some files changes.

In: what to look at and what to run. Out: nothing; it goes on until it is stopped with Ctrl-C.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import typer

from engine.errors import InvalidInput

_SECONDS = 0.5  # between two looks at the files
_STOPPED = 130
_Stamps = dict[Path, tuple[int, int] | None]


def watch(
    paths: Callable[[], Iterable[Path]],
    run: Callable[[], None],
    *,
    wait: Callable[[], None] = lambda: time.sleep(_SECONDS),
) -> None:
    """Call `run` at once and after each change of a file of `paths()`, asked for at each look.

    A file that appears or goes is a change. A run that ends the command (`typer.Exit`) or finds
    its input invalid ends that run only. Ctrl-C leaves with exit code 130. `wait` is called
    between two looks.
    """
    try:
        while True:
            before = _stamps(paths())
            _once(run)
            sys.stdout.flush()
            typer.echo("\nWatching for changes; Ctrl-C stops.", err=True)
            while _stamps(paths()) == before:
                wait()
            typer.echo("─" * 60, err=True)
    except KeyboardInterrupt:
        raise typer.Exit(_STOPPED) from None


def _once(run: Callable[[], None]) -> None:
    try:
        run()
    except typer.Exit:
        pass  # its findings are on the screen; the next run may have none
    except InvalidInput as fault:
        typer.echo(str(fault), err=True)


def _stamps(paths: Iterable[Path]) -> _Stamps:
    """When each file was last changed, and its size; None if it is not there."""
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
