"""One catalog out of folders whose files fit their schemas: what has to hold in each and between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from threatmodel.catalog import frameworks, life_cycle, overrides
from threatmodel.catalog.catalog import Catalog, Origin, Rule, Shelved
from threatmodel.catalog.controls import Control
from threatmodel.catalog.life_cycle import Placed
from threatmodel.catalog.overrides import Override, overridden
from threatmodel.catalog.rules import RuleReader, Where, misplaced
from threatmodel.catalog.threats import Threat
from threatmodel.catalog.whole import Whole
from threatmodel.errors import CatalogError, Problem, nearest_or_all
from threatmodel.source import Source

MANIFEST, FRAMEWORKS, OVERRIDES = "catalog.yaml", "frameworks.yaml", "overrides.yaml"


class Folder(NamedTuple):
    """A catalog folder that was read: what it holds, which it is, and where each value stands.

    ``checked`` is one from its compiled form: what its own files alone decide was found right when it was made.
    """

    whole: Whole
    origin: Origin
    where: Where
    checked: bool = False


def assemble(folders: Sequence[Folder]) -> Catalog:
    """The catalog of folders, each after those that it extends; raises with what does not fit together."""
    made = _Assembly()
    for folder in folders:
        made.take(folder)
    made.check_between(folders)
    for folder in folders:
        for index, one in enumerate(folder.whole.overrides):
            made.override(folder, index, one)
    raise_all(made.mistakes)
    controls = {name: control for name, (control, _) in sorted(made.controls.items())}
    return Catalog(
        tuple(folder.origin for folder in folders),
        dict(sorted(made.rules.items())),
        {name: control for name, control in controls.items() if control.status != "retired"},
        {name: made.families[name] for name in controls},
        dict(sorted(made.retired.items())),
        dict(sorted(made.out_of_use.items())),
        {name: control for name, control in controls.items() if control.status == "retired"},
        {name: made.controls[name][1].folder.origin.id for name in controls},
        tuple(one for folder in folders for one in folder.whole.frameworks),
        {one.id: folder.origin.id for folder in folders for one in folder.whole.frameworks},
    )


def further_mistakes(folder: Folder, *, all_controls: bool) -> list[Problem]:
    """What does not fit together among the entries of a folder that could be read.

    Without ``all_controls`` some controls could not be, or stand in another catalog; then none is called unknown.
    """
    made = _Assembly(all_controls=all_controls)
    made.take(folder)
    return made.mistakes


def raise_all(mistakes: Sequence[Problem]) -> None:
    """Raises with every mistake, in the order of files and lines; does nothing when there is none."""
    if mistakes:
        raise CatalogError.of(sorted(mistakes, key=_place))


def _place(mistake: Problem) -> tuple[str, int]:
    where = mistake.where
    return (where.file, where.line) if isinstance(where, Source) else ("", 0)


class _Home(NamedTuple):
    """Where an entry stands."""

    folder: Folder
    file: str
    path: tuple[str | int, ...] = ()

    def where(self, key: str) -> Source:
        """The place of one of its keys."""
        return self.folder.where(self.file, (*self.path, key))


@dataclass(slots=True)
class _Assembly:
    """What the folders hold together, as far as they were taken, and the mistakes found on the way."""

    all_controls: bool = True
    rules: dict[str, Rule] = field(default_factory=dict)
    retired: dict[str, Shelved] = field(default_factory=dict)
    out_of_use: dict[str, Shelved] = field(default_factory=dict)
    controls: dict[str, tuple[Control, _Home]] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    mistakes: list[Problem] = field(default_factory=list)
    threats: dict[str, tuple[Threat, _Home]] = field(default_factory=dict)
    extended: dict[str, frozenset[str]] = field(default_factory=dict)
    """For each catalog, all that it extends, at any remove."""
    changed_by: dict[str, str] = field(default_factory=dict)
    """For each threat that is overridden, the last catalog that does so."""

    def take(self, folder: Folder) -> None:
        """Adds what a folder holds; the folders that it extends were taken before."""
        origin, whole = folder.origin, folder.whole
        bases = (self.extended.get(name, frozenset()) for name in origin.extends)
        self.extended[origin.id] = frozenset(origin.extends).union(*bases)
        for family in whole.families:
            file = f"controls/{family.family}.yaml"
            for index, control in enumerate(family.controls):
                self._take_control(control, family.family, _Home(folder, file, ("controls", index)))
        visible = None if folder.checked and not origin.extends else self._visible(origin)
        for file, threat in whole.threats:
            self._take_threat(threat, _Home(folder, file), visible)
        if not folder.checked:
            self._take_sides(folder)
        if not whole.threats and not origin.extends and self.all_controls:
            what, hint = "the catalog holds no threat", "put threats into threats/<phase>/"
            self.mistakes.append(Problem(what, folder.where(MANIFEST, ()), hint))

    def _take_control(self, control: Control, family: str, home: _Home) -> None:
        self._check_name(control.id, home)
        if control.id in self.controls:
            before = self.controls[control.id][1].folder.origin.id
            told = self.families[control.id] if before == home.folder.origin.id else f"the catalog {before}"
            what = f"the control {control.id!r} is in {told} already"
            self.mistakes.append(Problem(what, home.where("id"), "keep one of the two"))
        self.controls[control.id] = (control, home)
        self.families[control.id] = family

    def _take_threat(self, threat: Threat, home: _Home, visible: dict[str, Control] | None) -> None:
        folder, origin = home.folder, home.folder.origin
        self._check_name(threat.id, home)
        self.mistakes += () if folder.checked else misplaced(home.file, threat, folder.where)
        if threat.id in self.threats:
            before = self.threats[threat.id][1]
            told = before.file if before.folder is folder else f"the catalog {before.folder.origin.id}"
            what = f"the threat {threat.id} is in {told} already"
            self.mistakes.append(Problem(what, home.where("id"), "give one of them another id"))
        self.threats[threat.id] = (threat, home)
        if threat.status == "retired":
            reason = threat.retired_because or ""
            self.retired[threat.id] = Shelved(threat, home.file, origin.id, origin.id, reason)
            return
        reader = RuleReader(home.file, threat, origin.id, visible, folder.where, self.mistakes, folder.checked)
        rule = reader.rule()
        if rule is not None:
            self.rules[threat.id] = rule

    def _take_sides(self, folder: Folder) -> None:
        """Looks at the frameworks and the overrides of a folder by themselves."""
        for what, path, hint in frameworks.mistakes_of(folder.whole.frameworks):
            self.mistakes.append(Problem(what, folder.where(FRAMEWORKS, path), hint))
        for what, path, hint in overrides.mistakes_of(folder.whole.overrides):
            self.mistakes.append(Problem(what, folder.where(OVERRIDES, path), hint))

    def _check_name(self, name: str, home: _Home) -> None:
        """Whether an id says which catalog it is of: its own, and where one extends another it has to."""
        origin = home.folder.origin
        space, slash, rest = name.rpartition("/")
        if slash and space != origin.id:
            what = f"the id {name!r} is of the catalog {space!r}; this one is {origin.id!r}"
            self.mistakes.append(Problem(what, home.where("id"), f"write {origin.id}/{rest}"))
        elif not slash and origin.extends:
            what = f"the id {name!r} does not say of which catalog it is, and this one extends others"
            self.mistakes.append(Problem(what, home.where("id"), f"write {origin.id}/{rest}"))

    def _visible(self, origin: Origin) -> dict[str, Control] | None:
        """The controls that the threats of a catalog may name; None where not all of them are known."""
        if not self.all_controls:
            return None
        mine = {origin.id} | self.extended[origin.id]
        return {name: control for name, (control, home) in self.controls.items() if home.folder.origin.id in mine}

    def check_between(self, folders: Iterable[Folder]) -> None:
        """Adds what is wrong between entries of all folders: life cycles, frameworks that are there twice."""
        threats = {name: Placed(threat, home.where) for name, (threat, home) in self.threats.items()}
        controls = {name: Placed(control, home.where) for name, (control, home) in self.controls.items()}
        self.mistakes += life_cycle.mistakes_of(threats, "threat")
        self.mistakes += life_cycle.mistakes_of(controls, "control")
        first: dict[str, str] = {}
        for folder in folders:
            name = folder.origin.id
            for index, one in enumerate(folder.whole.frameworks):
                before = first.setdefault(one.id, name)
                if before != name:
                    at = folder.where(FRAMEWORKS, ("frameworks", index, "id"))
                    hint = f"put your identifiers into a framework of your own, such as {name}-{one.id}"
                    self.mistakes.append(Problem(f"the framework {one.id!r} is in {before} already", at, hint))

    def override(self, folder: Folder, index: int, one: Override) -> None:
        """Changes a threat as a folder has it, or takes it out of use."""
        name = folder.origin.id
        at = folder.where(OVERRIDES, ("overrides", index, "id"))
        known = {
            threat: home.folder.origin.id
            for threat, (_, home) in self.threats.items()
            if home.folder.origin.id in self.extended[name]
        }
        problem = self._override_refused(name, one, known)
        if problem is not None:
            self.mistakes.append(Problem(problem[0], at, problem[1]))
            return
        self.changed_by[one.id] = name
        rule = self.rules.get(one.id)
        if rule is None:
            return  # its conditions could not be read, which is told
        if one.out_of_use:
            self.out_of_use[one.id] = Shelved(rule.threat, rule.file, rule.catalog, name, one.because, rule)
            del self.rules[one.id]
        else:
            self.rules[one.id] = overridden(rule, one, name)

    def _override_refused(self, name: str, one: Override, known: dict[str, str]) -> tuple[str, str] | None:
        """Why a catalog may not override a threat, and what to do; None when it may."""
        if one.id not in known:
            if one.id in self.threats and self.threats[one.id][1].folder.origin.id == name:
                return f"{one.id} is a threat of this catalog", "change it in its own file"
            if one.id in self.controls:
                return f"{one.id} is a control; only threats are overridden", "state in the model what holds of it"
            if one.id in self.threats:
                other = self.threats[one.id][1].folder.origin.id
                return f"{one.id} is of the catalog {other}, which this one does not extend", f"add {other} to extends"
            return f"no catalog that this one extends has the threat {one.id!r}", nearest_or_all(one.id, known)
        threat = self.threats[one.id][0]
        if threat.status == "retired":
            return f"{one.id} is retired in {known[one.id]}, so it is not asked anyway", "take the override out"
        before = self.changed_by.get(one.id)
        if before is not None and before != name and before not in self.extended[name]:
            told = f"{one.id} is overridden by {before}, too, and neither catalog extends the other"
            return told, f"let one of them extend the other, or override {one.id} in one only"
        if one.id in self.out_of_use:
            by = self.out_of_use[one.id].by
            return f"{one.id} is out of use by {by} already", "take the override out, or put it in use there"
        if one.remedy is not None and one.remedy.fr is not None and threat.fr is None:
            return f"{one.id} has no French text whose remedy could be changed", "leave fr out"
        return None
