"""A file as written: values as text, each with its place. Made by `load`, read by later stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engine.errors import Place

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A parsed file whose every scalar is text, as `name`, `value` and the places of its parts.

    `value` holds `dict[str, …]`, `list[…]` and `str` only (an empty value is `""`); `places` maps
    the path of every mapping entry (its key), list item and the root to line and column.
    """

    name: str
    value: Any
    places: dict[Path, tuple[int, int]] = field(default_factory=dict, repr=False)

    def place(self, path: Path = ()) -> Place:
        """The place of `path`, or of its nearest recorded ancestor."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (0, 0))
        return Place(self.name, line, column)
