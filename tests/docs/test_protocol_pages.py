"""docs/protocols: a page for each protocol, current, with what it has to hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.cli.pages import main, pages
from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.pipeline import resolved, shipped

FOLDER = data_folder("protocols").parent / "docs" / "protocols"


@cache
def every_page() -> dict[str, str]:
    return pages()


def wanted() -> dict[str, str]:
    """The pages of protocols, by the names of their files."""
    own = [name for name in every_page() if name.startswith("protocols/")]
    return {name.removeprefix("protocols/"): every_page()[name] for name in own}


@pytest.mark.parametrize("name", shipped())
def test_the_page_is_current(name: str) -> None:
    """`make docs` writes what stands there."""
    assert (FOLDER / f"{name}.md").read_text("utf-8") == wanted()[f"{name}.md"]


def test_no_page_is_left_over() -> None:
    """Every page is that of a protocol."""
    assert {path.name for path in FOLDER.iterdir()} == set(wanted())


@pytest.mark.parametrize("name", shipped())
def test_every_page_has_its_sections(name: str) -> None:
    """What it is, its numbers, its rules, and what to ask the authority, in this order."""
    sections = [
        "## What it is",
        "## Duties in numbers",
        "## Rules",
        "## Questions for the authority",
    ]
    page = wanted()[f"{name}.md"].splitlines()
    assert [line for line in page if line in sections] == sections


@pytest.mark.parametrize("name", shipped())
def test_every_question_of_the_protocol_is_asked(name: str) -> None:
    """Each clause that a question cites stands under the questions."""
    questions = wanted()[f"{name}.md"].partition("## Questions for the authority")[2]
    protocol = resolved(name, read_dictionary())
    own = [q for q in protocol.questions if all(c.protocol == name for c in q.cite)]
    assert questions.count("*Source:*") == len(own)


def test_what_a_local_protocol_lacks_is_asked_for() -> None:
    """A national requirement that no clause meets is said to be not found in the document."""
    protocol = resolved("nel", read_dictionary())
    lacking = [one for one in protocol.requirements if one.id not in protocol.meets]
    assert wanted()["nel.md"].count("not found in the document") == len(lacking) > 0


def test_the_check_writes_nothing_and_names_what_is_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing page is stale; once written, nothing is."""
    monkeypatch.setattr("engine.cli.pages.pages", every_page)
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert "norfolk.md is not current: run `make docs`." in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]
    assert main(["--folder", str(tmp_path)]) == 0
    assert main(["--check", "--folder", str(tmp_path)]) == 0
