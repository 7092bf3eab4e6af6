"""Files are placed all or none, and nothing that was there is lost."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from engine.errors import InvalidInput
from engine.start.place import place_files


def everything(folder: Path) -> dict[str, bytes | None]:
    """All files and folders below, with what they hold."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder in which somebody has a file."""
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "theirs.txt").write_bytes(b"theirs")
    return folder


def test_new_files_and_their_folders_are_made(target: Path) -> None:
    """Folders in folders, and a change to what is there."""
    theirs = target / "theirs.txt"
    place_files({target / "a" / "b" / "c.txt": b"c"}, {theirs: (b"theirs", b"ours too")})
    assert everything(target) == {
        "a": None, "a/b": None, "a/b/c.txt": b"c", "theirs.txt": b"ours too",
    }  # fmt: skip


def test_a_file_that_is_there_is_never_overwritten(target: Path) -> None:
    """It is named, and nothing else is written either."""
    before = everything(target)
    with pytest.raises(InvalidInput) as told:
        place_files({target / "a.txt": b"a", target / "theirs.txt": b"ours"})
    (problem,) = told.value.problems
    assert (problem.code, problem.place.file) == ("K110", str(target / "theirs.txt"))
    assert everything(target) == before


def test_a_link_to_nothing_counts_as_there(target: Path) -> None:
    """Writing through a link would make a file elsewhere."""
    (target / "link.txt").symlink_to(target.parent / "elsewhere.txt")
    with pytest.raises(InvalidInput):
        place_files({target / "link.txt": b"x"})
    assert not (target.parent / "elsewhere.txt").exists()


def test_a_file_that_appears_meanwhile_is_left_alone(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else made the second file between the look and the writing."""
    made = Path.mkdir

    def mkdir(path: Path, *rest: Any) -> None:
        made(path, *rest)
        (target / "late.txt").write_bytes(b"theirs")

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(InvalidInput) as told:
        place_files({target / "new" / "a.txt": b"a", target / "late.txt": b"ours"})
    assert told.value.problems[0].code == "K110"
    assert everything(target) == {"theirs.txt": b"theirs", "late.txt": b"theirs"}


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left")])
@pytest.mark.parametrize("after", range(4))
def test_interrupted_at_any_point_nothing_is_left(
    target: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, after: int
) -> None:
    """Ctrl-C or a full disk at the opening of the first, second, … file."""
    before, opened, real = everything(target), 0, Path.open

    def failing(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        nonlocal opened
        file = real(path, mode, *rest, **named)
        if mode == "xb":
            opened += 1
            if opened > after:
                file.close()
                raise fault
        return file

    def swap(path: Path, content: bytes) -> None:
        raise fault

    new = {target / "x" / f"{n}.txt": b"new" for n in range(3)}
    monkeypatch.setattr(Path, "open", failing)
    monkeypatch.setattr("engine.start.place._swap", swap)
    with pytest.raises((KeyboardInterrupt, InvalidInput)):
        place_files(new, {target / "theirs.txt": (b"theirs", b"ours")})
    monkeypatch.undo()
    assert everything(target) == before


def test_the_first_change_is_taken_back_when_the_second_fails(target: Path) -> None:
    """A file that is not what it was stops everything, and says so."""
    other = target / "other.txt"
    other.write_bytes(b"changed meanwhile")
    changes = {target / "theirs.txt": (b"theirs", b"ours"), other: (b"as read", b"ours")}
    with pytest.raises(InvalidInput) as told:
        place_files({target / "new.txt": b"x"}, changes)
    assert told.value.problems[0].code == "K111"
    assert everything(target) == {"theirs.txt": b"theirs", "other.txt": b"changed meanwhile"}


def test_a_folder_that_cannot_be_made_is_said_plainly(target: Path) -> None:
    """A file stands where a folder would have to."""
    with pytest.raises(InvalidInput) as told:
        place_files({target / "theirs.txt" / "a.txt": b"a"})
    assert told.value.problems[0].code == "K112"
    assert everything(target) == {"theirs.txt": b"theirs"}
