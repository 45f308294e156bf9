"""Facts of topology on small random systems: compared with what they mean, in every world that is possible."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from tests.analysis import by_force, by_force_of_places
from tests.analysis.by_force import EVERYTHING, IMAGES, REPORTS, World, worlds
from tests.analysis.rules import condition
from tests.analysis.small_systems import (
    ACTING,
    GOODS,
    IMAGING,
    LEARNING,
    REPORTING,
    SIGNING,
    Plain,
    Scene,
    frozen,
    plain_small,
)
from threatmodel.analysis.answer import NO, UNKNOWN, YES, Value
from threatmodel.analysis.answers import ANSWERS
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.model.parts import Component, Flow
from threatmodel.model.system import System

NOTHING = frozenset[str]()
FORCE = settings(deadline=None, max_examples=25, derandomize=True, phases=(Phase.explicit, Phase.generate))
"""Not made smaller when it fails: the systems are small as they are."""


def check(value: Value, possible: Iterable[Collection[str]], told: object, *, exact: bool = True) -> None:
    """That what is told holds in every world and nothing else may; ``exact`` when no less may be told either."""
    found = [frozenset(words) for words in possible]
    always, at_most = NOTHING.union(*found).intersection(*found), NOTHING.union(*found)
    assert value.words <= always, told
    if value.complete:
        assert value.words == at_most, told
    if exact:
        assert value.words == always, told
        assert value.complete == (always == at_most), told
    assert bool(value.asks) == (not value.complete), told
    assert value.because


def truths(answers: Iterable[bool]) -> list[frozenset[str]]:
    return [frozenset({"yes" if answer else "no"}) for answer in answers]


# -- reading and reporting ---------------------------------------------------------------------------------------

IN_BOTH = (NOTHING, IMAGES, REPORTS, EVERYTHING)


@pytest.mark.parametrize("scene", [IMAGING, REPORTING], ids=["images", "reports"])
def test_reading_needs_what_nothing_leads_round(scene: Scene) -> None:
    @FORCE
    @given(plain_small(scene))
    def holds(plain: Plain) -> None:
        read = frozen(plain)
        context, known = Context(read), list(worlds(read, IN_BOTH))
        places: list[Component | Flow] = [*read.components, *read.flows]
        for one in places:
            stopped = [by_force.needed_for(world, one.id) for world in known]
            value = ANSWERS["reading_needs_it"](context, one)
            check(value, truths(bool(some) for some in stopped), one.id, exact=False)
            if set.intersection(*stopped):  # something stops whatever is true
                assert value.words == {"yes"}, one.id

    holds()


@pytest.mark.parametrize("known", [True, False], ids=["places", "unknown places"])
@pytest.mark.parametrize("scene", [IMAGING, REPORTING], ids=["images", "reports"])
def test_reading_goes_on_when_nobody_is_cut_off(scene: Scene, known: bool) -> None:
    @FORCE
    @given(plain_small(scene, silent=1, known_places=known))
    def holds(plain: Plain) -> None:
        read = frozen(plain)
        value = ANSWERS["reading_goes_on_without"](Context(read), read)
        open_to = list(worlds(read, IN_BOTH))
        for word in ("ai", "cloud", "vendor", "internet"):
            possible = {by_force.goes_on(world, gone) for world in open_to for gone in by_force.failing(read, word)}
            if word in value.words:
                assert possible == {True}, word
            elif value.complete:
                assert possible == {False}, word
        assert value.complete == (not value.asks)

    holds()


# -- data and their effects --------------------------------------------------------------------------------------


@FORCE
@given(st.one_of(plain_small(ACTING), plain_small(LEARNING)))
def test_models_act_unread_and_are_fed_back_as_by_force(plain: Plain) -> None:
    read = frozen(plain)
    context, known = Context(read), list(worlds(read, learning=True))
    for fact, asked in (("acts_unread", by_force.acts_unread), ("in_feedback", by_force.in_feedback)):
        for one in read.components:
            check(ANSWERS[fact](context, one), truths(asked(world, one.id) for world in known), (fact, one.id))


INNER = [{"exposure": "internet"}, {"kind": "pacs"}, {"os_supported": False}]
"""A condition that may be unknown, one that is settled, and one that nobody settles."""


@pytest.mark.parametrize("inner", INNER, ids=lambda inner: next(iter(inner)))
def test_some_upstream_and_downstream_are_as_by_force(inner: dict[str, object]) -> None:
    up, down = (condition({fact: inner}, "component") for fact in ("some_upstream", "some_downstream"))

    @FORCE
    @given(plain_small(ACTING, known_places=False))
    def holds(plain: Plain) -> None:
        read = frozen(plain)
        evaluator, known = Evaluator(Context(read)), list(worlds(read))
        answer = {one.id: evaluator.compile(condition(inner, "component"))(one) for one in read.components}
        goes = [{one: world.from_part(one) for one in answer} for world in known]
        for one in read.components:
            for asked, ways in (
                (up, [{other for other in to if one.id in to[other]} for to in goes]),
                (down, [to[one.id] for to in goes]),
            ):
                possible = {
                    bool(there & {part for part in answer if answer[part] in held})
                    for there in ways
                    for held in ({YES}, {YES, UNKNOWN})
                }
                expected = UNKNOWN if len(possible) == 2 else YES if True in possible else NO
                told, reasons = evaluator.reasons(asked, one)
                assert evaluator.compile(asked)(one) == told == expected
                assert any(reason.asks for reason in reasons) == (told == UNKNOWN) or told != UNKNOWN

    holds()


# -- places ------------------------------------------------------------------------------------------------------

PLACES = plain_small(GOODS, stated={"over": ["remote-admin", "http-api"]}, known_places=False)


def in_worlds(asked: Callable[[World, str], frozenset[str]]) -> Callable[[System, str], Iterator[frozenset[str]]]:
    return lambda read, part: (asked(world, part) for world in worlds(read))


def in_kept(
    asked: Callable[[World, str, frozenset[str]], frozenset[str]],
) -> Callable[[System, str], Iterator[frozenset[str]]]:
    return lambda read, part: (asked(world, part, more) for world in worlds(read) for more in (NOTHING, EVERYTHING))


def joined(read: System, part: str) -> Iterator[frozenset[str]]:
    yield from truths([by_force_of_places.joins(read, read.component_by_id[part])])


def supplied(read: System, part: str) -> Iterable[frozenset[str]]:
    known = list(worlds(read))
    return by_force_of_places.exposures(read, by_force.supplied(known[0], part), by_force.supplied(known[-1], part))


@pytest.mark.parametrize(
    ("fact", "asked"),
    [
        ("shares", in_worlds(by_force_of_places.shared)),
        ("touches", in_worlds(by_force_of_places.touched)),
        ("joins_zones", joined),
        ("supplied_from", supplied),
        ("passes_on_unreceived", in_kept(by_force_of_places.passed_on)),
        ("receives_unused", in_kept(by_force_of_places.unused)),
    ],
)
def test_a_fact_of_a_place_is_as_by_force(fact: str, asked: Callable[[System, str], Iterable[Collection[str]]]) -> None:
    @FORCE
    @given(PLACES)
    def holds(plain: Plain) -> None:
        read = frozen(plain)
        context = Context(read)
        for one in read.components:
            check(ANSWERS[fact](context, one), asked(read, one.id), one.id)

    holds()


@FORCE
@given(plain_small(SIGNING, flows=4, stated={"over": ["remote-admin", "oidc-saml-ldap", "http-api", "http-api", None]}))
def test_what_is_shared_over_protocols_that_nobody_states_is_as_by_force(plain: Plain) -> None:
    read = frozen(plain)
    assume(sum(flow.over is None for flow in read.flows) < 4)
    context, known = Context(read), list(worlds(read, protocols=("remote-admin", "oidc-saml-ldap", "http-api")))
    for one in read.components:
        if not any(only_records(flow) for flow in read.flows):
            check(
                ANSWERS["shares"](context, one), (by_force_of_places.shared(world, one.id) for world in known), one.id
            )


def only_records(flow: Flow) -> bool:
    """Whether a flow of an unknown protocol carries logs alone, with which nobody signs in."""
    return flow.over is None and flow.carries == ("audit-logs",)


@FORCE
@given(
    plain_small(
        GOODS,
        stated={"authentication": [None, "none", "ae-title", "password", "certificate"], "encryption": [None, "vpn"]},
        known_places=False,
    )
)
def test_who_reaches_it_unproven_is_as_by_force(plain: Plain) -> None:
    read = frozen(plain)
    context = Context(read)
    for one in read.components:
        sure, at_most = (by_force_of_places.unproven(read, one.id, at_most=more) for more in (False, True))
        check(ANSWERS["reached_unproven"](context, one), by_force_of_places.exposures(read, sure, at_most), one.id)
