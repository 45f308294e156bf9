"""The inherent rating of a finding: what an attacker needs, read off the system, and what is at stake."""

from __future__ import annotations

from typing import NamedTuple

from threatmodel.analysis.context import Context
from threatmodel.analysis.place import Chain, Place
from threatmodel.catalog.catalog import Catalog, Rule
from threatmodel.graph.reach import Entry
from threatmodel.model.parts import Component, Flow, Zone
from threatmodel.risk.scale import Level, exploitability_of, level_of

_EXPOSURE_POINTS = {"internet": 4, "partner": 3, "internal": 2, "isolated": 1}
_PRIVILEGE_POINTS = {"none": 3, "user": 2, "role": 1, "admin": 0}
_MANY = frozenset({"one-list", "site", "fleet"})


class Rating(NamedTuple):
    """How bad: exploitability 1–5, severity 1–5 and what it counts as, the level, and each point in words."""

    exploitability: int
    severity: int
    effective_severity: int
    multi_patient: bool
    level: Level
    points: tuple[str, ...]


class Scorer:
    """Rates findings of one system by one catalog; what several findings share is worked out once."""

    def __init__(self, context: Context, catalog: Catalog) -> None:
        """A scorer for a context and a catalog."""
        self._context = context
        self._proving = frozenset(name for name, control in catalog.controls.items() if control.authenticates)
        self._exposures: dict[str | tuple[str, ...], tuple[int, str]] = {}
        self._patients: dict[str, tuple[bool, str]] = {}

    def inherent(self, rule: Rule, place: Place) -> Rating:
        """The rating of a threat at a place as if none of its controls were there."""
        threat = rule.threat
        exposure, exposure_told = self._exposure(place)
        privilege, privilege_told = self._privilege(rule, place)
        knowledge, human = threat.exploitability.knowledge, 0 if threat.exploitability.needs_human_act else 1
        total = exposure + privilege + knowledge + human
        exploitability = exploitability_of(total)
        severity = threat.harm.severity
        many, many_told = _ONE if threat.harm.spread == "one" else self._known_many(place)
        multi_patient = many and severity >= 3
        effective = min(5, severity + 1) if multi_patient else severity
        counted = f", counted as {effective}" if multi_patient else ""
        points = (
            f"exposure {exposure}: {exposure_told}",
            f"privilege {privilege}: {privilege_told}",
            _KNOWLEDGE[knowledge],
            _HUMAN[human],
            _SUMS[total],
            f"severity {severity}{counted}: {many_told}",
        )
        return Rating(exploitability, severity, effective, multi_patient, level_of(exploitability, effective), points)

    def _exposure(self, place: Place) -> tuple[int, str]:
        """The points for exposure, and what they are given for."""
        key = (place.id, *place.hops) if isinstance(place, Chain) else place.id  # two chains may have the same ends
        found = self._exposures.get(key)
        if found is None:
            found = self._exposures[key] = self._exposure_of(place)
        return found

    def _exposure_of(self, place: Place) -> tuple[int, str]:
        holding = self._context.holding
        if isinstance(place, Chain):
            flows = [self._context.system.flow_by_id[hop] for hop in place.hops]
            return max((self._exposure(flow) for flow in flows), key=lambda pair: pair[0])
        if isinstance(place, Component):
            return self._component_exposure(place)
        if isinstance(place, Flow):
            found = [(end, holding.value(end, "exposure")) for end in self._context.ends(place)]
            missing = next((end for end, held in found if held is None), None)
            worst = any(held is not None and held.value == "internet" for _, held in found)
            if missing is not None and not worst:
                return 4, f"the exposure of {missing.name!r} is not stated and counts at its worst"
            end, held = max(
                ((end, held) for end, held in found if held is not None),
                key=lambda pair: _EXPOSURE_POINTS[str(pair[1].value)],
            )
            return _EXPOSURE_POINTS[
                str(held.value)
            ], f"it passes through a network that is {held.value}, that of {end.name!r}"
        parts = self._context.inside[place.id] if isinstance(place, Zone) else self._context.all_components
        if not parts:
            return 4, "nothing is stated of its exposure, which counts at its worst"
        points, told = max((self._exposure(part) for part in parts), key=lambda pair: pair[0])
        return points, told

    def _component_exposure(self, part: Component) -> tuple[int, str]:
        """The worst entry point, a point less for each machine to be taken on the way, never below its own zone's."""
        reach = self._context.reach
        if self._context.holding.value(part, "exposure") is None:
            return 4, f"the exposure of {part.name!r} is not stated and counts at its worst"
        found = [(self._points_from(entry, part), entry) for entry in reach.entries(part.id)]
        points, entry = max(found, key=lambda pair: pair[0])
        if entry.component == part.id:
            return points, f"{part.name!r} itself is {entry.exposure}"
        origin = self._context.component(entry.component)
        told = f"{origin.name!r}, which is {entry.exposure}, reaches {part.name!r}"
        taken = self._taken(reach.way(part.id, entry))
        if taken:
            told += f"; a point less for each that must be taken on the way: {', '.join(repr(name) for name in taken)}"
        return points, told

    def _points_from(self, entry: Entry, part: Component) -> int:
        steps = 0 if entry.component == part.id else entry.between + self._is_machine(entry.component)
        return max(0, _EXPOSURE_POINTS[entry.exposure] - steps)

    def _taken(self, way: tuple[str, ...]) -> list[str]:
        """The titles of the machines on a way; without its end, and its start when that is a person or outside body."""
        names = way[:-1] if self._is_machine(way[0]) else way[1:-1]
        return [self._context.component(name).name for name in names]

    def _is_machine(self, name: str) -> bool:
        return self._context.kind(self._context.component(name)).dfd in {"process", "store"}

    def _privilege(self, rule: Rule, place: Place) -> tuple[int, str]:
        stated = rule.threat.exploitability.privilege
        if stated is not None:
            return _PRIVILEGE_POINTS[stated], _BY_NATURE[stated]
        if not self._proving.isdisjoint(rule.threat.controls.primary + rule.threat.controls.supporting):
            return 3, "rated as if its own controls on identity were absent: nothing is needed"
        if isinstance(place, Component | Flow):
            value = place.stated("authentication")
            if value is None:
                return 3, f"how whoever uses {place.name!r} proves who they are is not stated and counts at its worst"
            if value in {"none", "ae-title"}:
                return 3, f"{place.name!r} asks for no proof of identity ({value})"
            return 2, f"{place.name!r} asks for {value}: any user's will do"
        return 3, "nothing is needed"

    def _known_many(self, place: Place) -> tuple[bool, str]:
        if place.id not in self._patients:
            self._patients[place.id] = self._many(place)
        return self._patients[place.id]

    def _many(self, place: Place) -> tuple[bool, str]:
        if isinstance(place, Chain):
            place = self._context.component(place.last)
        if not isinstance(place, Component | Flow):
            return True, "many patients hang on it"
        parts = (place,) if isinstance(place, Component) else self._context.ends(place)
        for part in sorted(parts, key=lambda one: one.id):
            serves = part.stated("serves") or self._context.kind(part).serves
            if serves in _MANY and "machine" in self._context.kind(part).traits:
                return True, f"{part.name!r} serves {serves.replace('-', ' ')}"
        return False, "one patient hangs on it"


_KNOWLEDGE = (
    "knowledge 0: research made for this attack",
    "knowledge 1: a skilled person",
    "knowledge 2: a public tool or a documented weakness",
)
_HUMAN = ("human act 0: somebody inside must act first", "human act 1: nobody inside need act")
_SUMS = tuple(f"sum {total} of 10 gives exploitability {exploitability_of(total)}" for total in range(11))
_ONE = (False, "one act hits one patient")
_BY_NATURE = {
    "none": "no account is needed",
    "user": "it takes an ordinary user's account",
    "role": "it takes a special role",
    "admin": "it takes an administrator",
}
