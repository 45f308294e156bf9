"""What is worked out once of the topology of a system, each part when a fact first asks for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from threatmodel.analysis.ties import Ties
from threatmodel.graph.build import acted_on
from threatmodel.graph.dependence import Link, Path
from threatmodel.graph.fan_out import Touched, touched
from threatmodel.graph.feedback import Ring, fed_back
from threatmodel.graph.oversight import OUTPUT, Oversight
from threatmodel.graph.reach import Reach
from threatmodel.graph.spread import Spread
from threatmodel.graph.streams import EVERY_CLASS, Streams, hops_of
from threatmodel.graph.supply import Supply, hosting, supplies
from threatmodel.graph.ways import Hop, by_source
from threatmodel.model.holding import Holding
from threatmodel.model.kind import TURNS, Kind
from threatmodel.model.parts import Component, Flow
from threatmodel.model.system import System

IMAGES = frozenset({"phi-pixel", "raw-data", "derived-images"})
REPORTS = frozenset({"reports", "audio"})
_RESULTS = frozenset({"predictions", "ai-results"})
_MANY = frozenset({"one-list", "site", "fleet"})
_RECORD = frozenset({"clinical-record", "delivers-reports"})
_OUTSIDE = frozenset({"external-party"})
_TEACHING = frozenset[str]().union(*(taken for taken, _ in TURNS["trains-models"]))
"""What a model that goes on learning in use learns from."""
_ONLY_TEACHING = frozenset({"labels", "gradients"})
"""What is of use only to what learns: where it comes back to a model, somebody has to say whether that one does."""


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
        found = self._system.component_by_id[part]
        out = self._kind(found).turned(data)
        return out | self._kind(found).turned("model-weights") if self._learns(found, data) else out

    @staticmethod
    def _learns(part: Component, data: str) -> bool:
        return part.stated("learns_in_use") is True and data in _TEACHING

    @cached_property
    def images(self) -> Path:
        """From the devices that make images to where people read them."""
        starts = self._with(lambda kind: "acquires-images" in kind.traits)
        people = self._with(lambda kind: "reads-images" in kind.traits)
        stations = self._with(lambda kind: "reading-station" in kind.traits and "carried-about" not in kind.traits)
        turning = {part: self._read_at(part, people) for part in sorted(stations)}
        ends = people | {part for part, flows in turning.items() if flows == ()}
        perhaps = {part: flows for part, flows in turning.items() if flows}
        return Path(self._links(IMAGES), starts, ends, self._hosts, perhaps)

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
    def feedback(self) -> tuple[dict[str, Ring], dict[str, Ring]]:
        """The models whose output comes back to them, with the cycle: surely, and perhaps."""
        runners = self._with(lambda kind: not kind.traits.isdisjoint({"runs-model", "generates-text"}))
        learners = dict.fromkeys(
            self._with(lambda kind: not kind.traits.isdisjoint({"trains-models", "annotates", "retrieves-text"})),
            EVERY_CLASS,
        )
        for part in self._system.components:
            if part.stated("learns_in_use") is True:
                learners.setdefault(part.id, _TEACHING)
        sure, possible = self.streams
        found = _by_runner(fed_back(sure, runners, learners)) if learners else {}
        unsaid = {part: _ONLY_TEACHING for part in runners if self.may_learn(part) and part not in learners}
        if possible is sure and not unsaid:
            return found, found
        streams = Streams(_all(self.hops[1]), self._perhaps_turned)
        return found, _by_runner(fed_back(streams, runners, {**unsaid, **learners}))

    def may_learn(self, part: str) -> bool:
        """Whether something runs a model and it is not stated whether it goes on learning in use."""
        found = self._system.component_by_id[part]
        return "runs-model" in self._kind(found).traits and found.stated("learns_in_use") is None

    def _perhaps_turned(self, part: str, data: str) -> frozenset[str]:
        """The classes in which one may leave a component that perhaps learns in use."""
        out = self.turned(part, data)
        learning = data in _ONLY_TEACHING and self.may_learn(part)
        return out | self.turned(part, "model-weights") if learning else out

    @cached_property
    def unsaid_of_rings(self) -> dict[Ring, tuple[tuple[str, ...], tuple[str, ...]]]:
        """For each cycle that there perhaps is: the flows of unstated data in it, and the models that may learn."""
        return {ring: self._unsaid_of(ring) for ring in dict.fromkeys(self.feedback[1].values())}

    def _unsaid_of(self, ring: Ring) -> tuple[tuple[str, ...], tuple[str, ...]]:
        inside = frozenset(ring.parts)
        flows, learning = set(), set()
        for part in ring.parts:
            for flow in self._spread.flows_in.get(part, ()):
                if not {flow.data_source, flow.data_target} <= inside:
                    continue
                if flow.carries is None:
                    flows.add(flow.id)
                if self.may_learn(part) and (
                    flow.carries is None or self._spread.classes(flow.carries) & _ONLY_TEACHING
                ):
                    learning.add(part)
        return tuple(sorted(flows)), tuple(sorted(learning))

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
            if (part.stated("serves") or kind.serves) in _MANY and kind.dfd != "person":
                many.append(part.id)
        readers = self._with(lambda kind: "reads-images" in kind.traits)
        return touched({part: tuple(sorted(others)) for part, others in after.items()}, many, sites, readers)

    @cached_property
    def ties(self) -> Ties:
        """What components share with others."""
        return Ties(self._system, self._spread, self._hosts)

    @cached_property
    def suppliers(self) -> frozenset[str]:
        """The companies that are stated to supply something."""
        return frozenset(str(one) for part in self._system.components if (one := part.stated("supplier")) is not None)

    @cached_property
    def unsupplied(self) -> tuple[str, ...]:
        """The machines of which it is not stated who supplies them, in order of id."""
        machines = self._with(lambda kind: "machine" in kind.traits)
        return tuple(sorted(part for part in machines if self._system.component_by_id[part].stated("supplier") is None))

    @cached_property
    def supply(self) -> tuple[Supply, Supply]:
        """Who supplies whom with what decides behaviour: surely, and perhaps."""
        exposure: dict[str, str | None] = {}
        for part in self._system.components:
            held = self._holding.value(part, "exposure")
            exposure[part.id] = str(held.value) if held is not None else None
        hosts = hosting(self._hosts)
        hops = supplies(hops_of(self._system, self._spread, unstated=False))
        sure = Supply(Streams([*hops, *hosts], self.turned), exposure)
        if all(flow.carries is not None for flow in self._system.flows):
            return sure, sure
        hops = supplies(hops_of(self._system, self._spread, unstated=True))
        return sure, Supply(Streams([*hops, *hosts], self.turned), exposure)

    @cached_property
    def unproven(self) -> tuple[Reach, Reach]:
        """Who else can act on a place without proving who it is: surely, and perhaps."""
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
        sure = Reach(self._holding, {part: tuple(sorted(others)) for part, others in surely.items()}, itself=False)
        return sure, Reach(self._holding, open_ways, itself=False)

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

    def _read_at(self, part: str, readers: Collection[str]) -> tuple[str, ...] | None:
        """The flows that decide whether somebody reads at a station: none when somebody does, None when nobody can.

        A station that shows images to people alone who do not read is no place to read.
        """
        shown: set[str] = set()
        silent: dict[str, str] = {}
        for flow in self._spread.flows_out.get(part, ()):
            other = flow.data_target if flow.data_source == part else flow.data_source
            if self._kind(self._system.component_by_id[other]).dfd != "person":
                continue
            if flow.carries is None:
                silent[flow.id] = other
            elif self._spread.classes(flow.carries) & IMAGES:
                shown.add(other)
        if not shown.isdisjoint(readers):
            return ()
        if shown:
            return tuple(flow for flow, other in silent.items() if other in readers) or None
        return () if set(silent.values()) <= set(readers) else tuple(silent)

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


def _by_runner(rings: Iterable[Ring]) -> dict[str, Ring]:
    return {part: ring for ring in rings for part in ring.runners}
