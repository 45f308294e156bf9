"""Which boundaries lie between two zones, compared with walking the nest of zones by hand."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.written import system
from tests.properties.strategies import QUICK, frozen
from threatmodel.graph.crossings import Crossings, between, of_flow
from threatmodel.model.holding import Holding
from threatmodel.model.system import System

NEST = """\
zones:
  - {id: hospital, name: Hospital}
  - {id: imaging, name: Imaging, parent: hospital}
  - {id: rack, name: Rack, parent: imaging}
  - {id: reading, name: Reading, parent: hospital}
  - {id: cloud, name: Cloud}
  - {id: tenant, name: Tenant, parent: cloud}
components:
  - {id: a, name: A, kind: pacs, zone: rack}
  - {id: b, name: B, kind: pacs, zone: tenant}
  - {id: c, name: C, kind: pacs, zone: reading}
flows:
  - {id: a.x.b, name: X, from: a, to: b, opened_by: target}
"""


@pytest.mark.parametrize(
    ("source", "target", "left", "entered"),
    [
        ("rack", "rack", [], []),
        ("hospital", "hospital", [], []),
        ("rack", "imaging", ["rack"], []),
        ("imaging", "rack", [], ["rack"]),
        ("rack", "hospital", ["rack", "imaging"], []),
        ("rack", "reading", ["rack", "imaging"], ["reading"]),
        ("reading", "rack", ["reading"], ["imaging", "rack"]),
        ("rack", "tenant", ["rack", "imaging", "hospital"], ["cloud", "tenant"]),
        ("cloud", "hospital", ["cloud"], ["hospital"]),
    ],
)
def test_a_way_crosses_every_boundary_up_to_the_common_zone(
    source: str, target: str, left: list[str], entered: list[str]
) -> None:
    found = between(Holding(system(NEST)), source, target)
    assert found == Crossings(tuple(left), tuple(entered))
    assert found.count == len(left) + len(entered)


def test_a_flow_crosses_in_the_direction_of_the_data_whoever_opens_it() -> None:
    read = system(NEST)
    assert of_flow(Holding(read), read.flows[0]) == Crossings(("rack", "imaging", "hospital"), ("cloud", "tenant"))


@st.composite
def nests(draw: st.DrawFn) -> System:
    """Zones nested at random, a component in each."""
    count = draw(st.integers(1, 9))
    zones = [
        {"id": f"z{number}", "name": "Z"}
        | ({"parent": f"z{draw(st.integers(0, number - 1))}"} if number and draw(st.booleans()) else {})
        for number in range(count)
    ]
    parts = [{"id": f"c{number}", "name": "C", "kind": "pacs", "zone": f"z{number}"} for number in range(count)]
    plain = {
        "schema": "threatmodel-system/1",
        "id": "t",
        "title": "T",
        "zones": draw(st.permutations(zones)),
        "components": parts,
    }
    return frozen(json.loads(json.dumps(plain)))


@QUICK
@given(nests(), st.data())
def test_any_nest_is_crossed_as_one_walks_it(nest: System, data: st.DataObject) -> None:
    names = sorted(nest.zone_by_id)
    source, target = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    found = between(Holding(nest), source, target)
    inside = set(_around(nest, source))
    at: set[str] = set(inside)
    for zone in found.left:  # one boundary after the other, always the innermost that is still around us
        assert zone == max(at, key=lambda name: len(_around(nest, name)))
        at.remove(zone)
    for zone in found.entered:  # and then into zones that lie directly in the one we are in
        parent = nest.zone_by_id[zone].parent
        assert parent in at or (parent is None and not at)
        at.add(zone)
    assert at == set(_around(nest, target))
    assert not set(found.left) & set(found.entered)
    back = between(Holding(nest), target, source)
    assert (back.left, back.entered) == (found.entered[::-1], found.left[::-1])


def _around(nest: System, zone: str) -> list[str]:
    """The zone and all around it."""
    found = [zone]
    while (parent := nest.zone_by_id[found[-1]].parent) is not None:
        found.append(parent)
    return found
