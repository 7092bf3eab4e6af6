"""A word to whoever waits: what is being done, on a terminal's error stream only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say `what` while it is being done, and take it away afterwards."""
    if not sys.stderr or not sys.stderr.isatty():
        yield
        return
    sys.stderr.write(f"{what} …")
    sys.stderr.flush()
    try:
        yield
    finally:
        sys.stderr.write(f"\r{' ' * (len(what) + 2)}\r")
        sys.stderr.flush()
