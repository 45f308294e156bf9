"""Random systems that are sound, for hypothesis: as plain data in the exchange form, and frozen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import get_args

from hypothesis import settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.read import read_catalog
from threatmodel.model.kinds import KINDS, properties_for
from threatmodel.model.lowering import contradictions, lowered_component, lowered_flow
from threatmodel.model.parts import Component, Flow
from threatmodel.model.properties import COMPONENT_PROPERTIES, FLOW_PROPERTIES, ZONE_PROPERTIES
from threatmodel.model.system import EXCHANGED, System, problems
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID, PROTOCOL_BY_ID, ControlState
from threatmodel.resources import data_folder

Plain = dict[str, object]

QUICK = settings(deadline=None, max_examples=40, derandomize=True)
"""For tests that assess: few examples, the same in every run, no clock."""

NAMES = st.text(min_size=1, max_size=12)
COUNTRIES = st.sampled_from(["FR", "IE", "US", "DE"])
DAYS = st.dates().map(lambda day: day.isoformat())
STATES = st.sampled_from(get_args(ControlState))


@cache
def shipped() -> Catalog:
    """The catalog that the product ships."""
    return read_catalog(data_folder("catalogs") / "radiology-ai")


@cache
def telling_controls() -> tuple[str, ...]:
    """The controls that the threats of the shipped catalog name."""
    rules = shipped().rules.values()
    return tuple(
        sorted({name for rule in rules for name in (*rule.threat.controls.primary, *rule.threat.controls.supporting)})
    )


def frozen(plain: Plain) -> System:
    """The system of plain data."""
    return EXCHANGED.validate_json(json.dumps(plain))


@st.composite
def controls(draw: st.DrawFn, most: int = 2) -> list[Plain]:
    """What a part says of a few controls."""
    names = draw(st.lists(st.sampled_from(telling_controls()), max_size=most, unique=True))
    found: list[Plain] = []
    for name in names:
        state = draw(STATES)
        said: Plain = {"id": name, "state": state}
        if state == "verified":
            said |= {"evidence": draw(NAMES), "on": draw(DAYS)}
        if state == "not-applicable":
            said["because"] = draw(NAMES)
        found.append(said)
    return found


def value_of(name: str, kind: object) -> st.SearchStrategy[object]:
    """The values of a property."""
    if name == "region":
        return COUNTRIES
    if name == "port":
        return st.integers(1, 65_535)
    if kind is bool:
        return st.booleans()
    if kind is str:
        return NAMES
    if getattr(kind, "__origin__", None) is list:
        (inner,) = get_args(kind)
        return st.lists(st.sampled_from(get_args(inner)) if get_args(inner) else NAMES, max_size=2)
    return st.sampled_from(get_args(kind))


@st.composite
def stated(draw: st.DrawFn, table: Mapping[str, tuple[object, object]], names: tuple[str, ...], most: int = 4) -> Plain:
    """Values of a few properties."""
    chosen = draw(st.lists(st.sampled_from(names), max_size=most, unique=True))
    return {name: draw(value_of(name, table[name][0])) for name in chosen}


@st.composite
def plain_systems(draw: st.DrawFn, largest: int = 6) -> Plain:
    """A sound system as plain data; ids are given, so that titles may be anything."""
    zones = [f"z{number}" for number in range(draw(st.integers(1, 3)))]
    parts = [f"c{number}" for number in range(draw(st.integers(1, largest)))]
    assets: list[Plain] = [
        {"id": "asset-1", "name": draw(NAMES), "is_a": draw(st.sampled_from(sorted(DATA_CLASS_BY_ID)))}
        for _ in range(draw(st.integers(0, 1)))
    ]
    data = st.lists(
        st.sampled_from([*sorted(DATA_CLASS_BY_ID), *(str(asset["id"]) for asset in assets)]), max_size=3, unique=True
    )
    own = draw(st.booleans())
    kinds: list[Plain] = (
        [{"id": "own-kind", "name": draw(NAMES), "is_a": draw(st.sampled_from(sorted(KINDS)))}] if own else []
    )
    zone_table, component_table, flow_table = dict(ZONE_PROPERTIES), dict(COMPONENT_PROPERTIES), dict(FLOW_PROPERTIES)
    plain: Plain = {"schema": "threatmodel-system/1", "id": "model", "title": draw(NAMES)}
    plain["jurisdictions"] = draw(st.lists(COUNTRIES, max_size=1))
    plain["controls"] = draw(controls())
    plain["assumptions"] = draw(
        st.lists(st.fixed_dictionaries({"text": NAMES}, optional={"review_by": DAYS}), max_size=1)
    )
    plain["kinds"], plain["data"] = kinds, assets
    plain["zones"] = [
        {"id": name, "name": draw(NAMES), "controls": draw(controls(1)), **draw(stated(zone_table, tuple(zone_table)))}
        | ({"parent": draw(st.sampled_from(zones[:number]))} if number and draw(st.booleans()) else {})
        for number, name in enumerate(zones)
    ]
    components: list[Plain] = []
    for name in parts:
        kind = draw(st.sampled_from([*sorted(KINDS), *(str(one["id"]) for one in kinds)]))
        known = KINDS[kind if kind in KINDS else str(kinds[0]["is_a"])]
        part: Plain = {"id": name, "name": draw(NAMES), "kind": kind, "zone": draw(st.sampled_from(zones))}
        part |= draw(stated(component_table, properties_for(known)))
        part["controls"] = draw(controls())
        if draw(st.booleans()):
            part["stores"] = draw(data)
        if components and draw(st.integers(0, 5)) == 0:
            part["runs_on"] = draw(st.sampled_from(components))["id"]
        components.append(_without_contradiction(part))
    inhabited = {part["zone"] for part in components}
    components += [
        {"id": f"in-{zone}", "name": "Filler", "kind": "process", "zone": zone}
        for zone in zones
        if zone not in inhabited
    ]
    plain["components"] = components
    flows = {}
    for label in range(draw(st.integers(0, largest))):
        source, target = draw(st.sampled_from(parts)), draw(st.sampled_from(parts))
        flow: Plain = {"id": f"{source}.f{label}.{target}", "name": draw(NAMES), "from": source, "to": target}
        flow |= draw(stated(flow_table, tuple(flow_table)))
        flow["controls"] = draw(controls())
        if draw(st.booleans()):
            flow["over"] = draw(st.sampled_from(sorted(PROTOCOL_BY_ID)))
        if draw(st.booleans()):
            flow["carries"] = draw(data)
        flow["opened_by"] = draw(st.sampled_from(["source", "target"]))
        flow["both_ways"] = draw(st.booleans())
        flows[flow["id"]] = _without_contradiction(flow)
    plain["flows"] = list(flows.values())
    if flows:
        steps = draw(st.lists(st.sampled_from(sorted(map(str, flows))), min_size=1, max_size=3))
        plain["scenarios"] = [{"id": "scenario", "name": draw(NAMES), "steps": steps}]
    return plain


def _without_contradiction(part: Plain) -> Plain:
    """A component or flow that says the same of a control only once."""
    kind = Flow if "from" in part else Component
    read = TypeAdapter(kind).validate_json(json.dumps(part))
    lowered = lowered_flow(read, read.over) if isinstance(read, Flow) else lowered_component(read)
    if contradictions(read, lowered):
        part = {
            name: value
            for name, value in part.items()
            if name not in {"encryption", "authentication", "default_credentials"}
        }
        if part.get("over") in {"dicom-tls", "syslog-tls"}:
            part["over"] = "http-api"
    return part


@st.composite
def systems(draw: st.DrawFn, largest: int = 6) -> System:
    """A sound system."""
    system = frozen(draw(plain_systems(largest)))
    assert problems(system) == []
    return system
