"""What ties components to what they share: hosts, suppliers, whoever administers and updates them, where they sign in.

A flow that does not say what it carries, or over which protocol, may tie its ends in ways that it does not state: such
ties are told apart, with the flow to ask about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from threatmodel.graph.fate import Bond, Fellows, Tie, by_part, groups
from threatmodel.graph.spread import Spread
from threatmodel.graph.streams import EVERY_CLASS
from threatmodel.model.kind import Kind
from threatmodel.model.parts import Flow
from threatmodel.model.system import System

_SETTINGS = frozenset({"device-config", "config", "routing-rules", "software"})
_LOGINS = frozenset({"credentials", "keys"})
_RECORDS = frozenset({"audit-logs", "metrics", "network-metadata", "time"})
"""What nobody signs in with: a flow of these alone is no sign-in, whatever its protocol."""
_FEW = 5
"""Of the flows that would settle whether something is shared, so many are asked about."""


class Loose(NamedTuple):
    """What a component perhaps shares with others: by what bond, and a few of the flows that would settle it."""

    bond: Bond
    flows: tuple[str, ...]


class Ties:
    """What the components of one system have in common."""

    def __init__(self, system: System, spread: Spread, hosts: Mapping[str, str]) -> None:
        """Finds what is shared for sure, and what is perhaps shared besides."""
        self._system, self._spread = system, spread
        sure = {*self._stated(hosts)}
        loose: dict[Tie, list[str]] = defaultdict(list)
        for flow in sorted(system.flows, key=lambda one: one.id):
            certain = {*self._of_flow(flow, sure=True)}
            sure |= certain
            if flow.carries is None or flow.over is None:
                for tie in {*self._of_flow(flow, sure=False)} - certain:
                    loose[tie].append(flow.id)
        self.fellows = dict(by_part(groups(sure)))
        """For each component what it shares with others."""
        self.loose = self._loose(sure, {tie: flows for tie, flows in loose.items() if tie not in sure})
        """For each component what it perhaps shares with others besides."""

    def _loose(self, sure: set[Tie], loose: Mapping[Tie, list[str]]) -> dict[str, tuple[Loose, ...]]:
        around: dict[tuple[Bond, str], list[str]] = defaultdict(list)
        for tie in sorted(loose):
            around[tie.bond, tie.to] += loose[tie][:_FEW]
        found: dict[str, list[Loose]] = defaultdict(list)
        for shared in groups({*sure, *loose}):
            asked = sorted(around.get((shared.bond, shared.to), ()))[:_FEW]
            for part in shared.parts:
                if not self._shares(part, shared):
                    own = loose.get(Tie(part, shared.bond, shared.to), [])
                    found[part].append(Loose(shared.bond, tuple(dict.fromkeys([*own[:_FEW], *asked]))[:_FEW]))
        return {part: tuple(some) for part, some in found.items()}

    def _shares(self, part: str, shared: Fellows) -> bool:
        return any(one.bond == shared.bond for one in self.fellows.get(part, ()))

    def _stated(self, hosts: Mapping[str, str]) -> Iterator[Tie]:
        """The ties that are properties of a component."""
        for part_on, host in hosts.items():
            below: list[str] = []
            at: str | None = host
            while at is not None and at not in below:
                below.append(at)
                yield Tie(part_on, "host", at)
                at = hosts.get(at)
        for part in self._system.components:
            supplier = part.stated("supplier")
            if supplier is not None:
                yield Tie(part.id, "supplier", str(supplier))

    def _of_flow(self, flow: Flow, *, sure: bool) -> Iterator[Tie]:
        """The ties that a flow makes for sure, or all that it may make; one to oneself makes none."""
        carries = self._spread.classes(flow.carries) if flow.carries is not None else frozenset()
        if flow.carries is None and not sure:
            carries = EVERY_CLASS
        protocols: set[str | None] = {flow.over}
        if flow.over is None and not sure:
            protocols = {"remote-admin"} if carries and carries <= _RECORDS else {"remote-admin", "oidc-saml-ldap"}
        there = (flow.data_source, flow.data_target)
        for source, target in (there, there[::-1]) if flow.both_ways else (there,):
            if source == target:
                continue
            kind, answering = self._kind(source), self._kind(target)
            if answering.dfd != "person":  # nobody administers or updates a person
                yield from self._handed_on(source, target, carries, protocols)
            if carries & _LOGINS or "oidc-saml-ldap" in protocols:
                if "signs-in-users" in kind.traits:
                    yield Tie(target, "credential", source)
                if "signs-in-users" in answering.traits:
                    yield Tie(source, "credential", target)

    def _handed_on(
        self, source: str, target: str, carries: frozenset[str], protocols: set[str | None]
    ) -> Iterator[Tie]:
        kind = self._kind(source)
        manages = kind.dfd == "person" or "remote-way-in" in kind.traits
        if manages and ("remote-admin" in protocols or carries & _SETTINGS):
            yield Tie(target, "administrator", source)
        if "software" in carries or ("model-weights" in carries and "runs-model" in self._kind(target).traits):
            yield Tie(target, "update-channel", source)

    def _kind(self, part: str) -> Kind:
        return self._system.kind(self._system.component_by_id[part].kind)
