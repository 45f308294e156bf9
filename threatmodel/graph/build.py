"""The directed graphs that questions about topology are asked of."""

from __future__ import annotations

import networkx as nx

from threatmodel.model.system import System


def attack_graph(system: System) -> nx.DiGraph[str]:
    """Who can act on whom: an edge for each direction in which data or a connection go.

    Nodes are component ids. An edge carries ``flows``, the ids of the flows that it stands for. Data act on what receives them;
    whoever opens a connection acts on what answers it; a host acts on what runs on it.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(system.component_by_id))
    for flow in sorted(system.flows, key=lambda part: part.id):
        pairs = {(flow.data_source, flow.data_target)}
        if flow.opened_by == "target" or flow.both_ways:
            pairs.add((flow.data_target, flow.data_source))
        for source, target in sorted(pairs):
            if source == target:
                continue
            if graph.has_edge(source, target):
                graph.edges[source, target]["flows"].append(flow.id)
            else:
                graph.add_edge(source, target, flows=[flow.id])
    for part in system.components:
        if part.runs_on is not None and part.runs_on != part.id and not graph.has_edge(part.runs_on, part.id):
            graph.add_edge(part.runs_on, part.id, flows=[])
    return graph
