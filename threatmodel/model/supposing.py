"""A system as if something else were stated of a control: what ``--what-if`` assesses; the model is untouched."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple, TypeVar, get_args

from threatmodel.errors import UsageError, nearest_or_all
from threatmodel.model.lowering import IN_PLACE, lowered_component, lowered_flow
from threatmodel.model.parts import Component, Flow, StatedControl, Zone, changed
from threatmodel.model.system import System
from threatmodel.model.vocabulary import ControlState

P = TypeVar("P", Zone, Component, Flow)


class Supposition(NamedTuple):
    """A state of a control at a place: a zone, a component, a flow, or the model."""

    state: ControlState
    control: str
    place: str

    def __str__(self) -> str:
        """As it is written on the command line."""
        return f"{self.state}:{self.control}@{self.place}"


def read_supposition(text: str, system: System, controls: Iterable[str]) -> Supposition:
    """The supposition of a text such as ``implemented:mtls-node-auth@imaging-network``.

    Raises:
        UsageError: When it is not of that form, or names a state, control or place that is not there.
    """
    state, colon, rest = text.partition(":")
    control, at, place = rest.partition("@")
    if not colon or not at:
        raise UsageError(f"{text!r} is no supposition", None, "write it as implemented:mtls-node-auth@imaging-network")
    states = get_args(ControlState)
    if state not in states:
        raise UsageError(f"no state is called {state!r}", None, nearest_or_all(state, states))
    known = frozenset(controls)
    if control not in known:
        raise UsageError(f"no catalog knows the control {control!r}", None, nearest_or_all(control, known))
    places = {system.id, *system.zone_by_id, *system.component_by_id, *system.flow_by_id}
    if place not in places:
        raise UsageError(f"the model has no place {place!r}", None, nearest_or_all(place, places))
    return Supposition(states[states.index(state)], control, place)


def supposing(system: System, suppositions: Iterable[Supposition]) -> System:
    """The system with each supposition in force; one at a zone also overrules what is stated inside it.

    They take effect one after the other, each on what it concerns alone, so that many cost little more than one.
    A system with an id twice is given back as it is, for an assessment to refuse.
    """
    named = len(system.zone_by_id) + len(system.component_by_id) + len(system.flow_by_id)
    if named < len(system.zones) + len(system.components) + len(system.flows):
        return system
    draft = _Draft(system)
    for one in suppositions:
        draft.suppose(one)
    return draft.system()


class _Draft:
    """A system in which parts are being exchanged."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._controls = system.controls
        self._zones = dict(system.zone_by_id)
        self._components = dict(system.component_by_id)
        self._flows = dict(system.flow_by_id)
        self._changed = False

    def system(self) -> System:
        """The system as it is by now."""
        if not self._changed:
            return self._system
        return changed(
            self._system,
            controls=self._controls,
            zones=tuple(self._zones.values()),
            components=tuple(self._components.values()),
            flows=tuple(self._flows.values()),
        )

    def suppose(self, one: Supposition) -> None:
        """Puts a supposition in force."""
        self._changed = True
        place = one.place
        if place in self._components:
            self._components[place] = _stating(self._components[place], one)
        elif place in self._flows:
            self._flows[place] = _stating(self._flows[place], one)
        elif place in self._zones:
            zones, components, flows = self._inside(place)
            for name in zones:
                self._zones[name] = _silent(self._zones[name], one)
            for name in components:
                self._components[name] = _silent(self._components[name], one)
            for name in flows:
                self._flows[name] = _silent(self._flows[name], one)
            self._zones[place] = _stating(self._zones[place], one)
        elif place == self._system.id:
            self._controls = (*_others(self._controls, one), _statement(one))

    def _inside(self, zone: str) -> tuple[list[str], list[str], list[str]]:
        """What lies in a zone: inner zones, components, and the flows with both ends in it."""
        children, lying, leaving = self._maps
        zones = [zone]
        for found in zones:  # grows as it is walked
            zones += children.get(found, ())
        components = [part for found in zones for part in lying.get(found, ())]
        within = set(components)
        flows = [flow.id for part in components for flow in leaving.get(part, ()) if flow.data_target in within]
        return zones[1:], components, flows

    @cached_property
    def _maps(self) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[Flow]]]:
        """The inner zones and the components of each zone, and the flows that leave each component."""
        children: dict[str, list[str]] = {}
        lying: dict[str, list[str]] = {}
        leaving: dict[str, list[Flow]] = {}
        for zone in self._system.zones:
            if zone.parent is not None:
                children.setdefault(zone.parent, []).append(zone.id)
        for part in self._system.components:
            lying.setdefault(part.zone, []).append(part.id)
        for flow in self._system.flows:
            leaving.setdefault(flow.data_source, []).append(flow)
        return children, lying, leaving


def _stating(part: P, one: Supposition) -> P:
    """A part that says what is supposed."""
    plain = _without_property(part, one)
    return changed(plain, controls=(*_others(part.controls, one), _statement(one)))


def _silent(part: P, one: Supposition) -> P:
    """A part that says nothing of the control."""
    plain = _without_property(part, one)
    left = _others(plain.controls, one)
    return plain if len(left) == len(plain.controls) else changed(plain, controls=left)


def _without_property(part: P, one: Supposition) -> P:
    """A part without the properties that say otherwise, so that the two do not contradict each other."""
    if isinstance(part, Zone):
        return part
    for name in ("encryption", "authentication", "default_credentials"):
        if hasattr(part, name) and part.stated(name) is not None and _says_otherwise(part, one):
            # mutual certificates come inside TLS: who supposes them supposes both
            told = "mtls" if (name, one.control) == ("encryption", "mtls-node-auth") and one.state in IN_PLACE else None
            part = changed(part, **{name: told})
    return part


def _says_otherwise(part: Component | Flow, one: Supposition) -> bool:
    """Whether a property of a part stands for the control being there when it is supposed not to be, or the reverse."""
    lowered = lowered_flow(part, part.over) if isinstance(part, Flow) else lowered_component(part)
    return any(told.control == one.control and (told.state in IN_PLACE) != (one.state in IN_PLACE) for told in lowered)


def _others(controls: tuple[StatedControl, ...], one: Supposition) -> tuple[StatedControl, ...]:
    return tuple(control for control in controls if control.id != one.control)


def _statement(one: Supposition) -> StatedControl:
    supposed = "supposed by --what-if"
    return StatedControl(
        id=one.control,
        state=one.state,
        by=supposed,
        evidence=supposed if one.state == "verified" else None,
        because=supposed if one.state == "not-applicable" else None,
    )
