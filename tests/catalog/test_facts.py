"""The facts: the words of conditions, kept equal to the answers and to the properties of the model."""

from typing import get_args

import pytest

from threatmodel.analysis.answers import ANSWERS
from threatmodel.catalog.facts import FACTS, About, Fact, Shape
from threatmodel.model.properties import COMPONENT_PROPERTIES, FLOW_PROPERTIES, ZONE_PROPERTIES


def test_every_fact_is_answered_and_every_answer_is_a_fact() -> None:
    asked_elsewhere = {name for name, fact in FACTS.items() if fact.shape in {"place", "control"}}
    assert set(ANSWERS) == FACTS.keys() - asked_elsewhere


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.name)
def test_a_fact_says_what_it_means_and_of_what(fact: Fact) -> None:
    assert FACTS[fact.name] is fact
    assert fact.meaning
    assert fact.about
    assert set(fact.about) <= set(get_args(About))
    assert fact.shape in get_args(Shape)
    assert len(set(fact.values)) == len(fact.values)
    assert (fact.leads_to is not None) == (fact.shape == "place")
    if fact.shape in {"truth", "control", "place"}:
        assert not fact.values


def test_every_property_with_values_is_a_fact_about_the_same_places() -> None:
    tables: dict[About, dict[str, tuple[object, object]]] = {
        "component": dict(COMPONENT_PROPERTIES),
        "flow": dict(FLOW_PROPERTIES),
        "zone": dict(ZONE_PROPERTIES),
    }
    texts = {"owner", "description", "note", "sbom", "purpose", "frequency", "port", "supplier"}
    for about, table in tables.items():
        for name, (kind, _) in table.items():
            if name in texts:
                assert name not in FACTS
            else:
                assert about in FACTS[name].about, name
                assert (FACTS[name].shape == "truth") == (kind is bool)
                inner = get_args(kind)
                words = get_args(inner[0]) or inner if inner else ()
                assert set(FACTS[name].values) == set(words) - {str}


def test_controls_are_asked_for_by_one_fact_alone() -> None:
    assert [name for name, fact in FACTS.items() if fact.shape == "control"] == ["lacks"]
