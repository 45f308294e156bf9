"""Freezes what an author declared into a ``System``, or tells every mistake at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from pydantic import ValidationError

from threatmodel.dsl.assets import DataAsset
from threatmodel.dsl.controls import Saying
from threatmodel.dsl.flow import Flow
from threatmodel.dsl.handles import Component
from threatmodel.dsl.model import Model, Zone
from threatmodel.dsl.scope import Declared
from threatmodel.errors import ModelError, Problem, nearest
from threatmodel.mistakes import problems_of
from threatmodel.model import parts
from threatmodel.model.ids import flow_id, is_control_id, is_id, slug
from threatmodel.model.system import System, problems, unknown_controls
from threatmodel.model.vocabulary import DataClass, Protocol
from threatmodel.source import Source

P = TypeVar("P", bound=parts.Part)


def freeze(
    model: Model, known_controls: Iterable[str] | None = None, retired: Mapping[str, str] | None = None
) -> System:
    """The system that a model declares.

    Args:
        model: The model, its ``with`` block closed.
        known_controls: The controls of the catalogs in use; without them control names are not checked here.
        retired: What to state instead of each control that these catalogs have retired.

    Raises:
        ModelError: With every mistake of the model, in the order of the lines.
    """
    return _Freezer(model).freeze(known_controls, retired)


class _Freezer:
    """One model on its way to a system."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.folder = os.path.dirname(model.source.file)
        self.near: dict[str, str] = {}
        self.mistakes: list[Problem] = list(model.mistakes)
        self.ids: dict[int, str] = {}
        self.known: frozenset[str] = frozenset()
        self.whole = True

    def freeze(self, known_controls: Iterable[str] | None, retired: Mapping[str, str] | None) -> System:
        model = self.model
        self.known = frozenset(known_controls or ())
        for declared in model.declared:
            if not isinstance(declared, Flow):
                self.ids[id(declared)] = self._id(declared, declared.name)
        kinds = self._kinds()
        plain: dict[str, object] = {
            "id": self._own_id(model.id, model.title, model.source),
            "title": model.title,
            "version": model.version,
            "owner": model.owner,
            "jurisdictions": model.jurisdictions,
            "intended_use": model.intended_use,
            "description": model.description,
            "catalogs": self._kept(parts.CatalogPin, self._pins()),
            "controls": self._controls(model.controls, model.source),
            "source": model.source,
        }
        plain["kinds"] = tuple(kinds.values())
        plain["assumptions"] = self._kept(parts.Assumption, self._assumptions())
        plain["data"] = self._kept(parts.DataAsset, self._data())
        plain["zones"] = self._kept(parts.Zone, self._zones())
        plain["components"] = self._kept(parts.Component, self._components())
        plain["flows"] = self._kept(parts.Flow, self._flows())
        plain["scenarios"] = self._kept(parts.Scenario, self._scenarios())
        system = self._part(System, plain)
        if system is not None:
            self.mistakes += map(self._from_root, system.mistakes if self.whole else problems(system, whole=False))
        if system is not None and known_controls is not None:
            self.mistakes += map(self._from_root, unknown_controls(system, self.known, retired))
        if self.mistakes or system is None:
            raise ModelError.of(sorted(self.mistakes, key=_by_line))
        return system

    def _kept(self, kind: type[P], values: Iterable[dict[str, object]]) -> tuple[P, ...]:
        read = [self._part(kind, value) for value in values]
        return tuple(part for part in read if part is not None)

    def _part(self, kind: Callable[..., P], value: dict[str, object]) -> P | None:
        """The frozen part of plain values, or None and its mistakes."""
        source = value["source"]
        where = source if isinstance(source, Source) else self.model.source
        try:
            return kind(**value | {"source": self._told_from_folder(where)})
        except ValidationError as error:
            told = next(value[name] for name in ("name", "title", "id", "text") if value.get(name))
            self.whole = False
            for problem in problems_of(error.errors(include_url=False), lambda _: where):
                self.mistakes.append(Problem(f"{told!r}: {problem.what}", problem.where, problem.hint))
            return None

    def _told_from_folder(self, source: Source) -> Source:
        """A place, its file told from the folder of the model, as output repeats it on any machine."""
        if source.file not in self.near:
            self.near[source.file] = source.relative_to(self.folder).file
        return Source(self.near[source.file], source.line)

    def _from_root(self, problem: Problem) -> Problem:
        """A problem of the frozen system, its place as a message shows it."""
        where = problem.where
        if isinstance(where, Source):
            where = Source(
                next((file for file, near in self.near.items() if near == where.file), where.file), where.line
            )
        return Problem(problem.what, where, problem.hint)

    def _assumptions(self) -> Iterable[dict[str, object]]:
        for text, owner, review_by, source in self.model.assumptions:
            yield {"text": text, "owner": owner, "review_by": review_by, "source": source}

    def _pins(self) -> Iterable[dict[str, object]]:
        pins = self.model.catalogs
        if pins is not None and not isinstance(pins, Mapping):
            hint = 'write catalogs={"radiology-ai": "1.0.0"}'
            self.mistakes.append(Problem("catalogs takes a mapping from ids to versions", self.model.source, hint))
            return
        for name, version in (pins or {}).items():
            yield {"id": name, "version": version, "source": self.model.source}

    def _kinds(self) -> dict[str, parts.OwnKind]:
        found: dict[str, parts.OwnKind] = {}
        for declared in self.model.declared:
            if not isinstance(declared, Component) or declared.own_kind is None:
                continue
            name, base = declared.own_kind
            before = found.get(name)
            if before is not None and before.is_a != base:
                what = f"the kind {name!r} is a {before.is_a!r} elsewhere ({before.source}), here a {base!r}"
                self.mistakes.append(Problem(what, declared.source, "say the same of a kind everywhere"))
            elif before is None:
                title = str(name).replace("-", " ").capitalize()
                own = self._part(parts.OwnKind, {"id": name, "name": title, "is_a": base, "source": declared.source})
                if own is not None:
                    found[name] = own
        return found

    def _data(self) -> Iterable[dict[str, object]]:
        for declared in self.model.declared:
            if not isinstance(declared, DataAsset):
                continue
            if not isinstance(declared.is_a, DataClass):
                self.whole = False
            else:
                yield {
                    "id": self.ids[id(declared)],
                    "name": declared.name,
                    "is_a": declared.is_a.id,
                    "patients": declared.patients,
                    "note": declared.note,
                    "source": declared.source,
                }

    def _zones(self) -> Iterable[dict[str, object]]:
        for declared in self.model.declared:
            if isinstance(declared, Zone):
                yield {
                    "id": self.ids[id(declared)],
                    "name": declared.name,
                    "parent": self.ids[id(declared.parent)] if declared.parent is not None else None,
                    "controls": self._controls(declared.controls, declared.source),
                    "source": declared.source,
                    **_plain(declared.stated),
                }

    def _components(self) -> Iterable[dict[str, object]]:
        for declared in self.model.declared:
            if not isinstance(declared, Component):
                continue
            if declared.zone is None:
                self.whole = False
                continue
            yield {
                "id": self.ids[id(declared)],
                "name": declared.name,
                "kind": declared.kind_id,
                "zone": self.ids[id(declared.zone)],
                "stores": self._named(declared.stores, declared, "stores"),
                "trained_on": self._named(declared.trained_on, declared, "trained_on"),
                "runs_on": self._host(declared),
                "controls": self._controls(declared.controls, declared.source),
                "source": declared.source,
                **_plain(declared.stated),
            }

    def _host(self, declared: Component) -> str | None:
        host: object = declared.runs_on
        if host is None:
            return None
        if id(host) not in self.ids or not isinstance(host, Component):
            what = f"{declared.name!r}: runs_on must be a component of this model, not {host!r}"
            self.mistakes.append(Problem(what, declared.source, "pass the component itself"))
            return None
        return self.ids[id(host)]

    def _flows(self) -> Iterable[dict[str, object]]:
        for declared in self.model.declared:
            if not isinstance(declared, Flow):
                continue
            source, target = (self.ids.get(id(end)) for end in (declared.data_source, declared.data_target))
            name: object = declared.name
            over: object = declared.over
            if source is None or target is None:
                lost = declared.data_source if source is None else declared.data_target
                hint = "pass the component as it was declared, not a copy"
                self._lose(
                    f"the flow {name!r} ends at {lost.name!r}, which this model does not declare", declared, hint
                )
            elif not isinstance(name, str) or not slug(name):
                self._lose(f"the label {name!r} gives a flow no id", declared, "name it in letters or digits of a to z")
            elif over is not None and not isinstance(over, Protocol):
                hint = "use a name of threatmodel.protocols, such as DICOMWEB"
                self._lose(f"{name!r}: over must be a protocol, not {over!r}", declared, hint)
            else:
                self.ids[id(declared)] = flow_id(source, name, target)
                yield self._flow(declared, source, target)

    def _flow(self, declared: Flow, source: str, target: str) -> dict[str, object]:
        return {
            "id": self.ids[id(declared)],
            "name": declared.name,
            "from": source,
            "to": target,
            "opened_by": "target" if declared.pulled else "source",
            "both_ways": declared.both_ways,
            "over": declared.over.id if declared.over is not None else None,
            "carries": self._named(declared.carries, declared, "carries"),
            "controls": self._controls(declared.controls, declared.source),
            "source": declared.source,
            **_plain(declared.stated),
        }

    def _lose(self, what: str, declared: Declared, hint: str) -> None:
        """Tells why a part cannot be in the system."""
        self.mistakes.append(Problem(what, declared.source, hint))
        self.whole = False

    def _scenarios(self) -> Iterable[dict[str, object]]:
        for name, own_id, steps, clinical_state, note, source in self.model.scenarios:
            known = []
            for step in steps:
                if id(step) in self.ids and isinstance(step, Flow):
                    known.append(self.ids[id(step)])
                elif not isinstance(step, Flow) or step.model is not self.model:
                    what = f"the scenario {name!r} has a step that is not a flow of this model: {step!r}"
                    self.mistakes.append(Problem(what, source, "keep what sends() and pulls() return, and pass that"))
            if len(known) == len(steps):
                yield {
                    "id": self._own_id(own_id, name, source),
                    "name": name,
                    "steps": tuple(known),
                    "clinical_state": clinical_state,
                    "note": note,
                    "source": source,
                }

    def _named(self, data: object, declared: Declared, word: str) -> tuple[str, ...] | None:
        """The ids of data classes and assets."""
        if data is None:
            return None
        found = []
        for item in data if isinstance(data, list | tuple | set | frozenset) else (data,):
            if isinstance(item, DataClass):
                found.append(item.id)
            elif isinstance(item, DataAsset) and id(item) in self.ids:
                found.append(self.ids[id(item)])
            else:
                hint = "name classes of threatmodel.data, such as PHI_PIXEL, or data assets of this model, in a list"
                self.mistakes.append(
                    Problem(f"{declared.name!r}: {word} names {item!r}, which is no data", declared.source, hint)
                )
        if not isinstance(data, list | tuple | set | frozenset) and found:
            self.mistakes.append(
                Problem(f"{declared.name!r}: {word} takes a list", declared.source, f"write {word}=[…]")
            )
        return tuple(sorted(found)) if isinstance(data, set | frozenset) else tuple(found)

    def _controls(self, controls: Iterable[object], source: Source) -> tuple[parts.StatedControl, ...]:
        found = []
        for saying in controls:
            if not isinstance(saying, Saying):
                says = 'implemented("…"), verified("…", evidence="…"), declared, planned, absent or not_applicable'
                what = f"controls names {saying!r}, which says nothing of its state"
                self.mistakes.append(Problem(what, source, f"write {says}"))
                continue
            name: object = saying.id
            if not isinstance(name, str) or not is_control_id(name):
                hint = nearest(str(name), self.known) or "write its id, in lower case with hyphens"
                self.mistakes.append(Problem(f"no control is called {name!r}", saying.source, hint))
                continue
            value: dict[str, object] = {
                "id": saying.id,
                "state": saying.state,
                "by": saying.by,
                "evidence": saying.evidence,
                "on": saying.on,
                "because": saying.because,
                "source": saying.source,
            }
            control = self._part(parts.StatedControl, value)
            if control is not None:
                found.append(control)
        return tuple(found)

    def _id(self, declared: Declared, name: object) -> str:
        return self._own_id(getattr(declared, "id", None), name, declared.source)

    def _own_id(self, given: object, name: object, source: Source) -> str:
        """The id given, or the slug of the name; what cannot be one is a mistake."""
        if given is None:
            made = slug(name) if isinstance(name, str) else ""
            if not made:
                self.mistakes.append(Problem(f"the name {name!r} gives no id", source, "give one: id='…'"))
                return "unnamed"
            return made
        if not isinstance(given, str) or not is_id(given):
            near = slug(str(given))
            hint = f"write id={near!r}" if near else "use lower-case letters, digits and single hyphens"
            self.mistakes.append(Problem(f"{given!r} cannot be an id", source, hint))
            return near or "unnamed"
        return given


def _plain(stated: dict[str, object]) -> dict[str, object]:
    """Property values as frozen parts hold them."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in stated.items()}


def _by_line(problem: Problem) -> tuple[str, int]:
    where = problem.where
    return (where.file, where.line) if isinstance(where, Source) else ("", 0)
