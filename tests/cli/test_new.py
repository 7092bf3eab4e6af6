"""`protocol new`: what it writes is valid, passes, and is never written over anything."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest

from engine.analysis.clause_table import clause_hash
from engine.data import data_folder
from engine.errors import InvalidInput
from engine.load.dictionary import read_dictionary
from engine.model.protocol import Protocol
from engine.pipeline import compiled_text, resolved, shipped
from engine.start.pack import Answers, starting_pack
from tests.cli.conftest import Run, Write

DICTIONARY = read_dictionary()
DAY = ("--from", "2025-09-01")
TABLE = "id\tkind\ttext\n1\theading\tX\n1.p1\tpara\tThe team will meet.\n1.p2\tpara\tIt is so.\n"


def everything(folder: Path = Path()) -> dict[str, bytes]:
    return {p.as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_it_says_what_it_made(run: Run) -> None:
    """It says what it made and what to do next."""
    told = run("new", "North Yorkshire", *DAY)
    assert (told.code, told.err) == (0, "")
    assert "Started: North Yorkshire local protocol for assessment and support" in told.out
    assert "tests/protocols/north-yorkshire/" in told.out
    assert "What next:\n  cd north-yorkshire\n" in told.out
    assert max(map(len, told.out.splitlines())) <= 80


def test_an_editor_and_github_find_what_they_need(started: Path) -> None:
    """The first line names a schema that is there; the workflow is the published example."""
    first = (started / "protocols" / "anyshire.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=.anyshire.schema.json"
    schema = json.loads((started / "protocols" / ".anyshire.schema.json").read_text("utf-8"))
    assert "approving_manager" in json.dumps(schema["$defs"])
    workflow = data_folder("examples") / ".github" / "workflows" / "protocols.yml"
    copied = started / ".github" / "workflows" / "protocols.yml"
    assert copied.read_bytes() == workflow.read_bytes()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, bytes]:
    """What is written for an authority that rests on the national guidance, made once."""
    root = tmp_path_factory.mktemp("anyshire")
    pack = starting_pack(_answers("wt2023"), root, resolved("wt2023", DICTIONARY), DICTIONARY)
    return {
        path.relative_to(root): content for path, content in {**pack.own, **pack.shared}.items()
    }


@pytest.fixture
def started(files: dict[Path, bytes]) -> Path:
    """A protocol that was just made, in the working folder."""
    _write(files)
    return Path.cwd()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("validate", "anyshire"), 0),
        (("test", "anyshire", "--coverage"), 0),
        (("test",), 0),
        (("ledger", "anyshire"), 0),
        (("ledger", "anyshire", "--check", "--source", "documents/anyshire.tsv"), 0),
        (("show", "anyshire", "--local-only"), 0),
        (("check", "examples/anyshire.yaml"), 1),
    ],
)
def test_each_command_finds_it_by_name(
    run: Run, started: Path, command: tuple[str, ...], code: int
) -> None:
    """The record to try has one gap, which the report names; all else is clean."""
    told = run(*command)
    assert told.code == code, told.out + told.err
    assert "Anyshire" in told.out or "anyshire" in told.out or command == ("test",)


def test_the_record_to_try_shows_a_gap(run: Run, started: Path) -> None:
    """It rests on the authority's own protocol, which is found by the authority's name."""
    told = run("check", "examples/anyshire.yaml")
    assert "GAPS: 1 not evidenced" in told.out
    assert "[Anyshire 2.p1]" in told.out


def test_it_works_from_elsewhere_by_the_search_path(
    run: Run, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PROTOCOL_PATH names the folder; rules, ledger and scenarios are found in it."""
    monkeypatch.chdir(started.parent.parent)
    assert run("validate", "anyshire").code == 3
    monkeypatch.setenv("PROTOCOL_PATH", f"/nowhere:{started}")
    assert run("validate", "anyshire").code == 0
    assert run("test", "anyshire").code == 0
    assert run("ledger", "anyshire").code == 0


@pytest.mark.parametrize("name", shipped())
def test_it_can_rest_on_every_shipped_protocol(run: Run, name: str) -> None:
    """No id of it is taken, and its scenarios hold."""
    day = "2020-03-01" if name == "wt2018" else "2025-09-01"
    assert run("new", "Anyshire", "--from", day, "--extends", name).code == 0
    assert run("validate", "anyshire/protocols/anyshire.yaml").code == 0
    assert "25 scenarios hold" in run("test", *_scenarios()).out


