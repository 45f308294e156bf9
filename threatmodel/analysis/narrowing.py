"""The places that a rule may concern, by what follows from kinds and protocols alone.

A condition is asked with everything else taken as unknown; where that already gives no, no place of the sort is asked.
Places of one sort (the kind of a component; the protocol and the kinds of the ends of a flow) are asked once together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from threatmodel.analysis.answer import NO, UNKNOWN, YES, Answer, negated
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Place
from threatmodel.catalog.catalog import Rule
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test
from threatmodel.model.parts import Component, Flow

_FlowSort = tuple[str | None, str, str, str]
"""Protocol, kind of the source, kind of the target, which end opens the connection."""


class Narrowing:
    """The places of one system, by sort."""

    def __init__(self, context: Context) -> None:
        """Sorts the components and flows of a system."""
        self._context = context
        self._components: dict[str, list[Component]] = {}
        self._flows: dict[_FlowSort, list[Flow]] = {}
        for part in context.system.components:
            self._components.setdefault(part.kind, []).append(part)
        for flow in context.system.flows:
            source, target = context.ends(flow)
            self._flows.setdefault((flow.over, source.kind, target.kind, flow.opened_by), []).append(flow)

    def places(self, rule: Rule) -> Iterable[Place]:
        """The places that a rule may concern, chains aside; every place that it does concern is among them."""
        system, about = self._context.system, rule.threat.about
        if about == "component":
            return self._components_for(rule.applies)
        if about == "flow":
            return self._flows_for(rule.applies)
        if about == "zone":
            return system.zones
        return (system,) if about == "model" else ()

    def _components_for(self, condition: Condition) -> Iterator[Component]:
        for kind, parts in self._components.items():
            if self._of_kind(condition, kind) != NO:
                yield from parts

    def _flows_for(self, condition: Condition) -> Iterator[Flow]:
        for sort, flows in self._flows.items():
            if self._of_sort(condition, sort) != NO:
                yield from flows

    def _of_kind(self, condition: Condition, kind: str) -> Answer:
        """What a condition about components is for all of a kind."""
        if isinstance(condition, All | Any):
            return _together(condition, (self._of_kind(part, kind) for part in condition.parts))
        if isinstance(condition, Not):
            return negated(self._of_kind(condition.part, kind))
        if not isinstance(condition, Test):
            return UNKNOWN
        known = self._context.system.kind(kind)
        if condition.fact == "kind":
            return _met(condition, frozenset(self._context.system.lineages[kind]))
        if condition.fact == "trait":
            return _met(condition, known.traits)
        return _met(condition, frozenset({known.dfd})) if condition.fact == "dfd" else UNKNOWN

    def _of_sort(self, condition: Condition, sort: _FlowSort) -> Answer:
        """What a condition about flows is for all of a sort."""
        if isinstance(condition, All | Any):
            return _together(condition, (self._of_sort(part, sort) for part in condition.parts))
        if isinstance(condition, Not):
            return negated(self._of_sort(condition.part, sort))
        over, source, target, opened_by = sort
        if isinstance(condition, Elsewhere):
            opener, answerer = (source, target) if opened_by == "source" else (target, source)
            ends = {"source": source, "target": target, "client": opener, "server": answerer}
            return self._of_kind(condition.part, ends[condition.fact]) if condition.fact in ends else UNKNOWN
        known = condition.fact == "protocol" and over is not None
        return _met(condition, frozenset({str(over)})) if known else UNKNOWN


def _together(condition: All | Any, answers: Iterable[Answer]) -> Answer:
    decisive: Answer = NO if isinstance(condition, All) else YES
    found = negated(decisive)
    for answer in answers:
        if answer == decisive:
            return answer
        if answer == UNKNOWN:
            found = UNKNOWN
    return found


def _met(test: Test, words: frozenset[str]) -> Answer:
    """A test of a fact all of whose values are known."""
    if test.quantity == "all":
        return YES if words.issuperset(test.words) else NO
    return YES if words.isdisjoint(test.words) == (test.quantity == "none") else NO
