"""What a fact is, in plain words: for explanations, the reference manual and editors.

In: a fact of the dictionary. Out: short texts.
"""

from __future__ import annotations

from engine.model.fact import Fact, Kind

KINDS: dict[Kind, str] = {
    "event": "an event: somebody does it on a day",
    "incident": "an incident: it happens on a day, and nobody does it to meet a duty",
    "date": "a date that arrives by itself",
    "circumstance": "a circumstance: it is so or not, without a day",
    "derived": "worked out from other facts, never written in a record",
}
EVIDENCE = "where the record is complete, silence reads “not evidenced”"


def kind_in_words(fact: Fact) -> str:
    """Its kind, whether it has words of its own, and what silence about it means."""
    words = (
        "one of several words, without a day" if fact.values and fact.kind == "circumstance" else ""
    )
    kind = f"a circumstance: {words}" if words else KINDS[fact.kind]
    return f"{kind}; {EVIDENCE}" if fact.evidence else kind
