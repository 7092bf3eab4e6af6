"""Write cases as files: each is there whole or not at all, and no other file is ever replaced.

In: cases and a folder. Out: `<label>.yaml` for each; the same cases give the same bytes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from engine.errors import InvalidInput, Place, Problem
from engine.load.case import written
from engine.model.case import Case
from engine.model.fact import Dictionary


def write_cases(cases: Sequence[Case], folder: Path, dictionary: Dictionary) -> tuple[Path, ...]:
    """Write each case to `folder` (made if need be) and return the files, in the order of `cases`.

    A file that already says the same is left as it is. Raises `InvalidInput`: S120 for each file
    that says something else, S121 where the folder can't be written; then nothing is changed.
    """
    content = {folder / f"{case.label}.yaml": written(case, dictionary).encode() for case in cases}
    try:
        new = _new(content)
        if new:
            _put(new, folder)
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise InvalidInput(
            [
                Problem(
                    "S121",
                    f"The cases can't be written here: {reason}.",
                    Place(str(folder)),
                    "Name a folder in which you may write.",
                )
            ]
        ) from None
    return tuple(content)


def _new(content: dict[Path, bytes]) -> dict[Path, bytes]:
    """The files that are not there yet; raises if one is there and says something else."""
    there = {path for path in content if path.exists()}
    different = [path for path in there if not path.is_file() or path.read_bytes() != content[path]]
    if different:
        raise InvalidInput(
            Problem(
                "S120",
                "There is already a file of this name, and it says something else.",
                Place(str(path)),
                "Name another folder, or move the file away.",
            )
            for path in different
        )
    return {path: text for path, text in content.items() if path not in there}


def _put(content: dict[Path, bytes], folder: Path) -> None:
    """Write all files beside the folder's own first, so that an interruption leaves none half."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".import-", dir=folder))
    try:
        for path, text in content.items():
            (beside / path.name).write_bytes(text)
        for path in content:
            (beside / path.name).rename(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
