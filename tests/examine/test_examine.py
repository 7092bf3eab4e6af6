"""All that is wrong with a protocol at once: nothing hidden, nothing said twice, no echo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.data import data_folder
from engine.errors import Problem
from engine.examine import Examined, Examiner
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document

TESTS = Path(__file__).parent.parent
BROKEN = sorted(
    path
    for folder in ("invalid_protocols", "invalid_references")
    for path in (TESTS / folder).glob("P*.yaml")
    if "-" not in path.stem  # one file a code
)
EXAMINER = Examiner(read_dictionary())  # what many of them rest on is read once
LEDGER = "clause,hash,disposition,rules,note\n4.p1,,,,\n4.p2,,,,\n"
NATIONAL = """\
protocol: national
title: National guidance
effective: {from: 2020-01-01}
documents: {guide: {title: Guide, ledger: guide}}
roles: {team: {title: the team}}
checks:
  - id: referrals
    title: Referrals
    for_each: referrals
    duties:
      - {id: decided, title: Decide, from: referral.received, within: 1 working day,
         done: referral.acknowledged, by: team, force: must, cite: [4.p1]}
requirements: [{id: early-help, title: Say who leads, cite: [4.p1]}]
"""
LOCAL = """\
protocol: seaham
title: Seaham
extends: national
effective: {from: 2025-01-01}
documents: {protocol: {title: Seaham, ledger: seaham}}
roles:
  worker: {title: the worker, counts: [social_worker]}
definitions:
  - id: disabled
    title: Disabled child
    when: child.disabled
    cite: [4.p1]
checks:
  - id: assessment
    title: Assessment
    for_each: referrals
    duties:
      - id: seen
        title: See the child
        from: referral.received
        within: 10 working days
        done: assessment.child_seen
        by: "worker"
        force: should
        cite: [4.p1]
      - id: concluded
        title: Conclude it
        from: referral.received
        within: 45 working days
        done: assessment.concluded
        excused_by: {definition: disabled}
        by: worker
        force: must
        cite: [4.p2]
      - id: told
        title: Tell the family
        when: {missed: concluded}
        from: assessment.concluded
        within: 5 working days
        done: assessment.outcome_given_in_writing
        only_by: worker
        force: will
        cite: [4.p2]
  - id: stays
    title: Hospital stays
    for_each: hospital_stays
    duties:
      - id: visited
        title: Visit the child
        done: hospital_stay.discharged
        by: worker
        force: should
        cite: [4.p2]
restates: {decided: [4.p2]}
meets: {early-help: [4.p1]}
"""
MISTAKES = [  # what stands there, what is written instead, and the one code that it gives
    ("extends: national\n", "extends: national\nowner: me\n", "P101"),
    ("counts: [social_worker]", "counts: [social_wrker]", "P206"),
    ("when: child.disabled", "when: child.disbled", "P201"),
    ("  - id: assessment\n    title: Assessment", "  - id: assessment\n    titel: A", "P101"),
    ("within: 10 working days", "within: ten days or so", "P109"),
    ("done: assessment.child_seen", "done: assessment.child_sen", "P201"),
    ('by: "worker"', "by: wrker", "P304"),
    ("excused_by: {definition: disabled}", "excused_by: {definition: disbled}", "P306"),
    ("force: must", "force: shall", "P107"),
    ("when: {missed: concluded}", "when: {missed: told}", "P407"),
    ("force: will\n        cite: [4.p2]", "force: will\n        cite: [4.p22]", "P501"),
    ("    for_each: hospital_stays\n", "", "P401"),
    ("effective: {from: 2025-01-01}", "effective: {from: 2025-02-30}", "P208"),
    ("      - id: visited", "      - id: seen", "P209"),
    ("title: Visit the child\n", "note: none\n", "P102"),
    ("done: hospital_stay.discharged", "done: [x, y]", "P103"),
    ("title: Tell the family", "title:", "P105"),
    ("from: assessment.concluded", "from: child.disabled", "P202"),
    ("restates: {decided:", "restates: {decidedd:", "P311"),
    ("meets: {early-help:", "meets: {early-halp:", "P312"),
]  # fmt: skip


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack of a national and a local protocol, the local one without its file."""
    monkeypatch.chdir(tmp_path)
    ledgers = tmp_path / "protocols" / "ledgers"
    ledgers.mkdir(parents=True)
    for name in ("seaham", "guide"):
        (ledgers / f"{name}.csv").write_text(LEDGER, "utf-8")
    (tmp_path / "protocols" / "national.yaml").write_text(NATIONAL, "utf-8")
    return tmp_path / "protocols"


