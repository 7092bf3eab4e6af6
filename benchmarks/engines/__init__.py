"""The engines under test: one module each, all with the same three steps.

`load` puts the cases into the form that the engine itself asks for (not timed), `evaluate` answers
all rules of all of them (timed), `answers` reads the outcome back to compare it (not timed).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

from benchmarks.caseload import Answers, Caseload
from benchmarks.rules import RuleSet


class Engine(Protocol):
    """An engine with a rule set built in. What `load` and `evaluate` give is its own affair.

    `whole`: it takes all cases at once and is quick with many, so it is timed on all of them.
    """

    whole: bool

    def load(self, caseload: Caseload) -> Any: ...

    def evaluate(self, loaded: Any) -> Any: ...

    def answers(self, outcome: Any) -> Answers: ...


OURS = "this engine"
OPENFISCA = "OpenFisca"
ENGINES = {  # name: its module here, the distribution it is installed from
    OURS: ("benchmarks.engines.ours", "numpy"),
    OPENFISCA: ("benchmarks.engines.openfisca", "openfisca-core"),
    "CEL": ("benchmarks.engines.cel", "common-expression-language"),
    "ZEN": ("benchmarks.engines.zen", "zen-engine"),
    "durable-rules": ("benchmarks.engines.durable", "durable-rules"),
}


def importable() -> dict[str, Callable[[RuleSet], Engine]]:
    """The engines that are installed here, by name."""
    found: dict[str, Callable[[RuleSet], Engine]] = {}
    for name, (module, _) in ENGINES.items():
        try:
            found[name] = import_module(module).engine
        except ImportError:
            continue
    return found


def versions() -> str:
    """What is measured and what is not installed, with versions, in one line."""
    parts = []
    for _, distribution in ENGINES.values():
        try:
            parts.append(f"{distribution} {version(distribution)}")
        except PackageNotFoundError:
            parts.append(f"{distribution} not installed")
    return ", ".join(parts)
