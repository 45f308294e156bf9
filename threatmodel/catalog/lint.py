"""What is well-formed in a catalog and still wrong: entries that contradict themselves, or that nothing leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from threatmodel.catalog.catalog import Catalog, Rule
from threatmodel.catalog.conditions import named_controls, named_facts
from threatmodel.catalog.facts import FACTS


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend (``error``) or to know (``note``) about an entry."""

    level: Literal["error", "note"]
    entry: str
    says: str


def lint(catalog: Catalog) -> list[Remark]:
    """Every remark on a catalog, by entry."""
    found = [remark for rule in catalog.rules.values() for remark in _rule(rule)]
    found += _controls(catalog)
    return sorted(found, key=lambda remark: (remark.level, remark.entry, remark.says))


def _rule(rule: Rule) -> list[Remark]:
    threat = rule.threat
    primary, supporting = threat.controls.primary, threat.controls.supporting
    found = [
        Remark("error", threat.id, f"{name} is named both as primary and as supporting")
        for name in sorted(set(primary) & set(supporting))
    ]
    found += [
        Remark("error", threat.id, f"{name} is named twice")
        for names in (primary, supporting)
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    asked = named_controls(rule.exposed)
    found += [
        Remark("error", threat.id, f"exposed asks for {name}, which its controls do not name")
        for name in sorted(asked - {*primary, *supporting})
    ]
    if asked and not asked & set(primary):
        found.append(
            Remark("error", threat.id, "no primary control can end the exposure: exposed asks for none of them")
        )
    if threat.review.phase != threat.phase:
        found.append(Remark("error", threat.id, "the phase and the review's phase differ"))
    if len(set(threat.stride)) != len(threat.stride):
        found.append(Remark("error", threat.id, "a STRIDE letter stands twice"))
    if len(set(threat.references)) != len(threat.references):
        found.append(Remark("error", threat.id, "a reference stands twice"))
    if threat.fr is None:
        found.append(Remark("note", threat.id, "has no French text yet"))
    return found


def _controls(catalog: Catalog) -> list[Remark]:
    named = {
        name
        for rule in catalog.rules.values()
        for name in (*rule.threat.controls.primary, *rule.threat.controls.supporting)
    }
    found = []
    for name, control in catalog.controls.items():
        if name not in named:
            found.append(Remark("note", name, "no threat names this control"))
        if control.fr is None:
            found.append(Remark("note", name, "has no French text yet"))
        if "{place}" not in control.en.ask:
            found.append(Remark("error", name, "the question does not name {place}"))
    return found


def unused_facts(catalog: Catalog) -> list[str]:
    """The facts that no condition of a catalog asks for."""
    used = {name for rule in catalog.rules.values() for name in named_facts(rule.applies) | named_facts(rule.exposed)}
    return sorted(FACTS.keys() - used)
