"""The answers to the facts of ``catalog.facts``: one small function for each, by name.

Each takes the context and a place, and gives the ``Value`` of the fact there.
"""

from __future__ import annotations

from collections.abc import Callable

from threatmodel.analysis.answer import FALSE_WORDS, TRUE_WORDS, Ask, Value
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Chain, Place
from threatmodel.catalog.facts import FACTS
from threatmodel.graph.crossings import of_flow
from threatmodel.model.holding import Held
from threatmodel.model.parts import Component, Flow, Zone
from threatmodel.model.properties import COMPONENT_PROPERTIES, FLOW_PROPERTIES, ZONE_PROPERTIES
from threatmodel.model.system import System
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID, EXPOSURE_ORDER, PROTOCOL_BY_ID

Answering = Callable[[Context, Place], Value]
IDENTIFYING = frozenset(name for name, known in DATA_CLASS_BY_ID.items() if known.identifies)


def _a_component(place: Place) -> Component:
    if not isinstance(place, Component):
        raise TypeError(f"{place!r} is not a component")
    return place


def _a_flow(place: Place) -> Flow:
    if not isinstance(place, Flow):
        raise TypeError(f"{place!r} is not a flow")
    return place


def _truth(holds: bool, because: str) -> Value:
    return Value(TRUE_WORDS if holds else FALSE_WORDS, True, because)


def kind(context: Context, place: Place) -> Value:
    """The kind of a component and the kinds above it."""
    part = _a_component(place)
    words = frozenset(context.system.lineages[part.kind])
    return Value(words, True, f"{part.name!r} is {context.kind(part).phrase}", part.source)


def dfd(context: Context, place: Place) -> Value:
    """The part that a component plays in a data-flow diagram."""
    part = _a_component(place)
    known = context.kind(part)
    return Value(frozenset({known.dfd}), True, f"{known.phrase} is drawn as {known.dfd}", part.source)


def trait(context: Context, place: Place) -> Value:
    """What a component's kind does."""
    part = _a_component(place)
    known = context.kind(part)
    return Value(known.traits, True, f"{part.name!r} is {known.phrase}", part.source)


def stores(context: Context, place: Place) -> Value:
    """The data at rest."""
    part = _a_component(place)
    kept = context.spread.kept(part)
    if kept is None:
        because = f"what {part.name!r} stores is not stated"
        return Value(frozenset(), False, because, part.source, (Ask("stores", part.id),))
    told = "is stated to store" if part.stores is not None else f"is {context.kind(part).phrase} and keeps"
    return Value(kept, True, f"{part.name!r} {told} {_listed(kept)}", part.source)


def receives(context: Context, place: Place) -> Value:
    """The data that flows bring."""
    part = _a_component(place)
    data = context.spread.received(part.id)
    return _data(context, part, "receives", data.classes, data.unstated)


def emits(context: Context, place: Place) -> Value:
    """The data that flows take away."""
    part = _a_component(place)
    data = context.spread.emitted(part.id)
    return _data(context, part, "hands on", data.classes, data.unstated)


def handles(context: Context, place: Place) -> Value:
    """The data kept, received or handed on."""
    part = _a_component(place)
    received, emitted = context.spread.received(part.id), context.spread.emitted(part.id)
    kept = context.spread.kept(part) or frozenset()
    classes = received.classes | emitted.classes | kept
    return _data(context, part, "handles", classes, tuple(sorted({*received.unstated, *emitted.unstated})))


def stores_identified(context: Context, place: Place) -> Value:
    """Whether data that name or show a person are kept."""
    return _identified(_a_component(place), "keeps", stores(context, place))


def handles_identified(context: Context, place: Place) -> Value:
    """Whether data that name or show a person are kept, received or handed on."""
    return _identified(_a_component(place), "handles", handles(context, place))


def trained_on(context: Context, place: Place) -> Value:
    """The data that models were trained on."""
    part = _a_component(place)
    if part.trained_on is None:
        because = f"what the models of {part.name!r} were trained on is not stated"
        return Value(frozenset(), False, because, part.source, (Ask("trained_on", part.id),))
    classes = context.spread.classes(part.trained_on)
    return Value(classes, True, f"the models of {part.name!r} were trained on {_listed(classes)}", part.source)


