"""From where a place can be reached: the exposures of all who can act on it, and the shortest way from each."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from threatmodel.graph.build import acted_on
from threatmodel.model.holding import Holding
from threatmodel.model.vocabulary import EXPOSURE_ORDER


@dataclass(frozen=True, slots=True)
class Entry:
    """The nearest place of one exposure that can reach another: its id, and how many components lie between the two."""

    exposure: str
    component: str
    between: int


class Reach:
    """Answers of one system to "from where can this be reached?"; worked out once for all components."""

    def __init__(self, holding: Holding, after: Mapping[str, Sequence[str]] | None = None) -> None:
        """Works out the reach of every exposure that occurs; over other steps than those of ``acted_on`` if given."""
        self._acted_on = acted_on(holding.system) if after is None else after
        self._exposure: dict[str, str | None] = {}
        for part in holding.system.components:
            held = holding.value(part, "exposure")
            self._exposure[part.id] = str(held.value) if held is not None else None
        self._from: dict[str, set[str]] = {part: set() for part in self._exposure}
        self._entries: dict[str, list[Entry]] = {part: [] for part in self._exposure}
        self._before: dict[str, dict[str, str]] = {}
        self._unstated: dict[str, str] = {}
        for exposure in (*reversed(EXPOSURE_ORDER), None):
            self._spread(exposure)

    def exposures(self, component: str) -> frozenset[str]:
        """The exposures of the places, itself included, that can reach a component."""
        return frozenset(self._from[component])

    def unstated(self, component: str) -> str | None:
        """The nearest place that can reach a component and whose exposure nobody stated; None when there is none."""
        return self._unstated.get(component)

    def entries(self, component: str) -> tuple[Entry, ...]:
        """For each exposure from which a component can be reached, the nearest place; the least trusted first."""
        return tuple(self._entries[component])

    def way(self, component: str, entry: Entry) -> tuple[str, ...]:
        """The components on the way from an entry to a component, both included."""
        before = self._before[entry.exposure]
        way = [component]
        while way[-1] != entry.component:
            way.append(before[way[-1]])
        return tuple(reversed(way))

    def _spread(self, exposure: str | None) -> None:
        """Marks everything that places of one exposure can reach, breadth first."""
        starts = sorted(part for part, known in self._exposure.items() if known == exposure)
        if not starts:
            return
        before: dict[str, str] = {}
        origin = {start: start for start in starts}
        far = dict.fromkeys(starts, 0)
        waiting = deque(starts)
        while waiting:
            part = waiting.popleft()
            if exposure is None:
                self._unstated[part] = origin[part]
            else:
                self._from[part].add(exposure)
                self._entries[part].append(Entry(exposure, origin[part], max(0, far[part] - 1)))
            for other in self._acted_on[part]:
                if other not in far:
                    far[other], origin[other], before[other] = far[part] + 1, origin[part], part
                    waiting.append(other)
        if exposure is not None:
            self._before[exposure] = before
