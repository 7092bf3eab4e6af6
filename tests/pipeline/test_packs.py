"""Packs: what a name means wherever one stands, and that nothing outside a pack is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidInput, Problem
from engine.load.dictionary import read_dictionary
from engine.packs import Pack, find_ledger, find_protocol, has_protocol, names, shipped_pack
from engine.pipeline import load_protocol, shipped

DICTIONARY = read_dictionary()
PROTOCOL = """\
protocol: {name}
title: {title}
effective: {{from: 2025-01-01}}
documents:
  document: {{title: A document, ledger: {name}}}
"""


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A working folder with nothing in it, no search path, nothing kept."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("PROTOCOL_PATH", raising=False)
    monkeypatch.setenv("PROTOCOL_CACHE_DIR", str(tmp_path / "kept"))
    return folder


def write(folder: Path, name: str, title: str = "A protocol") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(PROTOCOL.format(name=name, title=title), encoding="utf-8")
    return path


def problem(which: str, near: Path | None = None) -> Problem:
    with pytest.raises(InvalidInput) as found:
        find_protocol(which, near)
    (only,) = found.value.problems
    return only


@pytest.mark.parametrize("folder", ["", "protocols"])
def test_a_name_is_found_in_the_working_folder(here: Path, folder: str) -> None:
    """In it, or in its folder `protocols`."""
    path = write(here / folder, "seaham")
    assert find_protocol("seaham").samefile(path)
    assert "seaham" in names()
    assert has_protocol("seaham")


@pytest.mark.parametrize("folder", ["", "protocols"])
def test_a_name_is_found_on_the_search_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """A pack's folder, or that of its protocols; what is not there does no harm."""
    path = write(tmp_path / "pack" / "protocols", "seaham")
    places = [str(tmp_path / "nowhere"), "", str(tmp_path / "pack" / folder)]
    monkeypatch.setenv("PROTOCOL_PATH", os.pathsep.join(places))
    assert find_protocol("seaham").samefile(path)


def test_shipped_ones_are_found_everywhere() -> None:
    """Whatever the working folder."""
    assert find_protocol("norfolk") == shipped_pack().protocol("norfolk")
    assert set(shipped()) <= set(names())


def test_paths_are_taken_as_they_are() -> None:
    """A path is never looked for elsewhere."""
    assert find_protocol("a/b.yaml") == Path("a/b.yaml")
    assert find_ledger("my/own.csv") == Path("my/own.csv")


def test_beside_the_file_comes_first(tmp_path: Path, here: Path) -> None:
    """What a file mentions is meant as its author had it beside the file."""
    write(here, "top", "another")
    beside = write(tmp_path / "pack", "top")
    assert find_protocol("top", near=tmp_path / "pack" / "seaham.yaml").samefile(beside)


def test_a_scenario_file_belongs_to_its_pack(tmp_path: Path) -> None:
    """From `tests/protocols/…` the protocols of the same pack are nearest."""
    path = write(tmp_path / "pack" / "protocols", "seaham")
    scenarios = tmp_path / "pack" / "tests" / "protocols" / "seaham" / "time.yaml"
    assert find_protocol("seaham", near=scenarios).samefile(path)
    assert load_protocol("seaham", DICTIONARY, near=scenarios).protocol == "seaham"
    assert Pack.of(path).scenarios == tmp_path / "pack" / "tests" / "protocols"


def test_a_name_means_one_thing(here: Path) -> None:
    """A file that says otherwise than the shipped one of that name is no silent substitute."""
    path = write(here, "norfolk")
    found = problem("norfolk")
    assert found.code == "K101"
    assert str(shipped_pack().protocol("norfolk")) in found.message
    assert "norfolk.yaml" in found.message
    assert find_protocol(str(path)) == path


def test_a_copy_that_says_the_same_is_no_other_thing(here: Path) -> None:
    """A checkout, or a copy for reference."""
    copy = here / "norfolk.yaml"
    copy.write_bytes(shipped_pack().protocol("norfolk").read_bytes())
    assert find_protocol("norfolk").samefile(copy)


def test_other_yaml_files_are_no_protocols(here: Path) -> None:
    """A case or a workflow of that name does not stand in the way, and is not listed."""
    (here / "norfolk.yaml").write_text("case: x\nreferrals: []\n", encoding="utf-8")
    (here / "seaham.yaml").write_text("- scenario: x\n  protocol: seaham\n", encoding="utf-8")
    assert find_protocol("norfolk") == shipped_pack().protocol("norfolk")
    assert "seaham" not in names()
    cure = problem("seaham").cure
    assert "seaham.yaml has no line that begins with `protocol:`" in cure


