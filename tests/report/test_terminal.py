"""The report on a terminal, as people get it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from engine.errors import Place, Problem
from engine.model.fact import Dictionary
from engine.report.closing_table import closing_table
from engine.report.outline import Summary
from engine.report.page import cells
from engine.report.summary import summarise
from engine.report.terminal import CLOSING, render

Summaries = Callable[..., list[Summary]]

GOLDEN = Path(__file__).parent / "golden"
CODE = re.compile(r"\x1b\[[\d;]+m")
EMPTY = "case: empty\nas_of: 2025-06-02"


def text(summary: Summary, width: int = 100, *, everything: bool = False) -> str:
    return render(summary, width=width, colour=False, everything=everything)


def flat(report: str) -> str:
    """The report as one line, however it is wrapped."""
    return " ".join(report.split())


def section(report: str, heading: str) -> str:
    """The lines of a section, its heading included."""
    found = re.search(rf"^{heading}.*?(?=\n\n)", report, re.DOTALL | re.MULTILINE)
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("name", "width", "colour", "everything"),
    [
        ("80", 80, False, False),
        ("80-colour", 80, True, False),
        ("120", 120, False, False),
        ("120-colour", 120, True, False),
        ("120-all", 120, False, True),
    ],
)
def test_golden(busy: Summary, name: str, width: int, colour: bool, everything: bool) -> None:
    """The whole report is as somebody looked at it last. `GOLDEN=write` writes what is new."""
    golden = GOLDEN / f"busy-{name}.txt"
    report = render(busy, width=width, colour=colour, everything=everything)
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(report, encoding="utf-8")
    assert report == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("width", [40, 61, 80, 120])
def test_no_line_is_wider_than_the_terminal(busy: Summary, width: int, everything: bool) -> None:
    """Nor does any line end in spaces."""
    lines = text(busy, width, everything=everything).split("\n")
    assert all(cells(line) <= width for line in lines)
    assert all(line == line.rstrip() for line in lines)


def test_colour_adds_codes_and_nothing_else(busy: Summary) -> None:
    """Whoever sees no colour reads the same words and symbols; a pipe gets no code at all."""
    coloured = render(busy, width=80, colour=True, everything=False)
    assert CODE.search(coloured)
    assert CODE.sub("", coloured) == text(busy, 80)
    assert "\x1b" not in text(busy, 80)


def test_every_character_is_in_the_western_code_page(busy: Summary) -> None:
    """A report piped into a file on Windows does not stop at a character it can't write."""
    assert text(busy, everything=True).encode("cp1252")


# Sections


def test_each_gap_says_status_title_reason_whose_force_and_clause(busy: Summary) -> None:
    """Symbol and word, then why, for whom, how strongly, and where it says so."""
    gaps = section(text(busy), "GAPS")
    assert re.search(r"× LATE +Start the assessment", gaps)
    assert "2 working days after the limit of 4 March 2025. For the front door (will)." in flat(
        gaps
    )
    assert "[Harbour 5.p2]" in gaps
    assert gaps.startswith("GAPS: 1 wrong person, 2 overdue, 3 not evidenced, 3 late\n")


def test_another_agencys_duty_stands_under_its_name(busy: Summary) -> None:
    """It is never shown as ours."""
    ours, _, theirs = section(text(busy), "GAPS").partition("For another agency, the hospital:")
    assert "long stay" not in ours
    assert "Tell the authority of a long stay" in theirs


def test_a_gap_in_recording_is_called_one(busy: Summary, summaries: Summaries) -> None:
    """Not evidenced is explained where it occurs, and only there."""
    sentence = "Not evidenced: a gap in recording; it may have been done."
    assert text(busy).count(sentence) == 1
    assert sentence not in text(summaries(EMPTY)[0])


def test_what_is_due_says_by_when_and_how_long(busy: Summary) -> None:
    """Days left in words, the British date, and a plan that comes too late."""
    due = section(text(busy), "NEXT")
    assert re.search(r"» in 60 days +Conclude the assessment.*\n +By 1 August 2025\.", due)
    assert "Planned for 3 June 2025, after the limit." in due


