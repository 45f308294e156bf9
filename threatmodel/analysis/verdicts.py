"""How answers combine: all of several, any of several, and a test against what is known of a fact.

All of it is Kleene's logic of three values: an answer stands as soon as one part decides it, in whatever order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer, Value
from threatmodel.analysis.place import Place
from threatmodel.catalog.conditions import Test
from threatmodel.model.holding import HeldControl

Verdict = Callable[[Place], Answer]
_MISSING = frozenset({"absent", "planned"})


def all_of(answers: Iterable[Answer]) -> Answer:
    """No as soon as one is no; else unknown when one is; else yes."""
    verdict: Answer = YES
    for answer in answers:
        if answer == NO:
            return NO
        if answer == UNKNOWN:
            verdict = UNKNOWN
    return verdict


def any_of(answers: Iterable[Answer]) -> Answer:
    """Yes as soon as one is yes; else unknown when one is; else no."""
    verdict: Answer = NO
    for answer in answers:
        if answer == YES:
            return YES
        if answer == UNKNOWN:
            verdict = UNKNOWN
    return verdict


def all_hold(parts: tuple[Verdict, ...]) -> Verdict:
    """A verdict that every part must give."""

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


def any_holds(parts: tuple[Verdict, ...]) -> Verdict:
    """A verdict that one part must give."""

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


def tested(test: Test) -> Callable[[Value], Answer]:
    """A test as a function of what is known of its fact."""
    if not test.words:
        return partial(_truth, test.truth)
    ask = _some if test.quantity == "any" else _every if test.quantity == "all" else _none
    return partial(ask, frozenset(test.words))


def lacking(held: HeldControl | None) -> Answer:
    """Whether a control is not in place: absent and planned are yes, not stated is unknown."""
    return UNKNOWN if held is None else YES if held.state in _MISSING else NO


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
