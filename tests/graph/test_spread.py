"""What data end up where."""

import pytest
from hypothesis import given

from tests.model.written import system
from tests.properties.strategies import QUICK, systems
from threatmodel.graph.spread import DataAt, Spread
from threatmodel.model.system import System

TEXT = """\
zones:
  - {id: z, name: Z}
data:
  - {id: stroke-ct, name: Stroke CT, is_a: phi-pixel}
components:
  - {id: pacs, name: PACS, kind: pacs, zone: z}
  - {id: empty, name: Empty, kind: pacs, zone: z, stores: []}
  - {id: ai, name: AI, kind: inference, zone: z}
  - {id: own, name: Own, kind: inference, zone: z, stores: [stroke-ct, model-weights]}
  - {id: db, name: DB, kind: database, zone: z}
  - {id: who, name: Who, kind: radiologist, zone: z}
flows:
  - {id: pacs.a.ai, name: A, from: pacs, to: ai, carries: [stroke-ct, orders]}
  - {id: ai.b.pacs, name: B, from: ai, to: pacs, carries: [ai-results]}
  - {id: ai.c.own, name: C, from: ai, to: own}
  - {id: own.d.pacs, name: D, from: own, to: pacs, carries: [labels], both_ways: true}
  - {id: db.e.db, name: E, from: db, to: db, carries: [time], both_ways: true}
"""


@pytest.fixture(scope="module")
def spread() -> Spread:
    return Spread(system(TEXT))


@pytest.mark.parametrize(
    ("part", "received", "emitted", "silent_in", "silent_out"),
    [
        ("pacs", {"ai-results", "labels"}, {"phi-pixel", "orders", "labels"}, (), ()),
        ("ai", {"phi-pixel", "orders"}, {"ai-results"}, (), ("ai.c.own",)),
        ("own", {"labels"}, {"labels"}, ("ai.c.own",), ()),
        ("db", {"time"}, {"time"}, (), ()),
        ("who", set(), set(), (), ()),
    ],
)
def test_flows_bring_and_take_data_by_class(
    spread: Spread,
    part: str,
    received: set[str],
    emitted: set[str],
    silent_in: tuple[str, ...],
    silent_out: tuple[str, ...],
) -> None:
    assert spread.received(part) == DataAt(frozenset(received), silent_in)
    assert spread.emitted(part) == DataAt(frozenset(emitted), silent_out)


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        ("pacs", {"phi-pixel", "dicom-header", "ai-results"}),  # as a store of its kind does
        ("empty", set()),  # stated to keep nothing
        ("ai", None),  # nobody says what a process keeps
        ("own", {"phi-pixel", "model-weights"}),
        ("db", None),  # a store of a kind that may keep anything
        ("who", set()),  # a person keeps nothing
    ],
)
def test_what_is_kept_is_stated_or_known_of_the_kind_or_unknown(
    spread: Spread, part: str, kept: set[str] | None
) -> None:
    read = system(TEXT)
    assert spread.kept(read.component_by_id[part]) == (None if kept is None else frozenset(kept))


def test_places_are_told_for_each_class_and_asset_in_order(spread: Spread) -> None:
    places = spread.places()
    assert list(places) == sorted(places)
    assert places["stroke-ct"] == ("ai", "own", "pacs")
    assert places["phi-pixel"] == ("pacs",)
    assert places["labels"] == ("own", "pacs")


@QUICK
@given(systems(8))
def test_what_arrives_is_what_somebody_sends(read: System) -> None:
    spread = Spread(read)
    for name in read.component_by_id:
        arriving = [
            flow for flow in read.flows if flow.data_target == name or (flow.both_ways and flow.data_source == name)
        ]
        assert [flow.id for flow in spread.flows_in.get(name, [])] == sorted(flow.id for flow in arriving)
        carried = {read.data_class_of[data] for flow in arriving for data in flow.carries or ()}
        assert spread.received(name).classes == carried
        assert spread.received(name).unstated == tuple(sorted(flow.id for flow in arriving if flow.carries is None))
        leaving = [
            flow for flow in read.flows if flow.data_source == name or (flow.both_ways and flow.data_target == name)
        ]
        assert [flow.id for flow in spread.flows_out.get(name, [])] == sorted(flow.id for flow in leaving)
