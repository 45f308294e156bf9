"""The cheapest set of flows to protect so that no way is left from some components to another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

_SOURCE = ""
"""Stands before every entry; no component has an empty id."""


class Passage(NamedTuple):
    """A way from a component to another that stands open over a flow, and what closing it costs (a whole number)."""

    source: str
    target: str
    flow: str
    cost: int


class Cut(NamedTuple):
    """The flows to protect, in order of id, and what that costs; None of them when nothing leads to the target."""

    flows: tuple[str, ...]
    cost: int


def cheapest_cut(passages: Iterable[Passage], entries: Collection[str], target: str) -> Cut:
    """The cheapest set of flows whose protection leaves no way from any entry to the target (minimum cut).

    An entry that is the target itself cannot be cut off from it and is left out. Parallel flows between the same two
    components have all to be protected.
    """
    import networkx as nx  # loaded by the one command that asks for it

    graph: nx.DiGraph[str] = nx.DiGraph()
    flows: dict[tuple[str, str], list[str]] = {}
    for one in sorted(passages, key=lambda passage: (passage.source, passage.target, passage.flow)):
        if one.source == one.target:
            continue
        pair = (one.source, one.target)
        known = flows.setdefault(pair, [])
        if one.flow not in known:
            known.append(one.flow)
            cost = graph.edges[pair]["capacity"] + one.cost if graph.has_edge(*pair) else one.cost
            graph.add_edge(*pair, capacity=cost)
    for entry in sorted(set(entries) - {target}):
        graph.add_edge(_SOURCE, entry)  # no capacity: an entry cannot be closed
    if _SOURCE not in graph or target not in graph:
        return Cut((), 0)
    cost, (near, _) = nx.minimum_cut(graph, _SOURCE, target)
    cut = {flow for (source, other), known in flows.items() if source in near and other not in near for flow in known}
    return Cut(tuple(sorted(cut)), int(cost))
