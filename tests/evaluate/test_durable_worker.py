"""The second engine's process: it agrees, or the report says plainly why it does not answer."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from engine.compile import compile_protocol
from engine.evaluate import evaluate, second_engine
from engine.evaluate.planes_engine import run_program
from engine.evaluate.second_engine import (
    NOT_ASKED,
    NOT_INSTALLED,
    STOPPED,
    TOO_LONG,
    UNREADABLE,
    SecondEngine,
    Worker,
)
from engine.evaluate.tables import CaseTables
from engine.model.program import Program
from tests.reference.build import case, duty, item, protocol
from tests.reference.small_dictionary import SMALL

TODAY = datetime.date(2025, 1, 8)
CASE = case("2025-01-08", item(early_help=item(offered="2025-01-06")))

LOOP = "while True: pass"
FAKE = {
    "crash": ("import os; os.abort()", STOPPED),
    "crash when asked": ("import sys, os; input(); input(); os.abort()", STOPPED),
    "leaves": ("input(); input()", STOPPED),
    "garbage": ("input(); input(); print('\\x00 nonsense')", UNREADABLE),
    "no object": ("input(); input(); print('[1, 2]')", UNREADABLE),
    "no answers": ("input(); input(); print('{}')", UNREADABLE),
    "wrong shape": ('input(); input(); print(\'{"answers": {"x": 3}}\')', UNREADABLE),
    "gives up": (
        'input(); input(); print(\'{"fault": "no action ran"}\')',
        "the second engine gave up: no action ran",
    ),
    "loops for ever": (LOOP, TOO_LONG.format(0.2)),
    "a traceback on stderr": ("input(); input(); raise ValueError('secret')", STOPPED),
}


@pytest.fixture
def program() -> Program:
    return compile_protocol(protocol(duty("offered", done="early_help.offered")), SMALL)


@pytest.fixture
def engines() -> Iterator[list[SecondEngine]]:
    """Second engines that are ended when the test is."""
    started: list[SecondEngine] = []
    yield started
    for one in started:
        one.close()


def faking(monkeypatch: pytest.MonkeyPatch, code: str) -> SecondEngine:
    """A second engine whose process runs `code` instead; endless loops are not waited for long."""
    seconds = 0.2 if code == LOOP else 60
    monkeypatch.setattr(second_engine, "find_spec", lambda _: object())
    monkeypatch.setattr(
        second_engine, "start_worker", lambda: Worker([sys.executable, "-c", code], seconds)
    )
    return SecondEngine(wanted=True)


def said(second: SecondEngine | None, program: Program, *, show_second: bool = False) -> list[str]:
    """What the assessments of one case say of the second engine, and the status of the duty."""
    (told,) = evaluate(program, [CASE], SMALL, None, TODAY, second=second, show_second=show_second)
    return [told.second_engine, told.findings[0].status]


def test_the_real_worker_agrees_where_it_can_be_had(
    program: Program, engines: list[SecondEngine]
) -> None:
    """Else the report says that durable-rules is not installed; the findings are the same."""
    engines.append(SecondEngine(wanted=True))
    expected = "agrees" if find_spec("durable") else NOT_INSTALLED
    for _ in range(3):
        assert said(engines[0], program) == [expected, "met"]


def test_the_second_engines_own_statuses(program: Program, engines: list[SecondEngine]) -> None:
    """Shown on demand; where it cannot be had, the planes' with the reason."""
    engines.append(SecondEngine(wanted=True))
    expected = "agrees" if find_spec("durable") else NOT_INSTALLED
    assert said(engines[0], program, show_second=True) == [expected, "met"]


def test_another_program_may_follow(program: Program, engines: list[SecondEngine]) -> None:
    """One worker serves cases under different protocols."""
    other = compile_protocol(protocol(duty("considered", done="early_help.considered")), SMALL)
    engines.append(SecondEngine(wanted=True))
    expected = "agrees" if find_spec("durable") else NOT_INSTALLED
    found = [said(engines[0], one)[0] for one in (program, other, program)]
    assert found == [expected] * 3


def test_it_is_not_asked_unless_wanted(program: Program) -> None:
    """And no process is started."""
    second = SecondEngine(wanted=False)
    assert second._worker is None
    assert said(second, program) == [NOT_ASKED, "met"]
    assert said(None, program) == [NOT_ASKED, "met"]


