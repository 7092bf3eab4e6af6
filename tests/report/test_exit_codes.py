"""Exit codes: what each kind of finding tells the caller."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import ExitCode
from engine.model.finding import Assessment, Finding, Gap, Instance, Status, Verdict
from engine.report.exit_codes import exit_code, worst

DAY = date(2025, 6, 2)


def finding(
    status: Status,
    gap: Gap = "no",
    *,
    duty: str = "duty",
    role: bool = False,
    prompt: bool = False,
    also: Status | None = None,
) -> Finding:
    """A finding with one instance, and another one of status `also`."""
    statuses = [status, *([also] if also else [])]
    return Finding(
        duty=duty,
        status=status,
        gap=gap,
        decided=gap != "undetermined" and "undetermined" not in statuses,
        counted=not (role or prompt or status == "not_applicable"),
        instances=tuple(
            Instance(f"referrals[{n}]", "", Verdict(one, gap, "")) for n, one in enumerate(statuses)
        ),
        role=role,
    )


def told(*findings: Finding) -> Assessment:
    return Assessment("case", None, "harbour", DAY, DAY, findings, ())


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ([finding("met")], ExitCode.CLEAN),
        ([finding("met"), finding("not_applicable", duty="other")], ExitCode.CLEAN),
        ([finding("outstanding")], ExitCode.CLEAN),
        ([finding("excused")], ExitCode.CLEAN),
        ([finding("overdue", "yes")], ExitCode.GAP),
        ([finding("late", "yes"), finding("undetermined", "undetermined")], ExitCode.GAP),
        ([finding("met"), finding("overdue", "yes", role=True)], ExitCode.GAP),
        ([finding("undetermined")], ExitCode.UNDECIDED),
        ([finding("late", "undetermined")], ExitCode.UNDECIDED),
        ([finding("outstanding", also="undetermined")], ExitCode.UNDECIDED),
        ([finding("met"), finding("undetermined", role=True)], ExitCode.UNDECIDED),
        ([finding("not_applicable")], ExitCode.UNDECIDED),
        ([], ExitCode.UNDECIDED),
    ],
    ids=[
        "met", "some do not apply", "outstanding", "excused", "a gap", "a gap before the unknown",
        "wrong person", "unknown but no gap", "perhaps excused", "unknown behind the worst status",
        "role unknown", "nothing applies", "no duty at all",
    ],
)  # fmt: skip
def test_each_code_has_its_reason(findings: list[Finding], code: ExitCode) -> None:
    """Exit 1 if any gap is certain; else 4 if anything is open or nothing applied; else 0."""
    assert exit_code(told(*findings)) == code


def test_a_prompt_has_no_say() -> None:
    """A `consider` neither makes a case undecided nor, alone, makes anything apply."""
    prompt = finding("undetermined", "no", duty="prompt", prompt=True)
    assert exit_code(told(finding("met"), prompt)) == ExitCode.CLEAN
    assert exit_code(told(finding("not_applicable"), prompt)) == ExitCode.UNDECIDED


def test_engines_that_differ_are_a_fault() -> None:
    """Whatever the findings are, a report on which the engines differ is not to be relied on."""
    fine = told(finding("met"))
    assert exit_code(fine._replace(second_engine="agrees")) == ExitCode.CLEAN
    assert exit_code(fine._replace(second_engine="not installed")) == ExitCode.CLEAN
    assert exit_code(fine._replace(second_engine="differs")) == ExitCode.INTERNAL


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([0, 4, 1, 3, 70], 70),
        ([0, 4, 1, 3], 3),
        ([0, 4, 1], 1),
        ([0, 4], 4),
        ([0, 0], 0),
        ([], 4),
    ],
)
def test_over_several_cases_the_first_of_the_order(codes: list[int], expected: int) -> None:
    """70, 3, 1, 4, 0; no case at all is no clean result."""
    assert worst(map(ExitCode, codes)) == expected
