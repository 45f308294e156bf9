"""What a set of nodes cuts off from the end of a graph, worked out near the set and not over the whole graph."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence


class Separators:
    """One graph, seen from its end: for any set of nodes, whatever gets to the end only through them."""

    def __init__(self, before: Mapping[str, Sequence[str]], end: str) -> None:
        """Finds a shortest way to the end for each node; ``before`` gives the nodes that stand before a node."""
        self._before = before
        self._after: dict[str, list[str]] = defaultdict(list)
        self._behind: dict[str, list[str]] = defaultdict(list)
        self.nodes = {end}
        """The nodes that get to the end, the end itself included."""
        waiting = deque([end])
        while waiting:
            node = waiting.popleft()
            for other in before.get(node, ()):
                self._after[other].append(node)
                if other not in self.nodes:
                    self.nodes.add(other)
                    self._behind[node].append(other)
                    waiting.append(other)

    def cut_off(self, gone: Collection[str]) -> set[str]:
        """The nodes that no way is left for when some are gone, those themselves aside.

        Only nodes whose shortest way passes what is gone can be among them: the work grows with their number.
        """
        taken = self.nodes.intersection(gone)
        region = reached(self._behind, taken)
        saved = [node for node in region - taken if not region.issuperset(self._after[node])]
        inside = {node: [other for other in self._before.get(node, ()) if other in region] for node in region - taken}
        return region - taken - reached(inside, saved)


def reached(after: Mapping[str, Iterable[str]], starts: Iterable[str]) -> set[str]:
    """The starts and all that can be reached from them."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for other in after.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
