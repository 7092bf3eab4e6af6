"""Join schemas/facts into schemas/case.schema.json: `python -m engine.load.build [--check]`.

In: the fact dictionary's source files. Out: the schema of case files, the same bytes for the same
sources. `--check` writes nothing and exits with 1 where the schema is not current.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from engine.data import data_folder
from engine.errors import ExitCode, InvalidInput
from engine.load.case_schema import case_schema
from engine.load.fact_files import read_fact_files

SCHEMA = "case.schema.json"
_INDENTED = 4  # levels; what lies deeper stands on one line


def schema_text(facts: Path) -> str:
    """The text of the schema for the source files in `facts`; raises `InvalidInput`."""
    return _text(case_schema(read_fact_files(facts)), 0) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write or check the schema; the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m engine.load.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if stale")
    parser.add_argument(
        "--schemas", type=Path, help="the folder that holds `facts`; default: this project's"
    )
    options = parser.parse_args(arguments)
    folder: Path = options.schemas or data_folder("schemas")
    try:
        text = schema_text(folder / "facts")
    except InvalidInput as fault:
        sys.stderr.write(f"{fault}\n")
        return ExitCode.INVALID
    target = folder / SCHEMA
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return ExitCode.CLEAN
    if options.check:
        sys.stderr.write(f"{target} is not current: run `python -m engine.load.build`.\n")
        return ExitCode.GAP
    target.write_text(text, encoding="utf-8", newline="\n")
    return ExitCode.CLEAN


def _text(value: Any, level: int) -> str:
    """JSON with one fact to a line, so that a change to a fact is a change to a line."""
    if not isinstance(value, dict) or level == _INDENTED or not value:
        return json.dumps(value, ensure_ascii=False)
    pad = "  " * (level + 1)
    lines = ",\n".join(
        f"{pad}{json.dumps(key, ensure_ascii=False)}: {_text(entry, level + 1)}"
        for key, entry in value.items()
    )
    return f"{{\n{lines}\n{pad[2:]}}}"


if __name__ == "__main__":
    sys.exit(main())
