"""Which scenarios are to be looked at again when a rule's clause changes."""

from __future__ import annotations

from pathlib import Path

from engine.analysis.scenarios_of import scenarios_of

SCENARIOS = """\
- scenario: many at once
  protocol: shire
  expect: {tell: met, covers/outcome: met}
- scenario: told
  protocol: shire
  expect: {"tell@referrals[0]": met}
- scenario: elsewhere
  protocol: other
  expect: {tell: met}
- scenario: not expected
  protocol: shire
  not_expected: {covers/outcome: met}
"""


def titles(folder: Path, *rules: str) -> dict[str, list[str]]:
    found = scenarios_of(folder, rules, {"shire"})
    return {rule: [held.title for held in all_] for rule, all_ in found.items()}


def test_scenarios_are_found_by_rule_the_closest_first(tmp_path: Path) -> None:
    """Those of the protocols asked about count; one that expects little else comes first."""
    (tmp_path / "some.yaml").write_text(SCENARIOS, encoding="utf-8")
    assert titles(tmp_path, "tell") == {"tell": ["told", "many at once"]}


def test_a_checklist_has_the_scenarios_of_its_lines(tmp_path: Path) -> None:
    """`covers` is held by whoever expects something of `covers/outcome`."""
    (tmp_path / "some.yaml").write_text(SCENARIOS, encoding="utf-8")
    assert titles(tmp_path, "covers") == {"covers": ["not expected", "many at once"]}


def test_the_place_is_that_of_the_scenario(tmp_path: Path) -> None:
    """File and line lead to it."""
    (tmp_path / "some.yaml").write_text(SCENARIOS, encoding="utf-8")
    held = scenarios_of(tmp_path, ["tell"], {"other"})["tell"]
    assert [(one.file, one.line) for one in held] == [("some.yaml", 7)]


def test_without_a_folder_or_a_readable_file_there_are_none(tmp_path: Path) -> None:
    """An installed program has no scenarios; a broken file is another command's business."""
    (tmp_path / "broken.yaml").write_text("tell: [", encoding="utf-8")
    assert titles(tmp_path, "tell") == {"tell": []}
    assert titles(tmp_path / "none", "tell") == {"tell": []}
