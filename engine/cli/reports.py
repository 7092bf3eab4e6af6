"""Writing the reports of `protocol check` as they come, and the exit code of them all.

In: assessments, each with its program. Out: text or JSON on standard output, problems on standard
error, and the first of 70, 3, 1, 4 and 0 over everything.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Self

from engine.errors import ExitCode, InvalidInput, Problem
from engine.report.exit_codes import worst

if TYPE_CHECKING:
    from types import TracebackType

    from engine.model.fact import Dictionary
    from engine.model.finding import Assessment
    from engine.model.program import Program
    from engine.report.outline import Summary


class Reports:
    """One report a case; of several, a table at the end. JSON is written whole, at the end."""

    def __init__(self, *, as_json: bool, everything: bool, width: int, colour: bool) -> None:
        self.as_json = as_json
        self.everything = everything
        self.width = width
        self.colour = colour
        self.codes: list[ExitCode] = []
        self.done: list[Summary] = []
        self.invalid: list[Problem] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Close the reports; after an interruption what was written stays as it is.

        A protocol that is invalid ends the run, and is reported as a file would be.
        """
        if isinstance(fault, InvalidInput):
            self.problems(list(fault.problems))
        elif kind is not None:
            return False
        self._close()
        return True

    def add(self, assessment: Assessment, program: Program, dictionary: Dictionary) -> None:
        """Report one case."""
        from engine.report.summary import summarise  # noqa: PLC0415 - after the second engine began
        from engine.report.terminal import render  # noqa: PLC0415

        summary = summarise(assessment, program, dictionary)
        self.codes.append(summary.exit_code)
        self.done.append(summary)
        if self.as_json:
            return
        if len(self.done) > 1:
            self._write("\n")
        self._write(
            render(summary, width=self.width, colour=self.colour, everything=self.everything)
        )

    def problems(self, problems: list[Problem]) -> None:
        """Say what is wrong with a file; the other files go on."""
        for problem in problems:
            from engine.cli.told import told  # noqa: PLC0415 - only where something is wrong

            sys.stderr.write(f"{told(problem)}\n")
        if problems:
            self.invalid.extend(problems)
            self.codes.append(ExitCode.INVALID)

    def exit_code(self) -> ExitCode:
        """The first of 70, 3, 1, 4 and 0 that any case or file has."""
        return worst(self.codes)

    def _close(self) -> None:
        if self.as_json:
            from engine.report.as_json import as_json  # noqa: PLC0415 - only for JSON

            self._write(json.dumps(as_json(self.done, self.invalid)) + "\n")
        elif len(self.done) > 1:
            from engine.report.closing_table import closing_table  # noqa: PLC0415 - only of several

            self._write("\n" + closing_table(self.done, width=self.width, colour=self.colour))

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
