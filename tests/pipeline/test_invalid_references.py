"""Every file `P…` in tests/invalid_references gives exactly the messages in the `.txt` beside it.

To add one, write `<code>-<what>.yaml` and the messages as they are printed. The other files there
are what those extend.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import engine
from engine.errors import InvalidInput, Problem
from engine.load.dictionary import read_dictionary
from engine.pipeline import load_protocol

FOLDER = Path(__file__).parent.parent / "invalid_references"
FILES = sorted(FOLDER.glob("P*.yaml"))
STAGES = ("validate", "resolve", "compile")
DICTIONARY = read_dictionary()


@pytest.fixture(autouse=True)
def among_the_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Places are printed as a person who works in that folder sees them; nothing is kept."""
    monkeypatch.chdir(FOLDER)
    monkeypatch.setenv("PROTOCOL_CACHE_DIR", str(tmp_path))


def problems(file: Path) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as found:
        load_protocol(file.name, DICTIONARY)
    return found.value.problems


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_mistake_has_its_message(file: Path) -> None:
    """The messages are word for word those beside the file, and the file's code is among them."""
    found = problems(file)
    assert "".join(f"{problem}\n" for problem in found) == file.with_suffix(".txt").read_text(
        "utf-8"
    )
    assert file.stem.split("-")[0] in {problem.code for problem in found}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_message_has_a_line_and_says_how_to_mend_it(file: Path) -> None:
    """No problem is left without a line and a cure, and each is a sentence."""
    for problem in problems(file):
        assert problem.place.line
        assert problem.message.endswith(".")
        assert problem.cure.endswith((".", "?"))


def test_there_is_an_example_of_every_code() -> None:
    """Each code of the stages from names to compiling has a file of its own, and no other."""
    root = Path(engine.__file__).parent
    sources = [path for stage in STAGES for path in (root / stage).glob("*.py")]
    given = {
        code
        for source in [*sources, root / "pipeline.py", root / "packs.py"]
        for code in re.findall(r'"(P[234]\d\d)"', source.read_text(encoding="utf-8"))
    }
    assert {file.stem.split("-")[0] for file in FILES} == given


@pytest.mark.parametrize("name", ["national"])
def test_what_the_broken_ones_extend_is_whole(name: str) -> None:
    """Each message is about the file that gives it, not about what it extends."""
    assert load_protocol(f"{name}.yaml", DICTIONARY).protocol == name
