"""What data end up where: what each component receives, hands on and keeps, and whether that is known in full."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from threatmodel.model.parts import Component, Flow
from threatmodel.model.system import System


class DataAt(NamedTuple):
    """The classes of data at a component; ``unstated`` names the flows that do not say what they carry."""

    classes: frozenset[str]
    unstated: tuple[str, ...] = ()


class Spread:
    """Answers of one system to "what data are here?"."""

    def __init__(self, system: System) -> None:
        """Sorts the flows of a system by their ends."""
        self._system = system
        self._classes: dict[tuple[str, ...], frozenset[str]] = {}
        self.flows_in: dict[str, list[Flow]] = defaultdict(list)
        self.flows_out: dict[str, list[Flow]] = defaultdict(list)
        for flow in system.flows:
            self.flows_in[flow.data_target].append(flow)
            self.flows_out[flow.data_source].append(flow)
            if flow.both_ways and flow.data_source != flow.data_target:
                self.flows_in[flow.data_source].append(flow)
                self.flows_out[flow.data_target].append(flow)
        for table in (self.flows_in, self.flows_out):
            for flows in table.values():
                flows.sort(key=lambda flow: flow.id)

    def received(self, component: str) -> DataAt:
        """The data that flows bring to a component."""
        return self._carried(self.flows_in.get(component, []))

    def emitted(self, component: str) -> DataAt:
        """The data that flows take from a component."""
        return self._carried(self.flows_out.get(component, []))

    def classes(self, names: tuple[str, ...]) -> frozenset[str]:
        """The classes that data names stand for, assets among them."""
        found = self._classes.get(names)
        if found is None:
            found = self._classes[names] = frozenset(self._system.data_class_of[name] for name in names)
        return found

    def kept(self, component: Component) -> frozenset[str] | None:
        """The classes that a component keeps: as stated, else as its kind of store does; None when nobody can tell."""
        if component.stores is not None:
            return self.classes(component.stores)
        kind = self._system.kind(component.kind)
        if kind.dfd == "store" and kind.data:
            return frozenset(kind.data)
        if kind.dfd == "person":
            return frozenset()
        return None

    def places(self) -> dict[str, tuple[str, ...]]:
        """For each class of data and each asset, the components where it is kept or arrives, in order of id."""
        found: dict[str, set[str]] = defaultdict(set)
        for part in self._system.components:
            for name in part.stores if part.stores is not None else sorted(self.kept(part) or ()):
                found[name].add(part.id)
            for flow in (*self.flows_in.get(part.id, ()), *self.flows_out.get(part.id, ())):
                for name in flow.carries or ():
                    found[name].add(part.id)
        return {name: tuple(sorted(parts)) for name, parts in sorted(found.items())}

    def _carried(self, flows: list[Flow]) -> DataAt:
        classes: set[str] = set()
        unstated = []
        for flow in flows:
            if flow.carries is None:
                unstated.append(flow.id)
            else:
                classes.update(self.classes(flow.carries))
        return DataAt(frozenset(classes), tuple(unstated))
