"""The easiest ways from where an attacker may stand to what matters: the k best simple paths, within a budget."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A step from a component to another: over which flow (None: onto what runs there), and how hard it is (from 1)."""

    source: str
    target: str
    flow: str | None
    cost: int


@dataclass(frozen=True, slots=True)
class Route:
    """A way: the entry, its steps in order, and how hard it is, the entry counted in."""

    entry: str
    steps: tuple[Step, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Found:
    """The easiest ways to one target, the easiest first; ``cut`` when the budget ended the search too soon."""

    routes: tuple[Route, ...]
    cut: bool


class Routes:
    """The steps of one system; of parallel steps between the same two components the easiest counts."""

    def __init__(self, steps: Iterable[Step], entries: Mapping[str, int]) -> None:
        """Sorts the steps.

        Args:
            steps: Every step that an attacker could take.
            entries: The components where an attacker may begin, each with how hard that is (from 1).
        """
        easiest: dict[tuple[str, str], Step] = {}
        for step in steps:
            if step.source == step.target:
                continue
            known = easiest.get((step.source, step.target))
            if known is None or _order(step) < _order(known):
                easiest[step.source, step.target] = step
        self._into: dict[str, list[Step]] = defaultdict(list)
        for _, step in sorted(easiest.items()):
            self._into[step.target].append(step)
        self._entries = dict(entries)
        self._near = self._distances(easiest.values())

    def distance(self, target: str) -> int | None:
        """How hard the easiest way to a component is; None when no way leads there."""
        return self._near.get(target)

    def easiest(self, target: str, most: int, budget: int) -> Found:
        """The easiest ways to a target that pass no component twice, at most so many.

        The search goes back from the target and always takes up the way whose whole cost can be least (A*, with the
        distance from the nearest entry, which is never too much), so that complete ways come out in order. ``budget``
        counts the ways taken up.
        """
        near = self._near
        if target not in near:
            return Found((), False)
        routes: list[Route] = []
        waiting: list[tuple[int, tuple[str, ...], int, tuple[Step, ...]]] = [(near[target], (target,), 0, ())]
        taken = 0
        while waiting and len(routes) < most:
            if taken >= budget:
                return Found(tuple(routes), True)
            taken += 1
            total, names, cost, steps = heapq.heappop(waiting)
            first = names[0]
            if first == "":
                routes.append(Route(names[1], steps, total))
                continue
            if first in self._entries:
                whole = cost + self._entries[first]
                heapq.heappush(waiting, (whole, ("", *names), whole, steps))
            for step in self._into.get(first, ()):
                if step.source in near and step.source not in names:
                    done = cost + step.cost
                    heapq.heappush(waiting, (done + near[step.source], (step.source, *names), done, (step, *steps)))
        return Found(tuple(routes), False)

    def _distances(self, steps: Iterable[Step]) -> dict[str, int]:
        """How hard it is to get to each component at best (Dijkstra, from all entries at once)."""
        leaving: dict[str, list[Step]] = defaultdict(list)
        for step in steps:
            leaving[step.source].append(step)
        found: dict[str, int] = {}
        waiting = [(cost, entry) for entry, cost in sorted(self._entries.items())]
        heapq.heapify(waiting)
        while waiting:
            cost, part = heapq.heappop(waiting)
            if part in found:
                continue
            found[part] = cost
            for step in leaving.get(part, ()):
                if step.target not in found:
                    heapq.heappush(waiting, (cost + step.cost, step.target))
        return found


def _order(step: Step) -> tuple[int, str]:
    return step.cost, step.flow or ""
