"""Whether a condition can hold, and whether it can fail, at a place of which only kinds and protocol are known.

Everything else is unknown: what the model will state of the place, which flows it has. Beside the name and the traits
of a kind its usual data may be taken as known, so that a rule about whatever keeps models is seen to be about a model
registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test
from threatmodel.model.kind import Kind
from threatmodel.model.kinds import KINDS, lineage, properties_for
from threatmodel.model.properties import COMPONENT_PROPERTIES
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID

End = Literal["source", "target"]
Usual = Literal["source", "target", "nothing"] | None


class May(NamedTuple):
    """Whether something can hold and whether it can fail; neither, where nobody can ever state it."""

    hold: bool
    fail: bool


EITHER = May(True, True)
SURE = May(True, False)
IMPOSSIBLE = May(False, True)
NEVER_STATED = May(False, False)

Leaf = Callable[[Test | Elsewhere], May]
_CARRIED = frozenset({"carries", "carries_identified"})
_CLASSES = frozenset({"stores", "receives", "emits", "handles", "carries"})
_IDENTIFIED = frozenset({"stores_identified", "handles_identified", "carries_identified"})
_FLOWS_OF_IT = frozenset({"some_flow_in", "some_flow_out", "some_client"})


class Sort(NamedTuple):
    """A flow, or a chain, of which the kinds of its ends are known, its protocol and which end opens it.

    ``protocol`` is an empty text for one that no condition names. The data of a flow are those that the kind at its end
    ``usual`` usually has, or none at all; without it, any.
    """

    source: str
    target: str
    protocol: str
    opened_by: End
    usual: Usual

    @property
    def data(self) -> frozenset[str]:
        """The data that it carries, where they are known."""
        if self.usual in {None, "nothing"}:
            return frozenset()
        return frozenset(KINDS[self.source if self.usual == "source" else self.target].data)

    def end(self, fact: str) -> tuple[str, bool] | None:
        """The kind at the end that a fact leads to and whether its usual data count; None for other facts."""
        if fact in {"client", "server"}:
            fact = self.opened_by if fact == "client" else "target" if self.opened_by == "source" else "source"
        if fact in {"source", "first"}:
            return self.source, self.usual == "source"
        return (self.target, self.usual == "target") if fact in {"target", "last"} else None


def at_kind(condition: Condition, kind: str, *, usual: bool = False) -> May:
    """What a condition can be at a component of a kind: with any data, or with no data but those it usually has."""
    return _at_kind(condition, kind, usual)


def at_flow(condition: Condition, sort: Sort) -> May:
    """What a condition can be at a flow or chain of a sort."""

    def leaf(test: Test | Elsewhere) -> May:
        if isinstance(test, Elsewhere):
            end = sort.end(test.fact)
            return EITHER if end is None else _at_kind(test.part, *end)
        if test.fact == "protocol":
            return _met(test, frozenset({sort.protocol}))
        if test.fact == "opened_by":
            return _met(test, frozenset({str(sort.opened_by)}))
        if test.fact in _CARRIED and sort.usual is not None:
            return _of_data(test, sort.data)
        return EITHER

    return worked_out(condition, leaf)


def worked_out(condition: Condition, leaf: Leaf) -> May:
    """What a condition can be, by what its tests can be."""
    if isinstance(condition, All | Any):
        parts = [worked_out(part, leaf) for part in condition.parts]
        some, every = (any, all) if isinstance(condition, Any) else (all, any)
        return May(some(part.hold for part in parts), every(part.fail for part in parts))
    if isinstance(condition, Not):
        part = worked_out(condition.part, leaf)
        return May(part.fail, part.hold)
    return leaf(condition)


def tests_of(condition: Condition) -> Iterator[Test | Elsewhere]:
    """The tests of a condition, and where it asks of other places; what is asked there is left out."""
    if isinstance(condition, All | Any):
        for part in condition.parts:
            yield from tests_of(part)
    elif isinstance(condition, Not):
        yield from tests_of(condition.part)
    else:
        yield condition


def alike(condition: Condition, kind: str) -> tuple[May, ...]:
    """What tells a kind from another at an end of a flow: those for which it is equal give equal answers there."""
    found = []
    for test in tests_of(condition):
        if isinstance(test, Elsewhere):
            found += [_at_kind(test.part, kind, usual) for usual in (False, True)]
        elif test.fact in _CARRIED:
            found.append(_of_data(test, frozenset(KINDS[kind].data)))
    return tuple(found)


@cache
def _at_kind(condition: Condition, kind: str, usual: bool) -> May:
    known = KINDS[kind]

    def leaf(test: Test | Elsewhere) -> May:
        if isinstance(test, Elsewhere):
            return _flow_at(test.part, known) if usual and test.fact in _FLOWS_OF_IT else EITHER
        if test.fact == "kind":
            return _met(test, frozenset(lineage(known, {})))
        if test.fact == "trait":
            return _met(test, known.traits)
        if test.fact == "dfd":
            return _met(test, frozenset({str(known.dfd)}))
        if test.fact in COMPONENT_PROPERTIES and test.fact not in properties_for(known):
            return _met(test, frozenset({"active"})) if test.fact == "lifecycle" else NEVER_STATED
        return _of_data(test, frozenset(known.data)) if usual else EITHER

    return worked_out(condition, leaf)


def _flow_at(condition: Condition, kind: Kind) -> May:
    """What can be of some flow of a component that carries nothing but the component's usual data."""
    data = frozenset(kind.data)
    found = worked_out(condition, lambda test: EITHER if isinstance(test, Elsewhere) else _of_data(test, data))
    return May(found.hold, True)


def _of_data(test: Test, data: frozenset[str]) -> May:
    """A test of data where there are no others than these, of which some may be missing; any other test is open."""
    if test.fact in _CLASSES:
        if test.quantity == "none":
            return EITHER
        words = frozenset(test.words)
        return May(data >= words if test.quantity == "all" else not data.isdisjoint(words), True)
    if test.fact in _IDENTIFIED:
        named = any(DATA_CLASS_BY_ID[one].identifies for one in data)
        return May(named, True) if test.truth else May(True, named)
    return EITHER


def _met(test: Test, words: frozenset[str]) -> May:
    """A test of a fact all of whose values are known."""
    if test.quantity == "all":
        holds = words.issuperset(test.words)
    else:
        holds = words.isdisjoint(test.words) == (test.quantity == "none")
    return SURE if holds else IMPOSSIBLE
