"""What a set of nodes cuts off: compared with taking the set away, on small random graphs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.strategies import QUICK
from threatmodel.graph.origins import arrivals
from threatmodel.graph.separators import Separators, reached

NODES = "eabcdfg"
"""The first is the end."""
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=16)
SOME = st.frozensets(st.sampled_from(NODES[1:]), max_size=3)
MANY = settings(QUICK, max_examples=150)


def onward(edges: list[tuple[str, str]], starts: set[str], without: frozenset[str] = frozenset()) -> set[str]:
    """What some starts lead to when some nodes are taken away, by force."""
    found = starts - without
    while more := {other for one, other in edges if one in found} - found - without:
        found |= more
    return found


@MANY
@given(EDGES, SOME)
def test_cut_off_is_what_arrives_with_a_set_and_not_without(edges: list[tuple[str, str]], gone: frozenset[str]) -> None:
    before = {node: [one for one, other in edges if other == node] for node in NODES}
    found = Separators(before, "e")
    arriving = {node for node in NODES if "e" in onward(edges, {node})}
    assert found.nodes == arriving
    left = {node for node in NODES if "e" in onward(edges, {node}, gone)}
    assert found.cut_off(gone) == arriving - left - gone


@MANY
@given(EDGES, SOME)
def test_the_nearest_starts_come_first_and_two_tell_whether_another_leads_there(
    edges: list[tuple[str, str]], starts: frozenset[str]
) -> None:
    after = {node: [other for one, other in edges if one == node] for node in NODES}
    assert reached(after, starts) == onward(edges, {*starts})
    for most in (1, 2):
        found = arrivals(after, sorted(starts), most)
        for node in NODES:
            leading = {start for start in starts if node in onward(edges, {start})}
            told = [start for at, start in found if at == node]
            assert {*told} <= leading
            assert len(told) == min(most, len(leading))
            assert node not in starts or told[0] == node
        for (node, start), last in found.items():
            assert (node == start) if last is None else (last, start) in found and (last, node) in edges
