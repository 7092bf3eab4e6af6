"""The tables of SEMANTICS sections 2 and 3 as rules of durable-rules, written from that page.

In: what is known of a duty's conjuncts in one row, or the answers of several parts. Out: an
`Answer`. *Undetermined* is what no rule concludes. Not taken from `status`: each checks the other.
What is aggregated over parts from outside: which answers occur among them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engine.evaluate.answers import Answer
from engine.evaluate.durable_ruleset import Check, Rule, Rules

ON = ("exists", "edition", "applies", "started")
CONJUNCTS = (*ON, "done", "in_time", "passed", "alive", "ended", "excuse")
_WORST = ("overdue", "not_evidenced", "late")
_REST = ("outstanding", "undetermined", "excused", "met", "not_applicable")


def _rule(conclusion: str, *tests: str) -> Rule:
    """`a` is known true, `-a` is known false, `?a` is not known true."""
    read = {
        "-": lambda name: Check(f"{name}_f"),
        "?": lambda name: Check(f"{name}_t", value=False),
    }
    return Rule(
        conclusion,
        tuple(read[test[0]](test[1:]) if test[0] in read else Check(f"{test}_t") for test in tests),
    )


def _conjunct_rules() -> list[Rule]:
    """Of each conjunct known true (`_t`) and known false (`_f`): *on*, *breach*, *ok*, *left*."""
    return [
        _rule("on_t", *ON),
        *(_rule("on_f", f"-{name}") for name in ON),
        _rule("breach_t", "passed", "alive", "-in_time"),
        _rule("breach_f", "-passed"),
        _rule("breach_f", "-alive"),
        _rule("breach_f", "in_time"),
        _rule("ok_t", "done", "in_time"),
        _rule("left_t", "ended", "-alive"),
    ]


def _status_rules() -> list[Rule]:
    """A duty that is on, not done in time and not left before it passed is *live*."""
    live = ("on", "?ok", "?left")
    broken = (*live, "breach", "?excuse")
    return [
        _rule("not_applicable", "-on"),
        _rule("not_applicable", "left", "?ok"),
        _rule("met", "on", "ok"),
        _rule("excused", *live, "breach", "excuse"),
        _rule("late", *broken, "done"),
        _rule("not_evidenced", *broken, "?done", "silent"),
        _rule("overdue", *broken, "?done", "?silent"),
        _rule("outstanding", *live, "-breach", "-done"),
        _rule("missed_t", "on", "breach"),
        _rule("missed_f", "-on"),
        _rule("missed_f", "-breach"),
        _rule("gap_t", "on", "breach", "-excuse"),
        _rule("gap_f", "-on"),
        _rule("gap_f", "-breach"),
        _rule("gap_f", "excuse"),
        _rule("to_do", *live, "-done", "?forgives_act"),
        _rule("to_do", *live, "-done", "?excuse"),
    ]


def _worst_rules() -> list[Rule]:
    """Of what occurs among the parts: the worst, and a gap (or miss) if any has one."""
    ranks = [(s, f"{s}_yes") for s in _WORST]
    ranks += [(s, f"{s}_unknown") for s in (*_WORST, "undetermined")]
    ranks += [(s, s) for s in _REST]
    return [
        *(
            _rule(status, *(f"?{worse}" for _, worse in ranks[:place]), here)
            for place, (status, here) in enumerate(ranks)
        ),
        *(_rule(f"{what}_t", f"{what}_yes") for what in ("gap", "missed")),
        *(_rule(f"{what}_f", f"?{what}_yes", f"?{what}_unknown") for what in ("gap", "missed")),
        _rule("to_do", "some_to_do"),
    ]


def _agreed_rules() -> list[Rule]:
    """Of what occurs among the readings: what is so under each of them."""
    statuses = (*_WORST, *_REST)
    truths = {"t": "yes", "f": "no"}
    return [
        *(
            _rule(status, status, *(f"?{other}" for other in statuses if other != status))
            for status in statuses
            if status != "undetermined"
        ),
        *(
            _rule(
                f"{what}_{side}", f"{what}_{value}",
                *(f"?{what}_{other}" for other in ("yes", "no", "unknown") if other != value),
            )
            for what in ("gap", "missed")
            for side, value in truths.items()
        ),
        _rule("to_do", "some_to_do", "?some_nothing_to_do"),
    ]  # fmt: skip


_CONJUNCTS_KNOWN = [f"{name}_{side}" for name in CONJUNCTS for side in "tf"]
_OCCURRING = (
    *_WORST, *_REST,
    *(f"{status}_{gap}" for status in (*_WORST, *_REST) for gap in ("yes", "unknown")),
    *(f"{what}_{value}" for what in ("gap", "missed") for value in ("yes", "no", "unknown")),
    "some_to_do", "some_nothing_to_do",
)  # fmt: skip


class JudgementRules:
    """The rules that are the same for every protocol, prepared once a process."""

    def __init__(self) -> None:
        self._conjuncts = Rules("conjuncts", _conjunct_rules())
        self._status = Rules("status", _status_rules())
        self._worst = Rules("worst", _worst_rules())
        self._agreed = Rules("agreed", _agreed_rules())
        self._known: dict[tuple[frozenset[str], bool, bool], Answer] = {}

    def judge(self, truths: frozenset[str], *, silent: bool, forgives_act: bool) -> Answer:
        """One duty; `truths` are the known conjuncts, such as `done_t` or `excuse_f`."""
        key = (truths, silent, forgives_act)
        if key not in self._known:
            known = {name: name in truths for name in _CONJUNCTS_KNOWN}
            found = self._conjuncts.conclude(known)
            for name in ("on", "breach", "ok", "left"):
                known |= {f"{name}_{side}": f"{name}_{side}" in found for side in "tf"}
            known |= {"silent_t": silent, "forgives_act_t": forgives_act}
            self._known[key] = _answer(self._status.conclude(known))
        return self._known[key]

    def worst(self, parts: Iterable[Answer]) -> Answer:
        """The intervals or editions of one duty together."""
        return _answer(self._worst.conclude(_occurring(parts)))

    def agreed(self, parts: Iterable[Answer]) -> Answer:
        """The readings of one duty together."""
        return _answer(self._agreed.conclude(_occurring(parts)))


def _occurring(parts: Iterable[Answer]) -> dict[str, bool]:
    found: set[str] = set()
    for part in parts:
        found |= {
            part.status, f"{part.status}_{part.gap}", f"gap_{part.gap}", f"missed_{part.missed}",
            "some_to_do" if part.to_do else "some_nothing_to_do",
        }  # fmt: skip
    return {f"{name}_t": name in found for name in _OCCURRING}


def _answer(found: Collection[str]) -> Answer:
    statuses = [name for name in (*_WORST, *_REST) if name in found]
    return Answer(
        statuses[0] if len(statuses) == 1 else "undetermined" if not statuses else "contradictory",
        _truth("gap", found), _truth("missed", found), "to_do" in found,
    )  # fmt: skip


def _truth(what: str, found: Collection[str]) -> str:
    return "yes" if f"{what}_t" in found else "no" if f"{what}_f" in found else "unknown"