def test_what_may_be_done_already_says_so(summaries: Summaries) -> None:
    """A date ahead of which the record is silent is due only if it is not done already."""
    case = "case: silent\nas_of: 2025-06-02\nreferrals: [{received: 2025-05-30}]"
    due = flat(section(text(summaries(case)[0]), "NEXT"))
    assert "By 2 June 2025, if not done already: whether it was done is not in this record" in due


def test_every_reading_is_shown_with_its_date(busy: Summary) -> None:
    """Where the text can be read in two ways, both dates stand there, and the question."""
    possible = flat(section(text(busy), "POSSIBLE GAPS"))
    assert "By 22 May 2025 (days of the week) or by 27 May 2025 (working days)." in possible
    assert "Are the ten days working days?" in section(text(busy), "QUESTIONS FOR THE AUTHORITY")


def test_the_head_names_both_dates_where_they_differ(summaries: Summaries) -> None:
    """A record that ends before the day asked about is said to."""
    asked = flat(text(summaries(EMPTY, date(2025, 6, 12))[0]))
    assert "Record up to 2 June 2025, as at 12 June 2025." in asked
    assert "ends 10 days before the day asked about" in asked
    assert "Record up to and as at 2 June 2025." in text(summaries(EMPTY)[0])


def test_a_record_older_than_the_protocol_is_said_to_be(summaries: Summaries) -> None:
    """A clock that started before the edition in force is not judged, and not passed over."""
    case = "case: old\nas_of: 2025-06-02\nreferrals: [{received: 2023-05-30}]"
    assert "began when no edition of this protocol was in force" in flat(text(summaries(case)[0]))


def test_nothing_decided_never_reads_as_clean(summaries: Summaries) -> None:
    """An empty case, and one to which nothing applies, say so where gaps would stand."""
    empty = text(summaries(EMPTY)[0])
    none = text(summaries("case: none\nas_of: 2025-06-02\ncovers: [referral, plan, hospital]")[0])
    assert "none in what could be decided" not in empty + none
    assert "GAPS: none can be told" in empty or "GAPS: nothing on this record" in empty
    assert "GAPS: nothing on this record is known to come under this protocol" in none


def test_what_it_rests_on_is_counted(busy: Summary) -> None:
    """A result without gaps is worth as much as what was decided."""
    assert "BASIS: 9 of 12 duties decided" in text(busy)


def test_closing_sentence_engine_line_and_footnote_stand_once(busy: Summary) -> None:
    """The report ends with what it is not, what is unchecked in it, and how it was checked."""
    report = text(busy)
    assert report.count(CLOSING) == 1
    assert report.count("† Not yet checked against the published edition.") == 1
    assert report.count("†") > 2
    assert report.endswith("\nOne engine only: the second was not asked.\n")


@pytest.mark.parametrize(
    ("second", "line"),
    [
        ("agrees", "Two engines agree."),
        ("differs", "Engines differ: an internal fault. Do not rely on this report."),
        ("not installed", "One engine only: not installed."),
    ],
)
def test_the_last_line_says_which_engines(busy: Summary, second: str, line: str) -> None:
    """Agreement, a difference, or why there is one engine only."""
    told = busy.assessment._replace(second_engine=second)
    assert text(busy._replace(assessment=told)).splitlines()[-1] == line


def test_warnings_are_shown_with_their_place(summaries: Summaries) -> None:
    """What looks wrong in the file is said, and that the case was read as written."""
    case = (
        "case: odd\nas_of: 2025-06-02\nreferrals:\n"
        "  - received: 2025-05-01\n    assessment: {started: 2025-05-09, concluded: 2025-05-05}"
    )
    warnings = section(text(summaries(case)[0]), "WARNINGS")
    assert "`assessment.concluded` (5 May 2025) is before `assessment.started`" in warnings
    assert "case.yaml:5" in warnings


def test_long_lists_are_cut_and_counted_unless_all_is_asked(busy: Summary) -> None:
    """The first few, how many more, and how to see them."""
    many = busy._replace(gaps=busy.gaps * 2)
    assert "… and 6 more (--all)" in section(text(many), "GAPS")
    assert "more (--all)" not in text(many, everything=True)


