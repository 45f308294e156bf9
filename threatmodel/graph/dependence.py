"""What reading and reporting hang on: which components and flows every way passes, and what goes on without others.

A path of care leads from where something begins (a device that makes images; a person who reads them) to where it has
to arrive (a reading station; the record). Its nodes are components and flows alike.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from threatmodel.graph.dominators import Dominance, immediate_dominators, leaves_first
from threatmodel.graph.origins import Arrival, arrivals
from threatmodel.graph.separators import Separators, reached

END = ""
"""Stands behind everything where a path of care may arrive; no component or flow has an empty id."""
_START = " "
"""Stands before the starts that perhaps arrive."""
_SOME = 3
_FEW_FLOWS = 5
"""Of the flows that decide something, so many are named; the answers show whether the rest matters."""
_FAR = 200
"""So many components and flows around a place are looked at for those flows."""
_MOST_MEETINGS = 64
"""So many of the places that lie behind another on every way are looked at for one that lies before it as well."""


class Link(NamedTuple):
    """A flow of a path of care; ``sure`` when it is stated to carry what the path is about."""

    source: str
    target: str
    flow: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops when something stops: for sure, or perhaps. ``count`` starts are cut off; ``some`` names a few."""

    count: int
    some: tuple[str, ...]
    sure: bool


_PERHAPS = Stop(0, (), False)


