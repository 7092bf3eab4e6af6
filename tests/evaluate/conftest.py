"""Where durable-rules cannot be had, its own tests are not collected; what is said then is tested
in `test_durable_worker.py`, everywhere."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = (
    [] if find_spec("durable") else ["test_durable_engine.py", "test_durable_ruleset.py"]
)
