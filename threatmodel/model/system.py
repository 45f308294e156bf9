"""System: everything that a model declares, frozen, with every reference checked."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field

from threatmodel.errors import Problem, nearest_or_all
from threatmodel.model.ids import flow_id
from threatmodel.model.kind import TRAITS, Kind
from threatmodel.model.kinds import KINDS, lineage, properties_for
from threatmodel.model.lowering import contradictions, lowered_component, lowered_flow
from threatmodel.model.parts import (
    Assumption,
    Component,
    DataAsset,
    Flow,
    Id,
    OwnKind,
    Part,
    Scenario,
    StatedControl,
    Text,
    Zone,
)
from threatmodel.model.properties import COMPONENT_PROPERTIES
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID, PROTOCOL_BY_ID

SCHEMA = "threatmodel-system/1"


class System(Part):
    """A whole model. Its parts name each other by id; ``problems`` tells which of those names lead nowhere."""

    schema_version: Literal["threatmodel-system/1"] = Field(default=SCHEMA, alias="schema")
    id: Id
    title: Text
    version: str | None = None
    owner: str | None = None
    jurisdictions: tuple[str, ...] = ()
    intended_use: str | None = None
    description: str | None = None
    controls: tuple[StatedControl, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    kinds: tuple[OwnKind, ...] = ()
    data: tuple[DataAsset, ...] = ()
    zones: tuple[Zone, ...] = ()
    components: tuple[Component, ...] = ()
    flows: tuple[Flow, ...] = ()
    scenarios: tuple[Scenario, ...] = ()

    @cached_property
    def zone_by_id(self) -> dict[str, Zone]:
        """The zones by id."""
        return {zone.id: zone for zone in self.zones}

    @cached_property
    def component_by_id(self) -> dict[str, Component]:
        """The components by id."""
        return {component.id: component for component in self.components}

    @cached_property
    def flow_by_id(self) -> dict[str, Flow]:
        """The flows by id."""
        return {flow.id: flow for flow in self.flows}

    @cached_property
    def own_kinds(self) -> dict[str, Kind]:
        """The kinds that the model adds, with what they take over from the kind that each is a special case of."""
        found: dict[str, Kind] = {}
        for own in self.kinds:
            parent = found.get(own.is_a) or KINDS[own.is_a]
            dfd = own.dfd or parent.dfd
            found[own.id] = Kind(
                own.id, own.name, dfd, parent.traits | set(own.traits), own.data or parent.data, own.serves or parent.serves, own.is_a
            )
        return found

    @cached_property
    def lineages(self) -> dict[str, tuple[str, ...]]:
        """For each kind in use, its id and those of the kinds that it is a special case of."""
        return {name: lineage(self.kind(name), self.own_kinds) for name in {part.kind for part in self.components}}

    @cached_property
    def data_class_of(self) -> dict[str, str]:
        """The class of each data asset and of each class itself."""
        return {name: name for name in DATA_CLASS_BY_ID} | {asset.id: asset.is_a for asset in self.data}

    def kind(self, name: str) -> Kind:
        """A kind by id, the model's own ones included."""
        return self.own_kinds.get(name) or KINDS[name]

    def plain(self) -> dict[str, object]:
        """The system as plain data in the exchange form: what is not stated is left out."""
        said = self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        ordered = {name: _head_first(value) for name, value in said.items()}
        return {"schema": SCHEMA, "id": self.id, "title": self.title} | ordered

    @cached_property
    def digest(self) -> str:
        """A SHA-256 over what is stated; the order of declaration and the places in files do not count."""
        plain = self.plain()
        for name in ("zones", "components", "flows", "data", "kinds", "scenarios"):
            parts = plain.get(name)
            if isinstance(parts, list):
                plain[name] = sorted(parts, key=lambda part: str(part["id"]))
        text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


_HEAD = ("id", "name", "kind", "zone", "parent", "from", "to")


