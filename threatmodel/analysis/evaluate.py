"""Conditions compiled to closures: first the bare verdict, and on request the reasons that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer, Ask, Reason, Value, negated
from threatmodel.analysis.answers import ANSWERS
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Chain, Place
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test, told_test
from threatmodel.model.holding import HeldControl
from threatmodel.model.lowering import asked_instead
from threatmodel.model.parts import Component, Flow
from threatmodel.model.system import System

Verdict = Callable[[Place], Answer]
_MISSING = frozenset({"absent", "planned"})


class Evaluator:
    """Asks conditions of the places of one system; values of facts are worked out once for each place."""

    def __init__(self, context: Context) -> None:
        """An evaluator for one context."""
        self.context = context
        self._values: dict[str, dict[str, Value]] = {name: {} for name in ANSWERS}
        self._controls: dict[tuple[str, str], HeldControl | None] = {}
        self._stated = context.holding.controls_stated

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
            return lambda place: _any_of(asked(other) for other in self.elsewhere(there, place))
        if condition.fact == "lacks":
            return lambda place: self._lacks(condition, place)
        return self._tested(condition)

    def _tested(self, test: Test) -> Verdict:
        """The verdict of a test; of facts that follow from the kind alone it is worked out once for each kind."""
        answering, known, context = ANSWERS[test.fact], self._values[test.fact], self.context
        asked = _asked(test)
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

        return verdict_by_kind if test.fact in {"kind", "trait", "dfd"} else verdict

    def reasons(self, condition: Condition, place: Place) -> tuple[Answer, list[Reason]]:
        """The verdict of a condition at a place with the facts that decide it."""
        if isinstance(condition, All | Any):
            return self._reasons_of_parts(condition, place)
        if isinstance(condition, Not):
            answer, found = self.reasons(condition.part, place)
            return negated(answer), [_turned(reason) for reason in found]
        if isinstance(condition, Elsewhere):
            return self._elsewhere_reasons(condition, place)
        if condition.fact == "lacks":
            return self._lacks_reasons(condition, place)
        value = self.value(condition.fact, place)
        answer = _asked(condition)(value)
        asks = value.asks if answer == UNKNOWN else ()
        return answer, [Reason(told_test(condition), answer, value.because, value.source, place.id, asks)]

    def _reasons_of_parts(self, condition: All | Any, place: Place) -> tuple[Answer, list[Reason]]:
        """The first part that decides it, or else every part that has a say in it."""
        decisive: Answer = NO if isinstance(condition, All) else YES
        verdict = negated(decisive)
        parts = []
        for part in condition.parts:
            answer, found = self.reasons(part, place)
            if answer == decisive:
                return answer, found
            if answer == UNKNOWN:
                verdict = UNKNOWN
            parts.append((answer, found))
        return verdict, [reason for _, found in parts for reason in found]

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
        context = self.context
        if isinstance(place, Flow):
            source, target = context.ends(place)
            opener, answerer = (source, target) if place.opened_by == "source" else (target, source)
            return ({"source": source, "target": target, "client": opener, "server": answerer}[fact],)
        if isinstance(place, Chain):
            return self._on_the_way(fact, place)
        if isinstance(place, Component):
            flows_in, flows_out = context.spread.flows_in.get(place.id, []), context.spread.flows_out.get(place.id, [])
            if fact == "some_flow_in":
                return flows_in
            if fact == "some_flow_out":
                return flows_out
            answered = [flow for flow in flows_in if flow.opened_by == "source" and flow.data_target == place.id]
            answered += [flow for flow in flows_out if flow.opened_by == "target" and flow.data_source == place.id]
            return sorted(answered, key=lambda flow: flow.id)
        if isinstance(place, System):
            return context.all_components if fact == "some_component" else context.all_flows
        inside = context.inside[place.id]
        if fact == "some_component":
            return [part for part in inside if part.zone == place.id]
        ids = {part.id for part in inside}
        leaving = (
            flow for part in inside for flow in context.spread.flows_out.get(part.id, ()) if flow.data_source == part.id
        )
        return sorted((flow for flow in leaving if flow.data_target in ids), key=lambda flow: flow.id)

    def _on_the_way(self, fact: str, chain: Chain) -> Iterable[Place]:
        """The ends, the flows, or the components between the ends of a chain."""
        context = self.context
        if fact == "some_hop":
            return [context.system.flow_by_id[hop] for hop in chain.hops]
        names = {"first": chain.parts[:1], "last": chain.parts[-1:], "some_between": chain.between}[fact]
        return [context.component(name) for name in names]

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
            asks = (self._ask(name, place),) if answer == UNKNOWN else ()
            found.append(Reason(f"lacks {name}", answer, because, source, place.id, asks))
        combine = _all_of if test.quantity == "all" else _any_of
        verdict = combine(reason.answer for reason in found)
        telling = [reason for reason in found if reason.answer == verdict]
        return verdict, telling or found

    def _ask(self, control: str, place: Place) -> Ask:
        """What to ask for a control: the unstated property that stands for it where there is one, else the control."""
        if isinstance(place, Component | Flow):
            name = asked_instead(control, flow=isinstance(place, Flow))
            if name is not None and place.stated(name) is None:
                return Ask(name, place.id)
        return Ask(control, place.id, control=True)

    def _elsewhere_reasons(self, condition: Elsewhere, place: Place) -> tuple[Answer, list[Reason]]:
        asked, closing = [], []
        for other in self.elsewhere(condition.fact, place):
            answer, found = self.reasons(condition.part, other)
            if answer == YES or condition.fact in _ONE_PLACE:
                return answer, found
            if answer == UNKNOWN:
                asked += found
            else:
                closing += [reason for reason in found if reason.fact.startswith("lacks ")]
        if asked:
            return UNKNOWN, asked
        if closing:
            return NO, closing
        because = f"{_NONE[condition.fact]} {_title(self.context, place)!r} for which this holds"
        return NO, [Reason(condition.fact, NO, because, place.source, place.id)]


_ONE_PLACE = frozenset({"source", "target", "client", "server", "first", "last"})
_NONE = {
    "some_hop": "there is no flow on the way",
    "some_between": "there is nothing on the way",
    "some_flow_in": "there is no flow into",
    "some_flow_out": "there is no flow out of",
    "some_client": "there is no connection to",
    "some_component": "there is no component in",
    "some_flow": "there is no flow inside",
}


def _title(context: Context, place: Place) -> str:
    return place.name if isinstance(place, Chain) else context.title(place.id)


def _asked(test: Test) -> Callable[[Value], Answer]:
    """A test as a function of what is known of its fact."""
    if not test.words:
        return partial(_truth, test.truth)
    ask = _some if test.quantity == "any" else _every if test.quantity == "all" else _none
    return partial(ask, frozenset(test.words))


def _truth(expected: bool, value: Value) -> Answer:
    if not value.words:
        return UNKNOWN
    return YES if ("yes" in value.words) == expected else NO


def _some(words: frozenset[str], value: Value) -> Answer:
    if value.among is not None:
        left = value.among - words
        return YES if not left else UNKNOWN if len(left) < len(value.among) else NO
    return YES if not value.words.isdisjoint(words) else NO if value.complete else UNKNOWN


def _every(words: frozenset[str], value: Value) -> Answer:
    return YES if value.words >= words else NO if value.complete else UNKNOWN


def _none(words: frozenset[str], value: Value) -> Answer:
    return NO if not value.words.isdisjoint(words) else YES if value.complete else UNKNOWN


def _lacking(held: HeldControl | None) -> Answer:
    return UNKNOWN if held is None else YES if held.state in _MISSING else NO


def _all(parts: tuple[Verdict, ...]) -> Verdict:
    def verdict(place: Place) -> Answer:
        found: Answer = YES
        for part in parts:
            answer = part(place)
            if answer == NO:
                return NO
            if answer == UNKNOWN:
                found = UNKNOWN
        return found

    return verdict


def _any(parts: tuple[Verdict, ...]) -> Verdict:
    def verdict(place: Place) -> Answer:
        found: Answer = NO
        for part in parts:
            answer = part(place)
            if answer == YES:
                return YES
            if answer == UNKNOWN:
                found = UNKNOWN
        return found

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


def _turned(reason: Reason) -> Reason:
    fact = reason.fact.removeprefix("not ") if reason.fact.startswith("not ") else f"not {reason.fact}"
    return Reason(fact, negated(reason.answer), reason.because, reason.source, reason.place, reason.asks)
