"""What lies on cycles: compared with networkx and with who reaches whom, on small random graphs."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.strategies import QUICK
from threatmodel.graph.cycles import strongly_connected

pytestmark = pytest.mark.filterwarnings("ignore::ImportWarning")
"""The oldest networkx that is allowed looks for libraries that need not be there, and says so."""

NODES = range(8)
GRAPHS = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=18)


def after(edges: list[tuple[int, int]]) -> dict[int, list[int]]:
    """The nodes that follow a node; one that nothing follows is not held."""
    found: dict[int, list[int]] = {}
    for one, other in edges:
        found.setdefault(one, []).append(other)
    return found


def reached(edges: list[tuple[int, int]], start: int) -> set[int]:
    """The nodes that one leads to, itself included."""
    found = {start}
    while more := {other for one, other in edges if one in found} - found:
        found |= more
    return found


@QUICK
@given(GRAPHS)
def test_they_are_those_of_networkx(edges: list[tuple[int, int]]) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph(edges)
    graph.add_nodes_from(NODES)
    found = [frozenset(ring) for ring in strongly_connected(NODES, after(edges))]
    assert len(found) == len(set(found))
    assert set(found) == {frozenset(ring) for ring in nx.strongly_connected_components(graph)}


@QUICK
@given(GRAPHS, st.lists(st.sampled_from(NODES), max_size=3))
def test_each_is_told_once_and_after_all_that_it_leads_to(edges: list[tuple[int, int]], starts: list[int]) -> None:
    told: list[int] = []
    for ring in strongly_connected(starts, after(edges)):
        for node in ring:
            assert {other for other in NODES if other in reached(edges, node) and node in reached(edges, other)} == set(
                ring
            )
            assert reached(edges, node) <= {*told, *ring}
        told += ring
    assert sorted(told) == sorted(set().union(*(reached(edges, start) for start in starts)))


def test_a_cycle_of_many_thousand_steps_is_no_trouble() -> None:
    count = 20_000
    (ring,) = strongly_connected(range(count), {node: [(node + 1) % count] for node in range(count)})
    assert sorted(ring) == list(range(count))
