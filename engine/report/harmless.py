"""Text from anybody's file made harmless for a terminal, XML or a log.

In: any text. Out: the same text with every character that is not to be seen written out: control
characters, marks that turn the direction of writing, zero-width characters, odd spaces.
"""

from __future__ import annotations


def harmless(line: str) -> str:
    r"""`line` on one line, whose every character is seen: an escape reads `\x1b`.

    Characters keep their number only where they can be printed, so a column counted in the result
    may lie further right than in `line`.
    """
    if line.isprintable():
        return line
    return "".join(one if one.isprintable() else _written_out(one) for one in line)


def harmless_lines(text: str) -> str:
    """`text` with its line breaks, each line made harmless."""
    return "\n".join(harmless(line) for line in text.split("\n"))


def _written_out(character: str) -> str:
    return "    " if character == "\t" else ascii(character)[1:-1]
