"""What holds at a place: values taken over from the zones around it, and the state of a control with who stated it."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from threatmodel.model.lowering import Lowered, lowered_component, lowered_flow
from threatmodel.model.parts import Component, Flow, StatedControl, Zone
from threatmodel.model.properties import INHERITED
from threatmodel.model.system import System
from threatmodel.model.vocabulary import ControlState
from threatmodel.source import Source


class Held(NamedTuple):
    """A value that holds at a place: what, why in words, and where it was stated."""

    value: object
    because: str
    source: Source | None = None


class HeldControl(NamedTuple):
    """The state of a control at a place, why it holds there, on whose word and evidence."""

    state: ControlState
    because: str
    at: str
    """The id of the part that states it."""
    source: Source | None = None
    evidence: str | None = None
    by: str | None = None
    on: str | None = None
    reason: str | None = None


class Holding:
    """Answers of one system to "what holds here?"; each is worked out once."""

    def __init__(self, system: System) -> None:
        """Answers for a system whose references are sound."""
        self.system = system
        self._zones: dict[tuple[str, str], Held | None] = {}
        self._chains: dict[str, tuple[Zone, ...]] = {}
        self._said: dict[str, dict[str, HeldControl]] = {}
        self._zone_controls: dict[str, dict[str, HeldControl]] = {}
        self._common: dict[tuple[str, str], str | None] = {}
        self._around: dict[tuple[str, str], HeldControl | None] = {}

    @cached_property
    def controls_stated(self) -> frozenset[str]:
        """The controls of which anything is stated anywhere; of any other nothing holds at any place."""
        system = self.system
        found = {control.id for control in system.controls}
        found.update(control.id for zone in system.zones for control in zone.controls)
        for component in system.components:
            found.update(self._component_said(component))
        for flow in system.flows:
            found.update(self._flow_said(flow))
        return frozenset(found)

    def zone_chain(self, zone: str) -> tuple[Zone, ...]:
        """The zone and the zones around it, from the inside out."""
        chain = self._chains.get(zone)
        if chain is None:
            found = [self.system.zone_by_id[zone]]
            while (parent := found[-1].parent) is not None:
                found.append(self.system.zone_by_id[parent])
            chain = self._chains[zone] = tuple(found)
        return chain

    def zone_value(self, zone: str, name: str) -> Held | None:
        """A property of a zone, its own or that of the nearest zone around it; None when nobody states it."""
        key = (zone, name)
        if key not in self._zones:
            self._zones[key] = None
            for at in self.zone_chain(zone):
                value = at.stated(name)
                if value is not None:
                    self._zones[key] = Held(value, f"the zone {at.name!r} is stated as {_told(name, value)}", at.source)
                    break
        return self._zones[key]

    def value(self, component: Component, name: str) -> Held | None:
        """A property of a component, its own or its zone's; None when nobody states it."""
        own = component.stated(name)
        if own is not None:
            return Held(own, f"{component.name!r} is stated as {_told(name, own)}", component.source)
        return self.zone_value(component.zone, name) if name in INHERITED else None

    def zone_control(self, zone: str, control: str) -> HeldControl | None:
        """The state of a control in a zone: its own word, that of a zone around it, or the model's."""
        key = (zone, control)
        if key not in self._around:
            said = (self._zone_said(at).get(control) for at in self.zone_chain(zone))
            self._around[key] = next((found for found in said if found is not None), self.model_controls.get(control))
        return self._around[key]

    @cached_property
    def model_controls(self) -> dict[str, HeldControl]:
        """What is stated for the model as a whole."""
        return {control.id: _held(control, "", "the whole model", "model") for control in self.system.controls}

    def component_control(self, component: Component, control: str) -> HeldControl | None:
        """The state of a control on a component: its own word, its zones', the model's; None when nobody states it."""
        said = self._component_said(component).get(control)
        return said if said is not None else self.zone_control(component.zone, control)

    def flow_control(self, flow: Flow, control: str) -> HeldControl | None:
        """The state of a control on a flow; None when it is not stated.

        The flow's own word counts first. Else one end that says no is enough for no, and the end that answers the
        connection is enough for yes, since it holds for every connection that it answers; then what a zone around
        both ends says, or the model.
        """
        said = self._flow_said(flow).get(control)
        if said is not None:
            return said
        parts = self.system.component_by_id
        source, target = parts[flow.data_source], parts[flow.data_target]
        at_source, at_target = (self._component_said(end).get(control) for end in (source, target))
        for found in (at_source, at_target):
            if found is not None and found.state in {"absent", "planned"}:
                return found
        answered = at_target if flow.opened_by == "source" else at_source
        if answered is not None:
            return answered
        zone = self._common_zone(source.zone, target.zone)
        return self.zone_control(zone, control) if zone is not None else self.model_controls.get(control)

    def _common_zone(self, one: str, other: str) -> str | None:
        """The innermost zone around two zones, either of them included."""
        key = (one, other)
        if key not in self._common:
            around = {zone.id for zone in self.zone_chain(one)}
            self._common[key] = next((zone.id for zone in self.zone_chain(other) if zone.id in around), None)
        return self._common[key]

    def _zone_said(self, zone: Zone) -> dict[str, HeldControl]:
        said = self._zone_controls.get(zone.id)
        if said is None:
            said = {
                control.id: _held(control, zone.name, f"the zone {zone.name!r}", zone.id) for control in zone.controls
            }
            self._zone_controls[zone.id] = said
        return said

    def _component_said(self, component: Component) -> dict[str, HeldControl]:
        said = self._said.get(component.id)
        if said is None:
            said = _said_by(component, lowered_component(component))
            self._said[component.id] = said
        return said

    def _flow_said(self, flow: Flow) -> dict[str, HeldControl]:
        said = self._said.get(flow.id)
        if said is None:
            said = _said_by(flow, lowered_flow(flow, flow.over))
            self._said[flow.id] = said
        return said


def _said_by(part: Component | Flow, lowered: list[Lowered]) -> dict[str, HeldControl]:
    """What a part itself says of controls: in so many words first, else by a property that stands for one."""
    said = {control.id: _held(control, part.name, repr(part.name), part.id) for control in part.controls}
    for told in sorted(lowered, key=lambda item: not item.firm):
        said.setdefault(told.control, HeldControl(told.state, told.says, part.id, part.source))
    return said


def _held(control: StatedControl, name: str, told: str, at: str) -> HeldControl:
    words = control.state.replace("-", " ")
    because = f"{control.id} is stated as {words} for {told}"
    return HeldControl(
        control.state, because, at, control.source, control.evidence, control.by, control.on, control.because
    )


def _told(name: str, value: object) -> str:
    words = name.replace("_", " ")
    if isinstance(value, bool):
        return f"{words}: {'yes' if value else 'no'}"
    if isinstance(value, tuple):
        return f"{words}: {', '.join(sorted(str(item) for item in value)) or 'none'}"
    return f"{words}: {value}"
