"""How much hangs on one place: compared with what it leads to, on small random graphs."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.strategies import QUICK
from threatmodel.graph.fan_out import Touched, touched

NAMES = "abcdefgh"
GRAPHS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=18)


@QUICK
@given(GRAPHS, st.randoms(use_true_random=False))
def test_what_is_touched_is_what_can_be_reached(edges: list[tuple[str, str]], chance: Random) -> None:
    many = {name for name in NAMES if chance.random() < 0.2}
    readers = {name for name in NAMES if chance.random() < 0.3}
    site_of = {name: chance.choice("xyz") for name in NAMES if chance.random() < 0.6}
    after = {name: [other for one, other in edges if one == name] for name in NAMES}
    found = touched(after, many, site_of, readers)
    for name in NAMES:
        there = {name}
        while more := {other for one, other in edges if one in there} - there:
            there |= more
        sites = {site_of[other] for other in there if other in site_of}
        assert found[name] == Touched(bool(there & many), len(sites), len(there & readers))


def test_what_lies_on_one_cycle_touches_the_same() -> None:
    found = touched({"a": ["b"], "b": ["a"], "c": ["a"]}, ["c"], {"a": "x", "b": "y", "c": "x"}, ["b"])
    assert found == {"a": Touched(False, 2, 1), "b": Touched(False, 2, 1), "c": Touched(True, 2, 1)}
