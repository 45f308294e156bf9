"""The answers to the facts of ``catalog.facts``: one small function for each, by name.

Each takes the context and a place, and gives the ``Value`` of the fact there.
"""

from __future__ import annotations

from collections.abc import Callable

from threatmodel.analysis import answers_of_flows, answers_of_places, answers_of_topology
from threatmodel.analysis.answer import FALSE_WORDS, TRUE_WORDS, Ask, Value
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Chain, Place, a_component
from threatmodel.analysis.telling import identified, listed
from threatmodel.catalog.facts import FACTS
from threatmodel.model.holding import Held
from threatmodel.model.parts import Component, Flow, Zone
from threatmodel.model.properties import COMPONENT_PROPERTIES, FLOW_PROPERTIES, ZONE_PROPERTIES
from threatmodel.model.system import System

Answering = Callable[[Context, Place], Value]


def kind(context: Context, place: Place) -> Value:
    """The kind of a component and the kinds above it."""
    part = a_component(place)
    words = frozenset(context.system.lineages[part.kind])
    return Value(words, True, f"{part.name!r} is {context.kind(part).phrase}", part.source)


def dfd(context: Context, place: Place) -> Value:
    """The part that a component plays in a data-flow diagram."""
    part = a_component(place)
    known = context.kind(part)
    return Value(frozenset({known.dfd}), True, f"{known.phrase} is drawn as {known.dfd}", part.source)


def trait(context: Context, place: Place) -> Value:
    """What a component's kind does."""
    part = a_component(place)
    known = context.kind(part)
    return Value(known.traits, True, f"{part.name!r} is {known.phrase}", part.source)


def stores(context: Context, place: Place) -> Value:
    """The data at rest."""
    part = a_component(place)
    kept = context.spread.kept(part)
    if kept is None:
        because = f"what {part.name!r} stores is not stated"
        return Value(frozenset(), False, because, part.source, (Ask("stores", part.id),))
    told = "is stated to store" if part.stores is not None else f"is {context.kind(part).phrase} and keeps"
    return Value(kept, True, f"{part.name!r} {told} {listed(kept)}", part.source)


def receives(context: Context, place: Place) -> Value:
    """The data that flows bring."""
    part = a_component(place)
    data = context.spread.received(part.id)
    return _data(context, part, "receives", data.classes, data.unstated)


def emits(context: Context, place: Place) -> Value:
    """The data that flows take away."""
    part = a_component(place)
    data = context.spread.emitted(part.id)
    return _data(context, part, "hands on", data.classes, data.unstated)


def handles(context: Context, place: Place) -> Value:
    """The data kept, received or handed on."""
    part = a_component(place)
    received, emitted = context.spread.received(part.id), context.spread.emitted(part.id)
    kept = context.spread.kept(part)
    classes = received.classes | emitted.classes | (kept or frozenset())
    data = _data(context, part, "handles", classes, tuple(sorted({*received.unstated, *emitted.unstated})))
    if kept is not None:
        return data
    because = f"{data.because}; what it stores is not stated"
    return Value(classes, False, because, part.source, (*data.asks, Ask("stores", part.id)))


def stores_identified(context: Context, place: Place) -> Value:
    """Whether data that name or show a person are kept."""
    return identified(a_component(place), "keeps", stores(context, place))


def handles_identified(context: Context, place: Place) -> Value:
    """Whether data that name or show a person are kept, received or handed on."""
    return identified(a_component(place), "handles", handles(context, place))


def trained_on(context: Context, place: Place) -> Value:
    """The data that models were trained on."""
    part = a_component(place)
    if part.trained_on is None:
        because = f"what the models of {part.name!r} were trained on is not stated"
        return Value(frozenset(), False, because, part.source, (Ask("trained_on", part.id),))
    classes = context.spread.classes(part.trained_on)
    return Value(classes, True, f"the models of {part.name!r} were trained on {listed(classes)}", part.source)


def reachable_from(context: Context, place: Place) -> Value:
    """The exposures of the places that can act on a component."""
    part = a_component(place)
    reach = context.reach
    words = reach.exposures(part.id)
    because = f"{part.name!r} can be reached from {listed(words)} places"
    because += answers_of_topology.way_told(context, reach, part)
    unstated = reach.unstated(part.id)
    asks: tuple[Ask, ...] = ()
    if unstated is not None:
        asks = (Ask("exposure", context.outermost_unstated(context.component(unstated), "exposure")),)
    return Value(words, not asks, because, part.source, asks)


def hosted(context: Context, place: Place) -> Value:
    """Whether a component runs on another one."""
    part = a_component(place)
    if part.runs_on is None:
        return Value(FALSE_WORDS, True, f"nothing is stated to host {part.name!r}", part.source)
    return Value(TRUE_WORDS, True, f"{part.name!r} runs on {context.component(part.runs_on).name!r}", part.source)


