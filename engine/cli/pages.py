"""Write docs/protocols: `python -m engine.cli.pages [--check]`.

In: the protocols. Out: a page for each. `--check` writes nothing and exits with 1 where a page is
not current.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from engine.data import data_folder
from engine.errors import ExitCode, InvalidInput
from engine.load.dictionary import read_dictionary
from engine.pipeline import resolved, shipped
from engine.report.protocol_page import protocol_page


def pages() -> dict[str, str]:
    """The pages by the names of their files; raises `InvalidInput` if a protocol is invalid."""
    dictionary = read_dictionary()
    return {
        f"{name}.md": protocol_page(resolved(name, dictionary), dictionary) for name in shipped()
    }


def main(arguments: list[str] | None = None) -> int:
    """Write or check the pages; the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m engine.cli.pages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if stale")
    parser.add_argument("--folder", type=Path, help="where; default: docs/protocols")
    options = parser.parse_args(arguments)
    folder: Path = options.folder or data_folder("protocols").parent / "docs" / "protocols"
    try:
        wanted = pages()
    except InvalidInput as fault:
        sys.stderr.write(f"{fault}\n")
        return ExitCode.INVALID
    stale = [name for name, text in wanted.items() if _held(folder / name) != text]
    for name in stale:
        if options.check:
            sys.stderr.write(f"{folder / name} is not current: run `make docs`.\n")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(wanted[name], encoding="utf-8", newline="\n")
    return ExitCode.GAP if stale and options.check else ExitCode.CLEAN


def _held(page: Path) -> str | None:
    return page.read_text(encoding="utf-8") if page.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
