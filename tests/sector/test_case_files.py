"""Case files are written whole or not at all, and nobody's file is replaced."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from engine.model.case import Case, Coverage, Item
from engine.model.fact import Dictionary
from engine.sector import case_files
from engine.sector.case_files import write_cases


def case(label: str, authority: str = "norfolk") -> Case:
    day = datetime.date(2025, 3, 31)
    return Case(label, authority, day, Coverage(), Item(), "return.xml")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_one_file_a_child(tmp_path: Path, dictionary: Dictionary) -> None:
    """Each is named by its label; the folder is made."""
    folder = tmp_path / "new" / "cases"
    paths = write_cases([case("b"), case("a")], folder, dictionary)
    assert [path.name for path in paths] == ["b.yaml", "a.yaml"]
    assert names(folder) == ["a.yaml", "b.yaml"]
    assert paths[0].read_text().startswith("case: b\nauthority: norfolk\n")


def test_writing_again_changes_nothing(tmp_path: Path, dictionary: Dictionary) -> None:
    """A file that already says the same is left alone, and missing ones are added."""
    (path,) = write_cases([case("a")], tmp_path, dictionary)
    before = path.stat().st_mtime_ns
    write_cases([case("a"), case("b")], tmp_path, dictionary)
    assert path.stat().st_mtime_ns == before
    assert names(tmp_path) == ["a.yaml", "b.yaml"]


def test_another_file_is_never_replaced(tmp_path: Path, dictionary: Dictionary) -> None:
    """Every such file is named, and none of the others is written."""
    write_cases([case("a"), case("b")], tmp_path, dictionary)
    before = (tmp_path / "a.yaml").read_bytes()
    changed = [case("a", "nel"), case("b", "nel"), case("c")]
    with pytest.raises(InvalidInput) as caught:
        write_cases(changed, tmp_path, dictionary)
    assert [(one.code, Path(one.place.file).name) for one in caught.value.problems] == [
        ("S120", "a.yaml"),
        ("S120", "b.yaml"),
    ]
    assert (tmp_path / "a.yaml").read_bytes() == before
    assert names(tmp_path) == ["a.yaml", "b.yaml"]


def test_an_interruption_leaves_nothing_half_written(
    tmp_path: Path, dictionary: Dictionary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped while the second file is written, no file and no remains are there."""
    plain = Path.write_bytes

    def stopped(path: Path, data: bytes) -> int:
        if path.name == "b.yaml":
            plain(path, data[:5])
            raise KeyboardInterrupt
        return plain(path, data)

    monkeypatch.setattr(Path, "write_bytes", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_cases([case("a"), case("b")], tmp_path, dictionary)
    assert names(tmp_path) == []


def test_a_case_that_can_not_be_written_writes_none(
    tmp_path: Path, dictionary: Dictionary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All texts are made before the first file."""

    def fails(one: Case, _dictionary: Dictionary) -> str:
        if one.label == "b":
            raise ValueError("no such fact")
        return "text"

    monkeypatch.setattr(case_files, "written", fails)
    with pytest.raises(ValueError, match="no such fact"):
        write_cases([case("a"), case("b")], tmp_path, dictionary)
    assert names(tmp_path) == []


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path, dictionary: Dictionary) -> None:
    """Where nothing can be written, the message says so and what to do."""
    folder = tmp_path / "file"
    folder.write_text("mine")
    with pytest.raises(InvalidInput) as caught:
        write_cases([case("a")], folder, dictionary)
    (problem,) = caught.value.problems
    assert problem.code == "S121"
    assert folder.read_text() == "mine"
