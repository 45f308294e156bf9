# ruff: noqa: E501 - one row of a table a line
"""The identifier schemes: what the file may say, and that entries cite nothing that it does not know."""

from pathlib import Path

import pytest

from tests.catalog.own import OWN_MANIFEST, both
from tests.catalog.written import CONTROLS, THREAT, told, write
from threatmodel.catalog.frameworks import by_mapping, by_reference
from threatmodel.catalog.lint import Remark, lint
from threatmodel.catalog.placing import Placing
from threatmodel.catalog.read import read_catalog, read_catalogs
from threatmodel.errors import CatalogError
from threatmodel.resources import data_folder

FRAMEWORKS = """\
frameworks:
  - id: cwe
    name: Common Weakness Enumeration
    release: "4.14"
    address: https://cwe.mitre.org/
    prefix: CWE-
    identifiers:
      - {id: CWE-319, name: Cleartext Transmission of Sensitive Information}
  - id: mds2
    name: Disclosure statement
    release: unverified
    address: https://www.nema.org/standards
    cited_by: mappings
    identifiers:
      - {id: TXCF, name: Transmission confidentiality}
"""
MAPPED = CONTROLS.replace("    authenticates: false\n", "    authenticates: false\n    mappings: {mds2: [TXCF]}\n")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def remarks(folder: Path, files: dict[str, str], level: str = "error") -> list[tuple[str, str, str, str]]:
    """The remarks on the small catalog with some files changed: place, entry, what, hint."""
    catalog = read_catalog(write(folder, {"frameworks.yaml": FRAMEWORKS, "controls/network.yaml": MAPPED} | files))
    placing = Placing(catalog)

    def place(remark: Remark) -> str:
        return str(placing.place(remark)).removeprefix(f"{folder}/")

    found = [remark for remark in lint(catalog) if remark.level == level and "French" not in remark.says]
    return [(place(remark), remark.entry, remark.says, remark.hint or "") for remark in found]


def test_what_is_cited_and_known_is_no_remark(tmp_path: Path) -> None:
    assert remarks(tmp_path, {}) == []
    assert remarks(tmp_path, {}, "note") == []


def test_identifiers_lead_to_their_frameworks(tmp_path: Path) -> None:
    found = read_catalog(write(tmp_path, {"frameworks.yaml": FRAMEWORKS})).frameworks
    assert {name: cited.framework.id for name, cited in by_reference(found).items()} == {"CWE-319": "cwe"}
    assert by_mapping(found)["mds2"]["TXCF"].identifier.name == "Transmission confidentiality"


@pytest.mark.parametrize(
    ("file", "good", "wrong", "place", "says", "hint"),
    [
        ("threats/data/DAT-01-read.yaml", "[CWE-319]", "[CWE-391]", "threats/data/DAT-01-read.yaml:18", "no framework knows the reference 'CWE-391'", "did you mean 'CWE-319'?"),
        ("threats/data/DAT-01-read.yaml", "[CWE-319]", "[CWE-319, Nobody 2031]", "threats/data/DAT-01-read.yaml:18", "no framework knows the reference 'Nobody 2031'", "add it to frameworks.yaml"),
        ("threats/data/DAT-01-read.yaml", "[CWE-319]", "[TXCF]", "threats/data/DAT-01-read.yaml:18", "no framework knows the reference 'TXCF'", "add it to frameworks.yaml"),
        ("controls/network.yaml", "{mds2: [TXCF]}", "{mds2: [TXFC]}", "controls/network.yaml:9", "the framework mds2 knows no 'TXFC'", "did you mean 'TXCF'?"),
        ("controls/network.yaml", "{mds2: [TXCF]}", "{fda: [authorization]}", "controls/network.yaml:9", "the framework fda knows no 'authorization'", "known: mds2"),
        ("controls/network.yaml", "{mds2: [TXCF]}", "{mds2: [TXCF]}\n    references: [CWE-31]", "controls/network.yaml:10", "no framework knows the reference 'CWE-31'", "did you mean 'CWE-319'?"),
    ],
)  # fmt: skip
def test_what_no_framework_knows_is_an_error_with_its_line(
    tmp_path: Path, file: str, good: str, wrong: str, place: str, says: str, hint: str
) -> None:
    text = THREAT if file.startswith("threats") else MAPPED
    assert text.count(good) == 1
    ((at, _, what, next_action),) = remarks(tmp_path, {file: text.replace(good, wrong)})
    assert (at, what) == (place, says)
    assert next_action.startswith(hint)


def test_what_nothing_uses_and_what_nobody_confirmed_are_notes(tmp_path: Path) -> None:
    more = "      - {id: CWE-22, name: Path traversal, checked: false}\n"
    file = FRAMEWORKS.replace("Information}\n", f"Information}}\n{more}")
    assert remarks(tmp_path, {"frameworks.yaml": file}, "note") == [
        ("frameworks.yaml:9", "cwe", "nothing uses CWE-22", ""),
        ("frameworks.yaml:9", "cwe", "the name of CWE-22 is unverified", ""),
    ]


def test_without_frameworks_references_are_not_held_against_anything(tmp_path: Path) -> None:
    assert remarks(tmp_path, {"frameworks.yaml": ""}) == []
    notes = remarks(tmp_path, {"frameworks.yaml": ""}, "note")
    assert notes == [("catalog.yaml:1", "small", "there is no frameworks.yaml: references were not checked", "")]


