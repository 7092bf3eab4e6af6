"""YAML text to a `Document`, from the parser's events.

In: decoded text. Out: a `Document` of dictionaries, lists and text, with the place of every part.
Nothing is resolved or constructed, so `no`, `2.10` and dates stay text and no alias can explode;
what YAML offers beyond names, lists and text is refused with its place. Raises `InvalidInput`.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from engine.errors import InvalidInput, Place, Problem
from engine.load.privacy import spoken
from engine.model.document import Document, Path

MOST_DEEP = 64
_MOST_PROBLEMS = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BAD_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NO_SPACE = re.compile(r"[A-Za-z_][\w.-]*:\S+")


def parse_yaml(text: str, name: str) -> Document:
    """The document in `text`; an empty value is the empty text.

    Raises `InvalidInput`: D105 and D109 to D128, D135.
    """
    tree = _Tree(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            tree.take(event)
            if tree.finished:
                break
    except yaml.MarkedYAMLError as fault:
        from engine.load.yaml_mistakes import explained  # noqa: PLC0415 - only of a mistake

        tree.problems.append(explained(fault, text, name))
    if not tree.problems and not isinstance(tree.root, (dict, list)):
        tree.problems.append(_only_text(tree.root, text, name))
    if tree.problems:
        raise InvalidInput(tree.problems)
    return Document(name, tree.root, tree.places)


def _only_text(root: str | None, text: str, name: str) -> Problem:
    if root is None:
        return Problem(
            "D105", "There is nothing in the file.", Place(name), "Write something in it."
        )
    from engine.load.yaml_mistakes import missing_space  # noqa: PLC0415 - only of a mistake

    return missing_space(text.split("\n"), name) or Problem(
        "D135",
        "This is one piece of text, not a file of names and values.",
        Place(name, 1, 1),
        "Write `name: value`, one to a line.",
    )


class _Tree:
    """The tree under construction: a stack of open containers with the key each waits at."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Any = None
        self.places: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.finished = False
        self._documents = 0
        self._open: list[tuple[Path, dict[str, Any] | list[Any]]] = []
        self._key: str | None = None  # of the innermost mapping: the key whose value comes next

    def say(self, code: str, message: str, place: Place, cure: str) -> None:
        self.problems.append(Problem(code, message, place, cure))
        self.finished = self.finished or len(self.problems) >= _MOST_PROBLEMS

    def take(self, event: Any) -> None:
        """Build what `event` says."""
        if (step := _STEPS.get(type(event))) is not None:
            step(self, event)

    def document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self.finished = True
            self.say(
                "D114",
                "A second document starts here; a file holds one.",
                self._place(event),
                "Delete the `---`, or make two files. Several cases are a list under `cases:`.",
            )

    def alias(self, event: Any) -> None:
        self._marked(event, "`*`")
        self._put("", event)

    def scalar(self, event: Any) -> None:
        self._checked(event)
        waiting = self._open and isinstance(self._open[-1][1], dict) and self._key is None
        if _BAD_CHARACTER.search(event.value):
            self.say(
                "D109",
                "There is an invisible control character here.",
                self._place(event),
                "Delete it.",
            )
        if waiting:
            self._start_entry(event)
        else:
            self._put(event.value, event)

    def start(self, event: Any) -> None:
        self._checked(event)
        container: dict[str, Any] | list[Any]
        container = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._open and isinstance(self._open[-1][1], dict) and self._key is None:
            self.finished = True
            self.say(
                "D116",
                "A name belongs here, not a list or a group in brackets.",
                self._place(event),
                "If this is text that contains a bracket, put it in quotation marks.",
            )
            return
        path = self._put(container, event)
        if len(path) > MOST_DEEP:
            self.finished = True
            self.say(
                "D117",
                f"This is nested more than {MOST_DEEP} deep, which is the limit.",
                self._place(event),
                "Check the indentation and the brackets.",
            )
        self._open.append((path, container))

    def end(self, _event: Any) -> None:
        self._open.pop()

    def _start_entry(self, event: Any) -> None:
        """Take `event` as the key of the innermost mapping."""
        path, mapping = self._open[-1]
        key, entry = event.value, (*path, event.value)
        if key == "<<" and not event.style:
            self.say(
                "D112",
                "`<<` merges one part of a file into another, which makes it hard to follow.",
                self._place(event),
                "Write the lines out where they belong.",
            )
        elif not key.strip():
            self.say(
                "D116",
                "A colon stands here without a name before it.",
                self._place(event),
                "Write `name: value`.",
            )
        elif key in mapping:
            self.say(
                "D115",
                f"{spoken(key)} stands twice in the same place, first on line "
                f"{self.places[entry][0]}; only one would count.",
                self._place(event),
                "Delete one of them, or put the two values into one list if a list belongs here.",
            )
        self.places[entry] = _position(event)
        self._key = key

    def _put(self, value: Any, event: Any) -> Path:
        """Set `value` where it belongs; its path."""
        if not self._open:
            self.root = value
            self.places[()] = _position(event)
            return ()
        path, holder = self._open[-1]
        if isinstance(holder, list):
            entry: Path = (*path, len(holder))
            self.places[entry] = _position(event)
            holder.append(value)
            return entry
        if self._key is None:  # an alias where a name belongs: said already
            return path
        key, self._key = self._key, None
        holder[key] = value
        if value == "" and _NO_SPACE.fullmatch(key):
            line, column = self.places[(*path, key)]
            self.say(
                "D118",
                "A space is missing after the colon.",
                Place(self.name, line, column + key.index(":")),
                "Write `name: value`.",
            )
        return (*path, key)

    def _checked(self, event: Any) -> None:
        """Refuse anchors and tags on the node that `event` starts."""
        if event.anchor is not None:
            self._marked(event, "`&`")
        if event.tag is not None:
            self.say(
                "D113",
                "`!` before a value gives it a type, which these files do not use.",
                self._place(event),
                "Take the `!` away; if it belongs to a text, put the text in quotation marks.",
            )

    def _marked(self, event: Any, sign: str) -> None:
        self.say(
            "D111",
            f"{sign} before a word reuses one part of a file in another, which is refused: it can "
            "make a small file endlessly large.",
            self._place(event),
            f"Write the lines out; if the {sign} belongs to a text, put quotation marks round it.",
        )

    def _place(self, event: Any) -> Place:
        return Place(self.name, *_position(event))


def _position(event: Any) -> tuple[int, int]:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


_STEPS = {
    yaml.DocumentStartEvent: _Tree.document,
    yaml.AliasEvent: _Tree.alias,
    yaml.ScalarEvent: _Tree.scalar,
    yaml.SequenceStartEvent: _Tree.start,
    yaml.MappingStartEvent: _Tree.start,
    yaml.SequenceEndEvent: _Tree.end,
    yaml.MappingEndEvent: _Tree.end,
}
