"""XML with places: a file's path in, a tree of `Element`s out; nothing in the file is obeyed.

Every part of the file becomes an element, so that whoever reads the tree can account for all of it:
attributes, comments and text between elements are children whose names start with `@` or `(`.
No message repeats what the file says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate, XMLParserType, errors

from engine.errors import InvalidInput, Place, Problem

MOST_BYTES = 200_000_000  # the largest authority's return is well under half of this
MOST_ELEMENTS = 4_000_000
DEEPEST = 30
ATTRIBUTE, COMMENT, TEXT = "@", "(comment)", "(text)"

_PLAINLY = {
    errors.XML_ERROR_SYNTAX: "what stands here is no XML",
    errors.XML_ERROR_NO_ELEMENTS: "the file is empty, or breaks off before its end",
    errors.XML_ERROR_TAG_MISMATCH: "an end tag doesn't match the element that is open here",
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "something follows the end of the outermost element",
    errors.XML_ERROR_INVALID_TOKEN: "a character stands here that XML doesn't allow, such as a "
    "bare `&` or `<`",
    errors.XML_ERROR_UNDEFINED_ENTITY: "a name between `&` and `;` is not one that XML knows",
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "an attribute is given twice",
    errors.XML_ERROR_UNCLOSED_TOKEN: "a tag is not finished",
    errors.XML_ERROR_UNKNOWN_ENCODING: "the encoding in its first line is not known",
    errors.XML_ERROR_INCORRECT_ENCODING: "the encoding in its first line is not the file's own",
}


@dataclass(frozen=True)
class Element:
    """An element, or an attribute, comment or stray text standing in it.

    `text` is the element's own text without spaces around it; of an element with elements in it
    that text is a child named `(text)`. Equal elements say the same, wherever they stand.
    """

    tag: str
    line: int = field(compare=False)
    column: int = field(compare=False)
    text: str = ""
    children: tuple[Element, ...] = ()

    @property
    def is_element(self) -> bool:
        """Whether it is an element of the file and no attribute, comment or text."""
        return not self.tag.startswith((ATTRIBUTE, "("))

    @property
    def is_leaf(self) -> bool:
        """Whether no element stands in it."""
        return not any(child.is_element for child in self.children)

    def named(self, *tags: str) -> Iterator[Element]:
        """Its children of these names, in the order of the file."""
        return (child for child in self.children if child.tag in tags)

    def place(self, file: str) -> Place:
        """Where it stands in `file`."""
        return Place(file, self.line, self.column)


def first_named(groups: Iterable[Element], tag: str) -> Element | None:
    """The first child named `tag` of any of `groups`."""
    return next((found for group in groups for found in group.named(tag)), None)


@dataclass
class _Open:
    """An element whose end has not been read."""

    tag: str
    line: int
    column: int
    children: list[Element] = field(default_factory=list)
    runs: list[tuple[int, int, list[str]]] = field(default_factory=list)
    between: bool = True  # the next text starts a new run

    def closed(self) -> Element:
        runs = [
            Element(TEXT, line, column, text)
            for line, column, pieces in self.runs
            if (text := "".join(pieces).strip())
        ]
        if any(child.is_element for child in self.children):
            return Element(self.tag, self.line, self.column, "", (*self.children, *runs))
        text = " ".join(run.text for run in runs)
        return Element(self.tag, self.line, self.column, text, tuple(self.children))


class _Builder:
    """Listens to the parser and builds the tree from the inside out."""

    def __init__(self, name: str, parser: XMLParserType) -> None:
        self._name = name
        self._parser = parser
        self._open = [_Open("", 0, 0)]
        self._count = 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._document_type

    def root(self) -> Element:
        """The outermost element, with the comments before and after it."""
        top = self._open[0].children
        root = next(child for child in top if child.is_element)
        beside = tuple(child for child in top if child is not root)
        return Element(root.tag, root.line, root.column, root.text, (*root.children, *beside))

    def _here(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise self._refused(
                "S105", f"There are more than {MOST_ELEMENTS:,} elements.", "Split the return."
            )
        if len(self._open) > DEEPEST:
            raise self._refused(
                "S105",
                f"Elements stand more than {DEEPEST} deep in each other.",
                "Check that this is the return itself.",
            )
        self._open[-1].between = True
        line, column = self._here()
        opened = _Open(tag, line, column)
        opened.children += [
            Element(ATTRIBUTE + name, line, column, value) for name, value in attributes.items()
        ]
        self._open.append(opened)

    def _end(self, _tag: str) -> None:
        closed = self._open.pop().closed()
        self._open[-1].children.append(closed)

    def _text(self, piece: str) -> None:
        inside = self._open[-1]
        if inside.between and piece.strip():
            inside.runs.append((*self._here(), []))
            inside.between = False
        if not inside.between:
            inside.runs[-1][2].append(piece)

    def _comment(self, text: str) -> None:
        self._open[-1].children.append(Element(COMMENT, *self._here(), text))

    def _instruction(self, target: str, data: str) -> None:
        self._comment(f"{target} {data}")

    def _document_type(self, *_declared: object) -> None:
        raise self._refused(
            "S104",
            "The file declares a document type, which a return has no need of and which can make "
            "a small file very large.",
            "Delete the line that starts with `<!DOCTYPE`, or export the return again.",
        )

    def _refused(self, code: str, message: str, cure: str) -> InvalidInput:
        return InvalidInput([Problem(code, message, Place(self._name, *self._here()), cure)])


def read_xml(path: Path) -> Element:
    """The outermost element of the XML file at `path`.

    Raises `InvalidInput`: S101 where the file can't be read, S102 over 200 MB (nothing is read
    then), S103 where it is no well-formed XML, S104 a document type, S105 too many elements.
    """
    name = str(path)
    try:
        _check_file(path)
        with path.open("rb") as file:
            parser = ParserCreate()
            builder = _Builder(name, parser)
            parser.ParseFile(file)
    except ExpatError as fault:
        raise _malformed(fault, name) from None
    except OSError as fault:
        reason = (fault.strerror or "it is not there").lower()
        raise _refused(
            "S101",
            f"The file can't be read: {reason}.",
            name,
            "Check the name, and that you may open it.",
        ) from None
    except (LookupError, ValueError):
        raise _refused(
            "S103",
            "This is not XML that can be read: the encoding in its first line is not known.",
            name,
            "Save it as UTF-8.",
        ) from None
    return builder.root()


def _check_file(path: Path) -> None:
    name = str(path)
    if path.exists() and not path.is_file():
        raise _refused("S101", "This is no file but a folder.", name, "Name the return's XML file.")
    if path.stat().st_size > MOST_BYTES:
        raise _refused(
            "S102",
            f"The file is larger than {MOST_BYTES // 1_000_000} MB and was not read.",
            name,
            "Check that it is the return; if so, split it by children.",
        )


def _malformed(fault: ExpatError, name: str) -> InvalidInput:
    said = ErrorString(fault.code) or ""
    cause = _PLAINLY.get(said, "its parts don't fit together")
    return InvalidInput(
        [
            Problem(
                "S103",
                f"This is not XML that can be read: {cause}.",
                Place(name, fault.lineno, fault.offset + 1),
                "Export the return again; if it was edited, mend this line.",
            )
        ]
    )


def _refused(code: str, message: str, name: str, cure: str) -> InvalidInput:
    return InvalidInput([Problem(code, message, Place(name), cure)])
