"""Builds the part of the View that tells how somebody gets to what matters: by title, with the findings."""

from __future__ import annotations

from threatmodel.assessment import Assessment
from threatmodel.attacking.paths import MISUSE, AttackPath, AttackPaths, Hop, attack_paths
from threatmodel.attacking.standing import ENTRY_TITLES, TARGET_TITLES
from threatmodel.reports.view_paths import PathHop, PathsView, PathView, TargetView

_HARD = {1: "trivial", 2: "easy", 3: "feasible", 4: "difficult", 5: "theoretical"}


def paths_view(assessment: Assessment, target: str | None = None) -> PathsView:
    """The easiest ways to all that matters, or to one component."""
    found = attack_paths(assessment, target=target)
    by_target: dict[tuple[str, str], list[AttackPath]] = {}
    for path in found.paths:
        by_target.setdefault((path.kind, path.target), []).append(path)
    title = assessment.context.title
    return PathsView(
        targets=tuple(
            TargetView(title(part), TARGET_TITLES[paths[0].kind], tuple(_path(assessment, path) for path in paths))
            for (_, part), paths in by_target.items()
        ),
        unreached=tuple(title(part) for _, part in found.unreached),
        limits=_limits(assessment, found),
    )


def _limits(assessment: Assessment, found: AttackPaths) -> tuple[str, ...]:
    """What was not searched, in sentences."""
    cut = [
        f"The search for ways to {assessment.context.title(part)!r} was ended before it had seen them all; those told "
        "are the easiest of what it saw."
        for part in found.cut
    ]
    left = [
        f"Of {TARGET_TITLES[kind]}, {count} more {'place was' if count == 1 else 'places were'} not searched: they are "
        "harder to get to than those told, or as hard."
        for kind, count in found.left_out
    ]
    return (*cut, *left)


def _path(assessment: Assessment, path: AttackPath) -> PathView:
    return PathView(ENTRY_TITLES[path.by], path.cost, tuple(_hop(assessment, hop) for hop in path.hops))


def _hop(assessment: Assessment, hop: Hop) -> PathHop:
    context, catalog = assessment.context, assessment.catalog
    told = ""
    if hop.finding is not None:
        told = catalog.rules[assessment.by_id[hop.finding].finding.threat].threat.en.title
    elif hop.source is not None and hop.flow is None:
        told = "it runs there"
    elif hop.source is not None:
        told = "no open finding makes it possible: what may be done there anyway is misused"
    return PathHop(
        where=context.title(hop.target),
        by_flow=context.system.flow_by_id[hop.flow].name if hop.flow is not None else "",
        hard=_HARD.get(hop.cost, "misuse") if hop.cost < MISUSE else "misuse",
        cost=hop.cost,
        finding=hop.finding or "",
        told=told,
        breaks=tuple(catalog.controls[name].en.title for name in hop.breaks),
        breaking=hop.breaks,
    )
