"""Whole processes: `protocol check` on an example against the import of what it is built on.

In: nothing but this checkout. Out: for each command the milliseconds of every run, interleaved.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parents[1]
BASELINE = "import typer, rich.console, yaml"
WARM_UP = 2
NOT_KEPT = "PYTHONDONTWRITEBYTECODE"  # with it no cache is warm: every start compiles the engine
ANSWERED = (0, 1, 4)  # clean, a gap, undecided: `check` did its work


@dataclass(frozen=True)
class Runs:
    """Milliseconds of each run of a command."""

    title: str
    times: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of the runs."""
        return median(self.times)


class FailedError(Exception):
    """A command that is timed did not do its work."""


def commands() -> dict[str, list[str]]:
    """The commands by their titles; the first is what the others are compared with."""
    check = [*_protocol(), "check", str(ROOT / "examples" / "referral.yaml")]
    return {
        f'python -c "{BASELINE}"': [sys.executable, "-c", BASELINE],
        "protocol check, one engine": [*check, "--no-cross-check"],
        "protocol check, second engine too": check,
    }


def measure(runs: int) -> list[Runs]:
    """Every command `runs` times, in turn, after a warm-up that fills the caches."""
    times: dict[str, list[float]] = {title: [] for title in commands()}
    for run in range(-WARM_UP, runs):
        for title, command in commands().items():
            taken = _milliseconds(command)
            if run >= 0:
                times[title].append(taken)
    return [Runs(title, tuple(each)) for title, each in times.items()]


def _protocol() -> list[str]:
    """The installed console script, or the package it starts."""
    script = Path(sys.executable).with_name("protocol")
    return [str(script)] if script.exists() else [sys.executable, "-m", "engine.cli"]


def _milliseconds(command: list[str]) -> float:
    kept = {name: value for name, value in os.environ.items() if name != NOT_KEPT}
    start = perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)
    taken = perf_counter() - start
    if done.returncode not in ANSWERED:
        raise FailedError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
    return taken * 1000
