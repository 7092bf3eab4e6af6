"""The second engine from the side of whoever asks: start it early, ask, compare, end it.

In: a program, the columns of some cases, the planes' run. Out: an `Agreement`. Whatever goes wrong
with the second engine, the case is reported on one engine, which says why. Only numbers of steps
and rows, days and words go over the pipe.
"""

from __future__ import annotations

import atexit
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

# All else is imported where it is used: the sooner the worker starts, the less is waited for.
if TYPE_CHECKING:
    from engine.evaluate.agreement import Agreement, Answers
    from engine.evaluate.run import Columns, Run
    from engine.model.program import Program

NOT_ASKED = "not asked"
NOT_INSTALLED = "durable-rules is not installed here"
STOPPED = "the second engine stopped"
UNREADABLE = "the second engine's answer could not be read"
TOO_LONG = "the second engine took longer than {:g} seconds"
SECONDS = 10.0
_LAST_SECONDS = 60  # after which a worker that nobody ended ends by itself

# Not `-m`, which would let files in the user's folder stand in for modules.
START = (
    f"import sys, runpy; sys.path.append({str(Path(__file__).parents[2])!r}); "
    "runpy.run_module('engine.evaluate.durable_worker', run_name='__main__', alter_sys=True)"
)


class NoAnswer(Exception):
    """The second engine gave none; the text says why."""


class Worker:
    """The second engine's process; one request at a time."""

    def __init__(self, command: Sequence[str], seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process = subprocess.Popen(  # noqa: S603 - this Python, our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._requests: queue.SimpleQueue[tuple[bytes, bool] | None] = queue.SimpleQueue()
        self._replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._talk = threading.Thread(target=self._converse, daemon=True)
        self._talk.start()
        atexit.register(self.finish)

    def send(self, request: dict[str, Any], *, answered: bool) -> None:
        """Hand over a request, which is `answered` or not; does not wait."""
        text = json.dumps(request, separators=(",", ":"))
        self._requests.put((text.encode() + b"\n", answered))

    def reply(self) -> dict[str, Any]:
        """The next reply; raises `NoAnswer`, the process ended, if there is none in time."""
        try:
            line = self._replies.get(timeout=self._seconds)
        except queue.Empty:
            self.finish()
            raise NoAnswer(TOO_LONG.format(self._seconds)) from None
        if not line:
            self.finish()
            raise NoAnswer(STOPPED)
        try:
            reply = json.loads(line)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            self.finish()
            raise NoAnswer(UNREADABLE)
        return reply

    def finish(self) -> None:
        """End the process, at once."""
        atexit.unregister(self.finish)
        self._requests.put(None)
        self._process.kill()
        self._process.wait()
        self._talk.join()

    def _converse(self) -> None:
        """Writing blocks while the process is busy or starting, so it has a thread of its own."""
        requests, replies = self._process.stdin, self._process.stdout
        assert requests is not None
        assert replies is not None
        try:
            with requests, replies:
                while (request := self._requests.get()) is not None:
                    text, answered = request
                    requests.write(text)
                    requests.flush()
                    if answered:
                        self._replies.put(replies.readline())
        except (OSError, ValueError):
            self._replies.put(b"")


def start_worker(seconds: float = SECONDS) -> Worker:
    """Start the process; it loads durable-rules while its caller reads the case."""
    return Worker([sys.executable, "-P", "-c", START], seconds)


class SecondEngine:
    """Asks the worker, or says why there is one engine only.

    `wanted`: start the worker now, if durable-rules is there. `prepare` and `send` are optional:
    they let the worker go ahead while the caller does something else. `bundle` reproduces the last
    difference between the engines, and holds nothing of the case but truths.
    """

    def __init__(self, wanted: bool) -> None:
        self._worker: Worker | None = None
        self._program: Program | None = None
        self._sent: Columns | None = None
        self.reason = NOT_ASKED
        self.bundle: dict[str, Any] | None = None
        if not wanted:
            return
        if not (find_spec("durable") and find_spec("durable_rules_engine")):
            self.reason = NOT_INSTALLED
            return
        try:
            self._worker = start_worker()
        except OSError:
            self.reason = "the second engine could not be started"

    def prepare(self, program: Program) -> None:
        """Let the worker make the rules of a program."""
        from engine.evaluate.durable_plan import finals  # noqa: PLC0415

        if self._worker is not None and program is not self._program:
            self._program = program
            request = {"steps": program.steps, "judgements": finals(program.duties)}
            self._worker.send(request, answered=False)

    def send(self, program: Program, tables: Columns) -> None:
        """Let the worker begin on these cases."""
        from engine.evaluate.durable_columns import to_json  # noqa: PLC0415

        if self._worker is not None and tables is not self._sent:
            self._sent = tables
            self.prepare(program)
            request = {"columns": to_json(tables, program), "seconds": _LAST_SECONDS}
            self._worker.send(request, answered=True)

    def ask(self, program: Program, tables: Columns, run: Run) -> Agreement:
        """Whether the second engine says the same of these cases as the planes' `run`."""
        from engine.evaluate.agreement import Agreement, compare  # noqa: PLC0415

        if self._worker is None:
            return Agreement(self.reason)
        self.send(program, tables)
        self._sent = None
        try:
            answers = _answers(self._worker.reply())
        except NoAnswer as why:
            self.close()
            self.reason = str(why)
            return Agreement(self.reason)
        agreement = compare(program, run, answers)
        self.bundle = agreement.bundle or self.bundle
        return agreement

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.finish()
            self._worker = None


def _answers(reply: dict[str, Any]) -> Answers:
    """The answers of a reply; raises `NoAnswer` if it holds none."""
    from engine.evaluate.answers import Answer  # noqa: PLC0415

    if "fault" in reply:
        raise NoAnswer(f"the second engine gave up: {reply['fault']}")
    try:
        return {
            int(step): [Answer(*answer) for answer in rows]
            for step, rows in reply["answers"].items()
        }
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NoAnswer(UNREADABLE) from None
