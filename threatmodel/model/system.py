"""System: everything that a model declares, frozen, with every reference checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from threatmodel.errors import Problem, nearest_or_all
from threatmodel.model import soundness
from threatmodel.model.kind import Kind
from threatmodel.model.kinds import KINDS, lineage, with_own
from threatmodel.model.parts import (
    STRICT,
    Assumption,
    CatalogPin,
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
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID
from threatmodel.source import Source

SCHEMA: Final = "threatmodel-system/1"


@dataclass(frozen=True, kw_only=True, config=STRICT)  # without slots, so that what is worked out can be kept
class System(Part):
    """A whole model. Its parts name each other by id; ``problems`` tells which of those names lead nowhere."""

    schema_version: Annotated[Literal["threatmodel-system/1"], Field(alias="schema")] = SCHEMA
    id: Id
    title: Text
    version: str | None = None
    owner: str | None = None
    jurisdictions: tuple[str, ...] = ()
    intended_use: str | None = None
    description: str | None = None
    catalogs: Annotated[tuple[CatalogPin, ...], Field(description="the catalogs that it is assessed against")] = ()
    controls: tuple[StatedControl, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    kinds: tuple[OwnKind, ...] = ()
    data: tuple[DataAsset, ...] = ()
    zones: tuple[Zone, ...] = ()
    components: tuple[Component, ...] = ()
    flows: tuple[Flow, ...] = ()
    scenarios: tuple[Scenario, ...] = ()

    @cached_property
    def mistakes(self) -> tuple[Problem, ...]:
        """What is wrong with the whole; an assessment of a system with mistakes is refused."""
        return tuple(problems(self))

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
        return with_own(self.kinds)

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
        said = EXCHANGED.dump_python(self, mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        ordered = {name: _head_first(value) for name, value in said.items()}
        return {"schema": SCHEMA, "id": self.id, "title": self.title} | ordered

    @cached_property
    def digest(self) -> str:
        """A SHA-256 over what is stated; the order of declaration and the places in files do not count."""
        text = json.dumps(_unordered(self.plain()), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


EXCHANGED: Final = TypeAdapter(System)
"""A system as it is exchanged: read from JSON, written as plain data, told as a JSON Schema."""
_HEAD = ("id", "name", "kind", "zone", "parent", "from", "to")


def _head_first(value: object) -> object:
    """A list of parts, each with what names it first."""
    if not isinstance(value, list):
        return value
    return [
        {name: part[name] for name in _HEAD if name in part} | part if isinstance(part, dict) else part
        for part in value
    ]


def _unordered(value: object, key: str = "") -> object:
    """Plain data with every list whose order says nothing in one order; the steps of a scenario keep theirs."""
    if isinstance(value, dict):
        return {
            name: _unordered(inner, name) if isinstance(inner, dict | list) else inner for name, inner in value.items()
        }
    if not isinstance(value, list):
        return value
    read = [_unordered(inner) for inner in value]
    return read if key == "steps" else sorted(read, key=_sorting)


def _sorting(value: object) -> str:
    """A part by its id, which no other has; a word by itself; anything else by all that it says."""
    if isinstance(value, str):
        return value
    name = value.get("id") if isinstance(value, dict) else None
    return name if isinstance(name, str) else json.dumps(value, sort_keys=True)


def problems(system: System, *, whole: bool = True) -> list[Problem]:
    """Every mistake that shows when the parts are seen together: names that lead nowhere, ids twice, contradictions.

    With ``whole=False`` some parts are missing for reasons told elsewhere; what their absence explains is left out.
    """
    stating: list[Zone | Component | Flow] = [*system.zones, *system.components, *system.flows]
    found = [
        *soundness.twice("component or zone", [*system.zones, *system.components], {system.id: "the model itself"}),
        *soundness.twice("flow", system.flows),
        *soundness.twice("data asset", system.data),
        *soundness.twice("scenario", system.scenarios),
        *soundness.of_kinds(system.kinds),
        *soundness.of_data(system.data),
        *soundness.of_places(system.zones, system.components, system.jurisdictions, system.source),
        *soundness.of_components(system.components, system.own_kinds, whole=whole),
        *soundness.of_flows(system.flows),
        *soundness.of_controls(system.title, system.controls, system.source),
        *soundness.of_pins(system.catalogs, system.source),
    ]
    for part in stating:
        found += soundness.of_controls(part.name, part.controls, part.source)
    if whole:
        found += soundness.lost_names(system.zones, system.components, system.flows, system.data, system.scenarios)
    return found


def unmet_pins(system: System, used: Mapping[str, str]) -> list[Problem]:
    """A problem for each catalog that the model pins and that is not used, or not in that version.

    Args:
        system: The model.
        used: The version of each catalog in use, by id.
    """
    found = []
    for pin in system.catalogs:
        where = pin.source or system.source
        if pin.id not in used:
            what = f"the model is made for the catalog {pin.id!r} {pin.version}, which is not in use"
            hint = f"name its folder with --catalog or in threatmodel.toml; in use: {_versions(used)}"
            found.append(Problem(what, where, hint))
        elif used[pin.id] != pin.version:
            what = f"the model is made for {pin.id!r} {pin.version}, and {used[pin.id]} is in use"
            hint = f"use that version, or read what changed and write {pin.id!r}: {used[pin.id]!r}"
            found.append(Problem(what, where, hint))
    return found


def _versions(used: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in sorted(used.items()))


def unknown_controls(system: System, known: Iterable[str], retired: Mapping[str, str] | None = None) -> list[Problem]:
    """A problem for each control that the model states and no catalog knows, or that its catalog has retired.

    Args:
        system: The model.
        known: The controls in force.
        retired: What to state instead of each retired control, in words.
    """
    names, gone = frozenset(known), retired or {}
    stating: list[System | Zone | Component | Flow] = [system, *system.zones, *system.components, *system.flows]
    return [
        _unknown_control(control.id, control.source or part.source, names, gone)
        for part in stating
        for control in part.controls
        if control.id not in names
    ]


def _unknown_control(name: str, where: Source | None, known: frozenset[str], retired: Mapping[str, str]) -> Problem:
    if name in retired:
        return Problem(f"the control {name!r} is retired", where, retired[name])
    space = name.rpartition("/")[0]
    if space and not any(one.startswith(f"{space}/") for one in known):
        hint = f"it is of the catalog {space!r}: name its folder with --catalog or in threatmodel.toml"
    else:
        hint = nearest_or_all(name, known)
    return Problem(f"no catalog knows the control {name!r}", where, hint)
