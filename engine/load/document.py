"""Read a file as text values with their places.

In: the path or the bytes of a YAML or JSON file. Out: one `Document`, whose every scalar is text as
written (`2.10`, `no` and `13:30` stay themselves), or `InvalidInput` with all that is wrong (D1xx).
"""

from __future__ import annotations

import re
from pathlib import Path

from engine.errors import InvalidInput, Place, Problem
from engine.model.document import Document

_NOT_TEXT = (
    (b"PK\x03\x04", "a spreadsheet or an archive", "Save its content as YAML or JSON text."),
    (b"%PDF", "a PDF", "Write what it says as YAML or JSON text."),
    (b"<?xml", "XML", "A census return is read with `protocol import cin`."),
)
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_TAB = re.compile(r"^ *\t", re.MULTILINE)
_NO_SPACE = re.compile(
    r"^(?: *| *(?:- +)*[A-Za-z_][\w.-]*: *)([\u00a0\u2000-\u200b\u202f\u3000\ufeff])", re.MULTILINE
)
_MOST_PROBLEMS = 20


def read_document(path: Path, *, most_bytes: int) -> Document:
    """The document in the file at `path`, of at most `most_bytes`; nothing larger is read.

    Raises `InvalidInput`: D101 to D104 where the file can't be read, else as `parse_document`.
    """
    return parse_document(read_bytes(path, most_bytes=most_bytes), str(path))


def parse_document(text: bytes, name: str) -> Document:
    """The document in `text`, called `name` in messages.

    JSON if `name` ends in `.json`, or if it does not end in `.yaml` or `.yml` and the text starts
    with `{` or `[`; else YAML. In JSON `true` and `false` become `yes` and `no`. Raises
    `InvalidInput` (D105 to D135).
    """
    decoded = _decoded(text, name)
    if _is_json(decoded, name):
        from engine.load.json_text import parse_json  # noqa: PLC0415 - only for JSON

        return parse_json(decoded, name)
    tabs = [
        Problem(
            "D110",
            "A tab stands at the start of this line; YAML is indented with spaces only.",
            _place_at(decoded, match.end() - 1, name),
            "Replace the tab by spaces.",
        )
        for match in _TAB.finditer(decoded)
    ]
    odd = [
        Problem(
            "D109",
            "This looks like a space and is another character, which YAML takes for text.",
            _place_at(decoded, match.start(1), name),
            "Replace it by an ordinary space; it may have come in by copying.",
        )
        for match in _NO_SPACE.finditer(decoded)
    ]
    if tabs or odd:
        raise InvalidInput([*tabs[:_MOST_PROBLEMS], *odd[:_MOST_PROBLEMS]])
    from engine.load.yaml_text import parse_yaml  # noqa: PLC0415 - heavy; JSON needs none of it

    return parse_yaml(decoded, name)


def read_bytes(path: Path, *, most_bytes: int) -> bytes:
    """The bytes of the file at `path`."""
    name = str(path)
    try:
        if path.is_dir():
            raise _refused(
                "D102", "This is a folder, not a file.", name, "Name a file in the folder."
            )
        too_large = path.stat().st_size > most_bytes
        content = b"" if too_large else _read_at_most(path, most_bytes + 1)
    except FileNotFoundError:
        raise _refused(
            "D101", "There is no such file.", name, "Check the name and the folder."
        ) from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "its name can't be used"
        raise _refused(
            "D103",
            f"The file can't be read: {reason.lower()}.",
            name,
            "Check the name, and that you may open it.",
        ) from None
    if too_large or len(content) > most_bytes:
        raise _refused(
            "D104",
            f"The file is larger than {most_bytes / 1_000_000:g} MB and was not read.",
            name,
            "Split it into smaller files.",
        )
    return content


def _read_at_most(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _decoded(text: bytes, name: str) -> str:
    """`text` as Unicode; raises on whatever is not plain UTF-8 text with something in it."""
    text = text.removeprefix(b"\xef\xbb\xbf")  # the mark that some editors put before UTF-8
    if text.startswith(_BYTE_ORDER):
        raise _refused("D107", "The file is in UTF-16, not UTF-8.", name, "Save it as UTF-8.")
    for start, kind, cure in _NOT_TEXT:
        if text.startswith(start):
            raise _refused("D134", f"This is {kind}, not YAML or JSON.", name, cure)
    if b"\x00" in text:
        raise _refused(
            "D106", "This is not a text file.", name, "Give a file of YAML or JSON text."
        )
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = text[: fault.start].decode("utf-8")
        raise InvalidInput(
            [
                Problem(
                    "D107",
                    "A character here is not in UTF-8.",
                    _place_at(before, len(before), name),
                    "Save the file as UTF-8.",
                )
            ]
        ) from None
    decoded = decoded.replace("\r\n", "\n").replace("\r", "\n")
    controls = [
        Problem(
            "D109",
            "There is an invisible control character here.",
            _place_at(decoded, match.start(), name),
            "Delete it; it may have come in by copying.",
        )
        for match, _ in zip(_CONTROL.finditer(decoded), range(_MOST_PROBLEMS), strict=False)
    ]
    if controls:
        raise InvalidInput(controls)
    if not decoded.strip():
        raise _refused("D105", "The file is empty.", name, "Write something in it.")
    return decoded


def _is_json(text: str, name: str) -> bool:
    ending = Path(name).suffix.lower()
    if ending in {".yaml", ".yml"}:
        return False
    return ending == ".json" or text.lstrip()[:1] in {"{", "["}


def _place_at(text: str, offset: int, name: str) -> Place:
    line = text.count("\n", 0, offset) + 1
    return Place(name, line, offset - text.rfind("\n", 0, offset))


def _refused(code: str, message: str, name: str, cure: str) -> InvalidInput:
    return InvalidInput([Problem(code, message, Place(name), cure)])
