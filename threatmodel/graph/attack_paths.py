"""The easiest ways from where an attacker may begin to one place: the k best without detour, within a budget."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Step:
    """A step from a component to another, and how hard it is (from 1)."""

    source: str
    target: str
    cost: int


@dataclass(frozen=True, slots=True)
class Route:
    """A way: the components in order, and how hard it is, the entry counted in."""

    parts: tuple[str, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Found:
    """The easiest ways to one target, the easiest first; ``cut`` when the budget ended the search too soon."""

    routes: tuple[Route, ...]
    cut: bool


Alike = Callable[[Route, Route], bool]


def never_alike(told: Route, other: Route) -> bool:
    """Every way is worth telling."""
    return False


class _Tail(NamedTuple):
    """The end of a way, looked at from the target; in the order in which tails are followed."""

    bound: int
    """How hard the whole way is at least."""
    backwards: tuple[str, ...]
    """The target first."""
    complete: bool
    so_far: tuple[int, ...]
    """For each of ``backwards``, how hard it is to get from it to the target."""
    limit: int | None
    """A way as hard as this, or harder, passes a component at which it could begin as easily."""


class Routes:
    """The steps of one system; of parallel steps between the same two components the easiest counts.

    Hardness is counted in units of ``_scale`` and a step more in units of one, so that of equally hard ways the one
    with fewer steps is easier.
    """

    def __init__(self, steps: Iterable[Step], entries: Mapping[str, int]) -> None:
        """Sorts the steps.

        Args:
            steps: Every step that an attacker could take.
            entries: The components where an attacker may begin, each with how hard that is (from 1).
        """
        easiest: dict[tuple[str, str], int] = {}
        for step in steps:
            pair = (step.source, step.target)
            if step.source != step.target and step.cost < easiest.get(pair, step.cost + 1):
                easiest[pair] = step.cost
        self._scale = len({part for pair in easiest for part in pair} | set(entries)) + 1
        self._entries = {part: cost * self._scale for part, cost in entries.items()}
        self._into: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._out_of: dict[str, dict[str, int]] = defaultdict(dict)
        for (source, target), cost in sorted(easiest.items()):
            self._into[target].append((source, cost * self._scale + 1))
            self._out_of[source][target] = cost * self._scale + 1
        self._near = self._distances()

    def distance(self, target: str) -> int | None:
        """How hard the easiest way to a component is; None when no way leads there."""
        near = self._near.get(target)
        return near // self._scale if near is not None else None

    def easiest(self, target: str, most: int, budget: int, alike: Alike = never_alike) -> Found:
        """The easiest ways to a target, at most so many, those with fewer steps first where they are equally hard.

        A way passes no component twice and makes no detour: no step leads from one of its components to a later one as
        easily as the way between them, and no component but the first is one where an attacker could begin as easily.
        A way that is ``alike`` to one told before is passed over.

        The search goes back from the target and always follows the tail whose whole way can be least hard (A*, with
        the distance from the nearest entry, which is never too much), so that complete ways come out in order.
        ``budget`` counts the tails followed; equally hard ways come in the order of their components read backwards.
        """
        routes: list[Route] = []
        if target not in self._near:
            return Found((), False)
        waiting = [_Tail(self._near[target], (target,), False, (0,), None)]
        followed = 0
        while waiting and len(routes) < most:
            tail = heapq.heappop(waiting)
            if tail.complete:
                route = Route(tail.backwards[::-1], tail.bound // self._scale)
                if not any(alike(told, route) for told in routes):
                    routes.append(route)
                continue
            if followed >= budget:
                return Found(tuple(routes), True)
            followed += 1
            for longer in self._longer(tail):
                heapq.heappush(waiting, longer)
        return Found(tuple(routes), False)

    def _longer(self, tail: _Tail) -> Iterable[_Tail]:
        """The tails that begin one component earlier, and the whole way if it can begin here."""
        first, cost = tail.backwards[-1], tail.so_far[-1]
        limit = tail.limit
        if first in self._entries:
            whole = cost + self._entries[first]
            if limit is None or whole < limit:
                yield _Tail(whole, tail.backwards, True, tail.so_far, limit)
                limit = whole
        for source, step in self._into.get(first, ()):
            near = self._near.get(source)
            if near is None or source in tail.backwards:
                continue
            done = cost + step
            if (limit is None or done + near < limit) and not self._shortcut(source, done, tail):
                yield _Tail(done + near, (*tail.backwards, source), False, (*tail.so_far, done), limit)

    def _shortcut(self, source: str, done: int, tail: _Tail) -> bool:
        """Whether a step leads from a component past the beginning of a tail, as easily as by way of it."""
        steps = self._out_of[source]
        for part, left in zip(tail.backwards[:-1], tail.so_far, strict=False):
            step = steps.get(part)
            if step is not None and step + left < done:
                return True
        return False

    def _distances(self) -> dict[str, int]:
        """How hard it is to get to each component at best (Dijkstra, from all entries at once)."""
        found: dict[str, int] = {}
        waiting = [(cost, entry) for entry, cost in sorted(self._entries.items())]
        heapq.heapify(waiting)
        while waiting:
            cost, part = heapq.heappop(waiting)
            if part in found:
                continue
            found[part] = cost
            for other, step in self._out_of.get(part, {}).items():
                if other not in found:
                    heapq.heappush(waiting, (cost + step, other))
        return found
