"""What to do first: the controls by how much residual risk each removes, and what cuts every way to a place.

Both are worked out by assessing again as if a control were in place, never by estimating.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from threatmodel.assessment import Assessment, assess
from threatmodel.catalog.controls import Control
from threatmodel.graph.cuts import Cut, Passage, cheapest_cut
from threatmodel.model.lowering import IN_PLACE
from threatmodel.model.supposing import Supposition, supposing
from threatmodel.risk.scale import rank

CANDIDATES = 12
"""How many controls are tried in each round: those that open findings of the most weight call for."""


@dataclass(frozen=True, slots=True)
class Step:
    """A control to put in place: where, how much of the weight it removes, and which findings are no longer open."""

    control: str
    places: tuple[str, ...]
    removed: int
    left: int
    closes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in order. ``weight`` is that of all open findings before: 1 for low, 4 medium, 16 high, 64 critical."""

    weight: int
    steps: tuple[Step, ...]


def plan(assessment: Assessment, steps: int, today: date | None = None) -> Plan:
    """The controls that remove most, one after the other, each tried on top of those before."""
    found: list[Step] = []
    now = assessment
    while len(found) < steps:
        best = _best(now, today)
        if best is None:
            break
        step, now = best
        found.append(step)
    return Plan(weight_of(assessment), tuple(found))


def weight_of(assessment: Assessment) -> int:
    """How much is open, counted by residual level."""
    return sum(4 ** rank(rated.residual.level) for rated in assessment.findings if rated.finding.state == "open")


def _best(assessment: Assessment, today: date | None) -> tuple[Step, Assessment] | None:
    """The control that removes most, and the assessment with it in place; None when no control removes anything."""
    before = weight_of(assessment)
    best: tuple[Step, Assessment] | None = None
    for control in _candidates(assessment):
        places = _missing(assessment, control)
        supposed = [Supposition("implemented", control, place) for place in places]
        after = assess(supposing(assessment.system, supposed), assessment.catalog, today)
        removed = before - weight_of(after)
        if removed > 0 and (best is None or removed > best[0].removed):
            still = {rated.finding.id for rated in after.findings if rated.finding.state == "open"}
            closes = tuple(
                rated.finding.id
                for rated in assessment.findings
                if rated.finding.state == "open" and rated.finding.id not in still
            )
            best = Step(control, places, removed, before - removed, closes), after
    return best


def _candidates(assessment: Assessment) -> list[str]:
    """The controls whose lack open findings rest on, those of most weight first."""
    weight: dict[str, int] = {}
    for rated in assessment.findings:
        if rated.finding.state == "open":
            for control in {
                reason.fact.removeprefix("lacks ")
                for reason in rated.finding.why
                if reason.fact.startswith("lacks ") and reason.answer != "no"
            }:
                weight[control] = weight.get(control, 0) + 4 ** rank(rated.residual.level)
    return sorted(weight, key=lambda control: (-weight[control], control))[:CANDIDATES]


def _missing(assessment: Assessment, control: str) -> tuple[str, ...]:
    """The places where open findings rest on a control's lack."""
    return tuple(
        sorted(
            {
                reason.place
                for rated in assessment.findings
                if rated.finding.state == "open"
                for reason in rated.finding.why
                if reason.fact == f"lacks {control}" and reason.answer != "no"
            }
        )
    )


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