def test_what_is_not_found_says_where_it_was_looked_for(
    tmp_path: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What there is, and every place, the search path as it was written."""
    monkeypatch.setenv("PROTOCOL_PATH", str(tmp_path / "packs"))
    write(here, "seaham")
    cure = problem("zzzz").cure
    assert all(name in cure for name in ("seaham", *shipped()))
    assert f"PROTOCOL_PATH ({tmp_path / 'packs'})" in cure
    assert "in this folder and its `protocols`" in cure
    assert cure.endswith("or give a file's path.")
    assert problem("seahma").cure == "Did you mean `seaham`?"


@pytest.mark.parametrize("folder", ["", "protocols"])
def test_a_link_out_of_the_pack_is_refused(tmp_path: Path, here: Path, folder: str) -> None:
    """A pack from anywhere cannot have a file read that lies outside it."""
    secret = write(tmp_path / "private", "secret")
    (here / folder).mkdir(exist_ok=True)
    (here / folder / "seaham.yaml").symlink_to(secret)
    assert problem("seaham").code == "K102"
    assert problem("seaham", here / folder / "local.yaml").code == "K102"


def test_a_folder_that_leads_out_of_the_pack_is_refused(tmp_path: Path, here: Path) -> None:
    """The folder `protocols` may be a link itself."""
    write(tmp_path / "private", "seaham")
    (here / "protocols").symlink_to(tmp_path / "private")
    assert problem("seaham").code == "K102"


def test_extends_cannot_follow_a_link_out_of_the_pack(tmp_path: Path, here: Path) -> None:
    """The parent's place is that of the line `extends`, as of any parent that is not found."""
    secret = write(tmp_path / "private", "secret")
    (here / "secret.yaml").symlink_to(secret)
    local = write(here, "seaham")
    local.write_text(local.read_text() + "extends: secret\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as found:
        load_protocol(str(local), DICTIONARY)
    (only,) = found.value.problems
    assert (only.code, only.place.line) == ("K102", 6)


def test_a_link_within_the_pack_is_followed(here: Path) -> None:
    """Editions may be arranged as their owner likes."""
    path = write(here / "editions", "seaham")
    (here / "seaham.yaml").symlink_to(path)
    assert find_protocol("seaham").samefile(path)


@pytest.mark.parametrize(
    "extends", ["../secret", "/etc/passwd", "a/b", "..", ".", "C:secret", "secret.yaml", "~root"]
)
def test_extends_takes_names_only(here: Path, tmp_path: Path, extends: str) -> None:
    """No path leaves the folder, and what it leads to is not read."""
    (tmp_path / "secret.yaml").write_text("protocol: [unclosed", encoding="utf-8")
    local = write(here, "seaham")
    local.write_text(local.read_text() + f"extends: {extends}\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as found:
        load_protocol(str(local), DICTIONARY)
    assert all(one.place.file == str(local) for one in found.value.problems)
    assert {one.code for one in found.value.problems} <= {"P106", "P321"}


@pytest.mark.parametrize("ledger", ["../secret", "/etc/passwd", "a/b", "..", "x.csv"])
def test_documents_take_the_names_of_ledgers_only(here: Path, ledger: str) -> None:
    """A ledger's name is no path."""
    local = write(here, "seaham")
    local.write_text(local.read_text().replace("ledger: seaham", f"ledger: {ledger}"), "utf-8")
    with pytest.raises(InvalidInput) as found:
        load_protocol(str(local), DICTIONARY)
    assert {one.code for one in found.value.problems} == {"P106"}


def test_a_ledger_is_found_by_its_name(here: Path) -> None:
    """Beside the protocols of the working folder; a link out of it is refused."""
    folder = here / "protocols" / "ledgers"
    folder.mkdir(parents=True)
    (folder / "seaham.csv").write_text("clause\n", encoding="utf-8")
    assert find_ledger("seaham").samefile(folder / "seaham.csv")
    assert Pack.of(folder / "seaham.csv").protocols.samefile(here / "protocols")
    (folder / "passwords.csv").symlink_to("/etc/passwd")
    with pytest.raises(InvalidInput) as found:
        find_ledger("passwords")
    assert found.value.problems[0].code == "K102"


@given(st.text(max_size=12))
def test_no_name_leads_anywhere_else(name: str) -> None:
    """Whatever is asked for as a name (as a case file's authority is) is no way out."""
    if has_protocol(name):
        assert name in names()
