"""The places that a rule may concern, by sort, and what is left to ask there.

Much of a condition follows from kinds and protocols alone. Places of one sort (the kind of a component; the protocol
and the kinds of the ends of a flow) have that part answered once together: where it already gives no, none of them is
asked, and elsewhere only the rest of the condition is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from threatmodel.analysis.answer import NO, YES, Answer, negated
from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Place
from threatmodel.catalog.catalog import Rule
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test
from threatmodel.model.parts import Component, Flow

_FlowSort = tuple[str | None, str, str, str]
"""Protocol, kind of the source, kind of the target, which end opens the connection."""
Left = Condition | Answer
"""What is left of a condition for all places of a sort: an answer where nothing is."""


class Narrowing:
    """The places of one system, by sort."""

    def __init__(self, context: Context) -> None:
        """Sorts the components and flows of a system."""
        self._context = context
        self._components: dict[str, list[Component]] = {}
        self._flows: dict[_FlowSort, list[Flow]] = {}
        self._known: dict[tuple[int, str], Left] = {}
        for part in context.system.components:
            self._components.setdefault(part.kind, []).append(part)
        for flow in context.system.flows:
            source, target = context.ends(flow)
            self._flows.setdefault((flow.over, source.kind, target.kind, flow.opened_by), []).append(flow)

    def sorts(self, rule: Rule) -> Iterator[tuple[Sequence[Place], Left]]:
        """The places that a rule may concern, chains aside, with what is left to ask of them; never no."""
        system, about, condition = self._context.system, rule.threat.about, rule.applies
        if about == "component":
            for kind, parts in self._components.items():
                left = self._of_kind(condition, kind)
                if left != NO:
                    yield parts, left
        elif about == "flow":
            for sort, flows in self._flows.items():
                left = self._of_sort(condition, sort)
                if left != NO:
                    yield flows, left
        elif about == "zone":
            yield system.zones, condition
        elif about == "model":
            yield (system,), condition

    def _of_kind(self, condition: Condition, kind: str) -> Left:
        """What is left of a condition about components for all of a kind."""
        key = (id(condition), kind)  # conditions live as long as their catalog
        left = self._known.get(key)
        if left is None:
            left = self._known[key] = self._left_of_kind(condition, kind)
        return left

    def _left_of_kind(self, condition: Condition, kind: str) -> Left:
        if isinstance(condition, All | Any):
            return _together(condition, (self._of_kind(part, kind) for part in condition.parts))
        if isinstance(condition, Not):
            return _opposite(self._of_kind(condition.part, kind), condition)
        if not isinstance(condition, Test):
            return condition
        known = self._context.system.kind(kind)
        if condition.fact == "kind":
            return _met(condition, frozenset(self._context.system.lineages[kind]))
        if condition.fact == "trait":
            return _met(condition, known.traits)
        return _met(condition, frozenset({known.dfd})) if condition.fact == "dfd" else condition

    def _of_sort(self, condition: Condition, sort: _FlowSort) -> Left:
        """What is left of a condition about flows for all of a sort."""
        if isinstance(condition, All | Any):
            return _together(condition, (self._of_sort(part, sort) for part in condition.parts))
        if isinstance(condition, Not):
            return _opposite(self._of_sort(condition.part, sort), condition)
        over, source, target, opened_by = sort
        if isinstance(condition, Elsewhere):
            opener, answerer = (source, target) if opened_by == "source" else (target, source)
            ends = {"source": source, "target": target, "client": opener, "server": answerer}
            if condition.fact not in ends:
                return condition
            left = self._of_kind(condition.part, ends[condition.fact])
            return left if isinstance(left, str) else Elsewhere(condition.fact, left)
        known = condition.fact == "protocol" and over is not None
        return _met(condition, frozenset({str(over)})) if known else condition


def _together(condition: All | Any, parts: Iterable[Left]) -> Left:
    """What is left of several parts: nothing once one decides, else those that are still open."""
    decisive: Answer = NO if isinstance(condition, All) else YES
    still: list[Condition] = []
    for part in parts:
        if not isinstance(part, str):
            still.append(part)
        elif part == decisive:
            return decisive
    if not still:
        return negated(decisive)
    return still[0] if len(still) == 1 else type(condition)(tuple(still))


def _opposite(left: Left, whole: Not) -> Left:
    if isinstance(left, str):
        return negated(left)
    return whole if left == whole.part else Not(left)


def _met(test: Test, words: frozenset[str]) -> Answer:
    """A test of a fact all of whose values are known."""
    if test.quantity == "all":
        return YES if words.issuperset(test.words) else NO
    return YES if words.isdisjoint(test.words) == (test.quantity == "none") else NO
