"""Laws that hold for any return: nothing is lost, nothing personal told, every case can be read."""

from __future__ import annotations

import datetime
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from engine.load.case import read_cases, written
from engine.load.dictionary import read_dictionary
from engine.load.document import parse_document
from engine.model.case import Item, Period
from engine.sector.cin_census import Import, read_cin

DICTIONARY = read_dictionary()
TODAY = datetime.date(2025, 6, 1)
STRANGE = "Zq7strange"


@dataclass(frozen=True)
class Node:
    """An element of a made-up return: text or children."""

    tag: str
    text: str = ""
    children: tuple[Node, ...] = ()


@dataclass
class Writer:
    """Writes a tree with one tag a line, and remembers what stands on which lines."""

    lines: list[str] = field(default_factory=list)
    leaves: list[tuple[int, str, str, tuple[int, ...]]] = field(default_factory=list)

    def write(self, node: Node, above: tuple[int, ...] = ()) -> None:
        line = len(self.lines) + 1
        if not node.children:
            self.lines.append(f"<{node.tag}>{node.text}</{node.tag}>")
            self.leaves.append((line, node.tag, node.text, above))
            return
        self.lines.append(f"<{node.tag}>{node.text}")
        for child in node.children:
            self.write(child, (*above, line))
        self.lines.append(f"</{node.tag}>")


days = st.dates(datetime.date(2022, 1, 1), datetime.date(2025, 12, 31)).map(str)
values = st.one_of(
    days,
    st.sampled_from(
        ["true", "false", "1", "0", "N1", "RC2", "1A", "10", "NEG", "NONE", "AUT", "M", "U", ""]
    ),
    st.sampled_from([STRANGE, "2025-02-31", "A123456789012", "9434765919", "01/02/2025"]),
)


def leaf(*tags: str) -> st.SearchStrategy[Node]:
    return st.builds(Node, st.sampled_from(tags), values)


def dated(*tags: str) -> st.SearchStrategy[Node]:
    return st.builds(Node, st.sampled_from(tags), days)


def group(tag: str, *members: st.SearchStrategy[Node], most: int = 6) -> st.SearchStrategy[Node]:
    inner = st.lists(st.one_of(*members), max_size=most).map(tuple)
    stray = st.sampled_from(["", "", "", STRANGE])
    return st.builds(Node, st.just(tag), stray, inner)


