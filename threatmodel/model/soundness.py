"""What is wrong with parts that are well-formed one by one: names that lead nowhere, ids twice, contradictions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from threatmodel.errors import Problem, nearest_or_all
from threatmodel.model.ids import flow_id
from threatmodel.model.kind import TRAITS, Kind
from threatmodel.model.kinds import KINDS, properties_for, with_own
from threatmodel.model.lowering import contradictions, lowered_component, lowered_flow
from threatmodel.model.parts import CatalogPin, Component, DataAsset, Flow, OwnKind, Scenario, StatedControl, Zone
from threatmodel.model.properties import COMPONENT_PROPERTIES
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID, PROTOCOL_BY_ID
from threatmodel.source import Source

_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_LAST_PORT = 65_535


def twice(
    what: str, parts: Iterable[Zone | Component | Flow | DataAsset | Scenario], taken: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    """A problem for each id that an earlier part has, or that is ``taken`` by what the mapping says."""
    first: dict[str, str] = dict(taken or {})
    for part in parts:
        before = first.get(part.id)
        if before is not None:
            another = "label" if isinstance(part, Flow) else "name, or an id of its own: id='…'"
            told = f"the id {part.id!r} of {what} {part.name!r} is taken by {before}"
            yield Problem(told, part.source, f"give one of them another {another}")
        first.setdefault(part.id, f"{part.name!r} ({part.source or 'above'})")


def of_kinds(kinds: Sequence[OwnKind]) -> Iterator[Problem]:
    """What is wrong with the kinds that a model adds."""
    own = {kind.id for kind in kinds}
    resolved = with_own(kinds)
    seen: set[str] = set()
    for kind in kinds:
        if kind.id in KINDS or kind.id in seen:
            yield Problem(f"the kind {kind.id!r} is there already", kind.source, "use it, or give your own another id")
        seen.add(kind.id)
        if kind.is_a not in KINDS and kind.is_a not in own:
            yield Problem(f"no kind is called {kind.is_a!r}", kind.source, nearest_or_all(kind.is_a, {*KINDS, *own}))
        elif kind.id not in resolved and kind.is_a in own:
            hint = "let the chain of is_a end at a known kind"
            yield Problem(f"the kind {kind.id!r} is a special case of no known kind", kind.source, hint)
        for trait in kind.traits:
            if trait not in TRAITS:
                yield Problem(f"no trait is called {trait!r}", kind.source, nearest_or_all(trait, TRAITS))
        for name in kind.data:
            if name not in DATA_CLASS_BY_ID:
                hint = nearest_or_all(name, DATA_CLASS_BY_ID)
                yield Problem(f"no class of data is called {name!r}", kind.source, hint)


def of_data(assets: Iterable[DataAsset]) -> Iterator[Problem]:
    """What is wrong with data of one's own."""
    for asset in assets:
        if asset.id in DATA_CLASS_BY_ID:
            told = f"the data asset {asset.name!r} has the id of a class of data"
            yield Problem(told, asset.source, "give it another name")
        if asset.is_a not in DATA_CLASS_BY_ID:
            hint = nearest_or_all(asset.is_a, DATA_CLASS_BY_ID)
            yield Problem(f"no class of data is called {asset.is_a!r}", asset.source, hint)


def of_places(
    zones: Iterable[Zone], components: Iterable[Component], jurisdictions: Iterable[str], source: Source | None
) -> Iterator[Problem]:
    """Countries that are no country codes: two spellings of one country would count as two countries."""
    hint = "write the two capital letters of ISO 3166-1, such as FR"
    places: list[Zone | Component] = [*zones, *components]
    for part in places:
        region = part.stated("region")
        if isinstance(region, str) and not _COUNTRY.match(region):
            yield Problem(f"the region {region!r} of {part.name!r} is no country code", part.source, hint)
    for name in jurisdictions:
        if not _COUNTRY.match(name):
            yield Problem(f"the jurisdiction {name!r} is no country code", source, f"{hint}, or EU")


def of_components(components: Iterable[Component], own: Mapping[str, Kind], *, whole: bool) -> Iterator[Problem]:
    """What is wrong with components by themselves: their kind, what may not be stated of it, contradictions."""
    for part in components:
        kind = own.get(part.kind) or KINDS.get(part.kind)
        if kind is not None:
            yield from _misplaced(part, kind)
        elif whole:
            yield Problem(f"no kind is called {part.kind!r}", part.source, nearest_or_all(part.kind, {*KINDS, *own}))
        yield from contradictions(part, lowered_component(part))


def _misplaced(part: Component, kind: Kind) -> Iterator[Problem]:
    allowed = properties_for(kind)
    for name in COMPONENT_PROPERTIES:
        if part.stated(name) is not None and name not in allowed:
            told = f"{name!r} cannot be stated of {part.name!r}, whose kind is {kind.id!r}"
            yield Problem(told, part.source, f"of that kind can be stated: {', '.join(allowed)}")


