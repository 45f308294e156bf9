"""Properties that stand for the states of controls: what they say, and what contradicts them."""

from typing import get_args

import pytest

from tests.model.written import system, told
from threatmodel.model.holding import Holding
from threatmodel.model.lowering import lowered_component, lowered_flow
from threatmodel.model.system import problems
from threatmodel.model.vocabulary import PROTOCOLS, Authentication, Encryption

FLOW = """\
zones:
  - {{id: z, name: Z}}
components:
  - {{id: a, name: A, kind: pacs, zone: z}}
  - {{id: b, name: B, kind: viewer, zone: z}}
flows:
  - {{id: a.x.b, name: X, from: a, to: b{stated}}}
"""
COMPONENT = """\
zones:
  - {{id: z, name: Z}}
components:
  - {{id: a, name: A, kind: pacs, zone: z{stated}}}
"""


def on_flow(stated: str) -> dict[str, str]:
    """The states of controls that the properties of a flow stand for."""
    read = system(FLOW.format(stated=f", {stated}" if stated else ""))
    (flow,) = read.flows
    return {told.control: told.state for told in lowered_flow(flow, flow.over)}


def on_component(stated: str) -> dict[str, str]:
    """The states of controls that the properties of a component stand for."""
    (part,) = system(COMPONENT.format(stated=f", {stated}" if stated else "")).components
    return {told.control: told.state for told in lowered_component(part)}


@pytest.mark.parametrize(
    ("stated", "states"),
    [
        ("", {}),
        ("encryption: none", {"tls-bcp195": "absent", "mtls-node-auth": "absent", "vpn-tunnel": "absent"}),
        ("encryption: tls", {"tls-bcp195": "implemented"}),
        ("encryption: mtls", {"tls-bcp195": "implemented", "mtls-node-auth": "implemented"}),
        ("encryption: vpn", {"vpn-tunnel": "implemented"}),
        ("authentication: none", {"mtls-node-auth": "absent", "sso-federation": "absent"}),
        ("authentication: ae-title", {"mtls-node-auth": "absent"}),
        ("authentication: certificate", {"mtls-node-auth": "implemented"}),
        ("authentication: federated", {"sso-federation": "implemented"}),
        ("authentication: password", {}),
        ("over: dicom-tls", {"tls-bcp195": "implemented"}),
        ("over: dimse", {}),
    ],
)
def test_what_a_flow_s_properties_stand_for(stated: str, states: dict[str, str]) -> None:
    assert on_flow(stated) == states


@pytest.mark.parametrize("word", get_args(Encryption))
def test_every_word_for_encryption_stands_for_something(word: str) -> None:
    assert on_flow(f"encryption: {word}")


@pytest.mark.parametrize("protocol", [protocol for protocol in PROTOCOLS if protocol.implies], ids=lambda one: one.id)
def test_a_protocol_brings_its_controls(protocol: object) -> None:
    implied = protocol.implies  # type: ignore[attr-defined]
    assert on_flow(f"over: {protocol.id}") == dict.fromkeys(implied, "implemented")  # type: ignore[attr-defined]


@pytest.mark.parametrize("word", get_args(Authentication))
def test_an_ae_title_never_counts_as_authentication(word: str) -> None:
    for states in (on_flow(f"authentication: {word}"), on_component(f"authentication: {word}")):
        if word in {"none", "ae-title"}:
            assert set(states.values()) <= {"absent"}


@pytest.mark.parametrize(
    ("stated", "control", "state"),
    [
        ("authentication: none", "sso-federation", "absent"),
        ("authentication: shared-account", "sso-federation", "absent"),
        ("authentication: federated", "sso-federation", "implemented"),
        ("default_credentials: true", "default-cred-removal", "absent"),
        ("default_credentials: false", "default-cred-removal", "implemented"),
    ],
)
def test_what_a_component_s_properties_stand_for(stated: str, control: str, state: str) -> None:
    assert on_component(stated)[control] == state


CONTRADICTIONS = [
    ("encryption: none", "tls-bcp195", "implemented", True),
    ("encryption: none", "tls-bcp195", "declared", True),
    ("encryption: none", "tls-bcp195", "planned", False),
    ("encryption: none", "tls-bcp195", "absent", False),
    ("encryption: none", "tls-bcp195", "not-applicable", False),
    ("encryption: tls", "tls-bcp195", "implemented", False),
    ("encryption: tls", "tls-bcp195", "absent", True),
    ("encryption: tls", "tls-bcp195", "planned", True),
    ("encryption: tls", "mtls-node-auth", "absent", False),
    ("encryption: mtls", "mtls-node-auth", "absent", True),
    ("authentication: certificate", "mtls-node-auth", "absent", True),
    ("authentication: ae-title", "mtls-node-auth", "implemented", False),
    ("over: syslog-tls", "tls-bcp195", "absent", True),
]


@pytest.mark.parametrize(("stated", "control", "state", "refused"), CONTRADICTIONS)
def test_a_property_and_a_control_may_not_contradict_each_other(
    stated: str, control: str, state: str, refused: bool
) -> None:
    because = ", because: it need not" if state == "not-applicable" else ""
    text = FLOW.format(stated=f", {stated}, controls: [{{id: {control}, state: {state}{because}}}]")
    if refused:
        ((line, what),) = told(text)
        assert line == 7
        assert what.startswith("'X' contradicts itself: ")
        assert control in what
    else:
        assert problems(system(text)) == []


def test_two_properties_may_not_contradict_each_other() -> None:
    assert told(FLOW.format(stated=", encryption: none, authentication: certificate")) == [
        (7, "'X' contradicts itself: authentication is stated as certificate, but encryption is stated as none")
    ]
    assert told(FLOW.format(stated=", encryption: none, over: dicom-tls")) == [
        (7, "'X' contradicts itself: DICOM over TLS brings it, but encryption is stated as none")
    ]
    assert problems(system(FLOW.format(stated=", encryption: mtls, authentication: ae-title"))) == []


def test_what_is_said_of_a_control_in_so_many_words_stands_before_a_property() -> None:
    read = system(
        FLOW.format(stated=", encryption: tls, controls: [{id: tls-bcp195, state: verified, evidence: scan}]")
    )
    held = Holding(read).flow_control(read.flows[0], "tls-bcp195")
    assert held is not None
    assert (held.state, held.evidence) == ("verified", "scan")
    ae_title = ", authentication: ae-title, controls: [{id: mtls-node-auth, state: declared}]"
    read = system(FLOW.format(stated=ae_title))
    held = Holding(read).flow_control(read.flows[0], "mtls-node-auth")
    assert held is not None
    assert held.state == "declared"


def test_of_two_properties_the_firm_one_counts() -> None:
    read = system(FLOW.format(stated=", encryption: mtls, authentication: ae-title"))
    held = Holding(read).flow_control(read.flows[0], "mtls-node-auth")
    assert held is not None
    assert held.state == "implemented"
    assert held.because == "encryption is stated as mtls"
    assert held.source == read.flows[0].source