@pytest.mark.parametrize("day", ["2024-01-01", "2025-11-20", "2026-03-01", "2027-12-20"])
def test_its_scenarios_hold_whenever_it_begins(run: Run, day: str) -> None:
    """At Christmas and at Easter, before and after today."""
    assert run("new", "Anyshire", "--from", day).code == 0
    told = run("test", *_scenarios())
    assert told.code == 0, told.out
    assert "25 scenarios hold" in told.out


@pytest.mark.parametrize("name", ["wt2023", "wt2018", "norfolk"])
def test_its_examples_are_valid_when_they_are_taken_in(name: str) -> None:
    """All sections that stand behind # together, whatever it rests on."""
    protocol = _taken_in(name, None)
    assert protocol.changes
    assert protocol.questions
    assert {block.kind for block in protocol.blocks if block.origin == "anyshire"} == {
        "check", "pathway",
    }  # fmt: skip


@pytest.mark.parametrize("which", range(6))
def test_each_example_can_be_taken_in_alone(which: int) -> None:
    """None of them needs another."""
    assert _taken_in("wt2023", which).id == "anyshire"


def _taken_in(name: str, which: int | None) -> Protocol:
    """The starting protocol with one of its examples taken in, or with all of them."""
    path = Path("anyshire/protocols/anyshire.yaml")
    pack = starting_pack(_answers(name), Path("anyshire"), resolved(name, DICTIONARY), DICTIONARY)
    head, *sections = re.split(r"(?m)^(?=# [a-z]+:$)", pack.own[path].decode())
    wanted = range(len(sections)) if which is None else [which]
    for number in wanted:
        sections[number] = re.sub(r"(?m)^# ", "", sections[number])
    return compiled_text(path, "".join([head, *sections]).encode(), DICTIONARY)[0]


def test_a_clause_table_makes_a_ledger_that_is_open(run: Run, write: Write) -> None:
    """Every clause has a line with its hash, and none is passed off as done."""
    told = run("new", "Anyshire", *DAY, "--clauses", write("table.tsv", TABLE))
    assert told.code == 0
    ledger = Path("anyshire/protocols/ledgers/anyshire.csv").read_text("utf-8").splitlines()
    assert ledger[1:] == [
        f"1.p1,{clause_hash('The team will meet.')},open,,",
        f"1.p2,{clause_hash('It is so.')},open,,",
    ]
    told = run("ledger", "anyshire/protocols/ledgers/anyshire.csv")
    assert told.code == 1
    assert "Clauses that are open: nobody has read it yet (2)" in told.out
    assert "not yet read" in told.out
    assert run("validate", "anyshire/protocols/anyshire.yaml").code == 0


def test_a_second_protocol_joins_the_first(run: Run, started: Path) -> None:
    """What they share is kept as it is; the second may rest on the first."""
    readme = Path("protocols/README.md")
    readme.write_text("ours", encoding="utf-8")
    told = run("new", "Otherton", *DAY, "--in", ".", "--extends", "nel")
    assert told.code == 0
    assert readme.read_text("utf-8") == "ours"
    assert run("validate", "otherton").code == 0
    assert run("test", "otherton").code == 0


