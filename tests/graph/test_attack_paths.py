"""The easiest ways against their definition, written out by trying every way of small random graphs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from threatmodel.graph.attack_paths import Route, Routes, Stand, Step

STANDS = [
    *(Stand(part, "held") for part in "abcde"),
    *(Stand(part, "fed", data) for part in "bc" for data in "xy"),
    Stand("d", "read"),
]
ENOUGH = 100_000
FORCE = settings(deadline=None, max_examples=80)
Cost = tuple[int, int]
"""How hard, and how many steps."""

PLACES = st.sampled_from(STANDS)
STEPS = st.lists(st.builds(Step, PLACES, PLACES, st.integers(1, 4)), min_size=3, max_size=22)
ENTRIES = st.dictionaries(PLACES, st.integers(1, 4), min_size=1, max_size=3)
TARGETS = st.frozensets(PLACES, min_size=1, max_size=2)


def every_way(
    steps: Mapping[tuple[Stand, Stand], int], entries: Mapping[Stand, int], targets: Collection[Stand]
) -> Iterator[tuple[Stand, ...]]:
    """Every way from an entry to a target that passes no component twice."""

    def go(way: tuple[Stand, ...]) -> Iterator[tuple[Stand, ...]]:
        if way[-1] in targets:
            yield way
        for source, target in steps:
            if source == way[-1] and target.part not in {stand.part for stand in way}:
                yield from go((*way, target))

    for entry in entries:
        yield from go((entry,))


def between(steps: Mapping[tuple[Stand, Stand], int], way: tuple[Stand, ...]) -> Cost:
    """How hard a stretch of a way is."""
    return sum(steps[pair] for pair in pairwise(way)), len(way) - 1


def detour(steps: Mapping[tuple[Stand, Stand], int], entries: Mapping[Stand, int], way: tuple[Stand, ...]) -> bool:
    """Whether a step, or another beginning, saves a stretch of a way at no cost."""
    for late in range(1, len(way)):
        there = way[late]
        holding = Stand(there.part, "held")
        for early in range(late):
            along = between(steps, way[early : late + 1])
            direct = steps.get((way[early], there))
            if direct is not None and (direct, 1) < along:
                return True
            better = steps.get((way[early], holding))
            if holding != there and better is not None and (better, 1) <= along:
                return True
        hard, count = between(steps, way[: late + 1])
        sofar = (entries[way[0]] + hard, count)
        if any(stand in entries and (entries[stand], 0) <= sofar for stand in {there, holding}):
            return True
    return False


def by_force(steps: list[Step], entries: Mapping[Stand, int], targets: Collection[Stand]) -> list[Route]:
    """All ways without detour: the least hard first, then those of fewer steps, then by stands read backwards."""
    easiest: dict[tuple[Stand, Stand], int] = {}
    for step in steps:
        pair = (step.source, step.target)
        easiest[pair] = min(step.cost, easiest.get(pair, step.cost))
    found = []
    for way in every_way(easiest, entries, targets):
        if not detour(easiest, entries, way):
            hard, count = between(easiest, way)
            found.append((entries[way[0]] + hard, count, way[::-1]))
    return [Route(backwards[::-1], cost) for cost, _, backwards in sorted(found)]


def the_nearest(steps: list[Step], entries: Mapping[Stand, int], target: Stand) -> int | None:
    """How hard a stand is to get to when walks may pass anything any number of times (Bellman and Ford)."""
    near = dict(entries)
    for _ in STANDS:
        for step in steps:
            if step.source in near and step.source.part != step.target.part:
                hard = near[step.source] + step.cost
                near[step.target] = min(hard, near.get(step.target, hard))
    return near.get(target)


@FORCE
@given(STEPS, ENTRIES, TARGETS)
def test_all_ways_without_detour_come_out_in_order(
    steps: list[Step], entries: dict[Stand, int], targets: frozenset[Stand]
) -> None:
    found = Routes(steps, entries).easiest(targets, ENOUGH, ENOUGH)
    assert not found.cut
    assert list(found.routes) == by_force(steps, entries, targets)


@FORCE
@given(STEPS, ENTRIES, TARGETS, st.integers(1, 3), st.integers(0, 4))
def test_the_best_are_the_first_of_all_up_to_so_much_harder(
    steps: list[Step], entries: dict[Stand, int], targets: frozenset[Stand], most: int, beyond: int
) -> None:
    every, routes = by_force(steps, entries, targets), Routes(steps, entries)
    assert list(routes.easiest(targets, most, ENOUGH).routes) == every[:most]
    nearest = routes.distance(targets)
    near = [route for route in every if nearest is not None and route.cost <= nearest + beyond]
    assert list(routes.easiest(targets, most, ENOUGH, beyond).routes) == near[:most]


@FORCE
@given(STEPS, ENTRIES, TARGETS, st.integers(1, 3))
def test_a_way_like_one_told_before_is_passed_over(
    steps: list[Step], entries: dict[Stand, int], targets: frozenset[Stand], most: int
) -> None:
    def alike(told: Route, other: Route) -> bool:
        return told.stands[0] == other.stands[0]

    first: dict[Stand, Route] = {}
    for route in by_force(steps, entries, targets):
        first.setdefault(route.stands[0], route)
    found = Routes(steps, entries).easiest(targets, most, ENOUGH, alike=alike)
    assert list(found.routes) == list(first.values())[:most]


@FORCE
@given(STEPS, ENTRIES)
def test_the_order_of_declaration_changes_nothing(steps: list[Step], entries: dict[Stand, int]) -> None:
    told, again = Routes(steps, entries), Routes(steps[::-1], dict(reversed(entries.items())))
    assert told.easiest(STANDS, ENOUGH, ENOUGH) == again.easiest(STANDS[::-1], ENOUGH, ENOUGH)


@FORCE
@given(STEPS, ENTRIES, TARGETS, st.integers(0, 12))
def test_a_search_that_is_cut_says_so_and_gives_the_first(
    steps: list[Step], entries: dict[Stand, int], targets: frozenset[Stand], budget: int
) -> None:
    routes = Routes(steps, entries)
    whole, part = (routes.easiest(targets, ENOUGH, limit).routes for limit in (ENOUGH, budget))
    assert part == whole[: len(part)]
    if not routes.easiest(targets, ENOUGH, budget).cut:
        assert part == whole


@FORCE
@given(STEPS, ENTRIES, PLACES)
def test_the_distance_is_that_of_the_easiest_walk(steps: list[Step], entries: dict[Stand, int], target: Stand) -> None:
    routes = Routes(steps, entries)
    nearest = routes.distance([target])
    assert nearest == the_nearest(steps, entries, target)
    assert (target in routes.stands(target.part, [target.state])) == (nearest is not None)


@FORCE
@given(STEPS, ENTRIES, TARGETS)
def test_ways_pass_no_component_twice_and_an_end_out_of_reach_has_none(
    steps: list[Step], entries: dict[Stand, int], targets: frozenset[Stand]
) -> None:
    routes = Routes(steps, entries)
    found = routes.easiest(targets, ENOUGH, ENOUGH)
    for route in found.routes:
        assert len({stand.part for stand in route.stands}) == len(route.stands)
    if routes.distance(targets) is None:
        assert found.routes == ()
        assert routes.easiest(targets, 1, 0).cut is False


def test_of_equally_hard_ways_the_shorter_comes_first_then_the_first_by_its_stands_from_the_end() -> None:
    a, b, c, d, e = STANDS[:5]
    steps = [Step(a, b, 1), Step(b, e, 2), Step(a, c, 2), Step(c, e, 1), Step(a, d, 1), Step(b, d, 1), Step(d, e, 3)]
    found = Routes(steps, {a: 1}).easiest([e], 9, ENOUGH)
    assert found.routes == (Route((a, b, e), 4), Route((a, c, e), 4), Route((a, d, e), 5))


def test_a_step_to_where_the_attacker_stands_already_and_a_parallel_dearer_one_count_for_nothing() -> None:
    a, b = STANDS[:2]
    steps = [Step(a, a, 1), Step(a, b, 5), Step(a, b, 2), Step(a, b, 3), Step(Stand("b", "fed", "x"), b, 1)]
    found = Routes(steps, {a: 1}).easiest([b], 9, ENOUGH)
    assert found.routes == (Route((a, b), 3),)


def test_the_search_of_a_complete_graph_is_cut_and_says_so() -> None:
    """Sixty components, each step dearer the farther it goes, so that every way that goes on is worth following."""
    stands = [Stand(f"p{number:02}", "held") for number in range(60)]
    steps = [
        Step(one, other, (first - second) ** 2)
        for first, one in enumerate(stands)
        for second, other in enumerate(stands)
        if one != other
    ]
    routes = Routes(steps, {stands[0]: 1})
    little, more = (routes.easiest([stands[8]], ENOUGH, budget) for budget in (20, 200))
    assert little.cut
    assert more.cut
    assert len(little.routes) < len(more.routes)
    assert more.routes[: len(little.routes)] == little.routes
    assert more.routes[0] == Route(tuple(stands[:9]), 9)
    assert routes.easiest([stands[8]], 3, 0).routes == ()
