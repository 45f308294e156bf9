"""What a catalog of one's own says otherwise of another one's threats: each change with its reason, none in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field

from threatmodel.catalog.catalog import Change, Rule
from threatmodel.catalog.entry import Entry, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy(Entry):
    """Other words for what to do."""

    en: Sentence | None = None
    fr: Sentence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Entry):
    """What is said otherwise of one threat, and why."""

    id: Annotated[str, Field(description="a threat of a catalog that this one extends")]
    because: Annotated[Sentence, Field(description="why; printed wherever the change shows")]
    severity: Annotated[Literal[1, 2, 3, 4, 5] | None, Field(description="clinical harm, 1 to 5")] = None
    knowledge: Annotated[Literal[0, 1, 2] | None, Field(description="what an attacker needs to know, 0 to 2")] = None
    remedy: Remedy | None = None
    out_of_use: Annotated[bool, Field(description="the threat is not asked any more")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides(Entry):
    """The file ``overrides.yaml`` of a catalog."""

    overrides: Annotated[tuple[Override, ...], Field(min_length=1)]


Path = tuple[str | int, ...]


def mistakes_of(overrides: Iterable[Override]) -> Iterator[tuple[str, Path, str | None]]:
    """What is wrong with the overrides of one file: what, at which path, and the hint."""
    seen: set[str] = set()
    for index, one in enumerate(overrides):
        path: Path = ("overrides", index)
        if one.id in seen:
            yield f"{one.id} is overridden twice", (*path, "id"), "say it all in one place"
        seen.add(one.id)
        words = one.remedy is not None and (one.remedy.en is not None or one.remedy.fr is not None)
        changes = one.severity is not None or one.knowledge is not None or words
        if one.out_of_use and changes:
            yield f"{one.id} is out of use and changed at once", (*path, "out_of_use"), "keep one of the two"
        elif not one.out_of_use and not changes:
            hint = "add severity, knowledge or remedy, or out_of_use: true"
            yield f"the override of {one.id} changes nothing", path, hint


def overridden(rule: Rule, one: Override, catalog: str) -> Rule:
    """A rule as an override has it; it carries what was changed, by which catalog, and why."""
    threat = rule.threat
    changes: list[Change] = []

    def change(what: str, was: object, now: object) -> None:
        if was != now:
            changes.append(Change(what, str(was), str(now), catalog, one.because))

    if one.severity is not None:
        change("severity", threat.harm.severity, one.severity)
        threat = replace(threat, harm=replace(threat.harm, severity=one.severity))
    if one.knowledge is not None:
        change("knowledge", threat.exploitability.knowledge, one.knowledge)
        threat = replace(threat, exploitability=replace(threat.exploitability, knowledge=one.knowledge))
    if one.remedy is not None and one.remedy.en is not None:
        change("remedy (en)", threat.en.remedy, one.remedy.en)
        threat = replace(threat, en=replace(threat.en, remedy=one.remedy.en))
    if one.remedy is not None and one.remedy.fr is not None and threat.fr is not None:
        change("remedy (fr)", threat.fr.remedy, one.remedy.fr)
        threat = replace(threat, fr=replace(threat.fr, remedy=one.remedy.fr))
    return rule._replace(threat=threat, changes=(*rule.changes, *changes))