def _head_first(value: object) -> object:
    """A list of parts, each with what names it first."""
    if not isinstance(value, list):
        return value
    return [
        {name: part[name] for name in _HEAD if name in part} | part if isinstance(part, dict) else part for part in value
    ]


def problems(system: System) -> list[Problem]:
    """Every mistake that only shows when the parts are seen together: names that lead nowhere, ids twice, contradictions."""
    return [
        *_twice("component or zone", [*system.zones, *system.components]),
        *_twice("flow", system.flows),
        *_twice("data asset", system.data),
        *_twice("scenario", system.scenarios),
        *_kinds(system),
        *_data(system),
        *_zones(system),
        *_components(system),
        *_flows(system),
        *_scenarios(system),
        *_controls(system),
    ]


def unknown_controls(system: System, known: Iterable[str]) -> list[Problem]:
    """A problem for each control that the model states and no catalog knows."""
    names = frozenset(known)
    found = []
    for part in (system, *system.zones, *system.components, *system.flows):
        for control in part.controls:
            if control.id not in names:
                where = control.source or part.source
                found.append(Problem(f"no catalog knows the control {control.id!r}", where, nearest_or_all(control.id, names)))
    return found


def _twice(what: str, parts: Iterable[Zone | Component | Flow | DataAsset | Scenario]) -> Iterator[Problem]:
    first: dict[str, Zone | Component | Flow | DataAsset | Scenario] = {}
    for part in parts:
        before = first.setdefault(part.id, part)
        if before is not part:
            hint = (
                "give one of them another label"
                if isinstance(part, Flow)
                else "give one of them another name, or an id of its own: id='…'"
            )
            yield Problem(
                f"the id {part.id!r} of {what} {part.name!r} is taken by {before.name!r} ({before.source or 'above'})",
                part.source,
                hint,
            )


def _kinds(system: System) -> Iterator[Problem]:
    known = dict.fromkeys(KINDS)
    for own in system.kinds:
        if own.id in KINDS:
            yield Problem(f"the kind {own.id!r} is there already", own.source, "use it, or give your own another id")
        if own.is_a not in known:
            yield Problem(f"no kind is called {own.is_a!r}", own.source, nearest_or_all(own.is_a, known))
        for trait in own.traits:
            if trait not in TRAITS:
                yield Problem(f"no trait is called {trait!r}", own.source, nearest_or_all(trait, TRAITS))
        known[own.id] = None


def _data(system: System) -> Iterator[Problem]:
    for asset in system.data:
        if asset.id in DATA_CLASS_BY_ID:
            yield Problem(f"the data asset {asset.name!r} has the id of a class of data", asset.source, "give it another name")
        if asset.is_a not in DATA_CLASS_BY_ID:
            hint = nearest_or_all(asset.is_a, DATA_CLASS_BY_ID)
            yield Problem(f"no class of data is called {asset.is_a!r}", asset.source, hint)


def _zones(system: System) -> Iterator[Problem]:
    names = {zone.id: zone for zone in system.zones}
    inhabited = {component.zone for component in system.components} | {zone.parent for zone in system.zones}
    for zone in system.zones:
        if zone.parent is not None and zone.parent not in names:
            yield Problem(f"the zone {zone.name!r} lies in {zone.parent!r}, which is not a zone", zone.source, nearest_or_all(zone.parent, names))
        seen, at = {zone.id}, zone
        while at.parent in names:
            at = names[at.parent]
            if at.id in seen:
                yield Problem(f"the zone {zone.name!r} lies inside itself", zone.source, "one of its parents names it as parent")
                break
            seen.add(at.id)
        if zone.id not in inhabited:
            yield Problem(f"the zone {zone.name!r} contains nothing", zone.source, "put a component or a zone into it, or remove it")


