"""Where what a model puts out comes back into what it learns or draws from: cycles through a model's life."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from threatmodel.graph.cycles import strongly_connected
from threatmodel.graph.streams import State, Streams

OUTPUT = frozenset({"predictions", "ai-results", "reports", "derived-images"})


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """A cycle of data through something that learns: its components, and the runners whose output is in it, by id."""

    parts: tuple[str, ...]
    runners: tuple[str, ...]


def fed_back(streams: Streams, runners: Collection[str], learners: Mapping[str, frozenset[str]]) -> list[Ring]:
    """The rings by which the output of runners comes back to them by way of a learner.

    Only states between the runners' output and the runners are looked at.

    Args:
        streams: The hops and what turns data into what.
        runners: The components whose models put something out.
        learners: What learns from data, labels them, or keeps texts for a model to draw from: from which classes.
    """
    steps = streams.steps_from(runners, OUTPUT)
    found: list[Ring] = []
    for ring in strongly_connected(sorted(steps), steps):
        inside = set(ring)
        if len(ring) < 2 or not _is_learnt_from(inside, steps, learners):
            continue
        back = {
            part
            for part, data in ring
            if part in runners and data in OUTPUT and any(other in inside for other in steps[part, data])
        }
        if back:
            found.append(Ring(tuple(sorted({part for part, _ in ring})), tuple(sorted(back))))
    return found


def _is_learnt_from(
    ring: Collection[State], steps: Mapping[State, Collection[State]], learners: Mapping[str, frozenset[str]]
) -> bool:
    """Whether some step of a ring brings a learner what it learns from."""
    return any(
        after in ring and state[1] in learners.get(after[0], frozenset()) for state in ring for after in steps[state]
    )
