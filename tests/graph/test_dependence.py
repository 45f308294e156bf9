"""What hangs on what: compared with taking each thing away, in every world that the silent flows leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.properties.strategies import QUICK
from threatmodel.graph.dependence import Link, Path, Stop

PARTS = "abcdef"
MANY = settings(deadline=None, max_examples=45, derandomize=True, phases=(Phase.explicit, Phase.generate))
"""More examples, since some mistakes need several things together; not made smaller, since they are small."""


@dataclass(frozen=True)
class Care:
    """A path of care: its flows, where it begins, arrives and perhaps arrives, and what runs on what."""

    links: tuple[Link, ...]
    starts: frozenset[str]
    ends: frozenset[str]
    hosts: tuple[tuple[str, str], ...]
    perhaps: frozenset[str] = frozenset()

    def path(self) -> Path:
        return Path(self.links, self.starts, self.ends, dict(self.hosts), dict.fromkeys(self.perhaps, ("shown",)))

    def places(self) -> list[str]:
        return sorted({*PARTS, *(link.flow for link in self.links)})

    def worlds(self) -> Iterator[Care]:
        """The flows that carry what the path is about and where it arrives, in each world that is possible."""
        silent = sorted({*(link.flow for link in self.links if not link.sure), *self.perhaps})
        for told in chain.from_iterable(combinations(silent, count) for count in range(len(silent) + 1)):
            links = tuple(link for link in self.links if link.sure or link.flow in told)
            yield Care(links, self.starts, self.ends | self.perhaps.intersection(told), self.hosts)

    def hung_on(self, place: str) -> set[str]:
        """A place and all that stands on it, at any depth."""
        found = {place}
        while more := {part for part, host in self.hosts if host in found} - found:
            found |= more
        return found

    def served(self, gone: set[str]) -> set[str]:
        """The starts that arrive without what is gone, where every flow is sure."""
        left = [(one.source, one.target) for one in self.links if gone.isdisjoint((one.source, one.target, one.flow))]
        found = set(self.ends) - gone
        while more := {source for source, target in left if target in found} - found:
            found |= more
        return (found & self.starts) - self.ends

    def lost(self, gone: set[str]) -> set[str]:
        """The starts that arrive with everything in place and not without what is gone; those gone themselves too."""
        return self.served(set()) - self.served(gone)

    def stopped(self, places: Sequence[str]) -> dict[str, set[str]]:
        """What stops when a place stops, or something that stands on it, alone or with all that stands on that."""
        alone = {place: self.lost({place}) - {place} for place in places}
        for place in alone:
            if self.hung_on(place) != {place}:
                alone[place] |= self.lost(self.hung_on(place)) - self.hung_on(place)
        return {place: set().union(*(alone[one] for one in self.hung_on(place))) for place in alone}


@st.composite
def cares(draw: st.DrawFn, silent: int = 0, depth: int = 0) -> Care:
    """A path of care with at most so many silent flows, and hosts on hosts so deep.

    Flows there and back, parallel ones, flows to oneself and parts that nothing leads to are among them.
    """
    links = []
    for number in range(draw(st.integers(1, 9))):
        source, target = draw(st.sampled_from(PARTS)), draw(st.sampled_from(PARTS))
        told = number >= silent or draw(st.booleans())
        links.append(Link(source, target, f"f{number}", told))
        if draw(st.integers(0, 3)) == 0:
            links.append(Link(target, source, f"f{number}", told))
    some = st.frozensets(st.sampled_from(PARTS), min_size=1, max_size=3)
    order = draw(st.permutations(PARTS)) if depth else []
    hosts = []
    for number, part in enumerate(order[1:], start=1):
        below = order[:number] if depth > 1 else order[: min(number, 2)]
        host = draw(st.sampled_from([None, None, *below]))
        if host is not None and (depth > 1 or number > 1):
            hosts.append((part, host))
    begins = draw(some)  # nothing runs on these
    ends = draw(some)
    perhaps = draw(st.sampled_from([frozenset(), frozenset(), *(frozenset(one) for one in PARTS)])) if silent else ends
    return Care(tuple(links), begins, ends, tuple(pair for pair in hosts if pair[1] not in begins), perhaps - ends)


def judged(care: Care) -> Iterator[tuple[str, Stop | None, list[set[str]]]]:
    """Each place, what is told of it, and what stops with it in each world."""
    path, worlds = care.path(), [world.stopped(care.places()) for world in care.worlds()]
    for place in care.places():
        yield place, path.stop(place), [stopped[place] for stopped in worlds]


KINDS = [
    pytest.param(cares(), id="everything told, no hosts"),
    pytest.param(cares(depth=1), id="hosts"),
    pytest.param(cares(depth=3), id="hosts on hosts"),
    pytest.param(cares(silent=3), id="silent flows"),
    pytest.param(cares(silent=3, depth=1), id="silent flows and hosts"),
]


@pytest.mark.parametrize("care", KINDS)
def test_what_stops_is_what_nothing_leads_round(care: st.SearchStrategy[Care]) -> None:
    @MANY
    @given(care)
    def holds(care: Care) -> None:
        for place, stop, worlds in judged(care):
            if stop is None:
                assert not any(worlds), (place, worlds)
            elif stop.sure:
                assert all(worlds), (place, worlds)
            else:
                assert care.perhaps or not all(link.sure for link in care.links), "everything is told and yet unknown"
            if set.intersection(*worlds):  # something stops whatever is true
                assert stop is not None, place
                assert stop.sure, place

    holds()


@QUICK
@given(cares(silent=3))
def test_a_stop_counts_what_stops_in_every_world_and_names_a_few(care: Care) -> None:
    for _, stop, worlds in judged(care):
        if stop is not None and stop.sure:
            always = set.intersection(*worlds)
            assert stop.count == len(always)
            assert stop.some == tuple(sorted(always)[:3])


@MANY
@given(cares(silent=2, depth=1), st.frozensets(st.sampled_from(PARTS), max_size=2), st.data())
def test_it_goes_on_when_nobody_is_cut_off_in_any_world(care: Care, gone: frozenset[str], data: st.DataObject) -> None:
    perhaps = data.draw(st.frozensets(st.sampled_from(sorted({*PARTS} - gone)), max_size=2))
    told = care.path().goes_on(gone, perhaps)
    possible = set()
    for world, picked in product(care.worlds(), product((False, True), repeat=len(perhaps))):
        all_gone = {*gone, *(one for one, holds in zip(sorted(perhaps), picked, strict=True) if holds)}
        possible.add(not world.lost(set().union(*(care.hung_on(one) for one in all_gone))))
    if told is not None:
        assert possible == {told}
    elif not perhaps:
        assert care.perhaps or any(not link.sure for link in care.links)


@pytest.mark.parametrize("care", KINDS)
def test_the_order_of_declaration_changes_nothing(care: st.SearchStrategy[Care]) -> None:
    @QUICK
    @given(care, st.randoms(use_true_random=False))
    def holds(care: Care, order: Random) -> None:
        again = Care(
            tuple(order.sample(care.links, len(care.links))),
            care.starts,
            care.ends,
            tuple(order.sample(care.hosts, len(care.hosts))),
            care.perhaps,
        )
        one, other = care.path(), again.path()
        assert [one.stop(place) for place in care.places()] == [other.stop(place) for place in care.places()]
        assert one.undecided == other.undecided
        for place in care.places():
            assert one.goes_on({place}, ()) == other.goes_on({place}, ())

    holds()


@QUICK
@given(cares(silent=3))
def test_only_silent_flows_from_a_start_are_asked_about(care: Care) -> None:
    path = care.path()
    asked = set(path.undecided)
    assert asked <= {link.flow for link in care.links if not link.sure} | ({"shown"} if care.perhaps else set())
    for place in care.places():
        stop = path.stop(place)
        if stop is not None and not stop.sure:
            assert asked, place
            assert {*path.deciding(place)} <= asked
            assert path.deciding(place), place


@MANY
@given(cares(silent=3))
def test_only_silent_flows_that_lead_to_an_end_are_asked_about(care: Care) -> None:
    leading = {*care.ends, *care.perhaps}
    while more := {link.source for link in care.links if link.target in leading} - leading:
        leading |= more
    onward = set(care.starts)
    while more := {link.target for link in care.links if link.source in onward} - onward:
        onward |= more
    between = {link.flow for link in care.links if link.source in onward and link.target in leading and not link.sure}
    assert {*care.path().undecided} - {"shown"} <= between


def test_no_host_is_left_out_however_many_there_are() -> None:
    """Many stages after each other, each of two ways over one host: without any of the hosts nothing arrives."""
    links, hosts = [], {}
    for stage in range(300):
        for one in (f"a{stage}", f"b{stage}"):
            hosts[one] = f"h{stage}"
            links += [Link(f"s{stage}", one, f"{one}in", True), Link(one, f"s{stage + 1}", f"{one}out", True)]
    path = Path(links, {"s0"}, {"s300"}, hosts)
    assert {path.stop(host) for host in hosts.values()} == {Stop(1, ("s0",), True)}
