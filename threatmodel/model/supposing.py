"""A system as if something else were stated of a control: what ``--what-if`` assesses; the model is untouched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar, get_args

from threatmodel.errors import UsageError, nearest_or_all
from threatmodel.model.lowering import IN_PLACE, lowered_component, lowered_flow
from threatmodel.model.parts import Component, Flow, StatedControl, Zone
from threatmodel.model.system import System
from threatmodel.model.vocabulary import ControlState

P = TypeVar("P", Zone, Component, Flow)


@dataclass(frozen=True, slots=True)
class Supposition:
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

    They take effect one after the other. Those at components and flows concern nothing else, so that many of them in a
    row cost one walk over the parts.
    """
    alone: dict[str, list[Supposition]] = {}
    for one in suppositions:
        if one.place in system.component_by_id or one.place in system.flow_by_id:
            alone.setdefault(one.place, []).append(one)
        else:
            system = _around(_with_each(system, alone), one)
            alone = {}
    return _with_each(system, alone)


def _with_each(system: System, alone: dict[str, list[Supposition]]) -> System:
    """The system with suppositions at components and flows, by place, in force."""
    if not alone:
        return system
    components = tuple(_saying(part, alone.get(part.id, ())) for part in system.components)
    flows = tuple(_saying(flow, alone.get(flow.id, ())) for flow in system.flows)
    return system.changed(components=components, flows=flows)


def _saying(part: P, several: Iterable[Supposition]) -> P:
    for one in several:
        part = _stating(part, one)
    return part


def _around(system: System, one: Supposition) -> System:
    """The system with a supposition at a zone or at the model in force."""
    inside = _inside(system, one.place)
    zones = tuple(_stating(zone, one) if zone.id == one.place else _silent(zone, one, inside) for zone in system.zones)
    components = tuple(_silent(part, one, inside) for part in system.components)
    flows = tuple(_silent(flow, one, inside) for flow in system.flows)
    changes: dict[str, object] = {"zones": zones, "components": components, "flows": flows}
    if one.place == system.id and one.place not in system.zone_by_id:
        changes["controls"] = (*_others(system.controls, one), _statement(one))
    return system.changed(**changes)


def _inside(system: System, zone: str) -> frozenset[str]:
    """What lies in a zone: inner zones, components, and the flows with both ends in it; nothing when it is no zone."""
    if zone not in system.zone_by_id:
        return frozenset()
    zones = {zone}
    grown = True
    while grown:
        more = {one.id for one in system.zones if one.parent in zones} - zones
        zones |= more
        grown = bool(more)
    components = {part.id for part in system.components if part.zone in zones}
    flows = {flow.id for flow in system.flows if {flow.data_source, flow.data_target} <= components}
    return frozenset(zones | components | flows)


def _stating(part: P, one: Supposition) -> P:
    """A part that says what is supposed."""
    plain = _without_property(part, one)
    return plain.model_copy(update={"controls": (*_others(part.controls, one), _statement(one))})


def _silent(part: P, one: Supposition, inside: frozenset[str]) -> P:
    """A part that says nothing of the control, if it lies inside; else as it is."""
    if part.id not in inside:
        return part
    return _without_property(part, one).model_copy(update={"controls": _others(part.controls, one)})


def _without_property(part: P, one: Supposition) -> P:
    """A part without the properties that say otherwise, so that the two do not contradict each other."""
    if isinstance(part, Zone):
        return part
    for name in ("encryption", "authentication", "default_credentials"):
        if name in type(part).model_fields and part.stated(name) is not None and _says_otherwise(part, one):
            # mutual certificates come inside TLS: who supposes them supposes both
            told = "mtls" if (name, one.control) == ("encryption", "mtls-node-auth") and one.state in IN_PLACE else None
            part = part.model_copy(update={name: told})
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