def of_flows(flows: Iterable[Flow]) -> Iterator[Problem]:
    """What is wrong with flows by themselves: their id, protocol, port, contradictions."""
    for flow in flows:
        parts = flow.id.split(".")
        if (parts[0], parts[-1]) != (flow.data_source, flow.data_target):
            hint = f"expected {flow_id(flow.data_source, flow.name, flow.data_target)!r}"
            yield Problem(f"the flow id {flow.id!r} does not name its ends", flow.source, hint)
        if flow.over is not None and flow.over not in PROTOCOL_BY_ID:
            yield Problem(
                f"no protocol is called {flow.over!r}", flow.source, nearest_or_all(flow.over, PROTOCOL_BY_ID)
            )
        port = flow.stated("port")
        if isinstance(port, int) and not 0 < port <= _LAST_PORT:
            yield Problem(
                f"the flow {flow.name!r} has the port {port}", flow.source, f"ports go from 1 to {_LAST_PORT}"
            )
        yield from contradictions(flow, lowered_flow(flow, flow.over))


def of_controls(name: str, controls: Sequence[StatedControl], source: Source | None) -> Iterator[Problem]:
    """What is wrong with what one part says of controls."""
    counted = Counter(control.id for control in controls)
    for control in controls:
        where = control.source or source
        if counted[control.id] > 1:
            yield Problem(f"{name!r} states the control {control.id!r} twice", where, "keep the one that is true")
            counted[control.id] = 0
        if control.state == "verified" and not control.evidence:
            told = f"{control.id!r} of {name!r} is stated as verified without evidence"
            yield Problem(told, where, "add evidence='…', or say implemented")
        if control.state == "not-applicable" and not control.because:
            told = f"{control.id!r} of {name!r} is stated as not applicable without a reason"
            yield Problem(told, where, "add because='…'")


def of_pins(pins: Sequence[CatalogPin], source: Source | None) -> Iterator[Problem]:
    """Catalogs that are pinned twice."""
    for name, count in Counter(pin.id for pin in pins).items():
        if count > 1:
            where = next((pin.source for pin in reversed(pins) if pin.id == name), None) or source
            yield Problem(f"the catalog {name!r} is pinned twice", where, "keep the version that is true")


def lost_names(
    zones: Sequence[Zone],
    components: Sequence[Component],
    flows: Sequence[Flow],
    assets: Iterable[DataAsset],
    scenarios: Iterable[Scenario],
) -> Iterator[Problem]:
    """Names that lead nowhere, zones that nothing lies in, zones and hosts that lead back to themselves."""
    yield from _zones(zones, components)
    yield from _hosts(components)
    zone_ids = {zone.id for zone in zones}
    names = {component.id for component in components}
    known = {*DATA_CLASS_BY_ID, *(asset.id for asset in assets)}
    for part in components:
        if part.zone not in zone_ids:
            told = f"{part.name!r} stands in {part.zone!r}, which is not a zone"
            yield Problem(told, part.source, nearest_or_all(part.zone, zone_ids))
        if part.runs_on is not None and part.runs_on not in names:
            told = f"{part.name!r} runs on {part.runs_on!r}, which is not a component"
            yield Problem(told, part.source, nearest_or_all(part.runs_on, names))
        yield from _unknown_data((*(part.stores or ()), *(part.trained_on or ())), known, part)
    for flow in flows:
        for end, word in ((flow.data_source, "from"), (flow.data_target, "to")):
            if end not in names:
                told = f"the flow {flow.name!r} goes {word} {end!r}, which is not a component"
                yield Problem(told, flow.source, nearest_or_all(end, names))
        yield from _unknown_data(flow.carries or (), known, flow)
    steps = {flow.id for flow in flows}
    for scenario in scenarios:
        for step in scenario.steps:
            if step not in steps:
                told = f"the scenario {scenario.name!r} has a step {step!r}, which is not a flow"
                yield Problem(told, scenario.source, nearest_or_all(step, steps))


def _zones(zones: Sequence[Zone], components: Iterable[Component]) -> Iterator[Problem]:
    names = {zone.id: zone for zone in zones}
    inhabited = {component.zone for component in components} | {zone.parent for zone in zones}
    for zone in zones:
        if zone.parent is not None and zone.parent not in names:
            told = f"the zone {zone.name!r} lies in {zone.parent!r}, which is not a zone"
            yield Problem(told, zone.source, nearest_or_all(zone.parent, names))
        if zone.id not in inhabited:
            hint = "put a component or a zone into it, or remove it"
            yield Problem(f"the zone {zone.name!r} contains nothing", zone.source, hint)
    around = {zone.id: zone.parent for zone in zones if zone.parent is not None}
    for name in _led_back(around):
        hint = "one of the zones around it names it as parent"
        yield Problem(f"the zone {names[name].name!r} lies inside itself", names[name].source, hint)


def _hosts(components: Iterable[Component]) -> Iterator[Problem]:
    parts = {part.id: part for part in components}
    for name in _led_back({part.id: part.runs_on for part in parts.values() if part.runs_on is not None}):
        hint = "it or one of its hosts names it as host: leave runs_on out of what stands lowest"
        yield Problem(f"{parts[name].name!r} runs on itself", parts[name].source, hint)


def _led_back(above: Mapping[str, str]) -> Iterator[str]:
    """The names from which one comes back to the same name, in their order."""
    ended: set[str] = set()
    for name in above:
        seen: set[str] = set()
        at: str | None = name
        while at is not None and at not in ended and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at is None or at in ended:
            ended |= seen
        elif at == name:
            yield name


def _unknown_data(names: Iterable[str], known: set[str], part: Component | Flow) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            told = f"{part.name!r} names the data {name!r}, which nobody declared"
            yield Problem(told, part.source, nearest_or_all(name, known))
