"""The easiest ways from where an attacker may begin to one place: the k best without detour, within a budget."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal, NamedTuple

State = Literal["held", "fed", "read"]
"""What an attacker has of a component: acts from it · has planted false data in it · reads what it keeps."""


class Stand(NamedTuple):
    """A component and what an attacker has of it; who holds it can do all that is open to one who only feeds it.

    ``data`` is the class of what is planted, where false data are.
    """

    part: str
    state: State
    data: str = ""


class Step(NamedTuple):
    """A step from one stand to another, and how hard it is (from 1)."""

    source: Stand
    target: Stand
    cost: int


class Route(NamedTuple):
    """A way: the stands in order, and how hard it is, the entry counted in."""

    stands: tuple[Stand, ...]
    cost: int


class Found(NamedTuple):
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
    backwards: tuple[Stand, ...]
    """The target first."""
    complete: bool
    so_far: tuple[int, ...]
    """For each of ``backwards``, how hard it is to get from it to the target."""
    limit: int | None
    """A way as hard as this, or harder, passes a stand at which it could begin as easily."""


class Routes:
    """The steps of one system; of parallel steps between the same two stands the easiest counts.

    Hardness is counted in units of ``_scale`` and a step more in units of one, so that of equally hard ways the one
    with fewer steps is easier.
    """

    def __init__(self, steps: Iterable[Step], entries: Mapping[Stand, int]) -> None:
        """Sorts the steps.

        Args:
            steps: Every step that an attacker could take.
            entries: The stands where an attacker may begin, each with how hard that is (from 1).
        """
        easiest: dict[tuple[Stand, Stand], int] = {}
        for step in steps:
            pair = (step.source, step.target)
            if step.source.part != step.target.part and step.cost < easiest.get(pair, step.cost + 1):
                easiest[pair] = step.cost
        self._scale = len({stand for pair in easiest for stand in pair} | set(entries)) + 1
        self._entries = {stand: cost * self._scale for stand, cost in entries.items()}
        self._out_of: dict[Stand, dict[Stand, int]] = defaultdict(dict)
        for (source, target), cost in sorted(easiest.items()):
            self._out_of[source][target] = cost * self._scale + 1
        self._near = self._distances()
        self._into: dict[Stand, list[tuple[int, Stand, int]]] = defaultdict(list)
        for source, near in self._near.items():
            for target, hard in self._out_of.get(source, {}).items():
                self._into[target].append((near + hard, source, hard))
        for several in self._into.values():
            several.sort()
        self._at: dict[str, list[Stand]] = defaultdict(list)
        for stand in self._near:
            self._at[stand.part].append(stand)

    def stands(self, part: str, states: Collection[State]) -> tuple[Stand, ...]:
        """The stands of a component in some states to which any way leads, in order."""
        return tuple(sorted(stand for stand in self._at.get(part, ()) if stand.state in states))

    def distance(self, targets: Iterable[Stand]) -> int | None:
        """How hard the easiest way to one of some stands is; None when no way leads there."""
        near = [self._near[stand] for stand in targets if stand in self._near]
        return min(near) // self._scale if near else None

    def easiest(
        self,
        targets: Collection[Stand],
        most: int,
        budget: int,
        beyond: int | None = None,
        alike: Alike = never_alike,
    ) -> Found:
        """The easiest ways to one of some stands, those with fewer steps first where they are equally hard.

        Args:
            targets: What counts as having got there.
            most: How many ways to give.
            budget: How many tails of ways to follow before the search is cut.
            beyond: How much harder than the easiest a way may be; any way unless given.
            alike: Whether a way says little that one told before did not; such a way is passed over.

        A way passes no component twice and makes no detour: no step leads from one of its stands to a later one, or to
        holding what is only fed there, as easily as the way between them; and none but the first is a stand where an
        attacker could begin as easily.

        The search goes back from the target and always follows the tail whose whole way can be least hard (A*, with
        the distance from the nearest entry, which is never too much), so that complete ways come out in order;
        equally hard ones of as many steps in the order of their stands read backwards.
        """
        routes: list[Route] = []
        nearest = self.distance(targets)
        ceiling = (nearest + beyond + 1) * self._scale if nearest is not None and beyond is not None else None
        waiting = [_Tail(self._near[stand], (stand,), False, (0,), None) for stand in targets if stand in self._near]
        heapq.heapify(waiting)
        followed = 0
        while waiting and len(routes) < most:
            tail = heapq.heappop(waiting)
            if ceiling is not None and tail.bound >= ceiling:
                break
            if tail.complete:
                route = Route(tail.backwards[::-1], tail.bound // self._scale)
                if not any(alike(told, route) for told in routes):
                    routes.append(route)
                continue
            if followed >= budget:
                return Found(tuple(routes), True)
            followed += 1
            for longer in self._longer(tail, ceiling):
                heapq.heappush(waiting, longer)
        return Found(tuple(routes), False)

    def _longer(self, tail: _Tail, ceiling: int | None) -> Iterable[_Tail]:
        """The tails that begin one stand earlier, and the whole way if it can begin here; none as hard as a ceiling."""
        first, cost, limit = tail.backwards[-1], tail.so_far[-1], tail.limit
        if first in self._entries:
            whole = cost + self._entries[first]
            if limit is None or whole < limit:
                yield _Tail(whole, tail.backwards, True, tail.so_far, limit)
        begins = [self._entries[stand] + cost for stand in _as_good(first) if stand in self._entries]
        limit = min(begins if limit is None else [*begins, limit], default=None)
        least = min((bound for bound in (limit, ceiling) if bound is not None), default=None)
        passed = {stand.part for stand in tail.backwards}
        for near, source, step in self._into.get(first, ()):
            if least is not None and cost + near >= least:
                break  # those that follow are farther from any entry
            done = cost + step
            if source.part not in passed and not self._shortcut(source, done, tail):
                yield _Tail(cost + near, (*tail.backwards, source), False, (*tail.so_far, done), limit)

    def _shortcut(self, source: Stand, done: int, tail: _Tail) -> bool:
        """Whether a step leads from a stand past the beginning of a tail, as easily as by way of it."""
        steps = self._out_of[source]
        for stand, left in zip(tail.backwards, tail.so_far, strict=True):
            for other in _as_good(stand):
                step = steps.get(other)
                if step is not None and (step + left < done or (other != stand and step + left == done)):
                    return True
        return False

    def _distances(self) -> dict[Stand, int]:
        """How hard it is to get to each stand at best (Dijkstra, from all entries at once)."""
        found: dict[Stand, int] = {}
        waiting = [(cost, entry) for entry, cost in sorted(self._entries.items())]
        heapq.heapify(waiting)
        while waiting:
            cost, stand = heapq.heappop(waiting)
            if stand in found:
                continue
            found[stand] = cost
            for other, step in self._out_of.get(stand, {}).items():
                if other not in found:
                    heapq.heappush(waiting, (cost + step, other))
        return found


def _as_good(stand: Stand) -> tuple[Stand, ...]:
    """A stand, and holding the component where it is less than that."""
    return (stand,) if stand.state == "held" else (stand, Stand(stand.part, "held"))
