"""The project file and what stands beside it: versions, requirements, commands, ignored folders."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import engine

ROOT = Path(engine.__file__).parent.parent


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_the_version_stands_in_one_place(project: dict[str, Any]) -> None:
    """The wheel takes its version from `engine.__version__`."""
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "engine/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", engine.__version__)


def test_only_what_must_be_compiled_is_pinned_and_marked(project: dict[str, Any]) -> None:
    """Requirements are lower bounds; durable-rules alone has one version and a marker, and typer
    ends where it begins to import a compiled package at every run."""
    extras = project["project"]["optional-dependencies"].values()
    wanted = [line for extra in [project["project"]["dependencies"], *extras] for line in extra]
    odd = [line for line in wanted if not re.fullmatch(r"[a-z][a-z0-9-]*>=[\d.]+", line)]
    assert [line.split(";")[0] for line in odd] == ["typer>=0.26,<0.29", "durable-rules==2.0.28"]
    assert "python_version < '3.13'" in odd[1]
    assert "sys_platform == 'linux'" in odd[1]


def test_every_force_included_path_is_there(project: dict[str, Any]) -> None:
    """The wheel carries the protocols and the built schemas, where `engine.data` looks."""
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert all((ROOT / path).exists() for path in included)
    assert {Path(target).parts[:2] for target in included.values()} == {("engine", "_data")}


def test_every_make_target_is_explained() -> None:
    """`make` alone lists each target that a person may call."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert declared
    for target in set(declared[1].split()) - {"help"}:
        assert f"make {target} " in makefile


def test_the_licence_covers_code_and_encodings_not_the_documents() -> None:
    """The licence says that the documents belong to their publishers."""
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("MIT License")
    assert "belong to their publishers" in " ".join(licence.split())
