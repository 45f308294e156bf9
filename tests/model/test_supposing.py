"""Suppositions: read strictly, in force at a place and inside a zone, and never in the model itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from threatmodel.errors import UsageError
from threatmodel.importers.formats import read_model
from threatmodel.model.holding import Holding
from threatmodel.model.parts import changed
from threatmodel.model.supposing import Supposition, read_supposition, supposing
from threatmodel.model.system import System, problems

SAMPLE = Path(__file__).parents[2] / "samples" / "chest-xray-triage" / "model.py"
KNOWN = {"mtls-node-auth", "tls-bcp195", "ir-plan", "sso-federation"}


@pytest.fixture(scope="module")
def system() -> System:
    """The sample of the language."""
    return read_model(SAMPLE)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("implemented", "is no supposition"),
        ("implmented:tls-bcp195@pacs", "did you mean 'implemented'?"),
        ("implemented:tls-bcp159@pacs", "did you mean 'tls-bcp195'?"),
        ("implemented:tls-bcp195@pasc", "did you mean 'pacs'?"),
    ],
)
def test_a_supposition_is_read_strictly(system: System, text: str, says: str) -> None:
    """The nearest state, control or place is named."""
    with pytest.raises(UsageError) as error:
        read_supposition(text, system, KNOWN)
    assert says in str(error.value)


def state(system: System, control: str, flow: str) -> str | None:
    """The state of a control on a flow."""
    held = Holding(system).flow_control(system.flow_by_id[flow], control)
    return held.state if held is not None else None


def test_a_flow_that_states_no_encryption_is_supposed_to_have_it(system: System) -> None:
    """The property that would contradict gives way; the model stays as it is."""
    flow = "dx-room-2.store-study.dicom-router"
    changed = supposing(system, [Supposition("implemented", "tls-bcp195", flow)])
    assert state(system, "tls-bcp195", flow) == "absent"
    assert state(changed, "tls-bcp195", flow) == "implemented"
    assert problems(changed) == []


def test_a_zone_overrules_what_is_stated_inside_it(system: System) -> None:
    """Flows with both ends inside follow the zone; flows that leave it do not."""
    changed = supposing(system, [Supposition("verified", "mtls-node-auth", "imaging-network")])
    assert state(changed, "mtls-node-auth", "dx-room-2.store-study.dicom-router") == "implemented"
    assert state(changed, "mtls-node-auth", "dicom-router.archive-study.pacs") == "verified"
    assert state(changed, "mtls-node-auth", "dicom-router.study-for-triage.triage-ai") is None
    assert problems(changed) == []


def test_the_model_as_a_whole_can_be_supposed_to_have_a_control(system: System) -> None:
    """Then it holds everywhere that says nothing else."""
    changed = supposing(system, [Supposition("implemented", "ir-plan", system.id)])
    assert Holding(changed).model_controls["ir-plan"].state == "implemented"
    assert Holding(system).model_controls == {}


def test_several_at_once_are_the_same_as_one_after_the_other(system: System) -> None:
    """In the order given: what is supposed at a place after its zone counts, what was supposed before does not."""
    flow = next(iter(system.flow_by_id))
    several = [
        Supposition("implemented", "tls-bcp195", flow),
        Supposition("absent", "tls-bcp195", "imaging-network"),
        Supposition("verified", "mtls-node-auth", flow),
        Supposition("implemented", "ir-plan", system.id),
        Supposition("implemented", "tls-bcp195", "pacs"),
        Supposition("absent", "mtls-node-auth", "hospital"),
    ]
    one_by_one = system
    for one in several:
        one_by_one = supposing(one_by_one, [one])
    together = supposing(system, several)
    assert together.plain() == one_by_one.plain()
    assert supposing(system, []) is system


def test_a_system_with_an_id_twice_stays_as_it_is_for_the_assessment_to_refuse(system: System) -> None:
    twice = changed(system, components=(*system.components, system.components[0]))
    assert problems(supposing(twice, [Supposition("implemented", "mfa", "pacs")])) == problems(twice) != []
