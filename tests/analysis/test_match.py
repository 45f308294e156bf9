# ruff: noqa: E501 - one row of a table a line
"""Findings: their states by the outcome table, their ids, and that narrowing the places drops none."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.rules import catalog_of
from tests.analysis.test_evaluate import places
from tests.catalog.conditions import conditions, plain_of
from tests.model.written import system
from tests.properties.strategies import QUICK, shipped, systems
from threatmodel.analysis.answer import NO, UNKNOWN, YES
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.analysis.finding import Finding
from threatmodel.analysis.match import match, place_of, place_ref, why_not
from threatmodel.catalog.facts import About
from threatmodel.importers.formats import read_model
from threatmodel.model.system import System
from threatmodel.resources import data_folder
from threatmodel.source import Source

TEXT = """\
zones:
  - {{id: z, name: Z}}
components:
  - {{id: part, name: Part, kind: inference, zone: z{applies}{exposed}}}
  - {{id: other, name: Other, kind: pacs, zone: z}}
"""
APPLIES = {YES: ", os_supported: true", NO: ", os_supported: false", UNKNOWN: ""}
CONCERNS = {"all": [{"kind": "inference"}, {"os_supported": True}]}


def found(
    text: str, exposed: object = None, primary: tuple[str, ...] = ("lock",), supporting: tuple[str, ...] = ()
) -> list[Finding]:
    """The findings of the one rule: about a supported inference server that lacks a lock."""
    rule = catalog_of("component", CONCERNS, exposed or {"lacks": "lock"}, primary, supporting)
    return match(Context(system(text)), rule)


def stated(state: str, name: str = "lock") -> str:
    more = {"verified": ", evidence: scan", "not-applicable": ", because: so"}.get(state, "")
    return f"{{id: {name}, state: {state}{more}}}"


def test_what_is_known_is_told_once_with_all_the_facts_that_follow_from_it() -> None:
    runs, machine = {"trait": {"any": ["runs-model"]}}, {"trait": {"any": ["machine"]}}
    concerns = {"all": [runs, {"os_supported": True}, {"not": {"kind": "pacs"}}, machine]}
    rule = catalog_of("component", concerns, {"all": [{"lacks": "lock"}, {"os_supported": True}]}, ("lock",), ())
    (finding,) = match(Context(system(TEXT.format(applies=APPLIES[YES], exposed=""))), rule)
    assert [(reason.fact, reason.answer, reason.because) for reason in finding.why] == [
        ("trait runs-model; not kind pacs; trait machine", YES, "'Part' is an inference server"),
        ("os_supported", YES, "'Part' is stated as os supported: yes"),
        ("lacks lock", UNKNOWN, "nothing is stated of lock for 'Part'"),
    ]


STATES = {
    "absent": YES, "planned": YES, "declared": NO, "implemented": NO, "verified": NO, "not-applicable": NO, None: UNKNOWN
}  # fmt: skip


@pytest.mark.parametrize(("applies", "state"), list(product(APPLIES, STATES)))
def test_the_state_of_a_finding_is_as_the_outcome_table_has_it(applies: str, state: str | None) -> None:
    controls = f", controls: [{stated(state)}]" if state else ""
    findings = found(TEXT.format(applies=APPLIES[applies], exposed=controls))
    exposed = STATES[state]
    if applies == NO:
        assert findings == []
        return
    (finding,) = findings
    closed = "not-applicable" if state == "not-applicable" else "addressed"
    expected = {
        UNKNOWN: (closed if exposed == NO else "question", False),
        YES: {
            YES: ("open", True),
            UNKNOWN: ("open", False),
            NO: (closed, True),
        }.get(exposed),
    }[applies]
    assert (finding.state, finding.confirmed) == expected
    assert finding.id == "DAT-01@part"
    asked = {ask.subject for reason in finding.why for ask in reason.asks}
    assert asked == ({"os_supported"} if applies == UNKNOWN else {"lock"} if exposed == UNKNOWN else set())


def test_a_finding_names_its_place_controls_and_reasons() -> None:
    (finding,) = found(
        TEXT.format(applies=APPLIES[YES], exposed=f", controls: [{stated('verified')}]"), supporting=("guard",)
    )
    assert (finding.threat, finding.source) == ("DAT-01", Source("t.yaml", 4))
    assert (finding.place.type, finding.place.id, finding.place.name, finding.place.zone) == (
        "component",
        "part",
        "Part",
        "z",
    )
    assert [(control.id, control.role, control.state) for control in finding.controls] == [
        ("lock", "primary", "verified"), ("guard", "supporting", "unstated")
    ]  # fmt: skip
    assert [(reason.fact, reason.answer) for reason in finding.why] == [
        ("kind inference", YES), ("os_supported", YES), ("lacks lock", NO)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("exposed", "lock", "guard", "state"),
    [
        ({"lacks": {"all": ["lock", "guard"]}}, "implemented", "not-applicable", "addressed"),
        ({"lacks": {"all": ["lock", "guard"]}}, "not-applicable", "not-applicable", "not-applicable"),
        ({"lacks": {"all": ["lock", "guard"]}}, "not-applicable", "absent", "not-applicable"),
        ({"lacks": {"any": ["lock", "guard"]}}, "not-applicable", "absent", "open"),
        ({"lacks": {"any": ["lock", "guard"]}}, "not-applicable", "implemented", "addressed"),
        ({"any": [{"lacks": "lock"}, {"lacks": "guard"}]}, "not-applicable", "not-applicable", "not-applicable"),
    ],
)
def test_only_what_need_not_be_there_at_all_makes_a_finding_not_applicable(
    exposed: object, lock: str, guard: str, state: str
) -> None:
    text = TEXT.format(applies=APPLIES[YES], exposed=f", controls: [{stated(lock)}, {stated(guard, 'guard')}]")
    (finding,) = found(text, exposed, primary=("lock", "guard"))
    assert finding.state == state


def test_a_place_closed_by_a_property_is_addressed() -> None:
    (finding,) = found(TEXT.format(applies=APPLIES[YES], exposed=", multi_tenant: false"), {"multi_tenant": True})
    assert (finding.state, finding.confirmed) == ("addressed", True)


def test_what_is_no_place_of_a_threat_says_why() -> None:
    rule = catalog_of("component", CONCERNS, {"lacks": "lock"}).rules["DAT-01"]
    context = Context(system(TEXT.format(applies=APPLIES[NO], exposed="")))
    assert [(one.fact, one.answer) for one in why_not(context, rule, context.component("part"))] == [
        ("os_supported", NO)
    ]
    assert [(one.fact, one.answer) for one in why_not(context, rule, context.component("other"))] == [
        ("kind inference", NO)
    ]


def test_every_sort_of_place_is_asked() -> None:
    text = TEXT.format(applies="", exposed="") + "flows:\n  - {id: part.x.other, name: X, from: part, to: other}\n"
    read = system(text)
    asked: list[tuple[About, object, list[str]]] = [
        ("zone", {"some_component": {"kind": "pacs"}}, ["DAT-01@z"]),
        ("flow", {"both_ways": False}, ["DAT-01@part.x.other"]),
        ("model", {"some_component": {"kind": "pacs"}}, ["DAT-01@t"]),
        ("component", {"hosted": False}, ["DAT-01@other", "DAT-01@part"]),
    ]
    for about, facts, ids in asked:
        context = Context(read)
        findings = match(context, catalog_of(about, facts, {"lacks": "lock"}))
        assert [finding.id for finding in findings] == ids
        for finding in findings:
            assert finding.place.type == about
            assert place_ref(context, place_of(context, finding)) == finding.place


# -- narrowing ---------------------------------------------------------------------------------------------------

SAMPLES = sorted(file.parent for file in data_folder("samples").glob("*/model.py"))


def by_asking_everywhere(read: System, context: Context) -> dict[str, str]:
    """The answer of every rule of the shipped catalog at every place, where it is not no."""
    evaluator = Evaluator(context)
    answers: dict[str, str] = {}
    for rule in shipped().rules.values():
        if rule.threat.about != "chain":
            applies = evaluator.compile(rule.applies)
            for place in places(read, rule.threat.about):
                if (answer := applies(place)) != NO:
                    answers[f"{rule.threat.id}@{place.id}"] = answer
    return answers


def agrees(read: System) -> None:
    context = Context(read)
    matched = {finding.id: finding for finding in match(context, shipped()) if finding.place.type != "chain"}
    answers = by_asking_everywhere(read, context)
    assert matched.keys() == answers.keys()
    for name, finding in matched.items():
        assert finding.state != "question" or answers[name] == UNKNOWN
        assert finding.state != "open" or answers[name] == YES


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_narrowing_drops_no_place_of_a_sample(sample: Path) -> None:
    agrees(read_model(sample))


@QUICK
@given(systems(6))
def test_narrowing_drops_no_place_of_any_system(read: System) -> None:
    agrees(read)


_COMPONENT_OR_FLOW: list[About] = ["component", "flow"]


@QUICK
@given(systems(5), st.sampled_from(_COMPONENT_OR_FLOW), st.data())
def test_narrowing_drops_no_place_whatever_the_condition(read: System, about: About, data: st.DataObject) -> None:
    asked = data.draw(conditions(about))
    catalog = catalog_of(about, plain_of(asked), {"lacks": "lock"})
    context = Context(read)
    applies = Evaluator(context).compile(asked)
    expected = sorted(f"DAT-01@{place.id}" for place in places(read, about) if applies(place) != NO)
    assert [finding.id for finding in match(context, catalog)] == expected


def test_a_word_that_stands_twice_in_a_condition_doubles_no_finding() -> None:
    read = system(
        TEXT.format(applies="", exposed="")
        + "flows:\n  - {id: part.x.other, name: X, from: part, to: other, over: sql}\n"
    )
    catalog = catalog_of("flow", {"protocol": {"in": ["sql", "sql", "grpc"]}}, {"lacks": "lock"})
    assert [finding.id for finding in match(Context(read), catalog)] == ["DAT-01@part.x.other"]


# -- findings ----------------------------------------------------------------------------------------------------


@QUICK
@given(systems(6))
def test_findings_are_told_in_order_and_once_and_say_what_they_rest_on(read: System) -> None:
    context = Context(read)
    findings = match(context, shipped())
    ids = [finding.id for finding in findings]
    assert ids == sorted(set(ids))
    evaluator = Evaluator(context)
    for finding in findings:
        assert finding.why
        assert finding.state != "question" or not finding.confirmed
        if finding.place.type == "chain":
            continue
        rule, place = shipped().rules[finding.threat], place_of(context, finding)
        concerned, exposed = evaluator.compile(rule.applies)(place), evaluator.compile(rule.exposed)(place)
        assert (concerned == UNKNOWN and exposed != NO) == (finding.state == "question")
        assert (exposed == NO) == (finding.state in {"addressed", "not-applicable"})
        assert finding.confirmed == (concerned == YES and exposed != UNKNOWN)
        if finding.state == "question" or not finding.confirmed:
            assert any(reason.asks for reason in finding.why), finding.id
