"""Files that can't be read, or are not text, are refused before they do harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InvalidInput, Problem
from engine.load.document import parse_document, read_document

SMALL = 1_000_000


def problems_of(path: Path, most_bytes: int = SMALL) -> tuple[Problem, ...]:
    """What reading `path` is refused for."""
    with pytest.raises(InvalidInput) as refused:
        read_document(path, most_bytes=most_bytes)
    return refused.value.problems


def test_a_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    """The document's name is the path as it was given."""
    path = tmp_path / "case.yaml"
    path.write_text("case: a1\n")
    document = read_document(path, most_bytes=SMALL)
    assert document.value == {"case": "a1"}
    assert str(document.place(("case",))) == f"{path}:1:1"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """D101 names the file and asks to check name and folder."""
    (problem,) = problems_of(tmp_path / "none.yaml")
    assert (problem.code, problem.place.file) == ("D101", str(tmp_path / "none.yaml"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """D102 for a folder."""
    (problem,) = problems_of(tmp_path)
    assert problem.code == "D102"


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    """D103 for whatever else the system refuses."""
    (problem,) = problems_of(tmp_path / "a\0b.yaml")
    assert problem.code == "D103"
    (problem,) = problems_of(tmp_path / ("a" * 300))
    assert problem.code == "D103"


def test_too_large_a_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """D104 is decided by the size alone: 100 MB of nested aliases cost nothing."""
    path = tmp_path / "aliases.yaml"
    with path.open("wb") as file:
        file.write(b"a: &a [x, x]\nb: &b [*a, *a]\n")
        file.truncate(100_000_000)

    def never(*_: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(Path, "open", never)
    (problem,) = problems_of(path)
    assert problem.code == "D104"
    assert problem.message == "The file is larger than 1 MB and was not read."


def test_nested_aliases_stop_at_the_first(tmp_path: Path) -> None:
    """Within the limit, aliases are refused as they are met and never followed."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    path = tmp_path / "aliases.yaml"
    path.write_text("\n".join(lines))
    found = problems_of(path)
    assert {problem.code for problem in found} == {"D111"}
    assert len(found) == 20
    assert found[0].place.line == 1


def test_line_ends_of_all_systems_count_alike() -> None:
    """A carriage return ends a line, alone or with a line feed."""
    for end in ("\n", "\r\n", "\r"):
        document = parse_document(f"case: a1{end}child: {{}}{end}".encode(), "case.yaml")
        assert document.value == {"case": "a1", "child": {}}
        assert document.place(("child",)).line == 2


def test_an_empty_file_is_refused() -> None:
    """D105 for a file of nothing, or of blanks."""
    for text in (b"", b" \n\n"):
        with pytest.raises(InvalidInput) as refused:
            parse_document(text, "case.yaml")
        assert [problem.code for problem in refused.value.problems] == ["D105"]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("case.json", b'{"a": true}', {"a": "yes"}),
        ("standard input", b'{"a": true}', {"a": "yes"}),
        ("case.yaml", b'{"a": true}', {"a": "true"}),
        ("case", b"a: no", {"a": "no"}),
    ],
)
def test_yaml_or_json(name: str, text: bytes, value: object) -> None:
    """The name's ending decides, and without one the first character."""
    assert parse_document(text, name).value == value
