"""Builds the part of the View that tells how somebody gets to what matters: by title, with the findings."""

from __future__ import annotations

from threatmodel.assessment import Assessment
from threatmodel.attacking.paths import MISUSE, AttackPath, AttackPaths, Hop, attack_paths
from threatmodel.attacking.standing import ENTRY_TITLES, TARGET_TITLES, EntryKind
from threatmodel.graph.attack_paths import State
from threatmodel.reports.view_paths import PathHop, PathsView, PathView, TargetView
from threatmodel.risk.scale import EXPLOITABILITY_NAMES

_HARD = {6 - step: name for step, name in enumerate(EXPLOITABILITY_NAMES) if name}
_AT: dict[EntryKind, str] = {
    "poisoned-source": "anybody may publish there",
    "removable-media": "anybody may hand one in",
    "internet": "anybody may write there",
    "visitor": "stands there anyway",
    "supplier": "has to be won over, deceived or broken into first",
    "insider": "has to be won over or deceived first",
}
"""What it takes to stand where no attack is needed to stand."""
_GAINED: dict[State, str] = {
    "held": "",
    "fed": "gets false data taken for true there",
    "read": "gets to read what it keeps",
}


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
        "are the easiest of all, but further ones may be missing."
        for part in found.cut
    ]
    left = [
        f"Of {TARGET_TITLES[kind]}, {count} more {'place was' if count == 1 else 'places were'} not searched: "
        f"{'it is' if count == 1 else 'they are'} as hard to get to as those told, or harder."
        for kind, count in found.left_out
    ]
    return (*cut, *left)


def _path(assessment: Assessment, path: AttackPath) -> PathView:
    return PathView(ENTRY_TITLES[path.by], path.cost, tuple(_hop(assessment, path.by, hop) for hop in path.hops))


def _hop(assessment: Assessment, by: EntryKind, hop: Hop) -> PathHop:
    context, catalog = assessment.context, assessment.catalog
    rated = assessment.by_id[hop.finding] if hop.finding is not None else None
    return PathHop(
        where=context.title(hop.target),
        by_flow=context.system.flow_by_id[hop.flow].name if hop.flow is not None else "",
        hard=_HARD.get(hop.cost, "misuse"),
        cost=hop.cost,
        finding=hop.finding or "",
        told=catalog.rules[rated.finding.threat].threat.en.title if rated is not None else _without(by, hop),
        confirmed=rated is None or rated.finding.confirmed,
        gains=_GAINED[hop.gains],
        breaks=tuple(catalog.controls[name].en.title for name in hop.breaks),
        breaking=hop.breaks,
    )


def _without(by: EntryKind, hop: Hop) -> str:
    """What a step takes that no finding makes possible."""
    if hop.source is None and hop.cost == MISUSE:
        return "nothing that is open lets anybody in: it takes a flaw that is not known"
    if hop.source is None:
        return _AT[by]
    return "it runs there" if hop.flow is None else "nothing is open there: what may be done anyway is misused"