def reachable_from(context: Context, place: Place) -> Value:
    """The exposures of the places that can act on a component."""
    part = _a_component(place)
    reach = context.reach
    words = reach.exposures(part.id)
    entries = reach.entries(part.id)
    way = reach.way(part.id, entries[0]) if entries else ()
    because = f"{part.name!r} can be reached from {_listed(words)} places"
    if len(way) > 1:
        because += ", by way of " + " → ".join(repr(context.component(name).name) for name in way)
    unstated = reach.unstated(part.id)
    asks: tuple[Ask, ...] = ()
    if unstated is not None:
        asks = (Ask("exposure", context.outermost_unstated(context.component(unstated), "exposure")),)
    return Value(words, not asks, because, part.source, asks)


def hosted(context: Context, place: Place) -> Value:
    """Whether a component runs on another one."""
    part = _a_component(place)
    if part.runs_on is None:
        return Value(FALSE_WORDS, True, f"nothing is stated to host {part.name!r}", part.source)
    return Value(TRUE_WORDS, True, f"{part.name!r} runs on {context.component(part.runs_on).name!r}", part.source)


def protocol(context: Context, place: Place) -> Value:
    """The protocol of a flow."""
    flow = _a_flow(place)
    if flow.over is None and all(context.kind(end).dfd == "person" for end in context.ends(flow)):
        return Value(frozenset(), True, f"{flow.name!r} passes between two people", flow.source)
    if flow.over is None:
        because = f"the protocol of {flow.name!r} is not stated"
        return Value(frozenset(), False, because, flow.source, (Ask("protocol", flow.id),))
    return Value(frozenset({flow.over}), True, f"{flow.name!r} goes over {PROTOCOL_BY_ID[flow.over].name}", flow.source)


def carries(context: Context, place: Place) -> Value:
    """The data of a flow, by class."""
    flow = _a_flow(place)
    if flow.carries is None:
        because = f"what {flow.name!r} carries is not stated"
        return Value(frozenset(), False, because, flow.source, (Ask("carries", flow.id),))
    classes = context.spread.classes(flow.carries)
    return Value(classes, True, f"{flow.name!r} carries {_listed(classes)}", flow.source)


def carries_identified(context: Context, place: Place) -> Value:
    """Whether a flow carries data that name or show a person."""
    return _identified(_a_flow(place), "carries", carries(context, place))


def crosses_boundary(context: Context, place: Place) -> Value:
    """Whether the ends of a flow lie in different zones, and which boundaries lie between."""
    flow = _a_flow(place)
    crossed = of_flow(context.holding, flow)
    if not crossed.count:
        return Value(FALSE_WORDS, True, f"{flow.name!r} stays inside one zone", flow.source)
    zones = context.system.zone_by_id
    left = [f"leaves {zones[name].name!r}" for name in crossed.left]
    entered = [f"enters {zones[name].name!r}" for name in crossed.entered]
    return Value(TRUE_WORDS, True, f"{flow.name!r} {', '.join((*left, *entered))}", flow.source)


def changes_operator(context: Context, place: Place) -> Value:
    """Whether different bodies run the ends of a flow."""
    return _differs(context, _a_flow(place), "operator", "run by")


def changes_region(context: Context, place: Place) -> Value:
    """Whether the ends of a flow stand in different countries."""
    return _differs(context, _a_flow(place), "region", "in")


def from_less_trusted(context: Context, place: Place) -> Value:
    """Whether the source of a flow is more exposed than its target."""
    return _fall(context, _a_flow(place), rising=False)


def to_less_trusted(context: Context, place: Place) -> Value:
    """Whether the target of a flow is more exposed than its source."""
    return _fall(context, _a_flow(place), rising=True)


def way_exposure(context: Context, place: Place) -> Value:
    """The most exposed of the zones on the way of a flow."""
    flow = _a_flow(place)
    found = {end.id: context.holding.value(end, "exposure") for end in context.ends(flow)}
    stated = [held for held in found.values() if held is not None]
    asks = tuple(
        Ask("exposure", context.outermost_unstated(context.component(name), "exposure"))
        for name, held in found.items()
        if held is None
    )
    if not stated:
        return Value(frozenset(), False, f"the exposure of neither end of {flow.name!r} is stated", flow.source, asks)
    worst = max(stated, key=_rank)
    complete = not asks or worst.value == EXPOSURE_ORDER[-1]
    return Value(frozenset({str(worst.value)}), complete, worst.because, worst.source, () if complete else asks)


