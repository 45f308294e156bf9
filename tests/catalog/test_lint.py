"""What is well-formed in a catalog and still wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.catalog.written import CONTROLS, THREAT, write
from tests.properties.strategies import shipped
from threatmodel.catalog.glossary import read_glossary
from threatmodel.catalog.lint import lint, unused_facts
from threatmodel.catalog.read import read_catalog
from threatmodel.resources import data_folder


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def errors(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    """The errors of the small catalog with some files changed."""
    return [
        (remark.entry, remark.says) for remark in lint(read_catalog(write(folder, files))) if remark.level == "error"
    ]


def test_the_small_catalog_has_no_errors(tmp_path: Path) -> None:
    assert errors(tmp_path / "catalog", {}) == []


@pytest.mark.parametrize(
    ("good", "wrong", "says"),
    [
        ("supporting: [segmentation]", "supporting: [tls]", "tls is named both as primary and as supporting"),
        ("supporting: [segmentation]", "supporting: [segmentation, segmentation]", "segmentation is named twice"),
        ("primary: [tls]", "primary: [tls, tls]", "tls is named twice"),
        ("lacks: tls", "lacks: segmentation", "no primary control can end the exposure: exposed asks for none of them"),
        ("supporting: [segmentation]", "supporting: []", None),
        ("review: {phase: data", "review: {phase: training", "the phase and the review's phase differ"),
        ("stride: [I]", "stride: [I, I]", "a STRIDE letter stands twice"),
        ("references: [CWE-319]", "references: [CWE-319, CWE-319]", "a reference stands twice"),
    ],
)
def test_each_thing_that_is_wrong_is_remarked(tmp_path: Path, good: str, wrong: str, says: str | None) -> None:
    assert THREAT.count(good) == 1
    found = errors(tmp_path / "catalog", {"threats/data/DAT-01-read.yaml": THREAT.replace(good, wrong)})
    assert found == ([] if says is None else [("DAT-01", says)])


def test_a_control_that_the_threat_does_not_name_cannot_end_it(tmp_path: Path) -> None:
    threat = THREAT.replace("supporting: [segmentation]", "supporting: []").replace("lacks: tls", "lacks: segmentation")
    found = errors(tmp_path / "catalog", {"threats/data/DAT-01-read.yaml": threat})
    assert ("DAT-01", "exposed asks for segmentation, which its controls do not name") in found


def test_a_question_names_its_place(tmp_path: Path) -> None:
    controls = CONTROLS.replace("Is {place} encrypted?", "Is it encrypted?")
    assert errors(tmp_path / "catalog", {"controls/network.yaml": controls}) == [
        ("tls", "the question does not name {place}")
    ]


def test_what_is_merely_unfinished_is_a_note(tmp_path: Path) -> None:
    threats = {
        "threats/data/DAT-02-also.yaml": "",
        "threats/data/DAT-01-read.yaml": THREAT.replace("[segmentation]", "[]"),
    }
    remarks = lint(read_catalog(write(tmp_path / "catalog", threats)))
    assert [(remark.level, remark.entry, remark.says) for remark in remarks] == [
        ("note", "DAT-01", "has no French text yet"),
        ("note", "segmentation", "has no French text yet"),
        ("note", "segmentation", "no threat names this control"),
        ("note", "small", "there is no frameworks.yaml: references were not checked"),
        ("note", "tls", "has no French text yet"),
    ]


def test_what_is_unfinished_in_a_shipped_catalog_is_an_error(tmp_path: Path) -> None:
    """Unless the entry is a draft."""
    threat = THREAT.replace("[segmentation]", "[]").replace("id: DAT-01\n", "id: DAT-01\nstatus: draft\n")
    threats = {"threats/data/DAT-02-also.yaml": "", "threats/data/DAT-01-read.yaml": threat}
    read = read_catalog(write(tmp_path / "catalog", threats))
    sent = replace(read, origins=tuple(replace(one, shipped=True) for one in read.origins))
    assert [(remark.level, remark.entry, remark.says) for remark in lint(sent)] == [
        ("error", "segmentation", "has no French text yet"),
        ("error", "segmentation", "no threat names this control"),
        ("error", "tls", "has no French text yet"),
        ("note", "DAT-01", "has no French text yet"),
        ("note", "small", "there is no frameworks.yaml: references were not checked"),
    ]


def test_the_facts_that_nothing_asks_for_are_told(tmp_path: Path) -> None:
    found = unused_facts(read_catalog(write(tmp_path / "catalog")))
    assert found == sorted(found)
    assert "kind" in found
    assert not {"protocol", "crosses_boundary", "lacks"} & set(found)


def test_the_shipped_catalog_has_no_errors() -> None:
    glossary = read_glossary(data_folder("catalogs") / "radiology-ai" / "glossary.yaml")
    assert [remark for remark in lint(shipped(), [glossary]) if remark.level == "error"] == []
