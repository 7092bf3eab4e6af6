"""`protocol diff`: what a policy officer sees, formats, versions in git, and cases that change."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, PROTOCOL, Run, Write, record

HOSTILE = "%0A::error::<script>alert(1)</script> | [x](javascript:y) `z`"
NOW = PROTOCOL.replace("5 working days", "4 working days")
TEXT = """\
Anyshire protocol, before and now
1 duty differs; 0 duties ask the same.

Differ: 1
   Give the family the outcome in writing (outcome-in-writing)
   By when        before: within 5 working days of: assessment concluded
                  now: within 4 working days of: assessment concluded
   now is stricter (Anyshire 4.p2)
   For example
     before: EXAMPLE
"""
FORMATS = ["text", "markdown", "html", "json"]


@pytest.fixture
def before(write: Write) -> str:
    return write("before/anyshire.yaml", PROTOCOL)


@pytest.fixture
def now(write: Write) -> str:
    return write("anyshire.yaml", NOW)


@pytest.fixture
def hostile(write: Write) -> str:
    """Names that would be markup, were they not text."""
    text = NOW.replace("title: Give the family the outcome in writing", f"title: '{HOSTILE}'")
    return write("anyshire.yaml", text.replace("title: Anyshire protocol", f"title: '{HOSTILE}'"))


def test_a_policy_officer_sees_what_differs_and_who_is_stricter(
    run: Run, before: str, now: str
) -> None:
    """Exit code 1; both sides under each label, an example, no line over 80 columns."""
    told = run("diff", before, now)
    head = TEXT[: TEXT.index("EXAMPLE")]
    assert told.code == 1
    assert told.out.startswith(head)
    assert "now: overdue." in told.out or "now: late." in told.out
    assert max(map(len, told.out.splitlines())) <= 80


@pytest.mark.parametrize("format_", FORMATS)
def test_no_difference_says_so(run: Run, before: str, format_: str) -> None:
    """Exit code 0."""
    told = run("diff", before, before, "--format", format_)
    assert told.code == 0
    flat = " ".join(told.out.replace("\\u00a0", " ").split())
    assert "No duty differs in meaning; 1 duty asks the same." in flat


def test_strength_alone_is_told_in_a_line(run: Run, before: str, write: Write) -> None:
    """Apart from what changes the gaps."""
    softer = write("anyshire.yaml", PROTOCOL.replace("force: will", "force: should"))
    told = run("diff", before, softer)
    assert "Differ in strength alone: 1" in told.out
    assert "– before will, now should" in told.out.replace("\n   ", " ")


def test_other_dates_are_told(run: Run, before: str, write: Write) -> None:
    """In words, of the protocol as a whole."""
    later = write("anyshire.yaml", PROTOCOL.replace("2024-09-01", "2025-09-01"))
    told = run("diff", before, later)
    assert told.code == 1
    flat = " ".join(told.out.split())
    assert "in force at other times: before from 1 September 2024, now from 1 September" in flat


# Formats


class Tags(HTMLParser):
    """The open tags of a page, which must close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name in ("src", "href")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("format_", FORMATS)
def test_names_in_a_file_are_text(run: Run, before: str, hostile: str, format_: str) -> None:
    """No command of GitHub begins a line, in no format."""
    told = run("diff", before, hostile, "--format", format_)
    assert told.code == 1
    assert not [line for line in told.out.splitlines() if line.startswith("::")]


def test_the_page_is_whole_and_without_scripts(run: Run, before: str, hostile: str) -> None:
    """Every tag closes; what the file holds is text; the page loads nothing."""
    page = run("diff", before, hostile, "--format", "html").out
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert not {"script", "a", "img", "link", "iframe"} & tags.seen
    assert HOSTILE in tags.text
    assert '<meta name="viewport"' in page


def test_a_table_of_markdown_keeps_its_columns(run: Run, before: str, hostile: str) -> None:
    """A bar in a title ends no cell, and markup is shown as it is written."""
    text = run("diff", before, hostile, "--format", "markdown").out
    rows = [line for line in text.splitlines() if line.startswith("|")]
    bars = {row.replace(r"\|", "").count("|") for row in rows}
    assert bars == {6}
    assert "<script>" not in text


def test_json_has_all_of_it(run: Run, before: str, now: str) -> None:
    """Plain ASCII, with what each side says."""
    out = run("diff", before, now, "--format", "json").out
    (one,) = json.loads(out)["changed"]
    assert out.isascii()
    assert one["effect"] == "now is stricter"
    assert one["differences"] == [
        {
            "label": "By when",
            "first": "within 5 working days of: assessment concluded",
            "second": "within 4 working days of: assessment concluded",
        }
    ]


