"""A catalog out of entries that fit their schemas: what has to hold between them, and their conditions read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from threatmodel.catalog.catalog import Catalog, Origin, Rule
from threatmodel.catalog.compiled import Whole
from threatmodel.catalog.conditions import Condition, Misread, named_controls, read_condition
from threatmodel.catalog.controls import Control
from threatmodel.catalog.threats import Threat
from threatmodel.errors import CatalogError, Problem, nearest_or_all
from threatmodel.source import Source

Where = Callable[[str, tuple[str | int, ...]], Source]
"""The place of a value in a file of the catalog."""


def assemble(whole: Whole, digest: str, where: Where) -> Catalog:
    """The catalog of a whole whose files fit their schemas; raises with what does not fit together."""
    mistakes: list[Problem] = []
    controls: dict[str, Control] = {}
    families: dict[str, str] = {}
    for family in whole.families:
        for control in family.controls:
            if control.id in controls:
                at = where(f"controls/{family.family}.yaml", ())
                mistakes.append(Problem(f"the control {control.id!r} is in {families[control.id]} already", at))
            controls[control.id] = control
            families[control.id] = family.family
    rules: dict[str, Rule] = {}
    for file, threat in whole.threats:
        mistakes += misplaced(file, threat, where)
        mistakes += _known_controls(file, threat, controls, where)
        if threat.id in rules:
            mistakes.append(
                Problem(f"the threat {threat.id} is in {rules[threat.id].file} already", where(file, ("id",)))
            )
        applies = _condition(threat.applies, "applies", file, threat, controls, where, mistakes)
        exposed = _condition(threat.exposed, "exposed", file, threat, controls, where, mistakes)
        if applies is not None and exposed is not None:
            rules[threat.id] = Rule(threat, applies, exposed, file)
    if mistakes:
        raise CatalogError.of(mistakes)
    manifest = whole.manifest
    origin = Origin(manifest.id, manifest.version, manifest.title, digest)
    return Catalog(
        (origin,), dict(sorted(rules.items())), dict(sorted(controls.items())), dict(sorted(families.items()))
    )


def misplaced(file: str, threat: Threat, where: Where) -> list[Problem]:
    """Whether a threat's file is where its id and phase say."""
    path = Path(file)
    found = []
    name = threat.id.rpartition("/")[2]
    if not (path.stem == name or path.stem.startswith(f"{name}-")):
        found.append(Problem(f"the file of {threat.id} must be called {name}-<words>.yaml", where(file, ("id",))))
    if path.parent.name != threat.phase:
        hint = f"move it to threats/{threat.phase}/, or mend the phase"
        found.append(
            Problem(
                f"{threat.id} is of the phase {threat.phase!r} but lies in {path.parent.name!r}",
                where(file, ("phase",)),
                hint,
            )
        )
    return found


def _known_controls(file: str, threat: Threat, controls: dict[str, Control], where: Where) -> list[Problem]:
    found = []
    for role, names in (("primary", threat.controls.primary), ("supporting", threat.controls.supporting)):
        for index, name in enumerate(names):
            if name not in controls:
                at = where(file, ("controls", role, index))
                found.append(Problem(f"{threat.id}: no control is called {name!r}", at, nearest_or_all(name, controls)))
    return found


def _condition(
    data: dict[str, object],
    part: str,
    file: str,
    threat: Threat,
    controls: dict[str, Control],
    where: Where,
    mistakes: list[Problem],
) -> Condition | None:
    misread: list[Misread] = []
    condition = read_condition(data, threat.about, (part,), misread)
    for mistake in misread:
        mistakes.append(Problem(f"{threat.id}: {mistake.what}", where(file, mistake.path), mistake.hint))
    if condition is None or misread:
        return None
    for name in sorted(named_controls(condition) - controls.keys()):
        mistakes.append(
            Problem(f"{threat.id}: no control is called {name!r}", where(file, (part,)), nearest_or_all(name, controls))
        )
    return condition
