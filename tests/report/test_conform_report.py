"""A comparison with national guidance in words: as text, Markdown and JSON."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine.analysis.conform import Conformance, conform
from engine.model.fact import Dictionary
from engine.pipeline import resolved
from engine.report.conform_outline import Entry, Told, told
from engine.report.conform_text import conform_json, conform_markdown, conform_text

HERE = Path(__file__).parent
HOSTILE = "</td><script>alert(1)</script> | `x` *y* [z](http://z.example)"


@pytest.fixture(scope="module")
def found(dictionary: Dictionary) -> Conformance:
    """The made-up local protocol held to the made-up national one."""
    local, national = (
        resolved(str(HERE / "conform" / f"{name}.yaml"), dictionary)
        for name in ("coast", "nat2025")
    )
    return conform(local, national, dictionary)


@pytest.fixture(scope="module")
def in_words(found: Conformance, dictionary: Dictionary) -> Told:
    return told(found, dictionary)


def entries(in_words: Told) -> dict[str, tuple[str, Entry]]:
    """Each duty's verdict and entry."""
    return {entry.id: (verdict, entry) for verdict, own in in_words.sections for entry in own}


def settled(in_words: Told) -> Told:
    """The comparison with examples that no version of the solver chose."""
    lines = (
        "National: overdue. The clock started on 16 April 2025. The record says so.",
        "Local: to do. The clock started on 16 April 2025. Not done yet. Due by 28 April 2025.",
    )

    def with_lines(entry: Entry) -> Entry:
        examples = tuple(example._replace(lines=lines) for example in entry.examples)
        return entry._replace(examples=examples)

    return in_words._replace(
        sections=tuple((verdict, tuple(map(with_lines, own))) for verdict, own in in_words.sections)
    )


WRITTEN: dict[str, Callable[[Told], str]] = {
    "conform-80.txt": lambda one: conform_text(one, width=80, colour=False),
    "conform-80-all.txt": lambda one: conform_text(one, width=80, colour=False, everything=True),
    "conform-120-colour.txt": lambda one: conform_text(one, width=120, colour=True),
    "conform.md": conform_markdown,
    "conform.json": lambda one: json.dumps(conform_json(one), indent=2) + "\n",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_as_somebody_looked_at_it_last(name: str, in_words: Told) -> None:
    """`GOLDEN=write` writes what is new."""
    text, golden = WRITTEN[name](settled(in_words)), HERE / "golden" / name
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_page(in_words: Told, width: int) -> None:
    """Nothing runs over the edge."""
    text = conform_text(in_words, width=width, colour=False, everything=True)
    assert max(map(len, text.splitlines())) <= width


def test_each_verdict_has_its_duties(in_words: Told) -> None:
    """One duty or more for every verdict but *not decided*."""
    assert {id_: verdict for id_, (verdict, _) in entries(in_words).items()} == {
        "concluded": "weaker",
        "plan-reviewed": "weaker",
        "decided": "incomparable",
        "family-told": "not covered",
        "acknowledged": "stricter",
        "explained": "stricter",
        "feedback": "stricter",
        "child-seen": "equal",
        "views": "equal",
        "kept-in-mind": "inherited",
    }


def test_incomparable_limits_show_a_start_for_each_side(in_words: Told) -> None:
    """Seven days and five working days: a start with which either is the earlier one."""
    _, entry = entries(in_words)["decided"]
    assert [example.who for example in entry.examples] == ["national", "local"]
    for example in entry.examples:
        assert all("The clock started on" in line for line in example.lines)
    markdown = conform_markdown(in_words)
    assert all(line in markdown for example in entry.examples for line in example.lines)


def test_a_duty_that_finds_no_gap_is_told_by_what_it_asks(in_words: Told) -> None:
    """Of a duty without a limit the case is one in which only the national one asks."""
    _, entry = entries(in_words)["plan-reviewed"]
    (example,) = entry.examples
    assert example.shows == "A case in which only the national duty asks for anything"
    assert example.lines[0].startswith("National: to do.")
    assert example.lines[1].startswith("Local: not applicable.")


def test_of_a_dropped_duty_nothing_is_asked(in_words: Told) -> None:
    """The reason that the file gives stands beside it."""
    _, entry = entries(in_words)["family-told"]
    assert entry.examples[0].lines[1] == "Local: nothing is asked."
    assert entry.reason == "The letter does it."


def test_a_difference_that_decides_nothing_is_still_told(in_words: Told) -> None:
    """A role without recorded roles under `by` is no verdict, and is shown."""
    _, entry = entries(in_words)["child-seen"]
    (one,) = entry.differences
    assert (one.label, one.second) == ("Who", "whoever works with the child")
    assert "who: child-seen" in conform_text(in_words, width=80, colour=False)
    assert "whoever works with the child" in conform_markdown(in_words)


def test_requirements_are_met_with_clauses_or_missing(in_words: Told) -> None:
    """Which local clauses meet them, or none."""
    assert [(clauses, met) for _, clauses, met, _ in in_words.requirements] == [
        ("Coast 1.p1", True),
        ("", False),
    ]


def test_the_json_has_the_shape_that_programs_rely_on(in_words: Told) -> None:
    """Every duty once, with its verdict; an example with the file that `--witness` writes."""
    value = conform_json(in_words)
    assert set(value) == {"title", "summary", "duties", "requirements", "proof"}
    assert len(value["duties"]) == 10
    for duty in value["duties"]:
        assert set(duty) == {
            "duty", "title", "verdict", "source", "local", "differences", "examples", "reason",
        }  # fmt: skip
    (weaker,) = [duty for duty in value["duties"] if duty["duty"] == "concluded"]
    assert weaker["verdict"] == "weaker"
    assert weaker["differences"][0]["label"] == "By when"
    assert [(e["only"], e["file"]) for e in weaker["examples"]] == [
        ("national", "concluded-national.yaml")
    ]


def test_hostile_titles_break_no_page(found: Conformance, dictionary: Dictionary) -> None:
    """What a title holds is text, in Markdown and on a terminal."""
    duties = tuple(
        one._replace(national=replace(one.national, title=HOSTILE)) for one in found.duties
    )
    hostile = told(found._replace(duties=duties), dictionary)
    markdown = conform_markdown(hostile)
    assert "<script>" not in markdown
    assert not re.search(r"(?<!\\)\]\(http", markdown)
    text = conform_text(hostile, width=80, colour=False, everything=True)
    assert max(map(len, text.splitlines())) <= 80


def test_control_characters_do_not_reach_the_terminal(
    found: Conformance, dictionary: Dictionary
) -> None:
    """Colours and cursor movements in a title are shown, not obeyed."""
    duties = tuple(
        one._replace(national=replace(one.national, title="\x1b[31mred\x07\u202eback"))
        for one in found.duties
    )
    hostile = told(found._replace(duties=duties), dictionary)
    text = conform_text(hostile, width=80, colour=False, everything=True)
    assert not set("\x1b\x07\u202e") & set(text)
