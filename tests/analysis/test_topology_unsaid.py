"""Facts of topology when less is said, or the same in another order: yes never becomes no, and no never becomes yes."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from functools import cache
from random import Random

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from tests.analysis.rules import condition
from tests.analysis.small_systems import (
    ACTING,
    GOODS,
    IMAGING,
    LEARNING,
    REPORTING,
    Plain,
    frozen,
    plain_small,
)
from tests.properties.test_assessment_properties import only_unsaid, shuffled
from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer, Reason
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.analysis.place import Place
from threatmodel.catalog.conditions import Condition
from threatmodel.catalog.facts import FACTS, About
from threatmodel.model.kinds import KINDS
from threatmodel.model.system import System

FORCE = settings(deadline=None, max_examples=10, derandomize=True, phases=(Phase.explicit, Phase.generate))
WORDS_OF = dict.fromkeys(("passes_on_unreceived", "receives_unused"), ("reports", "labels", "phi-pixel", "orders"))
"""Words of a fact that are worth asking for, where it has many."""
OF_TOPOLOGY = (
    "reading_needs_it", "reading_goes_on_without", "acts_unread", "in_feedback", "shares", "shares_supplier", "touches",
    "supplied_from", "joins_zones", "reached_unproven", "passes_on_unreceived", "receives_unused", "some_upstream",
    "some_downstream",
)  # fmt: skip
STATED = {
    "over": [None, "remote-admin", "http-api"],
    "authentication": [None, None, "none", "ae-title", "password"],
    "encryption": [None, None, "vpn"],
}
SYSTEMS = {
    name: plain_small(scene, flows=5, known_places=False, stated=STATED)
    for name, scene in {
        "images": IMAGING, "reports": REPORTING, "acting": ACTING, "learning": LEARNING, "goods": GOODS
    }.items()
}  # fmt: skip
OF_FLOWS = ("over", "authentication", "encryption")
OF_PARTS = ("stores", "supplier", "exposure", "operator", "authentication")


@cache
def asked(fact: str) -> list[Condition]:
    """Conditions that ask a fact in each way."""
    about: About = FACTS[fact].about[0]
    if FACTS[fact].shape == "place":
        inner: list[object] = [{"exposure": "internet"}, {"trait": {"any": ["runs-model"]}}, {"os_supported": False}]
        return [condition({fact: one}, about) for one in inner]
    if FACTS[fact].shape == "truth":
        return [condition({fact: True}, about)]
    words = WORDS_OF.get(fact, FACTS[fact].values)
    return [condition({fact: {"any": [word]}}, about) for word in words]


def places(read: System, fact: str) -> list[Place]:
    """The places that a fact may be asked of, in order of id."""
    found: list[Place] = []
    if "component" in FACTS[fact].about:
        found += read.components
    if "flow" in FACTS[fact].about:
        found += read.flows
    if "model" in FACTS[fact].about:
        found.append(read)
    return sorted(found, key=lambda one: one.id)


def answers(read: System, facts: Iterable[str] = OF_TOPOLOGY) -> Iterator[tuple[str, str, Condition, Answer]]:
    """The answer of each condition on these facts at each place."""
    evaluator = Evaluator(Context(read))
    for fact in facts:
        for one in asked(fact):
            verdict = evaluator.compile(one)
            for place in places(read, fact):
                yield fact, place.id, one, verdict(place)


def reasoned(read: System) -> Iterator[tuple[Answer, tuple[Reason, ...]]]:
    """The same answers with their reasons."""
    evaluator = Evaluator(Context(read))
    for fact, place, one, answer in answers(read):
        told, reasons = evaluator.reasons(one, evaluator.context.place(place))
        assert told == answer
        assert any(reason.asks for reason in reasons) or told != UNKNOWN, f"nobody is asked for {fact}"
        yield told, reasons


def with_more(plain: Plain, chance: Random) -> Plain:
    """The same with a few things stated of components, at random."""
    more = copy.deepcopy(plain)
    for part in _parts(more, "components"):
        person = KINDS[str(part["kind"])].dfd == "person"
        choices: dict[str, list[object]] = {
            "exposure": ["internet", "internal"],
            "operator": ["hospital", "vendor", "cloud"],
            "authentication": ["none", "password"],
            "supplier": ["Firm", "House", "Other"],
            "stores": [[], ["phi-pixel"], ["reports", "labels"]],
        }
        for name, values in choices.items():
            if chance.random() < 0.5 and not (person and name in {"authentication", "supplier", "stores"}):
                part[name] = chance.choice(values)
    return more


def less_said(plain: Plain, table: str, names: tuple[str, ...], chance: Random) -> Plain | None:
    """The same with one value left unsaid, or None when no such value is there."""
    found = [(number, name) for number, part in enumerate(_parts(plain, table)) for name in names if name in part]
    if not found:
        return None
    less = copy.deepcopy(plain)
    number, name = chance.choice(found)
    del _parts(less, table)[number][name]
    return less


def _parts(plain: Plain, table: str) -> list[Plain]:
    found = plain[table]
    assert isinstance(found, list)
    return found


def turned_round(before: Plain, after: Plain) -> set[tuple[str, str, str]]:
    """The facts and places of which yes became no, or no yes."""
    pairs = zip(answers(frozen(before)), answers(frozen(after)), strict=True)
    return {
        (fact, place, str(one))
        for (fact, place, one, was), (_, _, _, now) in pairs
        if (was, now) in {(YES, NO), (NO, YES)}
    }


@pytest.mark.parametrize("kind", SYSTEMS)
def test_what_a_flow_carries_left_unsaid_turns_nothing_round(kind: str) -> None:
    @FORCE
    @given(SYSTEMS[kind], st.randoms(use_true_random=False))
    def holds(plain: Plain, chance: Random) -> None:
        before = with_more(plain, chance)
        after = less_said(before, "flows", ("carries",), chance)
        assume(after is not None)
        assert turned_round(before, after or before) == set()

    holds()


@pytest.mark.parametrize("kind", SYSTEMS)
def test_any_value_left_unsaid_turns_nothing_round(kind: str) -> None:
    @FORCE
    @given(SYSTEMS[kind], st.randoms(use_true_random=False))
    def holds(plain: Plain, chance: Random) -> None:
        before = with_more(plain, chance)
        table, names = chance.choice([("flows", OF_FLOWS), ("components", OF_PARTS)])
        after = less_said(before, table, names, chance)
        assume(after is not None)
        assert after is not None
        assume(only_unsaid(frozen(before), frozen(after)) and not answered_for(before, after))
        assert turned_round(before, after) == set()

    holds()


def answered_for(before: Plain, after: Plain) -> bool:
    """Whether the end that answers says what a flow leaves unsaid, which then holds for the flow."""
    parts = {part["id"]: part for part in _parts(after, "components")}
    for one, other in zip(_parts(before, "flows"), _parts(after, "flows"), strict=True):
        if one.keys() - other.keys() == {"authentication"}:
            return "authentication" in parts[one["to" if one["opened_by"] == "source" else "from"]]
    return False


@pytest.mark.parametrize("kind", SYSTEMS)
def test_the_order_of_declaration_changes_nothing(kind: str) -> None:
    @settings(FORCE, max_examples=8)
    @given(SYSTEMS[kind], st.randoms(use_true_random=False))
    def holds(plain: Plain, chance: Random) -> None:
        before = with_more(plain, chance)
        after = shuffled(before, chance)
        assert isinstance(after, dict)
        for one, other in zip(reasoned(frozen(before)), reasoned(frozen(after)), strict=True):
            assert one == other

    holds()


def test_the_systems_have_something_to_say() -> None:
    """The comparisons would hold of facts that always say the same."""
    seen: dict[str, set[Answer]] = {fact: set() for fact in OF_TOPOLOGY}

    def alike() -> list[str]:
        return [fact for fact, told in seen.items() if len(told) < 2]

    @settings(FORCE, max_examples=60)
    @given(st.data(), st.randoms(use_true_random=False))
    def look(scene: st.SearchStrategy[Plain], data: st.DataObject, chance: Random) -> None:
        for fact, _, _, answer in answers(frozen(with_more(data.draw(scene), chance)), alike()):
            seen[fact].add(answer)

    for scene in SYSTEMS.values():
        look(scene)
    assert alike() == []
