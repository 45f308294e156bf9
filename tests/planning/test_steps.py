"""What to do first: each step does what it says, and supposing all of them gives what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from threatmodel.assessment import Assessment, assess
from threatmodel.catalog.read import read_catalog
from threatmodel.importers.formats import read_model
from threatmodel.model.supposing import Supposition, supposing
from threatmodel.planning.cutting import ways_to
from threatmodel.planning.steps import Plan, plan, weight_of
from threatmodel.resources import data_folder

SAMPLE = Path(__file__).parents[2] / "samples" / "chest-xray-triage" / "model.py"


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    """The sample of the language, assessed."""
    catalog = read_catalog(data_folder("catalogs") / "radiology-ai")
    return assess(read_model(SAMPLE, catalog.controls), catalog)


@pytest.fixture(scope="module")
def made(assessment: Assessment) -> Plan:
    """Its first three steps."""
    return plan(assessment, 3)


def test_the_steps_account_for_what_they_remove(assessment: Assessment, made: Plan) -> None:
    """What each removes and leaves adds up."""
    assert made.weight == weight_of(assessment.findings)
    left = made.weight
    for step in made.steps:
        assert step.removed > 0
        left -= step.removed
        assert step.left == left
        assert step.closes


def test_supposing_every_step_gives_what_is_left(assessment: Assessment, made: Plan) -> None:
    """The plan is what ``--what-if`` with the same controls at the same places says."""
    supposed = [Supposition("implemented", step.control, place) for step in made.steps for place in step.places]
    after = assess(supposing(assessment.system, supposed), assessment.catalog)
    assert weight_of(after.findings) == made.steps[-1].left
    still = {rated.finding.id for rated in after.findings if rated.finding.state == "open"}
    assert not still & {finding for step in made.steps for finding in step.closes}


def test_the_first_step_is_the_best_single_one(assessment: Assessment, made: Plan) -> None:
    """No control that any finding lacks removes more when it is put wherever it is missing."""
    controls = {
        reason.fact.removeprefix("lacks ")
        for rated in assessment.findings
        if rated.finding.state == "open"
        for reason in rated.finding.why
        if reason.fact.startswith("lacks ") and reason.answer != "no"
    }
    for control in sorted(controls):
        places = {
            reason.place
            for rated in assessment.findings
            if rated.finding.state == "open"
            for reason in rated.finding.why
            if reason.fact == f"lacks {control}" and reason.answer != "no"
        }
        supposed = [Supposition("implemented", control, place) for place in sorted(places)]
        after = assess(supposing(assessment.system, supposed), assessment.catalog)
        assert made.weight - weight_of(after.findings) <= made.steps[0].removed


def test_the_cut_of_the_sample_by_hand(assessment: Assessment) -> None:
    """The cloud reaches the archive only by way of the router, and nobody proves who they are on that last flow."""
    ways = ways_to(assessment, "pacs")
    assert ways.entries == ("triage-ai",)
    assert ways.controls == (("dicom-router.archive-study.pacs", "mtls-node-auth"),)
    supposed = [Supposition("implemented", "mtls-node-auth", "dicom-router.archive-study.pacs")]
    closed = assess(supposing(assessment.system, supposed), assessment.catalog)
    assert ways_to(closed, "pacs").cut.flows == ()
