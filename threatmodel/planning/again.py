"""An assessment carried forward as if controls were in place: only what they can change is asked again.

What a control changes is read off the parts that say something else afterwards: the states of controls, and the
properties that stand for them. A rule is asked again when it names one of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from threatmodel.analysis.context import Context
from threatmodel.analysis.match import match, place_of
from threatmodel.assessment import Assessment, Rated
from threatmodel.catalog.catalog import Catalog, Rule
from threatmodel.catalog.conditions import Condition, named_controls, named_facts
from threatmodel.model.lowering import lowered_component, lowered_flow
from threatmodel.model.parts import Component, Flow, Zone
from threatmodel.model.supposing import Supposition, supposing
from threatmodel.model.system import System
from threatmodel.risk.residual import residual
from threatmodel.risk.score import Scorer

_GIVING_WAY = ("encryption", "authentication", "default_credentials")
"""The properties that a supposition may take back, since they say otherwise."""
_HIDDEN = {"mtls-node-auth": "reached_unproven", "authentication": "reached_unproven"}
"""Controls and properties on which a fact of another name rests."""


@dataclass(frozen=True)
class Running:
    """What is open as if some controls were in place."""

    system: System
    findings: tuple[Rated, ...]
    catalog: Catalog
    naming: Naming
    day: date | None
    """The day on which the age of evidence is judged."""

    @staticmethod
    def of(assessment: Assessment, today: date | None) -> Running:
        """What is open to begin with."""
        catalog = assessment.catalog
        return Running(assessment.system, assessment.findings, catalog, Naming(catalog), today)

    def with_control(self, control: str, places: Iterable[str]) -> Running:
        """What is open once a control is implemented at some places as well; the same as assessing all anew."""
        after = supposing(self.system, [Supposition("implemented", control, place) for place in places])
        said, moved = _changes(self.system, after)
        asked = {name: rule for name, rule in self.catalog.rules.items() if self.naming.words[name] & said}
        part = replace(self.catalog, rules=asked)
        context = Context(after)
        scorer = Scorer(context, part)
        found = []
        for finding in match(context, part):
            inherent = scorer.inherent(asked[finding.threat], place_of(context, finding))
            found.append(Rated(finding, inherent, residual(finding, inherent, part, self.day)))
        for rated in self.findings:
            finding = rated.finding
            if finding.threat in asked:
                continue
            if finding.place.id not in moved:
                found.append(rated)
                continue
            inherent = scorer.inherent(self.catalog.rules[finding.threat], place_of(context, finding))
            found.append(Rated(finding, inherent, residual(finding, inherent, self.catalog, self.day)))
        found.sort(key=lambda rated: rated.finding.id)
        return replace(self, system=after, findings=tuple(found))


class Naming:
    """For each threat of a catalog the words of its rule, and the controls that can change a finding of it.

    Those that are ``deciding`` may close it; those that are ``helping`` can at most make it harder by a step.
    """

    def __init__(self, catalog: Catalog) -> None:
        """Reads the rules of a catalog."""
        self.words = {name: _words(rule) for name, rule in catalog.rules.items()}
        self.deciding: dict[str, frozenset[str]] = {}
        self.helping: dict[str, frozenset[str]] = {}
        for name, rule in catalog.rules.items():
            self.deciding[name] = _asked(rule) | {*rule.threat.controls.primary}
            self.helping[name] = frozenset(rule.threat.controls.supporting) - self.deciding[name]


def tied_words(system: System) -> frozenset[str]:
    """The controls that properties of a system stand for, and what else changes when such a property gives way.

    Supposing one of them may take back a property, and with it what it says of the others.
    """
    found: set[str] = set()
    parts: tuple[Component | Flow, ...] = (*system.components, *system.flows)
    for part in parts:
        lowered = lowered_flow(part, part.over) if isinstance(part, Flow) else lowered_component(part)
        found.update(told.control for told in lowered)
    return frozenset({*found, *_GIVING_WAY, *_HIDDEN.values()}) if found else frozenset()


def _words(rule: Rule) -> frozenset[str]:
    """The controls and facts that a rule names, in its conditions or among what closes its threat."""
    return _asked(rule) | {*rule.threat.controls.primary, *rule.threat.controls.supporting}


def _asked(rule: Rule) -> frozenset[str]:
    """The controls and facts that the conditions of a rule name."""
    conditions: list[Condition] = [rule.applies, rule.exposed]
    if rule.ways is not None:
        conditions += [rule.ways.start, rule.ways.end]
        conditions += [rule.ways.avoiding] if rule.ways.avoiding is not None else []
    named: set[str] = set()
    for condition in conditions:
        named |= named_controls(condition) | named_facts(condition)
    return frozenset(named)


def _changes(before: System, after: System) -> tuple[frozenset[str], frozenset[str]]:
    """The controls and facts of which something else is said afterwards; the parts whose way to log in changed."""
    said: set[str] = set()
    moved: set[str] = set()
    if before.controls != after.controls:
        said |= {control.id for control in {*before.controls} ^ {*after.controls}}
    old: tuple[tuple[Zone | Component | Flow, ...], ...] = (before.zones, before.components, before.flows)
    new: tuple[tuple[Zone | Component | Flow, ...], ...] = (after.zones, after.components, after.flows)
    for olds, news in zip(old, new, strict=True):
        for one, other in zip(olds, news, strict=True):
            if one is not other:
                said |= {name for name, _ in _sayings(one) ^ _sayings(other)}
                if isinstance(one, Component | Flow) and one.stated("authentication") != other.stated("authentication"):
                    moved.add(one.id)
    said |= {_HIDDEN[name] for name in said & _HIDDEN.keys()}
    return frozenset(said), frozenset(moved)


def _sayings(part: Zone | Component | Flow) -> set[tuple[str, object]]:
    """What a part says of controls, and by the properties that may give way."""
    found: set[tuple[str, object]] = {(control.id, control) for control in part.controls}
    if isinstance(part, Flow):
        found |= {(told.control, told) for told in lowered_flow(part, part.over)}
    elif isinstance(part, Component):
        found |= {(told.control, told) for told in lowered_component(part)}
    if not isinstance(part, Zone):
        found |= {(name, part.stated(name)) for name in _GIVING_WAY if hasattr(part, name)}
    return found
