"""Conditions compiled to closures: first the bare verdict, and on request the reasons that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer, Ask, Reason, Value, negated
from threatmodel.analysis.answers import ANSWERS
from threatmodel.analysis.context import Context, Place
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test
from threatmodel.model.holding import HeldControl
from threatmodel.model.parts import Component, Flow
from threatmodel.model.system import System

Verdict = Callable[[Place], Answer]
_MISSING = frozenset({"absent", "planned"})


class Evaluator:
    """Asks conditions of the places of one system; values of facts are worked out once for each place."""

    def __init__(self, context: Context) -> None:
        """An evaluator for one context."""
        self.context = context
        self._values: dict[tuple[str, str], Value] = {}
        self._controls: dict[tuple[str, str], HeldControl | None] = {}

    def compile(self, condition: Condition) -> Verdict:
        """The verdict of a condition as a function of a place."""
        if isinstance(condition, All):
            return _all(tuple(self.compile(part) for part in condition.parts))
        if isinstance(condition, Any):
            return _any(tuple(self.compile(part) for part in condition.parts))
        if isinstance(condition, Not):
            inner = self.compile(condition.part)
            return lambda place: negated(inner(place))
        if isinstance(condition, Elsewhere):
            there, asked = condition.fact, self.compile(condition.part)
            return lambda place: _some(asked(other) for other in self.elsewhere(there, place))
        if condition.fact == "lacks":
            return lambda place: self._lacks(condition, place)
        return lambda place: _verdict(condition, self.value(condition.fact, place))

    def reasons(self, condition: Condition, place: Place) -> tuple[Answer, list[Reason]]:
        """The verdict of a condition at a place with the facts that decide it."""
        if isinstance(condition, All | Any):
            parts = [self.reasons(part, place) for part in condition.parts]
            combine, decisive = (_all_of, NO) if isinstance(condition, All) else (_any_of, YES)
            verdict = combine(answer for answer, _ in parts)
            if verdict == decisive:
                return verdict, next(found for answer, found in parts if answer == decisive)
            if verdict == UNKNOWN:
                return verdict, [reason for answer, found in parts if answer != decisive for reason in found]
            return verdict, [reason for _, found in parts for reason in found]
        if isinstance(condition, Not):
            answer, found = self.reasons(condition.part, place)
            return negated(answer), [_turned(reason) for reason in found]
        if isinstance(condition, Elsewhere):
            return self._elsewhere_reasons(condition, place)
        if condition.fact == "lacks":
            return self._lacks_reasons(condition, place)
        value = self.value(condition.fact, place)
        answer = _verdict(condition, value)
        asks = value.asks if answer == UNKNOWN else ()
        return answer, [Reason(_written(condition), answer, value.because, value.source, place.id, asks)]

    def value(self, fact: str, place: Place) -> Value:
        """What is known of a fact at a place."""
        key = (fact, place.id)
        known = self._values.get(key)
        if known is None:
            known = self._values[key] = ANSWERS[fact](self.context, place)
        return known

    def control(self, name: str, place: Place) -> HeldControl | None:
        """The state of a control at a place; None when nobody states it."""
        holding = self.context.holding
        if isinstance(place, System):
            return holding.model_controls.get(name)
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
        context = self.context
        if isinstance(place, Flow):
            source, target = context.ends(place)
            opener, answerer = (source, target) if place.opened_by == "source" else (target, source)
            return ({"source": source, "target": target, "client": opener, "server": answerer}[fact],)
        if isinstance(place, Component):
            flows_in, flows_out = context.spread.flows_in.get(place.id, []), context.spread.flows_out.get(place.id, [])
            if fact == "some_flow_in":
                return flows_in
            if fact == "some_flow_out":
                return flows_out
            answered = [flow for flow in flows_in if flow.opened_by == "source" and flow.data_target == place.id]
            answered += [flow for flow in flows_out if flow.opened_by == "target" and flow.data_source == place.id]
            return answered
        if isinstance(place, System):
            return place.components if fact == "some_component" else place.flows
        inside = context.inside[place.id]
        if fact == "some_component":
            return inside
        ids = {part.id for part in inside}
        return [flow for part in inside for flow in context.spread.flows_out.get(part.id, []) if flow.data_target in ids]

    def _lacks(self, test: Test, place: Place) -> Answer:
        answers = (_lacking(self.control(name, place)) for name in test.words)
        return _all_of(answers) if test.quantity == "all" else _any_of(answers)

    def _lacks_reasons(self, test: Test, place: Place) -> tuple[Answer, list[Reason]]:
        found: list[Reason] = []
        for name in test.words:
            held = self.control(name, place)
            answer = _lacking(held)
            if held is None:
                because, source = f"nothing is stated of {name} for {self.context.title(place.id)!r}", place.source
            else:
                because, source = held.because, held.source or place.source
            asks = (Ask(name, place.id, control=True),) if answer == UNKNOWN else ()
            found.append(Reason(f"lacks {name}", answer, because, source, place.id, asks))
        combine = _all_of if test.quantity == "all" else _any_of
        verdict = combine(reason.answer for reason in found)
        telling = [reason for reason in found if reason.answer == verdict]
        return verdict, telling or found

    def _elsewhere_reasons(self, condition: Elsewhere, place: Place) -> tuple[Answer, list[Reason]]:
        asked = [self.reasons(condition.part, other) for other in self.elsewhere(condition.fact, place)]
        verdict = _some(answer for answer, _ in asked)
        if condition.fact in {"source", "target", "client", "server"}:
            return verdict, asked[0][1]
        if verdict == NO:
            because = f"{self.context.title(place.id)!r} has none ({condition.fact.replace('_', ' ')}) for which this holds"
            return NO, [Reason(condition.fact, NO, because, place.source, place.id)]
        if verdict == YES:
            return YES, next(found for answer, found in asked if answer == YES)
        return UNKNOWN, [reason for answer, found in asked if answer == UNKNOWN for reason in found]


def _verdict(test: Test, value: Value) -> Answer:
    if not test.words:
        if not value.words:
            return UNKNOWN
        return YES if ("yes" in value.words) == test.truth else NO
    if test.quantity == "all":
        return YES if value.words.issuperset(test.words) else NO if value.complete else UNKNOWN
    met = not value.words.isdisjoint(test.words)
    if test.quantity == "any":
        return YES if met else NO if value.complete else UNKNOWN
    return NO if met else YES if value.complete else UNKNOWN


def _lacking(held: HeldControl | None) -> Answer:
    return UNKNOWN if held is None else YES if held.state in _MISSING else NO


def _all(parts: tuple[Verdict, ...]) -> Verdict:
    def verdict(place: Place) -> Answer:
        return _all_of(part(place) for part in parts)

    return verdict


def _any(parts: tuple[Verdict, ...]) -> Verdict:
    def verdict(place: Place) -> Answer:
        return _any_of(part(place) for part in parts)

    return verdict


def _all_of(answers: Iterable[Answer]) -> Answer:
    """No as soon as one is no; else unknown when one is; else yes."""
    verdict: Answer = YES
    for answer in answers:
        if answer == NO:
            return NO
        if answer == UNKNOWN:
            verdict = UNKNOWN
    return verdict


def _any_of(answers: Iterable[Answer]) -> Answer:
    """Yes as soon as one is yes; else unknown when one is; else no."""
    verdict: Answer = NO
    for answer in answers:
        if answer == YES:
            return YES
        if answer == UNKNOWN:
            verdict = UNKNOWN
    return verdict


_some = _any_of


def _turned(reason: Reason) -> Reason:
    return Reason(f"not {reason.fact}", negated(reason.answer), reason.because, reason.source, reason.place, reason.asks)


def _written(test: Test) -> str:
    """A test as the catalog writes it, in one line."""
    if not test.words:
        return test.fact if test.truth else f"not {test.fact}"
    if len(test.words) == 1 and test.quantity == "any":
        return f"{test.fact} {test.words[0]}"
    return f"{test.fact} {test.quantity} of {', '.join(test.words)}"
