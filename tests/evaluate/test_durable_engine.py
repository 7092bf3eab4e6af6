"""durable-rules and the planes: one answer, on random programs and on every case there is."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from engine.compile import compile_protocol
from engine.evaluate import durable_plan
from engine.evaluate.agreement import Agreement, compare, duty_answers, with_answers
from engine.evaluate.answers import Answer, answers_of, judgement_of
from engine.evaluate.durable_columns import SentColumns, to_json
from engine.evaluate.durable_engine import DurableEngine
from engine.evaluate.durable_judgement import CONJUNCTS, JudgementRules
from engine.evaluate.operators import OPERATORS
from engine.evaluate.planes_engine import run_program
from engine.evaluate.run import Run
from engine.evaluate.status import judge
from engine.evaluate.tables import CaseTables
from engine.evaluate.values import Days, Truth
from engine.load.case import read_case_file
from engine.load.dictionary import read_dictionary
from engine.model.case import Case
from engine.model.fact import Dictionary
from engine.model.program import Program
from engine.model.reads import STEPS_OF
from engine.pipeline import load_protocol, shipped
from engine.proof import operators as proof_operators
from engine.scenarios import read_scenarios
from tests.reference.build import case, duty, item, protocol
from tests.reference.generate import Situation, situations
from tests.reference.small_dictionary import SMALL

# durable-rules asks for the time in a way that Python 3.12 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcfromtimestamp")

# Each example makes rulesets; to shrink one takes minutes, and the situation says enough.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2100, 1, 1)
DICTIONARY = read_dictionary()


@cache
def shipped_program(name: str) -> tuple[Program, DurableEngine]:
    program = load_protocol(name, DICTIONARY)
    return program, DurableEngine(program.steps, durable_plan.finals(program.duties))


def compared(
    program: Program,
    engine: DurableEngine,
    cases: Sequence[Case],
    dictionary: Dictionary,
    asked: datetime.date | None = None,
) -> Agreement:
    """Both engines over the same cases; the second sees what would go over the pipe."""
    tables = CaseTables(cases, dictionary, asked, TODAY)
    sent = SentColumns(json.loads(json.dumps(to_json(tables, program))))
    return compare(program, run_program(program, tables), engine.answers(sent))


def small(situation: Situation) -> Agreement:
    program = compile_protocol(situation.protocol, SMALL)
    engine = DurableEngine(program.steps, durable_plan.finals(program.duties))
    return compared(program, engine, [situation.case], SMALL, situation.asked)


# The same answers


@settings(
    max_examples=120,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(situations())
def test_engines_agree_on_random_programs_and_cases(situation: Situation) -> None:
    """Status, gap, miss and what is to do of every duty, interval, edition and reading."""
    agreement = small(situation)
    assert agreement.differences == ()
    assert agreement.word == "agrees"


@pytest.mark.parametrize("protocol", shipped())
def test_engines_agree_on_every_scenario(protocol: str) -> None:
    """Scenarios bring each duty of their protocol about, done and not done."""
    program, engine = shipped_program(protocol)
    by_day: dict[datetime.date | None, list[Case]] = {}
    for path in sorted((ROOT / "tests" / "protocols").glob("*/*.yaml")):
        for scenario in read_scenarios(path, DICTIONARY):
            if scenario.protocol == protocol:
                by_day.setdefault(scenario.asked, []).extend(scenario.cases)
    for asked, cases in by_day.items():
        agreement = compared(program, engine, cases, DICTIONARY, asked)
        assert (asked, agreement.differences[:3]) == (asked, ())


FILES = sorted([*(ROOT / "examples").glob("*.yaml"), *(ROOT / "tests/vignettes").glob("*/*.yaml")])


@pytest.mark.parametrize("protocol", shipped())
def test_engines_agree_on_examples_and_vignettes(protocol: str) -> None:
    """Each under each protocol, as at the record's day and a year later."""
    program, engine = shipped_program(protocol)
    for path in FILES:
        cases, problems = read_case_file(str(path), DICTIONARY, TODAY)
        assert [problem for problem in problems if problem.severity == "error"] == []
        later = max(case.as_of or TODAY for case in cases) + datetime.timedelta(days=365)
        for asked in (None, later):
            agreement = compared(program, engine, cases, DICTIONARY, asked)
            assert (path.name, agreement.differences) == (path.name, ())


def test_several_cases_are_answered_as_each_alone() -> None:
    """No fact of one child reaches the rules of another."""
    program, engine = shipped_program("norfolk")
    cases = [read_case_file(str(path), DICTIONARY, TODAY)[0][0] for path in FILES[:3]]
    together = CaseTables(cases, DICTIONARY, None, TODAY)
    answers = engine.answers(SentColumns(to_json(together, program)))
    for number, one in enumerate(cases):
        alone = CaseTables([one], DICTIONARY, None, TODAY)
        own = duty_answers(program, engine.answers(SentColumns(to_json(alone, program))))
        for (duty_id, role, row), answer in duty_answers(program, answers).items():
            table = next(d.table for d in program.duties if d.id == duty_id)
            rows = together.table(table).rows
            if rows[row].case == number:
                first = next(n for n, other in enumerate(rows) if other.case == number)
                assert own[duty_id, role, row - first] == answer


