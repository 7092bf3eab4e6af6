"""What the tests of reports share: a small protocol of one's own, and cases checked against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from engine.load.case import read_cases
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.fact import Dictionary
from engine.model.program import Program
from engine.pipeline import check, compile_chain
from engine.report.summary import Summary, summarise

HERE = Path(__file__).parent
TODAY = date(2025, 6, 2)

Summaries = Callable[..., list[Summary]]


@pytest.fixture(scope="session")
def dictionary() -> Dictionary:
    return read_dictionary()


@pytest.fixture(scope="session")
def harbour(dictionary: Dictionary) -> Program:
    """The protocol `harbour`, which extends `nat2024`."""
    chain = [HERE / "harbour.yaml", HERE / "nat2024.yaml"]
    return compile_chain([(path, path.read_bytes()) for path in chain], dictionary)


@pytest.fixture
def summaries(harbour: Program, dictionary: Dictionary) -> Summaries:
    """Summaries of the cases in a text, checked against `harbour` or another program."""

    def make(
        text: str, asked: date | None = None, program: Program = harbour, *, trace: bool = False
    ) -> list[Summary]:
        cases, problems = read_cases(parse_document(text.encode(), "case.yaml"), dictionary, TODAY)
        assert not problems
        told = check(cases, program, dictionary, asked=asked, today=TODAY, trace=trace)
        return [summarise(one, program, dictionary) for one in told]

    return make


@pytest.fixture(scope="session")
def busy_text() -> str:
    return (HERE / "busy.yaml").read_text(encoding="utf-8")


@pytest.fixture
def busy(summaries: Summaries, busy_text: str) -> Summary:
    """The case in which every section has something to say."""
    return summaries(busy_text)[0]
