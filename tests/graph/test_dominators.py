"""What every way passes: compared with networkx, and with taking each node away, on small random graphs."""

from itertools import pairwise
from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.strategies import QUICK
from threatmodel.graph.dominators import Dominance, immediate_dominators

pytestmark = pytest.mark.filterwarnings("ignore::ImportWarning")
"""The oldest networkx that is allowed looks for libraries that need not be there, and says so."""

NODES = "rabcdefg"
"""The first is the root."""
PAIRS = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES))
GRAPHS = st.lists(PAIRS, max_size=18)
"""Cycles, parallel edges, edges of a node to itself, and nodes that nothing leads to among them."""


def after(edges: list[tuple[str, str]]) -> dict[str, list[str]]:
    """The nodes that follow a node; one that nothing follows is not held."""
    found: dict[str, list[str]] = {}
    for one, other in edges:
        found.setdefault(one, []).append(other)
    return found


def reached(edges: list[tuple[str, str]], without: str | None = None) -> set[str]:
    """The nodes that the root leads to when one is taken away."""
    found = {"r"} if without != "r" else set()
    while more := {other for one, other in edges if one in found and other != without} - found:
        found |= more
    return found


@QUICK
@given(GRAPHS)
def test_they_are_those_of_networkx(edges: list[tuple[str, str]]) -> None:
    found = immediate_dominators(after(edges), "r")
    graph: nx.DiGraph[str] = nx.DiGraph(edges)
    graph.add_node("r")
    expected = {node: one for node, one in nx.immediate_dominators(graph, "r").items() if node != "r"}
    assert {node: one for node, one in found.items() if node != "r"} == expected
    assert found["r"] == "r"


@QUICK
@given(GRAPHS)
def test_a_node_dominates_what_nothing_leads_to_once_it_is_taken_away(edges: list[tuple[str, str]]) -> None:
    found = immediate_dominators(after(edges), "r")
    assert found.keys() == reached(edges)
    for node in found:
        above, at = set(), node
        while at != "r":
            at = found[at]
            above.add(at)
        assert above == {one for one in found if one != node and node not in reached(edges, one)}


@QUICK
@given(GRAPHS, st.randoms(use_true_random=False))
def test_the_order_of_declaration_changes_nothing(edges: list[tuple[str, str]], order: Random) -> None:
    other = order.sample(edges, len(edges))
    assert immediate_dominators(after(edges), "r") == immediate_dominators(after(other), "r")


def test_a_root_that_nothing_follows_stands_alone() -> None:
    assert immediate_dominators({}, "r") == {"r": "r"}


def test_a_way_of_many_thousand_steps_is_no_trouble() -> None:
    names = ["r", *(f"n{number}" for number in range(20_000))]
    chain = {one: [other] for one, other in pairwise(names)}
    found = immediate_dominators(chain, "r")
    assert all(found[other] == one for one, other in pairwise(names))


@QUICK
@given(GRAPHS)
def test_one_dominates_another_when_it_stands_above_it_in_the_tree(edges: list[tuple[str, str]]) -> None:
    found = immediate_dominators(after(edges), "r")
    told = Dominance(found, "r")
    for one, other in ((one, other) for one in NODES[1:] for other in NODES[1:]):
        assert told.holds(one, other) == (
            other in found and one in found and (one == other or other not in reached(edges, one))
        )
