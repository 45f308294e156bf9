"""A rule out of a threat: its controls known, its file where it belongs, its conditions read and able to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from threatmodel.catalog.catalog import Rule, Ways, told_successors
from threatmodel.catalog.conditions import All, Condition, Misread, named_controls, read_condition
from threatmodel.catalog.controls import Control
from threatmodel.catalog.facts import About
from threatmodel.catalog.impossible import never
from threatmodel.catalog.rereading import reread
from threatmodel.catalog.threats import Threat
from threatmodel.errors import Problem, nearest_or_all
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID
from threatmodel.source import Source

Where = Callable[[str, tuple[str | int, ...]], Source]
"""The place of a value in a file of the catalog."""


def misplaced(file: str, threat: Threat, where: Where) -> Iterator[Problem]:
    """Whether a threat's file is where its id and phase say."""
    path = Path(file)
    name = threat.id.rpartition("/")[2]
    if not (path.stem == name or path.stem.startswith(f"{name}-")):
        what = f"the file of {threat.id} must be called {name}-<words>.yaml"
        yield Problem(what, where(file, ("id",)), "rename it, or mend the id")
    if path.parent.name != threat.phase:
        what = f"{threat.id} is of the phase {threat.phase!r} but lies in {path.parent.name!r}"
        hint = f"move it to threats/{threat.phase}/, or mend the phase"
        yield Problem(what, where(file, ("phase",)), hint)


@dataclass(frozen=True, slots=True)
class RuleReader:
    """Reads the rule of one threat; what is wrong with it goes to the mistakes.

    ``controls`` are those that the threat may name, retired ones too; without them, none is called unknown. Of a
    threat that was ``checked``, the conditions are not looked through again.
    """

    file: str
    threat: Threat
    catalog: str
    controls: Mapping[str, Control] | None
    where: Where
    mistakes: list[Problem]
    checked: bool = False

    def rule(self) -> Rule | None:
        """The rule, or None where a condition could not be read."""
        threat = self.threat
        if self.controls is not None:
            for role, names in (("primary", threat.controls.primary), ("supporting", threat.controls.supporting)):
                for index, name in enumerate(names):
                    self._known(name, ("controls", role, index))
        applies = self._read(threat.applies, ("applies",), threat.about)
        exposed = self._read(threat.exposed, ("exposed",), threat.about)
        ways = self._ways()
        if applies is None or exposed is None:
            return None
        if not self.checked and never(applies) is None and never(exposed) is None:
            reason = never(All((applies, exposed)))
            if reason is not None:
                self._keep(f"exposed can never hold where applies does: {reason}", ("exposed",), None)
        return Rule(threat, applies, exposed, self.file, ways, self.catalog)

    def _read(self, data: dict[str, object], path: tuple[str, ...], about: About) -> Condition | None:
        """A condition about places of a sort."""
        condition = self._reread(data) if self.checked else None
        if condition is None:
            condition = self._read_strictly(data, path, about)
        if condition is not None and self.controls is not None:
            for name in sorted(named_controls(condition)):
                self._known(name, path)
        return condition

    def _reread(self, data: dict[str, object]) -> Condition | None:
        try:
            return reread(data)
        except (KeyError, ValueError, AttributeError, TypeError):
            return None  # not what was checked; told by the strict reading

    def _read_strictly(self, data: dict[str, object], path: tuple[str, ...], about: About) -> Condition | None:
        misread: list[Misread] = []
        condition = read_condition(data, about, path, misread)
        for mistake in misread:
            self._keep(mistake.what, mistake.path, mistake.hint)
        if condition is None or misread:
            return None
        reason = never(condition)
        if reason is not None:
            self._keep(f"{'.'.join(path)} can never hold: {reason}", path, "mend it, or retire the threat")
        return condition

    def _ways(self) -> Ways | None:
        """The conditions that mark out chains; only a threat about chains has them, and each has."""
        along = self.threat.along
        if along is None:
            if self.threat.about == "chain":
                self._keep("a threat about chains says along which ways", ("about",), "add along: start, end, carrying")
            return None
        if self.threat.about != "chain":
            self._keep(f"along belongs to threats about chains, not about a {self.threat.about}", ("along",), None)
        start = self._read(along.start, ("along", "start"), "component")
        end = self._read(along.end, ("along", "end"), "component")
        for index, name in enumerate(along.carrying):
            if name not in DATA_CLASS_BY_ID:
                hint = nearest_or_all(name, DATA_CLASS_BY_ID)
                self._keep(f"no class of data is called {name!r}", ("along", "carrying", index), hint)
        avoided = along.avoiding
        avoiding = self._read(avoided, ("along", "avoiding"), "component") if avoided is not None else None
        carrying = frozenset(along.carrying)
        return Ways(start, end, carrying, avoiding) if start is not None and end is not None else None

    def _known(self, name: str, path: tuple[str | int, ...]) -> None:
        controls = self.controls or {}
        control = controls.get(name)
        if control is None:
            self._keep(f"no control is called {name!r}", path, nearest_or_all(name, controls))
        elif control.status == "retired":
            self._keep(f"the control {name!r} is retired", path, told_successors(control))

    def _keep(self, what: str, path: tuple[str | int, ...], hint: str | None) -> None:
        self.mistakes.append(Problem(f"{self.threat.id}: {what}", self.where(self.file, path), hint))
