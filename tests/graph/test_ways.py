"""Ways against their definition, written out by brute force on small random graphs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hypothesis import given
from hypothesis import strategies as st

from threatmodel.graph.ways import Hop, Marks, Way, by_source, ways

PARTS = "abcde"
DATA = "xyz"
LONGEST = 6


def walks(hops: list[Hop], marks: Marks, start: str) -> Iterator[tuple[str, int]]:
    """Every end that some walk from a start reaches, with the number of hops, by trying all walks and all classes."""
    closed = marks.starts | marks.ends | marks.avoided

    def go(part: str, held: Collection[str], count: int) -> Iterator[tuple[str, int]]:
        if count == LONGEST:
            return
        for hop in hops:
            carried = frozenset(DATA) if hop.carries is None else hop.carries
            on = set(held) & carried
            if hop.source != part or hop.target in {part, start} or not on:
                continue
            if hop.target in marks.ends:
                yield hop.target, count + 1
            if hop.target not in closed:
                for data in on:
                    yield from go(hop.target, {data, *marks.turned(hop.target, data)}, count + 1)

    return go(start, marks.followed, 0)


SETS = st.frozensets(st.sampled_from(PARTS), max_size=2)
CLASSES = st.frozensets(st.sampled_from(DATA), max_size=2)
EDGES = st.lists(
    st.tuples(st.sampled_from(PARTS), st.sampled_from(PARTS), st.one_of(st.none(), CLASSES)), max_size=9
).map(lambda edges: [Hop(one, other, f"{one}.{n}.{other}", data) for n, (one, other, data) in enumerate(edges)])
TURNS = st.dictionaries(st.tuples(st.sampled_from(PARTS), st.sampled_from(DATA)), CLASSES, max_size=4)


def marks_of(
    starts: frozenset[str],
    ends: frozenset[str],
    avoided: frozenset[str],
    followed: frozenset[str],
    turns: dict[tuple[str, str], frozenset[str]],
) -> Marks:
    """Marks whose turning is a table."""
    return Marks(starts, ends, avoided, followed, lambda part, data: turns.get((part, data), frozenset()))


@given(EDGES, st.builds(marks_of, SETS, SETS, SETS, CLASSES, TURNS))
def test_ways_are_the_shortest_walks_that_pass_nothing_forbidden(hops: list[Hop], marks: Marks) -> None:
    """Cycles, parallel flows, flows to oneself, parts that are start and end at once, unstated data included."""
    expected: dict[tuple[str, str], int] = {}
    for start in marks.starts:
        for end, count in walks(hops, marks, start):
            expected[start, end] = min(count, expected.get((start, end), count))
    found = {(way.first, way.last): len(way.hops) for way in ways(by_source(hops), marks) if len(way.hops) <= LONGEST}
    assert found == expected
    for way in ways(by_source(hops), marks):
        assert all(hop in hops for hop in way.hops)
        assert all(one.target == other.source for one, other in zip(way.hops, way.hops[1:], strict=False))


@given(EDGES, st.builds(marks_of, SETS, SETS, SETS, CLASSES, TURNS))
def test_the_order_of_declaration_changes_nothing(hops: list[Hop], marks: Marks) -> None:
    """The same flows the other way round give the same ways."""
    assert ways(by_source(hops), marks) == ways(by_source(hops[::-1]), marks)


def test_of_parallel_flows_the_least_id_is_told() -> None:
    """One way for one pair, whatever number of flows join it."""
    first, second = (Hop("a", "b", f"a.{label}.b", frozenset("x")) for label in "cz")
    marks = marks_of(frozenset("a"), frozenset("b"), frozenset(), frozenset("x"), {})
    assert ways(by_source([second, first]), marks) == [Way((first,))]


def test_data_go_on_only_in_their_own_class_or_one_that_they_are_turned_into() -> None:
    """A report that a person writes is not the image that came in, unless the component makes it so."""
    hops = [Hop("a", "b", "a.f.b", frozenset("x")), Hop("b", "c", "b.g.c", frozenset("y"))]
    ends = (frozenset("a"), frozenset("c"), frozenset[str](), frozenset("x"))
    assert ways(by_source(hops), marks_of(*ends, {})) == []
    assert [way.last for way in ways(by_source(hops), marks_of(*ends, {("b", "x"): frozenset("y")}))] == ["c"]