# Cases


def test_cases_that_change_are_named_with_the_reason(
    run: Run, before: str, now: str, write: Write
) -> None:
    """In time by five working days and not by four; the other case is not named."""
    write("cases/one.yaml", record(label="child-1", given="2025-03-10"))
    write("cases/two.yaml", CLEAN.replace("child-1", "child-2"))
    out = run("diff", before, now, "--cases", "cases").out
    assert "In the cases given: 1 case with another status" in out
    assert "child-1" in out
    assert "child-2" not in out
    assert "before: met. Done on 10 March 2025." in out
    assert "now: late. Done on 10 March 2025, 1 working day after the limit" in " ".join(
        out.split()
    )
    (change,) = json.loads(run("diff", before, now, "--cases", "cases", "--format", "json").out)[
        "impact"
    ]
    assert (change["case"], change["before"], change["after"]) == ("child-1", "met", "late")


def test_the_cases_shown_can_be_checked(run: Run, before: str, now: str) -> None:
    """Late by the one, in time by the other."""
    run("diff", before, now, "--witness", "shown")
    (case,) = Path("shown").iterdir()
    assert run("check", case, "--protocol", now).code == 1
    assert run("check", case, "--protocol", before).code == 0


@pytest.mark.parametrize("folder", ["cases", "nowhere"])
def test_a_folder_without_cases_is_told(run: Run, before: str, now: str, folder: str) -> None:
    """No folder, or none in it."""
    Path("cases").mkdir()
    told = run("diff", before, now, "--cases", folder)
    assert told.code in (2, 3)
    assert "There is no" in told.err


def test_a_broken_case_is_told(run: Run, before: str, now: str, write: Write) -> None:
    """With its place; nothing is compared meanwhile."""
    write("cases/one.yaml", CLEAN.replace("received", "recieved"))
    told = run("diff", before, now, "--cases", "cases")
    assert (told.code, told.out) == (3, "")
    assert "cases/one.yaml:5:5" in told.err


# Versions


@pytest.fixture
def git(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Git in the working folder, with settings of nobody."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))

    program = shutil.which("git") or ""

    def call(*words: str) -> None:
        author = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run([program, *author, *words], check=True, capture_output=True)

    return call


def test_a_file_is_compared_with_its_last_commit(
    run: Run, write: Write, git: Callable[..., None]
) -> None:
    """Also from another folder of the repository, and under a name with spaces."""
    name = write("rules of anyshire/anyshire.yaml", PROTOCOL)
    git("init", "-q", ".")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    assert run("diff", name).code == 0
    write(name, NOW)
    told = run("diff", name)
    assert told.code == 1
    assert "now is stricter" in told.out


def test_a_commit_that_is_not_valid_is_told(
    run: Run, write: Write, git: Callable[..., None]
) -> None:
    """The place is in the committed file, not in the one at hand."""
    name = write("anyshire.yaml", PROTOCOL.replace("force: will", "force: wil"))
    git("init", "-q", ".")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    write(name, PROTOCOL)
    told = run("diff", name)
    assert told.code == 3
    assert told.err.startswith("anyshire.yaml (last commit):19:9: error [P107]")


@pytest.mark.parametrize("state", ["no repository", "no commit", "not added"])
def test_a_file_without_a_commit_is_told(
    run: Run, now: str, write: Write, git: Callable[..., None], state: str
) -> None:
    """With what to do instead."""
    if state != "no repository":
        git("init", "-q", ".")
    if state == "not added":
        other = write("other.txt", "")
        git("add", other)
        git("commit", "-q", "-m", "first")
    told = run("diff", now)
    assert told.code == 2
    assert "name two protocols" in " ".join(told.err.split())


def test_without_git_it_is_told(run: Run, now: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what to do instead."""
    monkeypatch.setenv("PATH", "")
    told = run("diff", now)
    assert told.code == 2
    assert "Git is not installed here" in " ".join(told.err.split())


@pytest.mark.parametrize("arguments", [["nowhere", "norfolk"], ["norfolk", "nowhere"], ["nowhere"]])
def test_a_name_that_is_none_is_told(run: Run, arguments: list[str]) -> None:
    """On either side."""
    told = run("diff", *arguments)
    assert told.code == 3
    assert "There is no protocol `nowhere`" in told.err
