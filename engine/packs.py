"""Packs: where protocols, their ledgers and their scenarios lie, and how one is found by its name.

A pack is a folder `protocols/` with a file for each protocol and `ledgers/` in it, and beside it
`tests/protocols/` with the scenarios. This project's own is one. In: a name and the file that
mentions it. Out: paths. Nothing outside the folder of a pack is ever given (K102).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from engine.data import data_folder
from engine.errors import InvalidInput, Place, Problem, nearest

SEARCH_PATH = "PROTOCOL_PATH"
ENDINGS = (".yaml", ".yml", ".json")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_IS_PROTOCOL = re.compile(
    rb"""^(?:\xef\xbb\xbf)?(?:\{[ \t]*)?['"]?protocol['"]?[ \t]*:""", re.MULTILINE
)
_MOST_BYTES = 5_000_000  # of a file that is looked into
_MOST_NAMES = 20  # in a message


class Pack(NamedTuple):
    """One pack: `root` is the folder that nothing leaves, `protocols` that of the protocols."""

    root: Path
    protocols: Path

    @classmethod
    def of(cls, file: Path) -> Pack:
        """The pack that a protocol, a ledger or a scenario file belongs to."""
        folder = file.absolute().parent
        if folder.name == "ledgers":
            folder = folder.parent
        if folder.name == "protocols" and folder.parent.name != "tests":
            return cls._at(folder)
        for above in (folder, *folder.parents):
            if above.name == "protocols" and above.parent.name == "tests":
                root = above.parent.parent
                beside = root / "protocols"
                return cls._at(beside if beside.is_dir() else root)
        return cls._at(folder)

    @classmethod
    def _at(cls, protocols: Path) -> Pack:
        """The pack whose protocols lie there; paths are as short as the working folder allows."""
        root = protocols.parent if protocols.name == "protocols" else protocols
        here = Path.cwd()
        return cls(
            *(p.relative_to(here) if p.is_relative_to(here) else p for p in (root, protocols))
        )

    @classmethod
    def within(cls, folder: Path) -> Iterator[Pack]:
        """The packs of a folder that somebody named: its `protocols`, and what lies in it."""
        folder = folder.absolute()
        if (folder / "protocols").is_dir():
            yield cls._at(folder / "protocols")
        yield cls._at(folder)

    @property
    def ledgers(self) -> Path:
        """The folder of its ledgers."""
        return self.protocols / "ledgers"

    @property
    def scenarios(self) -> Path:
        """The folder of its scenarios, which need not be there."""
        return self.root / "tests" / "protocols"

    def protocol(self, name: str) -> Path:
        """Where a protocol of that name would be; raises K102 where a link leads out."""
        return self._inside(self.protocols / f"{name}.yaml")

    def ledger(self, name: str) -> Path:
        """Where a ledger of that name would be; raises K102 where a link leads out."""
        return self._inside(self.ledgers / f"{name}.csv")

    def _inside(self, path: Path) -> Path:
        if path.resolve().is_relative_to(self.root.resolve()):
            return path
        message = f"This file is a link that leads out of its folder, {self.root.absolute()}."
        cure = "Put the file itself there; a pack cannot read what lies outside it."
        raise InvalidInput([Problem("K102", message, Place(str(path)), cure)])

    def names(self) -> list[str]:
        """The protocols in it, by name."""
        return sorted(p.stem for p in self.protocols.glob("*.yaml") if _is_protocol(p))

    def ledger_names(self) -> list[str]:
        """The ledgers in it, by name."""
        return sorted(path.stem for path in self.ledgers.glob("*.csv"))


def is_path(which: str) -> bool:
    """Whether a person gave a file rather than a name."""
    return which.endswith((*ENDINGS, ".csv")) or "/" in which or "\\" in which


def shipped_pack() -> Pack:
    """The pack that comes with the engine."""
    folder = data_folder("protocols")
    return Pack(folder.parent, folder)


def packs() -> list[Pack]:
    """Every pack, in order: of the working folder, of the search path, the shipped one last."""
    found = [pack for folder in (Path.cwd(), *_search_path()) for pack in Pack.within(folder)]
    return list(dict.fromkeys([*found, shipped_pack()]))


def names() -> list[str]:
    """The protocols that can be given by name."""
    return sorted({name for pack in packs() for name in pack.names()})


def own_names() -> list[str]:
    """The protocols of a person's own packs; of the shipped one if there are no others."""
    own = {name for pack in packs() if pack != shipped_pack() for name in pack.names()}
    return sorted(own) or names()


def find_protocol(which: str, near: Path | None = None) -> Path:
    """The file of a protocol, given by path or name; `near` is the file that mentions the name.

    A name is looked for beside that file, then in all packs. Raises `InvalidInput`: P321 where
    none has it, K101 where files that differ have it, K102 where it lies outside its pack.
    """
    if is_path(which):
        return Path(which)
    beside = Pack.of(near) if near else None
    if beside and _NAME.fullmatch(which) and beside.protocol(which).is_file():
        return beside.protocol(which)
    if found := _protocols(which):
        return _only(which, found)
    raise _no_protocol(which, beside)


def has_protocol(name: str) -> bool:
    """Whether some pack has a protocol of this name."""
    return bool(_protocols(name))


def find_ledger(which: str) -> Path:
    """The file of a ledger, given by path or name.

    Raises `InvalidInput`: L101 where there is none, K101 and K102 as `find_protocol`.
    """
    if is_path(which):
        return Path(which)
    places = [pack.ledger(which) for pack in packs()] if _NAME.fullmatch(which) else []
    if found := [path for path in places if path.is_file()]:
        return _only(which, found)
    known = sorted({name for pack in packs() for name in pack.ledger_names()})
    message = f"There is no ledger `{which}`."
    raise InvalidInput([Problem("L101", message, Place(which), _cure(which, known, None))])


def _protocols(name: str) -> list[Path]:
    """The files that packs have under this name."""
    places = [pack.protocol(name) for pack in packs()] if _NAME.fullmatch(name) else []
    return [path for path in places if _is_protocol(path)]


def _only(name: str, found: list[Path]) -> Path:
    """The first file, if all others say the same: a name means one thing, wherever you stand."""
    first, *others = found
    for other in others:
        if not other.samefile(first) and other.read_bytes() != first.read_bytes():
            message = f"Two files that differ are called `{name}`: {first} and {other}."
            cure = "Give the path of the one you mean, or give yours a name of its own."
            raise InvalidInput([Problem("K101", message, Place(name), cure)])
    return first


def _search_path() -> list[Path]:
    return [Path(one) for one in os.environ.get(SEARCH_PATH, "").split(os.pathsep) if one]


def _is_protocol(path: Path) -> bool:
    """Whether a file names a protocol, as a case or a workflow beside it does not.

    One that holds no text (UTF-16, a word processor's own format) counts too, so that it is told.
    """
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return False
        content = path.read_bytes()
        return b"\0" in content or bool(_IS_PROTOCOL.search(content))
    except OSError:
        return False


def _no_protocol(name: str, beside: Pack | None) -> InvalidInput:
    known = sorted({*names(), *(beside.names() if beside else ())})
    cure = _cure(name, known, beside)
    for pack in packs() if _NAME.fullmatch(name) else ():
        if pack.protocol(name).is_file():
            cure = f"{pack.protocol(name)} has no line that begins with `protocol:`. {cure}"
    return InvalidInput([Problem("P321", f"There is no protocol `{name}`.", Place(name), cure)])


def _cure(name: str, known: list[str], beside: Pack | None) -> str:
    """The nearest name; where none is near, what there is and where it was looked for."""
    if close := nearest(name, known):
        return close
    more = f" and {len(known) - _MOST_NAMES} more" if len(known) > _MOST_NAMES else ""
    looked = ["beside the file"] if beside else []
    looked += ["in this folder and its `protocols`"]
    looked += [f"in {SEARCH_PATH} ({_listed(map(str, _search_path()))})"] if _search_path() else []
    there_are = f"There are: {', '.join(known[:_MOST_NAMES])}{more}."
    where = f"Looked {_listed([*looked, 'among those that are shipped'])}"
    return f"{there_are} {where}; or give a file's path."


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
