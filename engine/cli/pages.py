"""Write docs/protocols and docs/reference: `python -m engine.cli.pages [--check]`.

In: the protocols, the schema, the fact dictionary and docs/errors. Out: a page for each protocol,
and the reference manual. `--check` writes nothing and exits with 1 where a page is not current.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from engine.analysis.conform import conform
from engine.data import data_folder
from engine.errors import ExitCode, InvalidInput
from engine.load.dictionary import read_dictionary
from engine.model.fact import Dictionary
from engine.pipeline import resolved, shipped
from engine.report.protocol_page import protocol_page
from engine.report.reference import reference


def pages() -> dict[str, str]:
    """The pages by their paths in docs; raises `InvalidInput` if a protocol is invalid."""
    dictionary = read_dictionary()
    schema = json.loads((data_folder("schemas") / "protocol.schema.json").read_bytes())
    errors = {path.stem: path.read_text("utf-8") for path in data_folder("errors").glob("*.md")}
    protocols = {name: _protocol(name, dictionary) for name in shipped()}
    manual = reference(schema, dictionary, errors)
    return {f"protocols/{name}.md": page for name, page in protocols.items()} | {
        f"reference/{name}": page for name, page in manual.items()
    }


def _protocol(name: str, dictionary: Dictionary) -> str:
    """The page of a protocol; of a local one with its comparison to what it extends."""
    protocol = resolved(name, dictionary)
    if not protocol.extends:
        return protocol_page(protocol, dictionary)
    compared = conform(protocol, resolved(protocol.extends, dictionary), dictionary)
    return protocol_page(protocol, dictionary, compared)


def main(arguments: list[str] | None = None) -> int:
    """Write or check the pages; the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m engine.cli.pages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if stale")
    parser.add_argument("--folder", type=Path, help="where; default: docs")
    options = parser.parse_args(arguments)
    folder: Path = options.folder or data_folder("protocols").parent / "docs"
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
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(wanted[name], encoding="utf-8", newline="\n")
    return ExitCode.GAP if stale and options.check else ExitCode.CLEAN


def _held(page: Path) -> str | None:
    return page.read_text(encoding="utf-8") if page.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
