"""From where a place can be reached: the exposures of all who can act on it, and the shortest way from each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from threatmodel.graph.build import acted_on
from threatmodel.graph.origins import Arrival, arrivals
from threatmodel.model.holding import Holding
from threatmodel.model.vocabulary import EXPOSURE_ORDER


class Entry(NamedTuple):
    """The nearest place of one exposure that can reach another: its id, and how many components lie between the two."""

    exposure: str
    component: str
    between: int


class Reach:
    """Answers of one system to "from where can this be reached?"; worked out once for all components."""

    def __init__(
        self, holding: Holding, after: Mapping[str, Sequence[str]] | None = None, *, itself: bool = True
    ) -> None:
        """Works out the reach of every exposure that occurs.

        Args:
            holding: The system, with what holds in it.
            after: Other steps than those of ``acted_on``.
            itself: Whether a place counts among those that reach it.
        """
        self._acted_on = acted_on(holding.system) if after is None else after
        self._itself = itself
        self._exposure: dict[str, str | None] = {}
        for part in holding.system.components:
            held = holding.value(part, "exposure")
            self._exposure[part.id] = str(held.value) if held is not None else None
        self._entries: dict[str, list[Entry]] = {part: [] for part in self._exposure}
        self._before: dict[str, dict[Arrival, str | None]] = {}
        self._unstated: dict[str, str] = {}
        for exposure in (*reversed(EXPOSURE_ORDER), None):
            self._spread(exposure)

    def exposures(self, component: str) -> frozenset[str]:
        """The exposures of the places that can reach a component."""
        return frozenset(entry.exposure for entry in self._entries[component])

    def unstated(self, component: str) -> str | None:
        """The nearest place that can reach a component and whose exposure nobody stated; None when there is none."""
        return self._unstated.get(component)

    def entries(self, component: str) -> tuple[Entry, ...]:
        """For each exposure from which a component can be reached, the nearest place; the least trusted first."""
        return tuple(self._entries[component])

    def way(self, component: str, entry: Entry) -> tuple[str, ...]:
        """The components on the way from an entry to a component, both included."""
        before = self._before[entry.exposure]
        way = []
        part: str | None = component
        while part is not None:
            way.append(part)
            part = before[part, entry.component]
        return tuple(reversed(way))

    def _spread(self, exposure: str | None) -> None:
        """Marks everything that places of one exposure can reach."""
        starts = sorted(part for part, known in self._exposure.items() if known == exposure)
        before = arrivals(self._acted_on, starts, 1 if self._itself else 2)
        far: dict[Arrival, int] = {}
        told: set[str] = set()
        for (part, start), last in before.items():
            far[part, start] = 0 if last is None else far[last, start] + 1
            if part in told or (part == start and not self._itself):
                continue
            told.add(part)
            if exposure is None:
                self._unstated[part] = start
            else:
                self._entries[part].append(Entry(exposure, start, max(0, far[part, start] - 1)))
        if exposure is not None:
            self._before[exposure] = before
