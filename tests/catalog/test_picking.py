"""Which threats can concern a kind or a protocol: what follows from kinds alone, in step with the analysis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.rules import catalog_of
from tests.properties.strategies import QUICK, frozen, plain_systems, shipped
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.catalog.catalog import Rule
from threatmodel.catalog.facts import About
from threatmodel.catalog.picking import concerned, of_kind, over_protocol
from threatmodel.model.kinds import KINDS


def rule(about: About, applies: object) -> Rule:
    return catalog_of(about, applies, {"lacks": "lock"}).rules["DAT-01"]


@pytest.mark.parametrize(
    ("about", "applies", "kind", "concerned"),
    [
        ("component", {"kind": "pacs"}, "pacs", True),
        ("component", {"kind": "pacs"}, "ris", False),
        ("component", {"not": {"kind": "pacs"}}, "pacs", False),
        ("component", {"trait": {"any": ["stores-images"]}}, "pacs", True),
        ("component", {"trait": {"any": ["stores-images"]}}, "radiologist", False),
        ("component", {"all": [{"kind": "pacs"}, {"exposure": "internet"}]}, "pacs", True),
        ("component", {"any": [{"kind": "ris"}, {"exposure": "internet"}]}, "pacs", True),
        ("component", {"some_flow_in": {"source": {"kind": "ris"}}}, "pacs", True),
        ("flow", {"source": {"kind": "pacs"}}, "pacs", True),
        ("flow", {"source": {"kind": "pacs"}}, "ris", False),
        ("flow", {"all": [{"source": {"kind": "pacs"}}, {"target": {"kind": "ris"}}]}, "ris", True),
        ("flow", {"server": {"trait": {"any": ["stores-images"]}}}, "pacs", True),
        ("flow", {"client": {"kind": "ris"}}, "pacs", False),
        ("flow", {"protocol": "dimse"}, "pacs", True),
        ("flow", {"target": {"model_source": "own"}}, "pacs", False),  # cannot be stated of it
        ("flow", {"all": [{"source": {"kind": "ris"}}, {"target": {"kind": "ris"}}]}, "pacs", False),
        ("model", {"some_flow": {"protocol": "dimse"}}, "pacs", False),  # asks for no component
        ("component", {"model_source": "own"}, "pacs", False),  # cannot be stated of it
        ("zone", {"some_component": {"kind": "pacs"}}, "pacs", True),
        ("zone", {"some_component": {"kind": "pacs"}}, "ris", False),
        ("model", {"some_flow": {"target": {"kind": "pacs"}}}, "pacs", True),
        ("model", {"jurisdiction": {"any": ["FR"]}}, "pacs", False),
    ],
)
def test_kinds(about: About, applies: object, kind: str, concerned: bool) -> None:
    assert of_kind(rule(about, applies), kind) is concerned


@pytest.mark.parametrize(
    ("about", "applies", "protocol", "concerned"),
    [
        ("flow", {"protocol": "dimse"}, "dimse", True),
        ("flow", {"protocol": "dimse"}, "sql", False),
        ("flow", {"crosses_boundary": True}, "sql", True),
        ("component", {"some_flow_in": {"protocol": "dimse"}}, "dimse", True),
        ("component", {"some_flow_in": {"protocol": "dimse"}}, "sql", False),
        ("component", {"some_flow_in": {"both_ways": True}}, "sql", False),
        ("component", {"kind": "pacs"}, "dimse", False),
    ],
)
def test_protocols(about: About, applies: object, protocol: str, concerned: bool) -> None:
    assert over_protocol(rule(about, applies), protocol) is concerned


def test_kind_and_protocol_are_asked_of_the_same_flow() -> None:
    either = rule("flow", {"any": [
        {"all": [{"protocol": "dimse"}, {"source": {"kind": "pacs"}}]},
        {"all": [{"protocol": "sql"}, {"source": {"kind": "ris"}}]},
    ]})  # fmt: skip
    assert concerned(either, "pacs", "dimse")
    assert not concerned(either, "pacs", "sql")
    assert concerned(either)


@QUICK
@given(plain_systems(5), st.data())
def test_what_fires_on_a_component_is_listed_for_its_kind(plain: dict[str, object], data: st.DataObject) -> None:
    system = frozen(plain)
    rules = [one for one in shipped().rules.values() if one.threat.about == "component"]
    asked = data.draw(st.sampled_from(rules))
    verdict = Evaluator(Context(system)).compile(asked.applies)
    for part in system.components:
        if verdict(part) != "no" and part.kind in KINDS:
            assert of_kind(asked, part.kind), (asked.threat.id, part.kind)
