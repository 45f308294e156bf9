"""How somebody gets to what matters: the easiest ways, with what makes each step possible and what would break it.

A step is as hard as the easiest open threat that makes it possible leaves it: six less the residual exploitability of
that threat, from 1 (trivial) to 5; 6 where no threat is open, and only what the place may do anyway can be misused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from threatmodel.assessment import Assessment, Rated
from threatmodel.graph.attack_paths import Route, Routes, Step
from threatmodel.model.parts import Component, Flow

EntryKind = Literal["internet", "supplier", "visitor", "removable-media", "insider", "poisoned-source"]
TargetKind = Literal["record", "archive", "model", "training-data", "pseudonym-key", "reading-list"]
ENTRY_TITLES: dict[EntryKind, str] = {
    "internet": "somebody on the internet",
    "supplier": "a supplier, or whoever has broken into it",
    "visitor": "a visitor in the building",
    "removable-media": "a disk or stick that is handed in",
    "insider": "somebody who works there",
    "poisoned-source": "whoever publishes data, models or packages",
}
TARGET_TITLES: dict[TargetKind, str] = {
    "record": "the record",
    "archive": "the archive",
    "model": "the model",
    "training-data": "the training data",
    "pseudonym-key": "the pseudonym key",
    "reading-list": "the reading list",
}
BEST = 3
"""So many ways are told for each target."""
TARGETS = 4
"""So many targets of a kind are searched, those that are easiest to get to."""
BUDGET = 20_000
"""So many ways are taken up for each target before its search is cut."""
MISUSE = 6
"""How hard a step is on which no threat is open."""
_OUTSIDE_COST = 3
"""How hard it is to stand where a person or an outside body stands: they have to be won over or broken into first."""


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
    """The easiest ways to everything that matters, the easiest first, and what was not searched."""

    paths: tuple[AttackPath, ...]
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
    cut: list[str] = []
    left_out: list[tuple[TargetKind, int]] = []
    for kind, parts in board.targets(target).items():
        near = sorted((board.routes.distance(part), part) for part in parts if board.routes.distance(part) is not None)
        if len(near) > TARGETS:
            left_out.append((kind, len(near) - TARGETS))
        for _, part in near[:TARGETS]:
            answer = board.routes.easiest(part, best, BUDGET)
            cut += [part] if answer.cut else []
            found += [board.path(kind, part, route) for route in answer.routes]
    found.sort(key=lambda path: (path.cost, path.kind, path.target, [hop.target for hop in path.hops]))
    return AttackPaths(tuple(found), tuple(sorted(set(cut))), tuple(left_out))


class _Board:
    """The steps, entries and targets of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._context = assessment.context
        self._easing = self._enabling()
        self._by: dict[str, EntryKind] = {}
        entries: dict[str, int] = {}
        for part in self._context.all_components:
            by = self._entry(part)
            if by is not None:
                self._by[part.id] = by
                entries[part.id] = self._entry_cost(part)
        self.routes = Routes(self._steps(), entries)

    def targets(self, only: str | None) -> dict[TargetKind, list[str]]:
        """The components that matter, by kind; or the one that was asked for."""
        found: dict[TargetKind, list[str]] = defaultdict(list)
        for part in self._context.all_components:
            kind = self._target(part)
            if only == part.id:
                return {kind or "record": [part.id]}
            if kind is not None and only is None:
                found[kind].append(part.id)
        return {kind: found[kind] for kind in TARGET_TITLES if kind in found}

    def path(self, kind: TargetKind, target: str, route: Route) -> AttackPath:
        """A way with what makes each of its steps possible."""
        first = Hop(None, route.entry, None, *self._eased(self._context.component(route.entry), None))
        hops = [first]
        for step in route.steps:
            flow = self._context.system.flow_by_id[step.flow] if step.flow is not None else None
            hops.append(
                Hop(step.source, step.target, step.flow, *self._eased(self._context.component(step.target), flow))
            )
        return AttackPath(target, kind, self._by[route.entry], tuple(hops), route.cost)

    def _steps(self) -> Iterator[Step]:
        context = self._context
        people = {part.id for part in context.all_components if context.kind(part).dfd == "person"}
        for flow in context.all_flows:
            both = flow.both_ways or flow.opened_by == "target"
            there = (flow.data_source, flow.data_target)
            for source, target in (there, there[::-1]) if both else (there,):
                if target not in people:
                    yield Step(source, target, flow.id, self._eased(context.component(target), flow)[0])
        for part in context.all_components:
            if part.runs_on is not None:
                yield Step(part.runs_on, part.id, None, 1)

    def _enabling(self) -> dict[str, list[Rated]]:
        """For each place the open findings that let somebody act there, the easiest first."""
        found: dict[str, list[Rated]] = defaultdict(list)
        rules = self._assessment.catalog.rules
        for rated in self._assessment.findings:
            finding = rated.finding
            if finding.state == "open" and finding.place.type in {"component", "flow"}:
                letters = rules[finding.threat].threat.stride
                if "E" in letters or "S" in letters or (finding.place.type == "flow" and "T" in letters):
                    found[finding.place.id].append(rated)
        for several in found.values():
            several.sort(key=lambda rated: (-rated.residual.exploitability, rated.finding.id))
        return found

    def _eased(self, part: Component, flow: Flow | None) -> tuple[int, str | None, tuple[str, ...]]:
        """How hard a step is, the finding that makes it possible, and what would break it."""
        there = [*(self._easing.get(flow.id, ()) if flow is not None else ()), *self._easing.get(part.id, ())]
        if flow is None and (self._outside(part) or (not there and self._run_by(part) != "hospital")):
            return _OUTSIDE_COST, None, ()
        if not there:
            return MISUSE, None, ()
        easiest = max(there, key=lambda rated: rated.residual.exploitability)
        return 6 - easiest.residual.exploitability, easiest.finding.id, self._breaks(easiest)

    def _breaks(self, rated: Rated) -> tuple[str, ...]:
        catalog = self._assessment.catalog
        missing = [
            control.id
            for control in rated.finding.controls
            if control.role == "primary" and control.state in {"unstated", "absent", "planned"}
        ]
        return tuple(sorted(missing, key=lambda name: (catalog.controls[name].effort, name)))

    def _entry_cost(self, part: Component) -> int:
        return self._eased(part, None)[0]

    def _outside(self, part: Component) -> bool:
        kind = self._context.kind(part)
        return kind.dfd in {"person", "external"} or "external-party" in kind.traits

    def _run_by(self, part: Component) -> str:
        held = self._context.holding.value(part, "operator")
        return str(held.value) if held is not None else "hospital"

    def _entry(self, part: Component) -> EntryKind | None:
        """Who may begin at a component; the kind of attacker that says most about it."""
        kind, holding = self._context.kind(part), self._context.holding
        exposure, run_by = holding.value(part, "exposure"), self._run_by(part)
        if "public-source" in kind.traits:
            return "poisoned-source"
        if run_by in {"vendor", "integrator", "cloud"} or "remote-way-in" in kind.traits:
            return "supplier"
        if kind.dfd == "person":
            return "supplier" if "external-party" in kind.traits else "insider"
        if exposure is not None and exposure.value == "internet":
            return "internet"
        if "takes-media" in kind.traits:
            return "removable-media"
        access = holding.value(part, "physical_access")
        return "visitor" if access is not None and access.value == "public" else None

    def _target(self, part: Component) -> TargetKind | None:
        """What a component is that an attacker would want."""
        traits = self._context.kind(part).traits
        if "external-party" in traits or "human" in traits:
            return None
        if "pseudonym-key" in (self._context.spread.kept(part) or ()):
            return "pseudonym-key"
        if "clinical-record" in traits:
            return "archive" if "stores-images" in traits else "record"
        if part.kind == "mwl" or "prioritises" in traits:
            return "reading-list"
        if "holds-models" in traits or ("runs-model" in traits and "issues-ai-results" in traits):
            return "model"
        return "training-data" if traits & {"research-data", "trains-models"} else None
