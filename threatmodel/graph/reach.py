"""From where a place can be reached: the exposures of all who can act on it, and the shortest way from those of each exposure."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from threatmodel.graph.build import attack_graph
from threatmodel.model.holding import Holding
from threatmodel.model.vocabulary import EXPOSURE_ORDER

_START = ""
"""Stands before every entry point; no component has an empty id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The nearest place of one exposure that can reach another: its id, and how many components lie between the two."""

    exposure: str
    component: str
    between: int


class Reach:
    """Answers of one system to "from where can this be reached?"; worked out once for all components."""

    def __init__(self, holding: Holding) -> None:
        """Works out the reach of every exposure that occurs."""
        self._graph = attack_graph(holding.system)
        self._exposure: dict[str, str | None] = {}
        for part in holding.system.components:
            held = holding.value(part, "exposure")
            self._exposure[part.id] = str(held.value) if held is not None else None
        self._from: dict[str, set[str]] = {part: set() for part in self._exposure}
        self._entries: dict[str, list[Entry]] = {part: [] for part in self._exposure}
        self._before: dict[str, dict[str, str]] = {}
        for exposure in (*reversed(EXPOSURE_ORDER), None):
            self._spread(exposure)

    def exposures(self, component: str) -> frozenset[str]:
        """The exposures of the places, itself included, that can reach a component."""
        return frozenset(self._from[component] - {_START})

    def some_unstated(self, component: str) -> bool:
        """Whether a place whose exposure nobody stated can reach it."""
        return _START in self._from[component]

    def entries(self, component: str) -> tuple[Entry, ...]:
        """For each exposure from which a component can be reached, the nearest place; the least trusted first."""
        return tuple(self._entries[component])

    def way(self, component: str, entry: Entry) -> tuple[str, ...]:
        """The components on the way from an entry to a component, both included."""
        before = self._before[entry.exposure]
        way = [component]
        while way[-1] != entry.component:
            way.append(before[way[-1]])
        return tuple(reversed(way))

    def _spread(self, exposure: str | None) -> None:
        """Marks everything that places of one exposure can reach, breadth first."""
        starts = sorted(part for part, known in self._exposure.items() if known == exposure)
        if not starts:
            return
        graph = self._graph
        graph.add_node(_START)
        graph.add_edges_from((_START, start) for start in starts)
        parents = {part: parent for parent, part in nx.bfs_edges(graph, _START, sort_neighbors=sorted)}
        graph.remove_node(_START)
        label = exposure if exposure is not None else _START
        origin: dict[str, str] = {}
        far: dict[str, int] = {}
        for part, parent in parents.items():
            self._from[part].add(label)
            origin[part] = part if parent == _START else origin[parent]
            far[part] = 0 if parent == _START else far[parent] + 1
            if exposure is not None:
                self._entries[part].append(Entry(exposure, origin[part], max(0, far[part] - 1)))
        if exposure is not None:
            self._before[exposure] = parents
