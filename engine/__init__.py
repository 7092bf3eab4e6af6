"""Rules as code for local protocols: cases and protocols in, explained findings out.

`load_protocol` gives a protocol's program, `read_case_file` the cases of a file, `check` what the
protocol says of them. Each name is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.errors import InvalidInput, Place, Problem
    from engine.load.case import read_case_file
    from engine.load.dictionary import read_dictionary
    from engine.pipeline import check, load_protocol

__version__ = "0.1.0"
__all__ = [
    "InvalidInput",
    "Place",
    "Problem",
    "__version__",
    "check",
    "load_protocol",
    "read_case_file",
    "read_dictionary",
]

_WHERE = {
    "InvalidInput": "engine.errors",
    "Place": "engine.errors",
    "Problem": "engine.errors",
    "check": "engine.pipeline",
    "load_protocol": "engine.pipeline",
    "read_case_file": "engine.load.case",
    "read_dictionary": "engine.load.dictionary",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_WHERE[name]), name)
