"""Remarks on the model itself: told where it is settled, silent where it is not."""

from __future__ import annotations

import json

import pytest

from tests.properties.strategies import frozen, shipped
from threatmodel.analysis.context import Context
from threatmodel.analysis.remarks import remarks
from threatmodel.assessment import assess
from threatmodel.exporters.json_doc import pieces
from threatmodel.model.system import System

Stored = list[str] | None
OUT: dict[str, object] = {"carries": ["reports"]}


def system(
    stores: Stored, out: dict[str, object], into: dict[str, object] | None = None, kind: str = "process"
) -> System:
    """A component 'Middle' that hands something on to the record, and may get something from a store."""
    middle: dict[str, object] = {"id": "m", "name": "Middle", "kind": kind, "zone": "z"}
    if stores is not None:
        middle["stores"] = stores
    flows: list[dict[str, object]] = [{"id": "m.out.r", "name": "Out", "from": "m", "to": "r"} | out]
    if into is not None:
        flows.append({"id": "s.in.m", "name": "In", "from": "s", "to": "m"} | into)
    others = [
        {"id": "r", "name": "Record", "kind": "ris", "zone": "z"},
        {"id": "s", "name": "Source", "kind": "store", "zone": "z"},
    ]
    return frozen(
        {
            "schema": "threatmodel-system/1",
            "id": "model",
            "title": "Model",
            "zones": [{"id": "z", "name": "Zone"}],
            "components": [middle, *others],
            "flows": flows,
        }
    )


def said(read: System) -> list[tuple[str, str]]:
    return [(remark.place, remark.says) for remark in remarks(Context(read))]


def test_what_nothing_brings_to_a_process_that_keeps_nothing_is_remarked() -> None:
    ((place, says),) = said(system([], OUT))
    assert place == "m"
    assert "'Middle' hands on" in says
    assert "which nothing brings to it" in says


def test_what_is_taken_in_for_nothing_is_remarked() -> None:
    """It keeps nothing, and images do not turn into reports in a plain process."""
    found = said(system([], OUT, {"carries": ["audio"]}))
    assert [place for place, _ in found] == ["m", "m"]
    assert "which nothing brings to it" in found[0][1]
    assert "'Middle' gets" in found[1][1]
    assert "neither keeps them, works on them nor hands them on" in found[1][1]


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(system(None, OUT), id="it-may-keep-them"),
        pytest.param(system([], OUT, {}), id="they-may-come-in"),
        pytest.param(system([], {}, {"carries": ["audio"]}), id="it-may-hand-them-on"),
        pytest.param(system(None, OUT, {"carries": ["reports"]}), id="they-come-in"),
        pytest.param(system(["reports"], OUT), id="it-keeps-them"),
        pytest.param(system([], OUT, kind="store"), id="a-store-is-where-data-may-begin"),
        pytest.param(system([], {"carries": ["audit-logs"]}), id="anything-writes-a-log"),
    ],
)
def test_what_is_explained_or_not_settled_is_passed_over_in_silence(read: System) -> None:
    assert said(read) == []


def test_remarks_are_the_notes_of_the_document() -> None:
    read = system([], OUT)
    document = json.loads("".join(pieces(assess(read, shipped()))))
    assert [(note["place"], note["says"]) for note in document["notes"]] == said(read)
    assert json.loads("".join(pieces(assess(system(None, OUT), shipped()))))["notes"] == []
