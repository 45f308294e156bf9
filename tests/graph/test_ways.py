"""Ways against their definition, written out by brute force on small random graphs."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from threatmodel.graph.ways import Hop, Way, ways

PARTS = "abcdef"


def by_definition(
    hops: list[tuple[str, str]], starts: set[str], ends: set[str], avoided: set[str]
) -> dict[tuple[str, str], int]:
    """The length of the shortest way for each pair, by trying every order of every choice of components."""
    edges = set(hops)
    found: dict[tuple[str, str], int] = {}
    for count in range(2, len(PARTS) + 1):
        for parts in permutations(PARTS, count):
            first, last, between = parts[0], parts[-1], set(parts[1:-1])
            if first not in starts or last not in ends or between & (starts | ends | avoided):
                continue
            if all(pair in edges for pair in zip(parts, parts[1:], strict=False)):
                found.setdefault((first, last), count - 1)
    return found


SETS = st.sets(st.sampled_from(PARTS), max_size=3)
EDGES = st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(PARTS)), max_size=14)


@given(EDGES, SETS, SETS, SETS)
def test_ways_are_the_shortest_ones_that_pass_nothing_forbidden(
    edges: list[tuple[str, str]], starts: set[str], ends: set[str], avoided: set[str]
) -> None:
    """Cycles, parallel flows, flows to oneself and parts that are start and end at once included."""
    hops = [Hop(source, target, f"{source}.{number}.{target}") for number, (source, target) in enumerate(edges)]
    found = ways(hops, starts, ends, avoided)
    assert {(way.first, way.last): len(way.hops) for way in found} == by_definition(edges, starts, ends, avoided)
    known = {(hop.source, hop.target, hop.flow) for hop in hops}
    for way in found:
        assert all((hop.source, hop.target, hop.flow) in known for hop in way.hops)
        assert all(one.target == other.source for one, other in zip(way.hops, way.hops[1:], strict=False))


@given(EDGES, SETS, SETS, SETS)
def test_the_order_of_declaration_changes_nothing(
    edges: list[tuple[str, str]], starts: set[str], ends: set[str], avoided: set[str]
) -> None:
    """The same flows the other way round give the same ways."""
    hops = [Hop(source, target, f"{source}.{number}.{target}") for number, (source, target) in enumerate(edges)]
    assert ways(hops, starts, ends, avoided) == ways(hops[::-1], starts, ends, avoided)


def test_of_parallel_flows_the_least_id_is_told() -> None:
    """One way for one pair, whatever number of flows join it."""
    found = ways([Hop("a", "b", "a.z.b"), Hop("a", "b", "a.c.b")], {"a"}, {"b"}, set())
    assert found == [Way((Hop("a", "b", "a.c.b"),))]
