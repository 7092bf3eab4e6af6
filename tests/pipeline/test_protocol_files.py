"""Files that cannot be protocols, and how a protocol and what it extends are found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from engine.errors import InvalidInput, Problem
from engine.load.dictionary import read_dictionary
from engine.packs import find_protocol
from engine.pipeline import load_protocol, shipped

DICTIONARY = read_dictionary()
PROTOCOL = """\
protocol: {name}
title: A protocol
{extends}effective: {{from: 2025-01-01}}
documents:
  document: {{title: A document, ledger: seaham}}
"""


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PROTOCOL_CACHE_DIR", str(tmp_path / "kept"))


def write(folder: Path, name: str, extends: str = "") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(PROTOCOL.format(name=name, extends=extends), encoding="utf-8")
    return path


def problem(which: Path | str) -> Problem:
    with pytest.raises(InvalidInput) as found:
        load_protocol(str(which), DICTIONARY)
    (only,) = found.value.problems
    return only


def test_a_folder_is_not_a_protocol(tmp_path: Path) -> None:
    """A folder's name, with an ending that a file would have."""
    folder = tmp_path / "seaham.yaml"
    folder.mkdir()
    assert problem(folder).code == "D102"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A path to nothing names the path."""
    found = problem(tmp_path / "seaham.yaml")
    assert (found.code, found.place.file) == ("D101", str(tmp_path / "seaham.yaml"))


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x00\x00", b"PK\x03\x04zip", b"%PDF-1.7 \xff"])
def test_a_binary_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """Programs, spreadsheets and PDFs are called what they are."""
    path = tmp_path / "seaham.yaml"
    path.write_bytes(content)
    assert problem(path).code in {"D106", "D134"}


def test_random_bytes_are_refused(tmp_path: Path) -> None:
    """A hundred files of noise, each with a problem and none with a crash."""
    noise = random.Random(1)  # noqa: S311 - repeatable, not secret
    path = tmp_path / "seaham.yaml"
    for _ in range(100):
        path.write_bytes(noise.randbytes(noise.randrange(1, 200)))
        assert problem(path).message


def test_a_small_file_of_aliases_that_would_grow_without_end(tmp_path: Path) -> None:
    """Ten aliases of ten aliases …: refused where the first stands."""
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    path = tmp_path / "seaham.yaml"
    path.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(InvalidInput) as found:
        load_protocol(str(path), DICTIONARY)
    assert {one.code for one in found.value.problems} == {"D111"}


def test_a_hundred_megabytes_are_not_read(tmp_path: Path) -> None:
    """A file beyond the limit is refused by its size."""
    path = tmp_path / "seaham.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert problem(path).code == "D104"


def test_a_name_that_no_protocol_has() -> None:
    """The nearest right name is given."""
    found = problem("norfok")
    assert (found.code, found.cure) == ("P321", "Did you mean `norfolk`?")


def test_a_protocol_beside_the_file_comes_before_a_shipped_one(tmp_path: Path) -> None:
    """A copy of the national file under the same name is the one that is extended."""
    write(tmp_path, "wt2023")
    local = write(tmp_path, "seaham", "extends: wt2023\n")
    assert load_protocol(str(local), DICTIONARY).duties == ()
    assert find_protocol("wt2023", near=local) == tmp_path / "wt2023.yaml"


def test_a_chain_of_three_is_local_first(tmp_path: Path) -> None:
    """The program knows the chain in order."""
    write(tmp_path, "top")
    write(tmp_path, "middle", "extends: top\n")
    local = write(tmp_path, "seaham", "extends: middle\n")
    assert load_protocol(str(local), DICTIONARY).chain == ("seaham", "middle", "top")


@pytest.mark.parametrize(
    "extends",
    ["extends: top\n", "extends : top\n", "'extends': \"top\"\n", "extends: 'top' # it\n"],
)
def test_each_way_to_write_extends_is_understood(tmp_path: Path, extends: str) -> None:
    """No spelling of it leaves the national rules out in silence."""
    write(tmp_path, "top")
    local = write(tmp_path, "seaham", extends)
    assert load_protocol(str(local), DICTIONARY).chain == ("seaham", "top")


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_protocol_compiles_and_reads_back_the_same(name: str) -> None:
    """What is kept between runs is the program that was compiled."""
    assert load_protocol(name, DICTIONARY) == load_protocol(name, DICTIONARY)


def test_a_name_like_no_protocol_lists_those_there_are() -> None:
    """All that are shipped, and that a path will do."""
    found = problem("zzzz")
    assert all(name in found.cure for name in shipped())
    assert found.cure.endswith("or give a file's path.")
