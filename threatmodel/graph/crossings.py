"""Which boundaries a flow crosses, in order, and whether it gains or loses trust on its way."""

from __future__ import annotations

from dataclasses import dataclass

from threatmodel.model.holding import Holding
from threatmodel.model.parts import Flow


@dataclass(frozen=True, slots=True)
class Crossings:
    """The zones whose boundary a flow crosses: left from the inside out, then entered from the outside in."""

    left: tuple[str, ...]
    entered: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many boundaries lie on the way."""
        return len(self.left) + len(self.entered)


def between(holding: Holding, source_zone: str, target_zone: str) -> Crossings:
    """The boundaries between two zones: a way out of an inner zone crosses each one up to the common zone."""
    if source_zone == target_zone:
        return Crossings((), ())
    out = [zone.id for zone in holding.zone_chain(source_zone)]
    into = [zone.id for zone in holding.zone_chain(target_zone)]
    common = set(out) & set(into)
    left = tuple(zone for zone in out if zone not in common)
    entered = tuple(zone for zone in reversed(into) if zone not in common)
    return Crossings(left, entered)


def of_flow(holding: Holding, flow: Flow) -> Crossings:
    """The boundaries that a flow crosses on its way from source to target."""
    ends = holding.system.component_by_id
    return between(holding, ends[flow.data_source].zone, ends[flow.data_target].zone)