def _components(system: System) -> Iterator[Problem]:
    zones = {zone.id for zone in system.zones}
    names = {component.id for component in system.components}
    own = {kind.id for kind in system.kinds}
    sound = all(kind.is_a in KINDS or kind.is_a in own for kind in system.kinds)
    for part in system.components:
        if part.zone not in zones:
            yield Problem(f"{part.name!r} stands in {part.zone!r}, which is not a zone", part.source, nearest_or_all(part.zone, zones))
        if part.kind not in KINDS and part.kind not in own:
            yield Problem(f"no kind is called {part.kind!r}", part.source, nearest_or_all(part.kind, {*KINDS, *own}))
        elif sound:
            yield from _misplaced(part, system.kind(part.kind))
        if part.runs_on is not None and part.runs_on not in names:
            yield Problem(f"{part.name!r} runs on {part.runs_on!r}, which is not a component", part.source, nearest_or_all(part.runs_on, names))
        for name in (*(part.stores or ()), *(part.trained_on or ())):
            yield from _known_data(system, name, part)
        yield from contradictions(part, lowered_component(part))


def _misplaced(part: Component, kind: Kind) -> Iterator[Problem]:
    allowed = properties_for(kind)
    for name in COMPONENT_PROPERTIES:
        if part.stated(name) is not None and name not in allowed:
            hint = f"a {kind.name.lower()} has: {', '.join(allowed)}"
            yield Problem(f"{name!r} cannot be stated of {part.name!r}, which is a {kind.name.lower()}", part.source, hint)


def _flows(system: System) -> Iterator[Problem]:
    names = {component.id for component in system.components}
    for flow in system.flows:
        for end, word in ((flow.data_source, "from"), (flow.data_target, "to")):
            if end not in names:
                yield Problem(f"the flow {flow.name!r} goes {word} {end!r}, which is not a component", flow.source, nearest_or_all(end, names))
        parts = flow.id.split(".")
        if (parts[0], parts[-1]) != (flow.data_source, flow.data_target):
            expected = flow_id(flow.data_source, flow.name, flow.data_target)
            yield Problem(f"the flow id {flow.id!r} does not name its ends", flow.source, f"expected {expected!r}")
        if flow.over is not None and flow.over not in PROTOCOL_BY_ID:
            yield Problem(f"no protocol is called {flow.over!r}", flow.source, nearest_or_all(flow.over, PROTOCOL_BY_ID))
        for name in flow.carries or ():
            yield from _known_data(system, name, flow)
        yield from contradictions(flow, lowered_flow(flow, flow.over))


def _known_data(system: System, name: str, part: Component | Flow) -> Iterator[Problem]:
    known = {*DATA_CLASS_BY_ID, *(asset.id for asset in system.data)}
    if name not in known:
        yield Problem(f"{part.name!r} names the data {name!r}, which nobody declared", part.source, nearest_or_all(name, known))


def _scenarios(system: System) -> Iterator[Problem]:
    names = {flow.id for flow in system.flows}
    for scenario in system.scenarios:
        for step in scenario.steps:
            if step not in names:
                yield Problem(f"the scenario {scenario.name!r} has a step {step!r}, which is not a flow", scenario.source, nearest_or_all(step, names))


def _controls(system: System) -> Iterator[Problem]:
    for part in (system, *system.zones, *system.components, *system.flows):
        name = part.title if isinstance(part, System) else part.name
        counted = Counter(control.id for control in part.controls)
        for control in part.controls:
            where = control.source or part.source
            if counted[control.id] > 1:
                yield Problem(f"{name!r} states the control {control.id!r} twice", where, "keep the one that is true")
                counted[control.id] = 0
            if control.state == "verified" and not control.evidence:
                yield Problem(
                    f"{control.id!r} of {name!r} is stated as verified without evidence", where, "add evidence='…', or say implemented"
                )
            if control.state == "not-applicable" and not control.because:
                yield Problem(f"{control.id!r} of {name!r} is stated as not applicable without a reason", where, "add because='…'")
