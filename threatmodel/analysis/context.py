"""A system and what is worked out once for it: what holds where, the data at each place, the reach of each place."""

from __future__ import annotations

from functools import cached_property

from threatmodel.analysis.topology import Topology
from threatmodel.graph.reach import Reach
from threatmodel.graph.spread import Spread
from threatmodel.model.holding import Holding
from threatmodel.model.kind import Kind
from threatmodel.model.parts import Component, Flow, Zone
from threatmodel.model.system import System


class Context:
    """What the answers look things up in."""

    def __init__(self, system: System) -> None:
        """A context for a system whose references are sound."""
        self.system = system
        self.holding = Holding(system)
        self.spread = Spread(system)
        self._titles: dict[str, str] = {}

    @cached_property
    def reach(self) -> Reach:
        """Who can act on whom; worked out when first asked for."""
        return Reach(self.holding)

    @cached_property
    def topology(self) -> Topology:
        """What chains of flows make of the system; each part worked out when first asked for."""
        return Topology(self.system, self.holding, self.spread)

    @cached_property
    def inside(self) -> dict[str, list[Component]]:
        """The components inside each zone, those of its inner zones included, in order of id."""
        found: dict[str, list[Component]] = {zone.id: [] for zone in self.system.zones}
        for part in self.all_components:
            for zone in self.holding.zone_chain(part.zone):
                found[zone.id].append(part)
        return found

    @cached_property
    def all_components(self) -> list[Component]:
        """The components of the system in order of id."""
        return sorted(self.system.components, key=lambda component: component.id)

    @cached_property
    def all_flows(self) -> list[Flow]:
        """The flows of the system in order of id."""
        return sorted(self.system.flows, key=lambda flow: flow.id)

    def kind(self, part: Component) -> Kind:
        """The kind of a component."""
        return self.system.kind(part.kind)

    def component(self, name: str) -> Component:
        """A component by id."""
        return self.system.component_by_id[name]

    def ends(self, flow: Flow) -> tuple[Component, Component]:
        """The source and the target of a flow."""
        return self.component(flow.data_source), self.component(flow.data_target)

    def title(self, place: str) -> str:
        """How a place is called in sentences; a flow with its two ends."""
        found = self._titles.get(place)
        if found is None:
            found = self._titles[place] = self._title(place)
        return found

    def _title(self, place: str) -> str:
        flow = self.system.flow_by_id.get(place)
        if flow is not None:
            source, target = self.ends(flow)
            return f"{flow.name} ({source.name} → {target.name})"
        part = self.system.component_by_id.get(place) or self.system.zone_by_id.get(place)
        return part.name if part is not None else self.system.title

    def outermost_unstated(self, part: Component, name: str) -> str:
        """Where to ask for a property that neither a component nor its zones state: the outermost zone around it."""
        return (
            self.holding.zone_chain(part.zone)[-1].id
            if name in {"exposure", "operator", "region", "physical_access"}
            else part.id
        )

    def place(self, name: str) -> Component | Flow | Zone | System:
        """The component, flow or zone of an id; the system for any other."""
        system = self.system
        return system.component_by_id.get(name) or system.flow_by_id.get(name) or system.zone_by_id.get(name) or system
