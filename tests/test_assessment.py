"""The waist: one pure function from a system and a catalog to everything that came out of it."""

from datetime import date

import pytest
from hypothesis import given

from tests.analysis.rules import catalog_of
from tests.model.written import system
from tests.properties.strategies import QUICK, frozen, shipped, systems
from threatmodel.assessment import Rated, assess
from threatmodel.errors import ModelError
from threatmodel.importers.formats import read_model
from threatmodel.model.parts import changed
from threatmodel.model.system import System
from threatmodel.resources import data_folder
from threatmodel.risk.scale import LEVELS

TEXT = """\
zones:
  - {id: z, name: Z, exposure: internal}
components:
  - {id: a, name: A, kind: pacs, zone: z, controls: [{id: lock, state: absent}]}
  - {id: b, name: B, kind: pacs, zone: z, controls: [{id: lock, state: verified, evidence: scan, on: 2026-01-01}]}
  - {id: c, name: C, kind: pacs, zone: z}
"""
CATALOG = catalog_of("component", {"kind": "pacs"}, {"lacks": "lock"})


def by_place(found: tuple[Rated, ...]) -> dict[str, Rated]:
    return {rated.finding.place.id: rated for rated in found}


def test_all_that_came_out_is_there() -> None:
    result = assess(system(TEXT), CATALOG)
    found = by_place(result.findings)
    assert {name: rated.finding.state for name, rated in found.items()} == {"a": "open", "b": "addressed", "c": "open"}
    assert result.by_id["DAT-01@a"] is found["a"]
    assert result.by_state == {"addressed": 1, "open": 2}
    assert list(result.by_level) == list(reversed(LEVELS))
    assert sum(result.by_level.values()) == 2, "levels count what is open"
    assert [question.id for question in result.questions] == ["lock@c"]


def test_the_day_is_an_argument() -> None:
    fresh = by_place(assess(system(TEXT), CATALOG, date(2026, 6, 1)).findings)["b"]
    stale = by_place(assess(system(TEXT), CATALOG, date(2027, 6, 1)).findings)["b"]
    never = by_place(assess(system(TEXT), CATALOG).findings)["b"]
    assert fresh.residual == never.residual
    assert stale.residual.exploitability == fresh.residual.exploitability + 1
    assert stale.inherent == fresh.inherent


def test_a_system_that_is_not_sound_is_refused() -> None:
    read = system(TEXT)
    broken = changed(read, components=(*read.components, changed(read.components[0], zone="y")))
    with pytest.raises(ModelError) as error:
        assess(broken, CATALOG)
    assert len(error.value.problems) == 2


def test_controls_that_the_catalog_does_not_know_are_refused() -> None:
    with pytest.raises(ModelError) as error:
        assess(system(TEXT.replace("id: lock, state: absent", "id: lok, state: absent")), CATALOG)
    assert str(error.value) == "t.yaml:4: no catalog knows the control 'lok'\n    did you mean 'lock'?"


def test_a_model_of_nothing_is_refused() -> None:
    """An assessment without findings of a model without components would read as an all-clear."""
    with pytest.raises(ModelError, match="declares no component"):
        assess(frozen({"schema": "threatmodel-system/1", "id": "t", "title": "T"}), CATALOG)


@QUICK
@given(systems(5))
def test_any_sound_system_is_assessed_and_the_same_twice(read: System) -> None:
    first, second = assess(read, shipped()), assess(read, shipped())
    assert first.findings == second.findings
    assert first.questions == second.questions
    assert set(first.by_id) == {rated.finding.id for rated in first.findings}
    assert len(first.by_id) == len(first.findings)


def test_nothing_that_goes_in_is_changed() -> None:
    read = read_model(data_folder("samples") / "chest-xray-triage")
    before, threats = read.plain(), {name: rule.threat for name, rule in shipped().rules.items()}
    assess(read, shipped())
    assert read.plain() == before
    assert {name: rule.threat for name, rule in shipped().rules.items()} == threats
