"""A problem as the command line prints it: harmless, and on a terminal broken between words."""

from __future__ import annotations

import sys
from textwrap import TextWrapper

from engine.cli.page_settings import width
from engine.errors import Problem
from engine.report.harmless import harmless_lines


def told(problem: Problem) -> str:
    """The lines of a problem; where they go to a terminal, none is wider than it."""
    text = harmless_lines(str(problem))
    if not (sys.stderr and sys.stderr.isatty()):
        return text
    fill = TextWrapper(width(), subsequent_indent="    ", break_on_hyphens=False).fill
    return "\n".join(fill(line) for line in text.split("\n"))
