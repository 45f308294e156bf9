"""An assessment carried forward is the one made anew; a plan is what trying every control in full gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.properties.strategies import QUICK, shipped, systems, telling_controls
from threatmodel.assessment import Assessment, assess
from threatmodel.catalog.catalog import Catalog
from threatmodel.importers.formats import read_model
from threatmodel.model.supposing import Supposition, supposing
from threatmodel.model.system import System
from threatmodel.planning.again import Running
from threatmodel.planning.steps import Order, plan, weight_of
from threatmodel.resources import data_folder

FORCE = settings(QUICK, phases=(Phase.explicit, Phase.generate))
ORDERS: tuple[Order, ...] = ("risk", "effort")
TIED = (
    "mtls-node-auth", "tls-bcp195", "vpn-tunnel", "sso-federation", "mfa", "service-identity", "default-cred-removal",
    "dependency-pinning",
)  # fmt: skip
"""The controls that properties stand for."""
Tried = tuple[int, str, tuple[str, ...], Assessment]
"""Effort, control, places, and what is left."""


def sample(name: str) -> Assessment:
    catalog = shipped()
    return assess(read_model(data_folder("samples") / name / "model.py", catalog.controls), catalog)


def some_rules(first: int, every: int) -> Catalog:
    """The shipped catalog with a part of its rules, so that much can be tried."""
    return replace(shipped(), rules=dict(list(shipped().rules.items())[first::every]))


def with_it(system: System, control: str, places: tuple[str, ...], catalog: Catalog | None = None) -> Assessment:
    """The assessment of a system with a control in place, made anew."""
    supposed = supposing(system, [Supposition("implemented", control, place) for place in places])
    return assess(supposed, catalog or shipped())


def lacking(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    """The controls whose lack open findings rest on, each with the places."""
    found: dict[str, set[str]] = defaultdict(set)
    for rated in assessment.findings:
        for reason in rated.finding.why if rated.finding.state == "open" else ():
            if reason.fact.startswith("lacks ") and reason.answer != "no":
                found[reason.fact.removeprefix("lacks ")].add(reason.place)
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


def tried(assessment: Assessment) -> list[Tried]:
    """Every control that something lacks, put in place in full."""
    controls = shipped().controls
    return [
        (controls[name].effort, name, places, with_it(assessment.system, name, places, assessment.catalog))
        for name, places in lacking(assessment).items()
    ]


def best(assessment: Assessment, everything: list[Tried], by: Order) -> Tried | None:
    """The one that removes most, or most for each step of effort; of these the one of less effort, then by name."""
    before = weight_of(assessment.findings)
    ranked = []
    for effort, name, places, after in everything:
        removed = before - weight_of(after.findings)
        if removed > 0:
            worth = Fraction(removed, effort) if by == "effort" else Fraction(removed)
            ranked.append(((-worth, effort, name), (effort, name, places, after)))
    return min(ranked, key=lambda entry: entry[0])[1] if ranked else None


def same_as_by_force(assessment: Assessment, by: Order, steps: int) -> None:
    """A plan says of each step what trying everything says."""
    made = plan(assessment, steps, by=by)
    now = assessment
    for number in range(steps):
        found = best(now, tried(now), by)
        if found is None:
            assert len(made.steps) == number
            return
        effort, name, places, after = found
        step = made.steps[number]
        assert (step.control, step.places, step.effort) == (name, places, effort)
        assert step.left == weight_of(after.findings)
        assert step.removed == weight_of(now.findings) - step.left
        still = {rated.finding.id for rated in after.findings if rated.finding.state == "open"}
        opened = {rated.finding.id for rated in now.findings if rated.finding.state == "open"}
        assert set(step.closes) == opened - still
        now = after


@settings(FORCE, max_examples=12)
@given(st.data())
def test_carried_forward_it_is_the_same_as_made_anew(data: st.DataObject) -> None:
    """Two controls one on top of the other, at places of any sort, what they take back included."""
    system = data.draw(systems())
    places = [system.id, *system.zone_by_id, *system.component_by_id, *system.flow_by_id]
    now = Running.of(assess(system, shipped()), None)
    for _ in range(2):
        control = data.draw(st.sampled_from(telling_controls()))
        at = tuple(data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True)))
        anew = with_it(now.system, control, at)
        now = now.with_control(control, at)
        assert now.findings == anew.findings
        assert now.system.digest == anew.system.digest


@settings(FORCE, max_examples=20)
@given(systems(4), st.sampled_from(TIED))
def test_controls_that_properties_stand_for_are_carried_forward_too(system: System, control: str) -> None:
    """At every component and flow at once, so that whatever the properties say has to give way."""
    at = tuple(sorted([*system.component_by_id, *system.flow_by_id]))
    now = Running.of(assess(system, shipped()), None).with_control(control, at)
    assert now.findings == with_it(system, control, at).findings


@pytest.mark.parametrize(("name", "every"), [("chest-xray-triage", 3), ("federated-training", 9)])
def test_of_a_sample_too(name: str, every: int) -> None:
    assessment = sample(name)
    now = Running.of(assessment, None)
    for control, places in list(lacking(assessment).items())[::every]:
        assert now.with_control(control, places).findings == with_it(assessment.system, control, places).findings


@pytest.mark.parametrize("by", ORDERS)
@settings(FORCE, max_examples=16)
@given(system=systems(3), first=st.integers(0, 5))
def test_a_plan_is_what_trying_everything_gives(by: Order, system: System, first: int) -> None:
    same_as_by_force(assess(system, some_rules(first, 6)), by, 2)


def test_a_plan_of_a_sample_is_what_trying_everything_gives() -> None:
    assessment = sample("chest-xray-triage")
    everything = tried(assessment)
    for by in ORDERS:
        found = best(assessment, everything, by)
        assert found is not None
        (step,) = plan(assessment, 1, by=by).steps
        assert (step.effort, step.control, step.places) == found[:3]


def test_no_steps_and_nothing_open_give_no_plan() -> None:
    assessment = sample("well-run")
    assert plan(sample("chest-xray-triage"), 0).steps == ()
    assert plan(assessment, 3).steps == plan(assessment, 3, by="effort").steps == ()
