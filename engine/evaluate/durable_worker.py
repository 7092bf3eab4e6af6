"""The second engine's own process: requests in, answers out, a line of JSON each.

In: `{"steps": …, "judgements": …}` prepares a program, `{"columns": …, "seconds": …}` asks for a
case. Out: `{"answers": …}` or `{"fault": …}`, to the second kind only. It ends with its input. A
process of its own because durable-rules has crashed, and looped for ever, on ordinary input.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import Any, TextIO

from engine.evaluate.durable_columns import SentColumns
from engine.evaluate.durable_engine import DurableEngine
from engine.evaluate.durable_ruleset import SecondEngineFault
from engine.model.program import Step


def serve(requests: TextIO, replies: TextIO) -> None:
    """Answer until the input ends."""
    answering = _Answering()
    for line in requests:
        request: dict[str, Any] = json.loads(line)
        if "steps" in request:
            answering.prepare(request)
        else:
            replies.write(json.dumps(answering.reply(request), separators=(",", ":")) + "\n")
            replies.flush()


class _Answering:
    """The program prepared last; a fault is told when a case is asked about."""

    def __init__(self) -> None:
        self.engine: DurableEngine | None = None
        self.fault = "no program was given"

    def prepare(self, request: dict[str, Any]) -> None:
        try:
            self.engine = DurableEngine(_steps(request["steps"]), request["judgements"])
        except SecondEngineFault as fault:
            self.engine, self.fault = None, str(fault)

    def reply(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.engine is None:
            return {"fault": self.fault}
        _end_after(request["seconds"])
        try:
            return {"answers": self.engine.answers(SentColumns(request["columns"]))}
        except SecondEngineFault as fault:
            return {"fault": str(fault)}


def _steps(value: list[list[Any]]) -> list[Step]:
    return [Step(op, table, _tuple(args)) for op, table, args in value]


def _tuple(value: Any) -> Any:
    return tuple(_tuple(part) for part in value) if isinstance(value, list) else value


def _end_after(seconds: int) -> None:
    """Should nobody be left to end it: the system does, even within an endless loop in C."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    serve(sys.stdin, sys.stdout)
