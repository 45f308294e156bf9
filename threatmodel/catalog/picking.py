"""Which threats somebody picks who asks for a kind of component or a protocol: those that can concern it.

A condition is asked with everything else taken as unknown, by ``possible``; where it cannot hold, nothing of the sort
is concerned. What a threat concerns by what it asks for, told from the plain parts of a diagram, is in ``concerns``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, get_args

from threatmodel.catalog.catalog import Rule
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test
from threatmodel.catalog.facts import FACTS
from threatmodel.catalog.possible import EITHER, End, May, Sort, at_flow, at_kind, tests_of, worked_out

_ENDS: Final[tuple[End, ...]] = get_args(End)
_ENDS_OF_FLOWS: Final = frozenset({"source", "target", "client", "server"})


def concerned(rule: Rule, kind: str | None = None, protocol: str | None = None) -> bool:
    """Whether a threat can concern a component of a known kind, over a protocol; what is None counts as met."""
    if kind is not None and rule.threat.about == "flow":
        return _flow_with(rule.applies, kind, protocol)
    return (kind is None or of_kind(rule, kind)) and (protocol is None or over_protocol(rule, protocol))


def of_kind(rule: Rule, kind: str) -> bool:
    """Whether a threat can concern a component of a known kind.

    A threat about flows concerns what may be at the end that it asks for, or at either where it asks for none; one
    about chains what may be at their ends. Of those about zones and the model it counts those that ask for what a
    component is.
    """
    about = rule.threat.about
    if about == "component":
        return at_kind(rule.applies, kind).hold
    if about == "flow":
        return _flow_with(rule.applies, kind)
    if rule.ways is not None:
        return any(at_kind(end, kind).hold for end in (rule.ways.start, rule.ways.end))
    inner = _leading_to("component", rule.applies)
    flows = [part for part in _leading_to("flow", rule.applies) if _ENDS_OF_FLOWS & _asked(part)]
    return any(at_kind(part, kind).hold for part in inner) or any(_flow_with(part, kind) for part in flows)


def over_protocol(rule: Rule, protocol: str) -> bool:
    """Whether a threat can concern a flow over a protocol; of others than flows, it has to ask for the protocol."""
    if rule.threat.about == "flow":
        return _over(rule.applies, protocol)
    parts = [*_leading_to("flow", rule.applies), *_leading_to("flow", rule.exposed)]
    return any(_over(part, protocol) for part in parts if "protocol" in _asked(part))


def _over(condition: Condition, protocol: str) -> bool:
    return any(_at_end(condition, None, Sort("", "", protocol, opened, None), protocol).hold for opened in _ENDS)


def _flow_with(condition: Condition, kind: str, protocol: str | None = None) -> bool:
    """Whether a condition about flows can hold with a component of a kind at an end that it asks for, if it does."""
    ends_asked = _asked(condition) & _ENDS_OF_FLOWS
    for opened in _ENDS:
        sort = Sort(kind, kind, protocol or "", opened, None)
        for end in _ENDS:
            asked = not ends_asked or {end, "client" if opened == end else "server"} & ends_asked
            if asked and _at_end(condition, end, sort, protocol).hold:
                return True
    return False


def _at_end(condition: Condition, end: End | None, sort: Sort, protocol: str | None) -> May:
    """What a condition can be at a flow of which one end is known, and perhaps the protocol."""

    def leaf(test: Test | Elsewhere) -> May:
        if isinstance(test, Elsewhere):
            opener = "client" if sort.opened_by == end else "server"
            return at_kind(test.part, sort.source) if test.fact in {end, opener} and end is not None else EITHER
        return EITHER if test.fact == "protocol" and protocol is None else at_flow(test, sort)

    return worked_out(condition, leaf)


def _asked(condition: Condition) -> set[str]:
    """The facts that a condition asks of the place itself, not of other places."""
    return {test.fact for test in tests_of(condition)}


def _leading_to(about: Literal["component", "flow"], condition: Condition) -> Iterator[Condition]:
    """The conditions inside one that are asked of places of a sort, at any depth."""
    if isinstance(condition, All | Any):
        for part in condition.parts:
            yield from _leading_to(about, part)
    elif isinstance(condition, Not):
        yield from _leading_to(about, condition.part)
    elif isinstance(condition, Elsewhere):
        if FACTS[condition.fact].leads_to == about:
            yield condition.part
        yield from _leading_to(about, condition.part)
