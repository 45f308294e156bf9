"""Where what a model puts out comes back into what it learns or draws from: cycles through a model's life."""

from __future__ import annotations

from collections.abc import Collection

from threatmodel.graph.cycles import strongly_connected
from threatmodel.graph.streams import Streams

OUTPUT = frozenset({"predictions", "ai-results", "reports", "derived-images"})


def fed_back(streams: Streams, runners: Collection[str], learners: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each runner whose output comes back to it by way of a learner, the components of its cycle, by id.

    Only states between the runners' output and the runners are looked at.

    Args:
        streams: The hops and what turns data into what.
        runners: The components whose models put something out.
        learners: What learns from data, labels them, or keeps texts for a model to draw from.
    """
    steps = streams.steps_from(runners, OUTPUT)
    found: dict[str, tuple[str, ...]] = {}
    for ring in strongly_connected(sorted(steps), steps):
        if len(ring) < 2:
            continue
        inside = set(ring)
        parts = {part for part, _ in ring}
        if not parts & set(learners):
            continue
        for part, data in ring:
            if part in runners and data in OUTPUT and any(other in inside for other in steps[part, data]):
                found[part] = tuple(sorted(parts))
    return found
