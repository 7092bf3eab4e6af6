"""A problem as the command line prints it: harmless, and on a terminal broken between words."""

from __future__ import annotations

import sys
from textwrap import TextWrapper

from engine.cli.page_settings import width
from engine.errors import Problem
from engine.report.harmless import harmless_lines


def told(problem: Problem) -> str:
    """The lines of a problem as they are written to the error stream."""
    return broken(harmless_lines(str(problem)))


def broken(text: str) -> str:
    """`text` for the error stream; where that is a terminal, no line is wider than it."""
    if not (sys.stderr and sys.stderr.isatty()):
        return text
    fill = TextWrapper(width(), subsequent_indent="    ", break_on_hyphens=False).fill
    return "\n".join(fill(line) for line in text.split("\n"))
