"""The words of the reports and the exit codes, each explained in a few sentences.

Out: `WORDS` by the word as reports write it, and `ALIASES` for other spellings of it. The reference
manual prints them too.
"""

from __future__ import annotations

from engine.errors import ExitCode
from engine.report.explanation import Explanation
from engine.report.rule_rows import Row
from engine.report.words import STATUS

STATUSES: dict[str, str] = {
    "met": "It was done in time. The last day of the limit is still in time.",
    "late": (
        "It was done, but after its limit, and no recorded reason excuses it. It is a gap that can "
        "no longer be closed."
    ),
    "excused": (
        "It was not done in time, and the record holds the reason that the rule accepts. It is no "
        "gap. The act itself may still be shown as to do."
    ),
    "outstanding": (
        "It is owed and its limit has not passed. It is no gap; the report shows it with its date "
        "under what is due next."
    ),
    "overdue": (
        "Its limit has passed, and the record says that it was not done, or that it will not be. "
        "It is a gap."
    ),
    "not_evidenced": (
        "Its limit has passed, and a record that is complete for this part says nothing of it. It "
        "may have been done and not written down. It is a gap in the record, until it is recorded."
    ),
    "undetermined": (
        "The record does not say enough to tell. The report names the facts that would settle it. "
        "A fact that is absent is not known. It reads “not done” only where the case says that the "
        "record is complete (`covers`)."
    ),
    "not_applicable": (
        "It asks nothing of this case on this day: its condition does not hold, its clock has not "
        "started, it ended in time, or another edition judges."
    ),
}
_GAPS: dict[str, str] = {
    "gap": (
        "A gap is a duty whose limit passed without its being done in time and without a recorded "
        "reason that excuses it: late, overdue or not evidenced. "
        "A gap is only called one if it would be one whatever the unknown facts turn out to be. It "
        "speaks of the record and of no person."
    ),
    "perhaps a gap": (
        "The limit may have passed, or a reason may be missing from the record: one of the facts "
        "that the report asks for decides whether this is a gap."
    ),
    "wrong person": (
        "It was done, and the record says by somebody whose role is not the one that the protocol "
        "asks for (`only_by`)."
    ),
    "decided": (
        "A duty is decided if what the record holds settles both its status and whether it is a "
        "gap. “41 of 57 duties decided” says how much a result rests on."
    ),
    "refused": (
        "Recorded of an event that it will not be done. Any duty but a prompt is then overdue, "
        "unless the record holds the reason that excuses it."
    ),
    "silent": (
        "A record that is complete for a part (`covers`) and says nothing of an event for which "
        "silence counts as evidence. Past the limit it reads “not evidenced”."
    ),
}
EXIT_CODES: dict[ExitCode, str] = {
    ExitCode.CLEAN: "Nothing found: no gap, something applied, and everything was decided.",
    ExitCode.GAP: "A gap. Of commands that look for something else than gaps: a finding.",
    ExitCode.USAGE: "Wrong usage: an option or argument that is not known, missing or misspelt.",
    ExitCode.INVALID: "A file is invalid or can't be read. The message says where and how to mend "
    "it.",
    ExitCode.UNDECIDED: "No gap, but something is not known, or no duty applied at all. It is "
    "never a clean result.",
    ExitCode.WEAKER: "`protocol conform` only: the local protocol is weaker than the national one.",
    ExitCode.INTERNAL: "A fault of the program itself, or its two engines differ. Nothing was "
    "changed.",
}
_WORST = (
    "Over several cases or files the process ends with the first of 70, 3, 1, 4 and 0 that any of "
    "them gave."
)


def _words() -> dict[str, Explanation]:
    found = {}
    for status, says in STATUSES.items():
        word = STATUS[status]
        row = (Row("In JSON and scenarios", status),)
        found[word] = Explanation("status", word, word.capitalize(), says=(says,), rows=row)
    for word, says in _GAPS.items():
        found[word] = Explanation("word", word, word.capitalize(), says=(says,))
    for code, text in EXIT_CODES.items():
        name = f"exit code {code.value}"
        found[name] = Explanation("exit code", name, name.capitalize(), says=(text, _WORST))
    return found


WORDS: dict[str, Explanation] = _words()
ALIASES: dict[str, str] = {
    **{status.replace("_", " "): STATUS[status] for status in STATUSES},
    **{str(code.value): f"exit code {code.value}" for code in ExitCode},
    **{f"exit {code.value}": f"exit code {code.value}" for code in ExitCode},
    "gap yes": "gap",
    "a gap": "gap",
    "gap undetermined": "perhaps a gap",
    "possible gap": "perhaps a gap",
}
