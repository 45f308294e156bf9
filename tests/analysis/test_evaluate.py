"""Three answers: what ``all``, ``any``, ``not`` and the rest make of them, and that the reasons decide the verdict."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.conditions import conditions
from tests.model.written import system
from tests.properties.strategies import QUICK, systems
from threatmodel.analysis import along
from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer, negated
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.analysis.place import Place
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, read_condition
from threatmodel.catalog.facts import About
from threatmodel.model.system import System

THREE = (YES, NO, UNKNOWN)
TEXT = """\
zones:
  - {id: z, name: Z}
components:
  - {id: part, name: Part, kind: inference, zone: z, os_supported: true, multi_tenant: false}
"""
SAYS: dict[Answer, object] = {YES: {"os_supported": True}, NO: {"multi_tenant": True}, UNKNOWN: {"pinned": True}}
"""A condition for each answer at the one component."""


def possible(answer: Answer) -> set[bool]:
    """The truths that an answer leaves open."""
    return {YES: {True}, NO: {False}, UNKNOWN: {True, False}}[answer]


def answer_of(truths: set[bool]) -> Answer:
    return UNKNOWN if len(truths) == 2 else YES if truths == {True} else NO


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Evaluator(Context(system(TEXT)))


def asked(evaluator: Evaluator, data: object) -> Answer:
    condition = read_condition(data, "component", (), [])
    assert condition is not None
    part = evaluator.context.system.components[0]
    verdict = evaluator.compile(condition)(part)
    assert evaluator.reasons(condition, part)[0] == verdict
    return verdict


@pytest.mark.parametrize("answers", [row for count in (1, 2, 3) for row in product(THREE, repeat=count)])
def test_all_and_any_are_as_brute_force_has_them(evaluator: Evaluator, answers: tuple[Answer, ...]) -> None:
    parts = [SAYS[answer] for answer in answers]
    worlds = list(product(*(possible(answer) for answer in answers)))
    assert asked(evaluator, {"all": parts}) == answer_of({all(world) for world in worlds})
    assert asked(evaluator, {"any": parts}) == answer_of({any(world) for world in worlds})


@pytest.mark.parametrize("answer", THREE)
def test_not_turns_yes_and_no_and_leaves_unknown(evaluator: Evaluator, answer: Answer) -> None:
    assert (
        asked(evaluator, {"not": SAYS[answer]}) == negated(answer) == answer_of({not one for one in possible(answer)})
    )
    assert asked(evaluator, {"not": {"not": SAYS[answer]}}) == answer


@pytest.mark.parametrize("answers", [*product(THREE, repeat=2), *product(THREE, repeat=3)])
def test_de_morgan_holds(evaluator: Evaluator, answers: tuple[Answer, ...]) -> None:
    parts = [SAYS[answer] for answer in answers]
    turned = [{"not": part} for part in parts]
    assert asked(evaluator, {"not": {"all": parts}}) == asked(evaluator, {"any": turned})
    assert asked(evaluator, {"not": {"any": parts}}) == asked(evaluator, {"all": turned})


FOUR = """\
zones:
  - {id: z, name: Z}
components:
  - {id: hub, name: Hub, kind: pacs, zone: z}
  - {id: a, name: A, kind: pacs, zone: z%s}
  - {id: b, name: B, kind: pacs, zone: z%s}
flows:
  - {id: a.x.hub, name: X, from: a, to: hub}
  - {id: b.x.hub, name: X, from: b, to: hub}