def test_without_durable_rules_it_says_so(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No process is started, and the findings are there."""
    monkeypatch.setattr(second_engine, "find_spec", lambda _: None)
    second = SecondEngine(wanted=True)
    assert second._worker is None
    assert said(second, program) == [NOT_INSTALLED, "met"]


@pytest.mark.parametrize("name", FAKE)
def test_whatever_goes_wrong_one_engine_reports(
    program: Program, monkeypatch: pytest.MonkeyPatch, name: str, engines: list[SecondEngine]
) -> None:
    """The findings are there, the reason is plain, the process is gone, and it stays so."""
    code, reason = FAKE[name]
    engines.append(faking(monkeypatch, code))
    worker = engines[0]._worker
    assert worker is not None
    assert said(engines[0], program) == [reason, "met"]
    assert worker._process.poll() is not None
    assert said(engines[0], program) == [reason, "met"]


def test_a_wrong_answer_is_a_difference_with_a_bundle(
    program: Program, monkeypatch: pytest.MonkeyPatch, engines: list[SecondEngine]
) -> None:
    """An internal fault: the word is `differs`, and the bundle names the duty."""
    step = program.duties[0].judgement
    wrong = json.dumps({"answers": {str(step): [["overdue", "yes", "yes", True]]}})
    engines.append(faking(monkeypatch, f"input(); input(); print({wrong!r})"))
    assert said(engines[0], program) == ["differs", "met"]
    assert engines[0].bundle is not None
    assert engines[0].bundle["differences"][0]["duty"] == "offered"


def test_a_wrong_answer_is_shown_where_it_is_asked_for(
    program: Program, monkeypatch: pytest.MonkeyPatch, engines: list[SecondEngine]
) -> None:
    """`--engine durable-rules` shows its own answer, also where it differs."""
    step = program.duties[0].judgement
    wrong = json.dumps({"answers": {str(step): [["overdue", "yes", "yes", True]]}})
    engines.append(faking(monkeypatch, f"input(); input(); print({wrong!r})"))
    assert said(engines[0], program, show_second=True) == ["differs", "overdue"]


def test_a_process_that_cannot_start_is_no_fault(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where processes are forbidden, one engine reports."""

    def refused() -> Worker:
        raise PermissionError

    monkeypatch.setattr(second_engine, "find_spec", lambda _: object())
    monkeypatch.setattr(second_engine, "start_worker", refused)
    reason = "the second engine could not be started"
    assert said(SecondEngine(wanted=True), program) == [reason, "met"]


def test_only_numbers_days_and_words_go_over_the_pipe(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No label, file or place of a case, and no title or text of the protocol."""
    sent: list[dict[str, object]] = []

    class Listening:
        def send(self, request: dict[str, object], *, answered: bool) -> None:
            sent.append(request)

    second = SecondEngine(wanted=False)
    monkeypatch.setattr(second, "_worker", Listening())
    second.send(program, CaseTables([CASE], SMALL, None, TODAY))
    assert [sorted(request) for request in sent] == [
        ["judgements", "steps"], ["columns", "seconds"],
    ]  # fmt: skip
    assert CASE.label not in json.dumps(sent)
    assert str(datetime.date(2025, 1, 6).toordinal()) in json.dumps(sent)


def test_ending_twice_is_ending_once(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """`close` may be called by whoever is last."""
    second = faking(monkeypatch, "input()")
    second.close()
    second.close()
    assert said(second, program)[1] == "met"


def test_the_worker_ends_with_its_input() -> None:
    """Nobody is left to wait for it when the caller is gone, and nothing is written."""
    command = [sys.executable, "-c", second_engine.START]
    if find_spec("durable"):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)
        assert (done.stdout, done.stderr) == (b"", b"")
    else:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        assert done.returncode == 1


def test_what_the_worker_imports_is_small() -> None:
    """The command line, the report and YAML stay out: its start is waited for."""
    code = (
        "import sys, engine.evaluate.operators, engine.evaluate.durable_plan,"
        " engine.evaluate.durable_columns, engine.evaluate.answers; print(*sys.modules)"
    )
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    ).stdout.split()
    assert not {"typer", "rich", "yaml", "numpy", "jsonschema", "engine.pipeline"} & set(modules)


def test_a_worker_that_does_not_read_does_not_block(
    program: Program, monkeypatch: pytest.MonkeyPatch, engines: list[SecondEngine]
) -> None:
    """However much is sent: writing has a thread of its own."""
    engines.append(faking(monkeypatch, LOOP))
    tables = CaseTables([CASE] * 2000, SMALL, None, TODAY)
    found = engines[0].ask(program, tables, run_program(program, tables))
    assert found.word == TOO_LONG.format(0.2)
