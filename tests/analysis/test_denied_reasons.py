"""Reasons that lead to other places say what was looked for there, the denied ones too."""

from __future__ import annotations

import pytest

from tests.analysis.rules import condition
from tests.properties.strategies import frozen
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.catalog.conditions import told_condition
from threatmodel.model.system import System
from threatmodel.reports.view_findings import fact_told

MODEL = {"some_component": {"trait": {"any": ["runs-model"]}}}
CLEAR = {"some_flow_in": {"all": [{"protocol": "dimse"}, {"not": {"source": {"kind": "modality"}}}]}}


def system(*, with_model: bool) -> System:
    """An archive and a scanner in a zone, and a model beside them if there is to be one."""
    kinds = ["pacs", "modality", *(["inference"] if with_model else [])]
    return frozen(
        {
            "schema": "threatmodel-system/1",
            "id": "model",
            "title": "Model",
            "zones": [{"id": "z", "name": "Imaging"}],
            "components": [{"id": kind, "name": f"The {kind}", "kind": kind, "zone": "z"} for kind in kinds],
            "flows": [{"id": "modality.f.pacs", "name": "F", "from": "modality", "to": "pacs", "over": "dimse"}],
        }
    )


def told(asked: object, *, with_model: bool) -> list[tuple[str, str, str]]:
    """The reasons of a condition about the zone: fact in words, answer, because."""
    read = system(with_model=with_model)
    reasons = Evaluator(Context(read)).reasons(condition(asked, "zone"), read.zones[0])[1]
    return [(fact_told(reason.fact), reason.answer, reason.because) for reason in reasons]


def test_what_is_not_there_is_named() -> None:
    because = "there is no component in 'Imaging' for which trait runs-model"
    assert told(MODEL, with_model=False) == [("some component in it of this sort", "no", because)]
    assert told({"not": MODEL}, with_model=False) == [("no component in it of this sort", "yes", because)]


def test_what_is_there_is_told_of_it_and_not_of_the_place() -> None:
    """Denied, a reason speaks of a component in the zone; it does not say that the zone is none."""
    because = "'The inference' is an inference server"
    assert told(MODEL, with_model=True) == [("trait runs-model", "yes", because)]
    denied = ("no component in it for which trait runs-model", "no", because)
    assert told({"not": MODEL}, with_model=True) == [denied]
    assert told({"not": {"not": MODEL}}, with_model=True)[0][1:] == ("yes", because)


def test_a_lack_is_told_as_a_lack_however_often_it_is_denied() -> None:
    lacking = {"some_component": {"not": {"lacks": "mfa"}}}
    read = system(with_model=False)
    reasons = Evaluator(Context(read)).reasons(condition({"not": lacking}, "zone"), read.zones[0])[1]
    assert {(reason.fact, reason.answer) for reason in reasons} == {("lacks mfa", "unknown")}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (CLEAR["some_flow_in"], "protocol dimse and not (source: kind modality)"),
        ({"any": [{"both_ways": True}, {"all": [{"protocol": "dimse"}, {"lacks": "mfa"}]}]},
         "both_ways or (protocol dimse and lacks mfa)"),
    ],
)  # fmt: skip
def test_a_condition_is_told_on_one_line(asked: object, says: str) -> None:
    assert told_condition(condition(asked, "flow")) == says


def test_other_facts_are_told_as_they_are_written() -> None:
    assert fact_told("trait runs-model") == "trait runs-model"
    assert fact_told("not hosted") == "not hosted"
