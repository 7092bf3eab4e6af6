"""`protocol test --mutate`: do the scenarios notice small changes to their protocol?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import ExitCode

if TYPE_CHECKING:
    from engine.analysis.mutations import Tried
    from engine.cli.scenario_runs import ScenarioRuns
    from engine.model.fact import Dictionary
    from engine.model.program import Program
    from engine.report.mutations_text import Proposed


def mutate(
    runs: ScenarioRuns,
    dictionary: Dictionary,
    *,
    least: int,
    as_json: bool,
    witness: Path | None,
    progress: Callable[[int, int], None],
) -> ExitCode:
    """Try every mutant of the protocols that were run, and report; 1 if too few are noticed."""
    from engine.analysis.mutations import score  # noqa: PLC0415 - only with --mutate
    from engine.cli.page_settings import colour, width  # noqa: PLC0415
    from engine.cli.scenario_runs import about  # noqa: PLC0415
    from engine.pipeline import resolved  # noqa: PLC0415
    from engine.report.mutations_text import mutations_json, mutations_text  # noqa: PLC0415
    from engine.scenarios.mutation import try_mutants  # noqa: PLC0415

    code = ExitCode.CLEAN
    reports = []
    for path in about(runs):
        answers = runs.answers[path]
        protocol = resolved(str(path), dictionary)
        scenarios = [scenario for one in answers for scenario in one.scenarios]
        tried = try_mutants(protocol, scenarios, dictionary, progress)
        proposed = _proposed(tried, answers[0].program, dictionary)
        if score(tried) < least:
            code = ExitCode.GAP
        if as_json:
            reports.append(mutations_json(protocol.id, tried, proposed, dictionary))
        else:
            text = mutations_text(
                protocol.id, tried, proposed, dictionary, width=width(), colour=colour()
            )
            sys.stdout.write(text)
        if witness is not None:
            _write(proposed, witness, protocol.id, dictionary)
    if as_json:
        sys.stdout.write(json.dumps(reports, indent=2) + "\n")
    return code


def _proposed(tried: Sequence[Tried], program: Program, dictionary: Dictionary) -> list[Proposed]:
    """Survivors, each with what the protocol says of the case that tells it apart."""
    from engine.evaluate import evaluate  # noqa: PLC0415
    from engine.report.mutations_text import Proposed  # noqa: PLC0415
    from engine.scenarios.reading import LATER  # noqa: PLC0415

    out = []
    for one in tried:
        if one.outcome in ("survived", "not decided"):
            finding = None
            if one.difference is not None:
                case = one.difference.case
                own = tuple(d for d in program.duties if d.id == one.difference.result)
                part = program._replace(duties=own, named=())
                found = evaluate(part, [case], dictionary, None, LATER)[0].findings
                finding = next(iter(found), None)
            out.append(Proposed(one, finding))
    return out


def _write(
    proposed: Sequence[Proposed], folder: Path, protocol: str, dictionary: Dictionary
) -> None:
    """A case file for each survivor, and a scenario file that names them, to be read first."""
    from engine.cli.witness import write_cases  # noqa: PLC0415

    cases, scenarios = {}, []
    for number, one in enumerate(proposed, 1):
        if one.tried.difference is not None and one.finding is not None:
            name = f"{protocol}-{number}"
            cases[name] = one.tried.difference.case
            title = json.dumps(f"{one.tried.mutant.rule}: {one.tried.mutant.says}")
            scenarios.append(
                f"- scenario: {title}\n  protocol: {protocol}\n  case: {name}.yaml\n"
                f"  expect: {{{one.finding.id}: {one.finding.status}}}  # read the clause first\n"
            )
    write_cases(cases, folder, dictionary)
    listed = folder / f"{protocol}-scenarios.yaml"
    listed.write_text("".join(scenarios), encoding="utf-8", newline="\n")
