"""Every threat against its cases: tiny systems, and what the threat must say of one place of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from threatmodel.analysis.context import Context
from threatmodel.analysis.match import match
from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.read import read_catalog
from threatmodel.errors import ModelError
from threatmodel.importers.yaml_file import from_document
from threatmodel.located_yaml import Document, read_file
from threatmodel.model.system import System, problems, unknown_controls
from threatmodel.resources import data_folder

CASES = Path(__file__).parent / "cases"
EXPECTATIONS = {"open", "unconfirmed", "question", "addressed", "not-applicable", "silent"}


@cache
def catalog() -> Catalog:
    """The catalog that the product ships."""
    return read_catalog(data_folder("catalogs") / "radiology-ai")


@dataclass(frozen=True)
class Case:
    """One tiny system and what one threat must say of one place of it."""

    threat: str
    name: str
    expect: str
    at: str
    system: System

    def __str__(self) -> str:
        return f"{self.threat}-{self.name.replace(' ', '-')}"


def _cases(file: Path) -> list[Case]:
    document = read_file(file, ModelError)
    found = []
    for index, case in enumerate(document.data["cases"]):
        assert set(case) == {"name", "expect", "at", "system"}, f"{file.name}: {case.get('name')}"
        assert case["expect"] in EXPECTATIONS, f"{file.name}: {case['expect']}"
        data = {"schema": "threatmodel-system/1", "id": "case", "title": case["name"], **case["system"]}
        prefix = ("cases", index, "system")
        lines = {path[3:]: line for path, line in document.lines.items() if path[:3] == prefix}
        system = from_document(Document(data, lines, file.name), file.name, None)
        found.append(Case(document.data["threat"], case["name"], case["expect"], case["at"], system))
    return found


def _all() -> list[Case]:
    return [case for file in sorted(CASES.glob("*.yaml")) for case in _cases(file)]


@pytest.mark.parametrize("case", _all(), ids=str)
def test_the_threat_says_what_the_case_expects(case: Case) -> None:
    """The threat's answer at the place, and its silence everywhere when silence is expected."""
    assert not [*problems(case.system), *unknown_controls(case.system, catalog().controls)]
    rule = catalog().rules[case.threat]
    one = Catalog(catalog().origins, {case.threat: rule}, catalog().controls, catalog().families)
    place = "case" if case.at == "model" else case.at
    ends = set(place.split("~")) if "~" in place else {place}
    known = {"case", *case.system.zone_by_id, *case.system.component_by_id, *case.system.flow_by_id}
    assert ends <= known, f"the case names no place: {place}"
    found = {finding.place.id: finding for finding in match(Context(case.system), one)}
    finding = found.get(place)
    said = "silent" if finding is None else finding.state
    if said == "open" and finding is not None and not finding.confirmed:
        said = "unconfirmed"
    why = (
        json.dumps([f"{reason.fact}: {reason.answer}, {reason.because}" for reason in finding.why], indent=1)
        if finding
        else ""
    )
    assert said == case.expect, why


def test_every_threat_has_cases() -> None:
    """At least one case that is open, one that is silent or closed, and one where something is not stated."""
    by_threat: dict[str, set[str]] = {}
    for case in _all():
        by_threat.setdefault(case.threat, set()).add(case.expect)
    for name in catalog().rules:
        said = by_threat.get(name, set())
        assert "open" in said, f"{name} has no case that is open"
        assert "silent" in said, f"{name} has no case that is silent"
        assert "addressed" in said, f"{name} has no case that is addressed"
        assert said & {"unconfirmed", "question"}, f"{name} has no case where something is not stated"


def test_a_case_file_is_named_for_its_threat() -> None:
    """One word, one thing: the id is the name of the file."""
    for file in CASES.glob("*.yaml"):
        assert read_file(file, ModelError).data["threat"] == file.stem
