"""Where data go and come from, class by class: from hop to hop, through what turns them into others.

A state is a class of data leaving a component. All states of a system are visited at most once, so that a question
about many starts costs as much as about one.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from threatmodel.graph.spread import Spread
from threatmodel.graph.ways import Hop
from threatmodel.model.system import System
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID

EVERY_CLASS = frozenset(DATA_CLASS_BY_ID)
Turning = Callable[[str, str], Collection[str]]
State = tuple[str, str]
"""A component and a class of data that leaves it (or, downstream, that has come in)."""


def hops_of(system: System, spread: Spread, *, unstated: bool) -> list[Hop]:
    """The hops of all flows, replies that carry data of their own among them.

    With ``unstated`` also those of flows that do not say what they carry, with None for their classes.
    """
    found = []
    for flow in system.flows:
        if flow.carries is None and not unstated:
            continue
        carries = spread.classes(flow.carries) if flow.carries is not None else None
        found.append(Hop(flow.data_source, flow.data_target, flow.id, carries))
        if flow.both_ways:
            found.append(Hop(flow.data_target, flow.data_source, flow.id, carries))
    return found


@dataclass(frozen=True, slots=True)
class Stream:
    """Places that data get to, or come from: for each the next hop on a shortest way, and the state after it."""

    steps: dict[State, tuple[Hop, State | None]]
    first: dict[str, State] = field(default_factory=dict)
    """For each place, the state in which it was found first."""

    def __contains__(self, part: str) -> bool:
        """Whether a place was found."""
        return part in self.first

    def way(self, part: str) -> tuple[Hop, ...]:
        """The hops of a shortest way: from the place on (upstream), or from the place back to a start (downstream)."""
        return self.way_of(self.first[part])

    def way_of(self, at: State) -> tuple[Hop, ...]:
        """The hops of a shortest way for a place and a class of data."""
        hops = []
        state: State | None = at
        while state is not None:
            hop, state = self.steps[state]
            hops.append(hop)
        return tuple(hops)


class Streams:
    """The hops of one system, by their ends, and what each component turns data into."""

    def __init__(self, hops: Iterable[Hop], turned: Turning) -> None:
        """Sorts the hops; a hop from a component to itself leads nowhere and is left out."""
        self._leaving: dict[str, list[Hop]] = defaultdict(list)
        self._arriving: dict[str, list[Hop]] = defaultdict(list)
        self._outgoing: dict[str, frozenset[str]] = {}
        self._turned = turned
        for hop in sorted(hops, key=lambda one: (one.flow, one.source)):
            if hop.source != hop.target:
                self._leaving[hop.source].append(hop)
                self._arriving[hop.target].append(hop)

    def downstream(self, starts: Collection[str], closed: Collection[str] = ()) -> Stream:
        """Every place that data which leave some start get to, whatever they become; nothing passes what is closed.

        The ways of the answer lead from the place back to a start.
        """
        found = Stream({})
        waiting: deque[State] = deque()
        for start in sorted(starts):
            for hop in self._leaving.get(start, ()):
                if hop.flow:
                    self._arrive(found, waiting, hop, EVERY_CLASS if hop.carries is None else hop.carries, None)
        while waiting:
            state = waiting.popleft()
            part, data = state
            if part in closed:
                continue
            out = frozenset({data, *self._turned(part, data)})
            for hop in self._leaving.get(part, ()):
                self._arrive(found, waiting, hop, out if hop.carries is None else out & hop.carries, state)
        return found

    @staticmethod
    def _arrive(found: Stream, waiting: deque[State], hop: Hop, classes: frozenset[str], before: State | None) -> None:
        for data in sorted(classes):
            state = (hop.target, data)
            if state not in found.steps:
                found.steps[state] = (hop, before)
                found.first.setdefault(hop.target, state)
                waiting.append(state)

    def upstream(self, ends: Mapping[str, frozenset[str]], closed: Collection[str] = ()) -> Stream:
        """Every place from which data get to some end, arriving there as one of the classes that count at it.

        A state is a class that leaves a place; the ways of the answer lead from the place to an end.
        """
        found = Stream({})
        waiting: deque[State] = deque()
        for end in sorted(ends):
            for hop in self._arriving.get(end, ()):
                classes = ends[end] if hop.carries is None else hop.carries & ends[end]
                self._leave(found, waiting, hop, classes, None)
        while waiting:
            state = waiting.popleft()
            part, going = state
            if part in closed:
                continue
            for hop in self._arriving.get(part, ()):
                taken = hop.carries if hop.carries is not None else EVERY_CLASS
                coming = frozenset(data for data in taken if data == going or going in self._turned(part, data))
                self._leave(found, waiting, hop, coming, state)
        return found

    @staticmethod
    def _leave(found: Stream, waiting: deque[State], hop: Hop, classes: frozenset[str], after: State | None) -> None:
        for data in sorted(classes):
            state = (hop.source, data)
            if state not in found.steps:
                found.steps[state] = (hop, after)
                found.first.setdefault(hop.source, state)
                waiting.append(state)

    def steps_from(self, starts: Collection[str], classes: frozenset[str]) -> dict[State, tuple[State, ...]]:
        """The states that classes of data leaving some starts lead to, each with the states that follow it."""
        waiting = [(start, data) for start in sorted(starts) for data in sorted(classes & self._out(start))]
        found: dict[State, tuple[State, ...]] = {}
        while waiting:
            state = waiting.pop()
            if state in found:
                continue
            part, data = state
            after: dict[State, None] = {}
            for hop in self._leaving.get(part, ()):
                if hop.carries is None or data in hop.carries:
                    going = frozenset({data, *self._turned(hop.target, data)}) & self._out(hop.target)
                    after.update(dict.fromkeys((hop.target, other) for other in sorted(going)))
            found[state] = tuple(after)
            waiting += after
        return found

    def _out(self, part: str) -> frozenset[str]:
        """The classes that may leave a component."""
        known = self._outgoing.get(part)
        if known is None:
            leaving = self._leaving.get(part, ())
            if any(hop.carries is None for hop in leaving):
                known = EVERY_CLASS
            else:
                known = frozenset(data for hop in leaving for data in hop.carries or ())
            self._outgoing[part] = known
        return known
