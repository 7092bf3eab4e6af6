"""A protocol for reading: its arrangement, what each rule says, and safe Markdown."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from engine.load.dictionary import read_dictionary
from engine.model.protocol import Protocol
from engine.pipeline import resolved, shipped
from engine.report.protocol_markdown import escaped, protocol_markdown, table_markdown
from engine.report.protocol_outline import STAGES, Outline, Rule, outline
from engine.report.protocol_text import protocol_text

HOSTILE = "<script>alert(1)</script> | **bold** [x](javascript:y) `code`\n# Heading \x1b[2J"


@cache
def protocol(name: str) -> Protocol:
    return resolved(name, read_dictionary())


@cache
def shown(name: str, *, local_only: bool = False) -> Outline:
    return outline(protocol(name), read_dictionary(), local_only=local_only)


def rules(page: Outline) -> list[Rule]:
    return [rule for stage in page.stages for block in stage.blocks for rule in block.rules]


def rule(page: Outline, id_: str) -> dict[str, str]:
    return {row.label: row.text for one in rules(page) if one.id == id_ for row in one.rows}


@pytest.mark.parametrize("name", shipped())
def test_every_duty_is_shown_once(name: str) -> None:
    """No duty and no line of a checklist is left out or doubled."""
    page = rules(shown(name))
    assert sum(len(one.items) or 1 for one in page) == len(protocol(name).duties)


@pytest.mark.parametrize("name", shipped())
def test_stages_stand_in_the_order_of_the_work(name: str) -> None:
    """Referral first, groups last."""
    titles = [stage.title for stage in shown(name).stages]
    assert titles == [title for title in STAGES if title in titles]


@pytest.mark.parametrize(
    ("block", "stage"),
    [
        ("Referral and assessment", "Early help and referral"),
        ("How the assessment is carried out", "Assessment"),
        ("Child protection conference", "Child protection"),
        ("Child in need plan", "Plan and review"),
        ("Discharge of a care order", "Groups with particular duties"),
    ],
)
def test_blocks_stand_where_their_work_is_done(block: str, stage: str) -> None:
    """A block goes by the part of the record that shows it done; a pathway is a group's."""
    found = [s.title for s in shown("nel").stages for b in s.blocks if b.title == block]
    assert found == [stage]


def test_a_rule_says_when_by_when_who_and_where() -> None:
    """The 45 working days, as the nation has them."""
    rows = rule(shown("wt2023"), "assessment-45wd")
    assert "45 working days" in rows["By when"]
    assert rows["Source"].startswith("WT2023 ")
    assert "not checked against the published edition" in rows["Verification"]
    assert rows["Done"]
    assert rows["Who"]
    assert rows["Strength"]


def test_readings_are_shown_with_their_question() -> None:
    """Barnsley's ten days are two readings, and what to ask stands beside them."""
    rows = rule(shown("barnsley"), "agencies-contacted-10-days")
    assert "10 days" in rows["Can be read as"]
    assert "10 working days" in rows["Can be read as"]
    assert rows["Question"].endswith("?")
    assert "By when" not in rows


def test_a_limit_that_no_reading_changes_stays() -> None:
    """The readings of who decides leave the gate as it is."""
    rows = rule(shown("nel"), "discharge-decided-by-service-director")
    assert rows["By when"].startswith("by the day of")
    assert "nobody else" in rows["Can be read as"]


def test_only_what_is_local_on_request() -> None:
    """Inherited rules and questions go; what the document adds or changes stays, marked."""
    local = rules(shown("norfolk", local_only=True))
    assert {one.mark for one in local} == {"local"}
    assert len(local) < len(rules(shown("norfolk")))
    asked = {row.text.split()[0] for q in shown("norfolk", local_only=True).questions
             for row in q.rows}  # fmt: skip
    assert asked == {"Norfolk"}


def test_a_national_protocol_marks_nothing_as_local() -> None:
    """There is nothing that it could differ from."""
    assert {one.mark for one in rules(shown("wt2018", local_only=True))} == {""}


def test_a_checklist_says_once_what_all_lines_share() -> None:
    """Limit, force and role stand with the checklist; each line has its own evidence."""
    one = next(x for x in rules(shown("norfolk")) if x.id == "manager-checklist")
    assert "By when" in {row.label for row in one.rows}
    assert all("Done" in {row.label for row in item.rows} for item in one.items)
    assert not any("By when" in {row.label for row in item.rows} for item in one.items)


@pytest.mark.parametrize("width", [40, 80, 160])
def test_the_text_keeps_to_the_width(width: int) -> None:
    """No line is longer than the terminal is wide, and colour says nothing of its own."""
    plain = protocol_text(shown("nel"), width=width, colour=False)
    assert max(map(len, plain.splitlines())) <= width
    assert "\x1b" not in plain


def test_hostile_text_stays_text() -> None:
    """Nothing that a file holds becomes HTML, a heading, a link, code or a control code."""
    one = protocol("nel")
    bad = replace(one, title=HOSTILE, duties=tuple(replace(d, title=HOSTILE) for d in one.duties))
    page = outline(bad, read_dictionary())
    markdown = protocol_markdown(page)
    assert "<script" not in markdown
    assert "\x1b" not in markdown + protocol_text(page, width=80, colour=False)
    assert "[x](" not in markdown
    assert "\n# Heading" not in markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a | b", r"a \| b"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("1. not a list", r"1\. not a list"),
        ("- not a list", r"\- not a list"),
        ("well-known, 16.", "well-known, 16."),
        ("one\n\ntwo", "one two"),
    ],
)
def test_markdown_is_escaped(text: str, expected: str) -> None:
    """Text shows as itself, and plain text stays plain."""
    assert escaped(text) == expected


def test_a_cell_stays_one_cell() -> None:
    """A bar or a line break in a text adds no column and no row."""
    table = table_markdown(["a", "b"], [["x | y\nz", "w"]])
    assert table.splitlines()[2:] == [r"| x \| y z | w |"]


def test_a_group_of_both_documents_is_one_block() -> None:
    """Young carers: the national rules, then the local ones, under one title."""
    blocks = [b for s in shown("norfolk").stages for b in s.blocks if b.title == "Young carers"]
    assert len(blocks) == 1
    assert {rule.mark for rule in blocks[0].rules} == {"", "local"}
