"""A catalog out of entries that fit their schemas: what has to hold between them, and their conditions read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from threatmodel.catalog.catalog import Catalog, Origin, Rule, Ways
from threatmodel.catalog.compiled import Whole
from threatmodel.catalog.conditions import Condition, Misread, named_controls, read_condition
from threatmodel.catalog.controls import Control, Family
from threatmodel.catalog.facts import About
from threatmodel.catalog.threats import Threat
from threatmodel.errors import CatalogError, Problem, nearest_or_all
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID
from threatmodel.source import Source

Where = Callable[[str, tuple[str | int, ...]], Source]
"""The place of a value in a file of the catalog."""


def assemble(whole: Whole, digest: str, where: Where) -> Catalog:
    """The catalog of a whole whose files fit their schemas; raises with what does not fit together."""
    mistakes: list[Problem] = []
    controls, families = _controls(whole.families, where, mistakes)
    rules = _rules(whole.threats, controls, where, mistakes)
    if not whole.threats:
        mistakes.append(
            Problem("the catalog holds no threat", where("catalog.yaml", ()), "put threats into threats/<phase>/")
        )
    raise_all(mistakes)
    manifest = whole.manifest
    origin = Origin(manifest.id, manifest.version, manifest.title, digest)
    return Catalog(
        (origin,), dict(sorted(rules.items())), dict(sorted(controls.items())), dict(sorted(families.items()))
    )


def further_mistakes(
    families: Iterable[Family], threats: Iterable[tuple[str, Threat]], where: Where, *, all_controls: bool
) -> list[Problem]:
    """What does not fit together among the entries that could be read.

    Without ``all_controls`` some file of controls could not be, and no control is called unknown.
    """
    mistakes: list[Problem] = []
    controls, _ = _controls(families, where, mistakes)
    _rules(threats, controls if all_controls else None, where, mistakes)
    return mistakes


def raise_all(mistakes: list[Problem]) -> None:
    """Raises with every mistake, in the order of files and lines; does nothing when there is none."""
    if mistakes:
        raise CatalogError.of(sorted(mistakes, key=_place))


def _place(mistake: Problem) -> tuple[str, int]:
    where = mistake.where
    return (where.file, where.line) if isinstance(where, Source) else ("", 0)


def _controls(
    families: Iterable[Family], where: Where, mistakes: list[Problem]
) -> tuple[dict[str, Control], dict[str, str]]:
    """The controls by id, and the family of each."""
    controls: dict[str, Control] = {}
    family_of: dict[str, str] = {}
    for family in families:
        for index, control in enumerate(family.controls):
            if control.id in controls:
                at = where(f"controls/{family.family}.yaml", ("controls", index, "id"))
                what = f"the control {control.id!r} is in {family_of[control.id]} already"
                mistakes.append(Problem(what, at, "keep one of the two"))
            controls[control.id] = control
            family_of[control.id] = family.family
    return controls, family_of


def _rules(
    threats: Iterable[tuple[str, Threat]], controls: dict[str, Control] | None, where: Where, mistakes: list[Problem]
) -> dict[str, Rule]:
    """The rules by the id of their threat; without controls, none is called unknown."""
    rules: dict[str, Rule] = {}
    for file, threat in threats:
        mistakes += misplaced(file, threat, where)
        mistakes += _known_controls(file, threat, controls, where)
        if threat.id in rules:
            what = f"the threat {threat.id} is in {rules[threat.id].file} already"
            mistakes.append(Problem(what, where(file, ("id",)), "give one of them another id"))
        reader = _ConditionReader(file, threat, controls, where, mistakes)
        applies = reader.read(threat.applies, ("applies",), threat.about)
        exposed = reader.read(threat.exposed, ("exposed",), threat.about)
        ways = reader.ways()
        if applies is not None and exposed is not None:
            rules[threat.id] = Rule(threat, applies, exposed, file, ways)
    return rules


def misplaced(file: str, threat: Threat, where: Where) -> list[Problem]:
    """Whether a threat's file is where its id and phase say."""
    path = Path(file)
    found = []
    name = threat.id.rpartition("/")[2]
    if not (path.stem == name or path.stem.startswith(f"{name}-")):
        what = f"the file of {threat.id} must be called {name}-<words>.yaml"
        found.append(Problem(what, where(file, ("id",)), "rename it, or mend the id"))
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


def _known_controls(file: str, threat: Threat, controls: dict[str, Control] | None, where: Where) -> list[Problem]:
    found: list[Problem] = []
    if controls is None:
        return found
    for role, names in (("primary", threat.controls.primary), ("supporting", threat.controls.supporting)):
        for index, name in enumerate(names):
            if name not in controls:
                at = where(file, ("controls", role, index))
                found.append(Problem(f"{threat.id}: no control is called {name!r}", at, nearest_or_all(name, controls)))
    return found


@dataclass(frozen=True, slots=True)
class _ConditionReader:
    """Reads the conditions of one threat; what is wrong with them goes to the mistakes."""

    file: str
    threat: Threat
    controls: dict[str, Control] | None
    where: Where
    mistakes: list[Problem]

    def read(self, data: dict[str, object], path: tuple[str, ...], about: About) -> Condition | None:
        """A condition about places of a sort."""
        misread: list[Misread] = []
        condition = read_condition(data, about, path, misread)
        for mistake in misread:
            self._keep(mistake.what, mistake.path, mistake.hint)
        if condition is None or misread:
            return None
        known = self.controls
        for name in sorted(named_controls(condition) - known.keys()) if known is not None else ():
            self._keep(f"no control is called {name!r}", path, nearest_or_all(name, known or ()))
        return condition

    def ways(self) -> Ways | None:
        """The conditions that mark out chains; only a threat about chains has them, and each has."""
        along = self.threat.along
        if along is None:
            if self.threat.about == "chain":
                self._keep("a threat about chains says along which ways", ("about",), "add along: start, end, carrying")
            return None
        if self.threat.about != "chain":
            self._keep(f"along belongs to threats about chains, not about a {self.threat.about}", ("along",), None)
        start = self.read(along.start, ("along", "start"), "component")
        end = self.read(along.end, ("along", "end"), "component")
        for index, name in enumerate(along.carrying):
            if name not in DATA_CLASS_BY_ID:
                hint = nearest_or_all(name, DATA_CLASS_BY_ID)
                self._keep(f"no class of data is called {name!r}", ("along", "carrying", index), hint)
        avoiding = self.read(along.avoiding, ("along", "avoiding"), "component") if along.avoiding is not None else None
        carrying = frozenset(along.carrying)
        return Ways(start, end, carrying, avoiding) if start is not None and end is not None else None

    def _keep(self, what: str, path: tuple[str | int, ...], hint: str | None) -> None:
        self.mistakes.append(Problem(f"{self.threat.id}: {what}", self.where(self.file, path), hint))
