"""What would close an open finding: the sets of controls each of which is enough."""

from __future__ import annotations

from collections.abc import Iterable

from threatmodel.analysis.finding import Finding
from threatmodel.catalog.catalog import Rule
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test

Sets = frozenset[frozenset[str]]
"""Sets of controls, each of which is enough; none of them when no control is."""
_MISSING = frozenset({"unstated", "absent", "planned"})


def closing(rule: Rule, finding: Finding) -> tuple[tuple[str, ...], ...]:
    """The smallest sets of missing controls that close a finding, each enough by itself, the smallest first.

    They follow from how the rule asks for what is lacking: where it takes the lack of several, any one of them is
    enough; where the lack of one is enough, all of them are needed. Where it asks for none, the controls that the
    threat names first are given, each by itself.
    """
    lacking = {
        reason.fact.removeprefix("lacks ")
        for reason in finding.why
        if reason.fact.startswith("lacks ") and reason.answer != "no"
    }
    missing = frozenset(control.id for control in finding.controls if control.state in _MISSING)
    found = _enough(rule.exposed, lacking, missing | lacking, asked=True)
    if not found:
        found = frozenset(
            frozenset({control.id})
            for control in finding.controls
            if control.role == "primary" and control.id in missing
        )
    return tuple(sorted((tuple(sorted(one)) for one in found), key=lambda one: (len(one), one)))


def _enough(condition: Condition, lacking: Iterable[str], missing: frozenset[str], *, asked: bool) -> Sets:
    """The sets of controls that make a condition fail; that make it hold where it is not ``asked`` but denied."""
    if isinstance(condition, Not):
        return _enough(condition.part, lacking, missing, asked=not asked)
    if isinstance(condition, Elsewhere):
        return _enough(condition.part, lacking, missing, asked=asked)
    if isinstance(condition, All | Any):
        parts = [_enough(part, lacking, missing, asked=asked) for part in condition.parts]
        several = [part for part in parts if part]
        return _either(several) if isinstance(condition, All) == asked else _each(several)
    return _of_test(condition, lacking, missing) if asked and condition.fact == "lacks" else frozenset()


def _of_test(test: Test, lacking: Iterable[str], missing: frozenset[str]) -> Sets:
    if not set(test.words) & set(lacking):
        return frozenset()
    if test.quantity == "all":
        return frozenset(frozenset({word}) for word in test.words if word in missing)
    return frozenset({frozenset(test.words) & missing})


def _either(several: Iterable[Sets]) -> Sets:
    """What is enough where one of several has to be met."""
    return _smallest(one for sets in several for one in sets)


def _each(several: Iterable[Sets]) -> Sets:
    """What is enough where all of several have to be met."""
    found: Sets = frozenset()
    for sets in several:
        found = _smallest(one | other for one in found for other in sets) if found else sets
    return found


def _smallest(sets: Iterable[frozenset[str]]) -> Sets:
    every = frozenset(sets)
    return frozenset(one for one in every if not any(other < one for other in every))
