"""The directed graph that questions about attackers are asked of."""

from __future__ import annotations

from threatmodel.model.system import System


def acted_on(system: System) -> dict[str, tuple[str, ...]]:
    """For each component, those that it can act on, in order of id.

    Data act on what receives them; whoever opens a connection acts on what answers it; a host acts on what runs on it.
    """
    found: dict[str, set[str]] = {part.id: set() for part in system.components}
    for flow in system.flows:
        found[flow.data_source].add(flow.data_target)
        if flow.opened_by == "target" or flow.both_ways:
            found[flow.data_target].add(flow.data_source)
    for part in system.components:
        if part.runs_on is not None:
            found[part.runs_on].add(part.id)
    return {part: tuple(sorted(others - {part})) for part, others in found.items()}
