"""Conditions compiled to closures: first the bare verdict, and on request the reasons that it rests on.

The values of facts, and the reasons of a condition, are worked out once for each place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from threatmodel.analysis import along, elsewhere
from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer, Ask, Reason, Value, negated
from threatmodel.analysis.answers import ANSWERS
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Chain, Place
from threatmodel.analysis.verdicts import Verdict, all_hold, all_of, any_holds, any_of, lacking, tested
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test, told_condition, told_test
from threatmodel.model.holding import HeldControl
from threatmodel.model.lowering import asked_instead
from threatmodel.model.parts import Component, Flow
from threatmodel.model.system import System

Reasoned = tuple[Answer, tuple[Reason, ...]]
Reasoning = Callable[[Place], Reasoned]
OF_THE_KIND = frozenset({"kind", "trait", "dfd"})
"""The facts that follow from the kind of a component alone."""


class Evaluator:
    """Asks conditions of the places of one system; values of facts are worked out once for each place."""

    def __init__(self, context: Context) -> None:
        """An evaluator for one context."""
        self.context = context
        self._values: dict[str, dict[str, Value]] = {name: {} for name in ANSWERS}
        self._controls: dict[tuple[str, str], HeldControl | None] = {}
        self._stated = context.holding.controls_stated
        self._elsewhere = elsewhere.Elsewhere(context)
        self._verdicts: dict[int, tuple[Condition, Verdict]] = {}
        self._reasonings: dict[int, tuple[Condition, Reasoning]] = {}
        self._along: dict[Condition, along.Along] = {}

    def compile(self, condition: Condition) -> Verdict:
        """The verdict of a condition as a function of a place."""
        known = self._verdicts.get(id(condition))
        if known is None:
            known = self._verdicts[id(condition)] = condition, self._verdict(condition)
        return known[1]

    def reasoning(self, condition: Condition) -> Reasoning:
        """The verdict of a condition with the facts that decide it, as a function of a place."""
        known = self._reasonings.get(id(condition))
        if known is None:
            known = self._reasonings[id(condition)] = condition, self._reasoning(condition)
        return known[1]

    def reasons(self, condition: Condition, place: Place) -> Reasoned:
        """The verdict of a condition at a place with the facts that decide it."""
        return self.reasoning(condition)(place)

    def value(self, fact: str, place: Place) -> Value:
        """What is known of a fact at a place."""
        known = self._values[fact]
        value = known.get(place.id)
        if value is None:
            value = known[place.id] = ANSWERS[fact](self.context, place)
        return value

    def control(self, name: str, place: Place) -> HeldControl | None:
        """The state of a control at a place; None when nobody states it."""
        holding = self.context.holding
        if name not in self._stated:
            return None
        if isinstance(place, System):
            return holding.model_controls.get(name)
        if isinstance(place, Chain):
            return None  # a control is asked of what a chain consists of, never of the chain
        key = (name, place.id)
        if key in self._controls:
            return self._controls[key]
        held: HeldControl | None
        if isinstance(place, Component):
            held = holding.component_control(place, name)
        elif isinstance(place, Flow):
            held = holding.flow_control(place, name)
        else:
            held = holding.zone_control(place.id, name)
        self._controls[key] = held
        return held

    def elsewhere(self, fact: str, place: Place) -> Iterable[Place]:
        """The other places that a fact of the shape ``place`` leads to, in order of id."""
        return self._elsewhere.places(fact, place)

    def _verdict(self, condition: Condition) -> Verdict:
        if isinstance(condition, All | Any):
            parts = tuple(self.compile(part) for part in sorted(condition.parts, key=_cost))
            return all_hold(parts) if isinstance(condition, All) else any_holds(parts)
        if isinstance(condition, Not):
            inner = self.compile(condition.part)
            return lambda place: negated(inner(place))
        if isinstance(condition, Elsewhere):
            return self._verdict_elsewhere(condition)
        return self._lacks(condition) if condition.fact == "lacks" else self._tested(condition)

    def _verdict_elsewhere(self, condition: Elsewhere) -> Verdict:
        fact, asked, places = condition.fact, self.compile(condition.part), self._elsewhere.places
        if fact in along.FACTS:
            return self._along_of(condition).verdict
        if fact in elsewhere.ONE_PLACE:
            there = self._elsewhere.leading(fact)
            return lambda place: asked(there(place))

        def verdict(place: Place) -> Answer:
            found: Answer = NO
            for other in places(fact, place):
                answer = asked(other)
                if answer == YES:
                    return YES
                if answer == UNKNOWN:
                    found = UNKNOWN
            return found

        return verdict

    def _along_of(self, condition: Elsewhere) -> along.Along:
        """What lies upstream or downstream, worked out once for a condition."""
        known = self._along.get(condition)
        if known is None:
            known = along.Along(self.context, condition.fact, self.compile(condition.part))
            self._along[condition] = known
        return known

    def _reasoning_along(self, condition: Elsewhere) -> Reasoning:
        found, inner = self._along_of(condition), self.reasoning(condition.part)

        def reasoned(place: Place) -> Reasoned:
            answer = found.verdict(place)
            far, way = found.leads_to(place)
            reasons = inner(self.context.component(far))[1] if far is not None else ()
            return answer, (way, *reasons)

        return reasoned

    def _tested(self, test: Test) -> Verdict:
        """The verdict of a test; of facts that follow from the kind alone it is worked out once for each kind."""
        answering, known, context = ANSWERS[test.fact], self._values[test.fact], self.context
        asked = tested(test)
        by_kind: dict[str, Answer] = {}

        def verdict(place: Place) -> Answer:
            value = known.get(place.id)
            if value is None:
                value = known[place.id] = answering(context, place)
            return asked(value)

        def verdict_by_kind(place: Place) -> Answer:
            if not isinstance(place, Component):
                return verdict(place)
            answer = by_kind.get(place.kind)
            if answer is None:
                answer = by_kind[place.kind] = asked(answering(context, place))
            return answer

        return verdict_by_kind if test.fact in OF_THE_KIND else verdict

    def _reasoning(self, condition: Condition) -> Reasoning:
        if isinstance(condition, All | Any):
            return _of_parts(condition, tuple(self.reasoning(part) for part in condition.parts))
        if isinstance(condition, Not):
            inner, denied = self.reasoning(condition.part), _elsewhere_denied(condition.part)
            return lambda place: _opposite(inner(place), denied)
        if isinstance(condition, Elsewhere):
            return self._reasoning_elsewhere(condition)
        if condition.fact == "lacks":
            return self._reasoning_lacks(condition)
        asked, told = tested(condition), told_test(condition)
        answering, known, context = ANSWERS[condition.fact], self._values[condition.fact], self.context

        def reasoned(place: Place) -> Reasoned:
            value = known.get(place.id)
            if value is None:
                value = known[place.id] = answering(context, place)
            answer = asked(value)
            asks = value.asks if answer == UNKNOWN else ()
            return answer, (Reason(told, answer, value.because, value.source, place.id, asks),)

        return reasoned

    def _lacks(self, test: Test) -> Verdict:
        control = self.control
        if self._stated.isdisjoint(test.words):
            return lambda _: UNKNOWN
        if len(test.words) == 1:
            (name,) = test.words
            return lambda place: lacking(control(name, place))
        combine = all_of if test.quantity == "all" else any_of
        return lambda place: combine(lacking(control(name, place)) for name in test.words)

    def _reasoning_lacks(self, test: Test) -> Reasoning:
        combine = all_of if test.quantity == "all" else any_of
        told = {name: f"lacks {name}" for name in test.words}

        def reasoned(place: Place) -> Reasoned:
            found: list[Reason] = []
            for name, lacks in told.items():
                held = self.control(name, place)
                answer = lacking(held)
                if held is None:
                    because, source = f"nothing is stated of {name} for {self.context.title(place.id)!r}", place.source
                else:
                    because, source = held.because, held.source or place.source
                asks = (self._ask(name, place),) if answer == UNKNOWN else ()
                found.append(Reason(lacks, answer, because, source, place.id, asks))
            if len(found) == 1:
                return found[0].answer, tuple(found)
            verdict = combine(reason.answer for reason in found)
            telling = [reason for reason in found if reason.answer == verdict]
            return verdict, tuple(telling or found)

        return reasoned

    def _ask(self, control: str, place: Place) -> Ask:
        """What to ask for a control: the unstated property that stands for it where there is one, else the control."""
        if isinstance(place, Component | Flow):
            name = asked_instead(control, flow=isinstance(place, Flow))
            if name is not None and place.stated(name) is None:
                return Ask(name, place.id)
        return Ask(control, place.id, control=True)

    def _reasoning_elsewhere(self, condition: Elsewhere) -> Reasoning:
        fact, inner, places = condition.fact, self.reasoning(condition.part), self._elsewhere.places
        if fact in along.FACTS:
            return self._reasoning_along(condition)
        if fact in elsewhere.ONE_PLACE:
            there = self._elsewhere.leading(fact)
            return lambda place: inner(there(place))

        told = told_condition(condition.part)

        def reasoned(place: Place) -> Reasoned:
            asked: list[Reason] = []
            closing: list[Reason] = []
            for other in places(fact, place):
                answer, found = inner(other)
                if answer == YES:
                    return answer, found
                if answer == UNKNOWN:
                    asked += found
                else:
                    closing += [reason for reason in found if reason.fact.startswith("lacks ")]
            if asked:
                return UNKNOWN, tuple(asked)
            if closing:
                return NO, tuple(closing)
            title = place.name if isinstance(place, Chain) else self.context.title(place.id)
            because = f"{elsewhere.NONE_FOUND[fact]} {title!r} for which {told}"
            return NO, (Reason(fact, NO, because, place.source, place.id),)

        return reasoned


def _cost(condition: Condition) -> int:
    """How much work a verdict takes, roughly; the order of parts changes no answer, only how soon it is found."""
    if isinstance(condition, All | Any):
        return sum(_cost(part) for part in condition.parts)
    if isinstance(condition, Not):
        return _cost(condition.part)
    if isinstance(condition, Elsewhere):
        return _cost(condition.part) + (1 if condition.fact in elsewhere.ONE_PLACE else 8)
    return 0 if condition.fact in OF_THE_KIND or condition.fact == "protocol" else 2


def _of_parts(condition: All | Any, parts: tuple[Reasoning, ...]) -> Reasoning:
    """The first part that decides it, or else every part that has a say in it."""
    decisive: Answer = NO if isinstance(condition, All) else YES
    otherwise = negated(decisive)

    def reasoned(place: Place) -> Reasoned:
        verdict = otherwise
        reasons: list[Reason] = []
        for part in parts:
            answer, found = part(place)
            if answer == decisive:
                return answer, found
            if answer == UNKNOWN:
                verdict = UNKNOWN
            reasons += found
        return verdict, tuple(reasons)

    return reasoned


def _elsewhere_denied(condition: Condition) -> str:
    """What a reason against a condition speaks of first: the fact that leads elsewhere, or nothing."""
    return condition.fact if isinstance(condition, Elsewhere) and condition.fact not in elsewhere.ONE_PLACE else ""


def _opposite(reasoned: Reasoned, denied: str) -> Reasoned:
    answer, found = reasoned
    return negated(answer), tuple(_turned(reason, denied) for reason in found)


def _turned(reason: Reason, denied: str) -> Reason:
    """A reason the other way round; one about another place says which, so that it is not taken for one about this."""
    fact = reason.fact
    if denied and not fact.endswith(denied) and "lacks " not in fact:
        fact = f"{denied}: {fact}"
    fact = fact.removeprefix("not ") if fact.startswith("not ") else f"not {fact}"
    return Reason(fact, negated(reason.answer), reason.because, reason.source, reason.place, reason.asks)