class Path:
    """One path of care: what its starts need to arrive."""

    def __init__(
        self,
        links: Iterable[Link],
        starts: Collection[str],
        ends: Collection[str],
        hosts: Mapping[str, str],
        perhaps: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """Works out what every way passes, with the flows that are sure, and with those that may be.

        Args:
            links: The flows of the path.
            starts: The components where it begins.
            ends: The components where it may arrive; a start that is an end needs nobody.
            hosts: For each component that runs on another one, that other one.
            perhaps: The components where it may arrive or not, each with the flows that it hangs on which.
        """
        self.ends = frozenset(ends)
        self.starts = frozenset(starts) - self.ends
        self.links = [link for link in links if link.source != link.target and link.source not in self.ends]
        self._deciding = perhaps or {}
        self._hosts = hosts
        self._stacks = {part: self._below(part) for part in hosts}
        self._after = _forward(self.links)
        before = _backward(self.links, {*self.ends, *self._deciding})
        self._possible = Separators(before, END)
        dominators = immediate_dominators(before, END)
        self._sure, sure_dominators = self._possible, dominators
        if self._deciding or not all(link.sure for link in self.links):
            before = _backward([link for link in self.links if link.sure], self.ends)
            self._sure, sure_dominators = Separators(before, END), immediate_dominators(before, END)
        self.served = frozenset(self.starts & self._sure.nodes)
        """The starts that have a way for sure."""
        self._open_ways, self._entered = self._only_possible(dominators)
        self._stops = self._all_stops(dominators, sure_dominators)

    def stop(self, node: str) -> Stop | None:
        """What stops when a component or flow stops; None when nothing does, for sure."""
        return self._stops.get(node)

    def goes_on(self, without: Collection[str], perhaps: Collection[str]) -> bool | None:
        """Whether every start still arrives without some components; None when that is not settled.

        A start that is gone itself does not arrive.

        Args:
            without: What is gone for sure.
            perhaps: What may be gone as well, since nobody stated what it is.
        """
        gone = self._with_all_on(without)
        if not (self.served - self._deciding.keys()).isdisjoint(gone | self._possible.cut_off(gone)):
            return False
        gone = self._with_all_on({*without, *perhaps})
        lost = gone | self._sure.cut_off(gone)
        may_stop = (self.served | self._entered) & lost or gone & {node for node, _ in self._open_ways}
        return None if may_stop else True

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The flows that lie on a way from a start to an end and do not say what they carry, in order of id."""
        return tuple(sorted(set().union(*self._silent_at.values())))

    def deciding(self, node: str) -> tuple[str, ...]:
        """A few of the undecided flows, those nearest to a component or flow that perhaps stops something."""
        seen = dict.fromkeys(sorted({node, *self._members.get(node, ())} & self._around.keys()))
        waiting = deque(seen)
        found: dict[str, None] = {}
        while waiting and len(found) < _FEW_FLOWS and len(seen) < _FAR:
            at = waiting.popleft()
            found |= dict.fromkeys(sorted(self._silent_at.get(at, ())))
            near = [other for other in self._around.get(at, ()) if other not in seen]
            seen |= dict.fromkeys(near)
            waiting += near
        return tuple(found)[:_FEW_FLOWS] or self.undecided[:_FEW_FLOWS]

    def concerns(self, part: str) -> bool:
        """Whether a component, or something that stands on it, lies on a way from a start to an end."""
        return not self._around.keys().isdisjoint({part, *self._members.get(part, ())})

    @cached_property
    def _around(self) -> dict[str, list[str]]:
        """The components and flows between the starts and the ends, each with those next to it."""
        onward = reached(self._after, self.starts) & self._possible.nodes
        found: dict[str, list[str]] = {node: [] for node in sorted(onward)}
        for node, near in found.items():
            for other in self._after.get(node, ()):
                if other in found:
                    near.append(other)
                    found[other].append(node)
        return found

    @cached_property
    def _silent_at(self) -> dict[str, set[str]]:
        """The undecided flows, by the components and flows at which they are met."""
        found: dict[str, set[str]] = {part: {*flows} for part, flows in self._deciding.items() if part in self._around}
        for link in self.links:
            if not link.sure and {link.source, link.flow, link.target} <= self._around.keys():
                found.setdefault(link.flow, set()).add(link.flow)
        return found

    def _only_possible(self, dominators: Mapping[str, str]) -> tuple[frozenset[Arrival], frozenset[str]]:
        """Where the starts that perhaps arrive get to before anything that surely does, and the first such things.

        A place that is left only by the way by which it was entered is none: what arrives never needs to go there.
        """
        starts = sorted((self.starts & self._possible.nodes) - self.served)
        unsure = {node: near for node, near in self._after.items() if node not in self._sure.nodes}
        ways = [way for way in arrivals(unsure, starts, 2) if way[0] in self._possible.nodes]
        entered = frozenset(node for node, _ in ways if node in self._sure.nodes)
        before = Dominance(immediate_dominators({**unsure, _START: starts}, _START), _START)
        through = (way for way in ways if way[0] not in entered and not _there_and_back(way[0], before, dominators))
        return frozenset(through), entered

    def _all_stops(self, dominators: Mapping[str, str], sure_dominators: Mapping[str, str]) -> dict[str, Stop]:
        found = _cut_off(dominators, self.served)
        first = self.served | self._entered
        if first != self.served or sure_dominators is not dominators:
            for node in _cut_off(sure_dominators, first):
                found.setdefault(node, _PERHAPS)
        for node in (*self._entered, *(node for node, start in self._open_ways if node != start)):
            found.setdefault(node, _PERHAPS)
        for host, members in self._members.items():
            told = [found[part] for part in sorted(members) if part in found]
            if any(stop.sure for stop in told):
                found[host] = max((stop for stop in told if stop.sure), key=lambda stop: stop.count)
            elif len(members) > 1 and (lost := self.served & self._possible.cut_off(members)):
                found[host] = Stop(len(lost), tuple(sorted(lost)[:_SOME]), True)
            elif told or (len(members) > 1 and first & self._sure.cut_off(members)):
                found[host] = _PERHAPS
        return found

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        """The hosts, each with what of the path goes down with it, itself included; those that it carries before it."""
        on_path = {node for link in self.links for node in (link.source, link.target)}
        carried: dict[str, set[str]] = defaultdict(set)
        for part, below in self._stacks.items():
            for host in below:
                carried[host] |= {host, part}
        inner_first = sorted(carried, key=lambda host: (len(carried[host]), host))
        return {host: frozenset(carried[host] & on_path) for host in inner_first if carried[host] & on_path}

    def _with_all_on(self, parts: Collection[str]) -> set[str]:
        """Components and all that stands on them."""
        gone = set(parts)
        return gone | {part for part, below in self._stacks.items() if not gone.isdisjoint(below)}

    def _below(self, part: str) -> list[str]:
        """What a component stands on: its host, the host of that, and so on."""
        found: list[str] = []
        while (part := self._hosts.get(part, "")) and part not in found:
            found.append(part)
        return found


def _backward(links: Iterable[Link], ends: Iterable[str]) -> dict[str, list[str]]:
    """Whatever stands before each node, beginning at the one end of all."""
    found: dict[str, list[str]] = defaultdict(list)
    found[END] = sorted(ends)
    for link in sorted(links, key=lambda one: (one.flow, one.source)):
        found[link.target].append(link.flow)
        found[link.flow].append(link.source)
    return found


def _forward(links: Iterable[Link]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for link in links:
        found[link.source].append(link.flow)
        found[link.flow].append(link.target)
    return found


def _cut_off(tree: Mapping[str, str], starts: Collection[str]) -> dict[str, Stop]:
    """For each node that dominates some start other than itself, how many, and the first few by id."""
    inside: dict[str, tuple[int, tuple[str, ...]]] = {}
    found: dict[str, Stop] = {}
    for node in leaves_first(tree, END):
        count, some = inside.pop(node, (0, ()))
        if count:
            found[node] = Stop(count, some, True)
        if node in starts:
            count, some = count + 1, tuple(sorted((*some, node))[:_SOME])
        parent = tree[node]
        before = inside.get(parent, (0, ()))
        inside[parent] = before[0] + count, tuple(sorted((*before[1], *some))[:_SOME])
    return found


def _there_and_back(node: str, before: Dominance, behind: Mapping[str, str]) -> bool:
    """Whether some other node lies on every way to a node and on every way on from it."""
    at = behind[node]
    for _ in range(_MOST_MEETINGS):
        if at == END:
            return False
        if before.holds(at, node):
            return True
        at = behind[at]
    return False
