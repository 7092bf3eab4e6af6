"""A duty put into a file: it is there, it is last in its block, and all else is as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidInput
from engine.load.document import parse_document
from engine.start.insert import with_duty, with_rule

DUTY = {"id": "new", "title": "New", "done": "assessment.concluded"}


def written(
    indents: tuple[int, int], blocks: list[tuple[str, int]], gap: str, newline: str, end: str
) -> str:
    """A protocol's blocks in some person's way of indenting and spacing."""
    section, duties = (" " * indent for indent in indents)
    lines = ["protocol: x", "checks:"]
    for name, count in blocks:
        lines += [f"{section}- id: {name}", f"{section}  title: T  # remark", f"{section}  duties:"]
        for number in range(count):
            at = f"{section}  {duties}"
            lines += [f"{at}- id: {name}-{number}", f"{at}  note: |", f"{at}    a # b", "", *gap]
            lines += [f"{at}    c", f"{at}  title: T"]
    return newline.join([*lines, end])


ENDS = st.sampled_from(["", "# At the end.", "\npathways: []", "roles: {a: {title: b}}"])


@given(
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    st.lists(st.integers(1, 3), min_size=1, max_size=3),
    st.sampled_from(["\n", "\r\n"]),
    ENDS,
    st.integers(0, 3),
)
def test_only_the_duty_is_added(
    indents: tuple[int, int], counts: list[int], newline: str, end: str, which: int
) -> None:
    """However the file is indented and spaced, wherever the block stands, or if it is new."""
    blocks = [(f"b{number}", count) for number, count in enumerate(counts)]
    before = written(indents, blocks, "", newline, end).encode()
    inserted = with_duty(before, "x.yaml", DUTY, f"b{which}", "Fresh")
    new = parse_document(inserted.content, "x.yaml").value
    old = parse_document(before, "x.yaml").value
    if which < len(blocks):
        old["checks"][which]["duties"].append(DUTY)
    else:
        old["checks"].append({"id": f"b{which}", "title": "Fresh", "duties": [DUTY]})
    assert new == old
    kept = iter(inserted.content.splitlines())
    assert all(line in kept for line in before.splitlines())  # in order, each as it was
    lines = inserted.content.decode().splitlines()
    for number, key in inserted.keys.items():
        assert lines[number - 1].strip(" -").startswith(f"{key}:")


@pytest.mark.parametrize(
    "text",
    [
        "protocol: x\nchecks: [{id: b0, title: T, duties: [{id: a, title: A}]}]\n",
        "protocol: x\nchecks:\n  - id: b0\n    title: T\n    duties: [{id: a, title: A}]\n",
        '{"protocol": "x", "checks": [{"id": "b0", "title": "T", "duties": [{"id": "a"}]}]}',
    ],
)
def test_where_there_is_no_line_for_it_nothing_is_guessed(text: str) -> None:
    """Braces and JSON: the person is told to write it by hand."""
    with pytest.raises(InvalidInput) as told:
        with_duty(text.encode(), "x.yaml", DUTY, "b0", "T")
    assert told.value.problems[0].code == "K113"


CELL = st.text(st.characters(exclude_categories=["C"]) | st.sampled_from('",\n'), max_size=8)


@given(st.lists(CELL, min_size=1, max_size=5), st.integers(0, 4))
def test_only_the_line_of_the_clause_changes(notes: list[str], which: int) -> None:
    """Whatever other notes hold: commas, quotation marks, several lines."""
    which %= len(notes)
    head = "clause,hash,disposition,rules,note\n"
    rows = [f'{n}.p1,00,open,,"{note.replace(chr(34), chr(34) * 2)}"\n' for n, note in
            enumerate(notes)]  # fmt: skip
    after = with_rule((head + "".join(rows)).encode(), "x.csv", f"{which}.p1", "new").decode()
    assert after.startswith(head + "".join(rows[:which]) + f"{which}.p1,00,encoded,new,")
    assert after.endswith("".join(rows[which + 1 :]))


def test_a_clause_that_is_not_there_is_named() -> None:
    """With the nearest that is."""
    with pytest.raises(InvalidInput) as told:
        with_rule(b"clause,hash,disposition,rules,note\n4.p2,00,open,,\n", "x.csv", "4.p22", "new")
    (problem,) = told.value.problems
    assert (problem.code, problem.cure) == ("K114", "Did you mean `4.p2`?")
