"""From where software, models and training data come: the exposures at the start of every way of supply."""

from __future__ import annotations

from collections.abc import Mapping

from threatmodel.graph.streams import Stream, Streams
from threatmodel.graph.ways import Hop

SUPPLIES = frozenset(
    {
        "software",
        "model-weights",
        "labels",
        "deid-images",
        "gradients",
        "embeddings",
        "config",
        "device-config",
        "routing-rules",
    }
)
"""The classes of data that decide how something behaves from then on."""


class Supply:
    """Who supplies whom in one system, by exposure."""

    def __init__(self, streams: Streams, exposure_of: Mapping[str, str | None]) -> None:
        """Follows supplies from the components of each exposure, and from those of none that is stated."""
        self._from: dict[str | None, Stream] = {}
        for exposure in sorted({value for value in exposure_of.values() if value is not None}):
            starts = [part for part, value in exposure_of.items() if value == exposure]
            self._from[exposure] = streams.downstream(starts)
        silent = [part for part, value in exposure_of.items() if value is None]
        if silent:
            self._from[None] = streams.downstream(silent)

    def exposures(self, part: str) -> frozenset[str]:
        """The exposures from which a component is supplied."""
        return frozenset(name for name, stream in self._from.items() if name is not None and part in stream)

    def way(self, part: str, exposure: str | None) -> tuple[Hop, ...]:
        """The hops by which supplies of an exposure come to a component, in order; none when none do."""
        stream = self._from.get(exposure)
        return stream.way(part)[::-1] if stream is not None and part in stream else ()


def hosting(hosts: Mapping[str, str]) -> list[Hop]:
    """The hops from each host to what runs on it: what comes to the one decides how the other behaves."""
    return [Hop(host, part, "", SUPPLIES) for part, host in hosts.items()]


def supplies(hops: list[Hop]) -> list[Hop]:
    """The hops that carry supplies, with those classes alone; a hop of unstated data may carry any."""
    found = []
    for hop in hops:
        carries = SUPPLIES if hop.carries is None else hop.carries & SUPPLIES
        if carries:
            found.append(Hop(hop.source, hop.target, hop.flow, carries))
    return found
