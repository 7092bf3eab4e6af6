"""Putting files in their places: all of them or none, and nothing that was there is lost.

In: files that are new and files that change, with what they must still hold. Out: they are written;
or `InvalidInput` (K110 to K112), and everything is as it was. The same holds if it is interrupted.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from engine.errors import InvalidInput, Place, Problem


def place_files(
    new: Mapping[Path, bytes], changed: Mapping[Path, tuple[bytes, bytes]] | None = None
) -> None:
    """Write new files, which must not be there, and change others from one content to another."""
    if there := [path for path in new if os.path.lexists(path)]:
        raise InvalidInput(map(_there, there))
    done = _Done()
    try:
        for path, content in new.items():
            done.folder(path.parent)
            done.create(path, content)
        for path, (before, after) in (changed or {}).items():
            done.replace(path, before, after)
    except BaseException as fault:
        done.undo()
        if isinstance(fault, FileExistsError) and fault.filename:
            raise InvalidInput([_there(Path(fault.filename))]) from None
        if isinstance(fault, OSError):
            raise InvalidInput([_refused(fault)]) from None
        raise


class _Done:
    """What is being made, noted before it is, so that nothing is missed when it is undone."""

    def __init__(self) -> None:
        self.folders: list[Path] = []
        self.files: dict[Path, bytes] = {}
        self.changes: dict[Path, tuple[bytes, bytes]] = {}

    def folder(self, path: Path) -> None:
        """Make a folder and those it stands in."""
        missing = [one for one in (path, *path.parents) if not one.exists()]
        for one in reversed(missing):
            self.folders.append(one)
            one.mkdir()

    def create(self, path: Path, content: bytes) -> None:
        """Write a file that must not be there."""
        self.files[path] = content
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            del self.files[path]
            raise

    def replace(self, path: Path, before: bytes, after: bytes) -> None:
        """Change a file in one step, if it still says what it said."""
        if path.read_bytes() != before:
            message = "Somebody changed this file just now, so nothing was written."
            raise InvalidInput([Problem("K111", message, Place(str(path)), "Try again.")])
        self.changes[path] = (before, after)
        _swap(path, after)

    def undo(self) -> None:
        """Put everything back."""
        for path, (before, after) in self.changes.items():
            with contextlib.suppress(OSError):
                if path.read_bytes() == after:
                    _swap(path, before)
        for path, content in self.files.items():
            with contextlib.suppress(OSError):
                if content.startswith(path.read_bytes()):
                    path.unlink()
        for path in reversed(self.folders):
            with contextlib.suppress(OSError):
                path.rmdir()


def _swap(path: Path, content: bytes) -> None:
    """Write beside the file, then put it in its place: a reader sees the old or the new."""
    number, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        beside.chmod(path.stat().st_mode)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _there(path: Path) -> Problem:
    cure = "Nothing was written. Name another folder or another id, or move the file away."
    return Problem("K110", "There is a file here already.", Place(str(path)), cure)


def _refused(fault: OSError) -> Problem:
    reason = (fault.strerror or "the system refused").lower()
    cure = "Nothing was left behind. Name a folder in which you may write, with room in it."
    return Problem(
        "K112", f"This can't be written: {reason}.", Place(str(fault.filename or "")), cure
    )
