"""Columns and planes over numpy say the same as those in plain Python, alone and in a program."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from operator import and_, or_, xor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluate import vectors, vectors_numpy
from engine.evaluate.planes_engine import run_program
from engine.evaluate.status import Judgement
from engine.evaluate.tables import CaseTables
from engine.evaluate.values import Days, Truth
from engine.load.case import read_case_file
from engine.load.dictionary import read_dictionary
from engine.model.case import Case
from engine.pipeline import load_protocol

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 2)
FILES = sorted([*ROOT.glob("examples/*.yaml"), *ROOT.glob("tests/vignettes/*/*.yaml")])
TWO_PLANES = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=70)
DAYS = st.integers(-50, 50)
TWO_COLUMNS = st.lists(st.tuples(DAYS, DAYS, st.booleans()), min_size=1, max_size=70)


def _same(plane: Any, plain: int, size: int) -> None:
    assert list(vectors_numpy.bits(plane, size)) == vectors.bits(plain, size)


@pytest.mark.parametrize("operation", [and_, or_, xor])
@given(rows=TWO_PLANES)
def test_planes_join_as_integers_do_and_with_them(operation: Any, rows: list[Any]) -> None:
    """Both packed, or one of them an integer: no row, every row, any rows."""
    ones, others = zip(*rows, strict=True)
    one, other, size = vectors.pack(ones), vectors.pack(others), len(rows)
    packed, packed_other = vectors_numpy.pack(ones), vectors_numpy.pack(others)
    _same(operation(packed, packed_other), operation(one, other), size)
    for integer in (0, -1, other):
        _same(operation(packed, integer), operation(one, integer), size)
        _same(operation(integer, packed), operation(integer, one), size)
    _same(~packed, ~one, size)
    assert [packed >> row & 1 for row in range(size)] == [one >> row & 1 for row in range(size)]


@given(rows=TWO_PLANES)
def test_a_plane_is_never_changed_in_place(rows: list[Any]) -> None:
    """`plane &= …` makes a new one: steps share theirs."""
    ones, others = zip(*rows, strict=True)
    plane = kept = vectors_numpy.pack(ones)
    plane &= vectors_numpy.pack(others)
    plane |= ~vectors_numpy.pack(others)
    _same(kept, vectors.pack(ones), len(rows))


@given(rows=TWO_COLUMNS, data=st.data())
def test_every_function_agrees(rows: list[Any], data: st.DataObject) -> None:
    """Comparisons, choices, rows taken from above, and items gathered to the rows above."""
    size = len(rows)
    one, other, bits = (list(column) for column in zip(*rows, strict=True))
    picked = data.draw(st.lists(st.integers(0, size - 1), max_size=20))
    answers = []
    for module in (vectors, vectors_numpy):
        left, right, plane = module.from_list(one), module.from_list(other), module.pack(bits)
        items = module.take(left, picked)
        taken = module.take_plane(plane, picked, size)
        columns = [
            module.choose(plane, left, right),
            module.choose(0, left, right),
            module.choose(module.everywhere(size), left, right),
            module.maximum(left, right),
            module.minimum(left, module.full(size, 3)),
            module.map_days(right, lambda day: day * 2),
            module.max_by(items, picked, module.full(size, -9)),
            module.min_by(items, picked, module.full(size, 9)),
            items,
        ]
        planes = [
            (module.at_most(left, right), size),
            (module.at_most(left, module.full(size, 3)), size),
            (module.any_by(taken, picked, size), size),
            (module.any_by(-1, picked, size), size),
            (taken, len(picked)),
            (module.take_plane(0, picked, size), len(picked)),
            (module.take_plane(module.everywhere(size), picked, size), len(picked)),
        ]
        answers.append(
            [
                *(module.as_list(column) for column in columns),
                *([bool(bit) for bit in module.bits(made, rows)] for made, rows in planes),
            ]
        )
    assert answers[0] == answers[1]


class ArrayTables(CaseTables):
    """The tables of cases with their columns as arrays and their planes packed."""

    vectors: Any = vectors_numpy

    def record_to(self, name: str) -> Any:
        return np.array(super().record_to(name), dtype=np.int32)

    def asked(self, name: str) -> Any:
        return np.array(super().asked(name), dtype=np.int32)

    def event(self, path: str, use: str = "") -> Days:
        lo, hi, *planes = super().event(path, use)
        columns = (vectors_numpy.from_list(lo), vectors_numpy.from_list(hi))
        return Days(*columns, *(self._packed(plane, len(lo)) for plane in planes))

    def exists(self, name: str) -> Truth:
        return Truth(*(self._packed(plane, self.size(name)) for plane in super().exists(name)))

    @staticmethod
    def _packed(plane: int, size: int) -> Any:
        return vectors_numpy.pack(vectors.bits(plane, size))


@pytest.mark.parametrize("protocol", ["wt2023", "norfolk"])
def test_a_whole_protocol_comes_to_the_same_over_either(protocol: str) -> None:
    """Every step of the program, over all examples and vignettes at once."""
    dictionary = read_dictionary()
    cases = [case for file in FILES for case in _cases(file)]
    program = load_protocol(protocol, dictionary)
    plain = run_program(program, CaseTables(cases, dictionary, None, TODAY))
    arrays = run_program(program, ArrayTables(cases, dictionary, None, TODAY))
    for number, step in enumerate(program.steps):
        size = plain.size(step.table)
        one, other = _readable(plain.value(number), size), _readable(arrays.value(number), size)
        assert one == other, (number, step)


def _cases(file: Path) -> Sequence[Case]:
    cases, problems = read_case_file(file, read_dictionary(), TODAY)
    assert not [problem for problem in problems if problem.severity == "error"]
    return cases


def _readable(value: Any, size: int) -> Any:
    """A step's value without its representation."""
    match value:
        case Truth():
            return [_rows(plane, size) for plane in value]
        case Days():
            return [list(map(int, value.lo)), list(map(int, value.hi))] + [
                _rows(plane, size) for plane in value[2:]
            ]
        case Judgement():
            planes = [*value.status.values(), *value.gap, *value.missed, value.to_do, value.decided]
            return [_rows(plane, size) for plane in planes]
    return None  # a table of intervals: its own steps read it


def _rows(plane: Any, size: int) -> list[bool]:
    return [bool(plane >> row & 1) for row in range(size)]
