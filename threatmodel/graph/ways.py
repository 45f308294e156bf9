"""Ways over flows from some components to others: for each pair the shortest that passes nothing it must avoid."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Hop:
    """A step from a component to another over a flow."""

    source: str
    target: str
    flow: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way: its hops in order."""

    hops: tuple[Hop, ...]

    @property
    def first(self) -> str:
        """The component where it starts."""
        return self.hops[0].source

    @property
    def last(self) -> str:
        """The component where it ends."""
        return self.hops[-1].target


def ways(hops: Iterable[Hop], starts: Collection[str], ends: Collection[str], avoided: Collection[str]) -> list[Way]:
    """The shortest way for each pair of a start and an end, in order of both.

    A way does not pass through another start or another end: what leads on from there is a way of its own. Nor does
    it pass through what is avoided, though it may start or end there. Of parallel flows the one with the least id is
    told. Pairs of a component with itself are left out.
    """
    if not starts or not ends:
        return []
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for hop in sorted(hops, key=lambda one: (one.source, one.target, one.flow)):
        blocked = (hop.source in ends or hop.source in avoided) and hop.source not in starts
        blocked = blocked or ((hop.target in starts or hop.target in avoided) and hop.target not in ends)
        if hop.source != hop.target and not blocked and not graph.has_edge(hop.source, hop.target):
            graph.add_edge(hop.source, hop.target, hop=hop)
    found = []
    for start in sorted(set(starts) & set(graph)):
        found += _from(graph, start, frozenset(starts), frozenset(ends))
    return found


def _from(graph: nx.DiGraph[str], start: str, starts: frozenset[str], ends: frozenset[str]) -> list[Way]:
    """The ways from one start, breadth first; it goes on from no end and from no other start."""
    before: dict[str, str] = {}
    waiting = [start]
    reached = []
    for part in waiting:
        if part != start and (part in ends or part in starts):
            continue
        for other in graph.successors(part):
            if other != start and other not in before:
                before[other] = part
                waiting.append(other)
                if other in ends:
                    reached.append(other)
    found = []
    for end in sorted(reached):
        hops: list[Hop] = []
        at = end
        while at != start:
            hops.append(graph.edges[before[at], at]["hop"])
            at = before[at]
        found.append(Way(tuple(reversed(hops))))
    return found
