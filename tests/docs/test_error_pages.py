"""docs/errors: a page for every code that the program can give, each with a true example."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from engine.data import data_folder
from tests.docs.error_examples import Example, examples, problems, said

ROOT = data_folder("protocols").parent
FOLDER = ROOT / "docs" / "errors"
PAGES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))}
EXAMPLES = [(code, example) for code, page in PAGES.items() for example in examples(page)]
CODE = re.compile(r"""["']([A-Z][0-9]{3})["']""")


def codes() -> set[str]:
    """Every code in the program's source and in the schema that it gives messages from."""
    sources = [path.read_text("utf-8") for path in (ROOT / "engine").rglob("*.py")]
    schema = json.loads((ROOT / "schemas" / "protocol.schema.json").read_bytes())
    return set(CODE.findall("\n".join([*sources, json.dumps(schema)])))


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    """`protocol explain` knows each code that a person can meet, and none that is gone."""
    assert set(PAGES) == codes()


@pytest.mark.parametrize("code", PAGES)
def test_a_page_says_what_it_means_and_how_to_mend_it(code: str) -> None:
    """Its title has the code; a paragraph explains it; the last says what to do."""
    paragraphs = PAGES[code].strip().split("\n\n")
    assert re.fullmatch(rf"# {code}: .+[^.]", paragraphs[0])
    assert paragraphs[1].endswith(".")
    assert paragraphs[-1].startswith("To mend it: ")


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[code for code, _ in EXAMPLES])
def test_an_example_gives_the_error_of_its_page(code: str, example: Example) -> None:
    """The program says of it what the page says that it does."""
    assert code in [problem.code for problem in problems(example)]
    assert said(example, code) == example.message


def test_what_a_person_writes_has_an_example() -> None:
    """All but what an example can't show."""
    without = {code for code in PAGES if code[0] in "CDPLT"} - {code for code, _ in EXAMPLES}
    assert without <= {
        "C140", "D101", "D102", "D103", "D104", "D106", "D107", "D140", "P194", "P195", "P196",
        "P197", "P322", "P323", "P410", "L101", "L111", "T112", "T113", "T120",
    }  # fmt: skip


def test_the_pages_are_part_of_the_wheel() -> None:
    """They are printed by `protocol explain`, wherever it is installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried["docs/errors"] == "engine/_data/errors"
    assert data_folder("errors") == Path(FOLDER)
