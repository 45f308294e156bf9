"""The answers to facts of chains of flows: one small function for each, by name; ``answers`` gathers them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, pairwise

from threatmodel.analysis.answer import FALSE_WORDS, TRUE_WORDS, Ask, Value, carrying
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Place, a_component
from threatmodel.analysis.telling import listed, named
from threatmodel.graph.crossings import between
from threatmodel.graph.dependence import Stop
from threatmodel.graph.reach import Reach
from threatmodel.graph.ways import Hop
from threatmodel.model.parts import Component, Flow

_MOST_ASKED = 5
"""Of one way, so many flows are asked about; the answers show whether the rest matters."""
_MOST_NAMED = 12
"""Of a cycle, so many components are named."""


def reading_needs_it(context: Context, place: Place) -> Value:
    """Whether some device's images reach no reader, or some reader's reports no record, without a component or flow."""
    if not isinstance(place, Component | Flow):
        raise TypeError(f"{place!r} is neither a component nor a flow")
    paths = (
        (context.topology.images, "the images of", "no reader"),
        (context.topology.reports, "reports by", "no record"),
    )
    deciding: list[str] = []
    count = 0
    for path, what, where in paths:
        stop = path.stop(place.id)
        if stop is not None and stop.sure:
            because = f"without {place.name!r}, {what} {_named(context, stop)} reach {where}"
            return Value(TRUE_WORDS, True, because, place.source)
        if stop is not None:
            deciding += path.deciding(place.id)
            count += len(path.undecided)
    if deciding:
        because = f"whether reading hangs on {place.name!r} turns on what {count} flows carry"
        return Value(frozenset(), False, because, place.source, carrying(deciding))
    because = f"images reach a reader and reports the record without {place.name!r}"
    return Value(FALSE_WORDS, True, because, place.source)


def reading_goes_on_without(context: Context, place: Place) -> Value:
    """What may fail while every image still reaches a reader and every report the record."""
    system, paths = context.system, (context.topology.images, context.topology.reports)
    words, silent = set(), set()
    for word, (gone, perhaps) in _failing(context).items():
        found = [path.goes_on(gone, perhaps) for path in paths]
        if all(found):
            words.add(word)
        elif False not in found:
            silent.add(word)
    told = f"reading goes on without {listed(frozenset(words))}" if words else "reading goes on without none of them"
    if not silent:
        return Value(frozenset(words), True, told, system.source)
    asks = carrying({*paths[0].undecided, *paths[1].undecided})
    for name, of in (("exposure", {"internet"}), ("operator", {"cloud", "vendor"})):
        if silent & of:
            parts = [part for part in system.components if context.holding.value(part, name) is None]
            concerned = [part for part in parts if any(path.concerns(part.id) for path in paths)]
            asks += tuple(Ask(name, zone) for zone in sorted({context.outermost_unstated(p, name) for p in concerned}))
    return Value(frozenset(words), False, f"{told}; {', '.join(sorted(silent))} is not settled", system.source, asks)


def acts_unread(context: Context, place: Place) -> Value:
    """Whether what a model puts out takes effect on some way that passes no person."""
    part = a_component(place)
    traits = context.kind(part).traits
    if traits.isdisjoint({"runs-model", "generates-text", "acts-on-own"}):
        return Value(FALSE_WORDS, True, f"{part.name!r} is {context.kind(part).phrase} and runs no model", part.source)
    if "acted-upon" in traits and "runs-model" in traits:
        because = f"{part.name!r} runs a model and care acts on what it says at once"
        return Value(TRUE_WORDS, True, because, part.source)
    way = context.topology.oversight.unread(part.id)
    if way is not None:
        because = f"what {part.name!r} puts out takes effect and passes no person: {_way(context, way)}"
        return Value(TRUE_WORDS, True, because, part.source)
    way = context.topology.oversight.perhaps_unread(part.id)
    if way is not None:
        asks = carrying(hop.flow for hop in way if hop.carries is None)
        return Value(frozenset(), False, f"it is not stated what goes by {_way(context, way)}", part.source, asks)
    because = f"every way from {part.name!r} to what care acts on passes a person"
    return Value(FALSE_WORDS, True, because, part.source)


def in_feedback(context: Context, place: Place) -> Value:
    """Whether what a model puts out comes back into what it learns or draws from."""
    part = a_component(place)
    sure, possible = context.topology.feedback
    ring = sure.get(part.id)
    if ring is not None:
        names = named(context, ring.parts, _MOST_NAMED)
        return Value(TRUE_WORDS, True, f"what {part.name!r} puts out comes back to it through {names}", part.source)
    ring = possible.get(part.id)
    if ring is not None:
        flows, learning = context.topology.unsaid_of_rings[ring]
        asks = carrying(flows[:_MOST_ASKED]) + tuple(Ask("learns_in_use", one) for one in learning[:_MOST_ASKED])
        because = f"what {part.name!r} puts out may come back to it " + (
            "over flows that do not say what they carry"
            if flows
            else "and it is not stated whether a model learns in use"
        )
        return Value(frozenset(), False, because, part.source, asks)
    return Value(FALSE_WORDS, True, f"nothing that {part.name!r} puts out comes back to it", part.source)


def supplied_from(context: Context, place: Place) -> Value:
    """The exposures from which software, models or training data come to a component."""
    part = a_component(place)
    sure, possible = context.topology.supply
    words = sure.exposures(part.id)
    may_be = possible.exposures(part.id) - words
    silent = possible.way(part.id, None)
    told = f"{part.name!r} gets software, models or training data from {_places(words)}"
    if words:
        worst = next(word for word in ("internet", "partner", "internal", "isolated") if word in words)
        told += f": {_way(context, sure.way(part.id, worst))}"
    if not may_be and not silent:
        return Value(words, True, told, part.source)
    asks = carrying(
        hop.flow
        for word in (*sorted(may_be), None)
        for hop in possible.way(part.id, word)
        if hop.flow and context.system.flow_by_id[hop.flow].carries is None
    )
    if silent:
        start = context.component(silent[0].source)
        if context.holding.value(start, "exposure") is None:
            asks = (*asks, Ask("exposure", context.outermost_unstated(start, "exposure")))
    return Value(words, False, f"{told}, as far as it is stated", part.source, asks)


def reached_unproven(context: Context, place: Place) -> Value:
    """The exposures from which a component can be reached without anybody proving who they are."""
    part = a_component(place)
    sure, possible = context.topology.unproven
    words = sure.exposures(part.id)
    told = f"{part.name!r} can be reached from {_places(words)} with nobody proving who they are"
    told += way_told(context, sure, part)
    missing = possible.exposures(part.id) - words
    unstated = possible.unstated(part.id)
    if not missing and unstated is None:
        return Value(words, True, told, part.source)
    asks: list[Ask] = []
    for entry in possible.entries(part.id):
        if entry.exposure in missing:
            asks += _proofs(context, possible.way(part.id, entry))
    if unstated is not None:
        asks.append(Ask("exposure", context.outermost_unstated(context.component(unstated), "exposure")))
    return Value(words, False, f"{told}, as far as it is stated", part.source, tuple(dict.fromkeys(asks)))


def way_told(context: Context, reach: Reach, part: Component) -> str:
    """The way from the least trusted place that reaches a component, with the boundaries that it crosses."""
    entries = reach.entries(part.id)
    way = reach.way(part.id, entries[0]) if entries else ()
    if len(way) < 2:
        return ""
    zones = [context.component(name).zone for name in way]
    count = sum(between(context.holding, one, other).count for one, other in pairwise(zones))
    boundaries = "1 boundary" if count == 1 else f"{count} boundaries"
    return f", over {boundaries}, by way of " + " → ".join(repr(context.component(name).name) for name in way)


def _failing(context: Context) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """What is gone, and what may be gone, when the AI, the cloud, the vendor or the way to the internet fails."""
    system, holding = context.system, context.holding
    models = frozenset(
        part.id
        for part in system.components
        if not context.kind(part).traits.isdisjoint(
            {"runs-model", "issues-ai-results", "generates-text", "acts-on-own"}
        )
        and "acquires-images" not in context.kind(part).traits
    )
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {"ai": (models, frozenset())}
    for word, name, values in (
        ("cloud", "operator", frozenset({"cloud"})),
        ("vendor", "operator", frozenset({"vendor", "integrator"})),
        ("internet", "exposure", frozenset({"internet"})),
    ):
        gone, perhaps = set(), set()
        for part in system.components:
            held = holding.value(part, name)
            if held is None:
                perhaps.add(part.id)
            elif held.value in values:
                gone.add(part.id)
        found[word] = (frozenset(gone), frozenset(perhaps))
    return found


def _places(exposures: frozenset[str]) -> str:
    return f"{listed(exposures)} places" if exposures else "no other place"


def _proofs(context: Context, way: tuple[str, ...]) -> list[Ask]:
    """What to ask of the first steps of a way on which it is not stated whether anybody proves who they are."""
    flows = (flow for pair in pairwise(way) for flow in context.topology.unsettled.get(pair, ()))
    return [Ask("authentication", flow) for flow in islice(flows, _MOST_ASKED)]


def _named(context: Context, stop: Stop) -> str:
    names = ", ".join(repr(context.component(name).name) for name in stop.some)
    more = stop.count - len(stop.some)
    return f"{names} and {more} more" if more else names


def _way(context: Context, hops: Iterable[Hop]) -> str:
    """The hops of a way in the direction in which the data go, which is not that of the flow where they are a reply."""
    flows = context.system.flow_by_id
    return ", then ".join(
        f"{flows[hop.flow].name if hop.flow else 'what it hosts'} "
        f"({context.component(hop.source).name} → {context.component(hop.target).name})"
        for hop in hops
    )
