"""`--witness DIR`: the cases that show what was found, as files for `protocol check`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import typer

from engine.load.case import written
from engine.model.case import Case
from engine.model.fact import Dictionary


def write_cases(cases: Mapping[str, Case], folder: Path, dictionary: Dictionary) -> None:
    """One file a case, by its name, which is also its label; says how many, apart from the report.

    Raises `typer.BadParameter` where nothing can be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, case in cases.items():
            text = written(replace(case, label=name), dictionary)
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    except OSError as fault:
        message = f"Cannot write to {folder}: {fault.strerror}."
        raise typer.BadParameter(message, param_hint="--witness") from None
    written_down = "1 case is" if len(cases) == 1 else f"{len(cases)} cases are"
    typer.echo(f"{written_down} in {folder}.", err=True)