def jurisdiction(context: Context, place: Place) -> Value:
    """The jurisdictions of the model."""
    system = context.system
    if not system.jurisdictions:
        asks = (Ask("jurisdictions", system.id),)
        return Value(frozenset(), False, "the model names no jurisdiction", system.source, asks)
    because = f"the model names the jurisdictions {', '.join(system.jurisdictions)}"
    return Value(frozenset(system.jurisdictions), True, because, system.source)


def _stated(name: str) -> Answering:
    """The answer to a fact of the same name as a property: as stated, by the place or the zones around it."""

    def answer(context: Context, place: Place) -> Value:
        if isinstance(place, System | Chain):
            raise TypeError(f"{name} says nothing about a model or a chain")
        held = _held(context, place, name)
        if held is None:
            at = context.outermost_unstated(place, name) if isinstance(place, Component) else place.id
            because = f"not stated of {place.name!r}: {_MEANINGS[name]}"
            return Value(frozenset(), False, because, place.source, (Ask(name, at),))
        return Value(_words(held.value), True, held.because, held.source)

    return answer


_MEANINGS = {
    name: stated.meaning
    for table in (FLOW_PROPERTIES, ZONE_PROPERTIES, COMPONENT_PROPERTIES)
    for name, (_, stated) in table.items()
}


def _held(context: Context, place: Component | Flow | Zone, name: str) -> Held | None:
    if isinstance(place, Component):
        return context.holding.value(place, name) or _by_kind(context, place, name)
    if isinstance(place, Zone):
        return context.holding.zone_value(place.id, name)
    value = place.stated(name)
    told = ("yes" if value else "no") if isinstance(value, bool) else value
    return (
        None if value is None else Held(value, f"{place.name!r} states {name.replace('_', ' ')}: {told}", place.source)
    )


def _by_kind(context: Context, part: Component, name: str) -> Held | None:
    """What follows from a component's kind when nobody states otherwise."""
    if name == "serves":
        known = context.kind(part)
        return Held(known.serves, f"{known.phrase} serves {known.serves.replace('-', ' ')}", part.source)
    if name == "lifecycle":
        return Held("active", f"{part.name!r} is in the model and not stated as planned or retired", part.source)
    if name == "portable" and "carried-about" in context.kind(part).traits:
        return Held(True, f"{context.kind(part).phrase} is carried about", part.source)
    return None


def _words(value: object) -> frozenset[str]:
    if isinstance(value, bool):
        return TRUE_WORDS if value else FALSE_WORDS
    return frozenset(str(word) for word in value) if isinstance(value, tuple) else frozenset({str(value)})


def _data(context: Context, part: Component, verb: str, classes: frozenset[str], unstated: tuple[str, ...]) -> Value:
    because = f"{part.name!r} {verb} {listed(classes)}"
    if unstated:
        because += f"; what {len(unstated)} of its flows carry is not stated"
    return Value(classes, not unstated, because, part.source, tuple(Ask("carries", flow) for flow in unstated))


_OWN: tuple[Answering, ...] = (
    kind,
    dfd,
    trait,
    stores,
    stores_identified,
    receives,
    emits,
    handles,
    handles_identified,
    trained_on,
    reachable_from,
    hosted,
    answers_of_flows.protocol,
    answers_of_flows.carries,
    answers_of_flows.carries_identified,
    answers_of_flows.crosses_boundary,
    answers_of_flows.changes_operator,
    answers_of_flows.changes_region,
    answers_of_flows.from_less_trusted,
    answers_of_flows.to_less_trusted,
    answers_of_flows.way_exposure,
    answers_of_flows.both_ways,
    answers_of_flows.opened_by,
    answers_of_topology.reading_needs_it,
    answers_of_topology.reading_goes_on_without,
    answers_of_topology.acts_unread,
    answers_of_topology.in_feedback,
    answers_of_places.shares,
    answers_of_places.shares_supplier,
    answers_of_places.touches,
    answers_of_topology.supplied_from,
    answers_of_places.joins_zones,
    answers_of_topology.reached_unproven,
    answers_of_places.passes_on_unreceived,
    answers_of_places.receives_unused,
    jurisdiction,
)
ANSWERS: dict[str, Answering] = {
    **{name: _stated(name) for name in FACTS if name in {*ZONE_PROPERTIES, *COMPONENT_PROPERTIES, *FLOW_PROPERTIES}},
    **{answer.__name__: answer for answer in _OWN},
}
"""The answer to every fact that is not a control or asked of other places (``evaluate`` answers those)."""
