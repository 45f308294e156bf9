"""What is well-formed in a catalog and still wrong: entries that contradict themselves, or that nothing leads to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final, Literal

from threatmodel.catalog.catalog import Catalog, Rule
from threatmodel.catalog.conditions import named_controls, named_facts
from threatmodel.catalog.controls import Control
from threatmodel.catalog.facts import FACTS
from threatmodel.catalog.frameworks import Cited, by_mapping, by_reference, of_prefix
from threatmodel.catalog.glossary import Glossary, departures, typography
from threatmodel.catalog.threats import Threat
from threatmodel.errors import nearest, nearest_or_all

Level = Literal["error", "note"]
Path = tuple[str | int, ...]

WITHOUT_FRENCH: Final[Level] = "error"
"""What it is when a stable entry that the program ships has no French text; of another's own it is a note."""
UNNAMED_CONTROL: Final[Level] = "error"
"""What it is when no threat names a control of a catalog that the program ships; of another's own it is a note."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend (``error``) or to know (``note``) about an entry, and where in it."""

    level: Level
    entry: str
    """The id of a threat, a control, or a framework."""
    says: str
    hint: str | None = None
    path: Path = ()
    catalog: str = ""
    """The id of the catalog that the entry is of."""


def lint(catalog: Catalog, glossaries: Sequence[Glossary] = ()) -> list[Remark]:
    """Every remark on a catalog, by entry; French texts are held against the glossaries."""
    cited, mapped = by_reference(catalog.frameworks), by_mapping(catalog.frameworks)
    shipped = {origin.id for origin in catalog.origins if origin.shipped}
    found = [remark for rule in _rules(catalog) for remark in _rule(rule)]
    found += _controls(catalog, shipped)
    for threat, home in _threats(catalog):
        said = {"en": asdict(threat.en), "fr": asdict(threat.fr) if threat.fr is not None else None}
        found += _references(threat, home, cited)
        found += _french(threat, home, said, glossaries, shipped=home in shipped)
    for name, control in _all_controls(catalog).items():
        home = catalog.control_catalogs.get(name, "")
        said = {"en": asdict(control.en), "fr": asdict(control.fr) if control.fr is not None else None}
        found += _references(control, home, cited)
        found += _mappings(control, home, mapped)
        found += _french(control, home, said, glossaries, shipped=home in shipped)
    found += _frameworks(catalog)
    return sorted(dict.fromkeys(found), key=lambda remark: (remark.level, remark.entry, remark.says))


def unused_facts(catalog: Catalog) -> list[str]:
    """The facts that no condition of a catalog asks for."""
    used = {name for rule in catalog.rules.values() for name in named_facts(rule.applies) | named_facts(rule.exposed)}
    return sorted(FACTS.keys() - used)


def _rules(catalog: Catalog) -> list[Rule]:
    """Every rule that its own catalog has in force, those out of use here too."""
    return [*catalog.rules.values(), *(one.rule for one in catalog.out_of_use.values() if one.rule is not None)]


def _threats(catalog: Catalog) -> Iterator[tuple[Threat, str]]:
    """Every threat, as asked or shelved, with the catalog that brought it."""
    for rule in catalog.rules.values():
        yield rule.threat, rule.catalog
    for shelved in (*catalog.retired.values(), *catalog.out_of_use.values()):
        yield shelved.threat, shelved.catalog


def _all_controls(catalog: Catalog) -> dict[str, Control]:
    return {**catalog.controls, **catalog.retired_controls}


def _rule(rule: Rule) -> Iterator[Remark]:
    threat = rule.threat
    primary, supporting = threat.controls.primary, threat.controls.supporting

    def error(says: str, *path: str) -> Remark:
        return Remark("error", threat.id, says, None, path, rule.catalog)

    for name in sorted(set(primary) & set(supporting)):
        yield error(f"{name} is named both as primary and as supporting", "controls")
    for role, names in (("primary", primary), ("supporting", supporting)):
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield error(f"{name} is named twice", "controls", role)
    asked = named_controls(rule.exposed)
    for name in sorted(asked - {*primary, *supporting}):
        yield error(f"exposed asks for {name}, which its controls do not name", "exposed")
    if asked and not asked & set(primary):
        yield error("no primary control can end the exposure: exposed asks for none of them", "controls", "primary")
    if threat.review.phase != threat.phase:
        yield error("the phase and the review's phase differ", "review")
    if len(set(threat.stride)) != len(threat.stride):
        yield error("a STRIDE letter stands twice", "stride")
    if len(set(threat.references)) != len(threat.references):
        yield error("a reference stands twice", "references")
    changed = {change.what for change in rule.changes}
    if ("remedy (en)" in changed) != ("remedy (fr)" in changed) and changed & {"remedy (en)", "remedy (fr)"}:
        if threat.fr is not None:
            by = next(change.catalog for change in rule.changes if change.what.startswith("remedy"))
            says = f"{by} changes the remedy in one language, and the other says what it said"
            yield Remark("note", threat.id, says, None, (), by)


