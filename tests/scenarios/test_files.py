"""Which files hold the scenarios that a person means, where that is not plain."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InvalidInput
from engine.scenarios.files import files_in, scenario_files

SCENARIO = "- scenario: one\n  protocol: shire\n  case: {}\n  expect: {a: met}\n"


def test_only_files_in_which_a_scenario_begins_are_found(tmp_path: Path) -> None:
    """YAML or JSON, in any way of writing; not what is hidden, nor what lies there besides."""
    for name, text in {
        "a.yaml": SCENARIO,
        "deep/b.yml": "# one\n-\n  protocol: shire\n  scenario: b\n",
        "c.json": '[{"scenario": "c"}]',
        "d.yaml": "[{scenario: d}]",
        "case.yaml": "case: child-1\n",
        "note.txt": SCENARIO,
        ".hidden/e.yaml": SCENARIO,
        "f.yaml": "note: a scenario is no scenario\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in files_in(tmp_path)]
    assert found == ["a.yaml", "c.json", "d.yaml", "deep/b.yml"]


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path) -> None:
    """It is no mistake by itself."""
    assert files_in(tmp_path / "none") == []


def test_an_installed_program_says_that_it_comes_without_scenarios(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is sent to the program's own folder to write some."""
    (tmp_path / "protocols").mkdir()
    (tmp_path / "protocols" / "shire.yaml").write_text("protocol: shire\n", encoding="utf-8")
    for module in ("engine.packs", "engine.scenarios.files"):
        monkeypatch.setattr(f"{module}.data_folder", lambda name: tmp_path / name)
    with pytest.raises(InvalidInput) as fault:
        scenario_files(["shire"])
    (problem,) = fault.value.problems
    assert problem.code == "T112"
    assert "not installed" in problem.cure
