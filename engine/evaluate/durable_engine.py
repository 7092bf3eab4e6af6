"""The second engine: every truth of a program inferred anew by durable-rules, row by row.

In: a plan and columns. Out: the `Answer` of every judgement in every row.

*Shared with the planes*: arithmetic over days of the record, the rows of tables, and carrying a
truth from a row to the rows below it. *Inferred here*, by forward chaining from primitive facts:
words against words, days against days, and/or/not over what is known true and known false, the
condition of a list for each item, and each duty's status, gap, miss and what is to do. *From
outside, between strata*: which of a list's items are known to meet a condition, and which answers
occur among the intervals, editions and readings of a duty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from engine.evaluate.answers import Answer
from engine.evaluate.durable_conditions import CONDITIONS, Conditions, conditions
from engine.evaluate.durable_judgement import CONJUNCTS, JudgementRules
from engine.evaluate.durable_plan import plan
from engine.evaluate.durable_ruleset import Check, Rule, Rules, Value
from engine.evaluate.operators import OPERATORS
from engine.evaluate.run import Columns, Run
from engine.evaluate.values import Truth
from engine.evaluate.vectors import pack
from engine.model.program import Step

Answers = dict[int, list[Answer]]
Span = tuple[int, int]


class DurableEngine:
    """The rules of a program, prepared once; then any number of cases."""

    def __init__(self, steps: Sequence[Step], judgements: Iterable[int]) -> None:
        self.plan = plan(steps, judgements)
        self.judgement = JudgementRules()
        self._order = Rules("order", _order_rules())
        self._orders: dict[Span, frozenset[str]] = {}
        self.together = Rules("together", _together_rules())
        self.conditions = [conditions(steps, inferred) for inferred, _ in self.plan.strata]

    def answers(self, columns: Columns) -> Answers:
        """What each judgement says, by the number of its step, a row of its table."""
        return _Inference(self, columns).answers()

    def ordered(self, late: int, early: int) -> frozenset[str]:
        """`t` if a day is known to be at most another, by days between their far and near ends."""
        if (late, early) not in self._orders:
            self._orders[late, early] = self._order.conclude({"late": late, "early": early})
        return self._orders[late, early]


class _Inference:
    """One pass over the strata; `run` holds what is concluded, as the shared steps read it."""

    def __init__(self, engine: DurableEngine, columns: Columns) -> None:
        self.engine = engine
        self.steps = engine.plan.steps
        self.run = Run(columns)
        self.run.values = [None] * len(self.steps)
        self.found: Answers = {}

    def answers(self) -> Answers:
        strata = zip(self.engine.plan.strata, self.engine.conditions, strict=True)
        for (inferred, after), own in strata:
            for one in own:
                self.condition(one)
            for number in (*inferred, *after):
                self.work_out(number, self.steps[number])
        return self.found

    def work_out(self, number: int, step: Step) -> None:
        if step.op in _INFER:
            _INFER[step.op](self, number, step)
        elif step.op not in CONDITIONS:
            self.run.values[number] = OPERATORS[step.op](self.run, step.table, *step.args)

    # Truths

    def condition(self, own: Conditions) -> None:
        """Words, and/or/not, and the condition of a list for each item, in one table."""
        found = [own.conclude(self.values(own, row)) for row in range(self.run.size(own.table))]
        for number in own.numbers:
            true = [(number, True) in f for f in found]
            truth = _planes(true, [(number, False) in f for f in found])
            step = self.steps[number]
            self.run.values[number] = self.over(step, truth) if step.op == "some" else truth

    def values(self, own: Conditions, row: int) -> dict[str, Value]:
        """The wide fact of one row: what is known of all that the conditions read."""
        values: dict[str, Value] = {}
        for number in own.parts:
            truth = self.run.truth(number)
            values[f"t{number}"] = bool(truth.t >> row & 1)
            values[f"f{number}"] = bool(truth.f >> row & 1)
        for fact in own.words:
            planes = self.run.words(fact).planes.items()
            word = next((word for word, plane in planes if plane >> row & 1), None)
            values |= own.word(fact, word)
        exists = self.run.exists(own.table)
        values["exists_t"] = bool(exists.t >> row & 1)
        values["exists_f"] = bool(exists.f >> row & 1)
        return values

    def over(self, step: Step, met: Truth) -> Truth:
        """Some item is known to meet the condition, or every one is known not to."""
        items = step.args[0]
        size, rows = self.run.size(step.table), self.run.parents(items)
        some, none = [False] * size, [True] * size
        for item, row in enumerate(rows):
            some[row] |= bool(met.t >> item & 1)
            none[row] &= bool(met.f >> item & 1)
        return _planes(some, none)

    def at_most(self, number: int, step: Step) -> None:
        ends = zip(self.spans(step.args[0]), self.spans(step.args[1]), strict=True)
        found = [self.ordered(one, other) for one, other in ends]
        self.run.values[number] = _planes(["t" in f for f in found], ["f" in f for f in found])

    def ordered(self, one: Span, other: Span) -> frozenset[str]:
        """Whether `one` is at most `other`: by how far apart their far and near ends are."""
        return self.engine.ordered(one[1] - other[0], one[0] - other[1])

    def spans(self, number: int) -> list[Span]:
        days = self.run.days(number)
        return list(zip(days.lo, days.hi, strict=True))

    def open_together(self, number: int, step: Step) -> None:
        """Some thing of a list was open on a day of another thing, up to the day asked about."""
        items, ours, theirs = step.args
        spans = [self.spans(part) for part in (*ours, *theirs)]
        exists, asked = self.run.exists(items), self.run.asked(step.table)
        cases = list(self.cases(items))
        some, none = [], []
        for row, case in enumerate(self.cases(step.table)):
            begin, end, day = spans[0][row], spans[1][row], (asked[row], asked[row])
            met = []
            for item in (item for item, own in enumerate(cases) if own == case):
                begun, ended = spans[2][item], spans[3][item]
                pairs = ((begun, end), (begin, ended), (begun, day), (begin, day))
                sides = [self.ordered(*pair) for pair in pairs]
                values = {f"{n}{s}": s in side for n, side in enumerate(sides) for s in "tf"}
                values["exists"] = bool(exists.t >> item & 1)
                met.append(self.engine.together.conclude(values))
            some.append(any("t" in found for found in met))
            none.append(all("f" in found for found in met))
        self.run.values[number] = _planes(some, none)

    def cases(self, table: str) -> Iterator[int]:
        """The case of each row."""
        rows = self.run.rows_above
        yield from range(self.run.size(table)) if table == "case" else rows(table, "case")

    # Judgements

    def judge(self, number: int, step: Step) -> None:
        planes = [
            (f"{name}_{side}", plane)
            for name, part in zip(CONJUNCTS, step.args, strict=False)
            for side, plane in zip("tf", self.run.truth(part), strict=True)
        ]
        marks, forgives_act = self.run.days(step.args[-2]), step.args[-1]
        found = []
        for row in range(self.run.size(step.table)):
            truths = frozenset(name for name, plane in planes if plane >> row & 1)
            silent = bool(marks.silent >> row & 1 and not marks.denied >> row & 1)
            found.append(
                self.engine.judgement.judge(truths, silent=silent, forgives_act=forgives_act)
            )
        self.found[number] = found

    def over_intervals(self, number: int, step: Step) -> None:
        parts: list[list[Answer]] = [[] for _ in range(self.run.size(step.table))]
        judged, intervals = step.args
        for answer, row in zip(self.found[judged], self.run.parents(intervals), strict=True):
            parts[row].append(answer)
        self.found[number] = [self.engine.judgement.worst(own) for own in parts]

    def agreed(self, number: int, step: Step) -> None:
        self.found[number] = [self.engine.judgement.agreed(own) for own in self.side_by_side(step)]

    def editions(self, number: int, step: Step) -> None:
        self.found[number] = [self.engine.judgement.worst(own) for own in self.side_by_side(step)]

    def side_by_side(self, step: Step) -> Iterator[tuple[Answer, ...]]:
        return zip(*(self.found[part] for part in step.args), strict=True)

    def missed(self, number: int, step: Step) -> None:
        found = [answer.missed for answer in self.found[step.args[0]]]
        self.run.values[number] = _planes([m == "yes" for m in found], [m == "no" for m in found])


_INFER: dict[str, Callable[[_Inference, int, Step], None]] = {
    "at_most": _Inference.at_most,
    "open_together": _Inference.open_together,
    "judge": _Inference.judge,
    "over_intervals": _Inference.over_intervals,
    "agreed": _Inference.agreed,
    "editions": _Inference.editions,
    "missed": _Inference.missed,
}


def _order_rules() -> list[Rule]:
    """`x <= y` is known if the last x is not after the first y, known not if the first x is after
    the last y (SEMANTICS section 1)."""
    return [Rule("t", (Check("late", 0, "at most"),)), Rule("f", (Check("early", 0, "more than"),))]


def _together_rules() -> list[Rule]:
    """Each began before the other ended, and both before the day asked about."""
    every = [Check(f"{number}t") for number in range(4)]
    return [
        Rule("t", (*every, Check("exists"))),
        *(Rule("f", (Check(f"{number}f"),)) for number in range(4)),
    ]


def _planes(true: Iterable[Any], false: Iterable[Any]) -> Truth:
    return Truth(pack(true), pack(false))
