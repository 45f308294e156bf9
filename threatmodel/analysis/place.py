"""What a finding may be about: a component, a flow, a zone, the model, or a chain of flows."""

from __future__ import annotations

from dataclasses import dataclass

from threatmodel.model.parts import Component, Flow, Zone
from threatmodel.model.system import System
from threatmodel.source import Source


@dataclass(frozen=True, slots=True)
class Chain:
    """A way over flows: its components in order, the flow of each hop, and how many other starts lead to the same end.

    ``others`` counts only those that are not told as chains of their own.
    """

    id: str
    name: str
    parts: tuple[str, ...]
    hops: tuple[str, ...]
    others: int
    source: Source | None

    @property
    def first(self) -> str:
        """The component where it starts."""
        return self.parts[0]

    @property
    def last(self) -> str:
        """The component where it ends."""
        return self.parts[-1]

    @property
    def between(self) -> tuple[str, ...]:
        """The components on the way, its two ends left out."""
        return self.parts[1:-1]


Place = Component | Flow | Zone | System | Chain


def a_component(place: Place) -> Component:
    """A place that a fact of components is asked of; any other is refused."""
    if not isinstance(place, Component):
        raise TypeError(f"{place!r} is not a component")
    return place
