"""Where data go and come from: compared with trying every walk on small random graphs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.strategies import QUICK
from threatmodel.graph import streams
from threatmodel.graph.streams import Streams
from threatmodel.graph.ways import Hop

PARTS = "abcde"
DATA = ("labels", "orders")
CLASSES = st.frozensets(st.sampled_from(DATA), min_size=1)
HOPS = st.lists(
    st.tuples(st.sampled_from(PARTS), st.sampled_from(PARTS), st.one_of(st.none(), CLASSES, CLASSES)),
    min_size=4,
    max_size=12,
).map(lambda edges: [Hop(one, other, f"f{number}", data) for number, (one, other, data) in enumerate(edges)])
TURNS = st.dictionaries(st.tuples(st.sampled_from(PARTS), st.sampled_from(DATA)), CLASSES, max_size=6)
SOME = st.frozensets(st.sampled_from(PARTS), max_size=2)
MANY = settings(QUICK, max_examples=60)
Turns = dict[tuple[str, str], frozenset[str]]


def over(hops: Iterable[Hop], turns: Turns) -> Streams:
    """The streams of some hops and a table of what becomes what."""
    return Streams(hops, lambda part, data: {data, *turns.get((part, data), ())})


def carried(hop: Hop) -> frozenset[str]:
    return streams.EVERY_CLASS if hop.carries is None else hop.carries


def arrivals(
    hops: list[Hop], turns: Turns, leaving: dict[str, frozenset[str]], closed: frozenset[str]
) -> list[set[tuple[str, str]]]:
    """Where data that leave some components are after each number of hops, and as what."""
    levels: list[set[tuple[str, str]]] = []
    ready = {(part, data) for part, some in leaving.items() for data in some}
    for _ in range(len(PARTS) * (len(DATA) + 1)):
        found = {
            (hop.target, data)
            for hop in hops
            for data in carried(hop)
            if hop.source != hop.target and (hop.source, data) in ready
        }
        levels.append(found)
        ready = {
            (part, out) for part, data in found if part not in closed for out in {data, *turns.get((part, data), ())}
        }
    return levels


def nearest(levels: list[set[tuple[str, str]]]) -> dict[str, int]:
    """For each component that is got to, after how many hops."""
    found: dict[str, int] = {}
    for count, level in enumerate(levels, start=1):
        for part, _ in level:
            found.setdefault(part, count)
    return found


@MANY
@given(HOPS, TURNS, SOME, SOME)
def test_downstream_is_what_walks_from_a_start_get_to(
    hops: list[Hop], turns: Turns, starts: frozenset[str], closed: frozenset[str]
) -> None:
    expected = nearest(arrivals(hops, turns, dict.fromkeys(starts, streams.EVERY_CLASS), closed))
    found = over(hops, turns).downstream(starts, closed)
    assert {part for part in PARTS if part in found} == expected.keys()
    for part, count in expected.items():
        way = found.way(part)[::-1]
        assert len(way) == count
        assert (way[0].source in starts, way[-1].target) == (True, part)
        assert all(hop in hops for hop in way)
        assert all(one.target == other.source and one.target not in closed for one, other in pairwise(way))


@MANY
@given(HOPS, TURNS, st.dictionaries(st.sampled_from(PARTS), CLASSES, max_size=2), SOME)
def test_upstream_is_where_walks_to_an_end_begin(
    hops: list[Hop], turns: Turns, ends: dict[str, frozenset[str]], closed: frozenset[str]
) -> None:
    found = over(hops, turns).upstream(ends, closed)
    for part in PARTS:
        levels = arrivals(hops, turns, {part: streams.EVERY_CLASS}, closed)
        counts = [count for count, level in enumerate(levels, 1) if any(data in ends.get(at, ()) for at, data in level)]
        assert (part in found) == bool(counts)
        if counts:
            way = found.way(part)
            assert len(way) == counts[0]
            assert (way[0].source, way[-1].target in ends) == (part, True)
            assert all(hop in hops for hop in way)
            assert all(one.target == other.source and one.target not in closed for one, other in pairwise(way))
        for data in DATA:
            there = set().union(*arrivals(hops, turns, {part: frozenset({data})}, closed))
            assert ((part, data) in found.steps) == any(one in ends.get(at, ()) for at, one in there)


@MANY
@given(HOPS, TURNS, SOME, CLASSES)
def test_steps_lead_to_what_can_leave_next(
    hops: list[Hop], turns: Turns, starts: frozenset[str], classes: frozenset[str]
) -> None:
    found = over(hops, turns).steps_from(starts, classes)
    leaving = {
        part: frozenset[str]().union(*(carried(hop) for hop in hops if hop.source == part and hop.target != part))
        for part in PARTS
    }
    assert {(part, data) for part in starts for data in classes & leaving[part]} <= found.keys()
    for (part, data), after in found.items():
        there = arrivals(hops, turns, {part: frozenset({data})}, frozenset())[0]
        onward = {(at, out) for at, one in there for out in {one, *turns.get((at, one), ())} if out in leaving[at]}
        assert set(after) == onward
        assert onward <= found.keys()


@MANY
@given(HOPS, TURNS, SOME, SOME)
def test_the_order_of_declaration_changes_nothing(
    hops: list[Hop], turns: Turns, some: frozenset[str], closed: frozenset[str]
) -> None:
    one, other = over(hops, turns), over(hops[::-1], turns)
    assert one.downstream(some, closed) == other.downstream(some, closed)
    ends = dict.fromkeys(sorted(some), streams.EVERY_CLASS)
    assert one.upstream(ends, closed) == other.upstream(ends, closed)
    assert one.steps_from(some, frozenset(DATA)) == other.steps_from(some, frozenset(DATA))


def test_data_are_followed_into_what_they_become() -> None:
    hops = [Hop("a", "b", "f0", frozenset({"labels"})), Hop("b", "c", "f1", frozenset({"orders"}))]
    assert "c" not in over(hops, {}).downstream({"a"})
    assert "c" in over(hops, {("b", "labels"): frozenset({"orders"})}).downstream({"a"})


def test_the_shortest_way_is_told_whichever_is_declared_first() -> None:
    long, short = [("s", "a"), ("a", "b"), ("b", "c"), ("c", "d")], [("s", "z"), ("z", "d")]
    for edges in ((*long, *short), (*short, *long)):
        hops = [Hop(one, other, f"f{number}", frozenset({"labels"})) for number, (one, other) in enumerate(edges)]
        assert [hop.source for hop in over(hops, {}).downstream({"s"}).way("d")] == ["z", "s"]
        assert [hop.source for hop in over(hops, {}).upstream({"d": frozenset({"labels"})}).way("s")] == ["s", "z"]