def examined(pack: Path, text: str) -> Examined:
    path = pack / "seaham.yaml"
    path.write_text(text, "utf-8")
    return EXAMINER.examine(path)


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return sorted(problem.code for problem in problems)


def test_the_local_protocol_is_valid_as_it_is(pack: Path) -> None:
    """Nothing is said of it, and the resolved protocol is given."""
    found = examined(pack, LOCAL)
    assert found.problems == ()
    assert found.protocol is not None
    assert found.protocol.chain == ("seaham", "national")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_going_on_adds_nothing_to_one_mistake(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file with one mistake exactly the message beside it is told, whatever the stage."""
    monkeypatch.chdir(path.parent)
    found = EXAMINER.examine(Path(path.name)).problems
    told = "".join(f"{problem}\n" for problem in found if problem.severity == "error")
    assert told == path.with_suffix(".txt").read_text("utf-8")


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(0, len(MISTAKES) - 1), min_size=1))
def test_any_mistakes_together_are_told_each_once(pack: Path, chosen: set[int]) -> None:
    """No mistake hides another one, of any stage, and none gives a second message.

    A mistake that the compiler finds is told once the entry has no other.
    """
    text = LOCAL
    for number in chosen:
        before, after, _ = MISTAKES[number]
        assert text.count(before) == 1
        text = text.replace(before, after)
    expected = sorted(MISTAKES[number][2] for number in chosen)
    found = codes(examined(pack, text).problems)
    late = {"P401", "P407"}
    assert [code for code in found if code not in late] == [c for c in expected if c not in late]
    assert {code for code in found if code in late} <= set(expected)
    if len(chosen) == 1:
        assert found == expected


def test_a_protocol_in_json_is_examined_alike(pack: Path) -> None:
    """What has a mistake is left out of later stages there too, though places are found late."""
    value = parse_document(LOCAL.encode(), "seaham.yaml").value
    value["checks"][0]["duties"][0]["done"] = "assessment.child_sen"
    value["definitions"][0]["when"] = "child.disbled"
    value["checks"][1].pop("for_each")
    path = pack / "seaham.json"
    path.write_text(json.dumps(value, indent=1), "utf-8")
    assert codes(EXAMINER.examine(path).problems) == ["P201", "P201", "P401"]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_is_told_and_none_is_a_crash(pack: Path, data: st.DataObject) -> None:
    """Whatever is taken away, put elsewhere or misspelt: problems with a cure, or a protocol."""
    value = parse_document(LOCAL.encode(), "seaham.yaml").value
    for _ in range(data.draw(st.integers(1, 4))):
        damage(value, data)
    path = pack / "seaham.json"
    path.write_text(json.dumps(value, indent=1), "utf-8")
    found = EXAMINER.examine(path)
    assert all(problem.message and problem.cure for problem in found.problems)
    assert (found.protocol is None) == any(p.severity == "error" for p in found.problems)


def damage(value: Any, data: st.DataObject) -> None:
    """Take an entry away, misspell its key, or put something else or another part in its place."""
    paths = sorted((path for path in below(value) if path), key=repr)
    path = data.draw(st.sampled_from(paths))
    owner = at(value, path[:-1])
    kind = data.draw(st.sampled_from(["gone", "misspelt", "else", "elsewhere"]))
    if kind == "gone":
        del owner[path[-1]]
    elif kind == "misspelt" and isinstance(owner, dict):
        owner[f"{path[-1]}x"] = owner.pop(path[-1])
    elif kind == "else":
        odd = ["x", "", "child.disabled", "referrals", [], {}, ["x"], {"missed": "x"}]
        owner[path[-1]] = deepcopy(data.draw(st.sampled_from(odd)))
    else:
        owner[path[-1]] = deepcopy(at(value, data.draw(st.sampled_from(paths))))


def below(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    pairs: Any = ()
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield from below(inner, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def test_a_broken_parent_does_not_hide_the_local_file(pack: Path) -> None:
    """Both are told, each at its file."""
    text = (pack / "national.yaml").read_text("utf-8")
    (pack / "national.yaml").write_text(text.replace("by: team", "by: taem"), "utf-8")
    found = examined(pack, LOCAL.replace("by: worker", "by: wrker", 1)).problems
    assert {(Path(p.place.file).name, p.code) for p in found} == {
        ("national.yaml", "P304"),
        ("seaham.yaml", "P304"),
    }


@pytest.mark.parametrize("name", ["../national", "/etc/national", "sub/national", "..\\national"])
@pytest.mark.parametrize(
    ("before", "code"), [("extends: national", "P106"), ("ledger: seaham", "P106")]
)
def test_no_name_leads_out_of_the_pack(pack: Path, name: str, before: str, code: str) -> None:
    """`extends` and `ledger` take a short name, no path: one message each."""
    (pack.parent / "national.yaml").write_text("never: read", "utf-8")
    key = before.partition(":")[0]
    found = examined(pack, LOCAL.replace(before, f"{key}: {name}")).problems
    assert [problem.code for problem in found if problem.severity == "error"] == [code]


def test_a_ledger_that_is_a_link_out_of_the_pack_is_refused(pack: Path, tmp_path: Path) -> None:
    """What it points to is not read."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside.csv"
    outside.write_text(LEDGER, "utf-8")
    ledger = pack / "ledgers" / "seaham.csv"
    ledger.unlink()
    ledger.symlink_to(outside)
    assert codes(examined(pack, LOCAL).problems) == ["K102"]


def test_a_parent_that_is_a_link_out_of_the_pack_is_refused(pack: Path, tmp_path: Path) -> None:
    """A link in the place of the protocol that is extended leads nowhere."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside.yaml"
    outside.write_text(NATIONAL, "utf-8")
    (pack / "national.yaml").unlink()
    (pack / "national.yaml").symlink_to(outside)
    assert codes(examined(pack, LOCAL).problems) == ["K102"]


def test_a_ledger_that_is_not_there_is_a_warning(pack: Path) -> None:
    """Citations cannot be checked then; the protocol is valid."""
    (pack / "ledgers" / "seaham.csv").unlink()
    found = examined(pack, LOCAL)
    assert [(problem.code, problem.severity) for problem in found.problems] == [("P502", "warning")]
    assert found.protocol is not None


def test_a_clause_that_was_filled_in_is_not_looked_for(pack: Path) -> None:
    """Of a `cite` that is no list only that is told."""
    found = examined(pack, LOCAL.replace("cite: [4.p1]", "cite: 4.p1, 4.p2", 1))
    assert codes(found.problems) == ["P103"]


def test_a_section_can_be_cited_whole(pack: Path) -> None:
    """`4` is the section of `4.p2`."""
    text = LOCAL.replace("meets: {early-help: [4.p1]}", "meets: {early-help: [4]}")
    assert examined(pack, text).problems == ()


@pytest.mark.parametrize(
    "path", sorted(data_folder("protocols").glob("*.yaml")), ids=lambda path: path.stem
)
def test_our_own_protocols_are_valid(path: Path) -> None:
    """Without a warning."""
    found = EXAMINER.examine(path)
    assert found.problems == ()
