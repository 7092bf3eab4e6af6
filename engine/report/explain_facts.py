"""What a fact, a part of the record or a word of a fact is, in plain words.

In: names, the fact dictionary and, to say which rules read a fact, resolved protocols. Out:
explanations. Editors and the reference manual use the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.model.fact import Dictionary, Fact, Kind, Part
from engine.model.protocol import Protocol
from engine.report.explain_use import rules_that_read
from engine.report.explanation import Explanation, points
from engine.report.rule_rows import Row

KINDS: dict[Kind, str] = {
    "event": "an event: somebody does it on a day",
    "incident": "an incident: it happens on a day, and nobody does it to meet a duty",
    "date": "a date that arrives by itself",
    "circumstance": "a circumstance: it is so or not, without a day",
    "derived": "worked out from other facts, never written in a record",
}
EVIDENCE = "where the record is complete, silence reads “not evidenced”"
WRITTEN: dict[Kind, str] = {
    "event": "a day (`2025-03-10`), a month (`2025-03`), a period (`2025-03-03/2025-03-14`), "
    "`yes`, `no`, `refused` or `not_known`",
    "incident": "a day (`2025-03-10`), a month (`2025-03`), a period (`2025-03-03/2025-03-14`), "
    "`yes`, `no` or `not_known`",
    "date": "a day (`2025-03-10`) or `not_known`",
    "circumstance": "`yes`, `no` or `not_known`",
    "derived": "not at all",
}
# Where a children in need census return holds a fact; what `protocol import cin` reads.
CENSUS: dict[str, str] = {
    "child.born": "PersonBirthDate",
    "child.expected_birth": "ExpectedPersonBirthDate",
    "child.unborn": "PersonBirthDate or ExpectedPersonBirthDate, with the reference date",
    "child.sex": "Sex",
    "child.disabled": "Disabilities",
    "referral.received": "CINreferralDate",
    "referral.source": "ReferralSource",
    "referral.closed": "CINclosureDate",
    "decision.outcome": "ReferralNFA, or that an assessment or enquiry began",
    "assessment.started": "AssessmentActualStartDate",
    "assessment.concluded": "AssessmentAuthorisationDate",
    "assessment.approved": "AssessmentAuthorisationDate",
    "enquiry.started": "S47ActualStartDate",
    "enquiry.initial_conference_held": "DateOfInitialCPC",
    "enquiry.outcome": "ICPCnotRequired",
    "conference.held": "DateOfInitialCPC",
    "conference.type": "DateOfInitialCPC",
    "cp_plan.started": "CPPstartDate",
    "cp_plan.ended": "CPPendDate",
    "cp_plan.initial_conference_held": "DateOfInitialCPC, or the day the plan started",
    "cp_review.held": "CPPreviewDate",
    "cin_plan.started": "CINPlanStartDate",
    "cin_plan.ended": "CINPlanEndDate",
    "pre_proceeding.started": "PPStartDate",
}


def kind_in_words(fact: Fact) -> str:
    """Its kind, and what silence about it means."""
    kind = KINDS[fact.kind]
    if fact.kind == "circumstance" and fact.values:
        kind = "a circumstance: one of several words, without a day"
    return f"{kind}; {EVIDENCE}" if fact.evidence else kind


def kind_in_short(fact: Fact) -> str:
    """The same in a few words: `an event; silence is evidence`."""
    kind = KINDS[fact.kind].partition(":")[0]
    return f"{kind}; silence is evidence" if fact.evidence else kind


def explained_fact(
    name: str, dictionary: Dictionary, protocols: Iterable[Protocol]
) -> Iterator[Explanation]:
    """The fact of this path, or the checklist: its question, its values and who reads it."""
    if fact := dictionary.facts.get(name):
        rows = _fact_rows(fact, dictionary)
        used = [
            f"{protocol.title}: {', '.join(rules)}"
            for protocol in protocols
            if (rules := rules_that_read(name, protocol))
        ]
        sections = points("Rules that read it", used or ["No rule of these protocols."])
        yield Explanation(
            "fact", name, fact.title, says=(fact.question,), rows=rows, sections=sections
        )
    members = [fact for fact in dictionary.facts.values() if fact.checklist == name]
    if members:
        rows = (Row("Part of the record", dictionary.parts[members[0].part].title),)
        texts = [f"{fact.path}: {fact.question}" for fact in members]
        says = ("A checklist: each of its members is an event of its own.",)
        title = name.rpartition(".")[2].replace("_", " ").capitalize()
        yield Explanation(
            "checklist", name, title, says=says, rows=rows, sections=points("Members", texts)
        )


def _fact_rows(fact: Fact, dictionary: Dictionary) -> tuple[Row, ...]:
    rows = [
        Row("Kind", kind_in_words(fact)),
        Row("Part of the record", dictionary.parts[fact.part].title),
    ]
    if fact.kind != "derived":
        rows.append(Row("In a case file", " > ".join(_written_at(fact, dictionary))))
        rows.append(Row("Written as", values_in_words(fact, dictionary)))
    if fact.checklist:
        rows.append(Row("Line of the checklist", fact.checklist))
    rows.append(Row("Children in need census", CENSUS.get(fact.path, "not held there")))
    return tuple(rows)


def values_in_words(fact: Fact, dictionary: Dictionary) -> str:
    """How it is written in a case."""
    if fact.kind != "circumstance" or not fact.values:
        return WRITTEN[fact.kind]
    titles = next((w for w in dictionary.words.values() if tuple(w) == fact.values), {})
    words = ", ".join(
        f"`{word}`" if _same(word, titles.get(word, word)) else f"`{word}` ({titles[word]})"
        for word in fact.values
    )
    return f"{words} or `not_known`"


def _same(word: str, title: str) -> bool:
    return word.replace("_", " ") == title.lower()


def _written_at(fact: Fact, dictionary: Dictionary) -> list[str]:
    """The keys that lead to it in a case file."""
    keys = [f"`{key}`" for key in fact.path.removeprefix(f"{fact.part}.").split(".")]
    part: Part | None = dictionary.parts[fact.part]
    while part is not None:
        keys.insert(0, f"`{part.key}`")
        part = dictionary.parts[part.below] if part.below else None
    return keys


def explained_part(name: str, dictionary: Dictionary) -> Iterator[Explanation]:
    """The part or list of this name, as rules or case files write it: what it holds."""
    for own, part in dictionary.parts.items():
        path = dictionary.list_path(part)
        if name not in (own, part.key, path):
            continue
        facts = [fact for fact in dictionary.facts.values() if fact.part == own]
        rows = [Row("Covered with", f"`covers: [{part.covers}]`")]
        if part.below:
            rows.insert(0, Row("Stands in", dictionary.parts[part.below].title))
        if part.is_list:
            rows.append(Row("In rules", f"`{path}` is the list, `{own}` each of its items"))
        for label, fact in (("Begins with", part.opening), ("Ends with", part.end)):
            if fact:
                rows.append(Row(label, f"{dictionary.facts[fact].title} (`{fact}`)"))
        held = points("Facts", [f"{fact.path}: {fact.title}" for fact in facts])
        kind = "list" if part.is_list else "part"
        yield Explanation(kind, own, part.title, rows=tuple(rows), sections=held)


def explained_word(name: str, dictionary: Dictionary) -> Iterator[Explanation]:
    """The word of this name that facts can have as their value, or that is a recorded role."""
    for enumeration, words in dictionary.words.items():
        if name in words:
            paths = _with_values(tuple(words), dictionary)
            kind = "recorded role" if enumeration == "role" else "value"
            facts = points("Facts that can have it", paths)
            yield Explanation(kind, name, words[name], sections=facts)


def _with_values(words: Sequence[str], dictionary: Dictionary) -> list[str]:
    return [
        f"{fact.path}: {fact.title}" for fact in dictionary.facts.values() if fact.values == words
    ]
