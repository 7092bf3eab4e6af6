"""XML is read with its places and never obeyed; what can't be read says where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InvalidInput, Problem
from engine.sector import xml_tree
from engine.sector.xml_tree import Element, read_xml

BOMB = """<?xml version="1.0"?>
<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Message>&b;</Message>"""
OUTSIDE = """<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/hostname">]><Message>&x;</Message>"""


def tree(folder: Path, content: str | bytes) -> Element:
    path = folder / "some.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_xml(path)


def fault(folder: Path, content: str | bytes) -> Problem:
    with pytest.raises(InvalidInput) as caught:
        tree(folder, content)
    (problem,) = caught.value.problems
    return problem


def test_places_are_lines_and_columns(tmp_path: Path) -> None:
    """An element knows the line and column of its start tag."""
    root = tree(tmp_path, "<a>\n  <b>text</b><c/>\n</a>")
    assert [(one.tag, one.line, one.column) for one in root.children] == [("b", 2, 3), ("c", 2, 14)]


def test_text_between_elements_is_kept_apart(tmp_path: Path) -> None:
    """Stray text is a child with its own place; it never becomes part of a value."""
    root = tree(tmp_path, "<a>\n<b>1</b>stray\n<b>2</b></a>")
    stray = next(root.named(xml_tree.TEXT))
    assert (stray.text, stray.line, root.text) == ("stray", 2, "")


def test_attributes_and_comments_are_children(tmp_path: Path) -> None:
    """Whoever accounts for the tree sees attributes, comments and instructions too."""
    root = tree(tmp_path, '<!-- before --><a x="1"><!-- in --><?do it?></a>')
    assert [one.tag for one in root.children] == ["@x", "(comment)", "(comment)", "(comment)"]
    assert root.is_leaf


def test_elements_that_say_the_same_are_equal(tmp_path: Path) -> None:
    """Places don't matter to equality; text does."""
    first, second, third = tree(tmp_path, "<a>\n<b>1</b>\n <b>1</b>\n<b>2</b></a>").named("b")
    assert first == second
    assert first != third


def test_other_encodings_are_read(tmp_path: Path) -> None:
    """The encoding that the file names counts."""
    text = '<?xml version="1.0" encoding="windows-1252"?><a>é</a>'
    assert tree(tmp_path, text.encode("windows-1252")).text == "é"
    assert tree(tmp_path, '<?xml version="1.0" encoding="UTF-16"?><a>é</a>'.encode("utf-16")).text


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
def test_a_document_type_is_refused(tmp_path: Path, content: str) -> None:
    """No entity is ever expanded and no other file read."""
    problem = fault(tmp_path, content)
    assert problem.code == "S104"
    assert "document type" in problem.message


@pytest.mark.parametrize(
    ("content", "line", "column", "cause"),
    [
        ("", 1, 1, "empty, or breaks off"),
        ("<a>\n<b>", 2, 4, "empty, or breaks off"),
        ("<a>\n<b></a>", 2, 6, "doesn't match the element that is open"),
        ("<a/>\n<b/>", 2, 1, "something follows the end"),
        ("<a>\nx & y</a>", 2, 4, "bare `&`"),
        ("<a>&secret;</a>", 1, 4, "is not one that XML knows"),
        ("child,date", 1, 1, "no XML"),
        ('<a x="1" x="2"/>', 1, 10, "given twice"),
    ],
)
def test_broken_xml_says_where(
    tmp_path: Path, content: str, line: int, column: int, cause: str
) -> None:
    """One message, at the place, in plain words, with what to do."""
    problem = fault(tmp_path, content)
    assert (problem.code, problem.place.line, problem.place.column) == ("S103", line, column)
    assert cause in problem.message
    assert "Export the return again" in problem.cure


def test_a_message_never_repeats_the_file(tmp_path: Path) -> None:
    """What stands in the file may be personal."""
    assert "secret" not in str(fault(tmp_path, "<a>&secret;</a>"))


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    """A made-up encoding is no traceback."""
    assert fault(tmp_path, '<?xml version="1.0" encoding="x-none"?><a/>').code == "S103"


def test_a_deep_file_is_refused(tmp_path: Path) -> None:
    """Nesting stops at a limit that no return comes near."""
    assert fault(tmp_path, "<a>" * 50).code == "S105"


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is looked at before the file, and named."""
    monkeypatch.setattr(xml_tree, "MOST_BYTES", 1_000_000)
    problem = fault(tmp_path, b"<" * 1_000_001)
    assert problem.code == "S102"
    assert "1 MB" in problem.message


def test_too_many_elements_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file can hold very many elements."""
    monkeypatch.setattr(xml_tree, "MOST_ELEMENTS", 10)
    problem = fault(tmp_path, "<a>" + "<b/>" * 10 + "</a>")
    assert (problem.code, problem.place.column) == ("S105", 40)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A missing file and a folder are errors with a cure."""
    for path in (tmp_path / "absent.xml", tmp_path):
        with pytest.raises(InvalidInput) as caught:
            read_xml(path)
        (problem,) = caught.value.problems
        assert problem.code == "S101"
        assert problem.cure