def test_all_lists_every_duty_with_its_reason(busy: Summary) -> None:
    """Met, not known and not applicable duties, folded otherwise."""
    folded, everything = text(busy), text(busy, everything=True)
    for heading in ("MET: ", "NOT KNOWN: ", "NOT APPLICABLE: "):
        assert f"\n{heading}" not in folded
        assert f"\n{heading}" in everything
    assert "See what a disabled child needs" not in folded
    assert "Its condition is not met." in section(everything, "NOT APPLICABLE")


# What a file may hold


@pytest.mark.parametrize(
    "hostile",
    [
        "[red]Pay[/red] [link=https://example.org]here[/link]",
        "\x1b[2J\x1b[31mAll is well\x1b[0m\x07",
        "\u202eDesrever \u200bhidden\r\nGAPS: none",
        "w" * 400,
        "日本語" * 60,
    ],
)
def test_hostile_titles_stay_text(busy: Summary, dictionary: Dictionary, hostile: str) -> None:
    """Markup is shown as it is written, escapes lose their power, long words are broken."""
    cards = {id_: card._replace(title=hostile) for id_, card in busy.program.cards.items()}
    program = busy.program._replace(title=hostile, cards=cards)
    told = busy.assessment._replace(
        case=hostile,
        warnings=(Problem("C150", hostile, Place(hostile), hostile, "warning"),),
    )
    report = text(summarise(told, program, dictionary), 80, everything=True)
    assert not set(report) & {"\x1b", "\x07", "\r", "\u202e", "\u200b"}
    assert all(cells(line) <= 80 for line in report.split("\n"))
    assert not re.search(r"^GAPS: none", report, re.MULTILINE)
    if hostile.startswith("[red]"):
        assert hostile in report


# Several cases


def test_the_closing_table_has_a_line_a_case(busy: Summary, summaries: Summaries) -> None:
    """Each with its result in a word and a symbol, its gaps, next date and basis."""
    rows = closing_table([busy, *summaries(EMPTY)], width=80, colour=False).splitlines()
    assert rows[0].split() == ["Case", "Result", "Gaps", "Next", "date", "Decided"]
    assert re.fullmatch(r"busy +× gap +9 +2 June 2025 +9 of 12", rows[1])
    assert re.match(r"empty +\? undecided +0 +– +0 of", rows[2])
    assert all(len(row) <= 80 for row in rows)


def test_the_table_names_protocols_where_they_differ(busy: Summary) -> None:
    """One case against two editions is two lines that can be told apart."""
    older = busy._replace(program=busy.program._replace(protocol="wt2018"))
    rows = closing_table([busy, older], width=80, colour=False).splitlines()
    assert [row.split()[1] for row in rows] == ["Protocol", "Harbour", "WT2018"]


def test_the_table_fits_a_narrow_terminal(busy: Summary) -> None:
    """A long label is cut, the numbers stay."""
    told = busy.assessment._replace(case="label-" * 10)
    rows = closing_table([busy._replace(assessment=told)], width=70, colour=False).splitlines()
    assert all(cells(row) <= 70 for row in rows)
    assert rows[1].endswith("9 of 12")


# What it costs


def test_the_report_loads_only_what_it_writes_with() -> None:
    """A check has 150 ms: of rich the light modules, no tables or Markdown, and nothing else."""
    code = "import sys, engine.report.summary, engine.report.terminal; print(*sys.modules)"
    root = Path(__file__).parents[2]
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    ).stdout.split()
    heavy = {"rich.table", "rich.markdown", "rich.syntax", "rich.progress", "pygments"}
    assert not {*heavy, "typer", "yaml", "jsonschema", "numpy"} & set(loaded)


def test_the_whole_list_of_questions_goes_by_part(busy: Summary) -> None:
    """`--all` puts what is asked under the part of the record where the answer belongs."""
    asked = section(text(busy, everything=True), "TO BE KNOWN")
    assert flat(asked).endswith(
        "The assessment that follows the referral (1) "
        "? When were the reasons for exceeding the time limit recorded? (1 duty) "
        "Parents and others who care for the child (1) "
        "? When was this parent or carer involved in the assessment? (1 duty)"
    )
