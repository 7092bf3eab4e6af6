"""Nothing that could tell who a child is gets out of a file, and nothing is written or sent."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, EXAMPLES, Run, Write

# Made up. Each stands in one place or another of the files below.
SECRETS = (
    "Blenkinsop", "blenkinsop", "Jeremiah", "Acacia", "NR1 3JU", "A123456789012",
    "9434765919", "943-476-5919", "AB123456C", "O'Shaughnessy",
)  # fmt: skip

FILES = {
    "key.yaml": "case: a\nchild:\n  surname: Blenkinsop\n  address: 12 Acacia Avenue, NR1 3JU\n",
    "misspelt.yaml": "case: a\nchild:\n  bron: Jeremiah Blenkinsop\n",
    "date.yaml": "case: a\nchild:\n  born: Jeremiah Blenkinsop\n",
    "word.yaml": "case: a\nreferrals:\n  - source: Jeremiah\n    accepted_by: Blenkinsop\n",
    "label.yaml": "case: Jeremiah Blenkinsop\n",
    "pupil.yaml": "case: A123456789012\n",
    "health.yaml": "case: 943-476-5919\nchild: {nhs_number: 9434765919}\n",
    "authority.yaml": "case: a\nauthority: 12 Acacia Avenue\n",
    "as_of.yaml": "case: a\nas_of: Jeremiah\n",
    "covers.yaml": "case: a\nas_of: 2025-01-01\ncovers: [O'Shaughnessy]\ncomplete: [AB123456C]\n",
    "a_name_as_a_key.yaml": "case: a\nJeremiah Blenkinsop: yes\nblenkinsop: yes\n",
    "a_list.yaml": "case: a\nreferrals: [Jeremiah Blenkinsop]\n",
    "text.yaml": "Jeremiah Blenkinsop, 12 Acacia Avenue\n",
    "twice.yaml": "case: a\nBlenkinsop: 1\nBlenkinsop: 2\n",
    "anchor.yaml": "case: &Blenkinsop a\nchild: *Jeremiah\n",
    "tag.yaml": "case: !Blenkinsop a\n",
    "quote.yaml": 'case: a\nchild: "Jeremiah Blenkinsop\n',
    "bracket.yaml": "case: a\nchild: {born: Jeremiah Blenkinsop\n",
    "colon.yaml": "case:Blenkinsop a\n",
    "checklist.yaml": "case: a\nreferrals:\n  - decision: {answered: {Blenkinsop: yes}}\n",
    "comma.json": '{"case": "a", "Blenkinsop": [1, "Jeremiah"',
    "value.json": '{"case": "Jeremiah Blenkinsop", "child": {"born": "NR1 3JU"}}',
    "latin.yaml": "case: a\n# Jeremiah Blenkinsop\nchild: {born: 1 January 2020 Blenkinsop}\n",
}


def leaks(text: str) -> list[str]:
    """The secrets that `text` holds."""
    return [secret for secret in SECRETS if secret in text]


def everything_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("format_", ["text", "json"])
def test_no_message_repeats_what_could_tell_who_somebody_is(
    run: Run, write: Write, name: str, format_: str
) -> None:
    """Wherever a name, number or address stands, the file is refused and it is not repeated."""
    told = run("check", write(name, FILES[name]), "--format", format_)
    assert told.code == 3
    assert leaks(told.out + told.err) == []


def test_nothing_of_a_case_is_kept(
    run: Run,
    write: Write,
    kept: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After good and bad cases the cache holds only compiled protocols, and no file is new."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    files = [write(name, text) for name, text in FILES.items()]
    good = [EXAMPLES / "household.yaml", write("good.yaml", CLEAN.replace("child-1", "zebra-77"))]
    before = everything_below(tmp_path)
    run("check", *files, *good)
    assert everything_below(tmp_path) == before
    for name, content in everything_below(kept).items():
        assert leaks(content.decode()) == []
        assert "example-2" not in content.decode()
        assert "zebra" not in name + content.decode()


def test_the_cache_folder_may_be_read_only(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be kept, the same report is made without."""
    expected = run("check", EXAMPLES / "unborn.yaml").out
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("PROTOCOL_CACHE_DIR", str(blocked))
    assert run("check", EXAMPLES / "unborn.yaml").out == expected


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff\x00", b'{"steps": [[]]}', b"[" * 9999]
)
def test_a_spoilt_cache_entry_is_ignored(
    run: Run, write: Write, anyshire: str, content: bytes, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """What does not read back as a program is compiled anew, and mended."""
    folder = tmp_path / "spoilt"
    monkeypatch.setenv("PROTOCOL_CACHE_DIR", str(folder))
    case = write("case.yaml", CLEAN)
    expected = run("check", case, "--protocol", anyshire)
    (entry,) = folder.glob("*.json")
    right = entry.read_bytes()
    entry.write_bytes(content)
    assert run("check", case, "--protocol", anyshire) == expected
    assert entry.read_bytes() == right


def test_there_is_no_network(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket is made, with or without the cache."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket was made")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert run("check", EXAMPLES / "unborn.yaml").code == 1


def test_only_the_second_engine_is_a_process(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else is started: without it, no process at all."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refused)
    monkeypatch.setattr(os, "system", refused)
    assert run("check", EXAMPLES / "unborn.yaml").code == 1
