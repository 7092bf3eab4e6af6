"""The functions of `vectors` over numpy arrays, for caseloads: columns are int32, planes `Bits`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

Column = Any
Plane = Any  # `Bits`, or an integer


class Bits:
    """A plane of many rows, packed in an array of bytes; never changed once made.

    An integer of so many bits does the same, but costs more to make than all that is asked of it,
    and ten times as much to negate. Integers may stand beside it: 0 for no row, -1 for every row,
    and planes made in plain Python.
    """

    __slots__ = ("bytes",)

    def __init__(self, packed: Any) -> None:
        self.bytes = packed

    def __and__(self, other: Plane) -> Plane:
        if isinstance(other, Bits):
            return Bits(self.bytes & other.bytes)
        return 0 if other == 0 else self if other == -1 else self & self._like(other)

    def __or__(self, other: Plane) -> Plane:
        if isinstance(other, Bits):
            return Bits(self.bytes | other.bytes)
        return self if other == 0 else -1 if other == -1 else self | self._like(other)

    def __xor__(self, other: Plane) -> Plane:
        if isinstance(other, Bits):
            return Bits(self.bytes ^ other.bytes)
        return self if other == 0 else ~self if other == -1 else self ^ self._like(other)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def __invert__(self) -> Bits:
        return Bits(~self.bytes)

    def __rshift__(self, row: int) -> int:
        """From `row` to the end of its byte: enough for `plane >> row & 1`."""
        return int(self.bytes[row >> 3]) >> (row & 7)

    def _like(self, plane: int) -> Bits:
        return _packed(plane, len(self.bytes))


def _packed(plane: int, length: int) -> Bits:
    """An integer as so many bytes."""
    rows = plane & ((1 << 8 * length) - 1)
    return Bits(np.frombuffer(rows.to_bytes(length, "little"), dtype=np.uint8))


def everywhere(size: int) -> Plane:
    """The plane that is set in every row."""
    return -1 if size else 0


def pack(bits: Iterable[bool]) -> Plane:
    """A plane from one truth value a row."""
    array = bits if isinstance(bits, np.ndarray) else np.fromiter(bits, dtype=bool)
    return Bits(np.packbits(array, bitorder="little"))


def bits(plane: Plane, size: int) -> Any:
    """One truth value a row from a plane."""
    packed = plane if isinstance(plane, Bits) else _packed(plane, (size + 7) // 8)
    return np.unpackbits(packed.bytes, count=size, bitorder="little").view(bool)


def full(size: int, value: int) -> Column:
    """A column of one value."""
    return np.broadcast_to(np.int32(value), size)  # read-only, and nothing to fill or to read


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