@pytest.mark.parametrize("taken", ["protocols/anyshire.yaml", "examples/anyshire.yaml"])
def test_nothing_is_overwritten(run: Run, write: Write, taken: str) -> None:
    """One file that is there stops it all; it is named, and nothing else is made."""
    write(taken, "theirs")
    told = run("new", "Anyshire", *DAY, "--in", ".")
    assert told.code == 3
    assert "[K110]" in told.err
    assert taken in told.err
    assert everything() == {taken: b"theirs"}


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_interrupted_it_leaves_nothing(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    """Ctrl-C or a full disk half-way: the folder is as it was, and the message says so."""
    write("theirs.txt", "theirs")
    real = Path.open
    opened: list[Path] = []

    def failing(path: Path, mode: str = "r", *rest: object, **named: object) -> object:
        if mode == "xb":
            opened.append(path)
            if len(opened) == 4:
                raise fault
        return real(path, mode, *rest, **named)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", failing)
        told = run("new", "Anyshire", *DAY, "--in", ".")
    assert len(opened) == 4
    assert told.code == (130 if isinstance(fault, KeyboardInterrupt) else 3)
    assert "Stopped." in told.err or "no space left" in told.err
    assert everything() == {"theirs.txt": b"theirs"}
    assert [path.name for path in Path().iterdir()] == ["theirs.txt"]


def test_the_first_day_is_asked_for(run: Run) -> None:
    """Nobody is there to be asked, so the option is named; nothing is guessed."""
    told = run("new", "Anyshire")
    assert told.code == 2
    assert "--from 2025-09-01" in told.err
    assert everything() == {}


@pytest.mark.parametrize("name", ["../x", "/abs", "a\nb", "Any\u202eshire", "CON", "norfolk"])
def test_names_that_are_refused(run: Run, name: str) -> None:
    """Nothing is made of them, and the message says what would do."""
    told = run("new", name, *DAY)
    assert told.code == 2
    assert everything() == {}
    assert re.search(r"`North Yorkshire`|--id", told.err)


@pytest.mark.parametrize("option", ["--id", "--extends"])
@pytest.mark.parametrize("value", ["../x", "/etc/passwd", "a/b", ""])
def test_options_that_would_leave_the_folder(run: Run, option: str, value: str) -> None:
    """Names only: an id makes files, and `extends` reads one."""
    told = run("new", "Anyshire", *DAY, option, value)
    assert told.code == 2
    assert option in told.err
    assert everything() == {}


def test_a_parent_that_is_not_there(run: Run) -> None:
    """The nearest right name is given."""
    told = run("new", "Anyshire", *DAY, "--extends", "wt2032")
    assert told.code == 3
    assert "`wt2023`" in told.err
    assert everything() == {}


def test_a_parent_that_is_not_in_force_then(run: Run) -> None:
    """The edition of 2018 ended in 2023: none of its rules would hold."""
    told = run("new", "Anyshire", *DAY, "--extends", "wt2018")
    assert told.code == 2
    assert "--extends" in told.err
    assert everything() == {}


def test_a_title_may_hold_anything_printable(run: Run) -> None:
    """Colons, quotation marks and hashes are quoted where they have to be."""
    title = 'Anyshire: the "Protocol" # 1, {draft}'
    assert run("new", "Anyshire", *DAY, "--title", title).code == 0
    told = run("show", "anyshire/protocols/anyshire.yaml", "--local-only")
    assert title in " ".join(told.out.split())


def test_what_is_missing_is_asked_for_on_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The title with a default, the first day without one."""
    monkeypatch.setattr("engine.cli.new.on_a_terminal", lambda: True)
    told = run("new", "Anyshire", stdin="\n2025-09-31\n2025-09-01\n")
    assert told.code == 0
    assert "There is no 31" in told.err
    assert "effective: {from: 2025-09-01}" in Path("anyshire/protocols/anyshire.yaml").read_text()


def test_whoever_stops_at_a_question_leaves_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of the input is an answer too."""
    monkeypatch.setattr("engine.cli.new.on_a_terminal", lambda: True)
    told = run("new", "Anyshire", stdin="")
    assert told.code == 130
    assert everything() == {}


def test_its_templates_are_in_the_package() -> None:
    """They lie beside the code that fills them, so that a wheel has them."""
    assert (data_folder("protocols").parent / "engine/start/templates/protocol.yaml").is_file()


def _scenarios() -> list[Path]:
    return sorted(Path("anyshire/tests").rglob("*.yaml"))


def _answers(extends: str) -> Answers:
    day = datetime.date(2020 if extends == "wt2018" else 2025, 9, 1)
    title = "Anyshire local protocol"
    return Answers("Anyshire", "anyshire", title, extends, day)


def _write(files: dict[Path, bytes]) -> None:
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_a_parent_with_the_same_ids_is_refused(started: Path) -> None:
    """A protocol that rests on one that was started in the same way."""
    parent = resolved(str(started / "protocols" / "anyshire.yaml"), DICTIONARY)
    answers = _answers("anyshire")._replace(id="otherton", name="Otherton")
    with pytest.raises(InvalidInput) as told:
        starting_pack(answers, started, parent, DICTIONARY)
    assert {problem.code for problem in told.value.problems} == {"P301"}
