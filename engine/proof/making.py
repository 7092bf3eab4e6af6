"""A case in the making: items whose facts, parts and lists are added one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engine.model.case import Item


@dataclass
class Node:
    """An item in the making."""

    facts: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Node] = field(default_factory=dict)
    lists: dict[str, list[Node]] = field(default_factory=dict)

    def part(self, name: str) -> Node:
        return self.parts.setdefault(name, Node())

    def add(self, name: str) -> Node:
        self.lists.setdefault(name, []).append(Node())
        return self.lists[name][-1]

    def item(self) -> Item:
        lists = {name: tuple(node.item() for node in nodes) for name, nodes in self.lists.items()}
        return Item(dict(self.facts), {n: p.item() for n, p in self.parts.items()}, lists)
