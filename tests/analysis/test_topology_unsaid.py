"""Facts of topology when less is said, or the same in another order: yes never becomes no, and no never becomes yes."""

from __future__ import annotations

import copy
from random import Random

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from tests.analysis.rules import condition
from tests.analysis.small_systems import (
    CARE,
    GOODS,
    IMAGING,
    IT,
    MODELS,
    PICTURES,
    REPORTING,
    THOUGHTS,
    WORDS,
    Plain,
    frozen,
    plain_small,
)
from tests.properties.test_assessment_properties import shuffled
from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer, Reason
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.analysis.place import Place
from threatmodel.catalog.conditions import Condition
from threatmodel.catalog.facts import FACTS, About
from threatmodel.model.system import System

FORCE = settings(deadline=None, max_examples=60, derandomize=True, phases=(Phase.explicit, Phase.generate))
WORDS_OF = {"passes_on_unreceived": THOUGHTS, "receives_unused": THOUGHTS}
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
    "images": plain_small(CARE, PICTURES, first=IMAGING, known_places=False, stated=STATED),
    "reports": plain_small((*CARE, "dictation", "report-dist"), WORDS, first=REPORTING, known_places=False, stated=STATED),
    "models": plain_small(MODELS, THOUGHTS, known_places=False, stated=STATED),
    "goods": plain_small((*IT, "idp"), GOODS, known_places=False, stated=STATED),
}
OF_FLOWS = ("carries", "over", "authentication")
OF_PARTS = ("stores", "supplier", "exposure", "operator", "authentication")


def asked(fact: str) -> list[Condition]:
    """Conditions that ask a fact in each way."""
    about: About = FACTS[fact].about[0]
    if FACTS[fact].shape == "place":
        inner: list[object] = [{"exposure": "internet"}, {"trait": {"any": ["runs-model"]}}, {"os_supported": False}]
        return [condition({fact: one}, about) for one in inner]
    if FACTS[fact].shape == "truth":
        return [condition({fact: True}, about)]
    words = WORDS_OF.get(fact, FACTS[fact].values)
    return [condition({fact: {quantity: [word]}}, about) for word in words for quantity in ("any", "none")]


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


def told(read: System, fact: str) -> list[tuple[str, Answer, tuple[Reason, ...]]]:
    """The answer of each condition at each place, with its reasons."""
    evaluator = Evaluator(Context(read))
    found = []
    for one in asked(fact):
        verdict, reasoning = evaluator.compile(one), evaluator.reasoning(one)
        for place in places(read, fact):
            answer, reasons = reasoning(place)
            assert answer == verdict(place)
            assert any(reason.asks for reason in reasons) or answer != UNKNOWN, "nobody is asked for what is unknown"
            found.append((place.id, answer, reasons))
    return found


def with_more(plain: Plain, chance: Random) -> Plain:
    """The same with a few things stated of components, at random."""
    more = copy.deepcopy(plain)
    parts = more["components"]
    assert isinstance(parts, list)
    for part in parts:
        person = part["kind"] in {"radiologist", "pacs-admin", "patient"}
        choices: dict[str, list[object]] = {
            "exposure": ["internet", "internal"],
            "operator": ["hospital", "vendor", "cloud"],
            "authentication": ["none", "password"],
            "supplier": ["Firm", "House"],
            "stores": [[], ["phi-pixel"], ["reports", "labels"]],
        }
        for name, values in choices.items():
            if chance.random() < 0.4 and not (person and name in {"authentication", "supplier", "stores"}):
                part[name] = chance.choice(values)
    return more


def less_said(plain: Plain, names: tuple[str, ...], table: str, chance: Random) -> Plain | None:
    """The same with one value left unsaid, or None when none of them is there."""
    parts = plain[table]
    assert isinstance(parts, list)
    found = [(number, name) for number, part in enumerate(parts) for name in names if name in part]
    if not found:
        return None
    less = copy.deepcopy(plain)
    number, name = chance.choice(found)
    left = less[table]
    assert isinstance(left, list)
    del left[number][name]
    return less


@pytest.mark.parametrize("fact", OF_TOPOLOGY)
@pytest.mark.parametrize("kind", SYSTEMS)
def test_what_a_flow_carries_left_unsaid_turns_nothing_round(fact: str, kind: str) -> None:
    @FORCE
    @given(SYSTEMS[kind], st.randoms(use_true_random=False))
    def holds(plain: Plain, chance: Random) -> None:
        before = with_more(plain, chance)
        after = less_said(before, ("carries",), "flows", chance)
        assume(after is not None)
        assert after is not None
        one_way_round(before, after, fact)

    holds()


def one_way_round(before: Plain, after: Plain, fact: str) -> None:
    """That nothing is turned round by what is left unsaid."""
    for (place, was, _), (_, now, reasons) in zip(told(frozen(before), fact), told(frozen(after), fact), strict=True):
        assert (was, now) not in {(YES, NO), (NO, YES)}, (place, reasons)


