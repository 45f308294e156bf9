"""Conditions in plain words: negations are turned into sentences, and no raw word of the catalog is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given

from tests.catalog.conditions import conditions
from tests.properties.strategies import QUICK, shipped
from threatmodel.catalog.catalog import Ways
from threatmodel.catalog.conditions import Condition, Misread, Not, named_controls, read_condition
from threatmodel.catalog.facts import FACTS, About
from threatmodel.catalog.plain import Told, told, told_ways
from threatmodel.catalog.plain_words import PHRASES, THERE, TRAITS, VALUES
from threatmodel.model import kind as model_kind


def lines(sentences: Iterable[Told], depth: int = 0) -> Iterator[str]:
    for one in sentences:
        yield f"{'  ' * depth}{one.text}{''.join(f' <{name}>' for name in one.controls)}"
        yield from lines(one.parts, depth + 1)


def read(data: object, about: About = "component") -> Condition:
    mistakes: list[Misread] = []
    condition = read_condition(data, about, (), mistakes)
    assert condition is not None
    assert not mistakes, mistakes
    return condition


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"kind": "pacs"}, ["it is a PACS archive"]),
        ({"kind": {"in": ["ris", "ehr"]}}, ["it is a radiology information system or an electronic health record"]),
        ({"not": {"kind": "pacs"}}, ["it is not a PACS archive"]),
        ({"trait": {"any": ["stores-images"]}}, ["it keeps images"]),
        ({"trait": {"none": ["stores-images"]}}, ["it does not keep images"]),
        ({"trait": {"none": ["human"]}}, ["it is not a person"]),
        ({"trait": {"any": ["stores-images", "trains-models"]}}, ["it keeps images or trains models"]),
        ({"trait": {"all": ["stores-images", "trains-models"]}}, ["it keeps images", "it trains models"]),
        (
            {"trait": {"none": ["human", "stores-images"]}},
            ["none of these is true of it:", "  it is a person", "  it keeps images"],
        ),
        ({"os_supported": False}, ["its operating system no longer gets security updates"]),
        ({"not": {"os_supported": False}}, ["its operating system still gets security updates"]),
        ({"hosted": False}, ["it does not run on another component of the model"]),
        ({"stores": {"any": ["phi-pixel", "reports"]}}, ["it keeps identifiable images or reports"]),
        ({"stores": {"all": ["phi-pixel", "reports"]}}, ["it keeps identifiable images and reports"]),
        ({"stores": {"none": ["reports"]}}, ["it does not keep reports"]),
        ({"lacks": "mfa"}, ["this is not in place: <mfa>"]),
        ({"not": {"lacks": "mfa"}}, ["this is in place: <mfa>"]),
        ({"lacks": {"all": ["mfa", "sso"]}}, ["none of these is in place: <mfa> <sso>"]),
        ({"lacks": {"any": ["mfa", "sso"]}}, ["at least one of these is not in place: <mfa> <sso>"]),
        ({"not": {"lacks": {"all": ["mfa", "sso"]}}}, ["at least one of these is in place: <mfa> <sso>"]),
        ({"not": {"lacks": {"any": ["mfa", "sso"]}}}, ["all of these are in place: <mfa> <sso>"]),
        (
            {"all": [{"kind": "pacs"}, {"hosted": True}]},
            ["it is a PACS archive", "it runs on another component of the model"],
        ),
        (
            {"not": {"all": [{"kind": "pacs"}, {"hosted": True}]}},
            [
                "at least one of these holds:",
                "  it is not a PACS archive",
                "  it does not run on another component of the model",
            ],
        ),
        (
            {"not": {"any": [{"kind": "pacs"}, {"hosted": True}]}},
            ["it is not a PACS archive", "it does not run on another component of the model"],
        ),
        (
            {"some_flow_in": {"protocol": "dimse"}},
            ["some flow brings data to it, of which this is true: it goes over DICOM (DIMSE)"],
        ),
        (
            {"not": {"some_flow_in": {"all": [{"protocol": "dimse"}, {"crosses_boundary": True}]}}},
            [
                "no flow brings data to it of which this is true:",
                "  it goes over DICOM (DIMSE)",
                "  its ends lie in different zones",
            ],
        ),
    ],
)  # fmt: skip
def test_a_condition_is_told(data: object, says: list[str]) -> None:
    assert list(lines(told(read(data)))) == says


def test_what_is_not_true_of_an_end_is_told_of_the_end() -> None:
    assert list(lines(told(read({"not": {"source": {"kind": "pacs"}}}, "flow")))) == [
        "the component that the data leave: it is not a PACS archive"
    ]


def test_a_way_is_told_by_its_ends_its_data_and_what_it_passes() -> None:
    ways = Ways(read({"kind": "pacs"}), read({"hosted": True}), frozenset({"reports"}), read({"dfd": "person"}))
    assert list(lines(told_ways(ways))) == [
        "of the component where it starts this is true: it is a PACS archive",
        "of the component where it ends this is true: it runs on another component of the model",
        "on it travel, from the start, reports, or what they are turned into",
        "it passes no component of which this is true: in the diagram it is a person",
    ]


def test_no_raw_word_is_left_in_the_shipped_conditions() -> None:
    for name, rule in shipped().rules.items():
        sentences = [*told(rule.applies), *told(rule.exposed)] + (list(told_ways(rule.ways)) if rule.ways else [])
        for line in lines(sentences):
            text = re.sub(r"<[^>]*>", "", line)
            assert "_" not in text, (name, text)
            assert "{" not in text, (name, text)
            assert "has the trait" not in text, (name, text)


def test_every_trait_and_every_way_to_another_place_has_its_phrase() -> None:
    assert set(TRAITS) == set(model_kind.TRAITS)
    assert set(THERE) == {name for name, fact in FACTS.items() if fact.shape == "place"}
    assert set(PHRASES) <= set(FACTS)
    for name, values in VALUES.items():
        assert set(values) <= set(FACTS[name].values), name


@QUICK
@given(conditions("component"))
def test_twice_not_is_yes_and_every_control_is_named(condition: Condition) -> None:
    sentences = told(condition)
    assert sentences
    assert told(Not(Not(condition))) == sentences
    named = {control for line in lines(sentences) for control in re.findall("<([^>]*)>", line)}
    assert named == named_controls(condition)
