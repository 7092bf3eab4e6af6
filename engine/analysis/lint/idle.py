"""Parts of conditions that say nothing: without them the condition is the same.

In: what is linted, and duties, blocks, thresholds and definitions of its own. Out: findings W211. A
block's condition may say less than that of a duty in it; what a duty adds to its block must say
something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import z3

from engine.analysis.branches import without_branches
from engine.analysis.lint.asked import Asked, Linted
from engine.analysis.lint.finding import Finding, finding
from engine.compile import compile_protocol
from engine.errors import Place
from engine.model.condition import All, Condition
from engine.model.program import Named, Program
from engine.model.protocol import Block, Conclusion, Duty
from engine.proof.logic import Formula
from engine.proof.question import Found, NoCase

Rule = Duty | Block | Conclusion


def idle_parts(on: Linted, duties: Sequence[Duty]) -> Iterator[Finding]:
    """What could be left out of the conditions of these duties and of all that is named."""
    named: list[Block | Conclusion] = [*on.protocol.conclusions, *on.protocol.blocks]
    rules: list[Rule] = [*duties, *(one for one in named if one.origin == on.protocol.id)]
    blocks = {block.id: block.when for block in on.protocol.blocks}
    asked = [(rule, [*_shorter(rule, blocks)]) for rule in rules]
    program, truths = _compiled(on, [(rule, shorter) for rule, shorter in asked if shorter])
    found: dict[tuple[Place, str, str], list[str]] = {}
    for number, (rule, shorter) in enumerate(each for each in asked if each[1]):
        whole, *rest = truths[number]
        about = Asked(program, [one.truth for one in truths[number]], on.dictionary)
        for (says, _), one in zip(shorter, rest, strict=True):
            answer = _told_apart(about, whole, one)
            if isinstance(answer, NoCase):  # one is enough: without it others may say something
                code = "W211" if answer is NoCase.NONE else "W209"
                place = rule.place_of("when") if isinstance(rule, Duty) else rule.place
                found.setdefault((place, says, code), []).append(rule.id)
                break
    for (place, says, code), ids in found.items():
        yield _said(code, place, says, ids)


def _said(code: str, place: Place, says: str, ids: list[str]) -> Finding:
    names = f"`{ids[0]}`" if len(ids) == 1 else f"`{ids[0]}` and {len(ids) - 1} more"
    if code == "W211":
        message = f"The condition of {names} is the same {says}."
        return finding(code, message, place, "Leave that out, or mend it.", tuple(ids), None)
    message = f"Whether the condition of {names} is the same {says} was not decided."
    return finding(code, message, place, "Look at it yourself.", tuple(ids), None)


def _shorter(rule: Rule, blocks: dict[str, Condition | None]) -> Iterator[tuple[str, Condition]]:
    """The condition of a rule without one part, and which one; that of its block stays."""
    if not isinstance(rule, Duty):
        yield from without_branches(rule.when)
        return
    block = blocks[rule.block]
    if rule.when is None or rule.when == block:
        return
    own: tuple[Condition, ...] = (rule.when,)
    kept: tuple[Condition, ...] = ()
    if block is not None and isinstance(rule.when, All) and rule.when.parts[0] == block:
        kept, own = (block,), rule.when.parts[1:]
    for number, part in enumerate(own):
        others = (*kept, *own[:number], *own[number + 1 :])
        if others:
            yield "as its block's, without a `when` of its own", _all(others)
        for says, rest in without_branches(part):
            yield says, _all((*others, rest))


def _all(parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else All(parts)


def _compiled(
    on: Linted, asked: list[tuple[Rule, list[tuple[str, Condition]]]]
) -> tuple[Program, list[list[Named]]]:
    """All these conditions as definitions of one program: of each rule its own, then the others."""
    defined = [
        [
            Conclusion(f"{n} {m}", "", "definition", "", rule.place, when, rule.for_each)
            for m, when in enumerate([rule.when, *(rest for _, rest in shorter)])
            if when is not None
        ]
        for n, (rule, shorter) in enumerate(asked)
    ]
    every = [one for several in defined for one in several]
    conclusions = (*on.protocol.conclusions, *every)
    program = compile_protocol(replace(on.protocol, conclusions=conclusions), on.dictionary)
    named = {one.id: one for one in program.named}
    return program, [[named[one.id] for one in several] for several in defined]


def _told_apart(asked: Asked, whole: Named, rest: Named) -> Found | NoCase:
    """An example of which one of two conditions holds and the other does not."""
    there = asked.values.exists(whole.table)[0].t
    one, two = (asked.truth(named.truth).t for named in (whole, rest))
    wanted: Formula = z3.And(there, z3.Xor(one, two))
    if isinstance(one, bool) and isinstance(two, bool):
        wanted = there if one != two else False
    return asked.example(wanted)