unknown = st.recursive(
    leaf("Mystery", "UPN", "Postcode"), lambda inner: group("Strange", inner, most=2), max_leaves=3
)
assessments = group(
    "Assessments",
    dated("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    leaf("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    group("FactorsIdentifiedAtAssessment", leaf("AssessmentFactors"), most=2),
    unknown,
)
enquiries = group(
    "Section47",
    dated("S47ActualStartDate", "DateOfInitialCPC"),
    leaf("S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired"),
)
cp_plans = group(
    "ChildProtectionPlans",
    dated("CPPstartDate", "CPPendDate"),
    leaf("CPPstartDate", "CPPendDate", "LatestCategoryOfAbuse", "NumberOfPreviousCPP"),
    group("Reviews", leaf("CPPreviewDate"), most=3),
    unknown,
)
cin_plans = group("CINPlanDates", leaf("CINPlanStartDate", "CINPlanEndDate"), most=3)
pre_proceedings = group("PreProceedingsandFGDM", leaf("PPStartDate", "PPOutcome"), most=3)
details = group(
    "CINdetails",
    dated("CINreferralDate", "CINclosureDate", "DateOfInitialCPC"),
    leaf("CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate"),
    leaf("ReasonForClosure", "ReferralNFA", "DateOfInitialCPC"),
    assessments,
    enquiries,
    cp_plans,
    cin_plans,
    pre_proceedings,
    unknown,
    most=9,
)
identifiers = group(
    "ChildIdentifiers",
    st.builds(Node, st.just("LAchildID"), st.sampled_from(["c1", "c2", "C2", "Jo Smith", ""])),
    leaf("UPN", "PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate", "Sex"),
    leaf("GenderCurrent"),
)
characteristics = group(
    "ChildCharacteristics",
    leaf("Ethnicity"),
    group("Disabilities", leaf("Disability"), most=3),
)
children = group("Child", identifiers, characteristics, details, unknown, most=5)
header = Node(
    "Header",
    children=(
        Node(
            "CollectionDetails",
            children=(Node("Collection", "CIN"), Node("ReferenceDate", "2025-03-31")),
        ),
        Node("Source", children=(Node("LEA", "926"), Node("SoftwareCode", STRANGE))),
    ),
)
returns = st.lists(children, min_size=1, max_size=4).map(
    lambda people: Node("Message", children=(header, Node("Children", children=tuple(people))))
)


def imported(root: Node) -> tuple[Writer, Import]:
    writer = Writer()
    writer.write(root)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "return.xml"
        path.write_text("\n".join(writer.lines))
        return writer, read_cin(path, DICTIONARY)


def recorded(item: Item) -> Iterator[object]:
    """Every value in a record; of a period both ends."""
    for value in item.facts.values():
        yield from (str(value.first), str(value.last)) if isinstance(value, Period) else (value,)
    for part in item.parts.values():
        yield from recorded(part)
    for items in item.lists.values():
        for one in items:
            yield from recorded(one)


WORDS = {
    ("Collection", "CIN"): None,
    ("LEA", "926"): "norfolk",
    ("Sex", "M"): "male",
    ("Sex", "1"): "male",
    ("Sex", "U"): "not_known",
    ("Sex", "0"): "not_known",
    ("GenderCurrent", "M"): "male",
    ("GenderCurrent", "1"): "male",
    ("GenderCurrent", "U"): "not_known",
    ("GenderCurrent", "0"): "not_known",
    ("Disability", "NONE"): "no",
    ("ReferralSource", "1A"): "family_member",
    ("ReferralSource", "10"): "not_known",
    ("ReferralNFA", "true"): "no_further_action",
    ("ReferralNFA", "1"): "no_further_action",
    ("ICPCnotRequired", "true"): "conference_not_required",
    ("ICPCnotRequired", "1"): "conference_not_required",
}
ITEMS = {"Child", "CINdetails", "Section47", "ChildProtectionPlans", "CINPlanDates"}


@given(returns)
def test_every_element_is_carried_or_listed(root: Node) -> None:
    """What is not listed, alone or with the group it stands in, is in a case: a date as it is, a
    code or flag as its word, an identifier as the label, an empty group as an item."""
    writer, result = imported(root)
    listed = Counter(line for one in result.not_carried for line in one.lines)
    held: set[object] = {value for case in result.cases for value in recorded(case.record)}
    for case in result.cases:
        held |= {str(case.as_of), case.label, case.authority, None}
    for line, tag, text, above in writer.leaves:
        if listed[line] or any(listed[group] for group in above):
            continue
        if tag in ITEMS:
            assert text == "", line
        else:
            assert WORDS.get((tag, text), text) in held, (line, tag)


@given(returns)
def test_nothing_personal_is_told(root: Node) -> None:
    """Neither the list nor a warning nor a case repeats what the file says."""
    _, result = imported(root)
    told = [str(one) for one in (*result.not_carried, *result.problems)]
    told += [written(case, DICTIONARY) for case in result.cases]
    for private in ("A123456789012", "9434765919", "01/02/2025", "Jo Smith"):
        assert not any(private in line for line in told)
    assert not any(STRANGE in line for line in told)


@given(returns)
def test_every_case_reads_back(root: Node) -> None:
    """Whatever the return, the main job takes the files: no error, and the same record."""
    _, result = imported(root)
    for case in result.cases:
        document = parse_document(written(case, DICTIONARY).encode(), "case.yaml")
        (read,), problems = read_cases(document, DICTIONARY, TODAY)
        assert problems == []
        assert (read.label, read.authority, read.as_of) == (case.label, case.authority, case.as_of)
        assert (read.record, read.coverage) == (case.record, case.coverage)


@given(returns)
def test_each_child_has_a_label_of_its_own(root: Node) -> None:
    """No two files have one name, on no computer."""
    _, result = imported(root)
    names = [case.label.lower() for case in result.cases]
    assert len(set(names)) == len(names)
