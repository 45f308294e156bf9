"""From where nodes are reached: breadth first from many starts at once, each node keeping its nearest starts."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

Arrival = tuple[str, str]
"""A node, and a start that leads to it."""


def arrivals(after: Mapping[str, Sequence[str]], starts: Iterable[str], most: int) -> dict[Arrival, str | None]:
    """For each node the nearest starts that lead to it, so many at most, each with the node before on a shortest way.

    Nearer ones come first; a start is its own nearest, with None before it. With two of them at most, every node to
    which some other start leads has one.
    """
    before: dict[Arrival, str | None] = {(start, start): None for start in starts}
    known: dict[str, int] = defaultdict(int)
    for start, _ in before:
        known[start] = 1
    waiting = deque(before)
    while waiting:
        part, start = waiting.popleft()
        for other in after.get(part, ()):
            if known[other] < most and (other, start) not in before:
                known[other] += 1
                before[other, start] = part
                waiting.append((other, start))
    return before
