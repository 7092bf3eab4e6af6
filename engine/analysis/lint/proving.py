"""What a solver shows of single rules: those that never apply, and conditions that say nothing.

In: what is linted. Out: findings, each with a case in which the rule concerned is at work, or comes
nearest to it. What is not decided within the solver's steps is said, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.analysis.lint.asked import Asked, Linted, case_of
from engine.analysis.lint.finding import Finding, finding
from engine.analysis.lint.idle import idle_parts
from engine.analysis.lint.pairs import pairs
from engine.model import condition as c
from engine.model.fact import Dictionary
from engine.model.program import CompiledDuty, Judged
from engine.model.protocol import AtOnce, Before, Block, Conclusion, Duty, Recurring, Within
from engine.proof.logic import all_of, any_of
from engine.proof.question import Found, NoCase
from engine.proof.slices import evidence
from engine.validate.conditions import domain_of


def proved(on: Linted) -> Iterator[Finding]:
    """All that the solver shows."""
    suspects = [duty for duty in on.own.values() if not _is_plain(duty, on.dictionary)]
    for duty in suspects:
        if duty.id in on.compiled:
            yield from _of_duty(on, duty, on.compiled[duty.id])
    yield from _unreached(on)
    yield from idle_parts(on, suspects)
    yield from pairs(on)


def _of_duty(on: Linted, duty: Duty, compiled: CompiledDuty) -> Iterator[Finding]:
    """Whether it can apply, whether its condition says anything, and its excuse."""
    asked = on.about(duty.id)
    parts = [part for part in compiled.parts if part.edition_of == on.protocol.id]
    at_work = asked.example(any_of(map(asked.on, parts)))
    if at_work is NoCase.NONE:
        message = f"`{duty.id}` never applies: no record meets what it asks."
        cure = "Look for conditions of the duty and its block that exclude each other."
        nearest = asked.example(any_of(asked.truth(part.exists).t for part in parts))
        yield _said("W201", message, duty, "when", cure, nearest)
        return
    if duty.when is not None:
        never = asked.example(any_of(asked.truth(part.applies).f for part in parts))
        if never is NoCase.NONE:
            message = f"The condition of `{duty.id}` always holds, once the facts are known."
            yield _said("W202", message, duty, "when", "Leave it out, or mend it.", at_work)
    if duty.excused_by is not None:
        yield from _excuse(duty, asked, parts, compiled)
    done = any_of(all_of((asked.on(part), asked.truth(part.done).t)) for part in parts)
    if asked.example(done) is NoCase.NONE:
        message = f"`{duty.id}` can never be done where it applies."
        cure = "Look for a condition that excludes what satisfies it."
        yield _said("W203", message, duty, "done", cure, at_work)
    if _has_last_day(duty):
        open_ = asked.not_refused(compiled)
        if asked.example(all_of((asked.missed(compiled), open_))) is NoCase.NONE:
            message = f"`{duty.id}` has a last day, and no delay misses it."
            cure = "Look at what starts it, what ends it and what satisfies it."
            case = asked.example(all_of((asked.applies(compiled), open_)))
            yield _said("W212", message, duty, "until", cure, case)
    if NoCase.UNDECIDED in asked.answers:
        message = f"What `{duty.id}` asks was not decided within the steps allowed."
        yield _said("W209", message, duty, "when", "Look at it yourself.", None)


def _excuse(
    duty: Duty, asked: Asked, parts: list[Judged], compiled: CompiledDuty
) -> Iterator[Finding]:
    """Whether it excuses some of those to whom the duty applies, and not all of them."""
    excuses = [(part, part.excuse) for part in parts if part.excuse is not None]
    for code, word, held in (
        ("W204", "can never hold", [all_of((asked.on(p), asked.truth(x).t)) for p, x in excuses]),
        ("W205", "always holds", [all_of((asked.on(p), asked.truth(x).f)) for p, x in excuses]),
    ):
        if asked.example(any_of(held)) is NoCase.NONE:
            message = f"The excuse of `{duty.id}` {word}."
            case = asked.example(asked.missed(compiled))
            yield _said(code, message, duty, "excused_by", "Mend or delete it.", case)


def _said(
    code: str, message: str, duty: Duty, key: str, cure: str, case: Found | NoCase | None
) -> Finding:
    shown = None if case is None else case_of(case)
    return finding(code, message, duty.place_of(key), cure, (duty.id,), shown)


def _unreached(on: Linted) -> Iterator[Finding]:
    """Thresholds, definitions and pathways that no record reaches."""
    entries: dict[tuple[str, str], Block | Conclusion] = {
        **{(x.kind, x.id): x for x in on.protocol.conclusions},
        **{("pathway", b.id): b for b in on.protocol.blocks},
    }
    for named in on.program.named:
        entry = entries[named.kind, named.id]
        if entry.origin != on.protocol.id:
            continue
        asked = Asked(on.program, [named.truth], on.dictionary)
        reached = asked.example(asked.truth(named.truth).t)
        if reached is NoCase.NONE:
            message = f"No record reaches the {named.kind} `{named.id}`."
            cure = "Look for conditions that exclude each other."
            case = case_of(asked.example(True))
            yield finding("W206", message, entry.place, cure, (named.id,), case)
        elif reached is NoCase.UNDECIDED:
            message = f"Whether any record reaches the {named.kind} `{named.id}` was not decided."
            yield finding("W209", message, entry.place, "Look at it yourself.", (named.id,), None)


def _has_last_day(duty: Duty) -> bool:
    limited = isinstance(duty.limit, Within | AtOnce | Before | Recurring)
    return limited and duty.force != "consider"


def _is_plain(duty: Duty, dictionary: Dictionary) -> bool:
    """Conditions that ask for each fact once are independent: nothing can be wrong with them."""
    asked: list[str] = []
    conditions = (duty.when, duty.excused_by)
    for condition in conditions:
        for part in c.parts_of(condition):
            if isinstance(part, c.Fact):
                known = dictionary.facts[part.fact]
                if known.kind == "derived" or set(part.values) >= set(domain_of(known)):
                    return False
                asked.append(part.fact)
            elif not isinstance(part, c.All | c.Any):
                return False
    gate = duty.limit.gate if isinstance(duty.limit, Before) else None
    named = [name for name in (duty.start, duty.until, gate) if name]
    own = [*asked, *evidence(duty), *named]
    return len(set(own)) == len(own) and not duty.readings and not _closed(duty)


def _closed(duty: Duty) -> bool:
    """An edition that may leave no day."""
    start, until = duty.effective.start, duty.effective.until
    return bool(duty.superseded) or (start is not None and until is not None and until < start)
