"""Columns and planes in plain Python: what a case, a caseload of one, is evaluated with.

A *column* is a list of integers, one a row; a *plane* is one integer whose bit r speaks of row r.
`vectors_numpy` offers the same functions over arrays; evaluation is written once over either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

Column = Any  # list[int] here, a numpy array there
Plane = int


def pack(bits: Iterable[bool]) -> Plane:
    """A plane from one truth value a row."""
    plane = 0
    for row, bit in enumerate(bits):
        if bit:
            plane |= 1 << row
    return plane


def bits(plane: Plane, size: int) -> list[bool]:
    """One truth value a row from a plane."""
    return [bool(plane >> row & 1) for row in range(size)]


def everywhere(size: int) -> Plane:
    """The plane that is set in every row."""
    return (1 << size) - 1


def full(size: int, value: int) -> Column:
    """A column of one value."""
    return [value] * size


def at_most(one: Column, other: Column) -> Plane:
    """The rows in which `one <= other`."""
    plane, bit = 0, 1
    for a, b in zip(one, other, strict=True):
        if a <= b:
            plane |= bit
        bit <<= 1
    return plane


def choose(plane: Plane, one: Column, other: Column) -> Column:
    """`one` where the plane is set, else `other`."""
    if not plane:
        return other
    return [a if plane >> row & 1 else b for row, (a, b) in enumerate(zip(one, other, strict=True))]


def maximum(one: Column, other: Column) -> Column:
    """The greater, row by row."""
    return [max(a, b) for a, b in zip(one, other, strict=True)]


def minimum(one: Column, other: Column) -> Column:
    """The lesser, row by row."""
    return [min(a, b) for a, b in zip(one, other, strict=True)]


def take(column: Column, rows: Sequence[int]) -> Column:
    """The values of `rows`, in that order."""
    return [column[row] for row in rows]


def take_plane(plane: Plane, rows: Sequence[int], size: int) -> Plane:
    """The bits of `rows`, in that order; `size` is the number of rows `plane` has."""
    if plane in (0, everywhere(size)):
        return everywhere(len(rows)) if plane else 0
    return pack(bool(plane >> row & 1) for row in rows)


def map_days(column: Column, function: Callable[[int], int]) -> Column:
    """`function` of every value."""
    return [function(value) for value in column]


def any_by(plane: Plane, rows: Sequence[int], size: int) -> Plane:
    """The rows of a parent (of `size` rows) with a set bit among their items."""
    out = 0
    for item, row in enumerate(rows):
        if plane >> item & 1:
            out |= 1 << row
    return out


def max_by(column: Column, rows: Sequence[int], start: Column) -> Column:
    """The greatest of `start` and the values of each parent's items."""
    out = list(start)
    for value, row in zip(column, rows, strict=True):
        out[row] = max(out[row], value)
    return out


def min_by(column: Column, rows: Sequence[int], start: Column) -> Column:
    """The least of `start` and the values of each parent's items."""
    out = list(start)
    for value, row in zip(column, rows, strict=True):
        out[row] = min(out[row], value)
    return out


def as_list(column: Column) -> list[int]:
    """The column as a list."""
    return column  # type: ignore[no-any-return]


def from_list(values: list[int]) -> Column:
    """A column of the values."""
    return values
