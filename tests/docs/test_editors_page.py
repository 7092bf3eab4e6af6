"""docs/editors.md: its settings can be read, and its commands exist with their options."""

from __future__ import annotations

import json
import re
import shlex

import pytest
from typer.testing import CliRunner

from engine.cli.app import app
from engine.data import data_folder

PAGE = (data_folder("protocols").parent / "docs" / "editors.md").read_text("utf-8")
COMMANDS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]


def test_the_settings_are_json() -> None:
    """They name schemas that the commands on the page write."""
    (text,) = re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    written = {shlex.split(line)[-1] for line in COMMANDS}
    assert json.loads(text)["yaml.schemas"].keys() <= written


@pytest.mark.parametrize("line", COMMANDS)
def test_the_commands_have_their_options(line: str) -> None:
    """Each option on the page is one of the command's."""
    program, command, *words = shlex.split(line)
    assert program == "protocol"
    told = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
    assert told.exit_code == 0
    for option in (word for word in words if word.startswith("--")):
        assert option in told.output
