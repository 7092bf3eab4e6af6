"""Compiled programs kept between runs: JSON by content, in the user's cache folder.

In: the protocol files of a chain. Out: the program compiled from exactly those bytes, this
dictionary and this version of the engine, or None. JSON cannot execute code; whatever does not
read back as a program is ignored and compiled anew. Nothing about any case is ever kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from engine import __version__
from engine.model.program import Program, from_json, to_json


def folder() -> Path:
    """Where programs are kept: `PROTOCOL_CACHE_DIR`, or the user's cache folder."""
    if own := os.environ.get("PROTOCOL_CACHE_DIR"):
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "protocol-engine"


def key(contents: Sequence[tuple[str, bytes]], dictionary: str) -> str:
    """The name of the program compiled from these (file name, bytes), local first."""
    digest = hashlib.sha256(f"{__version__}\0{_code()}\0{dictionary}".encode())
    for name, content in contents:
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def kept(name: str) -> Program | None:
    """The program of that key, if it is kept and whole."""
    try:
        return from_json(json.loads((folder() / f"{name}.json").read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep(name: str, program: Program) -> None:
    """Keep a program; where the folder cannot be written, do without."""
    import tempfile  # noqa: PLC0415 - only after a protocol was compiled

    with contextlib.suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder(), prefix=".", suffix=".json")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(to_json(program), file, separators=(",", ":"))
        Path(temporary).replace(folder() / f"{name}.json")


def _code() -> str:
    """When the compiler's own files last changed: in a checkout they change between versions."""
    root = Path(__file__).parent.parent
    files = [p for stage in ("compile", "resolve", "validate") for p in (root / stage).glob("*.py")]
    files += [root / "model" / "program.py"]
    return str(max(file.stat().st_mtime_ns for file in files))
