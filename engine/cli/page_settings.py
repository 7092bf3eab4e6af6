"""How wide a report is and whether it is coloured: asked of the terminal and the environment."""

from __future__ import annotations

import os
import shutil
import sys


def width() -> int:
    """Columns of the terminal, between 40 and 160."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, 160))


def colour() -> bool:
    """Colour only for a terminal, and never against NO_COLOR."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR") or (sys.stdout and sys.stdout.isatty()))
