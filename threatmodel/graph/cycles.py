"""What lies on cycles: the sets of nodes each of which can be reached from every other of the set (Tarjan 1972)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

_N = TypeVar("_N")


def strongly_connected(nodes: Iterable[_N], after: Mapping[_N, Sequence[_N]]) -> Iterator[tuple[_N, ...]]:
    """The strongly connected components, each after all that can be reached from it; single nodes among them."""
    number: dict[_N, int] = {}
    low: dict[_N, int] = {}
    stack: list[_N] = []
    on_stack: set[_N] = set()
    for root in nodes:
        if root in number:
            continue
        ways = [(root, iter(after.get(root, ())))]
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        while ways:
            node, left = ways[-1]
            for other in left:
                if other not in number:
                    number[other] = low[other] = len(number)
                    stack.append(other)
                    on_stack.add(other)
                    ways.append((other, iter(after.get(other, ()))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], number[other])
            else:
                ways.pop()
                if ways:
                    low[ways[-1][0]] = min(low[ways[-1][0]], low[node])
                if low[node] == number[node]:
                    yield _popped(stack, on_stack, node)


def _popped(stack: list[_N], on_stack: set[_N], root: _N) -> tuple[_N, ...]:
    found = []
    while True:
        node = stack.pop()
        on_stack.discard(node)
        found.append(node)
        if node == root:
            return tuple(found)
