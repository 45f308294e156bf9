"""Whether a person stands between a model and what care acts on: on every way, or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from threatmodel.graph.streams import Stream, Streams
from threatmodel.graph.ways import Hop

OUTPUT = frozenset({"predictions", "ai-results", "reports", "orders", "derived-images"})
"""The classes in which a model's output can take effect."""


class Oversight:
    """The ways from a model's output to what care acts on that pass no person, in one system."""

    def __init__(
        self, sure: Streams, possible: Streams, acted_upon: Mapping[str, frozenset[str]], people: Collection[str]
    ) -> None:
        """Follows data back from what care acts on, each with the classes that take effect there; people end a way."""
        self._sure = sure.upstream(acted_upon, people)
        self._possible = possible.upstream(acted_upon, people)

    def unread(self, part: str) -> tuple[Hop, ...] | None:
        """The hops of a way from a component to what care acts on that passes nobody, for sure; None without one."""
        return _shortest(self._sure, part)

    def perhaps_unread(self, part: str) -> tuple[Hop, ...] | None:
        """The same over flows some of which do not say what they carry."""
        return _shortest(self._possible, part)


def _shortest(stream: Stream, part: str) -> tuple[Hop, ...] | None:
    ways = [stream.way_of((part, data)) for data in sorted(OUTPUT) if (part, data) in stream.steps]
    return min(ways, key=len) if ways else None
