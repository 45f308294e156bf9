"""The easiest ways to what matters, with what makes each step possible and what would break it.

A step is as hard as the easiest open finding that makes it possible leaves it: six less its residual exploitability,
from 1 (trivial) to 5; 6 where none does, and only what the place before may do anyway can be misused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from threatmodel.analysis.closing import closing
from threatmodel.assessment import Assessment, Rated
from threatmodel.attacking.footing import Footing, Step
from threatmodel.attacking.standing import ENTRY_TITLES, TARGET_TITLES, EntryKind, Standing, TargetKind
from threatmodel.graph.attack_paths import Route, Routes, Stand, State
from threatmodel.graph.attack_paths import Step as Edge
from threatmodel.model.parts import Component

BEST = 3
"""So many ways are told for each target."""
TARGETS = 4
"""So many targets of a kind are searched, those that are easiest to get to."""
BUDGET = 4_000
"""So many beginnings of ways are followed for each target before its search is cut."""
MISUSE = 6
"""How hard a step is that no open finding makes possible."""
_HOSTED = 1
"""How hard it is to get from a host onto what runs on it."""
_GOT_THERE: dict[TargetKind, tuple[State, ...]] = {
    "record": ("held", "fed", "read"),
    "archive": ("held", "fed", "read"),
    "reading-list": ("held", "fed"),
    "model": ("held", "fed", "read"),
    "training-data": ("held", "fed", "read"),
    "pseudonym-key": ("held", "read"),
    "asked": ("held", "fed", "read"),
}
"""What counts as having got there: false data in the key harm nobody, and to read the list is no gain."""
_GAINS: tuple[State, ...] = ("held", "held", "fed", "read")
"""What each of the footholds of a step gains."""
_ORDER = {by: number for number, by in enumerate(ENTRY_TITLES)}


@dataclass(frozen=True, slots=True)
class Hop:
    """A step: from where (None: from outside) to where, over which flow, how hard, by which finding, broken by what."""

    source: str | None
    target: str
    flow: str | None
    cost: int
    finding: str | None
    breaks: tuple[str, ...]
    """The missing controls of least effort that together close the finding."""
    gains: State = "held"
    """What the attacker has of the component then."""


@dataclass(frozen=True, slots=True)
class AttackPath:
    """A way to a target, with who takes it; ``cost`` is the sum of its steps."""

    target: str
    kind: TargetKind
    by: EntryKind
    hops: tuple[Hop, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class AttackPaths:
    """The easiest ways to everything that matters, kind by kind, the easiest first, and what was not searched."""

    paths: tuple[AttackPath, ...]
    unreached: tuple[tuple[TargetKind, str], ...]
    """The targets to which no way leads."""
    cut: tuple[str, ...]
    """The targets whose search the budget ended."""
    left_out: tuple[tuple[TargetKind, int], ...]
    """Of kinds with more targets than were searched, how many were not."""


def attack_paths(assessment: Assessment, best: int = BEST, target: str | None = None) -> AttackPaths:
    """The easiest ways from where attackers may stand to what matters.

    Args:
        assessment: What came out of the model.
        best: How many ways to tell for each target.
        target: One component to look at, instead of all that matter.
    """
    board = _Board(assessment)
    found: list[AttackPath] = []
    unreached: list[tuple[TargetKind, str]] = []
    cut: list[str] = []
    left_out: list[tuple[TargetKind, int]] = []
    for kind, parts in board.targets(target).items():
        stands = {part: board.routes.stands(part, _GOT_THERE[kind]) for part in parts}
        distances = {part: board.routes.distance(stands[part]) for part in parts}
        unreached += [(kind, part) for part in parts if distances[part] is None]
        near = sorted((distance, part) for part, distance in distances.items() if distance is not None)
        if len(near) > TARGETS:
            left_out.append((kind, len(near) - TARGETS))
        for _, part in near[:TARGETS]:
            answer = board.routes.easiest(stands[part], best, BUDGET, MISUSE, board.alike)
            cut += [part] if answer.cut else []
            found += [board.path(kind, route) for route in answer.routes]
    return AttackPaths(tuple(found), tuple(unreached), tuple(sorted(set(cut))), tuple(left_out))


class _Board:
    """The steps, entries and targets of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment, self._context = assessment, assessment.context
        self._standing = Standing(assessment.context)
        self._footing = Footing(assessment)
        self._begins: dict[Stand, tuple[EntryKind, Hop]] = {}
        for part in self._context.all_components:
            for stand, by, hop in self._entries(part):
                known = self._begins.get(stand)
                if known is None or (hop.cost, _ORDER[by]) < (known[1].cost, _ORDER[known[0]]):
                    self._begins[stand] = by, hop
        self._hops: dict[tuple[Stand, Stand], Hop] = {}
        for source, target, hop in self._steps():
            first = self._hops.get((source, target))
            if first is None or _order(hop) < _order(first):
                self._hops[source, target] = hop
        edges = (Edge(source, target, hop.cost) for (source, target), hop in self._hops.items())
        self.routes = Routes(edges, {stand: hop.cost for stand, (_, hop) in self._begins.items()})

    def targets(self, only: str | None) -> dict[TargetKind, list[str]]:
        """The components that matter, by kind; or the one that was asked for."""
        if only is not None:
            return {self._standing.target(self._context.component(only)) or "asked": [only]}
        found: dict[TargetKind, list[str]] = defaultdict(list)
        for part in self._context.all_components:
            kind = self._standing.target(part)
            if kind is not None:
                found[kind].append(part.id)
        return {kind: found[kind] for kind in TARGET_TITLES if kind in found}

    def path(self, kind: TargetKind, route: Route) -> AttackPath:
        """A way with what makes each of its steps possible."""
        by = self._begins[route.stands[0]][0]
        return AttackPath(route.stands[-1].part, kind, by, self._told(route), route.cost)

    def alike(self, told: Route, other: Route) -> bool:
        """Whether a way says little that one told before did not.

        It passes the same components; or the same sort of attacker takes it, and half of the steps are the same or
        whatever breaks the told one breaks it too.
        """
        if [stand.part for stand in told.stands] == [stand.part for stand in other.stands]:
            return True
        if self._begins[told.stands[0]][0] != self._begins[other.stands[0]][0]:
            return False
        hops, others = set(self._told(told)), set(self._told(other))
        known = {hop.finding for hop in hops if hop.finding is not None}
        by_the_same = bool(known) and known <= {hop.finding for hop in others}
        return by_the_same or 2 * len(hops & others) >= min(len(hops), len(others))

    def _told(self, route: Route) -> tuple[Hop, ...]:
        first, *_ = route.stands
        return (self._begins[first][1], *(self._hops[pair] for pair in pairwise(route.stands)))

    def _steps(self) -> Iterator[tuple[Stand, Stand, Hop]]:
        """Every step that can be taken; people are never where one leads."""
        context = self._context
        people = {part.id for part in context.all_components if context.kind(part).dfd == "person"}
        for flow in context.all_flows:
            both = flow.both_ways or flow.opened_by == "target"
            there = (flow.data_source, flow.data_target)
            for source, target in (there, there[::-1]) if both else (there,):
                if target not in people and source != target:
                    yield from self._over(Step(context.component(source), context.component(target), flow))
        for part in context.all_components:
            if part.runs_on is not None and part.runs_on != part.id:
                hosted = Hop(part.runs_on, part.id, None, _HOSTED, None, ())
                yield Stand(part.runs_on, "held"), Stand(part.id, "held"), hosted

    def _over(self, step: Step) -> Iterator[tuple[Stand, Stand, Hop]]:
        """The steps over a flow in one direction; those that gain less only where they are easier."""
        source, target = step.source.id, step.target.id
        found = self._footing.step(step)
        hold, infect, feed, read = (
            Hop(source, target, step.flow.id, *self._eased(rated), gains)
            for rated, gains in zip(found, _GAINS, strict=True)
        )
        held = Stand(source, "held")
        if step.brings or found.hold is not None:
            yield held, Stand(target, "held"), hold
        if (found.hold is None and not step.brings) or read.cost < hold.cost:
            yield held, Stand(target, "read"), read
        if step.brings:
            carried = self._carried(step)
            if feed.cost < hold.cost:
                yield from ((held, Stand(target, "fed", data), feed) for data in sorted(carried))
            for planted, passed in self._handed_on(step.source, carried):
                fed = Stand(source, "fed", planted)
                yield fed, Stand(target, "fed", passed), feed
                if planted == passed and found.infect is not None:
                    yield fed, Stand(target, "held"), infect

    def _carried(self, step: Step) -> frozenset[str]:
        """The classes of data that a flow brings; all that its start may hand on where nobody says."""
        flow, spread = step.flow, self._context.spread
        if flow.carries is not None:
            return spread.classes(flow.carries)
        start = step.source
        return (
            spread.received(start.id).classes | (spread.kept(start) or frozenset()) | {*self._context.kind(start).data}
        )

    def _handed_on(self, part: Component, carried: frozenset[str]) -> Iterator[tuple[str, str]]:
        """What may have been planted in a component, with what becomes of it in a flow that leaves it."""
        kind = self._context.kind(part)
        for planted in sorted(self._context.spread.received(part.id).classes):
            yield from ((planted, passed) for passed in sorted(kind.turned(planted) & carried))

    def _entries(self, part: Component) -> Iterator[tuple[Stand, EntryKind, Hop]]:
        """Who may begin at a component, and by what."""
        standing = self._standing.without_effort(part)
        if standing is not None:
            yield Stand(part.id, "held"), standing[0], Hop(None, part.id, None, standing[1], None, ())
        for by in self._standing.by_attack(part):
            found = self._footing.entry(part, by)
            hold = Hop(None, part.id, None, *self._eased(found.hold))
            feed = Hop(None, part.id, None, *self._eased(found.feed), "fed")
            yield Stand(part.id, "held"), by, hold
            if feed.cost < hold.cost:
                taken = sorted(self._context.spread.received(part.id).classes)
                yield from ((Stand(part.id, "fed", data), by, feed) for data in taken)

    def _eased(self, rated: Rated | None) -> tuple[int, str | None, tuple[str, ...]]:
        """How hard a step is, the finding that makes it possible, and what would break it."""
        if rated is None:
            return MISUSE, None, ()
        return 6 - rated.residual.exploitability, rated.finding.id, self._breaks(rated)

    def _breaks(self, rated: Rated) -> tuple[str, ...]:
        catalog = self._assessment.catalog
        enough = closing(catalog.rules[rated.finding.threat], rated.finding)
        return min(enough, key=lambda names: (sum(catalog.controls[name].effort for name in names), names), default=())


def _order(hop: Hop) -> tuple[int, bool, str]:
    return hop.cost, hop.finding is None, hop.flow or ""
