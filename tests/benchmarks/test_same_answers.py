"""The benchmark measures engines that answer alike; here those that the tests have at hand."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from benchmarks import caseload, rules
from benchmarks.engines import ours
from benchmarks.measure import UnequalAnswersError, check_answers

RULES = rules.generate(60)


def test_the_compiled_protocol_answers_a_caseload_as_the_plain_reference_does() -> None:
    """Columns over numpy, in one evaluation of many cases."""
    check_answers({"ours": ours.engine(RULES)}, RULES, caseload.generate(RULES, 67))


def test_a_single_case_goes_through_the_case_format_and_gets_the_same_answers() -> None:
    """Plain Python, as `protocol check` does it."""
    cases = caseload.generate(RULES, 12)
    for number in range(cases.size):
        check_answers({"ours": ours.engine(RULES)}, RULES, cases.part(number, 1))


def test_a_caseload_in_several_batches_is_answered_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Memory stays bounded, whatever the number of cases."""
    monkeypatch.setattr(ours, "MOST_ROWS", 16)
    check_answers({"ours": ours.engine(RULES)}, RULES, caseload.generate(RULES, 37))


if find_spec("durable_rules_engine"):  # it is installed only where it can be built

    @pytest.mark.filterwarnings("ignore:datetime.datetime.utcfromtimestamp:DeprecationWarning")
    def test_durable_rules_answers_as_the_plain_reference_does() -> None:
        """Its adapter too: every rule asked twice, conclusions carried from stratum to stratum."""
        from benchmarks.engines import durable

        check_answers({"durable-rules": durable.engine(RULES)}, RULES, caseload.generate(RULES, 15))


def test_a_wrong_answer_stops_the_benchmark_and_names_the_engine() -> None:
    """Times are compared only of engines that are right."""

    class Contrary(ours.Ours):
        def answers(self, outcome: Any) -> caseload.Answers:
            right = super().answers(outcome)
            right[0, 0] = (right[0, 0] + 1) % 3
            return right

    with pytest.raises(UnequalAnswersError, match=r"^contrary: 1 of 1200 answers differ$"):
        check_answers({"contrary": Contrary(RULES)}, RULES, caseload.generate(RULES, 20))


def test_two_truths_asked_twice_make_three_answers() -> None:
    """Known to be true, known to be false, neither."""
    true, false = np.array([[True, False, False]]), np.array([[False, True, False]])
    wanted = [[caseload.TRUE, caseload.FALSE, caseload.UNKNOWN]]
    assert caseload.from_pairs(true, false).tolist() == wanted


def test_the_rules_are_what_was_measured_before() -> None:
    """One to four atoms on different facts, 15% of them conclusions, three levels."""
    rule_set = rules.generate(400)
    read = [list(rules.atoms(rule)) for rule in rule_set.rules]
    derived = [isinstance(atom, rules.Concluded) for rule in read for atom in rule]
    assert {len(rule) for rule in read} == {1, 2, 3, 4}
    assert 0.12 < sum(derived) / len(derived) < 0.18
    assert set(rule_set.levels) == {0, 1, 2}
    assert rule_set == rules.generate(400)


def test_three_facts_in_ten_are_unknown() -> None:
    """Over all facts of a caseload."""
    columns = caseload.generate(RULES, 1_000).columns.values()
    assert 0.29 < np.mean([np.mean(column == 0) for column in columns]) < 0.31
