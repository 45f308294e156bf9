"""The answers to facts of one place among others: what it shares, joins and touches, what it does with its data."""

from __future__ import annotations

from threatmodel.analysis.answer import FALSE_WORDS, TRUE_WORDS, Ask, Value, carrying
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Place, a_component
from threatmodel.analysis.telling import listed, named
from threatmodel.graph.fate import Fellows
from threatmodel.graph.streams import EVERY_CLASS
from threatmodel.graph.use import WORKED_ON, unexplained, unused
from threatmodel.model.parts import Component

_MOST_ASKED = 5
"""Of the components of no stated supplier, so many are asked about; the answers show whether the rest matters."""
_FEW_NAMED = 2
"""Of those who share something, so many are named."""


def shares(context: Context, place: Place) -> Value:
    """What a component has in common with others, beside its supplier."""
    part = a_component(place)
    ties = context.topology.ties
    found = [one for one in ties.fellows.get(part.id, ()) if one.bond != "supplier"]
    told = [
        f"the {one.bond.replace('-', ' ')} {context.component(one.to).name!r} with {_others(context, one, part)}"
        for one in found
    ]
    because = f"{part.name!r} shares {'; '.join(told)}" if told else f"{part.name!r} shares nothing of this"
    flows = dict.fromkeys(flow for loose in ties.loose.get(part.id, ()) for flow in loose.flows)
    asked = [context.system.flow_by_id[name] for name in sorted(flows)]
    asks = tuple(Ask("protocol" if flow.carries is not None else "carries", flow.id) for flow in asked)
    return Value(frozenset(one.bond for one in found), not asks, because, part.source, asks)


def shares_supplier(context: Context, place: Place) -> Value:
    """Whether another component comes from the same company."""
    part = a_component(place)
    silent, supplier = context.topology.unsupplied, part.stated("supplier")
    if "machine" not in context.kind(part).traits:
        return Value(
            FALSE_WORDS, True, f"{part.name!r} is {context.kind(part).phrase}, whom nobody supplies", part.source
        )
    if supplier is None:
        if not context.topology.suppliers and len(silent) == 1:
            return Value(FALSE_WORDS, True, f"there is nothing to supply beside {part.name!r}", part.source)
        because = f"the supplier of {part.name!r} is not stated"
        return Value(frozenset(), False, because, part.source, (Ask("supplier", part.id),))
    for one in context.topology.ties.fellows.get(part.id, ()):
        if one.bond == "supplier":
            because = f"{one.to} supplies {part.name!r} and {_others(context, one, part)}"
            return Value(TRUE_WORDS, True, because, part.source)
    because = f"nothing else is stated to come from {supplier}"
    if not silent:
        return Value(FALSE_WORDS, True, because, part.source)
    because += f", and of {len(silent)} components the supplier is not stated"
    return Value(frozenset(), False, because, part.source, tuple(Ask("supplier", one) for one in silent[:_MOST_ASKED]))


def touches(context: Context, place: Place) -> Value:
    """How far the data that leave a component reach."""
    part = a_component(place)
    found = context.topology.touched[part.id]
    words = {
        "many-patients": found.many_patients,
        "several-sites": found.sites > 1,
        "several-readers": found.readers > 1,
    }
    patients = "many patients" if found.many_patients else "one patient at a time"
    because = f"what leaves {part.name!r} reaches {patients}, {found.sites} sites and {found.readers} readers"
    return Value(frozenset(word for word, holds in words.items() if holds), True, because, part.source)


def joins_zones(context: Context, place: Place) -> Value:
    """Whether a component opens connections into two or more zones beside its own."""
    part = a_component(place)
    zones = context.topology.joined(part.id) if context.kind(part).dfd != "person" else ()
    names = ", ".join(repr(context.system.zone_by_id[zone].name) for zone in zones) or "no other zone"
    because = f"{part.name!r} opens connections into {names}"
    return Value(TRUE_WORDS if len(zones) > 1 else FALSE_WORDS, True, because, part.source)


def passes_on_unreceived(context: Context, place: Place) -> Value:
    """The classes that a component hands on although they come from nowhere."""
    part = a_component(place)
    if context.kind(part).dfd != "process":
        return Value(frozenset(), True, f"{part.name!r} may be where data begin", part.source)
    received, emitted = context.spread.received(part.id), context.spread.emitted(part.id)
    own, turned = _own(context, part), context.kind(part).turned
    brought = EVERY_CLASS if received.unstated else received.classes
    may_own = EVERY_CLASS if part.stores is None else own
    anew = sorted({*emitted.unstated} - {*received.unstated})  # what goes both ways explains itself
    found = unexplained(emitted.classes, received.classes, own, turned)
    surely = unexplained(emitted.classes, brought, may_own, turned)
    perhaps = unexplained(EVERY_CLASS, received.classes, own, turned) if anew else found
    because = f"what {part.name!r} hands on is what it gets, keeps or makes"
    if found:
        because = f"{part.name!r} hands on {listed(found)}, which nothing brings to it"
    if surely == perhaps:
        return Value(surely, True, because, part.source)
    asks = carrying((*anew, *(received.unstated if found - surely else ())))
    asks += (Ask("stores", part.id),) if part.stores is None else ()
    return Value(surely, False, because, part.source, asks)


def receives_unused(context: Context, place: Place) -> Value:
    """The classes that a component gets and does nothing with, as far as the model says."""
    part = a_component(place)
    kind = context.kind(part)
    if kind.dfd != "process":
        return Value(frozenset(), True, f"{part.name!r} is no process: what it does with data is its own", part.source)
    received, emitted = context.spread.received(part.id), context.spread.emitted(part.id)
    own = _own(context, part)
    taken = EVERY_CLASS if emitted.unstated else emitted.classes
    may_own = EVERY_CLASS if part.stores is None else own
    anew = sorted({*received.unstated} - {*emitted.unstated})  # what goes both ways is handed on
    found = unused(emitted.classes, received.classes, own, kind.turned)
    surely = unused(taken, received.classes, may_own, kind.turned)
    perhaps = unused(emitted.classes, EVERY_CLASS, own, kind.turned) if anew else found
    because = f"{part.name!r} uses what is stated to come in"
    if found:
        because = f"{part.name!r} gets {listed(found)} and neither keeps them, works on them nor hands them on"
    if surely == perhaps:
        return Value(surely, True, because, part.source)
    asks = carrying((*anew, *(emitted.unstated if found - surely else ())))
    asks += (Ask("stores", part.id),) if part.stores is None else ()
    return Value(surely, False, f"{because}, as far as it is stated", part.source, asks)


def _own(context: Context, part: Component) -> frozenset[str]:
    """The classes that a component keeps, or that its kind or people at it work on."""
    kind = context.kind(part)
    worked_on = (data for trait, data in WORKED_ON.items() if trait in kind.traits)
    return (context.spread.kept(part) or frozenset()).union(kind.data, *worked_on)


def _others(context: Context, shared: Fellows, part: Component) -> str:
    """The names of the first few others that share something."""
    first = [name for name in shared.parts[: _FEW_NAMED + 1] if name != part.id][:_FEW_NAMED]
    more = len(shared.parts) - 1 - len(first)
    return named(context, first, _FEW_NAMED) + (f" and {more} more" if more else "")
