"""Every file in tests/invalid_cases gives exactly the messages in the `.txt` beside it.

To add one, write `<code>-<what>.yaml` (or `.json`) and the messages as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from engine.errors import Problem
from engine.load import yaml_text

FOLDER = Path(__file__).parent.parent / "invalid_cases"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".txt")
OF_A_FILE_AS_A_WHOLE = {"D101", "D102", "D103", "D104"}  # see test_document_files
Messages = Callable[[Path], list[Problem]]


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_mistake_has_its_message(file: Path, messages: Messages) -> None:
    """The messages are word for word those beside the file, and the file's code is among them."""
    found = messages(file)
    assert _printed(found) == _expected(file)
    assert file.stem.split("-")[0] in {problem.code for problem in found}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_message_says_how_to_mend_it(file: Path, messages: Messages) -> None:
    """No problem is left without a cure, and each is a sentence."""
    for problem in messages(file):
        assert problem.cure.endswith((".", "?"))
        assert problem.message.endswith((".", "!"))


@pytest.mark.parametrize(
    "file", [path for path in FILES if path.suffix == ".yaml"], ids=lambda path: path.stem
)
def test_both_parsers_tell_the_same(
    file: Path, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser in Python, used where the one in C can't be installed, gives the same messages."""
    monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)
    assert _printed(messages(file)) == _expected(file)


def test_there_is_an_example_of_every_code() -> None:
    """Each code that the loader of cases can give has a file of its own."""
    given = {
        code
        for module in Path(yaml_text.__file__).parent.glob("*.py")
        for code in re.findall(r'"([CD]1\d\d)"', module.read_text(encoding="utf-8"))
    }
    shown = {path.stem.split("-")[0] for path in FILES}
    assert given - shown == OF_A_FILE_AS_A_WHOLE


def _printed(problems: list[Problem]) -> str:
    return "".join(f"{problem}\n" for problem in problems)


def _expected(file: Path) -> str:
    return file.with_suffix(".txt").read_text(encoding="utf-8")
