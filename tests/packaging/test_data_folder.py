"""Where the data folders are found: in a checkout, in a wheel, and when they are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import data


@pytest.mark.parametrize("name", ["protocols", "schemas"])
def test_a_checkout_has_them_beside_the_package(name: str) -> None:
    """In a checkout the folders that people edit are the ones read."""
    folder = data.data_folder(name)
    assert folder.is_dir()
    assert folder == Path(data.__file__).parent.parent / name


def test_a_wheel_has_them_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installed, the package's own copy comes first, whatever lies beside it."""
    (tmp_path / "engine" / "_data" / "protocols").mkdir(parents=True)
    (tmp_path / "protocols").mkdir()
    monkeypatch.setattr(data, "_PACKAGE", tmp_path / "engine")
    assert data.data_folder("protocols") == tmp_path / "engine" / "_data" / "protocols"


def test_a_broken_installation_says_so() -> None:
    """A folder that is nowhere is named, with what to do."""
    with pytest.raises(FileNotFoundError, match="`nothing` is missing"):
        data.data_folder("nothing")