@pytest.mark.parametrize(
    ("good", "wrong", "line", "what", "hint"),
    [
        ("id: mds2", "id: cwe", 9, "the framework 'cwe' stands here twice", "keep one of the two"),
        ("id: mds2", "id: mds3", 9, "no mapping of a control is called 'mds3'", "controls are mapped to: fda"),
        ("    cited_by: mappings\n", "    prefix: CWE-\n", 13, "mds2 and cwe have the same prefix", "an identifier has to lead"),
        ("{id: CWE-319,", "{id: CVE-319,", 8, "'CVE-319' does not begin with 'CWE-'", "as identifiers of cwe do"),
        ("id: TXCF, name: Transmission confidentiality}", "id: TXCF, name: One}\n      - {id: TXCF, name: Two}", 16, "'TXCF' is in mds2 already", "keep one of the two"),
        ("address: https://cwe.mitre.org/", "address: http://cwe.mitre.org/", 5, "frameworks[0].address is 'http://cwe.mitre.org/'", ""),
        ("address: https://cwe.mitre.org/", "address: cwe", 5, "frameworks[0].address is 'cwe'", ""),
        ("prefix: CWE-", "prefix: CWE-\n    page: https://cwe.mitre.org/one", 7, "frameworks[0].page is 'https://cwe.mitre.org/one'", ""),
        ("prefix: CWE-", "prefix: CWE-\n    page: javascript:{rest}", 7, "frameworks[0].page is 'javascript:{rest}'", ""),
        ('    release: "4.14"\n', "", 2, "frameworks[0].release is missing", ""),
        ("{id: TXCF, name: Transmission confidentiality}", "{id: TXCF}", 15, "frameworks[1].identifiers[0].name is missing", ""),
        ("{id: TXCF, name: Transmission confidentiality}", "TXCF", 15, "frameworks[1].identifiers[0] must be a mapping", ""),
        ("frameworks:\n", "framework:\n", 1, "'framework' is not known here", "did you mean 'frameworks'?"),
    ],
)  # fmt: skip
def test_files_that_are_refused(tmp_path: Path, good: str, wrong: str, line: int, what: str, hint: str) -> None:
    assert FRAMEWORKS.count(good) == 1
    found = told(write(tmp_path, {"frameworks.yaml": FRAMEWORKS.replace(good, wrong)}))
    matching = [row for row in found if row[2].startswith(what)]
    assert matching, found
    assert matching[0][:2] == ("frameworks.yaml", line)
    assert hint in matching[0][3]


def test_a_catalog_of_ones_own_cites_what_its_base_knows_and_adds_its_own(tmp_path: Path) -> None:
    own = (
        FRAMEWORKS.split("  - id: mds2", maxsplit=1)[0]
        .replace("id: cwe", "id: chu-rules")
        .replace("CWE-319", "CHU-1")
        .replace("CWE-", "CHU-")
    )
    assert "chu-rules" in OWN_MANIFEST.replace("chu", "chu-rules")
    found = read_catalogs(both(tmp_path, {"frameworks.yaml": own}, {"frameworks.yaml": FRAMEWORKS}))
    assert found.framework_catalogs == {"cwe": "small", "mds2": "small", "chu-rules": "chu"}
    assert set(by_reference(found.frameworks)) == {"CWE-319", "CHU-1"}
    with pytest.raises(CatalogError) as error:
        read_catalogs(both(tmp_path, {"frameworks.yaml": FRAMEWORKS}))
    assert [problem.what for problem in error.value.problems] == [
        "the framework 'cwe' is in small already",
        "the framework 'mds2' is in small already",
    ]


def test_the_shipped_frameworks_know_every_identifier_that_is_used_and_no_other() -> None:
    catalog = read_catalog(data_folder("catalogs") / "radiology-ai")
    known = by_reference(catalog.frameworks)
    cited = {name for rule in catalog.rules.values() for name in rule.threat.references}
    cited |= {name for control in catalog.controls.values() for name in control.references}
    assert cited == set(known)
    mapped = {
        (scheme, place)
        for one in catalog.controls.values()
        for scheme, places in one.mappings.items()
        for place in places
    }
    assert mapped == {(scheme, place) for scheme, places in by_mapping(catalog.frameworks).items() for place in places}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("CWE-319", "Cleartext Transmission of Sensitive Information"),
        ("CWE-22", "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')"),
        ("CAPEC-158", "Sniffing Network Traffic"),
        ("ATTACK-T1565.002", "Transmitted Data Manipulation"),
        ("ATTACK-T0883", "Internet Accessible Device"),
        ("AML.T0018.002", "Manipulate AI Model: Embed Malware"),
        ("AML.M0014", "Verify AI Artifacts"),
        ("OWASP LLM01:2025", "Prompt Injection"),
        ("OWASP ML10:2023", "Model Poisoning"),
        ("NISTAML.022", "Evasion"),
        ("DICOM (0040,A493)", "Verification Flag"),
        ("GDPR Art. 33", "Notification of a personal data breach to the supervisory authority"),
    ],
)
def test_names_are_the_official_ones(name: str, title: str) -> None:
    catalog = read_catalog(data_folder("catalogs") / "radiology-ai")
    assert by_reference(catalog.frameworks)[name].identifier.name == title
