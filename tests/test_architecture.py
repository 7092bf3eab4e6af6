"""What the design asks of the code as a whole, beyond the import contracts of pyproject.toml."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import engine

ENGINE = Path(engine.__file__).parent
ROOT = ENGINE.parent
MODULES = sorted(path.relative_to(ROOT) for path in ENGINE.rglob("*.py"))

NO_NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "aiohttp",
}
NO_CODE_FROM_FILES = {"pickle", "marshal", "shelve"}
HEAVY = {"jsonschema", "numpy", "holidays", "z3", "durable", "hypothesis", "pytest"}
NO_NAME = {"utils", "util", "helpers", "helper", "manager", "handler", "common", "misc"}


def tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def imported(module: Path) -> set[str]:
    """The top-level names of what a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_reaches_the_network(module: Path) -> None:
    """No network, ever: what talks to one is not even imported."""
    assert not imported(module) & NO_NETWORK


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_cache_can_execute_code(module: Path) -> None:
    """Compiled protocols are kept in a format that cannot run anything."""
    assert not imported(module) & NO_CODE_FROM_FILES


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_the_command_line_reads_the_clock(module: Path) -> None:
    """Time is always given: `today` and `now` are called in `engine/cli` and nowhere else."""
    calls = [node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    clock = [
        f for f in calls if isinstance(f, ast.Attribute) and f.attr in {"today", "now", "utcnow"}
    ]
    assert not clock or module.parts[1] == "cli"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_modules_say_what_they_do(module: Path) -> None:
    """Every module that holds code begins with a docstring, and none is named for nothing."""
    assert ast.get_docstring(tree(module)) or not tree(module).body
    assert module.stem not in NO_NAME


def test_days_are_counted_in_one_place() -> None:
    """Only `engine.dates` knows the bank holidays, weekdays and the lengths of months."""
    elsewhere = [
        str(module)
        for module in MODULES
        if module.parts[1] != "dates"
        for node in ast.walk(tree(module))
        if (isinstance(node, ast.Attribute) and node.attr in {"weekday", "isoweekday"})
        or (isinstance(node, ast.ImportFrom) and node.module == "calendar")
        or (isinstance(node, ast.Import) and any(alias.name == "calendar" for alias in node.names))
    ]
    assert not elsewhere


@pytest.mark.parametrize("module", ["engine", "engine.cli", "engine.dates.working_days"])
def test_starting_imports_nothing_heavy(module: str) -> None:
    """What only some commands need is imported where it is used."""
    program = f"import sys, {module}; print(*(name.split('.')[0] for name in sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    assert not set(loaded.stdout.split()) & HEAVY
