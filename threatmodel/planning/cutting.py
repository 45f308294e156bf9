"""The flows to protect so that no way leads to a place on which nobody has to prove who they are."""

from __future__ import annotations

from dataclasses import dataclass

from threatmodel.assessment import Assessment
from threatmodel.catalog.controls import Control
from threatmodel.graph.cuts import Cut, Passage, cheapest_cut
from threatmodel.model.lowering import IN_PLACE


@dataclass(frozen=True, slots=True)
class Ways:
    """The flows to protect so that no way leads to a target on which nobody has to prove who they are."""

    target: str
    entries: tuple[str, ...]
    cut: Cut
    controls: tuple[tuple[str, str], ...]
    """For each flow of the cut, the control of least effort by which its ends prove who they are."""


def ways_to(assessment: Assessment, target: str) -> Ways:
    """The cheapest cut between the entry points and a component.

    An entry point is a component whose exposure is stated as internet or partner. A flow stands open while no control
    that makes its ends prove who they are is in place on it.
    """
    context, catalog = assessment.context, assessment.catalog
    proving = {name: one for name, one in catalog.controls.items() if one.authenticates and "flow" in one.on}
    entries = []
    for part in assessment.system.components:
        held = context.holding.value(part, "exposure")
        if held is not None and held.value in {"internet", "partner"} and part.id != target:
            entries.append(part.id)
    passages = []
    cheapest = _cheapest(proving)
    for flow in assessment.system.flows:
        states = (context.holding.flow_control(flow, name) for name in proving)
        if any(held is not None and held.state in IN_PLACE for held in states):
            continue
        passages.append(Passage(flow.data_source, flow.data_target, flow.id, cheapest[1]))
        if flow.opened_by == "target" or flow.both_ways:
            passages.append(Passage(flow.data_target, flow.data_source, flow.id, cheapest[1]))
    cut = cheapest_cut(passages, entries, target)
    return Ways(target, tuple(sorted(entries)), cut, tuple((flow, cheapest[0]) for flow in cut.flows))


def _cheapest(proving: dict[str, Control]) -> tuple[str, int]:
    """The control of least effort between machines, mutual certificates where efforts are equal."""
    name = min(proving, key=lambda one: (proving[one].effort, one != "mtls-node-auth", one))
    return name, proving[name].effort