def _controls(catalog: Catalog, shipped: Collection[str]) -> Iterator[Remark]:
    named = {
        name for rule in _rules(catalog) for name in (*rule.threat.controls.primary, *rule.threat.controls.supporting)
    }
    for name, control in catalog.controls.items():
        home = catalog.control_catalogs.get(name, "")
        if name not in named:
            level: Level = UNNAMED_CONTROL if home in shipped else "note"
            yield Remark(level, name, "no threat names this control", None, ("id",), home)
        for language, text in (("en", control.en), ("fr", control.fr)):
            if text is not None and "{place}" not in text.ask:
                says = "the question does not name {place}" + (" in French" if language == "fr" else "")
                yield Remark("error", name, says, None, (language, "ask"), home)


def _references(entry: Threat | Control, home: str, known: Mapping[str, Cited]) -> Iterator[Remark]:
    """References that no framework knows; without any framework there is nothing to hold them against."""
    for index, reference in enumerate(entry.references if known else ()):
        if reference not in known:
            hint = nearest(reference, of_prefix(reference, known)) or nearest(reference, known)
            says = f"no framework knows the reference {reference!r}"
            hint = hint or "add it to frameworks.yaml with its official name"
            yield Remark("error", entry.id, says, hint, ("references", index), home)


def _mappings(control: Control, home: str, known: Mapping[str, Mapping[str, Cited]]) -> Iterator[Remark]:
    for scheme, places in control.mappings.items() if known else ():
        for index, place in enumerate(places):
            if place not in known.get(scheme, {}):
                hint = nearest_or_all(place, known[scheme]) if scheme in known else f"known: {', '.join(sorted(known))}"
                says = f"the framework {scheme} knows no {place!r}"
                yield Remark("error", control.id, says, hint, ("mappings", scheme, index), home)


def _french(
    entry: Threat | Control,
    home: str,
    said: Mapping[str, dict[str, str] | None],
    glossaries: Sequence[Glossary],
    *,
    shipped: bool,
) -> Iterator[Remark]:
    english, french = said["en"] or {}, said["fr"]
    if french is None:
        level: Level = WITHOUT_FRENCH if entry.status == "stable" and shipped else "note"
        yield Remark(level, entry.id, "has no French text yet", None, (), home)
        return
    found = [one for glossary in glossaries for one in departures(glossary, english, french)]
    for one in [*found, *typography(french)]:
        yield Remark("error", entry.id, f"fr.{one.part}: {one.says}", one.hint, ("fr", one.part), home)


def _frameworks(catalog: Catalog) -> Iterator[Remark]:
    """Identifiers that nothing uses, or whose name nobody could confirm; a catalog without frameworks."""
    used = {reference for threat, _ in _threats(catalog) for reference in threat.references}
    mapped: dict[str, set[str]] = {}
    for control in _all_controls(catalog).values():
        used.update(control.references)
        for scheme, places in control.mappings.items():
            mapped.setdefault(scheme, set()).update(places)
    for framework in catalog.frameworks:
        home = catalog.framework_catalogs.get(framework.id, "")
        named = used if framework.cited_by == "references" else mapped.get(framework.id, set())
        for one in framework.identifiers:
            path = ("identifiers", one.id)
            if one.id not in named:
                yield Remark("note", framework.id, f"nothing uses {one.id}", None, path, home)
            if not one.checked:
                says = f"the name of {one.id} is unverified"
                yield Remark("note", framework.id, says, None, path, home)
    if not catalog.frameworks and used:
        first = catalog.origins[0].id
        yield Remark("note", first, "there is no frameworks.yaml: references were not checked", None, (), first)
