"""What is worked out once of the topology of a system, each part when a fact first asks for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from threatmodel.graph.build import acted_on
from threatmodel.graph.dependence import Link, Path
from threatmodel.graph.fan_out import Touched, touched
from threatmodel.graph.fate import Fellows, Tie, by_part, groups
from threatmodel.graph.feedback import fed_back
from threatmodel.graph.oversight import OUTPUT, Oversight
from threatmodel.graph.reach import Reach
from threatmodel.graph.spread import Spread
from threatmodel.graph.streams import Streams, hops_of
from threatmodel.graph.supply import Supply, supplies
from threatmodel.graph.ways import Hop, by_source
from threatmodel.model.holding import Holding
from threatmodel.model.kind import Kind
from threatmodel.model.parts import Component, Flow
from threatmodel.model.system import System

IMAGES = frozenset({"phi-pixel", "raw-data", "derived-images"})
REPORTS = frozenset({"reports", "audio"})
_RESULTS = frozenset({"predictions", "ai-results"})
_MANY = frozenset({"one-list", "site", "fleet"})
_RECORD = frozenset({"clinical-record", "delivers-reports"})
_OUTSIDE = frozenset({"external-party"})
_SETTINGS = frozenset({"device-config", "config", "routing-rules", "software"})
_LOGINS = frozenset({"credentials", "keys"})
_FEW = 5


class Topology:
    """The topology of one system."""

    def __init__(self, system: System, holding: Holding, spread: Spread) -> None:
        """A topology of which nothing is worked out yet."""
        self._system, self._holding, self._spread = system, holding, spread

    @cached_property
    def hops(self) -> tuple[dict[str, list[Hop]], dict[str, list[Hop]]]:
        """The hops that surely carry something, by source, and with them those that may carry anything."""
        stated = by_source(hops_of(self._system, self._spread, unstated=False))
        if all(flow.carries is not None for flow in self._system.flows):
            return stated, stated
        return stated, by_source(hops_of(self._system, self._spread, unstated=True))

    @cached_property
    def streams(self) -> tuple[Streams, Streams]:
        """The data that surely flow, and those that may flow besides."""
        stated, possible = self.hops
        sure = Streams(_all(stated), self.turned)
        return sure, sure if possible is stated else Streams(_all(possible), self.turned)

    def turned(self, part: str, data: str) -> frozenset[str]:
        """The classes of data in which one may leave a component, itself included."""
        return self._kind(self._system.component_by_id[part]).turned(data)

    @cached_property
    def images(self) -> Path:
        """From the devices that make images to where people read them."""
        starts = self._with(lambda kind: "acquires-images" in kind.traits)
        people = self._with(lambda kind: "reads-images" in kind.traits)
        stations = self._with(lambda kind: "reading-station" in kind.traits and "carried-about" not in kind.traits)
        ends = people | {part for part in stations if self._read_at(part, people)}
        return Path(self._links(IMAGES), starts, ends, self._hosts)

    @cached_property
    def reports(self) -> Path:
        """From the people who read images to the record and to whoever asked."""
        starts = self._with(lambda kind: "reads-images" in kind.traits or {"reading-station", *_OUTSIDE} <= kind.traits)
        ends = self._with(
            lambda kind: (
                not kind.traits.isdisjoint(_RECORD)
                and "acted-upon" in kind.traits
                and kind.traits.isdisjoint({"stores-images", *_OUTSIDE})
            )
        )
        return Path(self._links(REPORTS), starts, ends, self._hosts)

    @cached_property
    def oversight(self) -> Oversight:
        """The ways from models to what care acts on that pass no person."""
        ends = {}
        for part in self._system.components:
            kind = self._kind(part)
            if "acted-upon" in kind.traits:
                told = _RESULTS | {"reports"} if "external-party" in kind.traits else _RESULTS
                aside = not kind.traits.isdisjoint({"reading-station", "external-party"})
                ends[part.id] = told if aside else OUTPUT
        return Oversight(*self.streams, ends, self._with(lambda kind: kind.dfd == "person"))

    @cached_property
    def feedback(self) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        """The models whose output comes back to them, with the components of the cycle: surely, and perhaps."""
        runners = self._with(lambda kind: not kind.traits.isdisjoint({"runs-model", "generates-text"}))
        learners = self._with(lambda kind: not kind.traits.isdisjoint({"trains-models", "annotates", "retrieves-text"}))
        if not runners or not learners:
            return {}, {}
        sure, possible = self.streams
        found = fed_back(sure, runners, learners)
        return found, found if possible is sure else fed_back(possible, runners, learners)

    @cached_property
    def touched(self) -> dict[str, Touched]:
        """What each component touches with the data that leave it; a person hands on no trouble."""
        system = self._system
        after: dict[str, set[str]] = {part.id: set() for part in system.components}
        people = self._with(lambda kind: kind.dfd == "person")
        for flow in system.flows:
            for source, target in self._directions(flow):
                if source not in people:
                    after[source].add(target)
        sites = {}
        many = []
        for part in system.components:
            kind = self._kind(part)
            if not kind.traits.isdisjoint({"acquires-images", "reading-station", "reads-images"}):
                sites[part.id] = self._holding.zone_chain(part.zone)[-1].id
            if (part.stated("serves") or kind.serves) in _MANY and kind.dfd in {"process", "store"}:
                many.append(part.id)
        readers = self._with(lambda kind: "reads-images" in kind.traits)
        return touched({part: tuple(sorted(others)) for part, others in after.items()}, many, sites, readers)

    @cached_property
    def fellows(self) -> dict[str, tuple[Fellows, ...]]:
        """For each component what it shares with others."""
        return dict(by_part(groups(self._ties())))

    @cached_property
    def supply(self) -> tuple[Supply, Supply]:
        """Who supplies whom with what decides behaviour: surely, and perhaps."""
        exposure: dict[str, str | None] = {}
        for part in self._system.components:
            held = self._holding.value(part, "exposure")
            exposure[part.id] = str(held.value) if held is not None else None
        sure = Supply(Streams(supplies(hops_of(self._system, self._spread, unstated=False)), _as_it_is), exposure)
        if all(flow.carries is not None for flow in self._system.flows):
            return sure, sure
        hops = supplies(hops_of(self._system, self._spread, unstated=True))
        return sure, Supply(Streams(hops, _as_it_is), exposure)

    @cached_property
    def unproven(self) -> tuple[Reach, Reach]:
        """Who can act on whom without proving who it is: surely, and perhaps."""
        surely: dict[str, set[str]] = {part.id: set() for part in self._system.components}
        perhaps = acted_on(self._system)
        proven: dict[tuple[str, str], list[bool | None]] = {}
        for flow in self._system.flows:
            proof = self.proves(flow)
            for pair in self._acting(flow):
                proven.setdefault(pair, []).append(proof)
        for (source, target), proofs in proven.items():
            if False in proofs and source != target:
                surely[source].add(target)
        for part, host in self._hosts.items():
            surely[host].add(part)
        open_ways = {
            part: tuple(other for other in others if other in surely[part] or None in proven.get((part, other), ()))
            for part, others in perhaps.items()
        }
        sure = Reach(self._holding, {part: tuple(sorted(others)) for part, others in surely.items()})
        return sure, Reach(self._holding, open_ways)

    @cached_property
    def unsettled(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """For each pair of components the flows of which it is not stated whether their opener proves who it is."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for flow in sorted(self._system.flows, key=lambda one: one.id):
            if self.proves(flow) is None:
                for pair in self._acting(flow):
                    found[pair] = (*found.get(pair, ()), flow.id)
        return found

    def proves(self, flow: Flow) -> bool | None:
        """Whether whoever opens a flow has to prove who it is; None when that is not stated."""
        control = self._holding.flow_control(flow, "mtls-node-auth")
        if control is not None and control.state not in {"absent", "planned", "not-applicable"}:
            return True
        server = flow.data_target if flow.opened_by == "source" else flow.data_source
        word = flow.stated("authentication") or self._system.component_by_id[server].stated("authentication")
        return None if word is None else word not in {"none", "ae-title"}

    def joined(self, part: str) -> tuple[str, ...]:
        """The zones other than its own into which a component opens connections, in order of id."""
        zones = set()
        for flow in (*self._spread.flows_in.get(part, ()), *self._spread.flows_out.get(part, ())):
            opener = flow.data_source if flow.opened_by == "source" else flow.data_target
            if opener == part:
                other = flow.data_target if opener == flow.data_source else flow.data_source
                zones.add(self._system.component_by_id[other].zone)
        return tuple(sorted(zones - {self._system.component_by_id[part].zone}))

    def loose_ties(self, part: str) -> tuple[str, ...]:
        """Flows that do not say what they carry, by which a component may be tied to others; a few for each source."""
        flows = self._spread.flows_in.get(part, ())
        sources = {end for flow in flows for end in (flow.data_source, flow.data_target)} - {part}
        return tuple(sorted({flow for source in sources for flow in self._silent.get(source, ())}))

    @cached_property
    def _silent(self) -> dict[str, tuple[str, ...]]:
        """For each component the first few of the flows from it that do not say what they carry."""
        found: dict[str, tuple[str, ...]] = {}
        for source, flows in self._spread.flows_out.items():
            kind = self._kind(self._system.component_by_id[source])
            manages = kind.dfd == "person" or "remote-way-in" in kind.traits
            silent = [flow.id for flow in flows if flow.carries is None or (manages and flow.over is None)]
            if silent:
                found[source] = tuple(silent[:_FEW])
        return found

    def _ties(self) -> Iterable[Tie]:
        for part_on, host in self._hosts.items():
            below: list[str] = []
            at: str | None = host
            while at is not None and at not in below:
                below.append(at)
                yield Tie(part_on, "host", at)
                at = self._hosts.get(at)
        for part in self._system.components:
            supplier = part.stated("supplier")
            if supplier is not None:
                yield Tie(part.id, "supplier", str(supplier))
        for flow in self._system.flows:
            carries = self._spread.classes(flow.carries or ())
            for source, target in self._directions(flow):
                kind = self._kind(self._system.component_by_id[source])
                manages = kind.dfd == "person" or "remote-way-in" in kind.traits
                if manages and (flow.over == "remote-admin" or carries & _SETTINGS):
                    yield Tie(target, "administrator", source)
                answering = self._kind(self._system.component_by_id[target])
                if "software" in carries or ("model-weights" in carries and "runs-model" in answering.traits):
                    yield Tie(target, "update-channel", source)
                if not carries & _LOGINS and flow.over != "oidc-saml-ldap":
                    continue
                if "signs-in-users" in kind.traits:
                    yield Tie(target, "credential", source)
                if "signs-in-users" in answering.traits:
                    yield Tie(source, "credential", target)

    @cached_property
    def _hosts(self) -> dict[str, str]:
        return {part.id: part.runs_on for part in self._system.components if part.runs_on is not None}

    def _links(self, classes: frozenset[str]) -> list[Link]:
        found = []
        for flow in self._system.flows:
            sure = flow.carries is not None
            if flow.carries is None or self._spread.classes(flow.carries) & classes:
                found += [Link(source, target, flow.id, sure) for source, target in self._directions(flow)]
        return found

    def _read_at(self, part: str, people: Collection[str]) -> bool:
        """Whether somebody reads at a station: one that shows images to people alone who do not read is none."""
        shown = {
            flow.data_target
            for flow in self._spread.flows_out.get(part, ())
            if self._kind(self._system.component_by_id[flow.data_target]).dfd == "person"
            and (flow.carries is None or self._spread.classes(flow.carries) & IMAGES)
        }
        return not shown or not shown.isdisjoint(people)

    def _kind(self, part: Component) -> Kind:
        return self._system.kind(part.kind)

    def _with(self, wanted: Callable[[Kind], bool]) -> frozenset[str]:
        return frozenset(part.id for part in self._system.components if wanted(self._kind(part)))

    @staticmethod
    def _directions(flow: Flow) -> tuple[tuple[str, str], ...]:
        there = (flow.data_source, flow.data_target)
        return (there, there[::-1]) if flow.both_ways else (there,)

    @staticmethod
    def _acting(flow: Flow) -> tuple[tuple[str, str], ...]:
        there = (flow.data_source, flow.data_target)
        return (there, there[::-1]) if flow.both_ways or flow.opened_by == "target" else (there,)


def _all(hops: dict[str, list[Hop]]) -> list[Hop]:
    return [hop for leaving in hops.values() for hop in leaving]


def _as_it_is(part: str, data: str) -> frozenset[str]:
    return frozenset({data})