def both_ways(context: Context, place: Place) -> Value:
    """Whether the reply of a flow carries data of its own."""
    flow = _a_flow(place)
    told = "carries data in its replies" if flow.both_ways else "is stated in one direction"
    return Value(TRUE_WORDS if flow.both_ways else FALSE_WORDS, True, f"{flow.name!r} {told}", flow.source)


def opened_by(context: Context, place: Place) -> Value:
    """The end of a flow that opens the connection."""
    flow = _a_flow(place)
    opener = context.component(flow.data_source if flow.opened_by == "source" else flow.data_target)
    return Value(frozenset({flow.opened_by}), True, f"{opener.name!r} opens the connection", flow.source)


def jurisdiction(context: Context, place: Place) -> Value:
    """The jurisdictions of the model."""
    named = context.system.jurisdictions
    return Value(
        frozenset(named), True, f"the model names the jurisdictions {', '.join(named) or 'none'}", context.system.source
    )


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
    because = f"{part.name!r} {verb} {_listed(classes)}"
    if unstated:
        because += f"; what {len(unstated)} of its flows carry is not stated"
    return Value(classes, not unstated, because, part.source, tuple(Ask("carries", flow) for flow in unstated))


def _identified(place: Component | Flow, verb: str, value: Value) -> Value:
    """Whether some of the data of a value name or show a person."""
    named = value.words & IDENTIFYING
    if named:
        return Value(
            TRUE_WORDS, True, f"{place.name!r} {verb} {_listed(named)}, which name or show a person", value.source
        )
    return Value(
        FALSE_WORDS if value.complete else frozenset(), value.complete, value.because, value.source, value.asks
    )


def _differs(context: Context, flow: Flow, name: str, told: str) -> Value:
    ends = context.ends(flow)
    held = [context.holding.value(end, name) for end in ends]
    missing = [end for end, found in zip(ends, held, strict=True) if found is None]
    if missing:
        asks = tuple(Ask(name, context.outermost_unstated(end, name)) for end in missing)
        because = f"the {name} of {' and '.join(repr(end.name) for end in missing)} is not stated"
        return Value(frozenset(), False, because, flow.source, asks)
    source, target = (str(found.value) for found in held if found is not None)
    because = f"{ends[0].name!r} is {told} {source}, {ends[1].name!r} {told} {target}"
    return Value(TRUE_WORDS if source != target else FALSE_WORDS, True, because, flow.source)


def _fall(context: Context, flow: Flow, *, rising: bool) -> Value:
    ends = context.ends(flow)
    held = [context.holding.value(end, "exposure") for end in ends]
    missing = [end for end, found in zip(ends, held, strict=True) if found is None]
    if missing:
        asks = tuple(Ask("exposure", context.outermost_unstated(end, "exposure")) for end in missing)
        because = f"the exposure of {' and '.join(repr(end.name) for end in missing)} is not stated"
        return Value(frozenset(), False, because, flow.source, asks)
    source, target = (found for found in held if found is not None)
    holds = _rank(target) > _rank(source) if rising else _rank(source) > _rank(target)
    because = f"{ends[0].name!r} is {source.value}, {ends[1].name!r} is {target.value}"
    return Value(TRUE_WORDS if holds else FALSE_WORDS, True, because, flow.source)


def _rank(held: Held) -> int:
    return [str(word) for word in EXPOSURE_ORDER].index(str(held.value))


def _listed(classes: frozenset[str]) -> str:
    return ", ".join(sorted(classes)) if classes else "nothing that is stated"


_OWN: tuple[Answering, ...] = (
    kind, dfd, trait, stores, stores_identified, receives, emits, handles, handles_identified, trained_on,
    reachable_from, hosted, protocol, carries, carries_identified, crosses_boundary, changes_operator, changes_region,
    from_less_trusted, to_less_trusted, way_exposure, both_ways, opened_by, jurisdiction,
)  # fmt: skip
ANSWERS: dict[str, Answering] = {
    **{name: _stated(name) for name in FACTS if name in {*ZONE_PROPERTIES, *COMPONENT_PROPERTIES, *FLOW_PROPERTIES}},
    **{answer.__name__: answer for answer in _OWN},
}
"""The answer to every fact that is not a control or asked of other places (``evaluate`` answers those)."""
