"""What an assessment tells the process's caller: one exit code a case, one over all of them.

In: assessments. Out: `ExitCode`s, exactly as SEMANTICS section 2, *to the case*, and DESIGN
section 5 have them.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import ExitCode
from engine.model.finding import Assessment, Finding

_WORST_FIRST = (
    ExitCode.INTERNAL, ExitCode.INVALID, ExitCode.GAP, ExitCode.UNDECIDED, ExitCode.CLEAN,
)  # fmt: skip


def exit_code(assessment: Assessment) -> ExitCode:
    """A gap, undecided or nothing applied, or clean; a `consider` has no say.

    Engines that differ are a fault of ours, whatever the findings are.
    """
    if assessment.second_engine.startswith("differs"):
        return ExitCode.INTERNAL
    findings = judged(assessment)
    if any(finding.gap == "yes" for finding in findings):
        return ExitCode.GAP
    open_ = any("undetermined" in (finding.gap, finding.status) for finding in findings)
    open_ = open_ or not all(finding.decided for finding in findings)
    nothing_on = all(finding.status == "not_applicable" for finding in findings)
    return ExitCode.UNDECIDED if open_ or nothing_on else ExitCode.CLEAN


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """Over several cases or files: the first of 70, 3, 1, 4 and 0. Of none at all: nothing
    applied."""
    found = set(codes) or {ExitCode.UNDECIDED}
    return next(code for code in _WORST_FIRST if code in found)


def judged(assessment: Assessment) -> list[Finding]:
    """The findings that can be gaps: all but those of a `consider`.

    A finding is neither counted, nor a role result, nor inapplicable only if it is a prompt.
    """
    prompts = {
        finding.duty
        for finding in assessment.findings
        if not (finding.counted or finding.role or finding.status == "not_applicable")
    }
    return [finding for finding in assessment.findings if finding.duty not in prompts]
