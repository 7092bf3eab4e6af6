"""`protocol import cin`: a return in, case files out that `check` reads; nothing half-written."""

from __future__ import annotations

from pathlib import Path

from engine.errors import ExitCode
from tests.cli.conftest import Run, Write

RETURN = """\
<?xml version="1.0" encoding="utf-8"?>
<Message>
  <Header>
    <CollectionDetails>
      <Collection>CIN</Collection>
      <Year>2025</Year>
      <ReferenceDate>2025-03-31</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>L</SourceLevel>
      <LEA>926</LEA>
      <SoftwareCode>Blenkinsop Systems</SoftwareCode>
      <DateTime>2025-05-01T10:00:00</DateTime>
    </Source>
  </Header>
  <Children>
{children}
  </Children>
</Message>
"""
CHILD = """\
    <Child>
      <ChildIdentifiers>
        <LAchildID>{label}</LAchildID>
        <UPN>A123456789012</UPN>
        <PersonBirthDate>2015-02-03</PersonBirthDate>
        <Sex>F</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>WBRI</Ethnicity>
      </ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2025-01-06</CINreferralDate>
        <ReferralSource>1A</ReferralSource>
        <Assessments>
          <AssessmentActualStartDate>2025-01-07</AssessmentActualStartDate>
          <AssessmentAuthorisationDate>{authorised}</AssessmentAuthorisationDate>
        </Assessments>
      </CINdetails>
    </Child>"""


def a_return(*labels: str, authorised: str = "2025-03-20") -> str:
    """A made-up return of the children of these labels."""
    return RETURN.format(
        children="\n".join(CHILD.format(label=label, authorised=authorised) for label in labels)
    )


def names(folder: str) -> list[str]:
    """The files in a folder, hidden ones too."""
    return sorted(path.name for path in Path(folder).iterdir())


def test_a_return_becomes_a_file_a_child(run: Run, write: Write) -> None:
    """The command says how many, up to when, and what stays behind, without what it says."""
    told = run("import", "cin", write("return.xml", a_return("1001", "1002")), "-o", "cases")
    assert told.code == 0
    assert told.out.startswith("2 cases from the return, which speaks up to 31 March 2025.\n")
    assert "Ethnicity (line 25 and 1 more)" in told.out
    for secret in ("A123456789012", "WBRI", "Blenkinsop"):
        assert secret not in told.out + told.err
        assert all(secret not in path.read_text() for path in Path("cases").iterdir())
    assert names("cases") == ["1001.yaml", "1002.yaml"]


def test_what_it_writes_can_be_checked(run: Run, write: Write) -> None:
    """The folder is checked without a problem, and the case says how far it speaks."""
    run("import", "cin", write("return.xml", a_return("1001", "1002")), "-o", "cases")
    told = run("check", "cases", "--protocol", "wt2023")
    assert told.code in {ExitCode.GAP, ExitCode.UNDECIDED}
    assert told.err == ""
    assert told.out.count("Record up to and as at 31 March 2025.") == 2


def test_an_assessment_past_its_limit_is_a_possible_gap(run: Run, write: Write) -> None:
    """A return cannot hold the reason that would excuse it, so it is no gap for certain."""
    run("import", "cin", write("return.xml", a_return("1001")), "-o", "cases")
    told = run("check", "cases/1001.yaml", "--protocol", "wt2023")
    assert told.code == ExitCode.UNDECIDED
    assert "POSSIBLE GAPS" in told.out
    assert "8 working days after the limit of 10 March 2025." in " ".join(told.out.split())


def test_the_closing_table_shows_where_a_gap_is_possible(run: Run, write: Write) -> None:
    """Over a caseload, such a case stands out from those that are merely undecided."""
    run("import", "cin", write("return.xml", a_return("1001", "1002")), "-o", "cases")
    table = run("check", "cases", "--protocol", "wt2023").out.splitlines()[-2:]
    assert [line.split()[:4] for line in table] == [
        ["1001", "?", "possible", "gap"],
        ["1002", "?", "possible", "gap"],
    ]


def test_the_same_return_again_changes_nothing(run: Run, write: Write) -> None:
    """Files that say the same are left as they are."""
    arguments = ("import", "cin", write("return.xml", a_return("1001")), "-o", "cases")
    first = run(*arguments)
    before = Path("cases/1001.yaml").stat().st_mtime_ns
    assert run(*arguments) == first
    assert Path("cases/1001.yaml").stat().st_mtime_ns == before


def test_a_file_that_says_something_else_is_never_overwritten(run: Run, write: Write) -> None:
    """Nothing is written then, not even the other children."""
    write("cases/1001.yaml", "case: mine\n")
    told = run("import", "cin", write("return.xml", a_return("1001", "1002")), "-o", "cases")
    assert told.code == ExitCode.INVALID
    assert "There is already a file of this name" in told.err
    assert names("cases") == ["1001.yaml"]
    assert Path("cases/1001.yaml").read_text() == "case: mine\n"


def test_a_return_that_cannot_be_read_leaves_no_folder(run: Run, write: Write) -> None:
    """Cut off, no XML, another collection, not there: told, and nothing is made."""
    texts = {
        "cut.xml": a_return("1001")[:-40],
        "text.xml": "no return",
        "other.xml": "<Message><Header/></Message>",
        "empty.xml": "",
    }
    for name in [*(write(name, text) for name, text in texts.items()), "none.xml"]:
        told = run("import", "cin", name, "-o", "cases")
        assert (told.code, told.out) == (ExitCode.INVALID, "")
        assert told.err.startswith(name)
        assert not Path("cases").exists()


def test_a_folder_that_cannot_be_made_is_told(run: Run, write: Write) -> None:
    """A file stands where the folder should be."""
    folder = write("cases", "a file")
    told = run("import", "cin", write("return.xml", a_return("1001")), "-o", folder)
    assert told.code == ExitCode.INVALID
    assert "cases: error [S121] The cases can't be written here" in told.err


def test_without_a_folder_it_is_wrong_usage(run: Run, write: Write) -> None:
    """The message names the option that is missing."""
    told = run("import", "cin", write("return.xml", a_return("1001")))
    assert told.code == ExitCode.USAGE
    assert "Missing option '--output' / '-o'" in told.err
