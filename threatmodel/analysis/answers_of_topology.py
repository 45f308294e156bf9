"""The answers to facts of topology: one small function for each, by name; ``answers`` gathers them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, pairwise

from threatmodel.analysis.answer import FALSE_WORDS, TRUE_WORDS, Ask, Value
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Place
from threatmodel.analysis.telling import listed
from threatmodel.graph.crossings import between
from threatmodel.graph.dependence import Stop
from threatmodel.graph.reach import Reach
from threatmodel.graph.use import unexplained, unused
from threatmodel.model.parts import Component, Flow

_MOST_ASKED = 5
"""Of one way, so many flows are asked about; the answers show whether the rest matters."""


def reading_needs_it(context: Context, place: Place) -> Value:
    """Whether some device's images reach no reader, or some reader's reports no record, without a component or flow."""
    if not isinstance(place, Component | Flow):
        raise TypeError(f"{place!r} is neither a component nor a flow")
    paths = (
        (context.topology.images, "the images of", "no reader"),
        (context.topology.reports, "reports by", "no record"),
    )
    open_questions: list[str] = []
    for path, what, where in paths:
        stop = path.stop(place.id)
        if stop is not None and stop.sure:
            because = f"without {place.name!r}, {what} {_named(context, stop)} reach {where}"
            return Value(TRUE_WORDS, True, because, place.source)
        if stop is not None:
            open_questions += path.undecided()
    if open_questions:
        because = f"whether reading hangs on {place.name!r} turns on what {len(open_questions)} flows carry"
        return Value(frozenset(), False, because, place.source, _carrying(open_questions))
    because = f"images reach a reader and reports the record without {place.name!r}"
    return Value(FALSE_WORDS, True, because, place.source)


def reading_goes_on_without(context: Context, place: Place) -> Value:
    """What may fail while every image still reaches a reader and every report the record."""
    system = context.system
    words, silent = set(), set()
    for word, (gone, perhaps) in _failing(context).items():
        found = [path.goes_on(gone, perhaps) for path in (context.topology.images, context.topology.reports)]
        if all(found):
            words.add(word)
        elif None in found and False not in found:
            silent.add(word)
    told = f"reading goes on without {listed(frozenset(words))}" if words else "reading goes on without none of them"
    if not silent:
        return Value(frozenset(words), True, told, system.source)
    flows = {*context.topology.images.undecided(), *context.topology.reports.undecided()}
    asks = _carrying(flows)
    for name in ("exposure", "operator"):
        silent_parts = [part for part in system.components if context.holding.value(part, name) is None]
        asks += tuple(Ask(name, zone) for zone in sorted({context.outermost_unstated(p, name) for p in silent_parts}))
    return Value(frozenset(words), False, f"{told}; {', '.join(sorted(silent))} is not settled", system.source, asks)


def acts_unread(context: Context, place: Place) -> Value:
    """Whether what a model puts out takes effect on some way that passes no person."""
    part = _a_component(place)
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
        asks = _carrying(flow for flow in way if context.system.flow_by_id[flow].carries is None)
        return Value(frozenset(), False, f"it is not stated what goes by {_way(context, way)}", part.source, asks)
    because = f"every way from {part.name!r} to what care acts on passes a person"
    return Value(FALSE_WORDS, True, because, part.source)


def in_feedback(context: Context, place: Place) -> Value:
    """Whether what a model puts out comes back into what it learns or draws from."""
    part = _a_component(place)
    sure, possible = context.topology.feedback
    ring = sure.get(part.id)
    if ring is not None:
        names = ", ".join(repr(context.component(name).name) for name in ring)
        return Value(TRUE_WORDS, True, f"what {part.name!r} puts out comes back to it through {names}", part.source)
    ring = possible.get(part.id)
    if ring is not None:
        inside = frozenset(ring)
        flows = [
            flow.id
            for flow in context.all_flows
            if flow.carries is None and {flow.data_source, flow.data_target} <= inside
        ]
        because = f"what {part.name!r} puts out may come back to it over flows that do not say what they carry"
        return Value(frozenset(), False, because, part.source, _carrying(flows))
    return Value(FALSE_WORDS, True, f"nothing that {part.name!r} puts out comes back to it", part.source)


def shares(context: Context, place: Place) -> Value:
    """What a component has in common with others, beside its supplier."""
    part = _a_component(place)
    found = [one for one in context.topology.fellows.get(part.id, ()) if one.bond != "supplier"]
    told = []
    for one in found:
        others = [context.component(name).name for name in one.parts if name != part.id]
        more = f" and {len(others) - 2} more" if len(others) > 2 else ""
        names = ", ".join(repr(name) for name in others[:2])
        told.append(f"the {one.bond.replace('-', ' ')} {context.component(one.to).name!r} with {names}{more}")
    because = f"{part.name!r} shares {'; '.join(told)}" if told else f"{part.name!r} shares nothing of this"
    silent = context.topology.loose_ties(part.id)
    flows = [context.system.flow_by_id[name] for name in silent]
    asks = tuple(Ask("protocol" if flow.carries is not None else "carries", flow.id) for flow in flows)
    return Value(frozenset(one.bond for one in found), not silent, because, part.source, asks)


def shares_supplier(context: Context, place: Place) -> Value:
    """Whether another component comes from the same company."""
    part = _a_component(place)
    if part.stated("supplier") is None:
        because = f"the supplier of {part.name!r} is not stated"
        return Value(frozenset(), False, because, part.source, (Ask("supplier", part.id),))
    found = [one for one in context.topology.fellows.get(part.id, ()) if one.bond == "supplier"]
    if found:
        others = ", ".join(repr(context.component(name).name) for name in found[0].parts if name != part.id)
        return Value(TRUE_WORDS, True, f"{found[0].to} supplies {part.name!r} and {others}", part.source)
    silent = [
        Ask("supplier", other.id)
        for other in context.all_components
        if other.stated("supplier") is None and "machine" in context.kind(other).traits
    ]
    because = f"nothing else is stated to come from {part.stated('supplier')}"
    return Value(frozenset() if silent else FALSE_WORDS, not silent, because, part.source, tuple(silent))


def touches(context: Context, place: Place) -> Value:
    """How far the data that leave a component reach."""
    part = _a_component(place)
    found = context.topology.touched[part.id]
    words = {
        "many-patients": found.many_patients,
        "several-sites": found.sites > 1,
        "several-readers": found.readers > 1,
    }
    patients = "many patients" if found.many_patients else "one patient at a time"
    because = f"what leaves {part.name!r} reaches {patients}, {found.sites} sites and {found.readers} readers"
    return Value(frozenset(word for word, holds in words.items() if holds), True, because, part.source)


def supplied_from(context: Context, place: Place) -> Value:
    """The exposures from which software, models or training data come to a component."""
    part = _a_component(place)
    sure, possible = context.topology.supply
    words = sure.exposures(part.id)
    may_be = possible.exposures(part.id) - words
    silent = possible.way(part.id, None)
    told = f"{part.name!r} gets software, models or training data from {listed(words)} places"
    if words:
        worst = next(word for word in ("internet", "partner", "internal", "isolated") if word in words)
        told += f": {_way(context, [hop.flow for hop in sure.way(part.id, worst)])}"
    if not may_be and not silent:
        return Value(words, True, told, part.source)
    flows = {hop.flow for word in (*sorted(may_be), None) for hop in possible.way(part.id, word)}
    asks = _carrying(flow for flow in flows if context.system.flow_by_id[flow].carries is None)
    if silent:
        start = context.component(silent[0].source)
        if context.holding.value(start, "exposure") is None:
            asks = (*asks, Ask("exposure", context.outermost_unstated(start, "exposure")))
    return Value(words, False, f"{told}, as far as it is stated", part.source, asks)


def joins_zones(context: Context, place: Place) -> Value:
    """Whether a component opens connections into two or more zones beside its own."""
    part = _a_component(place)
    zones = context.topology.joined(part.id) if context.kind(part).dfd != "person" else ()
    names = ", ".join(repr(context.system.zone_by_id[zone].name) for zone in zones) or "no other zone"
    because = f"{part.name!r} opens connections into {names}"
    return Value(TRUE_WORDS if len(zones) > 1 else FALSE_WORDS, True, because, part.source)


def reached_unproven(context: Context, place: Place) -> Value:
    """The exposures from which a component can be reached without anybody proving who they are."""
    part = _a_component(place)
    sure, possible = context.topology.unproven
    words = sure.exposures(part.id)
    told = f"{part.name!r} can be reached from {listed(words)} places with nobody proving who they are"
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


def passes_on_unreceived(context: Context, place: Place) -> Value:
    """The classes that a component hands on although they come from nowhere."""
    part = _a_component(place)
    received, emitted = context.spread.received(part.id), context.spread.emitted(part.id)
    found = unexplained(emitted.classes, received.classes, _own(context, part), context.kind(part).turned)
    if context.kind(part).dfd != "process":
        return Value(frozenset(), True, f"{part.name!r} may be where data begin", part.source)
    because = (
        f"{part.name!r} hands on {listed(found)}, which nothing brings to it"
        if found
        else (f"what {part.name!r} hands on is what it gets, keeps or makes")
    )
    if received.unstated or emitted.unstated or (found and part.stores is None):
        asks = _carrying((*received.unstated, *emitted.unstated))
        asks += (Ask("stores", part.id),) if part.stores is None else ()
        return Value(frozenset(), False, because, part.source, asks)
    return Value(found, True, because, part.source)


def receives_unused(context: Context, place: Place) -> Value:
    """The classes that a component gets and does nothing with, as far as the model says."""
    part = _a_component(place)
    kind = context.kind(part)
    if kind.dfd != "process":
        return Value(frozenset(), True, f"{part.name!r} is no process: what it does with data is its own", part.source)
    received, emitted = context.spread.received(part.id), context.spread.emitted(part.id)
    found = unused(emitted.classes, received.classes, _own(context, part), kind.turned)
    because = f"{part.name!r} gets {listed(found)} and neither keeps them, works on them nor hands them on"
    if found and (emitted.unstated or part.stores is None):
        asks = _carrying(emitted.unstated) + ((Ask("stores", part.id),) if part.stores is None else ())
        return Value(frozenset(), False, f"{because}, as far as it is stated", part.source, asks)
    if not found:
        because = f"{part.name!r} uses what is stated to come in"
    incomplete = bool(received.unstated)
    return Value(found, not incomplete, because, part.source, _carrying(received.unstated))


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


def _own(context: Context, part: Component) -> frozenset[str]:
    """The classes that a component keeps, or that its kind works on."""
    return (context.spread.kept(part) or frozenset()) | frozenset(context.kind(part).data)


def _a_component(place: Place) -> Component:
    if not isinstance(place, Component):
        raise TypeError(f"{place!r} is not a component")
    return place


def _carrying(flows: Iterable[str]) -> tuple[Ask, ...]:
    return tuple(Ask("carries", flow) for flow in sorted(set(flows)))


def _proofs(context: Context, way: tuple[str, ...]) -> list[Ask]:
    """What to ask of the first steps of a way on which it is not stated whether anybody proves who they are."""
    flows = (flow for pair in pairwise(way) for flow in context.topology.unsettled.get(pair, ()))
    return [Ask("authentication", flow) for flow in islice(flows, _MOST_ASKED)]


def _named(context: Context, stop: Stop) -> str:
    names = ", ".join(repr(context.component(name).name) for name in stop.some)
    more = stop.count - len(stop.some)
    return f"{names} and {more} more" if more else names


def _way(context: Context, flows: Iterable[str]) -> str:
    return ", then ".join(context.title(flow) for flow in flows)
