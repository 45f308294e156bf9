"""What reading and reporting hang on: which components and flows every way passes, and what goes on without others.

A path of care leads from where something begins (a device that makes images; a person who reads them) to where it has
to arrive (a reading station; the record). Its nodes are components and flows alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from threatmodel.graph.dominators import immediate_dominators

END = ""
"""Stands behind everything where a path of care may arrive; no component or flow has an empty id."""
MOST_HOSTS = 200
"""Of hosts that several components of a path run on, so many are tried, those with most components first."""


_SOME = 3


@dataclass(frozen=True, slots=True)
class Link:
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


class Path:
    """One path of care: what its starts need to arrive."""

    def __init__(
        self, links: Iterable[Link], starts: Collection[str], ends: Collection[str], hosts: Mapping[str, str]
    ) -> None:
        """Works out what every way passes, with the flows that are sure, and with those that may be.

        Args:
            links: The flows of the path.
            starts: The components where it begins.
            ends: The components where it may arrive; a start that is an end needs nobody.
            hosts: For each component that runs on another one, that other one.
        """
        self.links = [link for link in links if link.source != link.target]
        self.ends = frozenset(ends)
        self.starts = frozenset(starts) - self.ends
        self._hosts = hosts
        self._possible = immediate_dominators(_backward(self.links, self.ends), END)
        self._sure = self._possible
        if not all(link.sure for link in self.links):
            sure = [link for link in self.links if link.sure]
            self._sure = immediate_dominators(_backward(sure, self.ends), END)
        self.served = frozenset(start for start in self.starts if start in self._sure)
        """The starts that have a way for sure."""
        self._only_possible = frozenset(start for start in self.starts if start in self._possible) - self.served
        self._after = _forward(self.links)
        self._stops = self._all_stops()

    def stop(self, node: str) -> Stop | None:
        """What stops when a component or flow stops; None when nothing does, for sure."""
        return self._stops.get(node)

    def lost(self, gone: Collection[str], *, sure: bool) -> frozenset[str]:
        """The served starts that no way is left for when components and flows are gone (those gone themselves aside).

        With ``sure`` a way counts only when all its flows are sure.
        """
        taken = set(gone)
        taken.update(part for part in self._hosts if not taken.isdisjoint(self._below(part)))
        links = [
            link for link in self.links if (link.sure or not sure) and not taken & {link.source, link.target, link.flow}
        ]
        backward = _backward(links, self.ends - taken)
        left = _reached(backward, {END})
        return frozenset(start for start in self.served if start not in left and start not in taken)

    def goes_on(self, without: Collection[str], perhaps: Collection[str]) -> bool | None:
        """Whether every start still arrives without some components; None when that is not settled.

        Args:
            without: What is gone for sure.
            perhaps: What may be gone as well, since nobody stated what it is.
        """
        if self.lost(without, sure=False):
            return False
        gone = {*without, *perhaps}
        settled = not self.lost(gone, sure=True) and not self._only_possible
        return True if settled else None

    def undecided(self) -> tuple[str, ...]:
        """The flows that lie on a way from a start to an end and do not say what they carry, in order of id."""
        onward = _reached(self._after, self.starts)
        return tuple(
            sorted({link.flow for link in self.links if not link.sure and {link.source, link.flow} <= onward})
            if self._possible
            else ()
        )

    def _all_stops(self) -> dict[str, Stop]:
        certain = _cut_off(self._possible, self.served)
        perhaps = _cut_off(self._sure, self.served) if self._sure is not self._possible else {}
        found = dict(certain)
        for node, stop in perhaps.items():
            found.setdefault(node, Stop(stop.count, stop.some, False))
        for node in self._on_possible_ways():
            found.setdefault(node, Stop(0, (), False))
        for host, members in self._hosting():
            told = [found[part] for part in members if part in found]
            if any(stop.sure for stop in told):
                found[host] = max((stop for stop in told if stop.sure), key=lambda stop: stop.count)
            elif len(members) > 1 and (lost := self.lost(members, sure=False)):
                found[host] = Stop(len(lost), tuple(sorted(lost)[:_SOME]), True)
            elif told or (len(members) > 1 and self.lost(members, sure=True)):
                found[host] = Stop(0, (), False)
        return found

    def _on_possible_ways(self) -> frozenset[str]:
        """Everything after the starts that only flows of unstated data may serve, as far as the ends."""
        first = {flow for start in self._only_possible for flow in self._after.get(start, ())}
        return frozenset(node for node in _reached(self._after, first) if node in self._possible)

    def _hosting(self) -> list[tuple[str, frozenset[str]]]:
        """The hosts, each with what of the path goes down with it, itself included; those with most of it first.

        A host is told before those that it stands on. Of hosts with several parts of the path only the first so many
        are tried.
        """
        on_path = {node for link in self.links for node in (link.source, link.target)}
        members: dict[str, set[str]] = defaultdict(set)
        for part in self._hosts:
            for host in self._below(part):
                members[host].add(part)
        found = [(host, frozenset(({host} | parts) & on_path)) for host, parts in members.items()]
        found = [(host, parts) for host, parts in found if parts]
        found.sort(key=lambda pair: (-len(pair[1]), pair[0]))
        shared = sum(len(parts) > 1 for _, parts in found)
        return found[:MOST_HOSTS] if shared > MOST_HOSTS else found

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


def _reached(after: Mapping[str, Iterable[str]], starts: Iterable[str]) -> set[str]:
    found = set(starts)
    waiting = list(found)
    while waiting:
        for other in after.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _cut_off(tree: Mapping[str, str], starts: Collection[str]) -> dict[str, Stop]:
    """For each node that dominates some start other than itself, how many, and the first few by id."""
    inside: dict[str, tuple[int, tuple[str, ...]]] = {}
    found: dict[str, Stop] = {}
    for node in _leaves_first(tree):
        count, some = inside.pop(node, (0, ()))
        if count:
            found[node] = Stop(count, some, True)
        if node in starts:
            count, some = count + 1, tuple(sorted((*some, node))[:_SOME])
        parent = tree[node]
        before = inside.get(parent, (0, ()))
        inside[parent] = before[0] + count, tuple(sorted((*before[1], *some))[:_SOME])
    return found


def _leaves_first(tree: Mapping[str, str]) -> list[str]:
    """The nodes of a tree of dominators without its root, each before the one that dominates it."""
    children: dict[str, list[str]] = defaultdict(list)
    for node, parent in tree.items():
        if node != END:
            children[parent].append(node)
    order: list[str] = []
    waiting = list(children[END])
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting += children.get(node, ())
    return order[::-1]
