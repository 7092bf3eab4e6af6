"""docs/testing.md: its scenarios say what it shows, and its tables name what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engine.analysis.coverage import LIMIT, SIDES
from engine.cli import main
from engine.data import data_folder
from engine.scenarios.reading import DETAILS, KEYS, STATUSES
from tests.cli.conftest import PROTOCOL

PAGE = (data_folder("protocols").parent / "docs" / "testing.md").read_text("utf-8")
SCENARIOS = PAGE.partition("```yaml\n")[2].partition("```")[0]
SHOWN = PAGE.partition("$ protocol test\n")[2].partition("```")[0]


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's scenarios with a protocol of one duty, in the working folder."""
    for name, text in {
        "protocols/anyshire.yaml": PROTOCOL,
        "tests/protocols/anyshire/outcome.yaml": SCENARIOS,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PROTOCOL_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("FORCE_COLOR", raising=False)


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    monkeypatch.setattr("sys.argv", ["protocol", "test", *words])
    with pytest.raises(SystemExit):
        main()
    return capsys.readouterr().out


@pytest.mark.usefixtures("pack")
def test_the_page_shows_what_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Word for word, in a terminal of 80 columns."""
    assert told(monkeypatch, capsys) == SHOWN


@pytest.mark.usefixtures("pack")
def test_the_page_names_every_key_of_the_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the object, of a result and of what is otherwise."""
    report = json.loads(told(monkeypatch, capsys, "--coverage", "--format", "json"))
    short = next(one for one in report["results"] if not one["holds"])
    rule = report["coverage"][0]["rules"][0].keys() & {"sides", "missing", "seen_but_not_expected"}
    for key in (*report, *short, *short["otherwise"][0], *rule, "rules", "clauses"):
        assert f"`{key}`" in PAGE.partition("## For programs")[2]


def test_the_page_names_every_key_of_a_scenario() -> None:
    """Keys, details and statuses."""
    for key in (*KEYS, *DETAILS, *STATUSES):
        assert re.search(rf"[`{{]{key}\b", PAGE)


def test_the_page_names_every_side_of_a_rule() -> None:
    """As the table of coverage does."""
    for side in (*SIDES.keys() - {*LIMIT, "right person", "wrong person"}, "limits", "person"):
        assert f"| {side} |" in PAGE
