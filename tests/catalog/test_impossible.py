# ruff: noqa: E501 - one row of a table a line
"""Conditions that nothing can meet, and the many that something can."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.rules import condition
from tests.catalog.conditions import conditions, plain_of
from tests.catalog.written import THREAT, told, write
from tests.properties.strategies import QUICK, frozen, plain_systems, shipped
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.catalog.conditions import All, Condition
from threatmodel.catalog.facts import About
from threatmodel.catalog.impossible import MOST_WAYS, never

IMPOSSIBLE: list[tuple[About, object, str]] = [
    ("component", {"all": [{"kind": "pacs"}, {"kind": "ris"}]}, "no kind is left by kind pacs and kind ris"),
    ("component", {"all": [{"kind": {"in": ["pacs", "vna"]}}, {"kind": "ris"}]}, "no kind is left by"),
    ("component", {"all": [{"kind": "pacs"}, {"not": {"kind": "pacs"}}]}, "no kind is left by kind pacs and not (kind pacs)"),
    ("component", {"all": [{"kind": "pacs"}, {"trait": {"none": ["stores-images"]}}]}, "can have trait none of stores-images"),
    ("component", {"all": [{"kind": "pacs"}, {"not": {"trait": {"any": ["stores-images"]}}}]}, "can have not ("),
    ("flow", {"all": [{"protocol": {"in": ["dimse", "sql"]}}, {"protocol": {"in": ["fhir"]}}]}, "no value of protocol is left"),
    ("flow", {"all": [{"opened_by": "source"}, {"not": {"opened_by": "source"}}]}, "no value of opened_by is left"),
    ("flow", {"not": {"opened_by": {"in": ["source", "target"]}}}, "no value of opened_by is left"),
    ("flow", {"all": [{"both_ways": True}, {"both_ways": False}]}, "both_ways would have to be true and false"),
    ("flow", {"all": [{"both_ways": True}, {"not": {"both_ways": True}}]}, "both_ways would have to be true and false"),
    ("flow", {"all": [{"carries": {"all": ["orders", "time"]}}, {"carries": {"none": ["time"]}}]}, "time would have to be among carries"),
    ("flow", {"all": [{"carries": {"any": ["time"]}}, {"carries": {"none": ["time", "orders"]}}]}, "nothing is left of carries"),
    ("flow", {"all": [{"carries": {"any": ["time"]}}, {"not": {"carries": {"any": ["time"]}}}]}, "nothing is left of carries"),
    ("flow", {"all": [{"carries": {"all": ["time"]}}, {"not": {"carries": {"all": ["time"]}}}]}, "carries would have to have all of time"),
    ("flow", {"all": [{"lacks": "tls"}, {"not": {"lacks": "tls"}}]}, "nothing is left of lacks"),
    ("flow", {"all": [{"source": {"kind": "pacs"}}, {"source": {"kind": "ris"}}]}, "source: no kind is left"),
    ("flow", {"all": [{"source": {"kind": "pacs"}}, {"not": {"source": {"kind": "pacs"}}}]}, "source: no kind is left"),
    ("component", {"some_flow_in": {"all": [{"both_ways": True}, {"both_ways": False}]}}, "some_flow_in: both_ways"),
    ("component", {"all": [{"some_flow_in": {"both_ways": True}}, {"not": {"some_flow_in": {"both_ways": True}}}]}, "some_flow_in is asked to be there and not"),
    ("flow", {"any": [{"all": [{"both_ways": True}, {"both_ways": False}]}, {"all": [{"validates": True}, {"validates": False}]}]}, "both_ways would"),
    ("flow", {"not": {"any": [{"both_ways": True}, {"both_ways": False}]}}, "both_ways would"),
]  # fmt: skip

POSSIBLE: list[tuple[About, object]] = [
    ("component", {"any": [{"kind": "pacs"}, {"kind": "ris"}]}),
    ("component", {"all": [{"kind": {"in": ["pacs", "vna"]}}, {"kind": {"in": ["vna", "ris"]}}]}),
    ("component", {"all": [{"kind": "pacs"}, {"not": {"kind": "vna"}}]}),
    ("component", {"all": [{"kind": "pacs"}, {"trait": {"all": ["runs-model"]}}]}),  # a kind of one's own may be both
    ("component", {"all": [{"kind": "pacs"}, {"trait": {"any": ["human"]}}]}),  # so it may
    ("component", {"all": [{"trait": {"any": ["human"]}}, {"trait": {"none": ["machine"]}}]}),
    ("flow", {"all": [{"carries": {"any": ["time", "orders"]}}, {"carries": {"none": ["time"]}}]}),
    ("flow", {"all": [{"carries": {"all": ["time"]}}, {"not": {"carries": {"all": ["time", "orders"]}}}]}),
    ("flow", {"all": [{"lacks": {"any": ["tls", "mfa"]}}, {"not": {"lacks": "tls"}}]}),
    ("flow", {"all": [{"source": {"kind": "pacs"}}, {"target": {"kind": "ris"}}]}),
    ("component", {"all": [{"some_flow_in": {"both_ways": True}}, {"some_flow_in": {"both_ways": False}}]}),
    ("component", {"all": [{"some_flow_in": {"protocol": "dimse"}}, {"not": {"some_flow_in": {"protocol": "sql"}}}]}),
    ("component", {"not": {"all": [{"kind": "pacs"}, {"kind": "ris"}]}}),
    ("component", {"all": [{"region": "FR"}, {"not": {"region": "IE"}}]}),
]


@pytest.mark.parametrize(("about", "data", "reason"), IMPOSSIBLE, ids=[str(row[1])[:60] for row in IMPOSSIBLE])
def test_what_nothing_can_meet_is_told_with_its_reason(about: About, data: object, reason: str) -> None:
    found = never(condition(data, about))
    assert found is not None
    assert reason in found


@pytest.mark.parametrize(("about", "data"), POSSIBLE, ids=[str(row[1])[:60] for row in POSSIBLE])
def test_what_something_can_meet_is_left_alone(about: About, data: object) -> None:
    assert never(condition(data, about)) is None


def test_a_condition_with_too_many_ways_is_left_alone() -> None:
    pair = {"any": [{"both_ways": True}, {"both_ways": False}]}
    clash = {"all": [{"validates": True}, {"validates": False}]}
    parts = [pair] * (MOST_WAYS.bit_length())
    assert never(condition({"all": [*parts, clash]}, "flow")) is None
    assert never(condition({"all": [*parts[:3], clash]}, "flow")) is not None


@QUICK
@given(
    plain_systems(4),
    st.sampled_from([about for about in get_args(About) if about != "chain"]).flatmap(
        lambda about: st.tuples(st.just(about), conditions(about, 2))
    ),
)
def test_no_place_meets_what_is_called_impossible(plain: dict[str, object], pair: tuple[About, Condition]) -> None:
    about, asked = pair
    system = frozen(plain)
    places = {"component": system.components, "flow": system.flows, "zone": system.zones, "model": (system,)}[about]
    verdict = Evaluator(Context(system)).compile(asked)
    if any(verdict(place) == "yes" for place in places):
        assert never(asked) is None, plain_of(asked)


def test_nothing_shipped_is_impossible() -> None:
    for rule in shipped().rules.values():
        assert never(All((rule.applies, rule.exposed))) is None, rule.threat.id


def test_a_threat_that_can_never_fire_is_refused_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first = "threats/data/DAT-01-read.yaml"
    twice = THREAT.replace("- crosses_boundary: true", "- crosses_boundary: true\n    - crosses_boundary: false")
    assert told(write(tmp_path, {first: twice})) == [
        (
            first,
            5,
            "DAT-01: applies can never hold: crosses_boundary would have to be true and false",
            "mend it, or retire the threat",
        )
    ]
    apart = THREAT.replace("  lacks: tls\n", "  all: [{lacks: tls}, {protocol: sql}]\n")
    assert [(line, what) for _, line, what, _ in told(write(tmp_path, {first: apart}))] == [
        (9, "DAT-01: exposed can never hold where applies does: no value of protocol is left by protocol any of dimse, dicomweb and protocol sql")
    ]  # fmt: skip
