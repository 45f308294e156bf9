"""Ways that data go over flows: for each pair of ends the shortest that passes nothing forbidden.

Data are followed by class: a flow goes on with what came in if it carries the same class, or one that the component
turns it into.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple


class Hop(NamedTuple):
    """A step from a component to another over a flow, with the classes of data that it carries; None for any.

    Without a flow (an empty id) it hands on what came in, as a host does to what runs on it, and no data begin there.
    """

    source: str
    target: str
    flow: str
    carries: frozenset[str] | None


class Way(NamedTuple):
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


class Marks(NamedTuple):
    """What ways are looked for: where they start and end, what they may not pass, which data are followed.

    ``turned`` gives, for a component and a class that comes in, the classes in which it may go out, itself included.
    """

    starts: frozenset[str]
    ends: frozenset[str]
    avoided: frozenset[str]
    followed: frozenset[str]
    turned: Callable[[str, str], Collection[str]]


def by_source(hops: Iterable[Hop]) -> dict[str, list[Hop]]:
    """The hops that leave each component, in order of target and flow; a hop from a component to itself is left out."""
    leaving: dict[str, list[Hop]] = defaultdict(list)
    for hop in sorted(hops, key=lambda one: (one.target, one.flow)):
        if hop.source != hop.target:
            leaving[hop.source].append(hop)
    return leaving


def ways(leaving: Mapping[str, list[Hop]], marks: Marks) -> list[Way]:
    """The shortest way for each pair of a start and an end, in order of both, over hops by their source.

    A way does not pass through another start or another end: what leads on from there is a way of its own. Nor does
    it pass through what is avoided, though it may start or end there. Ties are broken by id. Pairs of a component with
    itself are left out.
    """
    if not marks.starts or not marks.ends or not marks.followed:
        return []
    return [way for start in sorted(marks.starts & leaving.keys()) for way in _from(leaving, start, marks)]


def _from(leaving: Mapping[str, list[Hop]], start: str, marks: Marks) -> list[Way]:
    """The ways from one start, breadth first over components and the class in which the data are there."""
    before: dict[tuple[str, str], tuple[tuple[str, str], Hop]] = {}
    waiting = [(start, one) for one in sorted(marks.followed)]
    begun = frozenset(waiting)
    reached: dict[str, tuple[str, str]] = {}
    closed = marks.starts | marks.ends | marks.avoided
    for at in waiting:
        part, data = at
        if at not in begun and part in closed:
            continue
        out = {data} if at in begun else {data, *marks.turned(part, data)}
        for hop in leaving.get(part, ()):
            other = hop.target
            if other == start:
                continue
            for going in sorted(out if hop.carries is None else out & hop.carries):
                state = (other, going)
                if state not in before:
                    before[state] = (at, hop)
                    waiting.append(state)
                    if other in marks.ends:
                        reached.setdefault(other, state)
    return [Way(_back(reached[end], before)) for end in sorted(reached)]


def _back(state: tuple[str, str], before: dict[tuple[str, str], tuple[tuple[str, str], Hop]]) -> tuple[Hop, ...]:
    hops: list[Hop] = []
    while state in before:
        state, hop = before[state]
        hops.append(hop)
    return tuple(reversed(hops))
