"""The functions of `vectors` over numpy arrays, for caseloads: columns are int32, planes integers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from engine.evaluate.vectors import everywhere

__all__ = ["everywhere"]
Column = Any
Plane = int


def pack(bits: Iterable[bool]) -> Plane:
    """A plane from one truth value a row."""
    array = bits if isinstance(bits, np.ndarray) else np.fromiter(bits, dtype=bool)
    return int.from_bytes(np.packbits(array, bitorder="little").tobytes(), "little")


def bits(plane: Plane, size: int) -> Any:
    """One truth value a row from a plane."""
    raw = np.frombuffer(plane.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(raw, count=size, bitorder="little").astype(bool)


def full(size: int, value: int) -> Column:
    """A column of one value."""
    return np.full(size, value, dtype=np.int32)


def at_most(one: Column, other: Column) -> Plane:
    """The rows in which `one <= other`."""
    return pack(one <= other)


def choose(plane: Plane, one: Column, other: Column) -> Column:
    """`one` where the plane is set, else `other`."""
    return np.where(bits(plane, len(one)), one, other) if plane else other


maximum = np.maximum
minimum = np.minimum


def take(column: Column, rows: Sequence[int]) -> Column:
    """The values of `rows`, in that order."""
    return column[rows]


def take_plane(plane: Plane, rows: Sequence[int], size: int) -> Plane:
    """The bits of `rows`, in that order; `size` is the number of rows `plane` has."""
    if plane in (0, everywhere(size)):
        return everywhere(len(rows)) if plane else 0
    return pack(bits(plane, size)[rows])


def map_days(column: Column, function: Callable[[int], int]) -> Column:
    """`function` of every value, worked out once for each different one."""
    values, back = np.unique(column, return_inverse=True)
    return np.array([function(int(value)) for value in values], dtype=np.int32)[back]


def any_by(plane: Plane, rows: Sequence[int], size: int) -> Plane:
    """The rows of a parent (of `size` rows) with a set bit among their items."""
    out = np.zeros(size, dtype=bool)
    if len(rows):
        out[np.asarray(rows)[bits(plane, len(rows))]] = True
    return pack(out)


def max_by(column: Column, rows: Sequence[int], start: Column) -> Column:
    """The greatest of `start` and the values of each parent's items."""
    out = start.copy()
    np.maximum.at(out, rows, column)
    return out


def min_by(column: Column, rows: Sequence[int], start: Column) -> Column:
    """The least of `start` and the values of each parent's items."""
    out = start.copy()
    np.minimum.at(out, rows, column)
    return out


def as_list(column: Column) -> list[int]:
    """The column as a list."""
    return column.tolist()  # type: ignore[no-any-return]


def from_list(values: list[int]) -> Column:
    """A column of the values."""
    return np.array(values, dtype=np.int32)
