"""Properties that say the same as a control, told as states of that control; the two may not contradict each other."""

from __future__ import annotations

from typing import NamedTuple
from typing import Protocol as Interface

from threatmodel.errors import Problem
from threatmodel.model.parts import StatedControl
from threatmodel.model.vocabulary import PROTOCOL_BY_ID, ControlState
from threatmodel.source import Source

IN_PLACE: frozenset[ControlState] = frozenset({"declared", "implemented", "verified"})


class Lowered(NamedTuple):
    """A control state that a property stands for; ``firm`` ones may not be contradicted, the others only fill a gap."""

    control: str
    state: ControlState
    says: str
    firm: bool = True


_ENCRYPTION: dict[str, tuple[tuple[str, ControlState], ...]] = {
    "none": (("tls-bcp195", "absent"), ("mtls-node-auth", "absent"), ("vpn-tunnel", "absent")),
    "tls": (("tls-bcp195", "implemented"),),
    "mtls": (("tls-bcp195", "implemented"), ("mtls-node-auth", "implemented")),
    "vpn": (("vpn-tunnel", "implemented"),),
}
_FLOW_AUTHENTICATION: dict[str, tuple[tuple[str, ControlState, bool], ...]] = {
    "none": (("mtls-node-auth", "absent", True), ("sso-federation", "absent", True)),
    "ae-title": (("mtls-node-auth", "absent", False),),
    "certificate": (("mtls-node-auth", "implemented", True),),
    "federated": (("sso-federation", "implemented", True),),
}
_COMPONENT_AUTHENTICATION: dict[str, tuple[tuple[str, ControlState, bool], ...]] = {
    "none": (("sso-federation", "absent", True), ("mfa", "absent", True), ("mtls-node-auth", "absent", False)),
    "ae-title": (("sso-federation", "absent", False), ("mtls-node-auth", "absent", False)),
    "password": (("sso-federation", "absent", False),),
    "shared-account": (("sso-federation", "absent", True), ("service-identity", "absent", False)),
    "federated": (("sso-federation", "implemented", True),),
}


_ASKED_OF_FLOWS = {
    "tls-bcp195": "encryption",
    "vpn-tunnel": "encryption",
    "mtls-node-auth": "authentication",
    "sso-federation": "authentication",
}
_ASKED_OF_COMPONENTS = {
    "sso-federation": "authentication",
    "default-cred-removal": "default_credentials",
    "dependency-pinning": "pinned",
}


def asked_instead(control: str, *, flow: bool) -> str | None:
    """The property whose value answers for a control, so that one question settles both; None when there is none."""
    return (_ASKED_OF_FLOWS if flow else _ASKED_OF_COMPONENTS).get(control)


class Stating(Interface):
    """Anything that states properties and controls: a component or a flow."""

    @property
    def name(self) -> str:
        """Its title."""

    @property
    def controls(self) -> tuple[StatedControl, ...]:
        """What it says of controls."""

    @property
    def source(self) -> Source | None:
        """Where it was written."""

    def stated(self, name: str) -> object:
        """The value of a property, or None."""


def lowered_flow(flow: Stating, over: str | None) -> list[Lowered]:
    """The control states that a flow's properties and its protocol stand for."""
    found: list[Lowered] = []
    encryption = flow.stated("encryption")
    if isinstance(encryption, str):
        found += [
            Lowered(control, state, f"encryption is stated as {encryption}")
            for control, state in _ENCRYPTION[encryption]
        ]
    protocol = PROTOCOL_BY_ID.get(over or "")
    if protocol is not None:
        found += [Lowered(control, "implemented", f"{protocol.name} brings it") for control in protocol.implies]
    authentication = flow.stated("authentication")
    for control, state, firm in _FLOW_AUTHENTICATION.get(str(authentication), ()):
        found.append(Lowered(control, state, f"authentication is stated as {authentication}", firm))
    return found


def lowered_component(component: Stating) -> list[Lowered]:
    """The control states that a component's properties stand for."""
    found: list[Lowered] = []
    authentication = component.stated("authentication")
    for control, state, firm in _COMPONENT_AUTHENTICATION.get(str(authentication), ()):
        found.append(Lowered(control, state, f"authentication is stated as {authentication}", firm))
    default_credentials = component.stated("default_credentials")
    if default_credentials is not None:
        removed: ControlState = "absent" if default_credentials else "implemented"
        told = "still has default credentials" if default_credentials else "has no default credentials left"
        found.append(Lowered("default-cred-removal", removed, f"it is stated that it {told}"))
    pinned = component.stated("pinned")
    if pinned is not None:
        said = "it is stated that its software is " + ("pinned" if pinned else "not pinned")
        found.append(Lowered("dependency-pinning", "implemented" if pinned else "absent", said, firm=False))
    return found


def contradictions(part: Stating, lowered: list[Lowered]) -> list[Problem]:
    """Each pair of statements of one part that cannot both be true."""
    problems: list[Problem] = []
    known: dict[str, tuple[bool, str]] = {}
    for control in part.controls:
        if control.state != "not-applicable":
            known[control.id] = (control.state in IN_PLACE, f"{control.id} is stated as {control.state}")
    for told in sorted(lowered, key=lambda item: not item.firm):
        if not told.firm:
            continue
        there = told.state in IN_PLACE
        before = known.setdefault(told.control, (there, told.says))
        if before[0] != there:
            problems.append(
                Problem(
                    f"{part.name!r} contradicts itself: {told.says}, but {before[1]}",
                    part.source,
                    f"both speak of the control {told.control}; keep the one that is true",
                )
            )
    return problems
