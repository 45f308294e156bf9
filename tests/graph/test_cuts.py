"""The cheapest cut against its definition: every subset of flows, tried on small random graphs."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from threatmodel.graph.cuts import Passage, cheapest_cut

PARTS = "abcd"
PASSAGES = st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(PARTS), st.integers(1, 3)), max_size=7).map(
    lambda edges: [Passage(one, other, f"{one}.{n}.{other}", cost) for n, (one, other, cost) in enumerate(edges)]
)


def reaches(passages: Collection[Passage], entries: Collection[str], target: str) -> bool:
    """Whether some way leads from an entry to the target."""
    seen = set(entries)
    while True:
        more = {one.target for one in passages if one.source in seen} - seen
        if not more:
            return target in seen
        seen |= more


@settings(deadline=None)
@given(PASSAGES, st.sets(st.sampled_from("abc"), max_size=2))
def test_the_cut_closes_every_way_at_the_least_cost(passages: list[Passage], entries: set[str]) -> None:
    """Cycles, parallel flows and flows to oneself included."""
    cut = cheapest_cut(passages, entries, "d")
    left = [one for one in passages if one.flow not in cut.flows]
    assert not reaches(left, entries, "d")
    assert cut.cost == sum(one.cost for one in passages if one.flow in cut.flows)
    cheapest = min(
        sum(one.cost for one in chosen)
        for count in range(len(passages) + 1)
        for chosen in combinations(passages, count)
        if not reaches([one for one in passages if one not in chosen], entries, "d")
    )
    assert cut.cost == cheapest


@given(PASSAGES, st.sets(st.sampled_from("abc"), max_size=2))
def test_the_order_of_declaration_changes_nothing(passages: list[Passage], entries: set[str]) -> None:
    """The same flows the other way round give the same cut."""
    assert cheapest_cut(passages, entries, "d") == cheapest_cut(passages[::-1], entries, "d")


def test_an_entry_that_is_the_target_is_left_out() -> None:
    """What stands outside itself cannot be cut off from outside."""
    assert cheapest_cut([Passage("a", "d", "a.f.d", 2)], {"d"}, "d").flows == ()
