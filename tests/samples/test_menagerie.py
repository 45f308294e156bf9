"""The menagerie shows every word of the language; what there is to show is read off the tables of the model room."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Literal, get_args, get_origin

import pytest

from threatmodel.catalog.read import read_catalog
from threatmodel.importers.formats import read_model
from threatmodel.model.kinds import KINDS
from threatmodel.model.parts import Component, Flow, Zone
from threatmodel.model.properties import COMPONENT_PROPERTIES, FLOW_PROPERTIES, INHERITED, ZONE_PROPERTIES
from threatmodel.model.system import System
from threatmodel.model.vocabulary import DATA_CLASSES, PROTOCOLS, ControlState, Patients
from threatmodel.resources import data_folder

PROPERTIES = {"zones": ZONE_PROPERTIES, "components": COMPONENT_PROPERTIES, "flows": FLOW_PROPERTIES}
STATED = [(group, name) for group, table in PROPERTIES.items() for name in table]


@cache
def menagerie() -> System:
    controls = read_catalog(data_folder("catalogs") / "radiology-ai").controls
    return read_model(data_folder("samples") / "menagerie" / "model.py", controls)


def parts(group: str) -> tuple[Zone | Component | Flow, ...]:
    found: tuple[Zone | Component | Flow, ...] = getattr(menagerie(), group)
    return found


def data_named() -> set[str]:
    system = menagerie()
    stored = [part.stores or () for part in system.components]
    carried = [flow.carries or () for flow in system.flows]
    trained = [part.trained_on or () for part in system.components]
    return {system.data_class_of[name] for names in (*stored, *carried, *trained) for name in names}


def values(group: str, name: str) -> set[object]:
    stated = [value for part in parts(group) if (value := part.stated(name)) is not None]
    return {item for value in stated for item in (value if isinstance(value, tuple) else (value,))}


def closed_words(group: str, name: str) -> tuple[object, ...]:
    """The words that a property may take, where they are a closed list."""
    hint = PROPERTIES[group][name][0]
    if get_origin(hint) is list:
        hint = get_args(hint)[0]
    return get_args(hint) if get_origin(hint) is Literal else ()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_exactly_one_component(kind: str) -> None:
    assert Counter(part.kind for part in menagerie().components)[kind] == 1


def test_a_kind_of_ones_own_comes_by_argument_and_by_subclass() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (data_folder("samples") / "menagerie").glob("*.py"))
    own = {kind.id for kind in menagerie().kinds}
    by_argument = {name for name in own if f'kind="{name}", is_a=' in text}
    by_subclass = {name for name in own if f'kind: ClassVar[str] = "{name}"' in text}
    assert by_argument
    assert by_subclass
    assert by_argument | by_subclass == own


@pytest.mark.parametrize("protocol", [protocol.id for protocol in PROTOCOLS])
def test_each_protocol_is_used(protocol: str) -> None:
    assert protocol in {flow.over for flow in menagerie().flows}


@pytest.mark.parametrize("data_class", [data_class.id for data_class in DATA_CLASSES])
def test_each_class_of_data_is_named(data_class: str) -> None:
    assert data_class in data_named()


@pytest.mark.parametrize(("group", "name"), STATED, ids=[f"{group}-{name}" for group, name in STATED])
def test_each_property_is_stated_with_each_of_its_words(group: str, name: str) -> None:
    stated = values(group, name)
    assert stated, f"no part of {group} states {name}"
    if name in INHERITED:
        stated = values("zones", name) | values("components", name)
    assert set(closed_words(group, name)) <= stated


@pytest.mark.parametrize("state", get_args(ControlState))
def test_each_state_of_a_control_is_stated(state: str) -> None:
    system = menagerie()
    owners: list[System | Zone | Component | Flow] = [system, *system.zones, *system.components, *system.flows]
    assert state in {control.state for owner in owners for control in owner.controls}


def test_controls_are_stated_of_the_model_of_zones_of_components_and_of_flows() -> None:
    system = menagerie()
    assert system.controls
    assert any(zone.controls for zone in system.zones)
    assert any(part.controls for part in system.components)
    assert any(flow.controls for flow in system.flows)


def test_zones_nest_three_deep() -> None:
    system = menagerie()

    def depth(zone: Zone) -> int:
        return 1 if zone.parent is None else 1 + depth(system.zone_by_id[zone.parent])

    assert max(depth(zone) for zone in system.zones) >= 3


def test_flows_are_pushed_pulled_and_go_both_ways() -> None:
    flows = menagerie().flows
    assert {flow.opened_by for flow in flows} == {"source", "target"}
    assert any(flow.both_ways for flow in flows)


def test_every_component_takes_part_in_a_flow() -> None:
    system = menagerie()
    ends = {end for flow in system.flows for end in (flow.data_source, flow.data_target)}
    assert {part.id for part in system.components} == ends


def test_assets_scenarios_assumptions_and_hosts_are_there() -> None:
    system = menagerie()
    assert {asset.patients for asset in system.data} == set(get_args(Patients))
    assert {scenario.clinical_state for scenario in system.scenarios} == {None, "routine", "urgent", "emergency"}
    assert any(assumption.review_by for assumption in system.assumptions)
    assert any(part.runs_on for part in system.components)
