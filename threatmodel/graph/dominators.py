"""What every way from a root passes: the tree of immediate dominators (Cooper, Harvey and Kennedy 2001)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def immediate_dominators(after: Mapping[str, Sequence[str]], root: str) -> dict[str, str]:
    """For each node that can be reached from a root, the nearest other node that every way to it passes.

    The root stands for itself. ``after`` gives the nodes that follow a node; one that it does not hold has none.
    """
    order = _postorder(after, root)
    rank = {node: number for number, node in enumerate(order)}
    before: dict[str, list[str]] = {node: [] for node in order}
    for node in order:
        for other in after.get(node, ()):
            before[other].append(node)
    found = {root: root}
    changed = True
    while changed:
        changed = False
        for node in reversed(order):
            if node == root:
                continue
            known = [other for other in before[node] if other in found]
            nearest = known[0]
            for other in known[1:]:
                nearest = _meeting(nearest, other, found, rank)
            if found.get(node) != nearest:
                found[node] = nearest
                changed = True
    return found


def leaves_first(tree: Mapping[str, str], root: str) -> list[str]:
    """The nodes of a tree of dominators without its root, each before the one that dominates it."""
    children: dict[str, list[str]] = {}
    for node, parent in tree.items():
        if node != root:
            children.setdefault(parent, []).append(node)
    order: list[str] = []
    waiting = list(children.get(root, ()))
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting += children.get(node, ())
    return order[::-1]


class Dominance:
    """Whether one node dominates another, answered at once for any two nodes of a tree of dominators."""

    def __init__(self, tree: Mapping[str, str], root: str) -> None:
        """Numbers the nodes so that those that one dominates follow it in a row."""
        order = leaves_first(tree, root)
        self._size = dict.fromkeys(order, 1)
        for node in order:
            if tree[node] != root:
                self._size[tree[node]] += self._size[node]
        self._number = {node: number for number, node in enumerate(reversed(order))}

    def holds(self, one: str, other: str) -> bool:
        """Whether every way from the root to the other passes the one."""
        if one not in self._number or other not in self._number:
            return False
        return 0 <= self._number[other] - self._number[one] < self._size[one]


def _meeting(one: str, other: str, found: Mapping[str, str], rank: Mapping[str, int]) -> str:
    """The nearest node that dominates both."""
    while one != other:
        while rank[one] < rank[other]:
            one = found[one]
        while rank[other] < rank[one]:
            other = found[other]
    return one


def _postorder(after: Mapping[str, Sequence[str]], root: str) -> list[str]:
    """The nodes that can be reached, each after all that follow it for the first time from it."""
    order: list[str] = []
    seen = {root}
    open_ways = [(root, iter(after.get(root, ())))]
    while open_ways:
        node, left = open_ways[-1]
        for other in left:
            if other not in seen:
                seen.add(other)
                open_ways.append((other, iter(after.get(other, ()))))
                break
        else:
            order.append(node)
            open_ways.pop()
    return order
