"""The easiest ways to what matters, with what makes each step possible and what would break it.

A step is as hard as the easiest open finding that makes it possible leaves it: six less its residual exploitability,
from 1 (trivial) to 5; 6 where none does, and only what the place before may do anyway can be misused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from threatmodel.assessment import Assessment, Rated
from threatmodel.attacking.footing import Footing, Step
from threatmodel.attacking.standing import ENTRY_TITLES, TARGET_TITLES, EntryKind, Standing, TargetKind
from threatmodel.graph.attack_paths import Route, Routes
from threatmodel.graph.attack_paths import Step as Edge
from threatmodel.model.parts import Component, Flow

BEST = 3
"""So many ways are told for each target."""
TARGETS = 4
"""So many targets of a kind are searched, those that are easiest to get to."""
BUDGET = 20_000
"""So many beginnings of ways are followed for each target before its search is cut."""
MISUSE = 6
"""How hard a step is that no open finding makes possible."""
_HOSTED = 1
"""How hard it is to get from a host onto what runs on it."""
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
    """The controls not in place that stop the threat of the finding, those of least effort first."""


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
        distances = [(board.routes.distance(part), part) for part in parts]
        unreached += [(kind, part) for distance, part in distances if distance is None]
        near = sorted((distance, part) for distance, part in distances if distance is not None)
        if len(near) > TARGETS:
            left_out.append((kind, len(near) - TARGETS))
        for _, part in near[:TARGETS]:
            answer = board.routes.easiest(part, best, BUDGET, board.alike)
            cut += [part] if answer.cut else []
            found += [board.path(kind, part, route) for route in answer.routes]
    return AttackPaths(tuple(found), tuple(unreached), tuple(sorted(set(cut))), tuple(left_out))


class _Board:
    """The steps, entries and targets of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment, self._context = assessment, assessment.context
        self._standing = Standing(assessment.context)
        self._footing = Footing(assessment)
        self._begins: dict[str, tuple[EntryKind, Hop]] = {}
        for part in self._context.all_components:
            entry = self._entry(part)
            if entry is not None:
                self._begins[part.id] = entry
        self._hops: dict[tuple[str, str], Hop] = {}
        for hop in self._steps():
            pair = str(hop.source), hop.target
            known = self._hops.get(pair)
            if known is None or _order(hop) < _order(known):
                self._hops[pair] = hop
        edges = (Edge(source, target, hop.cost) for (source, target), hop in self._hops.items())
        self.routes = Routes(edges, {part: hop.cost for part, (_, hop) in self._begins.items()})

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

    def path(self, kind: TargetKind, target: str, route: Route) -> AttackPath:
        """A way with what makes each of its steps possible."""
        return AttackPath(target, kind, self._begins[route.parts[0]][0], self._told(route), route.cost)

    def alike(self, told: Route, other: Route) -> bool:
        """Whether a way says little that one told before did not.

        Whatever breaks the told one breaks it too; or the same sort of attacker takes it and most steps are the same.
        """
        hops, others = set(self._told(told)), set(self._told(other))
        known = {hop.finding for hop in hops if hop.finding is not None}
        if known and known <= {hop.finding for hop in others}:
            return True
        if self._begins[told.parts[0]][0] != self._begins[other.parts[0]][0]:
            return False
        return 2 * len(hops & others) >= min(len(hops), len(others))

    def _told(self, route: Route) -> tuple[Hop, ...]:
        parts = route.parts
        return (self._begins[parts[0]][1], *(self._hops[pair] for pair in zip(parts, parts[1:], strict=False)))

    def _steps(self) -> Iterator[Hop]:
        """Every step that can be taken; people are never where one leads."""
        context = self._context
        people = {part.id for part in context.all_components if context.kind(part).dfd == "person"}
        for flow in context.all_flows:
            both = flow.both_ways or flow.opened_by == "target"
            there = (flow.data_source, flow.data_target)
            for source, target in (there, there[::-1]) if both else (there,):
                if target not in people and source != target:
                    yield self._over(context.component(source), context.component(target), flow)
        for part in context.all_components:
            if part.runs_on is not None and part.runs_on != part.id:
                yield Hop(part.runs_on, part.id, None, _HOSTED, None, ())

    def _over(self, source: Component, target: Component, flow: Flow) -> Hop:
        rated = self._footing.step(Step(source, target, flow))
        return Hop(source.id, target.id, flow.id, *self._eased(rated))

    def _entry(self, part: Component) -> tuple[EntryKind, Hop] | None:
        """Who begins at a component, and by what; the easiest, of equally easy ones the first of the table."""
        found: list[tuple[EntryKind, Hop]] = []
        standing = self._standing.without_effort(part)
        if standing is not None:
            found.append((standing[0], Hop(None, part.id, None, standing[1], None, ())))
        for by in self._standing.by_attack(part):
            found.append((by, Hop(None, part.id, None, *self._eased(self._footing.entry(part, by)))))
        return min(found, key=lambda entry: (entry[1].cost, _ORDER[entry[0]])) if found else None

    def _eased(self, rated: Rated | None) -> tuple[int, str | None, tuple[str, ...]]:
        """How hard a step is, the finding that makes it possible, and what would break it."""
        if rated is None:
            return MISUSE, None, ()
        return 6 - rated.residual.exploitability, rated.finding.id, self._breaks(rated)

    def _breaks(self, rated: Rated) -> tuple[str, ...]:
        catalog = self._assessment.catalog
        missing = [
            control.id
            for control in rated.finding.controls
            if control.role == "primary" and control.state in {"unstated", "absent", "planned"}
        ]
        return tuple(sorted(missing, key=lambda name: (catalog.controls[name].effort, name)))


def _order(hop: Hop) -> tuple[int, bool, str]:
    return hop.cost, hop.finding is None, hop.flow or ""
