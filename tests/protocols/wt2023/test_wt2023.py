"""The national file of 2023 as a whole: where its rules come from."""

from __future__ import annotations

from engine.data import data_folder
from engine.load.dictionary import read_dictionary
from engine.load.document import read_document
from engine.model.protocol import Duty, Requirement
from engine.validate import validate

DICTIONARY = read_dictionary()
NATIONAL = validate(
    read_document(data_folder("protocols") / "wt2023.yaml", most_bytes=1_000_000), DICTIONARY
)
RULES: tuple[Duty | Requirement, ...] = (*NATIONAL.duties, *NATIONAL.requirements)
# What no later document restates: a rule that rests on one of these is from memory.
FROM_MEMORY = {
    "wt2023-protocol-complaints",
    "wt2023-sd-minimum",
    "wt2023-s47-unsubstantiated",
    "wt2023-icpc-15wd",
    "wt2023-core-group-10wd",
    "wt2023-review-3m",
    "wt2023-review-6m",
    "wt2023-transfer-15wd",
    "wt2023-disc-criteria",
}


def test_a_rule_is_verified_as_the_facts_it_cites() -> None:
    """Nothing was read in the edition; what rests on an unconfirmed fact says it is from memory."""
    stated = {r.id: r.verification for r in RULES}
    due = {
        r.id: "memory" if {c.clause for c in r.cite} & FROM_MEMORY else "secondary" for r in RULES
    }
    assert stated == due


def test_every_unconfirmed_fact_with_a_rule_is_cited() -> None:
    """No name in the list of unconfirmed facts is stale."""
    cited = {c.clause for r in RULES for c in r.cite}
    assert cited >= FROM_MEMORY
