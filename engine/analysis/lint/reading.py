"""What can be seen by reading a protocol: names nothing uses, statutes and clauses, time.

In: a resolved protocol. Out: findings about its own entries, without cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations

from engine.analysis.lint.finding import Finding, finding
from engine.errors import Place
from engine.model import condition as c
from engine.model.condition import AS_OF
from engine.model.fact import Dictionary
from engine.model.fact import Fact as Known
from engine.model.protocol import AtOnce, Before, Duty, Protocol, Within
from engine.proof.slices import conditions_of
from engine.validate.conditions import is_dated

_ALIKE = 0.93  # of two questions, from which they are asked about


def is_own(duty: Duty, protocol: Protocol) -> bool:
    """Whether the protocol's own file wrote the duty, or changed it."""
    return protocol.id in (duty.origin, duty.variant)


def unused_names(protocol: Protocol) -> Iterator[Finding]:
    """Roles and definitions that nothing names, documents that nothing cites."""
    named = {role for duty in protocol.duties for role in _roles(duty)}
    for role in protocol.roles:
        if role.origin == protocol.id and role.id not in named:
            message = f"Nobody is called `{role.id}` by any duty."
            cure = "Name the role in `by` or `only_by`, or delete it."
            yield finding("W101", message, role.place, cure, (role.id,), None)
    conditions = [part for duty in protocol.duties for part in conditions_of(duty)]
    conditions += [part for x in protocol.conclusions for part in c.parts_of(x.when)]
    conditions += [part for block in protocol.blocks for part in c.parts_of(block.when)]
    asked = {part.id for part in conditions if isinstance(part, c.Reference)}
    for one in protocol.conclusions:
        if one.kind == "definition" and one.origin == protocol.id and one.id not in asked:
            message = f"No condition asks for the definition `{one.id}`."
            cure = f"Use it: `when: {{definition: {one.id}}}`; or delete it."
            yield finding("W102", message, one.place, cure, (one.id,), None)


def _roles(duty: Duty) -> Iterator[str | None]:
    yield from (duty.by, duty.only_by)
    yield from (reading.changes.get("only_by") for reading in duty.readings)


def must_without_law(protocol: Protocol) -> Iterator[Finding]:
    """A *must* says that a statute stands behind it; one finding for each place it is written."""
    found: dict[Place, list[str]] = {}
    for duty in protocol.duties:
        place = duty.place_of("force")
        here = is_own(duty, protocol) and place.file == duty.place.file  # not an inherited word
        if here and duty.force == "must" and not duty.law:
            found.setdefault(place, []).append(duty.id)
    for place, ids in found.items():
        names = f"`{ids[0]}`" if len(ids) == 1 else f"`{ids[0]}` and {len(ids) - 1} more"
        message = f"{names}: `must`, and no statute is named."
        cure = "Name it as the document does, under `law`; or use the document's own word."
        yield finding("W103", message, place, cure, tuple(ids), None)


def cites_information(
    protocol: Protocol, dispositions: Mapping[tuple[str, str], str]
) -> Iterator[Finding]:
    """A rule rests on a clause of which the ledger says that it asks nothing.

    `dispositions` by document and clause of the protocol's own documents.
    """
    for duty in protocol.duties:
        if is_own(duty, protocol):
            for cite in duty.cite:
                known = dispositions.get((cite.document, cite.clause))
                if cite.protocol == protocol.id and known == "information":
                    message = (
                        f"`{duty.id}` cites `{cite.clause}`, which the ledger calls information."
                    )
                    cure = "Cite the clause that asks for it, or mend the ledger's line."
                    yield finding("W104", message, duty.place_of("cite"), cure, (duty.id,), None)


def turned_by_time(protocol: Protocol, dictionary: Dictionary) -> Iterator[Finding]:
    """A condition that passing time alone makes false takes back a gap (SEMANTICS section 5)."""
    for duty in protocol.duties:
        dated = isinstance(duty.limit, Within | AtOnce | Before) and duty.force != "consider"
        if is_own(duty, protocol) and dated and _falls_with_time(duty.when, dictionary):
            message = (
                f"`{duty.id}` has a limit, and its condition can become false as time passes: an "
                "age now, or something not yet happened."
            )
            cure = "Say at which event it is asked, or end the duty with `until`."
            yield finding("W105", message, duty.place_of("when"), cure, (duty.id,), None)


def _falls_with_time(
    condition: c.Condition | None, dictionary: Dictionary, *, negated: bool = False
) -> bool:
    """Whether a condition that holds may stop holding on a later day, the record unchanged."""
    match condition:
        case c.Not(part):
            return _falls_with_time(part, dictionary, negated=not negated)
        case c.All(parts) | c.Any(parts):
            return any(_falls_with_time(part, dictionary, negated=negated) for part in parts)
        case c.Fact(fact, values) if is_dated(dictionary.facts[fact]):
            return ("no" in values) != negated
        case c.Age(at, _, under) if at == AS_OF:
            return under != negated
        case c.Elapsed():
            return negated
    return False


def read_twice(protocol: Protocol) -> Iterator[Finding]:
    """A fact read twice in one condition may leave the answer open although it is certain."""
    for duty in protocol.duties:
        if is_own(duty, protocol) and duty.when is not None:
            facts = Counter(
                (part.fact, part.values == ("no",))
                for part in c.parts_of(duty.when)
                if isinstance(part, c.Fact)
            )
            names = Counter(fact for fact, _ in facts)
            twice = sorted(fact for fact, count in names.items() if count > 1)
            if twice:
                message = f"The condition of `{duty.id}` asks for `{twice[0]}` in two places."
                cure = (
                    "Write it so that it is asked once: while the fact is not known, the answer "
                    "may stay open although it is the same either way."
                )
                yield finding("W106", message, duty.place_of("when"), cure, (duty.id,), None)


def near_facts(protocol: Protocol, dictionary: Dictionary) -> Iterator[Finding]:
    """Two facts of one part that this protocol asks for, and that read almost alike."""
    used: dict[str, Duty] = {}
    for duty in protocol.duties:
        for fact in facts_of(duty):
            used.setdefault(fact, duty)
    own = {f for d in protocol.duties if is_own(d, protocol) for f in facts_of(d)}
    parts: dict[str, list[Known]] = {}
    for name in used:
        if known := dictionary.facts.get(name):
            parts.setdefault(known.part, []).append(known)
    for facts in parts.values():
        for one, other in combinations(facts, 2):
            if {one.path, other.path} & own and one.kind == other.kind and _alike(one, other):
                rules = tuple(dict.fromkeys(used[fact.path].id for fact in (one, other)))
                message = f"`{one.path}` and `{other.path}` ask almost the same."
                cure = "If they mean the same, use one of them; if not, say how they differ."
                place = used[one.path].place_of("done")
                yield finding("W107", message, place, cure, rules, None)


def _alike(one: Known, other: Known) -> bool:
    match = SequenceMatcher(None, one.question, other.question, autojunk=False)
    return (
        match.real_quick_ratio() >= _ALIKE
        and match.quick_ratio() >= _ALIKE
        and match.ratio() >= _ALIKE
    )


def facts_of(duty: Duty) -> Iterator[str]:
    """Every fact that a duty reads."""
    for part in conditions_of(duty):
        if isinstance(part, c.Fact):
            yield part.fact
    yield from (name for name in (duty.start, duty.until) if name is not None)
    if isinstance(duty.limit, Before):
        yield duty.limit.gate
