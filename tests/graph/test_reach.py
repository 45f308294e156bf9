# ruff: noqa: E501 - one row of a table a line
"""From where a place can be reached: compared with a closure worked out by force on small random systems."""

from itertools import pairwise, product

import pytest
from hypothesis import given

from tests.model.written import system
from tests.properties.strategies import QUICK, systems
from threatmodel.graph.build import acted_on
from threatmodel.graph.reach import Entry, Reach
from threatmodel.model.holding import Holding
from threatmodel.model.system import System
from threatmodel.model.vocabulary import EXPOSURE_ORDER

TEXT = """\
zones:
  - {{id: net, name: Net, exposure: internet}}
  - {{id: lan, name: Lan, exposure: internal}}
  - {{id: core, name: Core, exposure: isolated}}
  - {{id: dark, name: Dark}}
components:
  - {{id: n, name: N, kind: cloud-ai, zone: net}}
  - {{id: l, name: L, kind: viewer, zone: lan}}
  - {{id: c, name: C, kind: pacs, zone: core}}
  - {{id: d, name: D, kind: pacs, zone: dark}}
  - {{id: h, name: H, kind: container-platform, zone: lan}}
flows:
  - {{id: l.x.c, name: X, from: l, to: c}}
{flows}
"""


def reach(*flows: str) -> Reach:
    return Reach(Holding(system(TEXT.format(flows="\n".join(f"  - {{{flow}}}" for flow in flows)))))


@pytest.mark.parametrize(
    ("flow", "exposures"),
    [
        ("", {"internal", "isolated"}),
        ("id: n.y.l, name: Y, from: n, to: l", {"internet", "internal", "isolated"}),  # data act on what receives them
        ("id: l.y.n, name: Y, from: l, to: n", {"internal", "isolated"}),  # a push outwards lets nobody in
        ("id: l.y.n, name: Y, from: l, to: n, opened_by: target", {"internet", "internal", "isolated"}),  # a pull from outside does
        ("id: n.y.l, name: Y, from: n, to: l, opened_by: target", {"internet", "internal", "isolated"}),  # and so does what is fetched
        ("id: l.y.n, name: Y, from: l, to: n, both_ways: true", {"internet", "internal", "isolated"}),  # and what is replied
    ],
)  # fmt: skip
def test_data_and_whoever_opens_a_connection_act_on_the_other_end(flow: str, exposures: set[str]) -> None:
    assert reach(*([flow] if flow else [])).exposures("c") == exposures


def test_a_host_acts_on_what_runs_on_it() -> None:
    text = TEXT.format(flows="  - {id: n.y.h, name: Y, from: n, to: h}").replace(
        "kind: pacs, zone: core", "kind: pacs, zone: core, runs_on: h"
    )
    found = Reach(Holding(system(text)))
    assert "internet" in found.exposures("c")
    assert found.entries("c")[0] == Entry("internet", "n", 1)
    assert found.way("c", found.entries("c")[0]) == ("n", "h", "c")


def test_what_nobody_stated_is_told_apart() -> None:
    found = reach("id: d.y.l, name: Y, from: d, to: l")
    assert found.exposures("c") == {"internal", "isolated"}
    assert found.unstated("c") == "d"
    assert found.unstated("d") == "d"
    assert found.unstated("n") is None
    assert found.exposures("d") == frozenset()


def test_the_nearest_place_of_each_exposure_is_the_entry_and_of_equals_the_least_id() -> None:
    text = TEXT.format(
        flows="  - {id: n.y.l, name: Y, from: n, to: l}\n  - {id: n2.y.l, name: Y, from: n2, to: l}\n  - {id: n3.y.c, name: Y, from: n3, to: c}"
    ).replace(
        "  - {id: h,",
        "  - {id: n2, name: N, kind: cloud-ai, zone: net}\n  - {id: n3, name: N, kind: cloud-ai, zone: net}\n  - {id: h,",
    )
    found = Reach(Holding(system(text)))
    assert [(entry.exposure, entry.component, entry.between) for entry in found.entries("l")] == [
        ("internet", "n", 0), ("internal", "l", 0)
    ]  # fmt: skip
    assert [(entry.exposure, entry.component, entry.between) for entry in found.entries("c")] == [
        ("internet", "n3", 0), ("internal", "l", 0), ("isolated", "c", 0)
    ]  # fmt: skip


def closure(read: System) -> dict[tuple[str, str], int]:
    """The least number of steps between any two components, by force (Floyd and Warshall)."""
    names = sorted(read.component_by_id)
    far: dict[tuple[str, str], int] = {(name, name): 0 for name in names}
    for flow in read.flows:
        if flow.data_source != flow.data_target:
            far[flow.data_source, flow.data_target] = 1
            if flow.both_ways or flow.opened_by == "target":
                far[flow.data_target, flow.data_source] = 1
    for part in read.components:
        if part.runs_on not in {None, part.id}:
            far[str(part.runs_on), part.id] = 1
    for middle, first, last in product(names, repeat=3):
        if (first, middle) in far and (middle, last) in far:
            steps = far[first, middle] + far[middle, last]
            far[first, last] = min(steps, far.get((first, last), steps))
    return far


@QUICK
@given(systems(8))
def test_reach_is_the_closure_of_who_acts_on_whom(read: System) -> None:
    holding, far = Holding(read), closure(read)
    found = Reach(holding)
    exposure = {part.id: held.value if (held := holding.value(part, "exposure")) else None for part in read.components}
    for name in read.component_by_id:
        reaching = [other for other in sorted(read.component_by_id) if (other, name) in far]
        assert found.exposures(name) == {exposure[other] for other in reaching} - {None}
        silent = [other for other in reaching if exposure[other] is None]
        assert found.unstated(name) == (min(silent, key=lambda other: (far[other, name], other)) if silent else None)
        expected = []
        for level in reversed(EXPOSURE_ORDER):
            there = [other for other in reaching if exposure[other] == level]
            if there:
                nearest = min(there, key=lambda other: (far[other, name], other))
                expected.append(Entry(level, nearest, max(0, far[nearest, name] - 1)))
        assert list(found.entries(name)) == expected
        for entry in found.entries(name):
            way = found.way(name, entry)
            assert (way[0], way[-1]) == (entry.component, name)
            assert len(way) == far[entry.component, name] + 1
            assert all(far[first, last] == 1 for first, last in pairwise(way))


@QUICK
@given(systems(8))
def test_without_itself_a_place_is_reached_from_others_alone(read: System) -> None:
    holding, far = Holding(read), closure(read)
    found = Reach(holding, itself=False)
    exposure = {part.id: held.value if (held := holding.value(part, "exposure")) else None for part in read.components}
    for name in read.component_by_id:
        reaching = {other for other in read.component_by_id if (other, name) in far and other != name}
        assert found.exposures(name) == {exposure[other] for other in reaching} - {None}
        silent = found.unstated(name)
        assert (silent is None) == all(exposure[other] for other in reaching)
        assert silent is None or silent in reaching
        for entry in found.entries(name):
            way = found.way(name, entry)
            assert entry.component in reaching
            assert (way[0], way[-1], exposure[way[0]]) == (entry.component, name, entry.exposure)
            assert len(way) == far[entry.component, name] + 1
            assert entry.between == len(way) - 2


@QUICK
@given(systems(8))
def test_nobody_acts_on_itself_and_all_are_told_in_order(read: System) -> None:
    found = acted_on(read)
    assert found.keys() == read.component_by_id.keys()
    for name, others in found.items():
        assert name not in others
        assert list(others) == sorted(set(others))
