"""Conditions on whatever lies upstream or downstream of a component, asked once of the whole system.

The condition is asked of every component; data are then followed from those where it holds, so that the answer for all
places together costs one walk over the flows.
"""

from __future__ import annotations

from functools import cached_property

from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer, Ask, Reason
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Place
from threatmodel.analysis.verdicts import Verdict
from threatmodel.graph.streams import EVERY_CLASS, Stream
from threatmodel.graph.ways import Hop

FACTS = frozenset({"some_upstream", "some_downstream"})
"""The facts that are answered here."""


class Along:
    """One such condition in one system."""

    def __init__(self, context: Context, fact: str, asked: Verdict) -> None:
        """A condition on what lies upstream or downstream, as a function of a component."""
        self._context, self._fact, self._asked = context, fact, asked

    def verdict(self, place: Place) -> Answer:
        """Whether it holds for a place."""
        sure, possible = self._streams
        return YES if place.id in sure else UNKNOWN if place.id in possible else NO

    def leads_to(self, place: Place) -> tuple[str | None, Reason]:
        """The component that decides the answer, if any, and the way to it as a reason."""
        context, answer = self._context, self.verdict(place)
        if answer == NO:
            there = "no data reach" if self._fact == "some_upstream" else "no data get from"
            because = f"{there} {context.title(place.id)!r} from or to a component for which this holds"
            return None, Reason(self._fact, NO, because, place.source, place.id)
        hops = self._streams[0 if answer == YES else 1].way(place.id)
        if self._fact == "some_upstream":
            hops = hops[::-1]
        far = hops[0].source if self._fact == "some_upstream" else hops[-1].target
        because = f"data get from {self._told(hops)}"
        silent = [hop.flow for hop in hops if hop.carries is None]
        asks = tuple(Ask("carries", flow) for flow in silent)
        sure: Answer = UNKNOWN if silent else YES
        return far, Reason(self._fact, sure, because, place.source, place.id, asks)

    def _told(self, hops: tuple[Hop, ...]) -> str:
        names = (hops[0].source, *(hop.target for hop in hops))
        return " → ".join(repr(self._context.component(name).name) for name in names)

    @cached_property
    def _streams(self) -> tuple[Stream, Stream]:
        """Where data get to, or come from: for sure where the condition surely holds, and perhaps."""
        asked = {part.id: self._asked(part) for part in self._context.system.components}
        yes = frozenset(part for part, answer in asked.items() if answer == YES)
        perhaps = frozenset(part for part, answer in asked.items() if answer != NO)
        sure, possible = self._context.topology.streams
        if self._fact == "some_upstream":
            first = sure.downstream(yes)
            return first, first if perhaps == yes and possible is sure else possible.downstream(perhaps)
        first = sure.upstream(dict.fromkeys(yes, EVERY_CLASS))
        if perhaps == yes and possible is sure:
            return first, first
        return first, possible.upstream(dict.fromkeys(perhaps, EVERY_CLASS))
