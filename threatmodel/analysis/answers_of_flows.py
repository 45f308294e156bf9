"""The answers to facts about flows: one small function for each, by name; ``answers`` gathers them."""

from __future__ import annotations

from threatmodel.analysis.answer import FALSE_WORDS, TRUE_WORDS, Ask, Value
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Place
from threatmodel.analysis.telling import identified, listed
from threatmodel.graph.crossings import of_flow
from threatmodel.model.holding import Held
from threatmodel.model.parts import Flow
from threatmodel.model.vocabulary import EXPOSURE_ORDER, PROTOCOL_BY_ID


def _a_flow(place: Place) -> Flow:
    if not isinstance(place, Flow):
        raise TypeError(f"{place!r} is not a flow")
    return place


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
    return Value(classes, True, f"{flow.name!r} carries {listed(classes)}", flow.source)


def carries_identified(context: Context, place: Place) -> Value:
    """Whether a flow carries data that name or show a person."""
    return identified(_a_flow(place), "carries", carries(context, place))


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
    among = frozenset(EXPOSURE_ORDER[_rank(worst) :])
    if asks and len(among) > 1:
        because = f"{worst.because}, and what is not stated may be worse"
        return Value(frozenset(), False, because, worst.source, asks, among)
    return Value(frozenset({str(worst.value)}), True, worst.because, worst.source)


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
