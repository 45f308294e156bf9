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
