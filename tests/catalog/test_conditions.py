# ruff: noqa: E501 - one row of a table a line
"""Conditions out of plain data: what each form means, and what is refused."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.conditions import conditions, plain_of
from tests.properties.strategies import QUICK
from threatmodel.catalog import conditions as read
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Misread, Not, read_condition
from threatmodel.catalog.facts import About


def parsed(data: object, about: About = "flow") -> Condition:
    mistakes: list[Misread] = []
    condition = read_condition(data, about, ("applies",), mistakes)
    assert not mistakes
    assert condition is not None
    return condition


def misread(data: object, about: About = "flow") -> list[tuple[str, read.Path, str]]:
    mistakes: list[Misread] = []
    read_condition(data, about, ("applies",), mistakes)
    assert mistakes
    return [(mistake.what, mistake.path, mistake.hint or "") for mistake in mistakes]


@pytest.mark.parametrize(
    ("data", "about", "condition"),
    [
        ({"crosses_boundary": True}, "flow", read.Test("crosses_boundary", "any", (), True)),
        ({"crosses_boundary": False}, "flow", read.Test("crosses_boundary", "any", (), False)),
        ({"protocol": "dimse"}, "flow", read.Test("protocol", "any", ("dimse",))),
        ({"protocol": {"in": ["dimse", "sql"]}}, "flow", read.Test("protocol", "any", ("dimse", "sql"))),
        ({"carries": {"any": ["orders"]}}, "flow", read.Test("carries", "any", ("orders",))),
        ({"carries": {"all": ["orders", "time"]}}, "flow", read.Test("carries", "all", ("orders", "time"))),
        ({"carries": {"none": ["orders"]}}, "flow", read.Test("carries", "none", ("orders",))),
        ({"lacks": "tls"}, "flow", read.Test("lacks", "any", ("tls",))),
        ({"lacks": ["tls"]}, "flow", read.Test("lacks", "any", ("tls",))),
        ({"lacks": {"any": ["tls", "mfa"]}}, "zone", read.Test("lacks", "any", ("tls", "mfa"))),
        ({"lacks": {"all": ["tls", "mfa"]}}, "model", read.Test("lacks", "all", ("tls", "mfa"))),
        ({"not": {"protocol": "sql"}}, "flow", Not(read.Test("protocol", "any", ("sql",)))),
        ({"all": [{"both_ways": True}]}, "flow", All((read.Test("both_ways", "any", (), True),))),
        ({"any": [{"both_ways": True}]}, "flow", Any((read.Test("both_ways", "any", (), True),))),
        ({"source": {"kind": "pacs"}}, "flow", Elsewhere("source", read.Test("kind", "any", ("pacs",)))),
        ({"some_flow_in": {"source": {"trait": {"any": ["human"]}}}}, "component",
         Elsewhere("some_flow_in", Elsewhere("source", read.Test("trait", "any", ("human",))))),
        ({"region": "anything"}, "component", read.Test("region", "any", ("anything",))),
    ],
)  # fmt: skip
def test_what_each_form_means(data: object, about: About, condition: Condition) -> None:
    assert parsed(data, about) == condition


MISTAKES: list[tuple[object, About, str, tuple[str, ...], str]] = [
    (None, "flow", "a condition is a mapping with one key: all, any, not, or a fact", (), ""),
    ([], "flow", "a condition is a mapping with one key", (), ""),
    ({}, "flow", "a condition is a mapping with one key", (), ""),
    ("crosses_boundary", "flow", "a condition is a mapping with one key", (), ""),
    ({"both_ways": True, "validates": True}, "flow", "a condition is a mapping with one key", (), ""),
    ({"al": []}, "flow", "no fact is called 'al'", (), "known: "),
    ({"crosses_boundry": True}, "flow", "no fact is called 'crosses_boundry'", (), "did you mean 'crosses_boundary'?"),
    ({"kind": "pacs"}, "flow", "'kind' says nothing about a flow", (), "facts about a flow: "),
    ({"protocol": "sql"}, "component", "'protocol' says nothing about a component", (), "facts about a component: "),
    ({"source": {"protocol": "sql"}}, "flow", "'protocol' says nothing about a component", ("source",), ""),
    ({"all": []}, "flow", "all takes a list of conditions", ("all",), ""),
    ({"any": {"both_ways": True}}, "flow", "any takes a list of conditions", ("any",), ""),
    ({"not": [{"both_ways": True}]}, "flow", "a condition is a mapping with one key", ("not",), ""),
    ({"both_ways": "yes"}, "flow", "both_ways takes true or false", ("both_ways",), ""),
    ({"both_ways": 1}, "flow", "both_ways takes true or false", ("both_ways",), ""),
    ({"both_ways": None}, "flow", "both_ways takes true or false", ("both_ways",), ""),
    ({"protocol": "dicom"}, "flow", "'dicom' is no value of protocol", ("protocol",), "did you mean"),
    ({"protocol": {"in": ["dimse", "dicm-tls"]}}, "flow", "'dicm-tls' is no value of protocol", ("protocol",), "did you mean 'dicom-tls'?"),
    ({"protocol": ["dimse"]}, "flow", "protocol takes a word, or in: [words]", ("protocol",), ""),
    ({"protocol": {"any": ["dimse"]}}, "flow", "protocol takes a word, or in: [words]", ("protocol",), ""),
    ({"protocol": {"in": []}}, "flow", "protocol takes a word, or in: [words]", ("protocol",), ""),
    ({"protocol": {"in": "dimse"}}, "flow", "protocol takes a word, or in: [words]", ("protocol",), ""),
    ({"protocol": {"in": [1]}}, "flow", "protocol takes a word, or in: [words]", ("protocol",), ""),
    ({"carries": "orders"}, "flow", "carries takes any: [words], all: [words] or none: [words]", ("carries",), ""),
    ({"carries": ["orders"]}, "flow", "carries takes any: [words], all: [words] or none: [words]", ("carries",), ""),
    ({"carries": {"in": ["orders"]}}, "flow", "carries takes any: [words], all: [words] or none: [words]", ("carries",), ""),
    ({"carries": {"any": ["orders"], "none": ["time"]}}, "flow", "carries takes any:", ("carries",), ""),
    ({"carries": {"any": ["phi"]}}, "flow", "'phi' is no value of carries", ("carries",), ""),
    ({"lacks": ["a", "b"]}, "flow", "lacks takes a control, or any: [controls], or all: [controls]", ("lacks",), ""),
    ({"lacks": {"none": ["a"]}}, "flow", "lacks takes a control", ("lacks",), ""),
    ({"lacks": None}, "flow", "lacks takes a control", ("lacks",), ""),
    ({"source": None}, "flow", "a condition is a mapping with one key", ("source",), ""),
    ({"jurisdiction": {"any": ["FR"]}}, "zone", "'jurisdiction' says nothing about a zone", (), ""),
]  # fmt: skip


@pytest.mark.parametrize(("data", "about", "what", "at", "hint"), MISTAKES, ids=[str(row[0])[:50] for row in MISTAKES])
def test_what_is_refused_and_where(data: object, about: About, what: str, at: tuple[str, ...], hint: str) -> None:
    ((said, path, given_hint),) = misread(data, about)
    assert said.startswith(what)
    assert path == ("applies", *at)
    assert hint in given_hint


def test_all_mistakes_of_a_tree_are_told_with_their_paths() -> None:
    data = {
        "all": [{"kind": "pacs"}, {"not": {"carries": "x"}}, {"both_ways": True}, {"any": [{"validates": 3}, {"y": 1}]}]
    }
    assert [path for _, path, _ in misread(data)] == [
        ("applies", "all", 0), ("applies", "all", 1, "not", "carries"), ("applies", "all", 3, "any", 0, "validates"), ("applies", "all", 3, "any", 1)
    ]  # fmt: skip


@QUICK
@given(
    st.sampled_from([about for about in get_args(About) if about != "chain"]).flatmap(
        lambda about: st.tuples(st.just(about), conditions(about))
    )
)
def test_any_condition_reads_back_from_its_plain_form(pair: tuple[About, Condition]) -> None:
    about, condition = pair
    assert parsed(plain_of(condition), about) == condition


def test_named_controls_and_facts_are_found_at_any_depth() -> None:
    condition = parsed(
        {
            "all": [
                {"not": {"lacks": "tls"}},
                {"any": [{"source": {"lacks": {"all": ["mfa", "sso"]}}}, {"both_ways": True}]},
                {"protocol": "sql"},
            ]
        }
    )
    assert read.named_controls(condition) == {"tls", "mfa", "sso"}
    assert read.named_facts(condition) == {"lacks", "source", "both_ways", "protocol"}


def test_a_condition_can_be_told_in_lines() -> None:
    condition = parsed(
        {
            "all": [
                {"not": {"both_ways": False}},
                {"source": {"kind": {"in": ["pacs", "vna"]}}},
                {"carries": {"none": ["time"]}},
            ]
        }
    )
    lines = read.written(condition)
    assert [(depth, text.split(":")[0]) for depth, text in lines] == [
        (0, "all of"), (1, "not"), (2, "not both_ways"), (1, "the component that the data leave"), (2, "kind any of pacs, vna"), (1, "carries none of time")
    ]  # fmt: skip
