"""Where a condition about other places leads: the ends of a flow, the flows of a component, what lies in a zone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Chain, Place
from threatmodel.model.parts import Component, Flow, Zone
from threatmodel.model.system import System

ONE_PLACE = frozenset({"source", "target", "client", "server", "first", "last"})
"""The facts that always lead to exactly one place."""
NONE_FOUND = {
    "some_hop": "there is no flow on the way",
    "some_between": "there is nothing on the way",
    "some_flow_in": "there is no flow into",
    "some_flow_out": "there is no flow out of",
    "some_client": "there is no connection to",
    "some_component": "there is no component in",
    "some_flow": "there is no flow inside",
}
"""How it is told that a fact of the shape ``place`` leads nowhere; the name of the place follows."""


class Elsewhere:
    """The other places of one system, looked up from a place."""

    def __init__(self, context: Context) -> None:
        """Places of one context."""
        self._context = context
        self._clients: dict[str, list[Flow]] = {}

    def leading(self, fact: str) -> Callable[[Place], Place]:
        """For a fact that leads to one place, the function that finds it."""
        parts = self._context.system.component_by_id

        def there(place: Place) -> Place:
            if isinstance(place, Flow):
                return self._end(fact, place)
            return self.places(fact, place)[0]

        if fact == "source":
            return lambda flow: parts[flow.data_source] if isinstance(flow, Flow) else there(flow)
        if fact == "target":
            return lambda flow: parts[flow.data_target] if isinstance(flow, Flow) else there(flow)
        return there

    def places(self, fact: str, place: Place) -> Sequence[Place]:
        """The places that a fact leads to, in order of id; on a chain in the order of the way."""
        context = self._context
        if isinstance(place, Flow):
            return (self._end(fact, place),)
        if isinstance(place, Chain):
            return self._on_the_way(fact, place)
        if isinstance(place, Component):
            if fact == "some_flow_in":
                return context.spread.flows_in.get(place.id, ())
            if fact == "some_flow_out":
                return context.spread.flows_out.get(place.id, ())
            return self._answered(place)
        if isinstance(place, System):
            return context.all_components if fact == "some_component" else context.all_flows
        return self._in_zone(fact, place)

    def _end(self, fact: str, flow: Flow) -> Component:
        """The component at an end of a flow."""
        opens = fact == "client"
        from_source = fact == "source" or (fact != "target" and opens == (flow.opened_by == "source"))
        return self._context.component(flow.data_source if from_source else flow.data_target)

    def _answered(self, part: Component) -> list[Flow]:
        """The flows whose connection a component answers."""
        known = self._clients.get(part.id)
        if known is None:
            spread = self._context.spread
            flows = [
                flow
                for flow in spread.flows_in.get(part.id, ())
                if flow.opened_by == "source" and flow.data_target == part.id
            ]
            flows += [
                flow
                for flow in spread.flows_out.get(part.id, ())
                if flow.opened_by == "target" and flow.data_source == part.id
            ]
            known = self._clients[part.id] = sorted(flows, key=lambda flow: flow.id)
        return known

    def _in_zone(self, fact: str, zone: Zone) -> list[Component] | list[Flow]:
        """The components directly in a zone, or the flows with both ends inside it."""
        context = self._context
        inside = context.inside[zone.id]
        if fact == "some_component":
            return [part for part in inside if part.zone == zone.id]
        ids = {part.id for part in inside}
        leaving = (
            flow for part in inside for flow in context.spread.flows_out.get(part.id, ()) if flow.data_source == part.id
        )
        return sorted((flow for flow in leaving if flow.data_target in ids), key=lambda flow: flow.id)

    def _on_the_way(self, fact: str, chain: Chain) -> list[Component] | list[Flow]:
        """The ends, the flows, or the components between the ends of a chain."""
        context = self._context
        if fact == "some_hop":
            return [context.system.flow_by_id[hop] for hop in chain.hops]
        names = {"first": chain.parts[:1], "last": chain.parts[-1:], "some_between": chain.between}[fact]
        return [context.component(name) for name in names]