# The table of SEMANTICS section 3, all of it


def test_the_decision_table_is_the_same_for_every_combination() -> None:
    """Conjuncts that can occur together in any three-valued combination, silent and figure too."""
    rules = JudgementRules()
    names = ("exists", "applies", "done", "in_time", "passed", "alive", "ended", "excuse")
    for values in itertools.product("tfu", repeat=len(names)):
        truths = {"edition": "t", "started": "t", **dict(zip(names, values, strict=True))}
        known = frozenset(f"{name}_{value}" for name, value in truths.items() if value != "u")
        for silent in (True, False):
            answer = rules.judge(known, silent=silent, forgives_act=silent)
            assert answer == planes_answer(truths, silent=silent, forgives_act=silent), truths


def planes_answer(truths: dict[str, str], *, silent: bool, forgives_act: bool) -> Answer:
    run = Run(ONE_CASE)
    run.values = [Truth(truths[name] == "t", truths[name] == "f") for name in CONJUNCTS]
    run.values.append(Days([0], [0], silent=int(silent)))
    return answers_of(judge(run, "case", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, forgives_act), 1)[0]


ONE_CASE = CaseTables([case("2025-01-01", item())], SMALL, None, TODAY)


# A difference is found, named and shown


def differing() -> tuple[Program, Run, dict[int, list[Answer]]]:
    """A program whose second answers are turned about in one place."""
    program = compile_protocol(protocol(duty("offered", done="early_help.offered")), SMALL)
    tables = CaseTables(
        [case("2025-01-08", item(early_help=item(offered="2025-01-06")))], SMALL, None, TODAY
    )
    engine = DurableEngine(program.steps, durable_plan.finals(program.duties))
    answers = engine.answers(tables)
    step = program.duties[0].judgement
    answers[step] = [Answer("outstanding", "no", "no", to_do=True)]
    return program, run_program(program, tables), answers


def test_a_difference_is_named_with_both_answers() -> None:
    """The duty, the row, what the planes say and what the second engine says."""
    program, run, answers = differing()
    found = compare(program, run, answers)
    (difference,) = found.differences
    assert found.word == "differs"
    assert (difference.duty, difference.row) == ("offered", 0)
    assert difference.planes.status == "met"
    assert difference.durable == Answer("outstanding", "no", "no", to_do=True)


def test_a_missing_answer_is_a_difference() -> None:
    """A second engine that leaves a duty out does not agree."""
    program, run, answers = differing()
    del answers[program.duties[0].judgement]
    found = compare(program, run, answers)
    assert (found.word, found.differences[0].durable) == ("differs", None)


def test_the_bundle_reproduces_and_tells_nothing_of_the_case() -> None:
    """Steps, truths and both answers are in it; no day, label or place of the case is."""
    program, run, answers = differing()
    bundle = compare(program, run, answers).bundle
    assert bundle is not None
    text = json.dumps(bundle)
    day = datetime.date(2025, 1, 6).toordinal()
    for private in ("2025-01", str(day), str(day + 2), "case-1"):
        assert private not in text
    judged = str(program.duties[0].judgement)
    assert bundle["steps"][judged][0] == "judge"
    assert bundle["differences"][0]["durable"][0] == "outstanding"
    done = str(program.duties[0].parts[0].done)
    assert bundle["truths"][done] == [["yes", "<", "<"]]


def test_the_second_engines_statuses_can_be_shown() -> None:
    """A run in which it has decided; the planes' own run stays as it is."""
    program, run, answers = differing()
    step = program.duties[0].judgement
    shown = answers_of(with_answers(run, answers).value(step), 1)
    assert shown[0].status == "outstanding"
    assert answers_of(run.value(step), 1)[0].status == "met"


def test_planes_and_answers_are_the_same_thing() -> None:
    """Reading a judgement out and putting it together again changes nothing."""
    program, engine = shipped_program("norfolk")
    cases, _ = read_case_file(str(FILES[0]), DICTIONARY, TODAY)
    run = run_program(program, CaseTables(cases, DICTIONARY, None, TODAY))
    for number in engine.plan.judgements:
        judged, size = run.value(number), run.size(program.steps[number].table)
        assert judgement_of(answers_of(judged, size)) == judged


# What the second engine needs to know of the operators


def test_every_operator_is_known_to_what_goes_through_a_program() -> None:
    """A new operator must say what it reads before the second engine or a proof can use it."""
    assert set(STEPS_OF) == set(OPERATORS) == set(proof_operators.OPERATORS)


def test_a_program_without_duties_is_answered_with_nothing() -> None:
    """Nothing to infer is no fault."""
    assert DurableEngine((), ()).answers(ONE_CASE) == {}