"""
STATED = {YES: ", os_supported: true", NO: ", os_supported: false", UNKNOWN: ""}


@pytest.mark.parametrize("answers", list(product(THREE, repeat=2)))
def test_some_other_place_is_any_of_them(answers: tuple[Answer, Answer]) -> None:
    evaluator = Evaluator(Context(system(FOUR % tuple(STATED[answer] for answer in answers))))
    condition = read_condition({"some_flow_in": {"source": {"os_supported": True}}}, "component", (), [])
    assert condition is not None
    hub, a, _ = evaluator.context.system.components
    expected = answer_of({any(world) for world in product(*(possible(answer) for answer in answers))})
    assert evaluator.compile(condition)(hub) == expected == evaluator.reasons(condition, hub)[0]
    assert evaluator.compile(condition)(a) == NO == evaluator.reasons(condition, a)[0]  # nothing arrives there


# -- any condition at any place ----------------------------------------------------------------------------------

KINDS: tuple[About, ...] = ("component", "flow", "zone", "model")


def places(read: System, about: About) -> list[Place]:
    """The places of a sort."""
    found: dict[About, list[Place]] = {
        "component": [*read.components], "flow": [*read.flows], "zone": [*read.zones], "model": [read]
    }  # fmt: skip
    return found[about]


@QUICK
@given(systems(4), st.data())
def test_the_verdict_is_the_same_with_and_without_reasons_and_the_reasons_decide_it(
    read: System, data: st.DataObject
) -> None:
    evaluator = Evaluator(Context(read))
    about = data.draw(st.sampled_from(KINDS))
    condition = data.draw(conditions(about))
    for one in places(read, about):
        verdict, reasons = evaluator.reasons(condition, one)
        assert evaluator.compile(condition)(one) == verdict == by_hand(evaluator, condition, one)
        if reasons:
            said = {reason.answer for reason in reasons}
            assert (UNKNOWN in said) or verdict != UNKNOWN
            if verdict == UNKNOWN:
                assert any(reason.asks for reason in reasons), "nobody is asked for what is unknown"
        for reason in reasons:
            assert reason.because
            assert bool(reason.asks) == (reason.answer == UNKNOWN)


def by_hand(evaluator: Evaluator, condition: Condition, one: Place) -> Answer:
    """The verdict of a condition by its definition."""
    if isinstance(condition, Not):
        return negated(by_hand(evaluator, condition.part, one))
    if isinstance(condition, All | Any):
        found = [by_hand(evaluator, part, one) for part in condition.parts]
        decisive: Answer = NO if isinstance(condition, All) else YES
        return decisive if decisive in found else UNKNOWN if UNKNOWN in found else negated(decisive)
    if isinstance(condition, Elsewhere) and condition.fact not in along.FACTS:
        there = [by_hand(evaluator, condition.part, other) for other in evaluator.elsewhere(condition.fact, one)]
        return YES if YES in there else UNKNOWN if UNKNOWN in there else NO
    return evaluator.compile(condition)(one)


@QUICK
@given(systems(5))
def test_other_places_are_told_in_order_and_once(read: System) -> None:
    evaluator = Evaluator(Context(read))
    asked: dict[About, tuple[str, ...]] = {
        "component": ("some_flow_in", "some_flow_out", "some_client"),
        "zone": ("some_component", "some_flow"),
        "model": ("some_component", "some_flow"),
    }
    for about, facts in asked.items():
        for one in places(read, about):
            for fact in facts:
                found = [other.id for other in evaluator.elsewhere(fact, one)]
                assert len(set(found)) == len(found), (fact, one.id)
                assert found == sorted(found), (fact, one.id)


@QUICK
@given(systems(6))
def test_a_flow_is_inside_a_zone_when_both_its_ends_are(read: System) -> None:
    evaluator = Evaluator(Context(read))
    for zone in read.zones:
        ids = {part.id for part in read.components if zone in evaluator.context.holding.zone_chain(part.zone)}
        inside = {flow.id for flow in read.flows if {flow.data_source, flow.data_target} <= ids}
        assert {flow.id for flow in evaluator.elsewhere("some_flow", zone)} == inside
        direct = {part.id for part in read.components if part.zone == zone.id}
        assert {part.id for part in evaluator.elsewhere("some_component", zone)} == direct


@QUICK
@given(systems(5))
def test_who_connects_is_who_opens(read: System) -> None:
    evaluator = Evaluator(Context(read))
    for part in read.components:
        answered = {
            flow.id
            for flow in read.flows
            if (flow.data_target if flow.opened_by == "source" else flow.data_source) == part.id
        }
        assert {flow.id for flow in evaluator.elsewhere("some_client", part)} == answered
