"""Which arrows a picture draws: flows bundled by ends, protocol and protection, each with the zone its label stands in.

Arrows are also put into one order of components in which as few as possible point backwards, so that the layout reads
along the data: Graphviz ranks an arrow that it turns itself, but not the label that stands in the middle of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from threatmodel.reports.diagram_style import opened_by_target
from threatmodel.reports.view import ComponentView, FlowView, View


@dataclass(frozen=True, slots=True)
class Bundle:
    """Flows drawn as one arrow, in order of id."""

    flows: tuple[FlowView, ...]
    zone: str
    """The innermost zone around both ends; empty where there is none."""
    forward: bool
    """Whether it points along the order of the layout."""
    both_ways: bool
    opened_by_target: bool
    with_person: bool
    """Whether a person is at one of its ends."""
    worst: str
    open: int

    @property
    def id(self) -> str:
        """The id of its first flow."""
        return self.flows[0].id

    @property
    def source(self) -> str:
        """The id of the component that the data leave."""
        return self.flows[0].source_id

    @property
    def target(self) -> str:
        """The id of the component that the data reach."""
        return self.flows[0].target_id


def bundles(view: View, *, by_pair: bool = False) -> list[Bundle]:
    """The arrows of the system view, in order of id.

    Args:
        view: what to draw.
        by_pair: one arrow for each pair of components, whatever flows between them.
    """
    together: dict[tuple[str, ...], list[FlowView]] = defaultdict(list)
    for flow in view.flows:
        ends = (flow.source_id, flow.target_id)
        if by_pair:
            together[tuple(sorted(ends))].append(flow)
        else:
            facts = (flow.protocol, flow.encryption, str(flow.both_ways), str(opened_by_target(flow)))
            together[(*ends, *facts)].append(flow)
    order = _order([one.id for one in view.components], {(flow.source_id, flow.target_id) for flow in view.flows})
    around = _zones_around(view)
    homes = {one.id: one.zone for one in view.components}
    people = {one.id for one in view.components if one.dfd == "person"}
    made = []
    for flows in together.values():
        first = flows[0]
        made.append(
            Bundle(
                flows=tuple(flows),
                zone=_shared(around[homes[first.source_id]], around[homes[first.target_id]]),
                forward=order[first.source_id] <= order[first.target_id],
                both_ways=any(flow.both_ways or flow.source_id != first.source_id for flow in flows),
                opened_by_target=not by_pair and opened_by_target(first),
                with_person=not people.isdisjoint((first.source_id, first.target_id)),
                worst=_worst(view, (flow.worst for flow in flows)),
                open=sum(flow.open for flow in flows),
            )
        )
    return sorted(made, key=lambda bundle: bundle.id)


def longest_way(made: Iterable[Bundle]) -> int:
    """How many components stand behind one another along the arrows, once those that point backwards are turned."""
    after: dict[str, set[str]] = defaultdict(set)
    for one in made:
        if one.source != one.target:
            after[one.source if one.forward else one.target].add(one.target if one.forward else one.source)
    length: dict[str, int] = {}
    for start in sorted(after):
        waiting = [start]
        while waiting:
            here = waiting[-1]
            unknown = [one for one in after.get(here, ()) if one not in length]
            if unknown:
                waiting += unknown
            else:
                length[waiting.pop()] = 1 + max((length[one] for one in after.get(here, ())), default=0)
    return max(length.values(), default=1)


def by_zone(view: View, depth: int) -> View:
    """The View without zones deeper than that, with the components inside each zone drawn together as one."""
    around = _zones_around(view)
    homes = {one.id: around[one.zone][: depth + 1][-1] for one in view.components}
    held: dict[str, list[ComponentView]] = defaultdict(list)
    for component in view.components:
        held[homes[component.id]].append(component)
    together = []
    for zone, parts in sorted(held.items()):
        name = f"{len(parts)} component{'s' if len(parts) != 1 else ''}"
        worst = _worst(view, (part.worst for part in parts))
        count = sum(part.open for part in parts)
        box = replace(parts[0], id=f"all-in-{zone}", name=name, kind=name, dfd="process", worst=worst, open=count)
        together.append(replace(box, zone=zone, zone_name=next(one.name for one in view.zones if one.id == zone)))
    flows = tuple(
        replace(flow, source_id=f"all-in-{homes[flow.source_id]}", target_id=f"all-in-{homes[flow.target_id]}")
        for flow in view.flows
        if homes[flow.source_id] != homes[flow.target_id]
    )
    zones = tuple(zone for zone in view.zones if len(around[zone.id]) <= depth + 1)
    return replace(view, zones=zones, components=tuple(together), flows=flows)


def _worst(view: View, levels: Iterable[str]) -> str:
    """The worst of some levels, in the order in which the View lists them; empty where there is none."""
    order = {count.name: place for place, count in enumerate(view.levels)}
    return min((level for level in levels if level), key=lambda level: order.get(level, -1), default="")


def entered(view: View, made: Iterable[Bundle]) -> frozenset[str]:
    """The zones into which an arrow leads from a component before them in the order of the layout."""
    around = _zones_around(view)
    homes = {one.id: around[one.zone] for one in view.components}
    found: set[str] = set()
    for one in made:
        before, after = (one.source, one.target) if one.forward else (one.target, one.source)
        found.update(set(homes[after]) - set(homes[before]))
    return frozenset(found)


def _zones_around(view: View) -> dict[str, tuple[str, ...]]:
    """For each zone, itself and the zones around it, the outermost first."""
    around: dict[str, tuple[str, ...]] = {"": ()}
    for zone in view.zones:
        around[zone.id] = (*around[zone.parent], zone.id)
    return around


def _shared(one: Sequence[str], other: Sequence[str]) -> str:
    return next((a for a, b in reversed(list(zip(one, other, strict=False))) if a == b), "")


def _order(nodes: Iterable[str], arrows: Iterable[tuple[str, str]]) -> Mapping[str, int]:
    """A place for each node such that few arrows point backwards.

    The heuristic of Eades, Lin and Smyth (Information Processing Letters 47, 1993): sinks to the end, sources to the
    front, and of what is left the node with the largest surplus of outgoing arrows; ties go by id.
    """
    leaving: dict[str, set[str]] = {node: set() for node in nodes}
    coming: dict[str, set[str]] = {node: set() for node in leaving}
    for source, target in arrows:
        if source != target:
            leaving[source].add(target)
            coming[target].add(source)
    front: list[str] = []
    back: list[str] = []
    left = sorted(leaving)
    while left:
        sinks = [node for node in left if not leaving[node]]
        sources = [node for node in left if not coming[node] and leaving[node]]
        chosen = sinks or sources or [max(left, key=lambda node: len(leaving[node]) - len(coming[node]))]
        (back if sinks else front).extend(chosen)
        for node in chosen:
            for source in coming.pop(node):
                leaving[source].discard(node)
            for target in leaving.pop(node):
                coming.get(target, set()).discard(node)
        left = [node for node in left if node in leaving]
    return {node: place for place, node in enumerate([*front, *reversed(back)])}
