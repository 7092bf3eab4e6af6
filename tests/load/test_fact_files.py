"""A dictionary that breaks a law of its own is not built."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InvalidInput, Problem
from engine.load.fact_files import read_fact_files

FACT = "{kind: event, title: T, question: Q?}"
WORDS = "role: {teacher: {title: teacher}}\n"


def problems_of(folder: Path, **files: str) -> tuple[Problem, ...]:
    """What reading `files` (name and text) is refused for; nothing if it is not."""
    (folder / "enumerations.yaml").write_text(WORDS)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)
    try:
        read_fact_files(folder)
    except InvalidInput as refused:
        return refused.problems
    return ()


def a_file(
    facts: str = f"{{held: {FACT}}}", *, part: str = "a", more: str = "", covers: str = "x"
) -> str:
    """The text of a file with one part, whose name is `part` and whose other lines are `more`."""
    return (
        f"covers: {covers}\ntitle: X\nparts:\n  {part}:\n    title: A\n{more}    facts: {facts}\n"
    )


def test_a_dictionary_that_keeps_the_laws(tmp_path: Path) -> None:
    """A part, a list below it and a checklist are accepted."""
    text = a_file() + (
        "  b:\n    list: bs\n    below: a\n    opening: held\n    title: B\n    facts:\n"
        f"      held: {FACT}\n"
        "      c: {kind: checklist, title: C, members: {m: {title: M, question: Q?}}}\n"
    )
    assert problems_of(tmp_path, x=text) == ()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("F101", a_file(part="case")),
        ("F102", a_file(f"{{Held: {FACT}}}")),
        ("F102", a_file(part="Hospital-Stay")),
        ("F103", a_file("{held: {kind: event, title: T}}")),
        ("F103", a_file("{held: {kind: event, question: Q?}}")),
        ("F103", f"covers: x\nparts: {{a: {{title: A, facts: {{held: {FACT}}}}}}}\n"),
        ("F104", a_file("{held: {kind: thing, title: T, question: Q?}}")),
        ("F105", a_file("{held: {kind: incident, evidence: yes, title: T, question: Q?}}")),
        ("F105", a_file("{held: {kind: circumstance, evidence: yes, title: T, question: Q?}}")),
        ("F105", a_file("{held: {kind: event, evidence: maybe, title: T, question: Q?}}")),
        ("F106", a_file("{held: {kind: event, values: role, title: T, question: Q?}}")),
        ("F106", a_file("{held: {kind: checklist, title: T}}")),
        ("F108", a_file(covers="y")),
        ("F109", a_file("{held: event}")),
        ("F109", a_file("[held]")),
        ("F110", a_file("{held: {kind: event, tittle: T, title: T, question: Q?}}")),
        ("F111", a_file(f"{{held_by: {FACT}}}")),
        ("F111", a_file(f"{{return_planned: {FACT}}}")),
        ("F112", a_file(f"{{not_seen: {FACT}}}")),
        ("F113", a_file(more="    below: b\n")),
        ("F113", a_file(more="    below: a\n")),
        ("F114", a_file(more="    list: as\n    opening: met\n")),
        ("F114", a_file(more="    end: held\n")),
        ("F115", a_file("{held: {kind: circumstance, values: rule, title: T, question: Q?}}")),
        ("F116", a_file(part="covers")),
        (
            "F116",
            a_file()
            + f"  b:\n    list: held\n    below: a\n    title: B\n    facts: {{c: {FACT}}}\n",
        ),
    ],
)
def test_a_broken_law_is_told_with_its_place(code: str, text: str, tmp_path: Path) -> None:
    """One mistake, one problem, with the file and the line."""
    (problem,) = problems_of(tmp_path, x=text)
    assert problem.code == code
    assert problem.place.file == str(tmp_path / "x.yaml")
    assert problem.place.line > 0


def test_a_part_in_two_files(tmp_path: Path) -> None:
    """Names of parts are unique over all files; the message says where the first is."""
    (problem,) = problems_of(tmp_path, x=a_file(), y=a_file(covers="y"))
    assert problem.code == "F101"
    assert f"{tmp_path / 'x.yaml'}:4:3" in problem.message


def test_a_negative_may_be_a_recorded_reason(tmp_path: Path) -> None:
    """The one exception to the law against negatives."""
    assert problems_of(tmp_path, x=a_file(f"{{not_seen_reason_recorded: {FACT}}}")) == ()


def test_a_word_with_a_meaning_of_its_own(tmp_path: Path) -> None:
    """No enumeration can have `yes` or `not_known` among its words."""
    (tmp_path / "enumerations.yaml").write_text("role: {not_known: {title: not known}}\n")
    with pytest.raises(InvalidInput) as refused:
        read_fact_files(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["F107"]


def test_a_file_that_is_no_yaml_does_not_hide_the_others(tmp_path: Path) -> None:
    """Problems of reading and of the laws come together."""
    found = problems_of(tmp_path, x=a_file(part="case"), y="a: [\n")
    assert {problem.code for problem in found} == {"F101", "D123"}
