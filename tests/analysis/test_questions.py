"""The questions that are left: each once, to whom it concerns, in a sentence; answering them settles what they say."""

import pytest
from hypothesis import given

from tests.analysis.rules import catalog_of
from tests.model.written import system
from tests.properties.strategies import QUICK, shipped, systems
from threatmodel.analysis.context import Context
from threatmodel.analysis.match import match
from threatmodel.analysis.questions import Question, question_text, questions
from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.facts import FACTS, About
from threatmodel.model.properties import COMPONENT_PROPERTIES, FLOW_PROPERTIES, ZONE_PROPERTIES
from threatmodel.model.system import System

TEXT = """\
zones:
  - {id: lan, name: LAN, operator: hospital}
  - {id: net, name: Net, operator: vendor}
  - {id: dark, name: Dark}
  - {id: inner, name: Inner, parent: dark}
components:
  - {id: a, name: A, kind: pacs, zone: lan}
  - {id: b, name: B, kind: inference, zone: net}
  - {id: c, name: C, kind: inference, zone: inner}
flows:
  - {id: a.x.b, name: X, from: a, to: b}
  - {id: a.y.b, name: Y, from: a, to: b, opened_by: target}
  - {id: b.z.c, name: Z, from: b, to: c}
"""


def asked(catalog: Catalog, text: str = TEXT) -> list[Question]:
    context = Context(system(text))
    return questions(context, catalog, match(context, catalog))


def test_a_question_goes_to_whoever_runs_the_place() -> None:
    found = asked(catalog_of("component", {"os_supported": False}, {"lacks": "lock"}))
    assert [(one.id, one.to, one.place, one.findings) for one in found] == [
        ("os_supported@a", "hospital", "a", ("DAT-01@a",)),
        ("os_supported@b", "vendor", "b", ("DAT-01@b",)),
        ("os_supported@c", "unstated", "c", ("DAT-01@c",)),
    ]
    assert found[0].asks == "Does the operating system of “A” still receive security updates?"


def test_a_question_of_a_flow_goes_to_the_end_that_answers() -> None:
    found = asked(catalog_of("flow", {"medium": "usb"}, {"lacks": "lock"}))
    assert [(one.place, one.to) for one in found] == [("a.x.b", "vendor"), ("a.y.b", "hospital"), ("b.z.c", "unstated")]
    assert found[0].asks == "Does “X (A → B)” go over wire, Wi-Fi, Bluetooth, disk or USB?"


def test_one_answer_that_settles_several_findings_is_asked_once() -> None:
    text = TEXT.replace("flows:", "  - {id: d, name: D, kind: inference, zone: dark}\nflows:")
    (found,) = asked(
        catalog_of("component", {"all": [{"kind": "inference"}, {"exposure": "internet"}]}, {"lacks": "lock"}),
        text.replace("operator: vendor", "operator: vendor, exposure: internal"),
    )
    assert (found.id, found.place, found.findings) == ("exposure@dark", "dark", ("DAT-01@c", "DAT-01@d"))


def test_a_control_is_asked_for_in_the_words_of_the_catalog() -> None:
    found = asked(catalog_of("component", {"kind": "pacs"}, {"lacks": "lock"}))
    assert [(one.id, one.control, one.asks) for one in found] == [("lock@a", True, "Is “A” encrypted?")]


def test_nothing_is_asked_where_all_is_settled() -> None:
    text = TEXT.replace("kind: pacs, zone: lan", "kind: pacs, zone: lan, controls: [{id: lock, state: absent}]")
    assert asked(catalog_of("component", {"kind": "pacs"}, {"lacks": "lock"}), text) == []


def test_the_model_is_asked_for_its_jurisdictions() -> None:
    (found,) = asked(catalog_of("model", {"jurisdiction": {"any": ["FR"]}}, {"lacks": "lock"}))
    assert (found.id, found.asks) == ("jurisdictions@t", "Which countries' rules must “T” meet?")


@pytest.mark.parametrize("name", sorted({*FACTS, "jurisdictions"} - {"jurisdiction"}))
def test_every_fact_that_can_be_unknown_can_be_asked_for(name: str) -> None:
    tables: dict[About, dict[str, tuple[object, object]]] = {
        "component": dict(COMPONENT_PROPERTIES), "flow": dict(FLOW_PROPERTIES), "zone": dict(ZONE_PROPERTIES)
    }  # fmt: skip
    for about, table in tables.items():
        if name in table:
            assert "{place}" in question_text(shipped(), name, control=False, flow=about == "flow")


@QUICK
@given(systems(6))
def test_every_question_has_a_sentence_and_a_finding(read: System) -> None:
    context = Context(read)
    findings = match(context, shipped())
    found = questions(context, shipped(), findings)
    ids = [one.id for one in found]
    assert ids == sorted(set(ids))
    left = [one for one in findings if one.state in {"open", "question"}]
    unsettled = {one.id for one in left if any(reason.asks for reason in one.why)}
    assert {name for one in found for name in one.findings} == unsettled
    for one in found:
        assert one.asks.endswith("?") or "?" in one.asks
        assert "{" not in one.asks.replace(context.title(one.place), "")
        assert one.findings
