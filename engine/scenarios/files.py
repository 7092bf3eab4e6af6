"""Which files hold the scenarios that a person means.

In: files, folders, protocols by name or file; or nothing, for the pack of the working folder. Out:
scenario files, each once, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.data import data_folder
from engine.errors import InvalidInput, Place, Problem
from engine.load.case import MOST_BYTES
from engine.packs import ENDINGS, Pack, find_protocol, is_path

_A_SCENARIO = re.compile(rb"""^[-\s{\[]*["']?scenario["']?\s*:""", re.MULTILINE)


def scenario_files(named: Sequence[str]) -> list[Path]:
    """The scenario files meant by `named`.

    Raises `InvalidInput`: T112 where there are none, P321 of a protocol that is not to be found.
    """
    if not named:
        folder = Pack.of(Path.cwd() / "any").scenarios
        return _all_in(folder, "There are no scenarios here.")
    found = [path for name in named for path in _meant(name)]
    return list({path.resolve(): path for path in found}.values())


def _meant(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        return _all_in(path, f"There are no scenarios in `{name}`.")
    if is_path(name) and not _is_protocol(path):
        return [path]
    protocol = find_protocol(name)
    folder = Pack.of(protocol).scenarios / protocol.stem
    return _all_in(folder, f"There are no scenarios of the protocol `{protocol.stem}`.")


def _is_protocol(path: Path) -> bool:
    pack = Pack.of(path)
    return path.stem in pack.names() and pack.protocol(path.stem).resolve() == path.resolve()


def _all_in(folder: Path, otherwise: str) -> list[Path]:
    """The files with scenarios in a folder and those below; protocols and cases are left out."""
    if found := files_in(folder):
        return found
    where = folder.as_posix()
    cure = f"Scenarios are YAML files in {where}; or name a file that holds some."
    if folder.absolute().is_relative_to(data_folder("protocols").parent) and not folder.exists():
        cure = "Those of the shipped protocols are not installed; name a file that holds some."
    raise InvalidInput([Problem("T112", otherwise, Place(where), cure)])


def files_in(folder: Path) -> list[Path]:
    """The files with scenarios in a folder that need not be there, and in those below."""
    return sorted(_scenarios_in(folder))


def _scenarios_in(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in ENDINGS and not hidden and path.is_file():
            with path.open("rb") as file:
                if _A_SCENARIO.search(file.read(MOST_BYTES)):
                    yield path
