"""Facts of topology on the samples: each answer decided by hand from the sample's README and model, not by the program.

Of what the program once answered otherwise, it is said why that is not what an architect would say.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.analysis.rules import condition
from tests.properties.strategies import frozen
from threatmodel.analysis.answer import NO, UNKNOWN, YES
from threatmodel.analysis.answers import ANSWERS
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.catalog.facts import About
from threatmodel.importers.formats import read_model
from threatmodel.resources import data_folder

STROKE, DRAFTING, FEDERATION = "stroke-ct-alert", "llm-report-drafting", "federated-training"


@cache
def evaluator(sample: str, without: tuple[str, ...] = ()) -> Evaluator:
    """The facts of a sample, some flows of it taken away."""
    plain = read_model(data_folder("samples") / sample).plain()
    flows = plain["flows"]
    assert isinstance(flows, list)
    assert set(without) <= {flow["id"] for flow in flows}
    left = {"flows": [flow for flow in flows if flow["id"] not in without], "scenarios": []}
    return Evaluator(Context(frozen(plain | left)))


def answer(asked: Evaluator, place: str, data: object) -> str:
    about: About = "flow" if "." in place else "component"
    verdict = asked.compile(condition(data, about))
    if place not in asked.context.system.component_by_id.keys() | asked.context.system.flow_by_id.keys():
        raise KeyError(place)
    return verdict(asked.context.place(place))


def places_of(sample: str, fact: str) -> set[str]:
    """The components of which something is true, where a fact is true or not."""
    asked = evaluator(sample)
    return {one.id for one in asked.context.system.components if "yes" in asked.value(fact, one).words}


NEEDED = {"reading_needs_it": True}
IN_SAMPLES: list[tuple[str, str, object, str]] = [
    # Each CT hangs on its router; the spoke's archive, appliance and exchange are second ways or no ways at all.
    (STROKE, "spoke-router", NEEDED, YES),
    (STROKE, "spoke-ct.ct-angiography.spoke-router", NEEDED, YES),
    (STROKE, "hub-router", NEEDED, YES),
    (STROKE, "ris", NEEDED, YES),
    (STROKE, "radiologist-on-duty.report.ris", NEEDED, YES),
    (STROKE, "spoke-pacs", NEEDED, NO),
    (STROKE, "stroke-appliance", NEEDED, NO),
    (STROKE, "cloud-stroke-analysis", NEEDED, NO),
    (STROKE, "alert-service", NEEDED, NO),
    (STROKE, "regional-image-exchange", NEEDED, NO),
    (STROKE, "hl7-engine", NEEDED, NO),  # the report is in the RIS before
    (STROKE, "modality-worklist", NEEDED, NO),
    # The appliance wakes the team over one gateway and the vendor's cloud; nobody has read the images by then.
    (STROKE, "stroke-appliance", {"acts_unread": True}, YES),
    (STROKE, "cloud-stroke-analysis", {"acts_unread": True}, YES),
    (STROKE, "reading-priority", {"acts_unread": True}, NO),  # it runs no model of its own
    (STROKE, "stroke-appliance", {"in_feedback": True}, NO),
    # The same support reaches the spoke's appliance and the hub's prioritiser.
    (STROKE, "stroke-appliance", {"shares": {"any": ["administrator"]}}, YES),
    (STROKE, "reading-priority", {"shares": {"any": ["administrator"]}}, YES),
    (STROKE, "spoke-pacs", {"shares": {"any": ["administrator", "host", "update-channel", "credential"]}}, NO),
    (STROKE, "stroke-phones", {"shares": {"any": ["credential"]}}, YES),
    (STROKE, "hub-pacs", {"shares": {"any": ["credential"]}}, NO),
    (STROKE, "ris", {"shares_supplier": True}, UNKNOWN),  # the model names no company
    (STROKE, "stroke-appliance", {"joins_zones": True}, YES),  # its own modem, the spoke's router, the hub's audit
    (STROKE, "remote-support", {"joins_zones": True}, YES),
    (STROKE, "spoke-gateway", {"joins_zones": True}, YES),
    (STROKE, "emergency-viewer", {"joins_zones": True}, NO),
    (STROKE, "stroke-appliance", {"supplied_from": {"any": ["internet"]}}, YES),
    (STROKE, "reading-priority", {"supplied_from": {"any": ["internet"]}}, YES),
    (STROKE, "spoke-router", {"supplied_from": {"any": ["internet"]}}, NO),
    (STROKE, "hub-ct", {"reached_unproven": {"any": ["internal"]}}, YES),  # an AE title is all that it asks for
    (STROKE, "spoke-ct", {"reached_unproven": {"any": ["internal"]}}, YES),
    (STROKE, "spoke-ct", {"touches": {"any": ["several-sites"]}}, YES),
    (STROKE, "hub-pacs", {"touches": {"any": ["several-sites"]}}, NO),
    (STROKE, "ris", {"some_upstream": {"kind": "edge-ai"}}, YES),  # over the alert service and the reading priority
    (STROKE, "patient-record", {"some_upstream": {"kind": "telerad"}}, YES),  # the night report
    (STROKE, "time-server", {"some_upstream": {"kind": "modality"}}, NO),
    (STROKE, "spoke-ct", {"some_downstream": {"kind": "radiologist"}}, YES),
    (STROKE, "spoke-gateway", {"passes_on_unreceived": {"any": ["predictions", "orders", "phi-pixel"]}}, NO),
    (STROKE, "hub-gateway", {"receives_unused": {"any": ["predictions", "orders", "phi-pixel", "reports"]}}, NO),
    # The CT, its archive and the one reading station stand in a row; a resident reports by voice alone.
    (DRAFTING, "pacs", NEEDED, YES),
    (DRAFTING, "reading-station", NEEDED, YES),
    (DRAFTING, "pacs.images-to-read.reading-station", NEEDED, YES),
    (DRAFTING, "cloud-speech-recognition", NEEDED, YES),
    (DRAFTING, "resident.voice.cloud-speech-recognition", NEEDED, YES),
    (DRAFTING, "radiologist.voice.cloud-speech-recognition", NEEDED, NO),  # he can type into the RIS
    (DRAFTING, "report-drafter", NEEDED, NO),
    (DRAFTING, "retrieval-index", NEEDED, NO),
    # All that runs on the platform goes down with it.
    (DRAFTING, "report-drafter", {"shares": {"any": ["host"]}}, YES),
    (DRAFTING, "retrieval-index", {"shares": {"any": ["host"]}}, YES),
    (DRAFTING, "ris", {"shares": {"any": ["host"]}}, NO),
    (DRAFTING, "patient-portal", {"shares": {"any": ["credential"]}}, YES),
    (DRAFTING, "container-platform", {"supplied_from": {"any": ["internet"]}}, YES),  # the public registry
    (DRAFTING, "patient", {"some_upstream": {"kind": "agent"}}, YES),
    (DRAFTING, "retrieval-index", {"some_upstream": {"kind": "llm-report"}}, YES),  # it reads what it wrote
    (DRAFTING, "vault", {"some_upstream": {"kind": "agent"}}, NO),
    # One build pipeline, one container registry, one aggregator for three hospitals.
    (FEDERATION, "north-federated-client", {"shares": {"any": ["update-channel"]}}, YES),
    (FEDERATION, "north-pacs", {"shares": {"any": ["update-channel", "host", "administrator"]}}, NO),
    (FEDERATION, "metastasis-outlines", {"supplied_from": {"all": ["internet", "partner"]}}, YES),
    (FEDERATION, "north-research-lake", {"supplied_from": {"any": ["internet", "partner"]}}, NO),  # labels of the house
    (FEDERATION, "aggregator", {"supplied_from": {"all": ["internet", "internal"]}}, YES),
    (FEDERATION, "experiment-tracker", {"reached_unproven": {"any": ["partner"]}}, YES),  # it asks nobody who he is
    (FEDERATION, "metastasis-outlines", {"some_upstream": {"kind": "annotator"}}, YES),
    (FEDERATION, "metastasis-outlines", {"some_upstream": {"kind": "model-hub"}}, YES),
    (FEDERATION, "south-pseudonym-key", {"some_upstream": {"kind": "radiologist"}}, NO),
    (FEDERATION, "radiologist", {"some_upstream": {"kind": "deid"}}, YES),  # over the model that the cohorts made
    (FEDERATION, "north-ris", NEEDED, YES),
    (FEDERATION, "metastasis-outlines", NEEDED, NO),
]  # fmt: skip

PHONES = "the stroke phones count as a place where images are read, on the strength of one key image"
REFERRER = "the emergency viewer shows images to a referrer; the README says that no reader is left there"
SPEECH = "dictation counts as a record, since what it writes goes to the workspace first"
MENDED: list[tuple[str, str, object, str, str]] = [
    (STROKE, "spoke-gateway", NEEDED, YES, REFERRER),
    (STROKE, "hub-pacs", NEEDED, YES, PHONES),
    (STROKE, "reading-station", NEEDED, YES, PHONES),
    (STROKE, "hub-pacs.images-to-read.reading-station", NEEDED, YES, PHONES),
    (STROKE, "hub-gateway", NEEDED, YES, "the night reports go no other way; a teleradiology site reports too"),
    (STROKE, "radiologist-on-duty", {"joins_zones": True}, NO, "a person who calls somebody joins no zones"),
    (DRAFTING, "ris", NEEDED, YES, SPEECH),
    (DRAFTING, "drafting-workspace", NEEDED, YES, SPEECH),
    (DRAFTING, "siem", {"shares": {"any": ["credential"]}}, NO, "it gets the logs of the sign-in, it does not use it"),
    (FEDERATION, "model-registry", {"shares": {"any": ["update-channel"]}}, NO, "it keeps models, and is not updated"),
    (STROKE, "alert-service", {"reached_unproven": {"any": ["internet"]}}, UNKNOWN, "where it stands is no connection"),
    (DRAFTING, "report-drafter", {"supplied_from": {"any": ["internet"]}}, YES, "its host gets its images from there"),
    (DRAFTING, "reverse-proxy", {"reached_unproven": {"any": ["internet"]}}, NO, "everybody signs in there"),
]  # fmt: skip


@pytest.mark.parametrize(("sample", "place", "data", "expected"), IN_SAMPLES)
def test_a_sample_is_answered_as_decided_by_hand(sample: str, place: str, data: object, expected: str) -> None:
    assert answer(evaluator(sample), place, data) == expected


@pytest.mark.parametrize(
    ("sample", "fact", "expected"),
    [
        (STROKE, "acts_unread", {"stroke-appliance", "cloud-stroke-analysis"}),
        (STROKE, "in_feedback", set()),
        (DRAFTING, "acts_unread", {"report-drafter", "language-model-api", "reporting-agent"}),
        (DRAFTING, "in_feedback", {"report-drafter", "language-model-api", "reporting-agent"}),
        (FEDERATION, "acts_unread", set()),  # its outlines go to the archive, and a reader looks at them
        (FEDERATION, "in_feedback", {"metastasis-outlines"}),
    ],
)
def test_the_models_of_a_sample_are_told_apart(sample: str, fact: str, expected: set[str]) -> None:
    assert places_of(sample, fact) == expected


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        (
            STROKE,
            {"ai", "cloud", "internet"},
        ),  # slower, but the scan reaches a reader; without the service, none by night
        (DRAFTING, {"ai", "cloud"}),  # a resident's dictation goes over a vendor on the internet
        (FEDERATION, {"ai", "cloud", "vendor", "internet"}),
    ],
)
def test_reading_goes_on_in_a_sample(sample: str, words: set[str]) -> None:
    read = evaluator(sample).context.system
    value = ANSWERS["reading_goes_on_without"](evaluator(sample).context, read)
    assert value.complete
    assert set(value.words) == words


FILED = ("reporting-agent.preliminary-report.ris", "reporting-agent.follow-up.ris")
SIGNED = "radiologist.signed-report.ris"
MAILED = "reporting-agent.message-to-the-referrer.secure-mail"


def test_the_drafter_is_fed_back_with_and_without_a_signature() -> None:
    """Two cycles: over the agent, and over the radiologist who signs; only with both cut does it stop."""
    for without, expected in ((FILED, YES), ((SIGNED,), YES), ((*FILED, SIGNED), NO)):
        assert answer(evaluator(DRAFTING, without), "report-drafter", {"in_feedback": True}) == expected
    told = ANSWERS["in_feedback"](evaluator(DRAFTING).context, evaluator(DRAFTING).context.component("report-drafter"))
    assert "'Retrieval index'" in told.because


def test_what_the_drafter_writes_reaches_the_record_unread_by_the_agent_alone() -> None:
    context = evaluator(DRAFTING).context
    told = ANSWERS["acts_unread"](context, context.component("report-drafter"))
    assert "(Report drafter → Reporting agent), then" in told.because
    assert told.because.endswith("(Reporting agent → RIS)")
    without = evaluator(DRAFTING, (*FILED, MAILED))
    for part in ("report-drafter", "language-model-api", "reporting-agent"):
        assert answer(without, part, {"acts_unread": True}) == NO


def test_a_draft_that_the_agent_mails_takes_effect_unread() -> None:
    assert answer(evaluator(DRAFTING, FILED), "report-drafter", {"acts_unread": True}) == YES


def test_the_corrections_close_the_cycle_of_the_federation() -> None:
    without = evaluator(FEDERATION, ("radiologist.corrected-outlines.reading-station",))
    assert answer(without, "metastasis-outlines", {"in_feedback": True}) == NO


@pytest.mark.parametrize(("sample", "place", "data", "expected", "why"), MENDED)
def test_a_sample_once_answered_otherwise_is_answered_as_decided_by_hand(
    sample: str, place: str, data: object, expected: str, why: str
) -> None:
    assert answer(evaluator(sample), place, data) == expected, why
